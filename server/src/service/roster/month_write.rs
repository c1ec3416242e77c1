//! Writes what a plan holds of the month: seasons, pairs, indicators and figures, many rows with
//! one statement. Figures are only ever added.

use super::figures::PlannedFigure;
use super::indicators::PlannedIndicator;
use super::pairs::PlannedPair;
use super::plan::Plan;
use super::teams::PlannedMember;
use super::works::PlannedWork;
use super::write::id_of;
use crate::service::act::Act;
use crate::service::error::ServiceError;
use crate::service::month::season;
use crate::service::worklist::said::{self, NewWork};
use crate::service::worklist::{Known, known};
use crate::store::{Row, StoreError, Tx, Value, params, statements, statements_of_rows};
use app::backend::WorkSaid;
use domain::ids::{IndicatorId, SeasonId, UnitId};
use domain::month::SeasonCharter;
use domain::month::indicator::{Against, Better, Cadence};
use domain::number::Decimal;
use std::collections::BTreeMap;

statements! {
    WORK_SEASON = "select season_id from season where county_id = $1 and name = $2";
    PAIR_LAST = "select coalesce(max(position), 0) as last from unit_pair where county_id = $1";
    /// An edge has no direction.
    PAIR_REMOVE = "delete from unit_pair where county_id = $1 and season = $2
        and ((unit_id = $3 and rival_id = $4) or (unit_id = $4 and rival_id = $3))";
    MEMBER_LAST = "select coalesce(max(position), 0) as last from team_member
        where county_id = $1";
    MEMBER_REMOVE = "delete from team_member
        where county_id = $1 and season = $2 and unit_id = $3 and name = $4";
    INDICATOR_LAST = "select coalesce(max(position), 0) as last from indicator
        where county_id = $1";
    INDICATOR_IDS = "select indicator_id, season, code from indicator where county_id = $1";
}

statements_of_rows! {
    PAIR_ADD = "insert into unit_pair (unit_pair_id, county_id, season, unit_id, rival_id, position)
        select * from (values",
        "(cast($1 as text), cast($2 as text), cast($3 as text), cast($4 as text),
            cast($5 as text), cast($6 as bigint))",
        ") as came where column1 is not null";
    MEMBER_PUT = "insert into team_member (county_id, season, unit_id, name, post, position)
        select * from (values",
        "(cast($1 as text), cast($2 as text), cast($3 as text), cast($4 as text),
            cast($5 as text), cast($6 as bigint))",
        ") as came where column1 is not null
        on conflict (county_id, season, unit_id, name) do update set post = excluded.post";
    INDICATOR_PUT = "insert into indicator (indicator_id, county_id, season, code, name, measure,
            weight, better, rule, cadence, gate, due, public, source, position, against,
            dimension, groups)
        select * from (values",
        "(cast($1 as text), cast($2 as text), cast($3 as text), cast($4 as text),
            cast($5 as text), cast($6 as text), cast($7 as text), cast($8 as text),
            cast($9 as text), cast($10 as text), cast($11 as bigint), cast($12 as text),
            cast($13 as bigint), cast($14 as text), cast($15 as bigint), cast($16 as text),
            cast($17 as text), cast($18 as text))",
        ") as came where column1 is not null
        on conflict (county_id, season, code) do update set
            name = excluded.name, measure = excluded.measure, weight = excluded.weight,
            better = excluded.better, rule = excluded.rule, cadence = excluded.cadence,
            gate = excluded.gate, due = excluded.due, public = excluded.public,
            source = excluded.source, against = excluded.against,
            dimension = excluded.dimension, groups = excluded.groups";
    FIGURE_ADD = "insert into figure (indicator_id, unit_id, county_id, period, revision, value,
            target, raised, checkpoint, account_id, created_at)
        select * from (values",
        "(cast($1 as text), cast($2 as text), cast($3 as text), cast($4 as text),
            cast($5 as bigint), cast($6 as text), cast($7 as text), cast($8 as text),
            cast($9 as text), cast($10 as text), cast($11 as bigint))",
        ") as came where column1 is not null";
}

/// Writes the seasons, and what belongs to them. `codes` are the units.
pub(super) async fn write(
    tx: &mut Tx,
    act: &Act,
    codes: &BTreeMap<String, UnitId>,
    plan: &Plan,
) -> Result<(), ServiceError> {
    for name in &plan.seasons {
        season::open_in(tx, act, name, &SeasonCharter::guanyun()).await?;
    }
    for pair in &plan.removed_pairs {
        let (season, county) = (pair.season.as_str(), tx.county());
        let (unit, rival) = (id_of(codes, &pair.unit)?, id_of(codes, &pair.rival)?);
        tx.execute(PAIR_REMOVE, &params![county, season, unit, rival])
            .await?;
    }
    pairs(tx, act, codes, &plan.pairs).await?;
    indicators(tx, act, &plan.indicators).await?;
    teams(tx, codes, plan).await?;
    works(tx, act, codes, &plan.works).await?;
    figures(tx, act, codes, &plan.figures).await
}

async fn works(
    tx: &mut Tx,
    act: &Act,
    codes: &BTreeMap<String, UnitId>,
    works: &[PlannedWork],
) -> Result<(), ServiceError> {
    let mut seasons: BTreeMap<String, (SeasonId, Vec<Known>)> = BTreeMap::new();
    for planned in works {
        if !seasons.contains_key(&planned.season) {
            let asked = params![tx.county(), planned.season.as_str()];
            let season: SeasonId = tx.row(WORK_SEASON, &asked).await?.id("season_id")?;
            let known = known(tx, season).await?;
            seasons.insert(planned.season.clone(), (season, known));
        }
        let (season, all) = &seasons[&planned.season];
        let mut all = all.iter();
        let known = all.find(|known| {
            (&known.item.batch, &known.item.number) == (&planned.batch, &planned.number)
        });
        match known {
            Some(known) => {
                let said = WorkSaid::Planned(planned.plan.clone());
                said::say(tx, act, known, (said, "")).await?;
            }
            None => {
                let new = NewWork {
                    season: *season,
                    batch: &planned.batch,
                    number: &planned.number,
                    kind: planned.kind,
                    content: &planned.content,
                    unit: id_of(codes, &planned.unit)?,
                };
                said::put(tx, act, (&new, &planned.plan)).await?;
            }
        }
    }
    Ok(())
}

async fn teams(
    tx: &mut Tx,
    codes: &BTreeMap<String, UnitId>,
    plan: &Plan,
) -> Result<(), ServiceError> {
    let county = tx.county();
    for member in &plan.removed_members {
        let unit = id_of(codes, &member.unit)?;
        let row = params![county, &member.season, unit, &member.name];
        tx.execute(MEMBER_REMOVE, &row).await?;
    }
    let last = tx.row(MEMBER_LAST, &params![county]).await?.u32("last")?;
    let row = |(position, member): (u32, &PlannedMember)| -> Result<_, ServiceError> {
        let (unit, season) = (id_of(codes, &member.unit)?, &member.season);
        Ok(params![
            county,
            season,
            unit,
            &member.name,
            &member.post,
            position
        ])
    };
    let rows: Result<Vec<_>, _> = (last + 1..).zip(&plan.members).map(row).collect();
    tx.batch([MEMBER_PUT.ask(rows?)]).await?;
    Ok(())
}

async fn pairs(
    tx: &mut Tx,
    act: &Act,
    codes: &BTreeMap<String, UnitId>,
    pairs: &[PlannedPair],
) -> Result<(), ServiceError> {
    let county = tx.county();
    let last = tx.row(PAIR_LAST, &params![county]).await?.u32("last")?;
    let row = |(position, pair): (u32, &PlannedPair)| -> Result<_, ServiceError> {
        let (unit, rival) = (id_of(codes, &pair.unit)?, id_of(codes, &pair.rival)?);
        let id = act.uuid();
        Ok(params![id, county, &pair.season, unit, rival, position])
    };
    let rows: Result<Vec<_>, _> = (last + 1..).zip(pairs).map(row).collect();
    tx.batch([PAIR_ADD.ask(rows?)]).await?;
    Ok(())
}

async fn indicators(
    tx: &mut Tx,
    act: &Act,
    indicators: &[PlannedIndicator],
) -> Result<(), ServiceError> {
    let county = tx.county();
    let last = tx.row(INDICATOR_LAST, &params![county]).await?;
    let last = last.u32("last")?;
    let row = |(position, planned): (u32, &PlannedIndicator)| {
        let indicator = &planned.indicator;
        params![
            // Its row keeps the id that it has.
            act.uuid(),
            county,
            &planned.season,
            &indicator.key,
            &planned.name,
            &planned.measure,
            indicator.weight.to_string(),
            better(indicator.better),
            serde_json::json!(indicator.rule).to_string(),
            cadence(indicator.cadence),
            indicator.gate,
            indicator.due.map_or(String::new(), String::from),
            planned.public,
            &planned.source,
            position,
            against(indicator.against),
            &planned.dimension,
            serde_json::json!(indicator.groups).to_string(),
        ]
    };
    let rows = (last + 1..).zip(indicators).map(row);
    tx.batch([INDICATOR_PUT.ask(rows)]).await?;
    Ok(())
}

async fn figures(
    tx: &mut Tx,
    act: &Act,
    codes: &BTreeMap<String, UnitId>,
    figures: &[PlannedFigure],
) -> Result<(), ServiceError> {
    if figures.is_empty() {
        return Ok(());
    }
    let county = tx.county();
    let indicators = tx.rows(INDICATOR_IDS, &params![county]).await?;
    let id = |row: &Row| -> Result<_, StoreError> {
        let key = (row.text("season")?, row.text("code")?);
        Ok((key, row.id("indicator_id")?))
    };
    let indicators: Result<BTreeMap<(String, String), IndicatorId>, _> =
        indicators.iter().map(id).collect();
    let indicators = indicators?;
    let row = |planned: &PlannedFigure| -> Result<[Value; 11], ServiceError> {
        let (series, figure) = (&planned.series, planned.figure);
        let key = (series.season.clone(), series.indicator.clone());
        let indicator = indicators
            .get(&key)
            .ok_or(ServiceError::Conflict("roster_changed"))?;
        Ok(params![
            *indicator,
            id_of(codes, &series.unit)?,
            county,
            String::from(planned.period),
            planned.revision,
            decimal(figure.value),
            decimal(figure.target),
            decimal(figure.raised),
            decimal(figure.checkpoint),
            act.account,
            act.now,
        ])
    };
    let rows: Result<Vec<_>, _> = figures.iter().map(row).collect();
    tx.batch([FIGURE_ADD.ask(rows?)]).await?;
    Ok(())
}

/// The name of the variant, as serde has it.
fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
    }
}

fn against(against: Against) -> &'static str {
    match against {
        Against::Base => "base",
        Against::Raised => "raised",
    }
}

fn cadence(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Monthly => "monthly",
        Cadence::Quarterly => "quarterly",
    }
}

/// One that is not known is empty.
fn decimal(decimal: Option<Decimal>) -> String {
    decimal.map_or(String::new(), String::from)
}
