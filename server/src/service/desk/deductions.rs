//! Deductions (扣分): rows of their own with a reason, taken off after trimming.

use super::change::{Changing, desk_changed};
use crate::service::act::{Act, reason};
use crate::service::error::ServiceError;
use crate::service::record::count;
use crate::store::{Change, Tx, params, statements};
use domain::ids::EntryId;
use domain::number::Decimal;
use serde_json::json;
use sync::protocol::LiveKind;

/// Rows of one entry.
const DEDUCTIONS_MAX: u32 = 50;

statements! {
    DEDUCTION_ADD = "insert into deduction
        (deduction_id, county_id, contest_id, entry_id, points, reason, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    DEDUCTION_REMOVE = "delete from deduction where deduction_id = $1";
}

/// Takes points off an entry; a negative number adds some. After posting it waits for a 更正.
///
/// # Errors
/// The number is none or zero, no reason is given, or there are too many rows.
pub async fn add(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    entry: EntryId,
    points: &str,
    why: &str,
) -> Result<(), ServiceError> {
    let why = reason(why)?;
    let position = contest.entry(entry)?.position;
    let points = checked(points)?;
    let record = &contest.record;
    let of_entry = record
        .deductions
        .iter()
        .filter(|deduction| deduction.entry == entry);
    if DEDUCTIONS_MAX <= count(of_entry) {
        return Err(ServiceError::Conflict("too_many_deductions"));
    }
    let (id, county) = (act.uuid(), tx.county());
    let row = params![
        id,
        county,
        record.id,
        entry,
        points.to_string(),
        &why,
        act.now
    ];
    tx.execute(DEDUCTION_ADD, &row).await?;
    let what = json!({
        "do": "deduct",
        "position": position,
        "points": points.to_string(),
        "reason": why,
    });
    desk_changed(
        tx,
        act,
        Change::new(record.id, LiveKind::Received).entry(entry),
        &what,
    )
    .await
}

/// Takes a row back; the audit keeps what it said.
///
/// # Errors
/// The contest has no such row.
pub async fn remove(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    id: &str,
) -> Result<(), ServiceError> {
    let record = &contest.record;
    let row = record
        .deductions
        .iter()
        .find(|deduction| deduction.id == id);
    let row = row.ok_or(ServiceError::NotFound("deduction"))?;
    tx.execute(DEDUCTION_REMOVE, &params![id]).await?;
    let what = json!({ "do": "remove_deduction", "points": row.points, "reason": row.reason });
    desk_changed(
        tx,
        act,
        Change::new(record.id, LiveKind::Received).entry(row.entry),
        &what,
    )
    .await
}

fn checked(points: &str) -> Result<Decimal, ServiceError> {
    let number = points.trim().parse::<Decimal>();
    let number = number.map_err(|error| ServiceError::invalid("points", error.to_string()))?;
    if number == Decimal::ZERO {
        return Err(ServiceError::invalid("points", "zero"));
    }
    Ok(number)
}
