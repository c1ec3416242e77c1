//! The ladder (GY-18, GY-19): what follows for a unit that stays behind. Only published months
//! count; one that was never published neither adds nor takes away. Everything here is a proposal:
//! nothing is sent without a person.

use super::charter::{Again, Colour, Document, LadderRule};
use super::period::Period;
use serde::{Deserialize, Serialize};

/// What a row counts the published months of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The unit is behind: among the last of its group, or below the line.
    #[default]
    Behind,
    /// A named item is due in the month that follows, and is neither met nor behind time (P9).
    NearlyDue,
    /// A figure is behind time (序时), and not past due (P9).
    BehindTime,
    /// A named item is past due and not met, wherever the unit stands (P9, P10).
    PastDue,
    /// The ladder comes to a red slip (P11).
    Red,
}

impl Ground {
    /// What is not said of a row that was written before there were others.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        *self == Self::Behind
    }

    /// What one figure of a month gives ground for: at most one thing, the gravest.
    #[must_use]
    pub fn of_figure(period: Period, figure: Timing) -> Option<Self> {
        let is_missed = figure.met == Some(false);
        match figure.due {
            Some(due) if due <= period && is_missed => Some(Self::PastDue),
            _ if figure.is_behind_time => Some(Self::BehindTime),
            Some(due) if Some(due) == period.next() && is_missed => Some(Self::NearlyDue),
            _ => None,
        }
    }
}

/// How a figure stands against its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// The month of a named item.
    pub due: Option<Period>,
    pub met: Option<bool>,
    /// By 序时 it is less than the part of the year that is over.
    pub is_behind_time: bool,
}

/// Ladders that ship with the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LadderPreset {
    /// 灌云: 提醒单, 督办单, 约谈 (GY-18, GY-19).
    #[default]
    Guanyun,
    /// 三明's slips (P8): blue for the first month behind, orange for the second, red from the
    /// third on; a named item past its date is one colour further. A third red one in a row is a
    /// talk (P11).
    ThreeColours,
    /// 宿迁产发 (P9): blue for a named item that is nearly due, yellow for what is behind time, red
    /// for what is past due, in each month in which it is so.
    Suqian,
    /// 西安 (P10): a slip for what is past due.
    Xian,
    /// 隆昌 (P11): a red card for each month behind, and a talk with the third in a row.
    Longchang,
}

impl LadderPreset {
    pub const ALL: [Self; 5] = [
        Self::Guanyun,
        Self::ThreeColours,
        Self::Suqian,
        Self::Xian,
        Self::Longchang,
    ];

    /// Its rows, for a charter.
    #[must_use]
    pub fn rows(self) -> Vec<LadderRule> {
        use Again::{AfterZero, EveryMonth};
        use Document::{Slip, Talk};
        let row = |name: &str, document, months, overdue, again, colour| LadderRule {
            name: name.to_owned(),
            document,
            ground: Ground::Behind,
            months,
            overdue,
            again,
            colour,
        };
        let of_item = |name: &str, ground, colour| LadderRule {
            ground,
            ..row(name, Slip, 1, false, EveryMonth, colour)
        };
        let of_reds = |name: &str| LadderRule {
            ground: Ground::Red,
            ..row(name, Talk, 3, false, AfterZero, None)
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
                of_reds("约谈"),
            ],
            Self::Suqian => vec![
                of_item("蓝色督办单", Ground::NearlyDue, blue),
                of_item("黄色督办单", Ground::BehindTime, Some(Colour::Yellow)),
                of_item("红色督办单", Ground::PastDue, red),
            ],
            Self::Xian => vec![of_item("督办单", Ground::PastDue, red)],
            Self::Longchang => vec![
                row("红牌", Slip, 1, false, EveryMonth, red),
                of_reds("约谈"),
            ],
        }
    }
}

/// What is wrong with the rows: the key below `ladder`, and a code.
#[must_use]
pub(super) fn faults(rules: &[LadderRule]) -> Vec<(String, &'static str)> {
    let mut faults = Vec::new();
    let has_red = rules.iter().any(is_red);
    for (at, row) in rules.iter().enumerate() {
        if row.months == 0 {
            faults.push((format!("[{at}].months"), "out_of_range"));
        }
        if row.ground == Ground::Red && !has_red {
            faults.push((format!("[{at}].ground"), "no_red_slip"));
        }
    }
    faults
}

/// A published month, as the ladder sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    pub behind: bool,
    /// A named item is past its date.
    pub overdue: bool,
    pub nearly_due: bool,
    pub behind_time: bool,
    /// A figure was missing, so the unit had no place. What is known of its other figures holds.
    pub missing: bool,
}

/// Published months behind in a row, up to and with the last one.
#[must_use]
pub fn in_a_row(steps: &[Step]) -> u32 {
    let placed = steps.iter().rev().filter(|step| !step.missing);
    counted(placed.take_while(|step| step.behind))
}

fn counted<T>(months: impl Iterator<Item = T>) -> u32 {
    u32::try_from(months.count()).unwrap_or(u32::MAX)
}

/// The rows of the ladder that are due after the last of these months, which are in their order.
/// Where a row for overdue items is due, it stands in for those of the same kind of document.
#[must_use]
pub fn due<'a>(rules: &'a [LadderRule], steps: &[Step]) -> Vec<&'a LadderRule> {
    among(rules, steps, &|_| true)
}

/// The same of some of the rows.
fn among<'a>(
    rules: &'a [LadderRule],
    steps: &[Step],
    is_one: &dyn Fn(&LadderRule) -> bool,
) -> Vec<&'a LadderRule> {
    let overdue = steps.last().is_some_and(|step| step.overdue);
    let is_due = |rule: &&LadderRule| {
        let count = months(rules, steps, rule.ground);
        let is_reached = match rule.again {
            Again::AfterZero => rule.months == count,
            Again::EveryMonth => 0 < count && rule.months <= count,
        };
        is_reached && (overdue || !rule.overdue)
    };
    let rows = rules.iter().filter(|rule| is_one(rule));
    let due: Vec<&LadderRule> = rows.filter(is_due).collect();
    let stands_in = |rule: &LadderRule| {
        let of_kind =
            |other: &&&LadderRule| other.document == rule.document && other.ground == rule.ground;
        let mut others = due.iter().filter(of_kind);
        others.any(|other| other.overdue && !rule.overdue)
    };
    due.iter()
        .copied()
        .filter(|rule| !stands_in(rule))
        .collect()
}

/// In how many months in a row, up to and with the last one, there was this ground.
fn months(rules: &[LadderRule], steps: &[Step], ground: Ground) -> u32 {
    let of_steps =
        |holds: fn(&Step) -> bool| row(steps.iter().copied(), holds, |step| step.missing);
    match ground {
        Ground::Behind => of_steps(|step| step.behind),
        Ground::NearlyDue => of_steps(|step| step.nearly_due),
        Ground::BehindTime => of_steps(|step| step.behind_time),
        Ground::PastDue => of_steps(|step| step.overdue),
        Ground::Red => {
            let until = (1..=steps.len()).filter_map(|count| steps.get(..count));
            // Rows that count red ones make no month red themselves.
            let is_red = |steps: &&[Step]| {
                let rows = among(rules, steps, &|rule| rule.ground != Ground::Red);
                rows.into_iter().any(is_red)
            };
            row(until, is_red, |steps| {
                steps.last().is_some_and(|step| step.missing)
            })
        }
    }
}

/// How many of these months hold in a row, up to and with the last one. A month in which a figure
/// was missing ends no row, since the missing one may be what it would hold by.
fn row<T>(
    months: impl DoubleEndedIterator<Item = T>,
    holds: impl Fn(&T) -> bool,
    is_missing: impl Fn(&T) -> bool,
) -> u32 {
    let mut latest = months.rev().peekable();
    if !latest.peek().is_some_and(&holds) {
        return 0;
    }
    let told = latest.filter(|month| holds(month) || !is_missing(month));
    counted(told.take_while(|month| holds(month)))
}

fn is_red(rule: &LadderRule) -> bool {
    rule.ground != Ground::Red && rule.colour == Some(Colour::Red)
}
