//! All that a month is computed from.

use super::charter::SeasonCharter;
use super::day::Day;
use super::indicator::{Figure, Indicator, is_asked_of};
use super::pair::Duel;
use super::period::Period;
use crate::ids::UnitId;
use crate::number::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Units that are ranked against one another (GY-1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub name: String,
    pub members: Vec<Member>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    pub unit: UnitId,
    /// A peer from outside: it has places among the figures, and no score (XY-14).
    pub external: bool,
}

/// A confirmed record, plus or minus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merit {
    pub unit: UnitId,
    pub points: Decimal,
    pub day: Day,
    /// Which of the charter's items it is, by its place there.
    pub item: Option<usize>,
}

/// All that a month is computed from.
#[derive(Clone, Copy, Debug)]
pub struct MonthInput<'a> {
    pub period: Period,
    pub charter: &'a SeasonCharter,
    pub groups: &'a [Group],
    pub pairs: &'a [(UnitId, UnitId)],
    pub indicators: &'a [Indicator],
    /// By place in `indicators`, and unit.
    pub figures: &'a BTreeMap<(usize, UnitId), Figure>,
    /// Values of the same month of the year before, by the same keys.
    pub last_year: &'a BTreeMap<(usize, UnitId), Decimal>,
    /// In the order in which they were recorded.
    pub merits: &'a [Merit],
    /// The published months of the season before this one, in their order.
    pub past: &'a [Past],
    /// Those of the seasons that it follows, all before [`Self::past`]: places, rows of firsts,
    /// flags and the ladder go on over the turn of the year, the tally of duels begins anew.
    pub earlier: &'a [Past],
}

impl MonthInput<'_> {
    /// Every published month before this one, in their order.
    pub fn published(&self) -> impl DoubleEndedIterator<Item = &Past> {
        self.earlier.iter().chain(self.past)
    }
}

/// What a published month leaves for the later ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    pub period: Period,
    pub units: BTreeMap<UnitId, PastUnit>,
    pub duels: Vec<(UnitId, UnitId, Duel)>,
    pub flags: Vec<PastFlag>,
    /// Keys of the indicators that were asked for. Months of an earlier build kept none.
    #[serde(default)]
    pub indicators: Vec<String>,
    /// The groups of those that were not asked of every group, by their keys.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub asked_of: BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastUnit {
    /// Places of different groups are not compared. Empty in months of an earlier build.
    #[serde(default)]
    pub group: String,
    pub rank: Option<u32>,
    pub behind: bool,
    pub overdue: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nearly_due: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub behind_time: bool,
    /// Its place by each of [`Past::indicators`].
    #[serde(default)]
    pub places: Vec<Option<u32>>,
}

impl Past {
    /// The unit, if it stood in this group.
    #[must_use]
    pub fn unit(&self, group: &str, unit: UnitId) -> Option<&PastUnit> {
        let past = self.units.get(&unit)?;
        (past.group.is_empty() || past.group == group).then_some(past)
    }

    /// Whether an indicator was asked of this group.
    #[must_use]
    pub fn asks(&self, indicator: &str, group: &str) -> bool {
        let of = self.asked_of.get(indicator);
        self.indicators.iter().any(|key| key == indicator)
            && of.is_none_or(|groups| is_asked_of(groups, group))
    }

    /// Which place the unit had in this group by one indicator.
    #[must_use]
    pub fn place(&self, group: &str, unit: UnitId, indicator: &str) -> Option<u32> {
        let at = self.indicators.iter().position(|key| key == indicator)?;
        *self.unit(group, unit)?.places.get(at)?
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastFlag {
    pub group: String,
    pub name: String,
    pub number: u32,
    pub holder: Option<UnitId>,
}
