//! Places. Invariant: entries that are equal after the whole ladder share a place, and an entry
//! without a score has none (domain rules 2.1 Ties).

use super::outcome::{EntryScore, Standing};
use crate::charter::{Charter, RankStyle, TieOn, TieStep};
use crate::ratio::Ratio;
use std::cmp::Ordering;

/// Places all entries: ranked ones first, then the others, equal places in the given order.
#[must_use]
pub fn rank(charter: &Charter, scores: &[EntryScore]) -> Vec<Standing> {
    let mut placed: Vec<(Ratio, usize)> = Vec::with_capacity(scores.len());
    let mut unplaced: Vec<Standing> = Vec::new();
    for (index, score) in scores.iter().enumerate() {
        match compared(charter, score) {
            Some(value) => placed.push((value, index)),
            None => unplaced.push(standing(score, None)),
        }
    }
    placed.sort_by_key(|(value, _)| std::cmp::Reverse(*value));
    let mut standings = Vec::with_capacity(scores.len());
    let mut groups_before: u32 = 0;
    for equal in placed.chunk_by(|left, right| left.0 == right.0) {
        for group in climb(charter, scores, equal) {
            let before = match charter.rank_style() {
                RankStyle::Standard => u32::try_from(standings.len()).unwrap_or(u32::MAX),
                RankStyle::Dense => groups_before,
            };
            groups_before += 1;
            let rank = Some(before.saturating_add(1));
            place(charter, scores, &group, rank, &mut standings);
        }
    }
    standings.append(&mut unplaced);
    standings
}

/// Entries that are still equal, and the steps that set them apart from the others.
struct Group {
    members: Vec<usize>,
    steps: Vec<TieStep>,
}

fn compared(charter: &Charter, score: &EntryScore) -> Option<Ratio> {
    match charter.tie_on() {
        TieOn::Rounded => score.score,
        TieOn::Exact => score.exact,
    }
}

/// Splits equal entries step by step, each step inside the still equal groups only.
fn climb(charter: &Charter, scores: &[EntryScore], equal: &[(Ratio, usize)]) -> Vec<Group> {
    let members = equal.iter().map(|(_, index)| *index).collect();
    let mut groups = vec![Group {
        members,
        steps: Vec::new(),
    }];
    for (position, step) in charter.ties().iter().enumerate() {
        if groups.iter().all(|group| group.members.len() == 1) {
            break;
        }
        groups = groups
            .into_iter()
            .flat_map(|group| split(scores, group, position, *step))
            .collect();
    }
    groups
}

fn split(scores: &[EntryScore], group: Group, position: usize, step: TieStep) -> Vec<Group> {
    let value = |index: &usize| scores[*index].tie_values.get(position).copied().flatten();
    let values: Option<Vec<(Ratio, usize)>> = group
        .members
        .iter()
        .map(|index| Some((value(index)?, *index)))
        .collect();
    // Missing is not zero: where one entry has no value for the step, it decides nothing.
    let Some(mut values) = values.filter(|values| values.len() > 1) else {
        return vec![group];
    };
    values.sort_by(|left, right| better_first(step, left.0, right.0));
    let parts: Vec<_> = values.chunk_by(|left, right| left.0 == right.0).collect();
    if parts.len() == 1 {
        return vec![group];
    }
    let mut steps = group.steps;
    steps.push(step);
    let members = |part: &[(Ratio, usize)]| part.iter().map(|(_, index)| *index).collect();
    parts
        .into_iter()
        .map(|part| Group {
            members: members(part),
            steps: steps.clone(),
        })
        .collect()
}

fn better_first(step: TieStep, left: Ratio, right: Ratio) -> Ordering {
    match step {
        TieStep::FewerDeductions => left.cmp(&right),
        _ => right.cmp(&left),
    }
}

fn place(
    charter: &Charter,
    scores: &[EntryScore],
    group: &Group,
    rank: Option<u32>,
    standings: &mut Vec<Standing>,
) {
    let shared = group.members.len() > 1;
    let run_off_needed = shared && charter.ties().contains(&TieStep::RunOff);
    let mut ties = group.steps.clone();
    if shared {
        ties.push(if run_off_needed {
            TieStep::RunOff
        } else {
            TieStep::Shared
        });
    }
    for index in &group.members {
        let placed = standing(&scores[*index], rank);
        standings.push(Standing {
            ties: ties.clone(),
            run_off_needed,
            ..placed
        });
    }
}

fn standing(score: &EntryScore, rank: Option<u32>) -> Standing {
    Standing {
        entry: score.entry,
        rank,
        ties: Vec::new(),
        run_off_needed: false,
    }
}
