//! Leaders who answer for units (GY-8, GY-9): which units are theirs in which months, the score
//! that they share with them, and the visits that they owe. A leader's score is nobody's place.

use super::assessment::mean;
use super::period::Period;
use super::season_months::SeasonMonths;
use crate::ids::UnitId;
use crate::ratio::{Ratio, TooLarge};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Visits in a month that a charter may ask for.
pub const VISITS_MAX: u32 = 31;

/// What a season asks of its leaders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaderRule {
    /// Visits to units of theirs in a month, at least.
    pub visits: u32,
    #[serde(default)]
    pub share: Share,
}

/// Which score of the units is the leader's (利益捆绑).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// The mean of all.
    #[default]
    Mean,
    /// The least of all.
    Least,
}

/// A unit that a leader answers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    pub unit: UnitId,
    /// The first month of it.
    pub from: Period,
    /// The first month that is not of it any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Period>,
}

impl Bound {
    #[must_use]
    pub fn is_of(&self, period: Period) -> bool {
        self.from <= period && self.until.is_none_or(|until| period < until)
    }
}

impl LeaderRule {
    /// The leader's score of a month, from those of the units that were the leader's in it.
    /// Nothing without a unit, and nothing as long as one of them has no score: what is missing is
    /// no zero, and leaving it out would be a reward.
    ///
    /// # Errors
    /// The sum is beyond what fits.
    pub fn line(&self, scores: &[Option<Ratio>]) -> Result<Option<Ratio>, TooLarge> {
        let scores: Option<Vec<Ratio>> = scores.iter().copied().collect();
        let scores = scores.unwrap_or_default();
        match self.share {
            Share::Mean => mean(&scores),
            Share::Least => Ok(scores.into_iter().min()),
        }
    }

    /// Visits that are still to be made in a month; none without a unit, and none outside of the
    /// season.
    #[must_use]
    pub fn owed(
        &self,
        bound: &[Bound],
        visits: &BTreeMap<Period, u32>,
        (season, period): (SeasonMonths, Period),
    ) -> u32 {
        let is_bound = bound.iter().any(|bound| bound.is_of(period));
        let is_asked = is_bound && season.contains(period);
        let made = visits.get(&period).copied().unwrap_or_default();
        match is_asked {
            true => self.visits.saturating_sub(made),
            false => 0,
        }
    }

    /// Months of the season that are over and in which visits were missing, the earliest first.
    #[must_use]
    pub fn missed(
        &self,
        bound: &[Bound],
        visits: &BTreeMap<Period, u32>,
        (season, current): (SeasonMonths, Period),
    ) -> Vec<Period> {
        let over = season.span().months();
        let over = over.take_while(|period| *period < current);
        over.filter(|period| 0 < self.owed(bound, visits, (season, *period)))
            .collect()
    }

    /// What is wrong with it: the key below `leaders`, and a code.
    pub(super) fn faults(self) -> Option<(&'static str, &'static str)> {
        (VISITS_MAX < self.visits).then_some(("visits", "out_of_range"))
    }
}
