//! What a person has to check before figures are applied: values far from their history, and
//! columns that may hold shares where percentages are asked for. Nothing is guessed.

use super::columns::{Column, TableKind};
use super::existing::{Existing, Series};
use super::figures::Written;
use super::indicators::PlannedIndicator;
use super::plan::Plan;
use app::backend::ImportProblem;
use domain::month::Period;
use domain::month::indicator::{comparable, is_far};
use domain::number::Decimal;
use std::collections::BTreeMap;
use sync::typed::{Number, is_percent, is_whole, may_be_shares, number, plain_signs};

const KIND: TableKind = TableKind::Figures;

/// Afterwards, since a file may give the months in any order.
pub fn doubts(plan: &mut Plan, after: &Existing, written: &[Written<'_>]) {
    let is_new = |one: &&Written<'_>| one.before.value != one.planned.figure.value;
    let changed = written.iter().filter(is_new);
    plan.doubts
        .extend(changed.filter_map(|one| far(after, one)));
    share_doubts(plan, after, written);
    plan.doubts.extend(outside(after, written));
}

/// A doubt for each month that lies outside its season, at the first row of it: the month may be a
/// slip of the pen, or the season's dates may have to be changed.
fn outside(after: &Existing, written: &[Written<'_>]) -> Vec<ImportProblem> {
    let mut months: BTreeMap<(&str, Period), ImportProblem> = BTreeMap::new();
    for one in written {
        let (season, period) = (one.planned.series.season.as_str(), one.planned.period);
        let Some(of) = after.months.get(season).filter(|of| !of.contains(period)) else {
            continue;
        };
        months.entry((season, period)).or_insert_with(|| {
            let row = one.row_of(Column::Period);
            let mut doubt = row.problem(KIND, Column::Period, "outside_season");
            doubt.value = format!("{period} ({}—{})", of.from, of.to);
            doubt
        });
    }
    months.into_values().collect()
}

/// A doubt where the value is ten times, or a tenth of, the one that it is held against.
fn far(after: &Existing, one: &Written<'_>) -> Option<ImportProblem> {
    let value = one.planned.figure.value?;
    let (period, earlier) = comparable(one.planned.period, history(after, &one.planned.series))?;
    if !is_far(value, earlier) {
        return None;
    }
    let row = one.row_of(Column::Value);
    let mut doubt = row.problem(KIND, Column::Value, "far_from_history");
    doubt.value = format!("{} ({period}: {earlier})", row.get(Column::Value));
    Some(doubt)
}

/// The values of a unit by one indicator. The year before lies in another season as a rule: there
/// it is the same indicator if code, name and measure are.
fn history<'a>(
    after: &'a Existing,
    series: &'a Series,
) -> impl Iterator<Item = (Period, Decimal)> + 'a {
    let indicator = |season: &str| {
        let key = (season.to_owned(), series.indicator.clone());
        let known = after.indicators.get(&key);
        known.map(|known| (known.name.as_str(), known.measure.as_str()))
    };
    let is_same = move |season: &&String| indicator(season) == indicator(&series.season);
    let figures = after.seasons.iter().filter(is_same).filter_map(|season| {
        let of_season = Series {
            season: season.clone(),
            ..series.clone()
        };
        after.figures.get(&of_season)
    });
    let values = figures.flatten();
    values.filter_map(|(period, known)| Some((*period, known.figure.value?)))
}

/// A month's figures of an indicator in percent that are all between 0 and 1.5, and written without
/// a percent sign, may be shares: 0.817 for 81.7 %. The first row asks, with both readings.
fn share_doubts(plan: &mut Plan, after: &Existing, written: &[Written<'_>]) {
    let mut columns: BTreeMap<(&str, &str, Period), Vec<&Written<'_>>> = BTreeMap::new();
    for one in written {
        let series = &one.planned.series;
        let key = (series.season.clone(), series.indicator.clone());
        let indicator = after.indicators.get(&key);
        let in_percent = |one: &PlannedIndicator| is_percent(&one.measure);
        if one.value.is_some() && indicator.is_some_and(in_percent) {
            let key = (&*series.season, &*series.indicator, one.planned.period);
            columns.entry(key).or_default().push(one);
        }
    }
    for column in columns.values() {
        let numbers: Vec<Number> = column.iter().map(|one| written_as(one)).collect();
        let mut parts = column.iter().zip(&numbers);
        let part = parts.find(|(_, number)| !is_whole(**number));
        if let Some((one, _)) = part.filter(|_| may_be_shares(&numbers)) {
            plan.doubts.push(share_doubt(one.row_of(Column::Value)));
        }
    }
}

fn written_as(one: &Written<'_>) -> Number {
    let text = plain_signs(one.row_of(Column::Value).get(Column::Value));
    Number {
        value: one.value.unwrap_or_default(),
        percent: text.ends_with('%'),
    }
}

fn share_doubt(row: &super::file::Row) -> ImportProblem {
    let value = row.get(Column::Value);
    let hundredfold = number(value)
        .ok()
        .and_then(|number| Decimal::from_micros(number.value.micros().checked_mul(100)?));
    let hundredfold = hundredfold.unwrap_or_default();
    let mut doubt = row.problem(KIND, Column::Value, "percent_or_share");
    doubt.value = format!("{value} = {value}% / {hundredfold}%");
    doubt
}
