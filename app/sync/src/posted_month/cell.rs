//! One figure of a posted month.

use super::{PostedIndicator, is_zero};
use domain::month::indicator::Against;
use serde::{Deserialize, Serialize};

/// A figure and what became of it: the trace of its points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedCell {
    pub value: Option<String>,
    pub target: Option<String>,
    /// The contest's own target above the other (GY-4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised: Option<String>,
    /// Value against target, in percent with one decimal.
    pub completion: Option<String>,
    /// The same against the raised target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised_completion: Option<String>,
    /// What was to be reached by the end of the quarter (季度目标, ZR-5); it scores nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<String>,
    /// The same against the checkpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint_completion: Option<String>,
    /// 超序时 in percentage points with one decimal; negative is behind.
    pub pace: Option<String>,
    pub met: Option<bool>,
    pub rank: Option<u32>,
    /// Places won (positive) or lost since the last posted month in which it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<i64>,
    /// Published months as the first in a row, this one among them (XY-14).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub first_in_a_row: u32,
    /// The value of this month of the year before (去年同期).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_year: Option<String>,
    /// 同比 in percent with one decimal; not of what is measured in percent itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub growth: Option<String>,
    /// With two decimals.
    pub points: Option<String>,
}

impl PostedCell {
    /// The completion that scores.
    #[must_use]
    pub fn scored(&self, indicator: &PostedIndicator) -> Option<&str> {
        let completion = match indicator.against {
            Against::Base => &self.completion,
            Against::Raised => &self.raised_completion,
        };
        completion.as_deref()
    }

    /// The value of the year before, and the growth since; nothing while its own is missing.
    #[must_use]
    pub fn in_year(&self) -> Option<(&str, Option<&str>)> {
        let last_year = self.last_year.as_deref().filter(|_| self.value.is_some())?;
        Some((last_year, self.growth.as_deref()))
    }
}
