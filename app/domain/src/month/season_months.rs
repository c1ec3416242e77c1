//! The months of a season (GY-3): a year as a rule, from the first one to the last.

use super::cadence::Span;
use super::period::Period;
use serde::{Deserialize, Serialize};

/// Months of a season, where nobody says otherwise.
const YEAR: usize = 12;
/// A season is at most two years long.
pub const MONTHS_MAX: usize = 24;

/// Both of them are among it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeasonMonths {
    pub from: Period,
    pub to: Period,
}

impl SeasonMonths {
    /// `None` where the last one comes before the first, or lies more than two years after it.
    #[must_use]
    pub fn new(from: Period, to: Period) -> Option<Self> {
        let last = run(from, MONTHS_MAX);
        (from <= to && to <= last).then_some(Self { from, to })
    }

    /// Twelve months from this one on.
    #[must_use]
    pub fn year_from(from: Period) -> Self {
        Self {
            from,
            to: run(from, YEAR),
        }
    }

    /// The year after the last month, for a season that goes on from this one.
    #[must_use]
    pub fn following(self) -> Option<Self> {
        self.to.next().map(Self::year_from)
    }

    #[must_use]
    pub fn contains(self, period: Period) -> bool {
        self.from <= period && period <= self.to
    }

    #[must_use]
    pub fn span(self) -> Span {
        Span::of_months(self.from, self.to)
    }
}

/// The last of so many months.
fn run(from: Period, months: usize) -> Period {
    let months = std::iter::successors(Some(from), |period| period.next()).take(months);
    months.last().unwrap_or(from)
}
