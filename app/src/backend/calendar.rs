//! The season's calendar (GY-15): what is due when, and what was done of it.

use super::{Capability, YearCommand};
use domain::ids::{Millis, SeasonId, UnitId};
use domain::month::cadence::{DutyState, Output, Owner, Span};
use domain::month::charter::Side;
use domain::month::day::Day;
use domain::month::season_months::SeasonMonths;
use serde::{Deserialize, Serialize};

/// Every duty of a season, in the order in which they end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarPage {
    pub season: SeasonId,
    pub season_name: String,
    /// The season's months, as somebody said (GY-3).
    pub dates: Option<SeasonMonths>,
    /// Those that its duties are of: the same, or else a year from the first of which something is
    /// there.
    pub months: SeasonMonths,
    pub today: Day,
    /// What the account may do.
    pub may: Vec<Capability>,
    pub rows: Vec<CalendarRow>,
    /// What people said of duties that the charter of today does not ask for: a cadence was
    /// renamed, left out, or comes at other times.
    pub gone: Vec<GoneDuty>,
}

/// An entry without its duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoneDuty {
    /// The name that the charter's row had.
    pub rule: String,
    /// The first day of the span that it was of.
    pub from: Day,
    pub done: DutyDone,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRow {
    /// The name of the charter's row.
    pub rule: String,
    pub owner: Capability,
    pub output: Output,
    /// The week, month or quarter that it is of.
    pub span: Span,
    /// The days in which it is to be done.
    pub window: Span,
    pub state: DutyState,
    pub done: Option<DutyDone>,
}

/// How a duty was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyDone {
    /// Somebody says so: the login, when, and what came of it.
    Said {
        by: String,
        at: Millis,
        words: String,
    },
    /// The month is posted.
    Posted { at: Millis },
    /// Records have a day in the span, so many.
    Recorded { count: u32 },
}

/// What a person says of a duty. Nothing is overwritten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum CalendarCommand {
    Done {
        rule: String,
        /// The first day of its span.
        span: Day,
        /// What came of it and where it lies.
        words: String,
    },
    /// Takes that back.
    Undo {
        rule: String,
        span: Day,
        reason: String,
    },
    /// Takes or leaves what an assessment proposes about a unit (XY-11).
    Outcome(OutcomeCommand),
    /// Says what counts in the score of the year (GY-10, WZ-12).
    Year(YearCommand),
    /// Says from which month to which the season goes, such as `2026-01`; nothing twice: nobody
    /// says so any more.
    SetMonths {
        from: String,
        to: String,
        reason: String,
    },
}

/// An organiser's word on one proposal. A further one goes beside those that are there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeCommand {
    /// The name of the calendar's row.
    pub rule: String,
    /// The first day of the duty's span.
    pub span: Day,
    pub side: Side,
    pub action: String,
    pub unit: UnitId,
    pub is_taken: bool,
    pub reason: String,
}

impl From<Owner> for Capability {
    fn from(owner: Owner) -> Self {
        match owner {
            Owner::Organise => Self::Organise,
            Owner::Confirm => Self::Confirm,
            Owner::Publish => Self::Publish,
        }
    }
}
