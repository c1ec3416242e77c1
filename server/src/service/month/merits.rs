//! Merit points (加减分, ES-3): one account or an inspector records, another account confirms, and
//! the unit may appeal. Nothing is ever taken off the
//! record; a wrong one is struck out and stays.

use super::Month;
use super::posting::is_closed;
use super::record::merit_state;
use super::registry::Registry;
use super::season::Season;
use crate::service::act::{
    Act, REASON_MAX, day as entered_day, optional_text, reason as reason_of, text_of,
};
use crate::service::error::ServiceError;
use crate::store::{Row, Tx, params, statements};
use app::backend::{MeritState, MonthCommand};
use domain::ids::{AccountId, MeritId, SeasonId, UnitId};
use domain::month::Period;
use domain::month::item::DOCUMENT_NO_MAX;
use domain::number::Decimal;
use serde_json::json;
use sync::protocol::{DIMENSION_MAX, SPOT_MAX, points};

statements! {
    MERIT_SPOT = "update merit set spot = $2 where merit_id = $1";
    UNIT_IN_SEASON = "select g.unit_id from unit_group g
        join season s on s.county_id = g.county_id and s.name = g.season
        where s.season_id = $1 and g.unit_id = $2
        union select f.unit_id from posted_unit f where f.season_id = $1 and f.unit_id = $2";
    MERIT_SAME = "select merit_id from merit where season_id = $1 and unit_id = $2 and day = $3
        and dimension = $4 and points = $5 and reason = $6 and recorded_by = $7
        and item = $8 and document_no = $9 and state <> 'void'";
    APPEAL_OPEN = "select merit_id from appeal where merit_id = $1 and state = 'open'";
    APPEAL_DECIDE = "update appeal set state = $2, decided_by = $3, decided_reason = $4,
            decided_at = $5 where merit_id = $1 and state = 'open'";
    MERIT = "select state, recorded_by, decided_by from merit
        where merit_id = $1 and season_id = $2 and period = $3";
    MERIT_ADD = "insert into merit (merit_id, county_id, season_id, unit_id, period, day, dimension,
            points, reason, state, recorded_by, created_at, item, document_no)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'recorded', $10, $11, $12, $13)";
    MERIT_DECIDE = "update merit set state = $2, decided_by = $3, decided_reason = $4,
            decided_at = $5 where merit_id = $1";
}

/// What an account records, as it was entered.
struct Entered {
    unit: UnitId,
    points: String,
    of: Of,
    reason: String,
    document_no: String,
    day: String,
}

/// What a record is about.
enum Of {
    /// One of the charter's, by its name.
    Item(String),
    /// In free words.
    Dimension(String),
}

impl Entered {
    /// `None`: the command records nothing.
    fn of(command: MonthCommand) -> Option<Self> {
        let (unit, points, of, words, day) = match command {
            MonthCommand::Record {
                unit,
                points,
                dimension,
                reason,
                day,
            } => {
                let words = (reason, String::new());
                (unit, points, Of::Dimension(dimension), words, day)
            }
            MonthCommand::RecordItem {
                unit,
                item,
                points,
                reason,
                document_no,
                day,
            } => (unit, points, Of::Item(item), (reason, document_no), day),
            _ => return None,
        };
        Some(Self {
            unit,
            points,
            of,
            reason: words.0,
            document_no: words.1,
            day,
        })
    }
}

pub(super) async fn record(
    tx: &mut Tx,
    act: &Act,
    month: Month,
    command: MonthCommand,
) -> Result<(), ServiceError> {
    let Some(entered) = Entered::of(command) else {
        return Ok(());
    };
    refuse_closed(tx, month).await?;
    let points = points_of(&entered.points)?;
    let (item, dimension) = listed(tx, month, &entered.of, points).await?;
    let reason = text_of("reason", &entered.reason, REASON_MAX)?;
    let document_no = optional_text("document_no", &entered.document_no, DOCUMENT_NO_MAX)?;
    let (day, period) = day_of(&entered.day)?;
    if period != month.1 {
        return Err(ServiceError::invalid("day", "other_month"));
    }
    refuse_unknown_unit(tx, month.0, entered.unit).await?;
    let (id, county) = (MeritId(act.uuid()), tx.county());
    let period = month.1.to_string();
    // An answer that was lost makes people press again.
    let same = params![
        month.0,
        entered.unit,
        day.as_str(),
        dimension.as_str(),
        points.to_string(),
        reason.as_str(),
        act.account,
        item.as_str(),
        document_no.as_str()
    ];
    if tx.row_opt(MERIT_SAME, &same).await?.is_some() {
        return Err(ServiceError::Conflict("merit_twice"));
    }
    let row = params![
        id,
        county,
        month.0,
        entered.unit,
        period,
        day,
        dimension,
        points.to_string(),
        reason,
        act.account,
        act.now,
        item,
        document_no
    ];
    tx.execute(MERIT_ADD, &row).await?;
    audit(tx, act, "record_merit", id).await
}

/// The item and the dimension of what is recorded, by the charter that the month is computed by
/// (ES-3). An item has its own points: who saw others sees the new ones first.
async fn listed(
    tx: &mut Tx,
    month: Month,
    of: &Of,
    points: Decimal,
) -> Result<(String, String), ServiceError> {
    let charter = match Registry::kept(tx, month).await? {
        Some(kept) => kept.charter,
        None => Season::load(tx, month.0).await?.charter,
    };
    match of {
        Of::Dimension(_) if charter.items_only => Err(ServiceError::Conflict("items_only")),
        Of::Dimension(text) => {
            let dimension = text_of("dimension", text, DIMENSION_MAX)?;
            Ok((String::new(), dimension))
        }
        Of::Item(name) => {
            let item = charter.item(name).filter(|item| item.points == points);
            let item = item.ok_or(ServiceError::Conflict("items_changed"))?;
            Ok((item.name.clone(), item.dimension.clone()))
        }
    }
}

pub(super) async fn confirm(
    tx: &mut Tx,
    act: &Act,
    month: Month,
    id: MeritId,
) -> Result<(), ServiceError> {
    let merit = merit(tx, month, id).await?;
    if merit.id_opt::<AccountId>("recorded_by")? == Some(act.account) {
        return Err(ServiceError::Conflict("same_account"));
    }
    if merit_state(&merit)? != MeritState::Recorded {
        return Err(ServiceError::Conflict("merit_decided"));
    }
    let row = params![id, "confirmed", act.account, "", act.now];
    tx.execute(MERIT_DECIDE, &row).await?;
    audit(tx, act, "confirm_merit", id).await
}

/// Confirms a record and flags it as a spot (P7), where the season's charter has spots.
pub(super) async fn confirm_spot(
    tx: &mut Tx,
    act: &Act,
    month: Month,
    id: MeritId,
    place: &str,
) -> Result<(), ServiceError> {
    let place = text_of("place", place, SPOT_MAX)?;
    if !Season::load(tx, month.0).await?.charter.spots {
        return Err(ServiceError::Conflict("nothing_to_decide"));
    }
    confirm(tx, act, month, id).await?;
    tx.execute(MERIT_SPOT, &params![id, place]).await?;
    audit(tx, act, "flag_spot", id).await
}

pub(super) async fn strike(
    tx: &mut Tx,
    act: &Act,
    month: Month,
    id: MeritId,
    reason: &str,
) -> Result<(), ServiceError> {
    let reason = reason_of(reason)?;
    let merit = merit(tx, month, id).await?;
    let is_own = merit.id_opt::<AccountId>("recorded_by")? == Some(act.account);
    if tx.row_opt(APPEAL_OPEN, &params![id]).await?.is_some() {
        // Who decides the appeal decides about the record.
        return Err(ServiceError::Conflict("merit_appealed"));
    }
    match merit_state(&merit)? {
        MeritState::Void => return Err(ServiceError::Conflict("merit_decided")),
        // What two people decided is not undone by the one who began it.
        MeritState::Confirmed if is_own => return Err(ServiceError::Conflict("same_account")),
        MeritState::Confirmed | MeritState::Recorded => {}
    }
    let row = params![id, "void", act.account, reason, act.now];
    tx.execute(MERIT_DECIDE, &row).await?;
    audit(tx, act, "strike_merit", id).await
}

/// Decides a unit's appeal against a record: upheld, the record is struck out. Whoever confirmed
/// the record does not decide about it.
pub(super) async fn decide_appeal(
    tx: &mut Tx,
    act: &Act,
    month: Month,
    (id, is_upheld): (MeritId, bool),
    reason: &str,
) -> Result<(), ServiceError> {
    let reason = reason_of(reason)?;
    let merit = merit(tx, month, id).await?;
    if merit.id_opt::<AccountId>("decided_by")? == Some(act.account) {
        return Err(ServiceError::Conflict("same_account"));
    }
    if merit_state(&merit)? != MeritState::Confirmed {
        return Err(ServiceError::Conflict("merit_decided"));
    }
    let state = if is_upheld { "upheld" } else { "rejected" };
    let decision = params![id, state, act.account, reason.as_str(), act.now];
    if tx.execute(APPEAL_DECIDE, &decision).await? == 0 {
        return Err(ServiceError::Conflict("appeal_decided"));
    }
    if is_upheld {
        let row = params![id, "void", act.account, reason, act.now];
        tx.execute(MERIT_DECIDE, &row).await?;
    }
    audit(tx, act, state, id).await
}

/// A record of the month.
async fn merit(tx: &mut Tx, month: Month, id: MeritId) -> Result<Row, ServiceError> {
    refuse_closed(tx, month).await?;
    let row = tx
        .row_opt(MERIT, &params![id, month.0, month.1.to_string()])
        .await?;
    row.ok_or(ServiceError::NotFound("merit"))
}

/// While a month waits for the second person, what that one looks at must not move.
async fn refuse_closed(tx: &mut Tx, month: Month) -> Result<(), ServiceError> {
    match is_closed(tx, month).await? {
        true => Err(ServiceError::Conflict("month_closed")),
        false => Ok(()),
    }
}

pub(super) async fn refuse_unknown_unit(
    tx: &mut Tx,
    season: SeasonId,
    unit: UnitId,
) -> Result<(), ServiceError> {
    match tx.row_opt(UNIT_IN_SEASON, &params![season, unit]).await? {
        Some(_) => Ok(()),
        None => Err(ServiceError::invalid("unit", "not_in_season")),
    }
}

async fn audit(tx: &mut Tx, act: &Act, what: &str, id: MeritId) -> Result<(), ServiceError> {
    act.audit(tx, None, &json!({ "do": what, "merit": id }))
        .await
}

/// Points with their sign.
pub(super) fn points_of(text: &str) -> Result<Decimal, ServiceError> {
    points(text).ok_or_else(|| ServiceError::invalid("points", "out_of_range"))
}

/// A day, as `2026-07-12`, and its month.
pub(super) fn day_of(text: &str) -> Result<(String, Period), ServiceError> {
    let day = entered_day("day", text)?;
    Ok((day.to_string(), Period::of(day)))
}
