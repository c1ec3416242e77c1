//! The score of a half-year or a year on its assessment (GY-10, WZ-12): its rule, what counts in
//! it beside the months, and how each unit's number comes about.

use domain::ids::{ContestId, Millis, UnitId};
use domain::month::day::Day;
use domain::month::year::YearRule;
use serde::{Deserialize, Serialize};

/// By which rule, and which contests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetYear {
    pub rule: YearRule,
    /// Of the season's charter, which the rule is of.
    pub charter_version: u32,
    /// Contests of the span that are posted, the earliest first.
    pub contests: Vec<YearContest>,
    /// Names of parts that scores stand of and that the rule does not ask for, each with how many
    /// units have one: it was renamed, or left out.
    pub gone: Vec<(String, u32)>,
    /// The account may count contests and enter scores.
    pub may_enter: bool,
}

/// A posted contest, and what was said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearContest {
    pub contest: ContestId,
    pub title: String,
    pub day: Day,
    /// Its newest edition.
    pub edition: u32,
    /// What its newest edition brings by the table of today.
    pub would_bring: Vec<ContestPoints>,
    /// Oldest first; the last one counts.
    pub said: Vec<ContestWord>,
}

/// An organiser's word on a contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestWord {
    pub is_counted: bool,
    /// The edition that was counted, and the version of the charter whose table was used.
    pub edition: u32,
    pub charter_version: u32,
    pub points: Vec<ContestPoints>,
    pub reason: String,
    /// The login.
    pub by: String,
    pub at: Millis,
}

/// What the place of one entry brought its unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestPoints {
    pub unit: UnitId,
    pub rank: u32,
    /// Of so many entries that have a place.
    pub of: u32,
    pub points: String,
}

/// How the score of a unit comes about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitYear {
    /// The mean of its months at its weight; nothing without a month.
    pub months: Option<String>,
    /// One for each part of the rule, as it was entered.
    pub parts: Vec<Option<PartScore>>,
    /// Each contest that counts with what it brought, by its place among the sheet's contests.
    pub contests: Vec<(usize, ContestPoints)>,
    /// All of them together, within the cap.
    pub contests_sum: String,
    /// With two decimals; nothing as long as a part is missing.
    pub score: Option<String>,
}

/// What a unit got elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartScore {
    /// Out of a hundred, as it was entered.
    pub score: String,
    /// At its weight.
    pub weighed: String,
    /// Where it comes from.
    pub basis: String,
    /// The login.
    pub by: String,
    pub at: Millis,
}

/// What an organiser says of the year's score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "year", rename_all = "snake_case")]
pub enum YearCommand {
    /// Counts a contest by this edition of its result, and the table of today.
    Count {
        contest: ContestId,
        edition: u32,
        reason: String,
    },
    /// Counts it no more.
    Leave { contest: ContestId, reason: String },
    /// Enters scores of a part.
    Enter {
        /// The name of the calendar's row.
        rule: String,
        /// The first day of the duty's span.
        span: Day,
        part: String,
        /// A unit and its score on each line.
        lines: String,
        /// Whether scores that stand may be replaced.
        replaces: bool,
        /// Where they come from.
        basis: String,
    },
}

impl SheetYear {
    /// Whether contests count, or did and still do.
    #[must_use]
    pub fn shows_contests(&self) -> bool {
        let mut contests = self.contests.iter();
        !self.rule.contests.is_empty() || contests.any(|contest| contest.counted().is_some())
    }
}

impl YearContest {
    /// What it counts by now.
    #[must_use]
    pub fn counted(&self) -> Option<&ContestWord> {
        self.said.last().filter(|word| word.is_counted)
    }

    /// Whether its newest edition, or the table of today, would bring something else than what
    /// counts.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        let counted = self.counted();
        counted.is_some_and(|word| word.points != self.would_bring)
    }
}
