//! One event of `GET /api/v1/live/{contest}`. No frame bears a name or a mark: who needs more
//! pulls it.

use domain::ids::{ContestId, EntryId, Millis, Seq};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveEvent {
    /// Also the SSE `id`, from which a reader resumes.
    pub seq: Seq,
    pub contest: ContestId,
    pub kind: LiveKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// 实收 and 应收; only a staff session gets them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<u32>,
    /// Only a staff session gets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pads: Option<PadCounts>,
    pub server_time: Millis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiveKind {
    /// A gate opened, closed, reopened or began a new attempt.
    Gate,
    /// The running order, the roster or the charter changed.
    Order,
    Posted,
    Received,
    Pads,
    /// The heartbeat: an event, because proxies swallow comments (D-27).
    Beat,
    /// The reader missed more than the server remembers: pull everything.
    Resync,
    #[serde(other)]
    Unknown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PadCounts {
    pub online: u32,
    pub behind: u32,
    pub offline: u32,
    /// Sheets that pads say they still hold.
    pub pending: u32,
}
