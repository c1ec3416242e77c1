//! Push and pull. Invariant: an op that was read lies in the log exactly as it came, whoever
//! brought it and whatever becomes of it; each op has an outcome of its own.

mod admit;
mod carry;
mod log;
mod malformed;
mod queue;
pub(super) mod seal;
mod view;

pub use carry::{HandOverReport, import_hand_over, read as read_hand_over};
pub use queue::Pushes;
pub use view::pull;

use super::error::ServiceError;
use super::holder::Holder;
use crate::store::{Change, Row, Store, StoreError, Tx};
use admit::Rules;
use domain::charter::{Charter, CharterDraft};
use domain::ids::{AccountId, ContestId, EntryId, Millis, OpId, SeatId, Seq};
use log::Log;
use seal::ReadOp;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use sync::protocol::{LiveKind, OpOutcome, Outcome, RejectReason, SignedOp};

/// Who brings ops, and whose they are.
#[derive(Clone)]
pub(super) struct Bearer {
    pub holder: Holder,
    pub seat: SeatId,
    /// A staff account that carries a file of them.
    pub carrier: Option<AccountId>,
}

/// Ops that came together.
pub(super) struct Push {
    pub bearer: Bearer,
    pub ops: Vec<SignedOp>,
    pub now: Millis,
}

/// Takes a device's own ops, by themselves.
///
/// # Errors
/// The database failed; then nothing of the batch was kept.
pub async fn push(
    store: &Store,
    holder: Holder,
    ops: Vec<SignedOp>,
    now: Millis,
) -> Result<Vec<OpOutcome>, ServiceError> {
    let push = Push::of_device(holder, ops, now)?;
    let taken = write(store, Arc::new([push]), 0..1).await?;
    Ok(taken.into_iter().flatten().collect())
}

/// Writes some of the pushes as one job.
async fn write(
    store: &Store,
    pushes: Arc<[Push]>,
    which: Range<usize>,
) -> Result<Vec<Vec<OpOutcome>>, ServiceError> {
    store
        .write(move |tx| Box::pin(async move { take(tx, &pushes[which]).await }))
        .await
}

impl Push {
    fn of_device(holder: Holder, ops: Vec<SignedOp>, now: Millis) -> Result<Self, ServiceError> {
        let seat = holder.seat.ok_or(ServiceError::Forbidden)?;
        let bearer = Bearer {
            holder,
            seat,
            carrier: None,
        };
        Ok(Self { bearer, ops, now })
    }
}

impl Bearer {
    fn place(&self) -> (ContestId, SeatId) {
        (self.holder.contest, self.seat)
    }
}

/// Takes some pushes in their order, each op for itself, and tells of each push once. What they are
/// judged by is read for all of them together, and written likewise: each statement costs more than
/// its rows.
pub(super) async fn take(
    tx: &mut Tx,
    pushes: &[Push],
) -> Result<Vec<Vec<OpOutcome>>, ServiceError> {
    let mut rules = Rules::load(tx, pushes).await?;
    let read: Result<Vec<_>, _> = pushes.iter().map(|push| read_push(&rules, push)).collect();
    let read = read?;
    let ops = read.iter().flatten().flatten().map(|read| &read.op);
    let ops = ops.filter_map(|op| Some((op, op.change.frame()?)));
    let ops: Vec<_> = ops.collect();
    let mut log = Log::open(tx, &mut rules, &ops).await?;
    let mut outcomes = Vec::with_capacity(pushes.len());
    let mut told = Vec::with_capacity(pushes.len());
    for (push, read) in pushes.iter().zip(&read) {
        let before = log.len();
        outcomes.push(take_one(&mut log, &rules, push, read));
        let news = log.since(before);
        told.push(news.is_some());
        // In the order of the numbers.
        if let Some(news) = news {
            tell(tx, push, news);
        }
    }
    log.store(tx).await?;
    for ((push, read), is_told) in pushes.iter().zip(&read).zip(told) {
        keep_unreadable(tx, push, read, is_told).await?;
    }
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

fn take_one<'a>(
    log: &mut Log<'a>,
    rules: &Rules,
    push: &'a Push,
    read: &'a [Read],
) -> Vec<OpOutcome> {
    let ops = push.ops.iter().zip(read).zip(0_u32..);
    let taken = ops.map(|((signed, read), index)| {
        let (op_id, outcome) = match read {
            Ok(read) => (Some(read.op.op_id), log.take(rules, push, (signed, read))),
            Err((op_id, reason)) => (*op_id, Outcome::Rejected { reason: *reason }),
        };
        OpOutcome {
            index,
            op_id,
            outcome,
        }
    });
    taken.collect()
}

/// An op that was read, or its id, where it has one, and why it is refused.
type Read = Result<ReadOp, (Option<OpId>, RejectReason)>;

fn read_push(rules: &Rules, push: &Push) -> Result<Vec<Read>, ServiceError> {
    let holders = rules.holders(push.bearer.seat)?;
    let ops = push.ops.iter();
    Ok(ops
        .map(|signed| seal::read(&push.bearer, holders, signed))
        .collect())
}

/// The last of a push's new ops and the news of them bear one number.
fn tell(tx: &mut Tx, push: &Push, (entries, seq): (BTreeSet<EntryId>, Seq)) {
    let change = news(push);
    let change = match entries.first() {
        Some(entry) if entries.len() == 1 => change.entry(*entry),
        _ => change,
    };
    tx.emit_as(seq, change, push.now);
}

/// Keeps what could not be read, and tells of it where the push brought nothing else that is new.
async fn keep_unreadable(
    tx: &mut Tx,
    push: &Push,
    read: &[Read],
    is_told: bool,
) -> Result<(), ServiceError> {
    let mut kept = false;
    for (signed, read) in push.ops.iter().zip(read) {
        if let Err((_, reason)) = read
            && malformed::is_unreadable(*reason)
        {
            kept |= malformed::keep(tx, &push.bearer, signed, *reason, push.now).await?;
        }
    }
    if kept && !is_told {
        tx.emit(news(push), push.now).await?;
    }
    Ok(())
}

fn news(push: &Push) -> Change {
    let (contest, seat) = push.bearer.place();
    Change::new(contest, LiveKind::Received).seat(seat)
}
