//! Push and pull. Invariant: an op that was read lies in the log exactly as it came, whoever
//! brought it and whatever becomes of it; each op has an outcome of its own.

mod admit;
mod carry;
mod log;
mod malformed;
mod view;

pub use carry::{HandOverReport, import_hand_over, read as read_hand_over};
pub use view::pull;

use super::error::ServiceError;
use super::holder::{Holder, of_seat};
use crate::store::{Change, Row, Store, StoreError, Tx};
use domain::charter::{Charter, CharterDraft};
use domain::ids::{AccountId, Millis, SeatId};
use log::Log;
use sync::protocol::{LiveKind, OpOutcome, SignedOp};

/// Who brings ops, and whose they are.
#[derive(Clone)]
pub(super) struct Bearer {
    pub holder: Holder,
    pub seat: SeatId,
    /// A staff account that carries a file of them.
    pub carrier: Option<AccountId>,
}

/// Takes a device's own ops.
///
/// # Errors
/// The database failed; then nothing of the batch was kept.
pub async fn push(
    store: &Store,
    holder: Holder,
    ops: Vec<SignedOp>,
    now: Millis,
) -> Result<Vec<OpOutcome>, ServiceError> {
    let seat = holder.seat.ok_or(ServiceError::Forbidden)?;
    let bearer = Bearer {
        holder,
        seat,
        carrier: None,
    };
    store
        .write(move |tx| Box::pin(async move { take(tx, bearer, &ops, now).await }))
        .await
}

/// Takes ops in their order, each for itself, and tells of them once.
pub(super) async fn take(
    tx: &mut Tx,
    bearer: Bearer,
    ops: &[SignedOp],
    now: Millis,
) -> Result<Vec<OpOutcome>, ServiceError> {
    let (contest, seat) = (bearer.holder.contest, bearer.seat);
    let holders = of_seat(tx, contest, seat, now).await?;
    let count = u32::try_from(ops.len()).unwrap_or(u32::MAX);
    let mut log = Log::open(tx, bearer, holders, count, now).await?;
    let mut outcomes = Vec::with_capacity(ops.len());
    for (index, signed) in (0_u32..).zip(ops) {
        let (op_id, outcome) = log.take(tx, signed).await?;
        outcomes.push(OpOutcome {
            index,
            op_id,
            outcome,
        });
    }
    tell(tx, &log, now).await?;
    Ok(outcomes)
}

/// The charter that a contest's row holds. It was checked before it was written.
fn charter(row: &Row) -> Result<Charter, StoreError> {
    let draft: CharterDraft = row.json("charter_json")?;
    Charter::from_draft(draft).map_err(|_| wrong("charter_json"))
}

/// A column that holds what this build never wrote.
fn wrong(column: &str) -> StoreError {
    StoreError::Row {
        column: column.to_owned(),
    }
}

async fn tell(tx: &mut Tx, log: &Log, now: Millis) -> Result<(), ServiceError> {
    let change = Change::new(log.contest(), LiveKind::Received).seat(log.seat());
    let change = match log.only_entry() {
        Some(entry) => change.entry(entry),
        None => change,
    };
    match log.last_seq() {
        // The last of the new ops and the news of them bear one number.
        Some(seq) => tx.emit_as(seq, change, now).await?,
        None if log.kept_malformed() => _ = tx.emit(change, now).await?,
        None => {}
    }
    Ok(())
}
