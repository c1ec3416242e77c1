//! The staff's page of a month: what is missing, what it would come to, and who may do what next.

use super::group_flags::{self, Stand};
use super::past::is_late;
use super::posting::{Posted, closed, newest};
use super::record::{MeritRecord, MonthRecord};
use super::registry::Registry;
use super::replies;
use super::season::Season;
use super::snapshot::{differs, snapshot};
use super::stale::{code, stale};
use crate::service::error::ServiceError;
use crate::service::permission;
use crate::store::Store;
use app::backend::{Capability, MeritRow, MissingFigure, MonthDesk, UnitCard};
use domain::ids::{AccountId, SeasonId};
use domain::month::charter::Document;
use domain::month::{MonthResult, Period};
use sync::posted_month::PostedMonth;

/// # Errors
/// There is no such season, or the database failed.
pub async fn page(
    store: &Store,
    account: AccountId,
    season: SeasonId,
    period: Period,
) -> Result<MonthDesk, ServiceError> {
    let mut tx = store.read().await?;
    let reads_talks = permission::capabilities(&mut tx, account)
        .await?
        .contains(&Capability::Talks);
    let record = MonthRecord::load(&mut tx, (season, period)).await?;
    let closed = closed(&mut tx, (season, period)).await?;
    let posted = newest(&mut tx, (season, period)).await?;
    let result = record.compute()?;
    let mut now = snapshot(&record, &result, &store.county().name);
    now.late = is_late(&mut tx, (season, period)).await?;
    let stale = stale(&mut tx, season, &store.county().name).await?;
    let mut replies = replies::of_month(&mut tx, (season, period)).await?;
    let stand = Stand::of(closed.as_ref(), posted.as_ref());
    let stage = stand.stage();
    let flags = group_flags::of_desk(&mut tx, (season, period), stand).await?;
    let today = Season::load(&mut tx, season).await?;
    let today = Registry::today(&mut tx, &today).await?;
    let is_changed = posted
        .as_ref()
        .is_some_and(|posted| differs(&posted.month, &now));
    let check_code = posted.as_ref().map(Posted::check_code);
    let is_own_close = closed
        .as_ref()
        .is_some_and(|closed| closed.account == account);
    let close_code = closed.as_ref().map(|closed| closed.code.clone());
    let mut shown = match (closed, posted) {
        (Some(closed), _) => closed.month,
        (None, Some(posted)) if !is_changed => posted.month,
        _ => now,
    };
    if !reads_talks {
        leave_out_talks(&record, &mut shown);
    }
    Ok(MonthDesk {
        season,
        season_name: record.season_name.clone(),
        period,
        stage,
        month: shown,
        missing: missing(&record, &result),
        merits: record
            .merits
            .iter()
            .map(|merit| MeritRow {
                replies: replies.remove(&merit.id).unwrap_or_default(),
                ..merit_row(&record, merit, account)
            })
            .collect(),
        undecided: record.undecided(),
        flags,
        has_spots: today.charter.spots,
        units: units(&record),
        is_own_close,
        close_code: close_code.unwrap_or_default(),
        is_changed,
        stale: stale.iter().map(|one| one.row(account)).collect(),
        stale_code: code(&stale),
        newer: record.registry.differs(&today),
        check_code: check_code.unwrap_or_default(),
    })
}

/// What is proposed is a talk as well (GY-19).
fn leave_out_talks(record: &MonthRecord, month: &mut PostedMonth) {
    let charter = &record.registry.charter;
    let units = month.groups.iter_mut().flat_map(|group| &mut group.units);
    for unit in units {
        unit.due
            .retain(|name| charter.document(name) == Document::Slip);
    }
}

fn missing(record: &MonthRecord, result: &MonthResult) -> Vec<MissingFigure> {
    let missing = record.missing(result).into_iter();
    let row = missing.map(|(indicator, units)| MissingFigure {
        indicator: indicator.name.clone(),
        units: units
            .into_iter()
            .map(|unit| record.name(unit).to_owned())
            .collect(),
    });
    row.collect()
}

fn merit_row(record: &MonthRecord, merit: &MeritRecord, account: AccountId) -> MeritRow {
    MeritRow {
        id: merit.id,
        unit: merit.unit,
        unit_name: record.name(merit.unit).to_owned(),
        points: merit.points.to_string(),
        dimension: merit.dimension.clone(),
        reason: merit.reason.clone(),
        day: merit.day.clone(),
        state: merit.state,
        is_own: merit.recorded_by == Some(account),
        is_own_decision: merit.decided_by == Some(account),
        holder: merit.holder.clone(),
        mark: merit.mark,
        spot: merit.spot.clone(),
        proposed_spot: merit.proposed_spot.clone(),
        appeal: merit.appeal.clone(),
        replies: Vec::new(),
        photo: merit.photo,
    }
}

fn units(record: &MonthRecord) -> Vec<UnitCard> {
    let groups = record.registry.groups.iter();
    let units = groups.flat_map(|group| {
        let own = group.members.iter().filter(|member| !member.external);
        own.map(|member| UnitCard {
            id: member.unit,
            name: member.name.clone(),
            parent: String::new(),
            group: group.name.clone(),
            initials: String::new(),
        })
    });
    units.collect()
}
