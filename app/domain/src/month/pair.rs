//! Pairs (对子, GY-2): edges of a group. A unit with two rivals counts in both.

use crate::ratio::Ratio;
use serde::{Deserialize, Serialize};

/// How a pair stands in one month, seen from its first unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duel {
    Win,
    Draw,
    Lose,
    /// One of the two has no score.
    Open,
}

impl Duel {
    #[must_use]
    pub fn of(own: Option<Ratio>, rival: Option<Ratio>) -> Self {
        match (own, rival) {
            (Some(own), Some(rival)) if rival < own => Self::Win,
            (Some(own), Some(rival)) if own < rival => Self::Lose,
            (Some(_), Some(_)) => Self::Draw,
            _ => Self::Open,
        }
    }

    /// The same from the other side.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Win => Self::Lose,
            Self::Lose => Self::Win,
            same => same,
        }
    }
}
