//! Seats, and who sits on them.

use super::change::{Changing, roster_changed};
use crate::service::act::{Act, optional_text};
use crate::service::create::{add_seats, check_seats, state_with};
use crate::service::error::ServiceError;
use crate::store::{Tx, params, statements};
use app::backend::NewSeats;
use domain::ids::SeatId;
use serde_json::json;

/// Characters of a person's name on a card.
pub const PERSON_MAX: usize = 30;

statements! {
    SEAT_OPS = "select count(*) as n from op where seat_id = $1";
    SEAT_CREDENTIALS = "select count(*) as n from credential where seat_id = $1";
    SEAT_RECUSALS_REMOVE = "delete from recusal where seat_id = $1";
    SEAT_ABSENCES_REMOVE = "delete from absence where seat_id = $1";
    SEAT_CARDS_REMOVE = "delete from card where seat_id = $1";
    SEAT_REMOVE = "delete from seat where seat_id = $1";
    SEAT_PERSON = "update seat set person = $2 where seat_id = $1";
    CONTEST_STATE = "update contest set state = $2 where contest_id = $1";
}

/// Seats in bulk, numbered behind those that are there.
///
/// # Errors
/// The first gate has opened, the class is unknown, or there would be too many.
pub async fn add(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    seats: &NewSeats,
) -> Result<(), ServiceError> {
    contest.check_not_started()?;
    let record = &contest.record;
    let there = crate::service::record::count(record.seats.iter());
    check_seats(&record.charter, std::slice::from_ref(seats), there)?;
    let last = record
        .seats
        .iter()
        .map(|seat| seat.number)
        .max()
        .unwrap_or_default();
    add_seats(tx, act, record.id, seats, last).await?;
    set_state(tx, contest, there + seats.count).await?;
    let what = json!({ "do": "add_seats", "class": seats.class, "count": seats.count });
    roster_changed(tx, act, record.id, &what).await
}

/// A seat that nobody has claimed.
///
/// # Errors
/// The first gate has opened, a device holds the seat, or a sheet came from it.
pub async fn remove(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    seat: SeatId,
) -> Result<(), ServiceError> {
    let number = contest.seat(seat)?.number;
    contest.check_not_started()?;
    let of_seat = params![seat];
    if tx.row(SEAT_OPS, &of_seat).await?.int("n")? != 0 {
        return Err(ServiceError::Conflict("seat_has_sheets"));
    }
    if tx.row(SEAT_CREDENTIALS, &of_seat).await?.int("n")? != 0 {
        return Err(ServiceError::Conflict("seat_paired"));
    }
    for sql in [
        SEAT_RECUSALS_REMOVE,
        SEAT_ABSENCES_REMOVE,
        SEAT_CARDS_REMOVE,
        SEAT_REMOVE,
    ] {
        tx.execute(sql, &of_seat).await?;
    }
    let left = crate::service::record::count(contest.record.seats.iter()).saturating_sub(1);
    set_state(tx, contest, left).await?;
    let what = json!({ "do": "remove_seat", "number": number });
    roster_changed(tx, act, contest.record.id, &what).await
}

/// Another person on a seat; an empty name is nobody.
///
/// # Errors
/// There is no such seat, or the name is too long.
pub async fn person(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    seat: SeatId,
    person: &str,
) -> Result<(), ServiceError> {
    let number = contest.seat(seat)?.number;
    let person = optional_text("person", person, PERSON_MAX)?;
    tx.execute(SEAT_PERSON, &params![seat, person]).await?;
    // The record says that somebody else sits there; the name itself stays on the roster.
    let what = json!({ "do": "seat_person", "number": number });
    roster_changed(tx, act, contest.record.id, &what).await
}

async fn set_state(tx: &mut Tx, contest: &Changing, seats: u32) -> Result<(), ServiceError> {
    let record = &contest.record;
    let entries = record
        .entries
        .iter()
        .filter(|entry| !entry.withdrawn)
        .count();
    let state = state_with(entries, seats).code();
    tx.execute(CONTEST_STATE, &params![record.id, state])
        .await?;
    Ok(())
}
