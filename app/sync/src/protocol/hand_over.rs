//! The file of unsent sheets that leaves a pad without network. Whoever carries it, each op is
//! authenticated by its own MAC, and a second import changes nothing.

use super::SignedOp;
use domain::ids::{ContestId, DeviceId, SeatId};
use serde::{Deserialize, Serialize};

pub const HAND_OVER_FORMAT: &str = "leitai-handover";
pub const HAND_OVER_VERSION: u32 = 1;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    pub format: String,
    pub v: u32,
    pub contest: ContestId,
    pub seat: SeatId,
    pub device: DeviceId,
    /// In the device's own order.
    pub ops: Vec<SignedOp>,
}

/// Why a file is not taken at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOverError {
    NotHandOver,
    NewerVersion,
    Empty,
}

impl HandOver {
    pub fn new(contest: ContestId, seat: SeatId, device: DeviceId, ops: Vec<SignedOp>) -> Self {
        Self {
            format: HAND_OVER_FORMAT.to_owned(),
            v: HAND_OVER_VERSION,
            contest,
            seat,
            device,
            ops,
        }
    }

    pub fn check(&self) -> Result<(), HandOverError> {
        if self.format != HAND_OVER_FORMAT {
            return Err(HandOverError::NotHandOver);
        }
        if HAND_OVER_VERSION < self.v {
            return Err(HandOverError::NewerVersion);
        }
        if self.ops.is_empty() { Err(HandOverError::Empty) } else { Ok(()) }
    }
}
