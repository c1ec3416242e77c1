//! Recusals (回避) and absences, so that n of N can be complete: a recused seat leaves N, an absent
//! one leaves n only.

use super::change::{Changing, roster_changed};
use crate::service::act::{Act, reason};
use crate::service::error::ServiceError;
use crate::service::sheets::settle;
use crate::store::{Tx, params, statements};
use domain::ids::{EntryId, SeatId};
use serde_json::json;

statements! {
    RECUSAL_ADD = "insert into recusal
        (recusal_id, county_id, contest_id, seat_id, entry_id, reason, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    RECUSAL_REMOVE = "delete from recusal where seat_id = $1 and entry_id = $2";
    ABSENCE_ADD = "insert into absence
        (absence_id, county_id, contest_id, seat_id, entry_id, reason, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    ABSENCE_REMOVE = "delete from absence where seat_id = $1 and entry_id = $2";
    ABSENCE_REMOVE_ALL = "delete from absence where seat_id = $1 and entry_id is null";
}

/// A seat that does not mark an entry (XY-7).
///
/// # Errors
/// There is no such seat or entry, it is recused already, or no reason is given.
pub async fn recuse(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    (seat, entry): (SeatId, EntryId),
    why: &str,
) -> Result<(), ServiceError> {
    let why = reason(why)?;
    let (number, position) = (contest.seat(seat)?.number, contest.entry(entry)?.position);
    let record = &contest.record;
    if record.recusal(seat, entry).is_some() {
        return Err(ServiceError::Conflict("recused"));
    }
    let (id, county) = (act.uuid(), tx.county());
    let row = params![id, county, record.id, seat, entry, &why, act.now];
    tx.execute(RECUSAL_ADD, &row).await?;
    resettle(tx, act, contest, seat, Some(entry)).await?;
    let what = json!({ "do": "recuse", "seat": number, "position": position, "reason": why });
    roster_changed(tx, act, record.id, &what).await
}

/// The seat marks the entry again; its sheets are asked by the gate rule once more.
///
/// # Errors
/// There is no such seat or entry, or it is not recused.
pub async fn lift_recusal(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    (seat, entry): (SeatId, EntryId),
) -> Result<(), ServiceError> {
    let (number, position) = (contest.seat(seat)?.number, contest.entry(entry)?.position);
    if contest.record.recusal(seat, entry).is_none() {
        return Err(ServiceError::Conflict("not_recused"));
    }
    tx.execute(RECUSAL_REMOVE, &params![seat, entry]).await?;
    resettle(tx, act, contest, seat, Some(entry)).await?;
    let what = json!({ "do": "lift_recusal", "seat": number, "position": position });
    roster_changed(tx, act, contest.record.id, &what).await
}

/// A seat that is not there, for one entry or for all.
///
/// # Errors
/// There is no such seat or entry, it is absent already, its sheet counts, or no reason is given.
pub async fn excuse(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    (seat, entry): (SeatId, Option<EntryId>),
    why: &str,
) -> Result<(), ServiceError> {
    let why = reason(why)?;
    let number = contest.seat(seat)?.number;
    let record = &contest.record;
    let position = entry
        .map(|entry| contest.entry(entry))
        .transpose()?
        .map(|e| e.position);
    if record.absences.contains_key(&(seat, entry)) {
        return Err(ServiceError::Conflict("absent"));
    }
    if entry.is_some_and(|entry| record.places().counted(entry, seat).is_some()) {
        return Err(ServiceError::Conflict("sheet_counts"));
    }
    let (id, county) = (act.uuid(), tx.county());
    let row = params![id, county, record.id, seat, entry, &why, act.now];
    tx.execute(ABSENCE_ADD, &row).await?;
    resettle(tx, act, contest, seat, entry).await?;
    let what = json!({ "do": "excuse", "seat": number, "position": position, "reason": why });
    roster_changed(tx, act, record.id, &what).await
}

/// The seat is there after all.
///
/// # Errors
/// There is no such seat, or it is not absent.
pub async fn lift_absence(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    (seat, entry): (SeatId, Option<EntryId>),
) -> Result<(), ServiceError> {
    let number = contest.seat(seat)?.number;
    if !contest.record.absences.contains_key(&(seat, entry)) {
        return Err(ServiceError::Conflict("not_absent"));
    }
    match entry {
        Some(entry) => tx.execute(ABSENCE_REMOVE, &params![seat, entry]).await?,
        None => tx.execute(ABSENCE_REMOVE_ALL, &params![seat]).await?,
    };
    resettle(tx, act, contest, seat, entry).await?;
    let what = json!({ "do": "lift_absence", "seat": number });
    roster_changed(tx, act, contest.record.id, &what).await
}

/// Asks the gate rule again about the seat's sheets for one entry, or for all.
async fn resettle(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    seat: SeatId,
    only: Option<EntryId>,
) -> Result<(), ServiceError> {
    let record = &contest.record;
    let concerned = record
        .entries
        .iter()
        .filter(|entry| only.is_none_or(|only| only == entry.id));
    for entry in concerned {
        settle(tx, record.id, entry.id, entry.gate.attempt, seat, act.now).await?;
    }
    Ok(())
}
