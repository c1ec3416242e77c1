//! The table of figures (数据): what a unit reached in a month, and what it was to reach. A figure
//! that changes gets a further revision; what was entered before stays.

mod asked;

use super::cells::{is_cleared, month, read};
use super::columns::{Column, TableKind};
use super::doubts::doubts;
use super::existing::{Existing, KnownFigure, Series};
use super::file::Row;
use super::indicators::PlannedIndicator;
use super::matrix;
use super::plan::{Counts, Plan, is_filled, season, unit_code};
use super::text::normalise;
use app::backend::{FigureChange, FigurePart};
use asked::{Asked, Cleared, Given, TARGETS};
use domain::month::Period;
use domain::month::indicator::Figure;
use domain::number::Decimal;
use std::collections::BTreeMap;
use sync::typed::{FigureFault, figure};

const KIND: TableKind = TableKind::Figures;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFigure {
    pub series: Series,
    pub period: Period,
    /// From 1.
    pub revision: u32,
    pub figure: Figure,
}

/// A figure that is added, with what was there.
pub struct Written<'a> {
    rows: Vec<&'a Row>,
    /// The value that the file gives.
    pub value: Option<Decimal>,
    pub before: Figure,
    pub planned: PlannedFigure,
}

impl Written<'_> {
    /// The row that fills a column.
    #[must_use]
    pub fn row_of(&self, column: Column) -> &Row {
        let mut filled = self.rows.iter().filter(|row| !row.get(column).is_empty());
        filled.next().unwrap_or(&self.rows[0])
    }
}

/// Checks the rows and plans the figures that they add or change.
pub fn figures(plan: &mut Plan, after: &mut Existing, rows: &[Row]) -> Counts {
    let mut counts = Counts::default();
    let mut written: Vec<Written<'_>> = Vec::new();
    let mut cleared: Vec<Cleared<'_>> = Vec::new();
    for asked in all_asked(plan, after, rows) {
        cleared.extend(asked.cleared());
        let history = after.figures.entry(asked.series.clone()).or_default();
        let known = history.get(&asked.period).copied();
        let before = known.map(|known| known.figure);
        let figure = asked.over(before.unwrap_or_default(), history);
        // Nothing is cleared where nothing is known.
        let nothing = (figure == Figure::default()).then_some(figure);
        if !counts.count(before.or(nothing).as_ref(), &figure) {
            continue;
        }
        let revision = known.map_or(0, |known| known.revision) + 1;
        history.insert(asked.period, KnownFigure { revision, figure });
        written.push(Written {
            rows: asked.rows,
            value: asked.value.over(None),
            before: before.unwrap_or_default(),
            planned: PlannedFigure {
                series: asked.series,
                period: asked.period,
                revision,
                figure,
            },
        });
    }
    doubts(plan, after, &written);
    // Afterwards, since a file may give the months in any order.
    plan.notes
        .extend(cleared.iter().filter_map(|one| one.still_holds(after)));
    for one in &written {
        check_month(plan, after, one);
        plan.changes.extend(changes(after, one));
    }
    plan.figures = written.into_iter().map(|one| one.planned).collect();
    counts
}

/// Every figure that the file says something of, in its order. The sheets of a matrix say it
/// together, each one part.
fn all_asked<'a>(plan: &mut Plan, after: &mut Existing, rows: &'a [Row]) -> Vec<Asked<'a>> {
    let mut all: Vec<Asked<'a>> = Vec::new();
    let mut places: BTreeMap<(Series, Period), usize> = BTreeMap::new();
    for row in rows {
        if !is_filled(plan, KIND, row, KIND.required()) {
            continue;
        }
        let Some(asked) = asked(plan, after, row) else {
            continue;
        };
        let key = (asked.series.clone(), asked.period);
        let Some(known) = places.get(&key).and_then(|at| all.get_mut(*at)) else {
            places.insert(key, all.len());
            all.push(asked);
            continue;
        };
        match row.part().filter(|part| known.lacks(*part)) {
            Some(_) => known.join(asked),
            None => {
                let column = row.part().unwrap_or(Column::Indicator);
                plan.problems
                    .push(row.problem(KIND, column, "figure_twice"));
            }
        }
    }
    all
}

/// Reads every cell before it gives up on one, so that all problems are listed at once.
fn asked<'a>(plan: &mut Plan, after: &mut Existing, row: &'a Row) -> Option<Asked<'a>> {
    let at = (KIND, row);
    let season = season(plan, after, KIND, row);
    let period = read(plan, at, Column::Period, month);
    let unit = unit_code(plan, after, KIND, row, Column::Unit);
    if let Some(unit) = &unit
        && !after.is_member(&season, period, unit)
    {
        plan.problems
            .push(row.problem(KIND, Column::Unit, "not_in_season"));
    }
    let indicator = read(plan, at, Column::Indicator, |text| {
        indicator(after, &season, text)
    })?;
    let other_group = unit.as_deref().zip(period).filter(|(unit, period)| {
        let is_member = after.is_member(&season, Some(*period), unit);
        is_member && !after.asks(indicator, unit, *period)
    });
    if other_group.is_some() && is_marked(row) {
        return None;
    }
    let value = read(plan, at, Column::Value, |text| given(text, indicator));
    let [target, raised, checkpoint] =
        TARGETS.map(|target| read(plan, at, target.column, |text| given(text, indicator)));
    let (value, checkpoint) = (value?, checkpoint?);
    let targets = [target?, raised?, checkpoint];
    let mut parts = targets.iter().chain([&value]);
    let is_given = |given: &Given| matches!(given, Given::Is(_));
    if other_group.is_some() && parts.clone().any(is_given) {
        let column = row.part().unwrap_or(Column::Indicator);
        plan.problems.push(row.problem(KIND, column, "not_asked"));
        return None;
    }
    if parts.all(|given| *given == Given::Nothing) {
        plan.problems
            .push(row.problem(KIND, Column::Value, "empty"));
        return None;
    }
    let takes_checkpoint = |period: Period| period.checkpoints_since().is_some();
    if is_given(&checkpoint) && !period.is_none_or(takes_checkpoint) {
        plan.problems
            .push(row.problem(KIND, Column::Checkpoint, "no_checkpoint"));
        return None;
    }
    let series = Series {
        season,
        indicator: indicator.indicator.key.clone(),
        unit: unit?,
    };
    Some(Asked {
        series,
        period: period?,
        rows: vec![row],
        value,
        targets,
    })
}

/// Whether it is as the month's own table marks a cell that is not asked for.
fn is_marked(row: &Row) -> bool {
    let mut parts = matrix::PARTS.iter().map(|part| row.get(*part));
    parts.all(|text| text.is_empty() || text == matrix::NOT_ASKED)
}

/// An indicator is named by its code, by a name that only one of the season has, or as a matrix
/// heads its column.
fn indicator<'a>(
    after: &'a Existing,
    season: &str,
    text: &str,
) -> Result<&'a PlannedIndicator, &'static str> {
    if let Some(indicator) = after.indicators.get(&(season.to_owned(), text.to_owned())) {
        return Ok(indicator);
    }
    let of_season = after.indicators.values().filter(|one| one.season == season);
    let mut named = of_season.filter(|one| one.name == text || header_of(one) == text);
    match (named.next(), named.next()) {
        (Some(indicator), None) => Ok(indicator),
        (Some(_), Some(_)) => Err("ambiguous_indicator"),
        (None, _) => Err("unknown_indicator"),
    }
}

fn header_of(one: &PlannedIndicator) -> String {
    normalise(&matrix::header(&one.indicator.key, &one.name, &one.measure))
}

fn given(text: &str, indicator: &PlannedIndicator) -> Result<Given, String> {
    if text.is_empty() {
        return Ok(Given::Nothing);
    }
    if is_cleared(text) {
        return Ok(Given::Clear);
    }
    match figure(text, &indicator.measure) {
        Ok(number) => Ok(Given::Is(number.value)),
        Err(FigureFault::Number(code)) => Err(code.to_owned()),
        Err(FigureFault::Percent) => Err("unexpected_percent".to_owned()),
        Err(FigureFault::Measured) => Err(format!("with_measure:{}", indicator.measure)),
    }
}

/// Each part of a figure that was there and becomes another one.
fn changes(after: &Existing, one: &Written<'_>) -> Vec<FigureChange> {
    let series = &one.planned.series;
    let unit = after.units.get(&series.unit).map(|unit| unit.name.clone());
    let key = (series.season.clone(), series.indicator.clone());
    let indicator = after.indicators.get(&key).map(|one| one.name.clone());
    let text = |part: Option<Decimal>| part.map_or(String::new(), String::from);
    let (before, figure) = (one.before, one.planned.figure);
    let parts = [
        (FigurePart::Value, before.value, figure.value),
        (FigurePart::Target, before.target, figure.target),
        (FigurePart::Raised, before.raised, figure.raised),
        (FigurePart::Checkpoint, before.checkpoint, figure.checkpoint),
    ];
    let is_first = one.planned.revision == 1;
    let changed = parts
        .into_iter()
        .filter(|(_, before, now)| !is_first && before != now);
    let change = |(part, before, now)| FigureChange {
        unit: unit.clone().unwrap_or_default(),
        indicator: indicator.clone().unwrap_or_default(),
        period: one.planned.period,
        part,
        before: text(before),
        after: text(now),
    };
    changed.map(change).collect()
}

/// A closed month waits for the second person and stays as it is; a posted one can be corrected.
fn check_month(plan: &mut Plan, after: &Existing, one: &Written<'_>) {
    let month = (one.planned.series.season.clone(), one.planned.period);
    let row = one.row_of(Column::Period);
    if after.closed.contains(&month) {
        plan.problems
            .push(row.problem(KIND, Column::Period, "month_closed"));
    } else if after.posted.contains(&month) {
        plan.notes
            .push(row.problem(KIND, Column::Period, "month_posted"));
    }
}
