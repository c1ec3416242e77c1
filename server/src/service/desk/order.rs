//! The running order: entries that come, move and go.

use super::change::{Changing, roster_changed};
use crate::service::act::{Act, reason};
use crate::service::create::{ENTRIES_MAX, state_with};
use crate::service::entries;
use crate::service::error::ServiceError;
use crate::service::gates::follow;
use crate::service::record::{EntryRecord, count};
use crate::service::sheets::settle_entry;
use crate::store::{Tx, params, statements};
use app::backend::NewEntry;
use domain::ids::EntryId;
use domain::stage::{ContestState, GateState};
use serde_json::json;

statements! {
    CONTEST_STATE = "update contest set state = $2 where contest_id = $1";
    ENTRY_POSITION = "update entry set position = $2 where entry_id = $1";
    ENTRY_WITHDRAW = "update entry set withdrawn = 1, withdrawn_reason = $2 where entry_id = $1";
}

/// An entry behind all others.
///
/// # Errors
/// The result is out, there are too many, or the entry has a fault.
pub async fn add(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    entry: &NewEntry,
) -> Result<(), ServiceError> {
    let record = &contest.record;
    contest.check_not_posted()?;
    if ENTRIES_MAX <= record.entries.len() {
        return Err(ServiceError::Conflict("too_many_entries"));
    }
    entries::check(&record.charter, entry, "entry")?;
    let last = record
        .entries
        .iter()
        .map(|entry| entry.position)
        .max()
        .unwrap_or_default();
    entries::add(tx, act, record.id, entry, last + 1).await?;
    if record.state == ContestState::Draft {
        let state = state_with(1, count(record.seats.iter()));
        tx.execute(CONTEST_STATE, &params![record.id, state.code()])
            .await?;
    }
    // Somebody is still to perform, so a closed contest is no longer over.
    follow(tx, record.id, act.now).await?;
    let what = json!({ "do": "add_entry", "position": last + 1 });
    roster_changed(tx, act, record.id, &what).await
}

/// Puts an entry that has not begun at a place of the order, counted from 1.
///
/// # Errors
/// The result is out, its gate was opened already, or there is no such place.
pub async fn shift(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    id: EntryId,
    position: u32,
) -> Result<(), ServiceError> {
    contest.check_not_posted()?;
    let entry = contest.entry(id)?;
    if entry.gate.state != GateState::Pending {
        return Err(ServiceError::Conflict("gate_was_opened"));
    }
    let order = shifted(&contest.record.entries, id, position)
        .ok_or_else(|| ServiceError::invalid("position", "no_such_place"))?;
    for (entry, position) in order.iter().zip(1_u32..) {
        tx.execute(ENTRY_POSITION, &params![*entry, position])
            .await?;
    }
    let what = json!({ "do": "move_entry", "from": entry.position, "to": position });
    roster_changed(tx, act, contest.record.id, &what).await
}

/// An entry that does not perform. Its sheets are kept and do not count.
///
/// # Errors
/// The result is out, its gate is open, it is withdrawn already, or no reason is given.
pub async fn withdraw(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    id: EntryId,
    why: &str,
) -> Result<(), ServiceError> {
    let why = reason(why)?;
    contest.check_not_posted()?;
    let entry = contest.entry(id)?;
    if entry.withdrawn {
        return Err(ServiceError::Conflict("withdrawn"));
    }
    if entry.gate.state == GateState::Open {
        return Err(ServiceError::Conflict("gate_open"));
    }
    tx.execute(ENTRY_WITHDRAW, &params![id, &why]).await?;
    settle_entry(tx, contest.record.id, id, act.now).await?;
    follow(tx, contest.record.id, act.now).await?;
    let what = json!({ "do": "withdraw_entry", "position": entry.position, "reason": why });
    roster_changed(tx, act, contest.record.id, &what).await
}

/// The order with one entry moved. None: there is no such place.
fn shifted(entries: &[EntryRecord], id: EntryId, position: u32) -> Option<Vec<EntryId>> {
    let mut order: Vec<EntryId> = entries.iter().map(|entry| entry.id).collect();
    order.retain(|entry| *entry != id);
    let at = usize::try_from(position.checked_sub(1)?).ok()?;
    if order.len() < at {
        return None;
    }
    order.insert(at, id);
    Some(order)
}
