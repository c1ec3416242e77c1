//! The table of teams (队伍, ES-6): who a unit's place on the red list is credited to in a season. A
//! row adds somebody, changes what they are there, or takes them out.

use super::cells::{read, yes_or_no};
use super::columns::{Column, TableKind};
use super::existing::Existing;
use super::file::Row;
use super::plan::{Counts, Plan, is_filled, season, unit_code};
use std::collections::{BTreeMap, BTreeSet};

const KIND: TableKind = TableKind::Teams;
/// Characters of a name and of a post, and members of a team: a poster has a line for them.
const NAME_MAX: usize = 20;
const TEAM_MAX: usize = 20;

/// A season, and the code of a unit.
type Team = (String, String);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedMember {
    pub season: String,
    /// The code of the unit.
    pub unit: String,
    pub name: String,
    pub post: String,
}

/// Checks the rows and plans who comes, changes and goes.
pub fn teams(plan: &mut Plan, after: &mut Existing, rows: &[Row]) -> Counts {
    let mut counts = Counts::default();
    let mut seen = BTreeSet::new();
    let mut rows_of: BTreeMap<Team, &Row> = BTreeMap::new();
    for row in rows {
        if !is_filled(plan, KIND, row, KIND.required()) {
            continue;
        }
        let is_removed = read(plan, (KIND, row), Column::Remove, yes_or_no);
        let (Some(member), Some(is_removed)) = (member(plan, after, row), is_removed) else {
            continue;
        };
        let key = (
            member.season.clone(),
            member.unit.clone(),
            member.name.clone(),
        );
        let known = after.teams.get(&key).cloned();
        if !seen.insert(key.clone()) {
            plan.problems
                .push(row.problem(KIND, Column::Name, "member_twice"));
        } else if is_removed && known.is_none() {
            plan.problems
                .push(row.problem(KIND, Column::Name, "no_such_member"));
        } else if is_removed {
            after.teams.remove(&key);
            counts.changed += 1;
            plan.removed_members.push(member);
        } else {
            after.teams.insert(key, member.post.clone());
            rows_of.insert((member.season.clone(), member.unit.clone()), row);
            if counts.count(known.as_ref(), &member.post) {
                plan.members.push(member);
            }
        }
    }
    // Counted when all rows were read: whoever leaves may stand below whoever comes.
    for (team, row) in rows_of {
        if TEAM_MAX < size(after, &team) {
            plan.problems
                .push(row.problem(KIND, Column::Unit, "team_too_large"));
        }
    }
    counts
}

fn member(plan: &mut Plan, after: &mut Existing, row: &Row) -> Option<PlannedMember> {
    let unit = unit_code(plan, after, KIND, row, Column::Unit);
    let season = season(plan, after, KIND, row);
    let unit = unit?;
    if !after.groups.contains_key(&(season.clone(), unit.clone())) {
        plan.problems
            .push(row.problem(KIND, Column::Unit, "not_in_season"));
        return None;
    }
    for column in [Column::Name, Column::Post] {
        if NAME_MAX < row.get(column).chars().count() {
            plan.problems.push(row.problem(KIND, column, "too_long"));
            return None;
        }
    }
    Some(PlannedMember {
        season,
        unit,
        name: row.get(Column::Name).to_owned(),
        post: row.get(Column::Post).to_owned(),
    })
}

fn size(after: &Existing, (season, unit): &Team) -> usize {
    let members = after.teams.keys();
    let of_team = members.filter(|(of, at, _)| (of, at) == (season, unit));
    of_team.count()
}
