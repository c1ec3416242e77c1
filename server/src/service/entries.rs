//! Entries of a contest: their checks, and how one is written.

use super::act::{Act, optional_text, text_of};
use super::error::ServiceError;
use crate::store::{Tx, params, statements};
use app::backend::NewEntry;
use domain::charter::Charter;
use domain::ids::{ContestId, EntryId, UnitId};
use domain::number::Decimal;

/// Characters of an entry's name: the screen is tested with twelve, and shows more in smaller type.
pub const NAME_MAX: usize = 40;
pub const TOPIC_MAX: usize = 80;

statements! {
    ENTRY_ADD = "insert into entry
        (entry_id, county_id, contest_id, position, name, topic, unit_id, multiplier)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    UNIT_KNOWN = "select unit_id from unit where unit_id = $1 and county_id = $2";
}

/// Checks an entry against the charter; `at` leads to it in the input.
///
/// # Errors
/// What is wrong, and where.
pub fn check(charter: &Charter, entry: &NewEntry, at: &str) -> Result<(), ServiceError> {
    text_of(&format!("{at}.name"), &entry.name, NAME_MAX)?;
    optional_text(&format!("{at}.topic"), &entry.topic, TOPIC_MAX)?;
    check_multiplier(charter, entry.multiplier.trim())
        .map_err(|code| ServiceError::invalid(format!("{at}.multiplier"), code))
}

/// Writes a checked entry at a position.
///
/// # Errors
/// It names a unit that is not on the roster, or the database failed.
pub async fn add(
    tx: &mut Tx,
    act: &Act,
    contest: ContestId,
    entry: &NewEntry,
    position: u32,
) -> Result<EntryId, ServiceError> {
    check_unit(tx, entry.unit).await?;
    let (id, county) = (EntryId(act.uuid()), tx.county());
    let row = params![
        id,
        county,
        contest,
        position,
        entry.name.trim(),
        entry.topic.trim(),
        entry.unit,
        entry.multiplier.trim(),
    ];
    tx.execute(ENTRY_ADD, &row).await?;
    Ok(id)
}

async fn check_unit(tx: &mut Tx, unit: Option<UnitId>) -> Result<(), ServiceError> {
    let Some(unit) = unit else { return Ok(()) };
    let county = tx.county();
    match tx.row_opt(UNIT_KNOWN, &params![unit, county]).await? {
        Some(_) => Ok(()),
        None => Err(ServiceError::invalid("unit", "unknown_unit")),
    }
}

fn check_multiplier(charter: &Charter, text: &str) -> Result<(), &'static str> {
    if text.is_empty() {
        return Ok(());
    }
    if !charter.multiplier_allowed() {
        return Err("multiplier_not_allowed");
    }
    match text.parse::<Decimal>() {
        Ok(number) if Decimal::ZERO < number => Ok(()),
        _ => Err("not_a_multiplier"),
    }
}
