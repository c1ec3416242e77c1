//! The ladder (GY-18, GY-19): what follows for a unit that stays behind. Only published months
//! count; one that was never published neither adds nor takes away. Everything here is a proposal:
//! nothing is sent without a person.

use super::charter::{Again, LadderRule};

/// A published month, as the ladder sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub behind: bool,
    /// Behind on a named item that is past its date.
    pub overdue: bool,
}

/// Published months behind in a row, up to and with the last one.
#[must_use]
pub fn in_a_row(steps: &[Step]) -> u32 {
    let behind = steps.iter().rev().take_while(|step| step.behind).count();
    u32::try_from(behind).unwrap_or(u32::MAX)
}

/// The rows of the ladder that are due after the last of these months, which are in their order.
/// Where a row for overdue items is due, it stands in for those of the same kind of document.
#[must_use]
pub fn due<'a>(rules: &'a [LadderRule], steps: &[Step]) -> Vec<&'a LadderRule> {
    let count = in_a_row(steps);
    let overdue = steps.last().is_some_and(|step| step.overdue);
    let is_due = |rule: &&LadderRule| {
        let is_reached = match rule.again {
            Again::AfterZero => rule.months == count,
            Again::EveryMonth => 0 < count && rule.months <= count,
        };
        is_reached && (overdue || !rule.overdue)
    };
    let due: Vec<&LadderRule> = rules.iter().filter(is_due).collect();
    let stands_in = |rule: &LadderRule| {
        let mut others = due.iter();
        others.any(|other| other.overdue && !rule.overdue && other.document == rule.document)
    };
    due.iter()
        .copied()
        .filter(|rule| !stands_in(rule))
        .collect()
}
