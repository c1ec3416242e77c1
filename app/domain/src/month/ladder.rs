//! The ladder (GY-18, GY-19): what follows for a unit that stays behind. Only published months
//! count; one that was never published neither adds nor takes away. Everything here is a proposal:
//! nothing is sent without a person.

use super::charter::{Again, Colour, Document, LadderRule};
use serde::{Deserialize, Serialize};

/// Ladders that ship with the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LadderPreset {
    /// 灌云: 提醒单, 督办单, 约谈 (GY-18, GY-19).
    #[default]
    Guanyun,
    /// Three-colour slips (P8, P9): blue for the first month behind, orange for the second, red
    /// from the third on; a named item past its date is one colour further. The fifth month in
    /// a row is a talk: it is that of the third red one (P11), or the one after where a named item
    /// made the second month red.
    ThreeColours,
}

impl LadderPreset {
    pub const ALL: [Self; 2] = [Self::Guanyun, Self::ThreeColours];

    /// Its rows, for a charter.
    #[must_use]
    pub fn rows(self) -> Vec<LadderRule> {
        use Again::{AfterZero, EveryMonth};
        use Document::{Slip, Talk};
        let row = |name: &str, document, months, overdue, again, colour| LadderRule {
            name: name.to_owned(),
            document,
            months,
            overdue,
            again,
            colour,
        };
        let (blue, orange, red) = (Some(Colour::Blue), Some(Colour::Orange), Some(Colour::Red));
        match self {
            Self::Guanyun => vec![
                row("提醒单", Slip, 1, false, EveryMonth, None),
                row("督办单", Slip, 1, true, EveryMonth, None),
                row("约谈", Talk, 2, false, AfterZero, None),
            ],
            Self::ThreeColours => vec![
                row("蓝色督查单", Slip, 1, false, AfterZero, blue),
                row("橙色督查单", Slip, 2, false, AfterZero, orange),
                row("橙色督查单", Slip, 1, true, AfterZero, orange),
                row("红色督查单", Slip, 3, false, EveryMonth, red),
                row("红色督查单", Slip, 2, true, EveryMonth, red),
                row("约谈", Talk, 5, false, AfterZero, None),
            ],
        }
    }
}

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
