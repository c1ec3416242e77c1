//! What a file asks of one figure, part by part, and which targets hold without being given again.

use super::super::columns::{Column, TableKind};
use super::super::existing::{Existing, KnownFigure, Series};
use super::super::file::Row;
use app::backend::ImportProblem;
use domain::month::Period;
use domain::month::indicator::Figure;
use domain::number::Decimal;
use std::collections::BTreeMap;

const KIND: TableKind = TableKind::Figures;

/// What a cell does to a part of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Given {
    /// The cell is empty: who sends one part alone does not mean to strike out the others.
    #[default]
    Nothing,
    /// Missing is not zero: an entry for the wrong unit is taken back, and none takes its place.
    Clear,
    Is(Decimal),
}

/// What the file says of one figure, in one row or in a cell of each sheet.
pub struct Asked<'a> {
    pub series: Series,
    pub period: Period,
    pub rows: Vec<&'a Row>,
    pub value: Given,
    /// In the order of [`TARGETS`].
    pub targets: [Given; 3],
}

/// A target that the file takes back in a month.
pub struct Cleared<'a> {
    series: Series,
    period: Period,
    row: &'a Row,
    target: Target,
}

/// What a value is held against, and how long it holds without being given again.
#[derive(Clone, Copy)]
pub struct Target {
    pub column: Column,
    slot: fn(&Figure) -> Option<Decimal>,
    /// The first month whose own holds in this one.
    since: fn(Period) -> Option<Period>,
}

/// The year's target and the raised one (GY-4) through the year, the checkpoint through its quarter
/// (ZR-5).
pub const TARGETS: [Target; 3] = [
    Target {
        column: Column::Target,
        slot: |figure| figure.target,
        since: january,
    },
    Target {
        column: Column::Raised,
        slot: |figure| figure.raised,
        since: january,
    },
    Target {
        column: Column::Checkpoint,
        slot: |figure| figure.checkpoint,
        since: Period::checkpoints_since,
    },
];

fn january(period: Period) -> Option<Period> {
    Period::new(period.year(), 1)
}

impl Given {
    pub fn over(self, before: Option<Decimal>) -> Option<Decimal> {
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

impl Row {
    /// The part of a figure that it gives, if it is a cell of a matrix.
    pub fn part(&self) -> Option<Column> {
        self.place.as_ref().map(|place| place.part)
    }
}

impl Asked<'_> {
    /// Whether no sheet gave this part yet.
    pub fn lacks(&self, part: Column) -> bool {
        self.rows
            .iter()
            .all(|row| row.part().is_some_and(|other| other != part))
    }

    pub fn join(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.value = self.value.or(other.value);
        for (target, other) in self.targets.iter_mut().zip(other.targets) {
            *target = target.or(other);
        }
    }

    /// The figure with what is said laid over it.
    pub fn over(&self, before: Figure, history: &BTreeMap<Period, KnownFigure>) -> Figure {
        let is_matrix = self.rows.iter().any(|row| row.part().is_some());
        let [target, raised, checkpoint] = std::array::from_fn(|at| {
            let own = (TARGETS[at].slot)(&before);
            let holding = TARGETS[at].holding_before(history, self.period);
            let holding = holding.map(|(_, target)| target).filter(|_| is_matrix);
            self.targets[at].unless_it_holds(own, holding).over(own)
        });
        Figure {
            value: self.value.over(before.value),
            target,
            raised,
            checkpoint,
        }
    }
}

impl<'a> Asked<'a> {
    /// The targets that it takes back.
    pub fn cleared(&self) -> Vec<Cleared<'a>> {
        let targets = TARGETS.into_iter().zip(self.targets);
        let cleared = targets.filter(|(_, given)| *given == Given::Clear);
        let cleared = cleared.filter_map(|(target, _)| {
            let mut rows = self.rows.iter().copied();
            Some(Cleared {
                series: self.series.clone(),
                period: self.period,
                row: rows.find(|row| !row.get(target.column).is_empty())?,
                target,
            })
        });
        cleared.collect()
    }
}

impl Cleared<'_> {
    /// A note where an earlier month's target goes on to hold: a month takes back its own alone.
    pub fn still_holds(&self, after: &Existing) -> Option<ImportProblem> {
        let history = after.figures.get(&self.series)?;
        let (since, _) = self.target.holding_before(history, self.period)?;
        let code = format!("target_holds:{since}");
        Some(self.row.problem(KIND, self.target.column, &code))
    }
}

impl Target {
    /// What was given last before a month and holds in it, and since which one.
    fn holding_before(
        self,
        history: &BTreeMap<Period, KnownFigure>,
        period: Period,
    ) -> Option<(Period, Decimal)> {
        let mut months = history.range((self.since)(period)?..period).rev();
        months.find_map(|(known, one)| Some((*known, (self.slot)(&one.figure)?)))
    }
}
