//! The figures of one month to fill in (下载本月数据表): a workbook with a row for each unit of the
//! season and a column for each indicator that the month asks for, with what is known already; a
//! cell that is not asked for is marked. The import reads it back as it is, and takes nothing but
//! differences from it.

use super::columns::Column;
use super::matrix;
use crate::service::error::ServiceError;
use crate::service::month::Month;
use crate::service::month::record::MonthRecord;
use crate::service::month::registry::{IndicatorRecord, indicator};
use crate::service::month::season;
use crate::service::table::{Table, workbook};
use crate::store::{Store, Tx, params, statements};
use app::backend::{MonthStage, MonthState, MonthToFill};
use domain::ids::{IndicatorId, Millis, UnitId};
use domain::month::indicator::{Against, Figure, Rule};
use domain::month::{Day, Period};
use domain::number::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Seasons whose months are offered; a county has one for its townships, and one for villages.
const SEASONS_MAX: usize = 3;

statements! {
    MONTH_FILE_UNITS = "select unit_id, code from unit where county_id = $1";
    MONTH_FILE_CHECKPOINTS = "select distinct f.indicator_id from figure f
        join indicator i on i.indicator_id = f.indicator_id
        where f.county_id = $1 and i.season = $2 and f.checkpoint <> ''";
    MONTH_FILE_INDICATORS = "select * from indicator where county_id = $1 and season = $2";
}

/// An indicator that the month asks for, with its place among the month's.
type Asked<'a> = (usize, &'a IndicatorRecord);
/// A part of a figure.
type Slot = fn(&Figure) -> Option<Decimal>;

/// The workbook of a month.
///
/// # Errors
/// There is no such season, it has no units, or the database failed.
pub async fn month_file(store: &Store, month: Month) -> Result<Vec<u8>, ServiceError> {
    let mut tx = store.read().await?;
    let mut record = MonthRecord::load(&mut tx, month).await?;
    if record.registry.groups.is_empty() {
        return Err(ServiceError::Conflict("no_units"));
    }
    name_as_today(&mut tx, &mut record).await?;
    let county = tx.county();
    let mut codes: BTreeMap<UnitId, String> = BTreeMap::new();
    for row in tx.rows(MONTH_FILE_UNITS, &params![county]).await? {
        codes.insert(row.id("unit_id")?, row.text("code")?);
    }
    let checked = match month.1.checkpoints_since() {
        Some(_) => checked(&mut tx, &record.season_name).await?,
        None => BTreeSet::new(),
    };
    workbook(&sheets(&record, &codes, &checked))
}

/// The months of the newest seasons that somebody may fill in, the earliest first: those that were
/// begun since the last posted one and not closed, the one that is on, and the one before it. A
/// month that the season does not have, or that its rules do not post, is nobody's to fill in.
///
/// # Errors
/// The database failed.
pub async fn months_to_fill(store: &Store, now: Millis) -> Result<Vec<MonthToFill>, ServiceError> {
    let current = Period::of(Day::of(now));
    let charters = season::charters(store).await?;
    let seasons = season::list(store, now).await?;
    let is_filled = |card: &&app::backend::SeasonCard| 0 < card.units && 0 < card.indicators;
    let seasons = seasons.iter().filter(is_filled).take(SEASONS_MAX);
    let months = seasons.flat_map(|card| {
        let charter = charters.get(&card.id);
        let is_of = |period: &Period| {
            let is_posted = charter.is_none_or(|charter| charter.posts(*period));
            is_posted && card.dates.is_none_or(|months| months.contains(*period))
        };
        let is_out = |month: &&MonthState| month.stage == MonthStage::Posted;
        let out = card
            .months
            .iter()
            .filter(is_out)
            .map(|month| month.period)
            .max();
        let is_passed = |period: &Period| out.is_some_and(|out| *period < out);
        let is_open = |month: &&MonthState| month.stage == MonthStage::Open;
        let begun = card.months.iter().filter(is_open).map(|month| month.period);
        let is_done = |period: &Period| {
            let done = |month: &MonthState| month.period == *period && !is_open(&month);
            card.months.iter().any(done)
        };
        let last = current.previous().into_iter().chain([current]);
        let last = last.filter(is_of).filter(|period| !is_done(period));
        let begun = begun.filter(is_of).filter(|period| !is_passed(period));
        let periods: BTreeSet<Period> = begun.chain(last).collect();
        periods.into_iter().map(|period| MonthToFill {
            season: card.id,
            season_name: card.name.clone(),
            period,
        })
    });
    Ok(months.collect())
}

/// A posted month keeps the names of then, and the import knows those of today.
async fn name_as_today(tx: &mut Tx, record: &mut MonthRecord) -> Result<(), ServiceError> {
    let county = tx.county();
    let of_season = params![county, record.season_name.as_str()];
    let mut today: BTreeMap<IndicatorId, IndicatorRecord> = BTreeMap::new();
    for row in tx.rows(MONTH_FILE_INDICATORS, &of_season).await? {
        let one = indicator(&row)?;
        today.insert(one.id, one);
    }
    for one in &mut record.registry.indicators {
        if let Some(today) = today.remove(&one.id) {
            (one.name, one.measure) = (today.name, today.measure);
        }
    }
    Ok(())
}

/// The indicators that were ever given a checkpoint: the next quarter's is to be filled in (ZR-5).
async fn checked(tx: &mut Tx, season: &str) -> Result<BTreeSet<IndicatorId>, ServiceError> {
    let of_season = params![tx.county(), season];
    let rows = tx.rows(MONTH_FILE_CHECKPOINTS, &of_season).await?;
    let indicators = rows.iter().map(|row| row.id("indicator_id"));
    Ok(indicators.collect::<Result<_, _>>()?)
}

/// The values, and the targets of what is held against some.
fn sheets(
    record: &MonthRecord,
    codes: &BTreeMap<UnitId, String>,
    checked: &BTreeSet<IndicatorId>,
) -> Vec<Table> {
    let indicators = record.registry.indicators.iter().enumerate();
    let asked = indicators.filter(|(_, one)| one.rule.is_asked_in(record.period));
    let asked: Vec<Asked<'_>> = asked.collect();
    let slots: [Slot; 4] = [
        |figure| figure.value,
        |figure| figure.target,
        |figure| figure.raised,
        |figure| figure.checkpoint,
    ];
    let parts = matrix::PARTS.into_iter().zip(slots);
    let sheets = parts.filter_map(|(part, slot)| {
        let is_known = |place: usize| {
            let mut figures = record.figures.iter();
            figures.any(|((of, _), figure)| *of == place && slot(figure).is_some())
        };
        let is_wanted = |(place, one): &&Asked<'_>| {
            let is_checked = checked.contains(&one.id);
            is_wanted(part, one, is_checked) || is_known(*place)
        };
        let columns: Vec<Asked<'_>> = asked.iter().filter(is_wanted).copied().collect();
        (!columns.is_empty()).then(|| sheet(record, codes, part, (&columns, slot)))
    });
    sheets.collect()
}

/// Whether an indicator is asked for this part of a figure, even where nobody gave any yet.
fn is_wanted(part: Column, one: &IndicatorRecord, is_checked: bool) -> bool {
    let has_target = !matches!(one.rule.rule, Rule::Rank { .. });
    match part {
        Column::Target => has_target,
        Column::Raised => has_target && one.rule.against == Against::Raised,
        Column::Checkpoint => is_checked,
        _ => true,
    }
}

fn sheet(
    record: &MonthRecord,
    codes: &BTreeMap<UnitId, String>,
    part: Column,
    (columns, slot): (&[Asked<'_>], Slot),
) -> Table {
    let of_row = [
        Column::Season.chinese_name(),
        Column::Period.chinese_name(),
        "单位编码",
        matrix::NAME,
    ];
    let mut table = Table::new(part.chinese_name(), &of_row);
    table.labels = 4;
    let headers = columns
        .iter()
        .map(|(_, one)| matrix::header(&one.rule.key, &one.name, &one.measure));
    table.header.extend(headers);
    let groups = record.registry.groups.iter();
    let members = groups.flat_map(|group| group.members.iter().map(move |one| (group, one)));
    for (group, member) in members {
        let code = codes.get(&member.unit).cloned().unwrap_or_default();
        let mut row = vec![
            record.season_name.clone(),
            record.period.to_string(),
            code,
            member.name.clone(),
        ];
        let cells = columns.iter().map(|(place, one)| {
            if !one.rule.is_asked_of(&group.name) {
                return matrix::NOT_ASKED.to_owned();
            }
            let figure = record.figures.get(&(*place, member.unit));
            figure.and_then(slot).map_or(String::new(), String::from)
        });
        row.extend(cells);
        table.rows.push(row);
    }
    table
}
