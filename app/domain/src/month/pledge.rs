//! 军令状: what a unit signed to reach by a month, held against the posted figures (GY-12).

use super::cadence::Span;
use super::indicator::Better;
use super::period::Period;
use crate::number::Decimal;
use serde::{Deserialize, Serialize};

/// What a unit signed for: a figure of at least (or at most) so much in its last month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub better: Better,
    pub value: Decimal,
    pub due: Period,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PledgeState {
    /// Its last month is not posted.
    Open,
    /// 已兑现.
    Kept,
    /// 未兑现.
    Broken,
    /// Its last month was posted without the figure, which is no zero.
    Unknown,
}

impl Target {
    /// From the month in which it was signed: the ends of quarters up to the last month, and that
    /// month.
    #[must_use]
    pub fn checkpoints(self, signed: Period) -> Vec<Period> {
        let months = Span::of_months(signed, self.due).months();
        months
            .filter(|period| period.ends_a_quarter() || *period == self.due)
            .collect()
    }

    #[must_use]
    pub fn is_met_by(self, value: Decimal) -> bool {
        match self.better {
            Better::Higher => self.value <= value,
            Better::Lower => value <= self.value,
        }
    }

    /// `posted` is what its last month says: `None` as long as it is not posted, and nothing inside
    /// where it has no figure.
    #[must_use]
    pub fn state(self, posted: Option<Option<Decimal>>) -> PledgeState {
        match posted {
            None => PledgeState::Open,
            Some(None) => PledgeState::Unknown,
            Some(Some(value)) if self.is_met_by(value) => PledgeState::Kept,
            Some(Some(_)) => PledgeState::Broken,
        }
    }
}
