//! 发布 of a month: the frozen result that boards, unit pages, the bulletin and the poster are made
//! from, and nothing else. [`PostedMonth::for_everybody`] leaves out what is not public.

mod cell;
mod shown;

pub use cell::PostedCell;

use domain::ids::{Millis, SeasonId, UnitId};
use domain::month::board::{BoardNote, Listed};
use domain::month::charter::{BLACK_DAYS, Side};
use domain::month::day::Day;
use domain::month::flag::HandOver;
use domain::month::indicator::{Against, Better, Rule, is_asked_of};
use domain::month::pair::Duel;
use domain::month::period::Period;
use domain::number::Decimal;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

pub const POSTED_MONTH_VERSION: u32 = 1;

/// One edition. A correction (更正) is a further edition that says what changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedMonth {
    pub v: u32,
    pub season: SeasonId,
    pub season_name: String,
    pub county: String,
    /// The unit that holds the season (主办单位, GY-23), or empty: the county.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sponsor: String,
    /// The charter's title, such as 比学争赶超月度竞赛.
    pub title: String,
    #[serde(default)]
    pub source: String,
    pub charter_version: u32,
    pub period: Period,
    /// 1 for the first posting.
    pub edition: u32,
    /// What changed against the edition before; empty in the first.
    #[serde(default)]
    pub correction: String,
    pub posted_at: Millis,
    /// For staff: posted when a later month of the season was out, so that what the ladder proposes
    /// here is raised by nobody by itself (GY-19).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
    /// Figures that were missing when the month was closed, and why it was closed all the same.
    #[serde(default)]
    pub missing: u32,
    #[serde(default)]
    pub missing_reason: String,
    /// Those that were asked for this month.
    pub indicators: Vec<PostedIndicator>,
    pub groups: Vec<PostedGroup>,
    pub pairs: Vec<PostedPair>,
    /// Units that give a flag away and stand in no group any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub givers: Vec<PostedGiver>,
    #[serde(default)]
    pub notes: Vec<BoardNote>,
    /// Places that stand out, beside the units (P7): red ones with most points first, then black
    /// ones with most deducted first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spots: Vec<PostedSpot>,
    /// The last day on which the black list stands on public pages. A correction does not move it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub black_until: Option<Day>,
    /// How many units and spots were taken off the black list because that day is over. Part of an
    /// answer, never of what is frozen.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub taken_down: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedGiver {
    pub unit: UnitId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedIndicator {
    pub code: String,
    pub name: String,
    /// 亿元, %, 个 …
    pub measure: String,
    /// Points at most, as the registry gives them.
    pub weight: String,
    pub better: Better,
    pub rule: Rule,
    /// Which of a cell's two targets scores (GY-4).
    #[serde(default, skip_serializing_if = "Against::is_base")]
    pub against: Against,
    /// Whether it may stand on a public page (WZ-14).
    pub public: bool,
    /// What it is one of (重点项目推进, 招商引资 …, GY-5), or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dimension: String,
    /// Names of the groups that it is asked of; none: of every group (GY-1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
}

/// Units that are ranked against one another, in the order of their places; units without one come
/// last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedGroup {
    pub name: String,
    pub units: Vec<PostedUnit>,
    pub flags: Vec<PostedFlags>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedFlags {
    /// 红旗, 黄旗 …
    pub name: String,
    pub side: Side,
    pub hand_overs: Vec<HandOver>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedUnit {
    pub unit: UnitId,
    pub name: String,
    /// A peer from outside: no score and no place of its own.
    #[serde(default)]
    pub external: bool,
    /// With the charter's places; `None` while a figure is missing.
    pub score: Option<String>,
    pub rank: Option<u32>,
    /// Places won (positive) or lost since the month before.
    pub moved: Option<i64>,
    /// The same since this month of the year before (ZR-6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_in_year: Option<i64>,
    /// Published months in a row as the first of the group.
    #[serde(default)]
    pub first_in_a_row: u32,
    /// Points of the indicators, the bonus for a place, net merit points: the score is their sum.
    pub figures: Option<String>,
    pub bonus: String,
    pub merit: String,
    /// One for each indicator; an empty one where it is not asked of the unit's group.
    pub cells: Vec<PostedCell>,
    pub merits: Vec<PostedMerit>,
    pub listed: Option<Listed>,
    /// Who its place on the red list is credited to (ES-6). Of no other unit anybody is in here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub team: Vec<TeamMember>,
    /// For staff: published months behind in a row, and what the ladder proposes.
    #[serde(default)]
    pub behind_in_a_row: u32,
    #[serde(default)]
    pub due: Vec<String>,
}

/// Somebody of a unit's team for a season.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TeamMember {
    pub name: String,
    /// 村支书, 驻村工作队队长 …, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub post: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedMerit {
    /// With its sign: `2`, `-1.5`.
    pub points: String,
    pub dimension: String,
    pub reason: String,
    /// `2026-07-12`.
    pub day: String,
    /// The charter's item that it was recorded by, or empty (ES-3).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub item: String,
    /// The number of the document that gave an honour (文号, XY-15), or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document_no: String,
    /// Where the item's cap left something of it out; `None`: all of it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<PostedCut>,
}

/// What counts of a record whose item has a cap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedCut {
    /// With its sign; `0` where the cap was reached before.
    pub counted: String,
    /// At most so many points of one unit in one month, without a sign.
    pub cap: String,
}

/// 红点 or 黑点: a place and the one record that put it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedSpot {
    pub listed: Listed,
    pub place: String,
    /// Where it lies.
    pub unit: UnitId,
    pub record: PostedMerit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedPair {
    pub a: UnitId,
    pub b: UnitId,
    /// Seen from `a`.
    pub duel: Duel,
    /// By `a` over the season's posted months.
    pub won: u32,
    pub drawn: u32,
    pub lost: u32,
}

impl PostedIndicator {
    /// A cell of another group says nothing, and is not missing.
    #[must_use]
    pub fn is_asked_of(&self, group: &PostedGroup) -> bool {
        is_asked_of(&self.groups, &group.name)
    }
}

impl PostedGroup {
    /// Units that have a place.
    #[must_use]
    pub fn ranked(&self) -> u32 {
        let ranked = self.units.iter().filter(|unit| unit.rank.is_some());
        u32::try_from(ranked.count()).unwrap_or(u32::MAX)
    }

    /// Names of the flags for the first that the unit holds at the month's end.
    pub fn held_by(&self, unit: UnitId) -> impl Iterator<Item = &str> {
        let flags = self.flags.iter().filter(|row| row.side == Side::Top);
        let held = flags.filter(move |row| row.hand_overs.iter().any(|one| one.to == Some(unit)));
        held.map(|row| row.name.as_str())
    }
}

/// The last day of a black list. A month that an earlier build posted has none of its own.
#[must_use]
pub fn black_until(frozen: Option<Day>, posted_at: Millis) -> Day {
    frozen.unwrap_or_else(|| Day::of(posted_at).plus(BLACK_DAYS))
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl PostedMonth {
    /// The last day on which the black list stands on public pages.
    #[must_use]
    pub fn black_until(&self) -> Day {
        black_until(self.black_until, self.posted_at)
    }

    /// Whether a figure is held against that of the year before (同比, XY-14).
    #[must_use]
    pub fn has_last_year(&self) -> bool {
        let cells = self.units().flat_map(|(_, unit)| &unit.cells);
        cells.into_iter().any(|cell| cell.in_year().is_some())
    }

    /// Whether any unit has a checkpoint (季度目标, ZR-5) of the indicator at this place.
    #[must_use]
    pub fn has_checkpoint(&self, at: usize) -> bool {
        let mut cells = self.units().filter_map(|(_, unit)| unit.cells.get(at));
        cells.any(|cell| cell.checkpoint.is_some())
    }

    /// Whether a place is held against that of the year before (ZR-6).
    #[must_use]
    pub fn has_moved_in_year(&self) -> bool {
        self.units().any(|(_, unit)| unit.moved_in_year.is_some())
    }

    /// The indicators that are asked of a group, each with its place among the month's.
    pub fn asked_of(&self, group: &PostedGroup) -> impl Iterator<Item = (usize, &PostedIndicator)> {
        let indicators = self.indicators.iter().enumerate();
        indicators.filter(|(_, indicator)| indicator.is_asked_of(group))
    }

    /// What is asked of a unit of this group, and its figure.
    pub fn figures<'a>(
        &'a self,
        group: &PostedGroup,
        unit: &'a PostedUnit,
    ) -> impl DoubleEndedIterator<Item = (&'a PostedIndicator, &'a PostedCell)> {
        let figures = self.indicators.iter().zip(&unit.cells);
        figures.filter(|(indicator, _)| indicator.is_asked_of(group))
    }

    pub fn units(&self) -> impl Iterator<Item = (&PostedGroup, &PostedUnit)> {
        let of = |group| move |unit| (group, unit);
        self.groups
            .iter()
            .flat_map(move |group| group.units.iter().map(of(group)))
    }

    #[must_use]
    pub fn unit(&self, unit: UnitId) -> Option<&PostedUnit> {
        let mut units = self.units().map(|(_, known)| known);
        units.find(|known| known.unit == unit)
    }

    #[must_use]
    pub fn name(&self, unit: UnitId) -> &str {
        let known = self.unit(unit).map(|known| known.name.as_str());
        let giver = || {
            let giver = self.givers.iter().find(|giver| giver.unit == unit);
            giver.map(|giver| giver.name.as_str())
        };
        known.or_else(giver).unwrap_or_default()
    }

    /// The units of a list: the red one from the top, the black one with the last at its end. Where
    /// each group has lists of its own, one group after the other.
    #[must_use]
    pub fn listed(&self, listed: Listed) -> Vec<(&PostedGroup, &PostedUnit)> {
        let by_group = self.notes.contains(&BoardNote::ByGroup);
        let groups = self.groups.iter().enumerate();
        let mut units: Vec<_> = groups
            .flat_map(|(at, group)| group.units.iter().map(move |unit| (at, group, unit)))
            .filter(|(_, _, unit)| unit.listed == Some(listed))
            .collect();
        units.sort_by_key(|(at, _, unit)| {
            let circle = if by_group { *at } else { 0 };
            (circle, Reverse(unit.merit.parse::<Decimal>().ok()))
        });
        units
            .into_iter()
            .map(|(_, group, unit)| (group, unit))
            .collect()
    }

    /// The spots of a list.
    pub fn spots(&self, listed: Listed) -> impl Iterator<Item = &PostedSpot> {
        self.spots.iter().filter(move |spot| spot.listed == listed)
    }

    /// Whether anybody is named on this list, a unit or a spot.
    #[must_use]
    pub fn names(&self, listed: Listed) -> bool {
        self.spots(listed).next().is_some()
            || self.units().any(|(_, unit)| unit.listed == Some(listed))
    }

    /// Every flag at the month's end.
    pub fn hand_overs(&self) -> impl Iterator<Item = (&PostedGroup, &PostedFlags, &HandOver)> {
        let flags = self.groups.iter();
        let flags = flags.flat_map(|group| group.flags.iter().map(move |flags| (group, flags)));
        flags.flat_map(|(group, flags)| {
            let one = move |hand_over| (group, flags, hand_over);
            flags.hand_overs.iter().map(one)
        })
    }
}
