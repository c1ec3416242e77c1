//! `POST /api/v1/sync/push`: a batch of signed ops up, one outcome for each back.

use super::{OP_BYTES_MAX, SignedOp, Standing, speaks};
use domain::ids::{DeviceId, Millis, OpId, Seq};
use serde::{Deserialize, Serialize};

/// Ops in one request.
pub const BATCH_MAX: usize = 30;
/// Bytes of one request's body; the server refuses more.
pub const BODY_BYTES_MAX: usize = 512 * 1024;

/// The body of an op is a JSON string inside JSON: at worst each byte is escaped by another.
const _: () = assert!(BATCH_MAX * (2 * OP_BYTES_MAX + 256) <= BODY_BYTES_MAX);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushRequest {
    pub protocol: u32,
    pub device: DeviceId,
    /// Echoed by the answer, so that an answer to an abandoned batch is known as one.
    pub batch: u64,
    /// The last server sequence this pad has heard of (R7).
    pub last_seq: Seq,
    /// Sealed sheets on the pad that the server has not acknowledged, this batch included.
    pub pending: u32,
    pub ops: Vec<SignedOp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushResponse {
    pub protocol: u32,
    pub batch: u64,
    pub server_time: Millis,
    pub outcomes: Vec<OpOutcome>,
}

/// The outcome of the op at `index` of the request. A body that could not be read has no id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpOutcome {
    pub index: u32,
    #[serde(default)]
    pub op_id: Option<OpId>,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// On disk, as number `seq` of the log, since `at` (server time).
    Applied {
        seq: Seq,
        at: Millis,
        standing: Standing,
    },
    /// These very bytes were on disk before; `seq` and `at` are those of the first time.
    Duplicate {
        seq: Seq,
        at: Millis,
        standing: Standing,
    },
    /// Not in the log. The phone keeps it and shows the reason.
    Rejected { reason: RejectReason },
    /// An outcome this build does not know: the op is not done and stays in the outbox.
    #[serde(other)]
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    /// The same id was used for other bytes.
    IdReused,
    BadMac,
    Malformed,
    NotYourSeat,
    UnknownContest,
    UnknownEntry,
    TooLarge,
    /// The op has a newer shape than the server knows.
    NewerVersion,
    /// Another op of this device already bears this number.
    SeqReused,
    #[serde(other)]
    Unknown,
}

impl PushResponse {
    /// Whether this is the answer to `batch` with these ops, each exactly once. A captive portal,
    /// a cache or a stale answer is not, and acknowledges nothing (D-22).
    pub fn answers(&self, batch: u64, sent: &[OpId]) -> bool {
        let told = self.outcomes.len() == sent.len();
        speaks(self.protocol) && self.batch == batch && told && self.names_each_once(sent)
    }

    fn names_each_once(&self, sent: &[OpId]) -> bool {
        let mut told = vec![false; sent.len()];
        for outcome in &self.outcomes {
            let index = usize::try_from(outcome.index).unwrap_or(usize::MAX);
            let (Some(op), Some(told)) = (sent.get(index), told.get_mut(index)) else {
                return false;
            };
            if *told || !outcome.is_about(*op) {
                return false;
            }
            *told = true;
        }
        true
    }
}

impl OpOutcome {
    /// An acknowledgement must name the op; only a refusal may lack the id.
    fn is_about(&self, op: OpId) -> bool {
        match (self.op_id, &self.outcome) {
            (Some(named), _) => named == op,
            (None, Outcome::Rejected { .. }) => true,
            (None, _) => false,
        }
    }
}
