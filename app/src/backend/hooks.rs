//! Group robots that are told what is posted.

use domain::ids::Millis;
use serde::{Deserialize, Serialize};

/// A robot as staff see it. Its address and secret stay on the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookRow {
    pub name: String,
    pub kind: HookKind,
    /// The address's host.
    pub host: String,
    pub is_signed: bool,
    /// Whether it is told what is posted of contests, and of months.
    pub contests: bool,
    pub months: bool,
    pub last_sent_at: Option<Millis>,
    /// Notices that wait for their next try.
    pub waiting: u32,
    /// Notices that were given up.
    pub failed: u32,
    /// Why the last try failed; empty where none did.
    pub error: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HookKind {
    /// 企业微信
    Wecom,
    /// 钉钉
    Dingtalk,
    /// 飞书
    Feishu,
}

/// What staff do with the robots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum HookCommand {
    Add {
        name: String,
        /// As [`HookKind`] is written.
        kind: String,
        address: String,
        /// Empty: it does not sign.
        secret: String,
    },
    Remove {
        name: String,
    },
    Switch {
        name: String,
        contests: bool,
        months: bool,
    },
    /// Tries once more what was given up.
    Again {
        name: String,
    },
}
