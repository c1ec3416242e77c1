//! Seasons, pairs, indicators and figures out of the database, for the check of an import.

use super::cells::month;
use super::columns::{Column, TableKind};
use super::existing::{Existing, KnownFigure, KnownWork, Series};
use super::file::{Row as FileRow, Table};
use super::indicators::PlannedIndicator;
use crate::service::error::ServiceError;
use crate::service::month::record;
use crate::service::month::registry::{self, Registry};
use crate::service::month::season::months_of;
use crate::service::worklist;
use crate::store::{Row, StoreError, Tx, params, statements};
use domain::ids::{SeasonId, UnitId};
use domain::month::Period;
use domain::month::indicator::Figure;
use std::collections::{BTreeMap, BTreeSet};

statements! {
    SEASONS = "select name, season_id, first_month, last_month from season where county_id = $1";
    PAIRS = "select p.season, u.code as unit, r.code as rival from unit_pair p
        join unit u on u.unit_id = p.unit_id
        join unit r on r.unit_id = p.rival_id
        where p.county_id = $1";
    TEAMS = "select m.season, u.code as unit, m.name, m.post from team_member m
        join unit u on u.unit_id = m.unit_id
        where m.county_id = $1";
    INDICATORS = "select * from indicator where county_id = $1";
    FIGURES_OF_MONTH = "select f.period, f.revision, f.value, f.target, f.raised,
            f.checkpoint, u.code as unit, i.code as indicator, i.season
        from indicator i
        join figure f on f.indicator_id = i.indicator_id
        join unit u on u.unit_id = f.unit_id
        where i.county_id = $1 and f.period = $2";
    FIGURES = "select f.period, f.revision, f.value, f.target, f.raised, f.checkpoint,
            u.code as unit, i.code as indicator
        from indicator i
        join figure f on f.indicator_id = i.indicator_id
        join unit u on u.unit_id = f.unit_id
        where i.county_id = $1 and i.season = $2";
    CLOSED = "select s.name, m.period from closed_month m
        join season s on s.season_id = m.season_id where m.county_id = $1";
    POSTED = "select distinct s.name, m.period from posted_month m
        join season s on s.season_id = m.season_id where m.county_id = $1";
    WORK_CODES = "select distinct u.unit_id, u.code from unit u
        join work_item i on i.unit_id = u.unit_id where i.season_id = $1";
    POSTED_UNITS = "select p.period, p.group_name, u.code from posted_unit p
        join season s on s.season_id = p.season_id
        join unit u on u.unit_id = p.unit_id
        where p.county_id = $1 and s.name = $2 order by p.edition";
}

/// Adds what there is of the month, with the figures of the seasons that the file has figures for.
pub(super) async fn add(
    tx: &mut Tx,
    existing: &mut Existing,
    tables: &[Table],
) -> Result<(), ServiceError> {
    let county = tx.county();
    let mut ids: BTreeMap<String, SeasonId> = BTreeMap::new();
    for row in tx.rows(SEASONS, &params![county]).await? {
        let name = row.text("name")?;
        if let Some(months) = months_of(&row)? {
            existing.months.insert(name.clone(), months);
        }
        ids.insert(name.clone(), row.id("season_id")?);
        existing.seasons.insert(name);
    }
    pairs_and_teams(tx, existing).await?;
    if tables.iter().any(|table| table.kind == TableKind::Works) {
        for (name, season) in &ids {
            works(tx, existing, (name, *season)).await?;
        }
    }
    for row in tx.rows(INDICATORS, &params![county]).await? {
        let planned = indicator(&row)?;
        let key = (planned.season.clone(), planned.indicator.key.clone());
        existing.indicators.insert(key, planned);
    }
    let figures = tables
        .iter()
        .filter(|table| table.kind == TableKind::Figures);
    let rows = figures.flat_map(|table| &table.rows);
    let rows: Vec<&FileRow> = rows.collect();
    let seasons: BTreeSet<&str> = rows.iter().map(|row| row.get(Column::Season)).collect();
    let asked = rows.iter().map(|row| month(row.get(Column::Period)));
    let before: BTreeSet<Period> = asked.flatten().filter_map(Period::year_before).collect();
    for month in before {
        let of_month = params![county, month.to_string()];
        for row in tx.rows(FIGURES_OF_MONTH, &of_month).await? {
            add_figure(&mut existing.figures, &row.text("season")?, &row)?;
        }
    }
    for season in seasons {
        for row in tx.rows(FIGURES, &params![county, season]).await? {
            add_figure(&mut existing.figures, season, &row)?;
        }
        for row in tx.rows(POSTED_UNITS, &params![county, season]).await? {
            let member = (season.to_owned(), row.id("period")?, row.text("code")?);
            let group = row.text("group_name")?;
            existing.posted_units.insert(member, group);
        }
    }
    existing.closed = months(&tx.rows(CLOSED, &params![county]).await?)?;
    existing.posted = months(&tx.rows(POSTED, &params![county]).await?)?;
    let given = rows.iter().filter_map(|row| {
        let season = row.get(Column::Season).to_owned();
        Some((season, month(row.get(Column::Period)).ok()?))
    });
    let given: BTreeSet<(String, Period)> = given.collect();
    for (season, period) in given.intersection(&existing.posted) {
        let Some(id) = ids.get(season) else { continue };
        let kept = Registry::kept(tx, (*id, *period)).await?;
        for one in kept.into_iter().flat_map(|kept| kept.indicators) {
            let key = (season.clone(), *period, one.rule.key);
            existing.kept_groups.insert(key, one.rule.groups);
        }
    }
    Ok(())
}

async fn pairs_and_teams(tx: &mut Tx, existing: &mut Existing) -> Result<(), StoreError> {
    let county = tx.county();
    for row in tx.rows(PAIRS, &params![county]).await? {
        existing
            .pairs
            .insert((row.text("season")?, row.text("unit")?, row.text("rival")?));
    }
    for row in tx.rows(TEAMS, &params![county]).await? {
        let member = (row.text("season")?, row.text("unit")?, row.text("name")?);
        existing.teams.insert(member, row.text("post")?);
    }
    Ok(())
}

/// The season's worklist. Units in it go by their codes.
async fn works(
    tx: &mut Tx,
    existing: &mut Existing,
    (name, season): (&str, SeasonId),
) -> Result<(), ServiceError> {
    let mut codes: BTreeMap<UnitId, String> = BTreeMap::new();
    for row in tx.rows(WORK_CODES, &params![season]).await? {
        codes.insert(row.id("unit_id")?, row.text("code")?);
    }
    for known in worklist::known(tx, season).await? {
        let item = known.item;
        let seen = item.seen();
        let key = (name.to_owned(), item.batch, item.number);
        let work = KnownWork {
            seen,
            kind: item.kind,
            content: item.content,
            unit: codes.get(&item.unit).cloned().unwrap_or_default(),
            plan: item.plan,
            state: item.state,
        };
        existing.works.insert(key, work);
    }
    Ok(())
}

fn indicator(row: &Row) -> Result<PlannedIndicator, StoreError> {
    let record = registry::indicator(row)?;
    Ok(PlannedIndicator {
        season: row.text("season")?,
        indicator: record.rule,
        name: record.name,
        measure: record.measure,
        public: record.public,
        source: row.text("source")?,
        dimension: record.dimension,
    })
}

/// Keeps the newest revision, in whatever order they come.
fn add_figure(
    figures: &mut BTreeMap<Series, BTreeMap<Period, KnownFigure>>,
    season: &str,
    row: &Row,
) -> Result<(), StoreError> {
    let series = Series {
        season: season.to_owned(),
        indicator: row.text("indicator")?,
        unit: row.text("unit")?,
    };
    let known = KnownFigure {
        revision: row.u32("revision")?,
        figure: Figure {
            value: record::decimal_opt(row, "value")?,
            target: record::decimal_opt(row, "target")?,
            raised: record::decimal_opt(row, "raised")?,
            checkpoint: record::decimal_opt(row, "checkpoint")?,
        },
    };
    let history = figures.entry(series).or_default();
    let newest = history.entry(row.id("period")?).or_insert(known);
    if newest.revision < known.revision {
        *newest = known;
    }
    Ok(())
}

fn months(rows: &[Row]) -> Result<BTreeSet<(String, Period)>, StoreError> {
    rows.iter()
        .map(|row| Ok((row.text("name")?, row.id("period")?)))
        .collect()
}
