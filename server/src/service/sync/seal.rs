//! Reads one op as it came: its seal, its shape, whose it is. All that can be said of it without
//! what the contest knows.

use super::Bearer;
use crate::service::holder::Holder;
use domain::ids::OpId;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use sha2::Sha256;
use sync::protocol::{Change, OP_BYTES_MAX, OP_VERSION, Op, OpFault, RejectReason, SignedOp};

/// An op that could be read, and the credential that sealed it.
pub(in crate::service) struct ReadOp {
    pub op: Op,
    pub sealer: Holder,
}

/// What can be said of a body that may be of a newer shape.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Peek {
    v: u32,
    op_id: Option<OpId>,
}

/// Reads an op that `bearer` brings. `holders` are all credentials of the seat: an op is the
/// device's whose key it was sealed with.
///
/// # Errors
/// It is refused; its id, where it has one, and why.
pub(in crate::service) fn read(
    bearer: &Bearer,
    holders: &[Holder],
    signed: &SignedOp,
) -> Result<ReadOp, (Option<OpId>, RejectReason)> {
    if OP_BYTES_MAX < signed.body.len() {
        return Err((None, RejectReason::TooLarge));
    }
    let decoded = serde_json::from_str::<Op>(&signed.body);
    let peek = match &decoded {
        Ok(op) => Peek {
            v: op.v,
            op_id: Some(op.op_id),
        },
        Err(_) => serde_json::from_str(&signed.body).unwrap_or_default(),
    };
    let refuse = |reason| Err((peek.op_id, reason));
    let Some(sealer) = sealer(bearer, holders, signed) else {
        return refuse(RejectReason::BadMac);
    };
    if OP_VERSION < peek.v {
        return refuse(RejectReason::NewerVersion);
    }
    let Ok(op) = decoded else {
        return refuse(RejectReason::Malformed);
    };
    if op.contest != bearer.holder.contest {
        return refuse(RejectReason::UnknownContest);
    }
    if op.seat != bearer.seat || op.device != sealer.device {
        return refuse(RejectReason::NotYourSeat);
    }
    let checked = match &op.change {
        Change::Field(_) if bearer.holder.kind.is_field() => op.check_envelope(),
        _ => op.check().map(drop),
    };
    match checked {
        Ok(()) => Ok(ReadOp {
            op,
            sealer: sealer.clone(),
        }),
        Err(OpFault::NewerVersion | OpFault::UnknownChange) => refuse(RejectReason::NewerVersion),
        Err(_) => refuse(RejectReason::Malformed),
    }
}

/// The credential whose key the seal fits. A device pushes its own ops only.
fn sealer<'a>(bearer: &Bearer, holders: &'a [Holder], signed: &SignedOp) -> Option<&'a Holder> {
    let is_allowed =
        |holder: &&Holder| bearer.carrier.is_some() || holder.device == bearer.holder.device;
    let mut allowed = holders.iter().rev().filter(is_allowed);
    allowed.find(|holder| fits(signed, &holder.seat_key))
}

/// Whether the seal over the body's exact bytes was made with this key. Takes the same time
/// whatever is wrong.
fn fits(signed: &SignedOp, seat_key: &str) -> bool {
    let (Some(key), Some(mac)) = (unhex(seat_key), unhex(&signed.mac)) else {
        return false;
    };
    let Ok(mut hmac) = Hmac::<Sha256>::new_from_slice(&key) else {
        return false;
    };
    hmac.update(signed.body.as_bytes());
    hmac.verify_slice(&mac).is_ok()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}
