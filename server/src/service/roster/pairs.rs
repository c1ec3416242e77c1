//! The table of pairs (对子, GY-2): edges between two units of one group. A unit may have several
//! rivals; an edge has no direction.

use super::cells::{read, yes_or_no};
use super::columns::{Column, TableKind};
use super::existing::Existing;
use super::file::Row;
use super::plan::{Counts, Plan, is_filled, season, unit_code};
use std::collections::BTreeSet;

const KIND: TableKind = TableKind::Pairs;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPair {
    pub season: String,
    /// The code of the unit.
    pub unit: String,
    /// The code of the other one.
    pub rival: String,
}

/// Checks the rows and plans the pairs that they add and take away.
pub fn pairs(plan: &mut Plan, after: &mut Existing, rows: &[Row]) -> Counts {
    let mut counts = Counts::default();
    let mut seen = BTreeSet::new();
    for row in rows {
        if !is_filled(plan, KIND, row, KIND.required()) {
            continue;
        }
        let is_removed = read(plan, (KIND, row), Column::Remove, yes_or_no);
        if is_removed == Some(true) {
            remove(plan, after, row, &mut counts);
            continue;
        }
        let Some(pair) = pair(plan, after, row).filter(|_| is_removed.is_some()) else {
            continue;
        };
        let there = (pair.season.clone(), pair.unit.clone(), pair.rival.clone());
        let back = (pair.season.clone(), pair.rival.clone(), pair.unit.clone());
        if seen.contains(&back) || !seen.insert(there.clone()) {
            plan.problems
                .push(row.problem(KIND, Column::Rival, "pair_twice"));
            continue;
        }
        let is_known = after.pairs.contains(&there) || after.pairs.contains(&back);
        if counts.count(is_known.then_some(&()), &()) {
            after.pairs.insert(there);
            plan.pairs.push(pair);
        }
    }
    counts
}

/// Takes a pair away, in whichever direction it was entered. Its units may have left their group.
fn remove(plan: &mut Plan, after: &mut Existing, row: &Row, counts: &mut Counts) {
    let unit = unit_code(plan, after, KIND, row, Column::Unit);
    let rival = unit_code(plan, after, KIND, row, Column::Rival);
    let (Some(unit), Some(rival)) = (unit, rival) else {
        return;
    };
    let season = season(plan, after, KIND, row);
    let there = (season.clone(), unit.clone(), rival.clone());
    let back = (season.clone(), rival.clone(), unit.clone());
    if !after.pairs.remove(&there) && !after.pairs.remove(&back) {
        plan.problems
            .push(row.problem(KIND, Column::Rival, "no_such_pair"));
        return;
    }
    let mut note = row.problem(KIND, Column::Rival, "pair_removed");
    note.value = format!("{} — {}", row.get(Column::Unit), row.get(Column::Rival));
    plan.notes.push(note);
    counts.changed += 1;
    plan.removed_pairs.push(PlannedPair {
        season,
        unit,
        rival,
    });
}

fn pair(plan: &mut Plan, after: &mut Existing, row: &Row) -> Option<PlannedPair> {
    let unit = unit_code(plan, after, KIND, row, Column::Unit);
    let rival = unit_code(plan, after, KIND, row, Column::Rival);
    let pair = PlannedPair {
        season: season(plan, after, KIND, row),
        unit: unit?,
        rival: rival?,
    };
    let problem = problem(after, &pair);
    if let Some((column, code)) = problem {
        plan.problems.push(row.problem(KIND, column, code));
        return None;
    }
    Some(pair)
}

/// What is wrong with a pair, and in which column.
fn problem(after: &Existing, pair: &PlannedPair) -> Option<(Column, &'static str)> {
    if pair.unit == pair.rival {
        return Some((Column::Rival, "pair_with_itself"));
    }
    let group = |unit: &String| after.groups.get(&(pair.season.clone(), unit.clone()));
    match (group(&pair.unit), group(&pair.rival)) {
        (None, _) => Some((Column::Unit, "not_in_season")),
        (_, None) => Some((Column::Rival, "not_in_season")),
        (Some(group), Some(other)) if group != other => Some((Column::Rival, "not_in_one_group")),
        _ => None,
    }
}
