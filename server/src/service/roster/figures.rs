//! The table of figures (数据): what a unit reached in a month, and what it was to reach. A figure
//! that changes gets a further revision; what was entered before stays.

use super::cells::{month, number, read};
use super::columns::{Column, TableKind};
use super::existing::{Existing, KnownFigure, Series};
use super::file::Row;
use super::indicators::PlannedIndicator;
use super::plan::{Counts, Plan, is_filled, season, unit_code};
use super::text::plain_signs;
use app::backend::ImportProblem;
use domain::month::Period;
use domain::month::indicator::{Figure, is_far};
use domain::number::Decimal;
use std::collections::{BTreeMap, BTreeSet};

const KIND: TableKind = TableKind::Figures;
/// Millionths: 150 % as a share.
const SHARE_MICROS_MAX: i64 = 1_500_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFigure {
    pub series: Series,
    pub period: Period,
    /// From 1.
    pub revision: u32,
    pub figure: Figure,
}

/// A row, and the figure that it adds.
type Written<'a> = (&'a Row, PlannedFigure);

/// Checks the rows and plans the figures that they add or change.
pub fn figures(plan: &mut Plan, after: &mut Existing, rows: &[Row]) -> Counts {
    let mut counts = Counts::default();
    let mut seen = BTreeSet::new();
    let mut written: Vec<Written<'_>> = Vec::new();
    let mut far_from_history = Vec::new();
    for row in rows {
        if !is_filled(plan, KIND, row, KIND.required()) {
            continue;
        }
        let Some((series, period, mut figure)) = figure(plan, after, row) else {
            continue;
        };
        if !seen.insert((series.clone(), period)) {
            plan.problems
                .push(row.problem(KIND, Column::Indicator, "figure_twice"));
            continue;
        }
        let history = after.figures.entry(series.clone()).or_default();
        let before = history.get(&period).copied();
        // Who sends one of them alone does not mean to strike out the others.
        if let Some(before) = before.map(|known| known.figure) {
            figure.value = figure.value.or(before.value);
            figure.target = figure.target.or(before.target);
            figure.raised = figure.raised.or(before.raised);
        }
        if !counts.count(before.map(|known| known.figure).as_ref(), &figure) {
            continue;
        }
        let revision = before.map_or(0, |known| known.revision) + 1;
        history.insert(period, KnownFigure { revision, figure });
        if before.is_none_or(|known| known.figure.value != figure.value) {
            far_from_history.push(written.len());
        }
        let planned = PlannedFigure {
            series,
            period,
            revision,
            figure,
        };
        written.push((row, planned));
    }
    // Afterwards, since a file may give the months in any order. These notes come first: a report
    // is cut off, and they are the ones that somebody has to see.
    let changed = far_from_history
        .into_iter()
        .filter_map(|at| written.get(at));
    let notes = changed.filter_map(|(row, planned)| far_note(after, row, planned));
    plan.notes.extend(notes);
    share_notes(plan, after, &written);
    for (row, planned) in &written {
        check_month(plan, after, row, planned);
    }
    plan.figures = written.into_iter().map(|(_, planned)| planned).collect();
    counts
}

/// Reads every cell before it gives up on one, so that all problems are listed at once.
fn figure(plan: &mut Plan, after: &mut Existing, row: &Row) -> Option<(Series, Period, Figure)> {
    let at = (KIND, row);
    let season = season(plan, after, KIND, row);
    let period = read(plan, at, Column::Period, month);
    let unit = unit_code(plan, after, KIND, row, Column::Unit);
    if let Some(unit) = &unit
        && !is_member(after, &season, period, unit)
    {
        plan.problems
            .push(row.problem(KIND, Column::Unit, "not_in_season"));
    }
    let indicator = read(plan, at, Column::Indicator, |text| {
        indicator(after, &season, text)
    })?;
    let is_percent = plain_signs(&indicator.measure) == "%";
    let known = |text: &str| match text {
        "" => Ok(None),
        _ => amount(text, is_percent).map(Some),
    };
    let value = read(plan, at, Column::Value, known);
    let target = read(plan, at, Column::Target, known);
    let raised = read(plan, at, Column::Raised, known);
    let figure = Figure {
        value: value?,
        target: target?,
        raised: raised?,
    };
    if figure == Figure::default() {
        plan.problems
            .push(row.problem(KIND, Column::Value, "empty"));
        return None;
    }
    let series = Series {
        season,
        indicator: indicator.indicator.key.clone(),
        unit: unit?,
    };
    Some((series, period?, figure))
}

/// Whether the unit is in a group of the season, or was one of the month's when that was posted: a
/// month that is corrected is computed by the groups that it keeps.
fn is_member(after: &Existing, season: &str, period: Option<Period>, unit: &str) -> bool {
    let is_today = after
        .groups
        .contains_key(&(season.to_owned(), unit.to_owned()));
    let was_then = |period| {
        let member = (season.to_owned(), period, unit.to_owned());
        after.posted_units.contains(&member)
    };
    is_today || period.is_some_and(was_then)
}

/// An indicator is named by its code, or by a name that only one of the season has.
fn indicator<'a>(
    after: &'a Existing,
    season: &str,
    text: &str,
) -> Result<&'a PlannedIndicator, &'static str> {
    if let Some(indicator) = after.indicators.get(&(season.to_owned(), text.to_owned())) {
        return Ok(indicator);
    }
    let is_named =
        |indicator: &&PlannedIndicator| indicator.season == season && indicator.name == text;
    let mut named = after.indicators.values().filter(is_named);
    match (named.next(), named.next()) {
        (Some(indicator), None) => Ok(indicator),
        (Some(_), Some(_)) => Err("ambiguous_indicator"),
        (None, _) => Err("unknown_indicator"),
    }
}

/// A percent sign says something only of what is measured in percent.
fn amount(text: &str, is_percent: bool) -> Result<Decimal, &'static str> {
    let number = number(text)?;
    if number.percent && !is_percent {
        return Err("unexpected_percent");
    }
    Ok(number.value)
}

/// A month's figures of an indicator in percent that are all between 0 and 1.5, and written without
/// a percent sign, may be shares: 0.817 for 81.7 %. Nobody guesses; the first row asks, with both
/// readings.
fn share_notes(plan: &mut Plan, after: &Existing, written: &[Written<'_>]) {
    let mut columns: BTreeMap<(&str, &str, Period), Vec<&Written<'_>>> = BTreeMap::new();
    for one in written {
        let series = &one.1.series;
        let key = (series.season.clone(), series.indicator.clone());
        let indicator = after.indicators.get(&key);
        let is_percent = |one: &PlannedIndicator| plain_signs(&one.measure) == "%";
        if !one.0.get(Column::Value).is_empty() && indicator.is_some_and(is_percent) {
            let key = (&*series.season, &*series.indicator, one.1.period);
            columns.entry(key).or_default().push(one);
        }
    }
    let may_be_share = |(row, planned): &&&Written<'_>| {
        let value = planned.figure.value.unwrap_or_default();
        let is_signed = plain_signs(row.get(Column::Value)).ends_with('%');
        !is_signed && Decimal::ZERO <= value && value.micros() <= SHARE_MICROS_MAX
    };
    let is_whole = |(_, planned): &&&Written<'_>| {
        let value = planned.figure.value.unwrap_or_default();
        value.micros() % 1_000_000 == 0
    };
    for rows in columns.values() {
        let are_shares = rows.iter().all(|row| may_be_share(&row));
        if let Some((row, _)) = rows
            .iter()
            .find(|row| !is_whole(row))
            .filter(|_| are_shares)
        {
            let mut note = row.problem(KIND, Column::Value, "percent_or_share");
            let value = row.get(Column::Value);
            let hundredfold = number(value)
                .ok()
                .and_then(|number| Decimal::from_micros(number.value.micros().checked_mul(100)?));
            let hundredfold = hundredfold.unwrap_or_default();
            note.value = format!("{value} = {value}% / {hundredfold}%");
            plan.notes.push(note);
        }
    }
}

/// A note where the value is far from the newest one before it.
fn far_note(after: &Existing, row: &Row, planned: &PlannedFigure) -> Option<ImportProblem> {
    let earlier = after.figures.get(&planned.series)?.range(..planned.period);
    let mut values = earlier
        .rev()
        .filter_map(|(period, known)| Some((period, known.figure.value?)));
    let (period, earlier) = values.next()?;
    if !is_far(planned.figure.value?, earlier) {
        return None;
    }
    let mut note = row.problem(KIND, Column::Value, "far_from_history");
    note.value = format!("{} ({period}: {earlier})", row.get(Column::Value));
    Some(note)
}

/// A closed month waits for the second person and stays as it is; a posted one can be corrected.
fn check_month(plan: &mut Plan, after: &Existing, row: &Row, planned: &PlannedFigure) {
    let month = (planned.series.season.clone(), planned.period);
    if after.closed.contains(&month) {
        plan.problems
            .push(row.problem(KIND, Column::Period, "month_closed"));
    } else if after.posted.contains(&month) {
        plan.notes
            .push(row.problem(KIND, Column::Period, "month_posted"));
    }
}
