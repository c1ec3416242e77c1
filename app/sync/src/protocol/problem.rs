//! The body of every refusal of the REST interface. Its `protocol` field tells our own refusals
//! from those of a proxy or a portal.

use super::{PROTOCOL_VERSION, PROTOCOL_VERSION_MIN};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The newest version the server speaks.
    pub protocol: u32,
    /// The oldest version the server still understands.
    pub min_protocol: u32,
    pub code: ProblemCode,
    /// Where in the request it is wrong, such as `ops[3].body`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
    /// To find it in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The phone's build is too old (or too new): please update.
    Protocol,
    /// No credential, or none that is known.
    SignIn,
    /// The credential was replaced by a take-over; it may push but not pull.
    CredentialReplaced,
    /// The organiser withdrew the credential.
    CredentialWithdrawn,
    CredentialExpired,
    /// The credential belongs to another device.
    WrongDevice,
    Forbidden,
    NotFound,
    /// What it is about is in another state by now; `place` names the rule.
    Conflict,
    Malformed,
    TooLarge,
    TooMany,
    Busy,
    StorageFull,
    Internal,
    #[serde(other)]
    Unknown,
}

impl Problem {
    pub fn new(code: ProblemCode) -> Self {
        Self {
            protocol: PROTOCOL_VERSION,
            min_protocol: PROTOCOL_VERSION_MIN,
            code,
            place: None,
            retry_after_ms: None,
            request_id: None,
        }
    }
}
