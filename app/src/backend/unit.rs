//! One unit: what anybody reads of it.

use domain::ids::UnitId;
use domain::month::board::Listed;
use domain::month::day::Day;
use domain::month::pair::Duel;
use domain::month::period::Period;
use serde::{Deserialize, Serialize};
use sync::posted_month::PostedMonth;

/// A unit in the list that one searches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitCard {
    pub id: UnitId,
    pub name: String,
    /// The name of the unit above, or empty.
    pub parent: String,
    /// 组别 in the newest season, or empty.
    pub group: String,
    /// First letters of the name's syllables, `qhz` for 青禾镇; empty where one is not known.
    pub initials: String,
}

/// Where one unit stands, why, and what moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitPage {
    pub unit: UnitCard,
    /// The newest posted month, with the unit's group alone. `None`: nothing was posted of it yet.
    pub month: Option<PostedMonth>,
    /// Posted months of that season and of those that it follows, oldest first, the newest one
    /// last.
    pub course: Vec<UnitMonth>,
    pub duels: Vec<UnitDuel>,
    /// `None` where nothing was posted of it.
    #[serde(default)]
    pub tally: Option<UnitTally>,
    /// Merit points by dimension; `None` where no record of the month has any.
    #[serde(default)]
    pub dimensions: Option<UnitDimensions>,
    /// The address of the page, to be passed on.
    #[serde(default)]
    pub url: String,
    /// This device shows it first.
    #[serde(default)]
    pub is_own: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitMonth {
    pub period: Period,
    pub rank: Option<u32>,
    /// Ranked units of the group.
    pub of: u32,
    pub score: Option<String>,
}

/// Net merit points by dimension (ES-3), of the unit and of its group. Records are public on lists
/// alone; these sums are, as the net points are that they come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitDimensions {
    /// The most points, up or down and without a sign, that a unit of the group has in one of them.
    pub most: String,
    /// In the order of the charter's items; those of other records after them.
    pub rows: Vec<UnitDimension>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitDimension {
    pub name: String,
    /// What counts of the unit's records, with its sign.
    pub points: String,
    /// The mean of the group's own units, with two decimals.
    pub mean: String,
}

/// What a unit won over the posted months of a season (GY-25, ES-4). Of black lists it counts
/// nothing: they come down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitTally {
    pub months: u32,
    pub firsts: u32,
    /// Months among the first three of its group.
    pub top_three: u32,
    pub red: u32,
    /// Names of the flags for the first, and in how many months the unit held one.
    pub flags: Vec<(String, u32)>,
    /// Sum of the net merit points of the months as they were printed.
    pub merit: String,
}

/// The unit that this device shows first, where it stood in its newest posted month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnUnit {
    pub id: UnitId,
    pub name: String,
    pub group: String,
    pub month: Option<UnitMonth>,
    /// Places won (positive) or lost since the month before.
    pub moved: Option<i64>,
    pub listed: Option<Listed>,
    /// The last day on which that may be shown, of the black list.
    pub listed_until: Option<Day>,
}

/// A pair, seen from the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitDuel {
    pub rival: UnitId,
    pub name: String,
    pub own_score: Option<String>,
    pub rival_score: Option<String>,
    pub duel: Duel,
    pub won: u32,
    pub drawn: u32,
    pub lost: u32,
}
