//! The table of groups (组别, GY-1): a unit is ranked inside one group of a season. A row moves a
//! unit there, or takes it out.

use super::cells::{read, yes_or_no};
use super::columns::{Column, TableKind};
use super::existing::Existing;
use super::file::{Row, Table};
use super::plan::{Counts, Plan, PlannedGroup, is_filled, season, unit_code};
use app::backend::ImportProblem;
use std::collections::{BTreeMap, BTreeSet};

const KIND: TableKind = TableKind::Groups;

/// Checks the rows and plans who comes, moves and leaves.
pub fn groups(plan: &mut Plan, after: &mut Existing, rows: &[Row]) -> Counts {
    let mut counts = Counts::default();
    let mut seen = BTreeSet::new();
    for row in rows {
        if !is_filled(plan, KIND, row, KIND.required()) {
            continue;
        }
        let unit = unit_code(plan, after, KIND, row, Column::Unit);
        let is_removed = read(plan, (KIND, row), Column::Remove, yes_or_no);
        let (Some(unit), Some(is_removed)) = (unit, is_removed) else {
            continue;
        };
        let planned = PlannedGroup {
            season: season(plan, after, KIND, row),
            group: row.get(Column::Group).to_owned(),
            unit,
        };
        if !seen.insert((planned.season.clone(), planned.unit.clone())) {
            plan.problems
                .push(row.problem(KIND, Column::Unit, "unit_twice"));
        } else if is_removed {
            leave(plan, after, row, planned, &mut counts);
        } else {
            join(plan, after, row, planned, &mut counts);
        }
    }
    counts
}

fn join(
    plan: &mut Plan,
    after: &mut Existing,
    row: &Row,
    planned: PlannedGroup,
    counts: &mut Counts,
) {
    let key = (planned.season.clone(), planned.unit.clone());
    let before = after.groups.insert(key, planned.group.clone());
    if let Some(before) = before.as_ref().filter(|before| **before != planned.group) {
        let mut note = row.problem(KIND, Column::Group, "moves_group");
        let unit = row.get(Column::Unit);
        note.value = format!("{unit}：{before} → {}", planned.group);
        plan.notes.push(note);
    }
    if counts.count(before.as_ref(), &planned.group) {
        plan.groups.push(planned);
    }
}

/// What is taken away has to be there as the row names it.
fn leave(
    plan: &mut Plan,
    after: &mut Existing,
    row: &Row,
    planned: PlannedGroup,
    counts: &mut Counts,
) {
    let key = (planned.season.clone(), planned.unit.clone());
    if after.groups.get(&key) != Some(&planned.group) {
        plan.problems
            .push(row.problem(KIND, Column::Group, "not_in_group"));
        return;
    }
    after.groups.remove(&key);
    let mut note = row.problem(KIND, Column::Unit, "leaves_group");
    note.value = format!("{}：{}", row.get(Column::Unit), planned.group);
    plan.notes.push(note);
    counts.changed += 1;
    plan.removed_groups.push(planned);
}

/// What a group whose last unit moves or leaves must not take along: an indicator that is asked of
/// it would be asked of nobody, and nobody would see it missing. `before` is who was in which
/// group.
pub fn indicators_left_behind(
    plan: &mut Plan,
    after: &Existing,
    before: &BTreeMap<(String, String), String>,
    tables: &[&Table],
) {
    let rows = tables.iter().filter(|table| table.kind == KIND);
    for row in rows.flat_map(|table| &table.rows) {
        let (season, text) = (row.get(Column::Season), row.get(Column::Unit));
        let is_meant = |unit: &str| {
            let name = after.units.get(unit).map(|unit| unit.name.as_str());
            unit == text || name == Some(text)
        };
        let mut own = before.iter();
        let was = own.find(|((of, unit), _)| of == season && is_meant(unit));
        let Some((_, group)) = was.filter(|(_, group)| !after.has_group(season, group)) else {
            continue;
        };
        let indicators = after.indicators.values().filter(|one| one.season == season);
        let left = indicators.filter(|one| one.indicator.groups.contains(group));
        let problems = left.map(|one| ImportProblem {
            value: format!("{group} — {}", one.name),
            ..row.problem(KIND, Column::Group, "indicator_left_behind")
        });
        plan.problems.extend(problems);
    }
}

/// A unit that moves or leaves must not keep a pair outside its group.
pub fn pairs_left_behind(plan: &mut Plan, after: &Existing, tables: &[&Table]) {
    let rows = tables.iter().filter(|table| table.kind == KIND);
    for row in rows.flat_map(|table| &table.rows) {
        let season = row.get(Column::Season);
        let group = |unit: &str| after.groups.get(&(season.to_owned(), unit.to_owned()));
        let name = |unit: &str| {
            let unit = after.units.get(unit);
            unit.map_or(String::new(), |unit| unit.name.clone())
        };
        let text = row.get(Column::Unit);
        let is_meant = |unit: &str| unit == text || name(unit) == text;
        let mut problems = Vec::new();
        for (_, a, b) in after.pairs.iter().filter(|(of, ..)| of == season) {
            let is_apart = group(a).is_none() || group(a) != group(b);
            if is_apart && (is_meant(a) || is_meant(b)) {
                let mut problem = row.problem(KIND, Column::Unit, "pair_left_behind");
                problem.value = format!("{} — {}", name(a), name(b));
                problems.push(problem);
            }
        }
        plan.problems.extend(problems);
    }
}
