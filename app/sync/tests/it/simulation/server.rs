//! The model server: a log of exact bytes, idempotent by op id, that refuses an id for other
//! bytes and a body whose MAC is wrong.

use crate::support::mac;
use domain::ids::{DeviceId, Millis, OpId, Seq};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use sync::outbox::Ack;
use sync::protocol::{
    DeviceSeq, OpOutcome, Outcome, PROTOCOL_VERSION, PushResponse, RejectReason, SignedOp, Standing,
};

#[derive(Default)]
pub struct Server {
    pub log: Vec<Logged>,
    by_id: BTreeMap<OpId, usize>,
    pub keys: BTreeMap<DeviceId, u64>,
    /// Ops for which the server refuses the whole request.
    pub poison_whole: BTreeSet<OpId>,
    /// Ops that the server finds malformed.
    pub poison_alone: BTreeSet<OpId>,
    pub clock_offset_ms: i64,
    /// Bodies that were read before; reading is most of the simulator's work.
    frames: BTreeMap<String, Option<Frame>>,
}

pub struct Logged {
    pub op_id: OpId,
    pub device: DeviceId,
    pub device_seq: DeviceSeq,
    pub body: String,
    pub at: Millis,
}

/// What any version of a body bears.
#[derive(Clone, Copy, Deserialize)]
pub struct Frame {
    pub op_id: OpId,
    pub device: DeviceId,
    pub device_seq: DeviceSeq,
}

impl Server {
    /// `None`: the whole request is refused.
    pub fn push(&mut self, batch: u64, ops: &[SignedOp], time: u64) -> Option<PushResponse> {
        let frames: Vec<Option<Frame>> = ops.iter().map(|op| self.frame(&op.body)).collect();
        let poisoned = frames
            .iter()
            .flatten()
            .any(|op| self.poison_whole.contains(&op.op_id));
        if poisoned {
            return None;
        }
        let at = Millis(time.saturating_add_signed(self.clock_offset_ms));
        let mut outcomes = Vec::new();
        for (index, (op, frame)) in (0..).zip(ops.iter().zip(frames)) {
            let op_id = frame.as_ref().map(|frame| frame.op_id);
            let outcome = match frame {
                Some(frame) => self.take(op, frame, at),
                None => Outcome::Rejected {
                    reason: RejectReason::Malformed,
                },
            };
            let unnamed = outcome
                == Outcome::Rejected {
                    reason: RejectReason::Malformed,
                };
            outcomes.push(OpOutcome {
                index,
                op_id: op_id.filter(|_| !unnamed),
                outcome,
            });
        }
        Some(PushResponse {
            protocol: PROTOCOL_VERSION,
            batch,
            server_time: at,
            outcomes,
        })
    }

    pub fn frame(&mut self, body: &str) -> Option<Frame> {
        if let Some(frame) = self.frames.get(body) {
            return *frame;
        }
        let frame = serde_json::from_str(body).ok();
        self.frames.insert(body.to_owned(), frame);
        frame
    }

    fn take(&mut self, op: &SignedOp, frame: Frame, at: Millis) -> Outcome {
        let reject = |reason| Outcome::Rejected { reason };
        if self.poison_alone.contains(&frame.op_id) {
            return reject(RejectReason::Malformed);
        }
        if self
            .keys
            .get(&frame.device)
            .map(|key| mac(*key, &op.body))
            .as_ref()
            != Some(&op.mac)
        {
            return reject(RejectReason::BadMac);
        }
        let standing = Standing::Counted;
        if let Some(known) = self.by_id.get(&frame.op_id) {
            let logged = &self.log[*known];
            let seq = Seq(*known as u64 + 1);
            return match logged.body == op.body {
                true => Outcome::Duplicate {
                    seq,
                    at: logged.at,
                    standing,
                },
                false => reject(RejectReason::IdReused),
            };
        }
        let Frame {
            op_id,
            device,
            device_seq,
        } = frame;
        self.by_id.insert(op_id, self.log.len());
        self.log.push(Logged {
            op_id,
            device,
            device_seq,
            body: op.body.clone(),
            at,
        });
        Outcome::Applied {
            seq: Seq(self.log.len() as u64),
            at,
            standing,
        }
    }

    pub fn holds(&self, op_id: OpId) -> bool {
        self.by_id.contains_key(&op_id)
    }

    /// What a pull shows a device of its own ops.
    pub fn own_sheets(&self, device: DeviceId) -> Vec<(OpId, Ack)> {
        let own = self.log.iter().filter(|logged| logged.device == device);
        own.map(|logged| {
            (
                logged.op_id,
                Ack {
                    at: logged.at,
                    standing: Standing::Counted,
                },
            )
        })
        .collect()
    }
}
