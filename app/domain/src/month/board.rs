//! Red and black list (红黑榜, ES-4, P6). Red is filled from the top, black from the bottom out of
//! what is left with a deduction on record; nobody has to be last. A charter fills them up to a
//! quota, by a threshold, or by both. Both lists together take at most half of the units.

use super::charter::BoardRule;
use crate::number::Decimal;
use crate::ratio::Ratio;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

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
