//! What comes into a month from phones: records by inspectors, appeals by units. A phone may have
//! been away for weeks, so nothing is refused for coming late: it is marked, and a person decides.

use super::merits::{day_of, points_of, refuse_unknown_unit};
use super::posting::is_closed;
use crate::service::act::{REASON_MAX, text_of};
use crate::service::error::ServiceError;
use crate::store::{Tx, params, statements};
use app::when;
use domain::ids::{LinkId, MeritId, Millis, OpId, SeasonId, UnitId};
use domain::month::SeasonCharter;
use sync::protocol::{CredentialState, DIMENSION_MAX, FieldRecord};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

statements! {
    LINK = "select kind, season_id, unit_id from link where link_id = $1 and county_id = $2";
    RECORD_ADD = "insert into merit (merit_id, county_id, season_id, unit_id, period, day,
            dimension, points, reason, state, created_at, link_id, mark)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'recorded', $10, $11, $12)";
    IS_POSTED = "select 1 as is_posted from posted_month
        where season_id = $1 and period = $2 and edition = 1";
    APPEALED = "select m.merit_id, m.state, m.decided_at, s.charter_json from merit m
        join season s on s.season_id = m.season_id
        where m.merit_id = $1 and m.season_id = $2 and m.unit_id = $3";
    APPEAL = "select merit_id from appeal where merit_id = $1";
    APPEAL_ADD = "insert into appeal
        (merit_id, county_id, link_id, reason, late, state, created_at)
        values ($1, $2, $3, $4, $5, 'open', $6)";
}

/// Whose phone something came from, and when.
pub(crate) struct From {
    pub link: LinkId,
    pub op_id: OpId,
    /// How its card stood.
    pub card: CredentialState,
    pub now: Millis,
}

/// Enters an inspector's record; it counts once an account has confirmed it.
///
/// # Errors
/// It is no inspector's, its unit is in no group of the season, or a field cannot be read.
pub(crate) async fn record(
    tx: &mut Tx,
    from: &From,
    record: &FieldRecord,
) -> Result<(), ServiceError> {
    let (season, _) = link(tx, from, "inspector").await?;
    let points = points_of(&record.points)?;
    let dimension = text_of("dimension", &record.dimension, DIMENSION_MAX)?;
    let reason = text_of("reason", &record.reason, REASON_MAX)?;
    let (day, period) = day_of(&record.day)?;
    refuse_unknown_unit(tx, season, record.unit).await?;
    let is_late = is_closed(tx, (season, period)).await?
        || tx
            .row_opt(IS_POSTED, &params![season, period.to_string()])
            .await?
            .is_some();
    let mark = match from.card {
        CredentialState::Replaced | CredentialState::Withdrawn => "card",
        _ if is_late => "late",
        _ => "",
    };
    let county = tx.county();
    let row = params![
        MeritId(from.op_id.0),
        county,
        season,
        record.unit,
        period.to_string(),
        day,
        dimension,
        points.to_string(),
        reason,
        from.now,
        from.link,
        mark,
    ];
    tx.execute(RECORD_ADD, &row).await?;
    Ok(())
}

/// Enters a unit's appeal against one of its records. One that comes after the charter's days is
/// kept as late.
///
/// # Errors
/// It is no unit's, the record is not about it or not confirmed, or it was appealed against before.
pub(crate) async fn appeal(
    tx: &mut Tx,
    from: &From,
    merit: MeritId,
    reason: &str,
) -> Result<(), ServiceError> {
    let (season, unit) = link(tx, from, "unit").await?;
    let reason = text_of("reason", reason, REASON_MAX)?;
    let about = params![merit, season, unit];
    let row = tx.row_opt(APPEALED, &about).await?;
    let row = row.filter(|row| row.text("state").is_ok_and(|state| state == "confirmed"));
    let row = row.ok_or(ServiceError::NotFound("merit"))?;
    if tx.row_opt(APPEAL, &params![merit]).await?.is_some() {
        return Err(ServiceError::Conflict("appealed"));
    }
    let charter: SeasonCharter = row.json("charter_json")?;
    let until = appeal_until(row.millis_opt("decided_at")?, charter.appeal_days);
    // The last day counts whole, as the phone says it.
    let is_late = until.is_none_or(|until| when::day(until) < when::day(from.now));
    let county = tx.county();
    let row = params![merit, county, from.link, reason, is_late, from.now];
    tx.execute(APPEAL_ADD, &row).await?;
    Ok(())
}

/// Until when a record that was confirmed then may be appealed against.
pub(crate) fn appeal_until(confirmed_at: Option<Millis>, days: u32) -> Option<Millis> {
    let days_ms = u64::from(days) * DAY_MS;
    confirmed_at.map(|at| Millis(at.0.saturating_add(days_ms)))
}

/// The season of the link, and its unit where it has one.
async fn link(
    tx: &mut Tx,
    from: &From,
    kind: &str,
) -> Result<(SeasonId, Option<UnitId>), ServiceError> {
    let county = tx.county();
    let row = tx.row_opt(LINK, &params![from.link, county]).await?;
    let row = row.ok_or(ServiceError::NotFound("link"))?;
    if row.text("kind")? != kind {
        return Err(ServiceError::Forbidden);
    }
    Ok((row.id("season_id")?, row.id_opt("unit_id")?))
}
