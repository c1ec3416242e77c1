//! What lies on the phone's disk for one op, and how an op gets its number.
//!
//! Invariant: a record is written once and never changed; one that the server holds may be emptied,
//! and its number stays used. Its frame (`v`, `op_id`, `device_seq`, `signed`) is for ever, so a
//! rolled-back build can send what a newer one sealed (D-7).

use crate::protocol::{Change, DeviceSeq, Op, SignedOp};
use domain::ids::{ContestId, DeviceId, Millis, OpId, SeatId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

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
    /// What goes to the disk with the op or not at all, and is no part of it: a record's photo.
    pub beside: Option<Arc<str>>,
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

/// Which numbers a page knows to be used on the disk, and by which ops, so that a seal waits for no
/// reading. Another tab may have used more: the disk refuses a number that was ever used, and then
/// it is read again.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    last: DeviceSeq,
    ops: Vec<(OpId, DeviceSeq)>,
}

impl Numbers {
    /// The next op's, without a gap; `on_server` (from the cached view) keeps the count going after
    /// an eviction.
    pub fn next(&self, on_server: DeviceSeq) -> DeviceSeq {
        self.last.max(on_server).next()
    }

    pub fn of(&self, op: OpId) -> Option<DeviceSeq> {
        let mut ops = self.ops.iter();
        ops.find(|(known, _)| *known == op).map(|(_, seq)| *seq)
    }

    /// Whether the server holds more of this device than the disk was known to: another page has
    /// written meanwhile, or the disk was evicted.
    pub fn is_behind(&self, on_server: DeviceSeq) -> bool {
        self.last < on_server
    }

    /// The op's record was emptied.
    pub fn forget(&mut self, op: OpId) {
        self.ops.retain(|(known, _)| *known != op);
    }

    /// `op` is `None` once the record was emptied: its number stays used.
    pub fn add(&mut self, seq: DeviceSeq, op: Option<OpId>) {
        self.last = self.last.max(seq);
        self.ops.extend(op.map(|op| (op, seq)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_number_stays_used_when_its_op_is_gone() {
        let op = OpId(Uuid::from_u128(7));
        let mut numbers = Numbers::default();
        assert_eq!(numbers.next(DeviceSeq(0)), DeviceSeq(1));
        numbers.add(DeviceSeq(1), Some(op));
        numbers.add(DeviceSeq(2), None);
        assert_eq!(numbers.of(op), Some(DeviceSeq(1)));
        assert_eq!(numbers.next(DeviceSeq(0)), DeviceSeq(3));
        numbers.add(DeviceSeq(3), Some(OpId(Uuid::from_u128(8))));
        numbers.forget(OpId(Uuid::from_u128(8)));
        assert_eq!(numbers.of(OpId(Uuid::from_u128(8))), None);
        assert_eq!(numbers.next(DeviceSeq(0)), DeviceSeq(4));
    }

    #[test]
    fn what_the_server_holds_is_counted_and_shows_that_a_page_is_behind() {
        let mut numbers = Numbers::default();
        numbers.add(DeviceSeq(4), None);
        assert!(!numbers.is_behind(DeviceSeq(4)));
        assert!(numbers.is_behind(DeviceSeq(5)));
        assert_eq!(numbers.next(DeviceSeq(5)), DeviceSeq(6));
    }
}
