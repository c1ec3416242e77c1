//! The table of figures (数据): what a unit reached in a month, and what it was to reach. A figure
//! that changes gets a further revision; what was entered before stays.

use super::cells::{is_cleared, month, read};
use super::columns::{Column, TableKind};
use super::doubts::doubts;
use super::existing::{Existing, KnownFigure, Series};
use super::file::Row;
use super::indicators::PlannedIndicator;
use super::matrix;
use super::plan::{Counts, Plan, is_filled, season, unit_code};
use super::text::normalise;
use app::backend::{FigureChange, FigurePart, ImportProblem};
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

/// What a cell does to a part of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Given {
    /// The cell is empty: who sends one part alone does not mean to strike out the others.
    #[default]
    Nothing,
    /// Missing is not zero: an entry for the wrong unit is taken back, and none takes its place.
    Clear,
    Is(Decimal),
}

/// What the file says of one figure, in one row or in a cell of each sheet.
struct Asked<'a> {
    series: Series,
    period: Period,
    rows: Vec<&'a Row>,
    value: Given,
    target: Given,
    raised: Given,
}

/// A target that the file takes back in a month.
struct Cleared<'a> {
    series: Series,
    period: Period,
    row: &'a Row,
    column: Column,
    slot: Slot,
}

/// A part of a figure.
type Slot = fn(&Figure) -> Option<Decimal>;

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

impl Given {
    fn over(self, before: Option<Decimal>) -> Option<Decimal> {
        match self {
            Self::Nothing => before,
            Self::Clear => None,
            Self::Is(value) => Some(value),
        }
    }

    fn or(self, other: Self) -> Self {
        if self == Self::Nothing { other } else { self }
    }

    /// A target that holds already says nothing new: a matrix shows it in every month.
    fn unless_it_holds(self, own: Option<Decimal>, holding: Option<Decimal>) -> Self {
        let is_known = own.is_none() && holding.is_some_and(|holding| self == Self::Is(holding));
        if is_known { Self::Nothing } else { self }
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

impl Row {
    /// The part of a figure that it gives, if it is a cell of a matrix.
    fn part(&self) -> Option<Column> {
        self.place.as_ref().map(|place| place.part)
    }
}

impl Asked<'_> {
    /// Whether no sheet gave this part yet.
    fn lacks(&self, part: Column) -> bool {
        self.rows
            .iter()
            .all(|row| row.part().is_some_and(|other| other != part))
    }

    fn join(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.value = self.value.or(other.value);
        self.target = self.target.or(other.target);
        self.raised = self.raised.or(other.raised);
    }

    /// The figure with what is said laid over it.
    fn over(&self, before: Figure, history: &BTreeMap<Period, KnownFigure>) -> Figure {
        let is_matrix = self.rows.iter().any(|row| row.part().is_some());
        let holding = |slot: Slot| {
            let holding = holding_before(history, self.period, slot);
            holding.map(|(_, target)| target).filter(|_| is_matrix)
        };
        let target = self
            .target
            .unless_it_holds(before.target, holding(|figure| figure.target));
        let raised = self
            .raised
            .unless_it_holds(before.raised, holding(|figure| figure.raised));
        Figure {
            value: self.value.over(before.value),
            target: target.over(before.target),
            raised: raised.over(before.raised),
        }
    }
}

impl<'a> Asked<'a> {
    /// The targets that it takes back.
    fn cleared(&self) -> Vec<Cleared<'a>> {
        let parts: [(Given, Column, Slot); 2] = [
            (self.target, Column::Target, |figure| figure.target),
            (self.raised, Column::Raised, |figure| figure.raised),
        ];
        let cleared = parts
            .into_iter()
            .filter(|(given, ..)| *given == Given::Clear);
        let cleared = cleared.filter_map(|(_, column, slot)| {
            let mut rows = self.rows.iter().copied();
            Some(Cleared {
                series: self.series.clone(),
                period: self.period,
                row: rows.find(|row| !row.get(column).is_empty())?,
                column,
                slot,
            })
        });
        cleared.collect()
    }
}

impl Cleared<'_> {
    /// A note where an earlier month's target goes on to hold: a month takes back its own alone.
    fn still_holds(&self, after: &Existing) -> Option<ImportProblem> {
        let history = after.figures.get(&self.series)?;
        let (since, _) = holding_before(history, self.period, self.slot)?;
        let code = format!("target_holds:{since}");
        Some(self.row.problem(KIND, self.column, &code))
    }
}

/// The target that the year gave last before a month, and in which one: it holds until another is
/// given.
fn holding_before(
    history: &BTreeMap<Period, KnownFigure>,
    period: Period,
    slot: Slot,
) -> Option<(Period, Decimal)> {
    let year = history.range(..period).rev();
    let mut year = year.filter(|(known, _)| known.year() == period.year());
    year.find_map(|(known, one)| Some((*known, slot(&one.figure)?)))
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
    let target = read(plan, at, Column::Target, |text| given(text, indicator));
    let raised = read(plan, at, Column::Raised, |text| given(text, indicator));
    let (value, target, raised) = (value?, target?, raised?);
    let is_given = |given: &Given| matches!(given, Given::Is(_));
    if other_group.is_some() && [value, target, raised].iter().any(is_given) {
        let column = row.part().unwrap_or(Column::Indicator);
        plan.problems.push(row.problem(KIND, column, "not_asked"));
        return None;
    }
    if [value, target, raised] == [Given::Nothing; 3] {
        plan.problems
            .push(row.problem(KIND, Column::Value, "empty"));
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
        target,
        raised,
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
