//! Cards of seats and of the host: issued, re-issued, withdrawn, unlocked. A card that goes takes
//! its device's credential with it; what a pad still pushes is kept and shown. Where a card is
//! named by its seat, none means the host's.

use super::change::{Changing, desk_changed};
use super::pads;
use crate::service::act::Act;
use crate::service::error::ServiceError;
use crate::service::pairing;
use crate::store::{Change, Tx, params, statements};
use domain::ids::{CardId, SeatId};
use serde_json::json;
use sync::protocol::LiveKind;

statements! {
    CARD_ADD = "insert into card
        (card_id, county_id, contest_id, kind, seat_id, secret, digits, issued_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
}

/// A card for every seat that has none.
///
/// # Errors
/// The database failed.
pub async fn issue(tx: &mut Tx, act: &Act, contest: &Changing) -> Result<(), ServiceError> {
    let cards = pads::cards(tx, contest.record.id).await?;
    let mut issued = 0_u32;
    for seat in &contest.record.seats {
        if cards.get(&seat.id).is_none_or(|card| card.withdrawn) {
            add(tx, act, contest, Some(seat.id)).await?;
            issued += 1;
        }
    }
    let what = json!({ "do": "issue_cards", "issued": issued });
    desk_changed(
        tx,
        act,
        Change::new(contest.record.id, LiveKind::Pads),
        &what,
    )
    .await
}

/// A card for the host, if there is none.
///
/// # Errors
/// The database failed.
pub async fn issue_host(tx: &mut Tx, act: &Act, contest: &Changing) -> Result<(), ServiceError> {
    let card = pads::host_card(tx, contest.record.id).await?;
    if card.is_some_and(|card| !card.withdrawn) {
        return Ok(());
    }
    add(tx, act, contest, None).await?;
    let change = Change::new(contest.record.id, LiveKind::Pads);
    desk_changed(tx, act, change, &json!({ "do": "issue_host_card" })).await
}

/// A new card in place of the old one, which works no longer.
///
/// # Errors
/// There is no such seat.
pub async fn reissue(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    seat: Option<SeatId>,
) -> Result<(), ServiceError> {
    let number = number(contest, seat)?;
    pairing::withdraw_card(tx, contest.record.id, seat, act.now).await?;
    add(tx, act, contest, seat).await?;
    let what = json!({ "do": "reissue_card", "number": number });
    act.audit(tx, Some(contest.record.id), &what).await
}

/// The card works no longer, and no other takes its place.
///
/// # Errors
/// There is no such seat, or it has no card.
pub async fn withdraw(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    seat: Option<SeatId>,
) -> Result<(), ServiceError> {
    let number = number(contest, seat)?;
    check_card(tx, contest, seat).await?;
    pairing::withdraw_card(tx, contest.record.id, seat, act.now).await?;
    let what = json!({ "do": "withdraw_card", "number": number });
    act.audit(tx, Some(contest.record.id), &what).await
}

/// Lets a card that was locked by wrong digits be tried again.
///
/// # Errors
/// There is no such seat, or it has no card.
pub async fn unlock(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    seat: Option<SeatId>,
) -> Result<(), ServiceError> {
    let number = number(contest, seat)?;
    check_card(tx, contest, seat).await?;
    pairing::unlock_card(tx, contest.record.id, seat, act.now).await?;
    let what = json!({ "do": "unlock_card", "number": number });
    act.audit(tx, Some(contest.record.id), &what).await
}

/// The number of a seat; none for the host.
fn number(contest: &Changing, seat: Option<SeatId>) -> Result<Option<u32>, ServiceError> {
    let number = seat.map(|seat| contest.seat(seat).map(|seat| seat.number));
    number.transpose()
}

async fn check_card(
    tx: &mut Tx,
    contest: &Changing,
    seat: Option<SeatId>,
) -> Result<(), ServiceError> {
    let card = match seat {
        Some(seat) => pads::cards(tx, contest.record.id).await?.remove(&seat),
        None => pads::host_card(tx, contest.record.id).await?,
    };
    match card {
        Some(card) if !card.withdrawn => Ok(()),
        _ => Err(ServiceError::Conflict("no_card")),
    }
}

async fn add(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    seat: Option<SeatId>,
) -> Result<(), ServiceError> {
    let (id, county) = (CardId(act.uuid()), tx.county());
    let (secret, digits) = (act.chance.secret(), act.chance.digits());
    let kind = seat.map_or("host", |_| "seat");
    let contest = contest.record.id;
    let row = params![id, county, contest, kind, seat, secret, digits, act.now];
    tx.execute(CARD_ADD, &row).await?;
    Ok(())
}
