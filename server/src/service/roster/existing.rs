//! The roster as it is, in the words of an import: everything by its code.

use super::indicators::PlannedIndicator;
use super::plan::{PlannedPerson, PlannedUnit};
use app::backend::{UnitMatches, WorkPlan};
use domain::ids::ContestId;
use domain::month::Period;
use domain::month::indicator::{Figure, is_asked_of};
use domain::month::season_months::SeasonMonths;
use domain::worklist::{WorkKind, WorkState};
use std::collections::{BTreeMap, BTreeSet};

/// What a file is checked against.
#[derive(Clone, Debug, Default)]
pub struct Existing {
    pub units: BTreeMap<String, PlannedUnit>,
    /// What a person said of names that no unit has, or several have.
    pub matches: UnitMatches,
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
    /// What is given out.
    pub works: BTreeMap<WorkKey, KnownWork>,
    /// By season and code.
    pub indicators: BTreeMap<(String, String), PlannedIndicator>,
    /// Of the seasons that the file has figures for, and of the other ones the same months of the
    /// year before. No others: a county has many.
    pub figures: BTreeMap<Series, BTreeMap<Period, KnownFigure>>,
    /// Season and month: closed, and waiting for the second person.
    pub closed: BTreeSet<(String, Period)>,
    /// Season and month.
    pub posted: BTreeSet<(String, Period)>,
    /// Season, month and unit, and the group in which the unit stood in a posted month.
    pub posted_units: BTreeMap<(String, Period, String), String>,
    /// Season, month and indicator, and the groups that a posted month keeps of the indicator. Of
    /// the months that the file has figures for.
    pub kept_groups: BTreeMap<(String, Period, String), Vec<String>>,
}

impl Existing {
    /// The groups of a season, in the order of their names.
    #[must_use]
    pub fn group_names(&self, season: &str) -> BTreeSet<&str> {
        let groups = self.groups.iter().filter(|((of, _), _)| of == season);
        groups.map(|(_, group)| group.as_str()).collect()
    }

    #[must_use]
    pub fn has_group(&self, season: &str, name: &str) -> bool {
        self.group_names(season).contains(name)
    }

    /// Whether the unit is in a group of the season, or was one of the month's when that was
    /// posted: a month that is corrected is computed by the groups that it keeps.
    #[must_use]
    pub fn is_member(&self, season: &str, period: Option<Period>, unit: &str) -> bool {
        let today = (season.to_owned(), unit.to_owned());
        let was_then = |period| {
            let member = (season.to_owned(), period, unit.to_owned());
            self.posted_units.contains_key(&member)
        };
        self.groups.contains_key(&today) || period.is_some_and(was_then)
    }

    /// Whether an indicator is asked of a unit in a month: by the season's groups of today, or by
    /// what a posted month keeps.
    #[must_use]
    pub fn asks(&self, one: &PlannedIndicator, unit: &str, period: Period) -> bool {
        let season = &one.season;
        let today = self.groups.get(&(season.clone(), unit.to_owned()));
        let is_today = today.is_some_and(|group| one.indicator.is_asked_of(group));
        let key = &one.indicator.key;
        let then = self
            .posted_units
            .get(&(season.clone(), period, unit.to_owned()));
        let groups = self.kept_groups.get(&(season.clone(), period, key.clone()));
        let was_then = then.zip(groups);
        is_today || was_then.is_some_and(|(group, groups)| is_asked_of(groups, group))
    }
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

/// Season, batch, and the number in it.
pub type WorkKey = (String, String, String);

/// An item that was given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownWork {
    pub kind: WorkKind,
    pub content: String,
    /// The code of the unit.
    pub unit: String,
    pub plan: WorkPlan,
    pub state: WorkState,
    /// How many words were said of it.
    pub seen: u32,
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
