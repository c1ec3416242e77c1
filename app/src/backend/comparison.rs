//! What a month that waits to be posted changes against what was posted, for whoever posts it.

use domain::month::period::Period;
use serde::{Deserialize, Serialize};

/// Against the season's last posted month before it, or against its own last edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The month that was posted, and its edition.
    pub period: Period,
    pub edition: u32,
    pub red: ListChange,
    pub black: ListChange,
    /// Flags that have a holder, or had one: those that change hands first.
    pub flags: Vec<FlagChange>,
    /// The largest moves of places.
    pub places: Vec<PlaceChange>,
    /// How many units more moved.
    pub more_places: usize,
    /// What follows for units that stay behind.
    pub follows: Vec<FollowChange>,
}

/// Names of the units that come onto a list, and of those that leave it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListChange {
    pub joins: Vec<String>,
    pub leaves: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagChange {
    pub group: String,
    /// 红旗, 黄旗 …
    pub name: String,
    /// From 1, among the flags of one colour in one group.
    pub number: u32,
    /// `None`: it lies with the organiser.
    pub from: Option<String>,
    pub to: Option<String>,
    /// 留住: it stays where it was.
    pub is_kept: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceChange {
    pub group: String,
    pub name: String,
    /// `None`: the unit had no place.
    pub before: Option<u32>,
    /// `None`: it has none, as long as a figure is missing.
    pub now: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowChange {
    pub group: String,
    pub name: String,
    /// Behind, and it was not.
    pub is_newly_behind: bool,
    /// 提醒单, 督办单, 约谈 that posting would propose.
    pub due: Vec<String>,
}

impl Comparison {
    /// Nothing of it changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let lists = [&self.red, &self.black];
        lists.into_iter().all(ListChange::is_empty)
            && self.flags.iter().all(|flag| flag.is_kept)
            && self.places.is_empty()
            && self.follows.is_empty()
    }
}

impl ListChange {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.joins.is_empty() && self.leaves.is_empty()
    }
}

impl PlaceChange {
    /// Places won (positive) or lost; `None` where one of the two is not there.
    #[must_use]
    pub fn moved(&self) -> Option<i64> {
        Some(i64::from(self.before?) - i64::from(self.now?))
    }
}
