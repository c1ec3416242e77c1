//! `GET` and `POST /api/v1/host/{contest}`: the running order as the host's tablet shows it, and
//! the host's hand on the gates. Invariant: no mark and nobody who judges is in it.

use super::{ContestView, CredentialView, GateView};
use domain::ids::{EntryId, Millis};
use serde::{Deserialize, Serialize};

/// What both requests answer: everything the host may see, as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostView {
    pub protocol: u32,
    pub min_protocol: u32,
    pub server_time: Millis,
    pub contest: ContestView,
    /// Without any, there is nothing to open a gate for.
    pub seats: u32,
    /// In running order.
    pub entries: Vec<HostEntry>,
    pub credential: CredentialView,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostEntry {
    pub id: EntryId,
    pub position: u32,
    pub name: String,
    #[serde(default)]
    pub topic: String,
    #[serde(default)]
    pub withdrawn: bool,
    pub gate: GateView,
    /// The four digits to announce, while the gate is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate_code: Option<String>,
    /// 实收 and 应收 of this entry; 0 before its gate was opened.
    pub received: u32,
    pub expected: u32,
    /// Sheets without which closing needs a reason (R10).
    pub outstanding: u32,
}

/// Moves one gate. It names the gate as the host saw it, so that a command which is sent again
/// acts once, and one that comes too late acts not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostCommand {
    pub protocol: u32,
    pub entry: EntryId,
    pub act: HostAct,
    pub attempt: u32,
    /// How often the gate had been opened.
    pub number: u32,
    /// Empty where none is due.
    #[serde(default)]
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostAct {
    Open,
    Close,
    Reopen,
    #[serde(other)]
    Unknown,
}
