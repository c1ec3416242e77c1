//! Red and black list (红黑榜, ES-4, P6). Red is filled from the top, black from the bottom out of
//! what is left with a deduction on record; nobody has to be last. A charter fills them up to a
//! quota, by a threshold, or by both. Both lists together take at most half of the units.

use super::charter::QUOTA_MAX;
use crate::number::Decimal;
use crate::ratio::Ratio;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Among whom a list is drawn up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All units of the season.
    #[default]
    Season,
    /// Each group for itself, such as the villages of one township (ES-1, P6).
    Group,
}

impl Scope {
    fn is_season(&self) -> bool {
        *self == Self::Season
    }
}

/// Red and black list (ES-4, P6): how many units of its scope at most, and from which points on. A
/// list has a quota, a threshold, or both; one without either is a fault. Whatever stands here, red
/// wants a net of zero or more, and black a deduction on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardRule {
    #[serde(default, skip_serializing_if = "Scope::is_season")]
    pub scope: Scope,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub red: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub black: Option<u32>,
    /// Net points of the month at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub red_net_from: Option<Decimal>,
    /// Net points at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub black_net_to: Option<Decimal>,
    /// Points that were deducted at least, as a positive number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub black_deducted_from: Option<Decimal>,
}

impl Default for BoardRule {
    /// P6.
    fn default() -> Self {
        Self {
            scope: Scope::Season,
            red: Some(10),
            black: Some(5),
            red_net_from: None,
            black_net_to: None,
            black_deducted_from: None,
        }
    }
}

impl BoardRule {
    /// What is wrong with it: the key below `board`, and a code.
    pub(super) fn faults(self) -> Vec<(&'static str, &'static str)> {
        let mut faults = Vec::new();
        let has_red = self.red.is_some() || self.red_net_from.is_some();
        let deducted = self.black_deducted_from;
        let has_black = self.black.is_some() || self.black_net_to.is_some() || deducted.is_some();
        for (key, has_rule, quota) in [("red", has_red, self.red), ("black", has_black, self.black)]
        {
            if !has_rule {
                faults.push((key, "empty"));
            }
            if quota.is_some_and(|quota| QUOTA_MAX < quota) {
                faults.push((key, "too_large"));
            }
        }
        if self.red_net_from.is_some_and(Decimal::is_negative) {
            faults.push(("red_net_from", "negative"));
        }
        if deducted.is_some_and(|least| least <= Decimal::ZERO) {
            faults.push(("black_deducted_from", "out_of_range"));
        }
        faults
    }
}

/// One unit as the lists see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Net merit points of the month.
    pub net: Ratio,
    /// Whether anything was recorded for it, good or bad.
    pub has_record: bool,
    /// What was deducted, as a positive number; nothing where no deduction is on record.
    pub deducted: Ratio,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    Red,
    Black,
}

/// What is said under the lists, in a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoardNote {
    /// The quotas were cut to half of the units.
    QuotaCut,
    /// So many were equal at the edge of red that they would have been more than half.
    TooManyEqual,
    /// Each group has lists of its own (ES-1, P6).
    ByGroup,
}

/// The two lists, one place for each candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    pub listed: Vec<Option<Listed>>,
    pub notes: Vec<BoardNote>,
}

/// Draws up both lists.
#[must_use]
pub fn draw_up(candidates: &[Candidate], rule: BoardRule) -> Board {
    let half = size(candidates.len() / 2);
    let asked = quotas(candidates, rule);
    let (red, black) = cut(asked, half);
    let mut board = Board {
        listed: vec![None; candidates.len()],
        notes: Vec::new(),
    };
    if (red, black) != asked {
        board.notes.push(BoardNote::QuotaCut);
    }
    let may_be_red = |one: &&Candidate| one.may_be_red(rule);
    let mut nets: Vec<Ratio> = candidates
        .iter()
        .filter(may_be_red)
        .map(|one| one.net)
        .collect();
    nets.sort_unstable_by(|a, b| b.cmp(a));
    if let Some(edge) = edge(&nets, red, half, &mut board.notes) {
        for (one, listed) in candidates.iter().zip(&mut board.listed) {
            if may_be_red(&one) && edge <= one.net {
                *listed = Some(Listed::Red);
            }
        }
    }
    let reds = size(board.listed.iter().flatten().count());
    let black = black.min(half.saturating_sub(reds));
    blacken(candidates, rule, black, &mut board.listed);
    board
}

impl Candidate {
    /// Red wants a record and no net minus, whatever the charter's threshold is.
    fn may_be_red(&self, rule: BoardRule) -> bool {
        let reaches = |least: Decimal| least.ratio() <= self.net;
        self.has_record && Ratio::ZERO <= self.net && rule.red_net_from.is_none_or(reaches)
    }

    /// Black wants a deduction on record, whatever the charter's thresholds are.
    fn may_be_black(&self, rule: BoardRule) -> bool {
        let falls_to = |most: Decimal| self.net <= most.ratio();
        let reaches = |least: Decimal| least.ratio() <= self.deducted;
        Ratio::ZERO < self.deducted
            && rule.black_net_to.is_none_or(falls_to)
            && rule.black_deducted_from.is_none_or(reaches)
    }
}

/// The list of a spot (P7): one place that somebody who confirmed its record flagged, because the
/// record stands out. Red for what was added, black for what was deducted; no points are no spot.
#[must_use]
pub fn spot(points: Decimal) -> Option<Listed> {
    match points.cmp(&Decimal::ZERO) {
        Ordering::Greater => Some(Listed::Red),
        Ordering::Less => Some(Listed::Black),
        Ordering::Equal => None,
    }
}

/// How many of each list are asked for: the charter's quota, or whoever its threshold takes in.
fn quotas(candidates: &[Candidate], rule: BoardRule) -> (u32, u32) {
    let red = |one: &&Candidate| one.may_be_red(rule);
    // Without a quota whoever may be red is red, and leaves black to the others.
    let black =
        |one: &&Candidate| one.may_be_black(rule) && !(rule.red.is_none() && one.may_be_red(rule));
    let reds = || size(candidates.iter().filter(red).count());
    let blacks = || size(candidates.iter().filter(black).count());
    (
        rule.red.unwrap_or_else(reds),
        rule.black.unwrap_or_else(blacks),
    )
}

fn size(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Quotas that fit into half of the units: the larger one gives way.
fn cut((mut red, mut black): (u32, u32), half: u32) -> (u32, u32) {
    let over = (red.saturating_add(black)).saturating_sub(half);
    // First down to the smaller one, then both in turn.
    let level = over.min(red.abs_diff(black));
    if black < red {
        red -= level;
    } else {
        black -= level;
    }
    let rest = over - level;
    black = black.saturating_sub(rest.div_ceil(2));
    red = red.saturating_sub(rest / 2);
    (red, black)
}

/// The least points that are red: whoever is equal at the edge is in, unless that is too many.
fn edge(nets: &[Ratio], red: u32, half: u32, notes: &mut Vec<BoardNote>) -> Option<Ratio> {
    let count = nets.len().min(red as usize);
    let last = *nets.get(count.checked_sub(1)?)?;
    let equal = nets.iter().filter(|net| last <= **net).count();
    if equal <= half as usize {
        return Some(last);
    }
    notes.push(BoardNote::TooManyEqual);
    // Only those who are clearly ahead.
    nets.iter().rev().find(|net| last < **net).copied()
}

/// The last of those who are left and may be black; whoever is equal at the edge is out.
fn blacken(candidates: &[Candidate], rule: BoardRule, black: u32, listed: &mut [Option<Listed>]) {
    let left = candidates.iter().zip(listed.iter());
    let nets: Vec<Option<Ratio>> = left
        .map(|(one, listed)| {
            let is_left = listed.is_none() && one.may_be_black(rule);
            is_left.then_some(one.net)
        })
        .collect();
    for (is_black, listed) in super::ranking::last(&nets, black).into_iter().zip(listed) {
        if is_black {
            *listed = Some(Listed::Black);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_a_quota_or_a_threshold() {
        let two = "2".parse().expect("a number");
        let minus = "-2".parse().expect("a number");
        let none = BoardRule {
            red: None,
            black: None,
            ..BoardRule::default()
        };
        assert_eq!(none.faults(), [("red", "empty"), ("black", "empty")]);
        let thresholds = BoardRule {
            red_net_from: Some(two),
            black_net_to: Some(minus),
            ..none
        };
        assert_eq!(thresholds.faults(), []);
        let wrong = BoardRule {
            red: Some(QUOTA_MAX + 1),
            red_net_from: Some(minus),
            black_deducted_from: Some(minus),
            ..none
        };
        assert_eq!(
            wrong.faults(),
            [
                ("red", "too_large"),
                ("red_net_from", "negative"),
                ("black_deducted_from", "out_of_range"),
            ]
        );
    }

    #[test]
    fn a_rule_of_quotas_alone_is_written_as_it_always_was() {
        let rule = BoardRule::default();
        let text = serde_json::to_string(&rule).expect("JSON");
        assert_eq!(text, r#"{"red":10,"black":5}"#);
        assert_eq!(serde_json::from_str::<BoardRule>(&text).ok(), Some(rule));
    }
}
