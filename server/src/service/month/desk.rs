//! The staff's page of a month: what is missing, what it would come to, and who may do what next.

use super::comparison::compare;
use super::group_flags::{self, Stand};
use super::past::{Pasts, is_late};
use super::posting::{Closed, Posted, closed, newest, newest_before};
use super::publication;
use super::record::{MeritRecord, MonthRecord};
use super::registry::Registry;
use super::replies;
use super::season::Season;
use super::snapshot::{cut, differs, snapshot};
use super::stale::{code, stale};
use crate::service::error::ServiceError;
use crate::service::permission;
use crate::store::Store;
use app::backend::{Capability, MeritReply, MeritRow, MissingFigure, MonthDesk, UnitCard};
use app::when;
use domain::ids::{AccountId, MeritId, Millis, SeasonId};
use domain::month::charter::Document;
use domain::month::{MonthResult, Period};
use std::collections::BTreeMap;
use sync::posted_month::{PostedCut, PostedMonth};

/// # Errors
/// There is no such season, or the database failed.
pub async fn page(
    store: &Store,
    account: AccountId,
    season: SeasonId,
    period: Period,
    now: Millis,
) -> Result<MonthDesk, ServiceError> {
    let mut tx = store.read().await?;
    let may = permission::capabilities(&mut tx, account).await?;
    let pasts = Pasts::load(&mut tx, season).await?;
    let record = MonthRecord::load_after(&mut tx, (season, period), &pasts).await?;
    let closed = closed(&mut tx, (season, period)).await?;
    let posted = newest(&mut tx, (season, period)).await?;
    let result = record.compute()?;
    let mut computed = snapshot(&record, &result, &store.county().name);
    computed.late = is_late(&mut tx, (season, period)).await?;
    let stale = stale(&mut tx, (season, pasts), &store.county().name).await?;
    let replies = replies::of_month(&mut tx, (season, period)).await?;
    let stand = Stand::of(closed.as_ref(), posted.as_ref());
    let stage = stand.stage();
    let flags = group_flags::of_desk(&mut tx, (season, period), stand).await?;
    let today = Season::load(&mut tx, season).await?;
    let today = Registry::today(&mut tx, &today).await?;
    let is_other = |posted: &Posted| differs(&posted.month, &computed);
    let is_changed = posted.as_ref().is_some_and(is_other);
    let check_code = posted.as_ref().map(Posted::check_code);
    let files = posted.as_ref().map(publication::files);
    let is_own = |closed: &Closed| closed.account == account;
    let is_own_close = closed.as_ref().is_some_and(is_own);
    let close_code = closed.as_ref().map(|closed| closed.code.clone());
    let waits = closed.is_some() || posted.is_none() || is_changed;
    let (mut shown, before) = match (closed, posted) {
        (Some(closed), before) => (closed.month, before),
        (None, Some(posted)) if !is_changed => (posted.month, None),
        (None, before) => (computed, before),
    };
    if !may.contains(&Capability::Talks) {
        leave_out_talks(&record, &mut shown);
    }
    let before = match before {
        None if waits => newest_before(&mut tx, (season, period)).await?,
        before => before,
    };
    let comparison = before.map(|before| compare(&before.month, &shown));
    Ok(MonthDesk {
        season,
        season_name: record.season_name.clone(),
        period,
        stage,
        month: shown,
        missing: missing(&record, &result),
        merits: merit_rows(&record, &result, account, replies),
        undecided: record.undecided(),
        flags,
        has_spots: today.charter.spots,
        units: units(&record),
        items: record.registry.charter.items.clone(),
        items_only: record.registry.charter.items_only,
        today: when::day(now),
        is_own_close,
        close_code: close_code.unwrap_or_default(),
        is_changed,
        stale: stale.iter().map(|one| one.row(account)).collect(),
        stale_code: code(&stale),
        newer: record.registry.differs(&today),
        check_code: check_code.unwrap_or_default(),
        files: files.unwrap_or_default(),
        comparison,
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

fn merit_rows(
    record: &MonthRecord,
    result: &MonthResult,
    account: AccountId,
    mut replies: BTreeMap<MeritId, Vec<MeritReply>>,
) -> Vec<MeritRow> {
    let charter = &record.registry.charter;
    let cuts = record.counted(result).filter_map(|(merit, counted)| {
        let cut = cut(charter, merit, counted)?;
        Some((merit.id, cut))
    });
    let mut cuts: BTreeMap<MeritId, PostedCut> = cuts.collect();
    let merits = record.merits.iter();
    let row = |merit: &MeritRecord| MeritRow {
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
        replies: replies.remove(&merit.id).unwrap_or_default(),
        photo: merit.photo,
        item: merit.item.clone(),
        document_no: merit.document_no.clone(),
        cut: cuts.remove(&merit.id),
        is_unlisted: !charter.lists(&merit.item, &merit.dimension, merit.points),
    };
    merits.map(row).collect()
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
