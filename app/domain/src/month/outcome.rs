//! What a half-year or a year proposes by its figures (XY-11): so many of the first or of the last
//! of each group, and what may be done about them. A proposal to the organiser, and never more:
//! nothing follows from it by itself.

use super::cadence::{CadenceRule, Every};
use super::charter::{QUOTA_MAX, Side};
use super::ranking::{first, half, last};
use crate::ratio::Ratio;
use serde::{Deserialize, Serialize};

/// Characters of what may be done.
pub const ACTION_MAX: usize = 60;

/// One row of the charter's `outcomes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutcomeRule {
    /// Which assessments propose it.
    pub every: Every,
    pub side: Side,
    /// At most so many of each group.
    pub count: u32,
    /// 通报表扬, 提请组织部门研判 …
    pub action: String,
}

/// Which units of a group it proposes, by their means. At the edge as with flags: equal ones are
/// all in among the first and all out among the last, and either side takes at most half of those
/// that have a mean.
#[must_use]
pub fn proposed(rule: &OutcomeRule, means: &[Option<Ratio>]) -> Vec<bool> {
    let count = rule.count.min(half(means));
    match rule.side {
        Side::Top => first(means, count),
        Side::Bottom => last(means, count),
    }
}

/// What is wrong with the rows: the key below `outcomes`, and a code.
pub(super) fn faults(
    rules: &[OutcomeRule],
    cadence: &[CadenceRule],
) -> Vec<(String, &'static str)> {
    let mut faults = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        let mut others = rules.iter().take(at);
        let same = |other: &OutcomeRule| {
            (other.every, other.side, &other.action) == (rule.every, rule.side, &rule.action)
        };
        let code = match rule.action.chars().count() {
            0 => Some("empty"),
            count if ACTION_MAX < count => Some("too_long"),
            _ if others.any(same) => Some("twice"),
            _ => None,
        };
        faults.extend(code.map(|code| (format!("[{at}].action"), code)));
        if rule.count == 0 || QUOTA_MAX < rule.count {
            faults.push((format!("[{at}].count"), "out_of_range"));
        }
        let mut rows = cadence.iter();
        if !rows.any(|row| row.assesses() && row.every == rule.every) {
            faults.push((format!("[{at}].every"), "no_assessment"));
        }
    }
    faults
}
