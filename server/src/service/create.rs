//! A new contest, from a preset or a charter of one's own: all of it is checked before any of it is
//! written.

use super::act::{Act, optional_text, text_of};
use super::contests::classes_of;
use super::error::ServiceError;
use super::{charter_file, entries, permission};
use crate::store::{Store, Tx, params, statements};
use app::backend::{Capability, NewContest, NewSeats, PresetCard};
use domain::charter::{Charter, presets};
use domain::ids::{ContestId, SeatId};
use domain::stage::ContestState;
use futures::FutureExt as _;
use serde_json::json;
use time::Date;
use time::macros::format_description;

/// Characters of a title, a theme or a place.
pub const TITLE_MAX: usize = 60;
/// Entries of one contest.
pub const ENTRIES_MAX: usize = 200;
/// Seats of one contest.
pub const SEATS_MAX: u32 = 500;

statements! {
    CONTEST_ADD = "insert into contest
        (contest_id, county_id, title, subtitle, held_on, place, state, charter_json,
            charter_toml, charter_version, roster_version, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, 1, $10)";
    SEAT_ADD = "insert into seat (seat_id, county_id, contest_id, number, class, person)
        values ($1, $2, $3, $4, $5, $6)";
}

/// The charters that ship with the product.
///
/// # Errors
/// A preset that is no charter, which a test rules out.
pub fn preset_cards() -> Result<Vec<PresetCard>, ServiceError> {
    let cards = presets().iter().map(|preset| {
        let charter = charter_file::read(preset.toml)?;
        Ok(PresetCard {
            key: preset.key.to_owned(),
            title: preset.title.to_owned(),
            source: charter.source().unwrap_or_default().to_owned(),
            toml: preset.toml.to_owned(),
            classes: classes_of(&charter),
        })
    });
    cards.collect()
}

/// Checks and writes a contest, and names it.
///
/// # Errors
/// `Invalid`, with every fault of the charter by its path, or the first fault of the rest.
pub async fn create(store: &Store, act: &Act, new: NewContest) -> Result<ContestId, ServiceError> {
    let charter = charter_file::read(&new.charter)?;
    let new = checked(&charter, new)?;
    let act = act.clone();
    store
        .write(move |tx| async move { write(tx, &act, &charter, &new).await }.boxed())
        .await
}

/// Adds seats of one class behind those that are there, and answers how many there are then.
///
/// # Errors
/// The class is not in the charter, or there would be too many.
pub async fn add_seats(
    tx: &mut Tx,
    act: &Act,
    contest: ContestId,
    seats: &NewSeats,
    last: u32,
) -> Result<u32, ServiceError> {
    let county = tx.county();
    for number in last + 1..=last + seats.count {
        let id = SeatId(act.uuid());
        let row = params![id, county, contest, number, seats.class.as_str(), ""];
        tx.execute(SEAT_ADD, &row).await?;
    }
    Ok(last + seats.count)
}

/// Checks that the charter has the classes and that the seats are not too many.
///
/// # Errors
/// As said.
pub fn check_seats(
    charter: &Charter,
    seats: &[NewSeats],
    already: u32,
) -> Result<(), ServiceError> {
    let mut total = already;
    for (index, seats) in seats.iter().enumerate() {
        if charter.class_index(&seats.class).is_none() {
            return Err(ServiceError::invalid(
                format!("seats[{index}].class"),
                "unknown_class",
            ));
        }
        total = total.saturating_add(seats.count);
        if SEATS_MAX < total {
            return Err(ServiceError::invalid(
                format!("seats[{index}].count"),
                "too_many",
            ));
        }
    }
    Ok(())
}

async fn write(
    tx: &mut Tx,
    act: &Act,
    charter: &Charter,
    new: &NewContest,
) -> Result<ContestId, ServiceError> {
    permission::may(tx, act.account, &[Capability::Organise]).await?;
    let (id, county) = (ContestId(act.uuid()), tx.county());
    let draft = serde_json::to_string(charter).map_err(|error| {
        ServiceError::Internal(anyhow::Error::new(error).context("a charter as JSON"))
    })?;
    let seats: u32 = new.seats.iter().map(|seats| seats.count).sum();
    let state = state_with(new.entries.len(), seats);
    let row = params![
        id,
        county,
        new.title.as_str(),
        new.subtitle.as_str(),
        new.held_on.as_str(),
        new.place.as_str(),
        state.code(),
        draft,
        new.charter.as_str(),
        act.now,
    ];
    tx.execute(CONTEST_ADD, &row).await?;
    for (position, entry) in (1_u32..).zip(&new.entries) {
        entries::add(tx, act, id, entry, position).await?;
    }
    let mut last = 0;
    for seats in &new.seats {
        last = add_seats(tx, act, id, seats, last).await?;
    }
    let what = json!({ "do": "create_contest", "entries": new.entries.len(), "seats": last });
    act.audit(tx, Some(id), &what).await?;
    Ok(id)
}

/// A contest is ready once somebody performs and somebody marks.
#[must_use]
pub fn state_with(entries: usize, seats: u32) -> ContestState {
    if entries == 0 || seats == 0 {
        ContestState::Draft
    } else {
        ContestState::Ready
    }
}

fn checked(charter: &Charter, new: NewContest) -> Result<NewContest, ServiceError> {
    if ENTRIES_MAX < new.entries.len() {
        return Err(ServiceError::invalid("entries", "too_many"));
    }
    for (index, entry) in new.entries.iter().enumerate() {
        entries::check(charter, entry, &format!("entries[{index}]"))?;
    }
    check_seats(charter, &new.seats, 0)?;
    Ok(NewContest {
        title: text_of("title", &new.title, TITLE_MAX)?,
        subtitle: optional_text("subtitle", &new.subtitle, TITLE_MAX)?,
        held_on: day(&new.held_on)?,
        place: optional_text("place", &new.place, TITLE_MAX)?,
        ..new
    })
}

/// A day as `2026-10-18`, or nothing.
fn day(text: &str) -> Result<String, ServiceError> {
    let text = text.trim();
    let format = format_description!("[year]-[month]-[day]");
    if text.is_empty() || Date::parse(text, format).is_ok() {
        return Ok(text.to_owned());
    }
    Err(ServiceError::invalid("held_on", "not_a_day"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_has_a_card_with_its_classes() {
        let cards = preset_cards().expect("presets are charters");
        assert_eq!(cards.len(), presets().len());
        assert!(
            cards
                .iter()
                .all(|card| !card.classes.is_empty() && !card.source.is_empty())
        );
    }

    #[test]
    fn a_day_is_a_day_of_the_calendar_or_nothing() {
        assert_eq!(day(" 2026-10-18 ").ok().as_deref(), Some("2026-10-18"));
        assert_eq!(day("").ok().as_deref(), Some(""));
        assert!(day("2026-02-30").is_err());
        assert!(day("18.10.2026").is_err());
    }

    #[test]
    fn a_contest_without_seats_or_entries_is_a_draft() {
        assert_eq!(state_with(1, 0), ContestState::Draft);
        assert_eq!(state_with(0, 9), ContestState::Draft);
        assert_eq!(state_with(1, 1), ContestState::Ready);
    }
}
