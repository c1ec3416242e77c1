//! The roster as it is, in the words of an import: everything by its code.

use super::indicators::PlannedIndicator;
use super::plan::{PlannedPerson, PlannedUnit};
use domain::ids::ContestId;
use domain::month::Period;
use domain::month::indicator::Figure;
use domain::month::season_months::SeasonMonths;
use std::collections::{BTreeMap, BTreeSet};

/// What a file is checked against.
#[derive(Clone, Debug, Default)]
pub struct Existing {
    pub units: BTreeMap<String, PlannedUnit>,
    /// Season and unit, and the group that the unit is in.
    pub groups: BTreeMap<(String, String), String>,
    pub people: BTreeMap<String, PlannedPerson>,
    pub contests: Vec<KnownContest>,
    /// Names of seasons that have rules.
    pub seasons: BTreeSet<String>,
    /// From which month to which those go of which somebody said so.
    pub months: BTreeMap<String, SeasonMonths>,
    /// Season, unit and rival.
    pub pairs: BTreeSet<(String, String, String)>,
    /// By season, code of the unit and name: what the member is there.
    pub teams: BTreeMap<(String, String, String), String>,
    /// By season and code.
    pub indicators: BTreeMap<(String, String), PlannedIndicator>,
    /// Of the seasons that the file has figures for, and of the other ones the same months of the
    /// year before. No others: a county has many.
    pub figures: BTreeMap<Series, BTreeMap<Period, KnownFigure>>,
    /// Season and month: closed, and waiting for the second person.
    pub closed: BTreeSet<(String, Period)>,
    /// Season and month.
    pub posted: BTreeSet<(String, Period)>,
    /// Season, month and unit: who stood in a posted month.
    pub posted_units: BTreeSet<(String, Period, String)>,
}

/// What figures follow each other month by month: one indicator of one unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Series {
    pub season: String,
    /// The code of the indicator.
    pub indicator: String,
    /// The code of the unit.
    pub unit: String,
}

/// The newest version of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownFigure {
    pub revision: u32,
    pub figure: Figure,
}

#[derive(Clone, Debug)]
pub struct KnownContest {
    pub id: ContestId,
    pub title: String,
    /// Its first gate has opened: seats neither come nor change their class.
    pub frozen: bool,
    /// Key and name of each class of voters.
    pub classes: Vec<(String, String)>,
    pub seats: BTreeMap<u32, Seat>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub class: String,
    pub person: String,
}
