//! What lies on the phone's disk for one op, and how an op gets its number.
//!
//! Invariant: a record is written once and never changed. Its frame (`v`, `op_id`, `device_seq`,
//! `signed`) is for ever, so a rolled-back build can send what a newer one sealed (D-7).

use crate::protocol::{Change, DeviceSeq, Op, SignedOp};
use domain::ids::{ContestId, DeviceId, Millis, OpId, SeatId};
use serde::{Deserialize, Serialize};

/// The version that this build writes. It reads every version.
pub const RECORD_VERSION: u32 = 1;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpRecord {
    pub v: u32,
    pub op_id: OpId,
    pub device_seq: DeviceSeq,
    pub signed: SignedOp,
}

/// A record, and the op in it as far as this build can read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOp {
    pub record: OpRecord,
    /// `None`: a newer build wrote the body. It is sent all the same.
    pub op: Option<Op>,
}

/// An op that was sealed and has no number yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOp {
    pub op_id: OpId,
    pub contest: ContestId,
    pub seat: SeatId,
    pub device: DeviceId,
    pub recorded_at: Millis,
    pub change: Change,
}

impl OpRecord {
    pub fn new(op: &Op, signed: SignedOp) -> Self {
        Self {
            v: RECORD_VERSION,
            op_id: op.op_id,
            device_seq: op.device_seq,
            signed,
        }
    }
}

impl NewOp {
    pub fn number(self, device_seq: DeviceSeq) -> Op {
        Op {
            v: crate::protocol::OP_VERSION,
            op_id: self.op_id,
            contest: self.contest,
            seat: self.seat,
            device: self.device,
            device_seq,
            recorded_at: self.recorded_at,
            change: self.change,
        }
    }
}

/// The number of the next op, without a gap. It is taken under the write lock, right before the
/// record is put. The store always keeps the record with the highest number, so the count goes on
/// after a restart; `on_server` (from the cached view) keeps it going after an eviction.
pub fn next_device_seq(records: &[OpRecord], on_server: DeviceSeq) -> DeviceSeq {
    let stored = records
        .iter()
        .map(|record| record.device_seq)
        .max()
        .unwrap_or_default();
    stored.max(on_server).next()
}
