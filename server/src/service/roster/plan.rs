//! What a roster file would change, checked row by row against the roster that is there. Pure: the
//! roster comes in, a plan and every problem come out. A code is the identity of a unit or person;
//! a name is never guessed at, so equal names are listed for a person to settle.

use super::columns::{Column, TableKind};
use super::existing::{Existing, Seat};
use super::figures::{PlannedFigure, figures};
use super::file::{PROBLEMS_MAX, ROWS_MAX, Row, Table};
use super::groups::{groups, indicators_left_behind, pairs_left_behind};
use super::indicators::{PlannedIndicator, indicators};
use super::level::Level;
use super::near::{like, named};
use super::pairs::{PlannedPair, pairs};
use super::seats::seats;
use super::teams::{PlannedMember, teams};
use super::works::{PlannedWork, works};
use crate::service::month::season::NAME_MAX as SEASON_CHARS_MAX;
use app::backend::{FigureChange, ImportProblem, ImportTable, UnitChoice};
use domain::ids::ContestId;
use std::collections::{BTreeMap, BTreeSet};

/// Tables with several rows of one unit, none of which excludes another.
const OF_PEOPLE: [TableKind; 2] = [TableKind::People, TableKind::Teams];

/// The largest number of a seat.
pub const SEAT_NUMBER_MAX: u32 = 999;

/// Rows to be written. What is unchanged is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub units: Vec<PlannedUnit>,
    pub groups: Vec<PlannedGroup>,
    pub removed_groups: Vec<PlannedGroup>,
    pub people: Vec<PlannedPerson>,
    pub seats: Vec<PlannedSeat>,
    /// Seasons that the file names and that have no rules yet.
    pub seasons: Vec<String>,
    pub pairs: Vec<PlannedPair>,
    pub removed_pairs: Vec<PlannedPair>,
    pub indicators: Vec<PlannedIndicator>,
    pub figures: Vec<PlannedFigure>,
    pub members: Vec<PlannedMember>,
    pub removed_members: Vec<PlannedMember>,
    pub works: Vec<PlannedWork>,
    pub tables: Vec<ImportTable>,
    pub problems: Vec<ImportProblem>,
    /// What a person has to have checked before it is applied.
    pub doubts: Vec<ImportProblem>,
    /// Figures that become others.
    pub changes: Vec<FigureChange>,
    /// Changes that somebody should see before they are applied, such as a unit's new name.
    pub notes: Vec<ImportProblem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedUnit {
    pub code: String,
    pub name: String,
    pub level: Level,
    /// The code of the unit above.
    pub parent: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedGroup {
    pub season: String,
    pub group: String,
    /// The code of the unit.
    pub unit: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPerson {
    pub code: String,
    pub name: String,
    /// The code of the unit, or empty.
    pub unit: String,
    pub post: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedSeat {
    pub contest: ContestId,
    pub number: u32,
    pub class: String,
    pub person: String,
}

/// Checks all tables of a file. Each names only what is there already or stands in a table of the
/// file that comes before it.
#[must_use]
pub fn plan(existing: Existing, tables: &[Table]) -> Plan {
    let mut after = existing;
    let groups_before = after.groups.clone();
    let mut plan = Plan::default();
    let mut tables: Vec<&Table> = tables.iter().collect();
    tables.sort_by_key(|table| table.kind);
    for table in &tables {
        let counts = match table.kind {
            TableKind::Units => units(&mut plan, &mut after, &table.rows),
            TableKind::Groups => groups(&mut plan, &mut after, &table.rows),
            TableKind::People => people(&mut plan, &mut after, &table.rows),
            TableKind::Seats => seats(&mut plan, &mut after, &table.rows),
            TableKind::Pairs => pairs(&mut plan, &mut after, &table.rows),
            TableKind::Indicators => indicators(&mut plan, &mut after, &table.rows),
            TableKind::Figures => figures(&mut plan, &mut after, &table.rows),
            TableKind::Teams => teams(&mut plan, &mut after, &table.rows),
            TableKind::Works => works(&mut plan, &mut after, &table.rows),
        };
        let is_right = plan.problems.is_empty();
        plan.tables.push(counts.table(table, is_right));
    }
    // Afterwards, since the same file may take the pair away, or name other groups.
    pairs_left_behind(&mut plan, &after, &tables);
    indicators_left_behind(&mut plan, &after, &groups_before, &tables);
    // The header and the units of a matrix are read again for each of its cells.
    let mut seen = BTreeSet::new();
    plan.problems.retain(|one| {
        seen.insert((
            one.table.clone(),
            one.row,
            one.column.clone(),
            one.code.clone(),
            one.value.clone(),
        ))
    });
    plan.problems.truncate(PROBLEMS_MAX);
    plan.doubts.truncate(ROWS_MAX);
    plan.notes.truncate(PROBLEMS_MAX);
    plan
}

/// How many rows are new, changed and as before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub new: u32,
    pub changed: u32,
    pub unchanged: u32,
}

impl Counts {
    /// Counts one row by what was there before it, and tells whether it has to be written.
    pub fn count<T: PartialEq>(&mut self, before: Option<&T>, after: &T) -> bool {
        let slot = match before {
            None => &mut self.new,
            Some(before) if before != after => &mut self.changed,
            Some(_) => &mut self.unchanged,
        };
        *slot += 1;
        before != Some(after)
    }

    /// A figure's value and its target, in two sheets of a workbook, are one row.
    fn table(self, table: &Table, is_right: bool) -> ImportTable {
        let rows = match table.kind {
            TableKind::Figures if is_right => (self.new + self.changed + self.unchanged) as usize,
            _ => table.rows.len(),
        };
        ImportTable {
            kind: table.kind.name().to_owned(),
            rows: u32::try_from(rows).unwrap_or(u32::MAX),
            new: self.new,
            changed: self.changed,
            unchanged: self.unchanged,
        }
    }
}

/// Whether all these columns are filled; what is empty is a problem.
pub fn is_filled(plan: &mut Plan, kind: TableKind, row: &Row, columns: &[Column]) -> bool {
    let empty = columns.iter().filter(|column| row.get(**column).is_empty());
    let problems: Vec<_> = empty
        .map(|column| row.problem(kind, *column, "empty"))
        .collect();
    let is_filled = problems.is_empty();
    plan.problems.extend(problems);
    is_filled
}

fn units(plan: &mut Plan, after: &mut Existing, rows: &[Row]) -> Counts {
    const KIND: TableKind = TableKind::Units;
    let mut counts = Counts::default();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut written: Vec<(&Row, PlannedUnit)> = Vec::new();
    for row in rows {
        if !is_filled(plan, KIND, row, KIND.required()) {
            continue;
        }
        let Some(level) = Level::from_word(row.get(Column::Level)) else {
            plan.problems
                .push(row.problem(KIND, Column::Level, "unknown_level"));
            continue;
        };
        let code = row.get(Column::Code).to_owned();
        if seen.insert(code.clone(), row.number).is_some() {
            plan.problems
                .push(row.problem(KIND, Column::Code, "duplicate_code"));
            continue;
        }
        let parent = Some(row.get(Column::Parent)).filter(|parent| !parent.is_empty());
        let name = row.get(Column::Name).to_owned();
        let unit = PlannedUnit {
            code,
            name,
            level,
            parent: parent.map(str::to_owned),
        };
        let before = after.units.insert(unit.code.clone(), unit.clone());
        if before
            .as_ref()
            .is_some_and(|before| before.name != unit.name)
        {
            plan.notes.push(row.problem(KIND, Column::Name, "renamed"));
        }
        if counts.count(before.as_ref(), &unit) {
            plan.units.push(unit.clone());
        }
        written.push((row, unit));
    }
    for (row, unit) in written {
        plan.problems.extend(parent_problem(after, row, &unit));
        plan.problems.extend(name_problem(after, row, &unit));
    }
    counts
}

fn parent_problem(after: &Existing, row: &Row, unit: &PlannedUnit) -> Option<ImportProblem> {
    let problem = |code| Some(row.problem(TableKind::Units, Column::Parent, code));
    let Some(parent) = &unit.parent else {
        // Only below the county a unit stands under another one.
        let is_lost = unit.level.rank() >= Level::Village.rank();
        return if is_lost {
            problem("parent_missing")
        } else {
            None
        };
    };
    match after.units.get(parent) {
        None => problem("unknown_parent"),
        // Levels fall along every path, so nothing can be its own ancestor.
        Some(above) if unit.level.rank() <= above.level.rank() => problem("parent_level"),
        Some(_) => None,
    }
}

/// Two units of one name under one parent are the same unit twice, or one that got a new code.
fn name_problem(after: &Existing, row: &Row, unit: &PlannedUnit) -> Option<ImportProblem> {
    let is_twin = |other: &&PlannedUnit| {
        other.code != unit.code && other.name == unit.name && other.parent == unit.parent
    };
    let twin = after.units.values().find(is_twin)?;
    let mut problem = row.problem(TableKind::Units, Column::Name, "duplicate_name");
    problem.value = format!("{} ({})", unit.name, twin.code);
    Some(problem)
}

fn people(plan: &mut Plan, after: &mut Existing, rows: &[Row]) -> Counts {
    const KIND: TableKind = TableKind::People;
    let mut counts = Counts::default();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for row in rows {
        if !is_filled(plan, KIND, row, KIND.required()) {
            continue;
        }
        let code = row.get(Column::Code).to_owned();
        if seen.insert(code.clone(), row.number).is_some() {
            plan.problems
                .push(row.problem(KIND, Column::Code, "duplicate_code"));
            continue;
        }
        let unit = match row.get(Column::Unit) {
            "" => String::new(),
            _ => match unit_code(plan, after, KIND, row, Column::Unit) {
                Some(unit) => unit,
                None => continue,
            },
        };
        let person = PlannedPerson {
            code: code.clone(),
            name: row.get(Column::Name).to_owned(),
            unit,
            post: row.get(Column::Post).to_owned(),
        };
        let before = after.people.insert(code, person.clone());
        if before
            .as_ref()
            .is_some_and(|before| before.name != person.name)
        {
            plan.notes.push(row.problem(KIND, Column::Name, "renamed"));
        }
        if counts.count(before.as_ref(), &person) {
            plan.people.push(person);
        }
    }
    counts
}

/// The season of a row. One that has no rules yet gets some, and is a doubt: it may be a slip of
/// the pen.
pub fn season(plan: &mut Plan, after: &mut Existing, kind: TableKind, row: &Row) -> String {
    let season = row.get(Column::Season);
    if SEASON_CHARS_MAX < season.chars().count() {
        plan.problems
            .push(row.problem(kind, Column::Season, "too_long"));
    } else if after.seasons.insert(season.to_owned()) {
        plan.seasons.push(season.to_owned());
        plan.doubts
            .push(row.problem(kind, Column::Season, "new_season"));
    }
    season.to_owned()
}

/// The code of the unit that a cell names, by code, by a name that only one unit has, or by what a
/// person said of that name. Of two units with one name a list of people may name both in turn, and
/// nothing would show that all of them went to one: there the code is asked for.
pub fn unit_code(
    plan: &mut Plan,
    after: &Existing,
    kind: TableKind,
    row: &Row,
    column: Column,
) -> Option<String> {
    let text = row.get(column);
    if after.units.contains_key(text) {
        return Some(text.to_owned());
    }
    let (code, near) = match named(&after.units, text).as_slice() {
        [unit] => return Some(unit.code.clone()),
        [] => ("unknown_unit", like(&after.units, text)),
        twins => ("ambiguous_name", twins.to_vec()),
    };
    let is_asked_by_code = code == "ambiguous_name" && OF_PEOPLE.contains(&kind);
    let near = if is_asked_by_code { Vec::new() } else { near };
    let said = after.matches.get(text).filter(|_| !is_asked_by_code);
    if let Some(unit) = said.and_then(|code| after.units.get(code)) {
        plan.notes.push(ImportProblem {
            value: format!("{text} → {}（{}）", unit.name, unit.code),
            ..row.problem(kind, column, "matched")
        });
        return Some(unit.code.clone());
    }
    let choice = |unit: &&PlannedUnit| UnitChoice {
        code: unit.code.clone(),
        name: unit.name.clone(),
    };
    plan.problems.push(ImportProblem {
        units: near.iter().map(choice).collect(),
        ..row.problem(kind, column, code)
    });
    None
}

/// The seat as a plan writes it.
impl From<&PlannedSeat> for Seat {
    fn from(seat: &PlannedSeat) -> Self {
        Self {
            class: seat.class.clone(),
            person: seat.person.clone(),
        }
    }
}
