//! The documents of the calendar (GY-15): what the posted months of a duty's span come to.

use super::{SheetYear, SlipRow, UnitTally, UnitYear};
use domain::ids::{Millis, SeasonId, UnitId};
use domain::month::board::Listed;
use domain::month::cadence::{Output, Span};
use domain::month::charter::Side;
use domain::month::day::Day;
use domain::month::period::Period;
use serde::{Deserialize, Serialize};

/// What a document is made from: posted months, each in its newest edition, and nothing else but
/// the slips that came of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutySheet {
    pub season: SeasonId,
    pub season_name: String,
    pub county: String,
    /// The charter's title.
    pub title: String,
    /// The name of the calendar's row.
    pub rule: String,
    pub output: Output,
    pub span: Span,
    /// The day on which it was read: black lists and slips are as of it.
    pub today: Day,
    /// Months of the span that are posted, the earliest first.
    pub months: Vec<SheetMonth>,
    /// Those of the season that are not.
    pub unposted: Vec<Period>,
    /// Those that lie before or after the season.
    pub outside: Vec<Period>,
    pub groups: Vec<SheetGroup>,
    /// Talks are among the slips.
    pub reads_talks: bool,
    /// What the figures propose, and what was decided of it (XY-11).
    pub outcomes: Vec<SheetOutcome>,
    /// How the score of the year is made, on an assessment whose charter says so (GY-10).
    pub year: Option<SheetYear>,
    /// The account may decide, and the duty's window has begun.
    pub may_decide: bool,
}

/// A proposal about one unit. Nothing follows from it by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetOutcome {
    pub side: Side,
    /// What may be done, as the charter has it.
    pub action: String,
    pub unit: UnitId,
    pub name: String,
    /// Empty where it is not proposed any more.
    pub group: String,
    /// What it was placed by.
    pub score: Option<String>,
    pub place: Option<u32>,
    /// By the figures of today.
    pub is_proposed: bool,
    /// Oldest first; the last one counts.
    pub decisions: Vec<OutcomeDecision>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeDecision {
    pub is_taken: bool,
    pub reason: String,
    /// The login.
    pub by: String,
    pub at: Millis,
}

/// A posted month of the span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetMonth {
    pub period: Period,
    pub edition: u32,
    pub posted_at: Millis,
    /// Its black list was taken down, and nobody is named any more.
    pub is_black_over: bool,
}

/// The units of a group, as they stood in the newest of the months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetGroup {
    pub name: String,
    /// There are flags for its first.
    pub has_flags: bool,
    pub units: Vec<SheetUnit>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetUnit {
    pub unit: UnitId,
    pub name: String,
    /// One for each posted month; `None`: it stands in no group of that month.
    pub course: Vec<Option<SheetPlace>>,
    /// What the unit's page counts, over these months alone.
    pub tally: UnitTally,
    /// Means over the months that have a score, with two decimals.
    pub mean_score: Option<String>,
    pub mean_rank: Option<String>,
    /// How its score of the year comes about; nothing where the sheet has none.
    pub year: Option<UnitYear>,
    /// Its place in the group by [`SheetUnit::score`].
    pub place: Option<u32>,
    /// What was issued of the months, talks among it for who reads them.
    pub slips: Vec<SlipRow>,
}

/// How a unit stood in one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetPlace {
    /// `None` while a figure was missing.
    pub rank: Option<u32>,
    /// Ranked units of the group.
    pub of: u32,
    pub score: Option<String>,
    /// Net merit points.
    pub merit: String,
    /// By the ladder of that month (GY-18).
    pub is_behind: bool,
    pub listed: Option<Listed>,
    /// Names of the flags for the first that it held at the month's end.
    pub flags: Vec<String>,
    /// What was not reported, then what cost it most points.
    pub weak: Vec<WeakFigure>,
}

/// An indicator by which a unit lost points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeakFigure {
    pub indicator: String,
    /// In percent with one decimal, by the target that scores; `None` where there is none.
    pub completion: Option<String>,
    pub is_reported: bool,
}

impl SheetUnit {
    /// What it is placed by: its score of the year, or the mean where the sheet has none.
    #[must_use]
    pub fn score(&self) -> Option<&str> {
        match &self.year {
            Some(year) => year.score.as_deref(),
            None => self.mean_score.as_deref(),
        }
    }

    /// Each month in which it stands, with what it was like.
    pub fn months<'a>(
        &'a self,
        sheet: &'a DutySheet,
    ) -> impl DoubleEndedIterator<Item = (&'a SheetMonth, &'a SheetPlace)> {
        let months = sheet.months.iter().zip(&self.course);
        months.filter_map(|(month, place)| Some((month, place.as_ref()?)))
    }
}
