//! The table of items that are given out in batches (清单, WZ-15, GY-7). A row gives out an item, or
//! plans one anew of which no closure is asked for; what an
//! item is and whose it is stays.

use super::cells::{day, read, work_kind};
use super::columns::{Column, TableKind};
use super::existing::{Existing, KnownWork, WorkKey};
use super::file::Row;
use super::plan::{Counts, Plan, is_filled, season, unit_code};
use app::backend::{ImportProblem, WorkPlan};
use domain::worklist::{WorkKind, WorkState};
use std::collections::BTreeSet;

const KIND: TableKind = TableKind::Works;
/// Characters of a batch's name and of a number in it.
const NAME_MAX: usize = crate::service::worklist::said::NAME_MAX;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedWork {
    pub season: String,
    pub batch: String,
    pub number: String,
    pub kind: WorkKind,
    pub content: String,
    /// The code of the unit.
    pub unit: String,
    pub plan: WorkPlan,
    /// How many words were said of the item that it plans anew: what was said since makes this
    /// another plan. Zero of a new one.
    pub seen: u32,
}

/// Checks the rows and plans what is given out and what is planned anew.
pub fn works(plan: &mut Plan, after: &mut Existing, rows: &[Row]) -> Counts {
    let mut counts = Counts::default();
    let mut seen: BTreeSet<WorkKey> = BTreeSet::new();
    for row in rows {
        if !is_filled(plan, KIND, row, KIND.required()) {
            continue;
        }
        let Some(work) = work(plan, after, row) else {
            continue;
        };
        let key = (work.season.clone(), work.batch.clone(), work.number.clone());
        if !seen.insert(key.clone()) {
            plan.problems
                .push(row.problem(KIND, Column::Number, "work_twice"));
            continue;
        }
        let known = after.works.get(&key);
        let work = match known {
            None => work,
            Some(known) => match again(known, work) {
                Ok(work) => work,
                Err((column, code)) => {
                    plan.problems.push(row.problem(KIND, column, code));
                    continue;
                }
            },
        };
        if known.is_some_and(|known| known.plan != work.plan) {
            plan.notes.push(ImportProblem {
                value: format!("{} {}", work.batch, work.number),
                ..row.problem(KIND, Column::Number, "work_planned_anew")
            });
        }
        if counts.count(known.map(|known| &known.plan), &work.plan) {
            plan.works.push(work);
        }
    }
    counts
}

/// A row about an item that is there: an empty cell leaves what is known.
fn again(known: &KnownWork, work: PlannedWork) -> Result<PlannedWork, (Column, &'static str)> {
    if known.unit != work.unit {
        return Err((Column::Unit, "work_other"));
    }
    if (known.kind, &known.content) != (work.kind, &work.content) {
        return Err((Column::Content, "work_other"));
    }
    let or_known = |text: String, known: &String| match text.is_empty() {
        true => known.clone(),
        false => text,
    };
    let plan = WorkPlan {
        team: or_known(work.plan.team, &known.plan.team),
        schedule: or_known(work.plan.schedule, &known.plan.schedule),
        due: work.plan.due,
    };
    match known.state {
        WorkState::Asked | WorkState::Struck | WorkState::Withdrawn if known.plan != plan => {
            Err((Column::Number, "work_decided"))
        }
        _ => Ok(PlannedWork {
            plan,
            seen: known.seen,
            ..work
        }),
    }
}

fn work(plan: &mut Plan, after: &mut Existing, row: &Row) -> Option<PlannedWork> {
    let unit = unit_code(plan, after, KIND, row, Column::Unit);
    let season = season(plan, after, KIND, row);
    let kind = read(plan, (KIND, row), Column::Kind, work_kind);
    let due = read(plan, (KIND, row), Column::Deadline, day);
    for column in [Column::Batch, Column::Number] {
        if NAME_MAX < row.get(column).chars().count() {
            plan.problems.push(row.problem(KIND, column, "too_long"));
            return None;
        }
    }
    let text = |column| row.get(column).to_owned();
    Some(PlannedWork {
        season,
        batch: text(Column::Batch),
        number: text(Column::Number),
        kind: kind?,
        content: text(Column::Content),
        unit: unit?,
        plan: WorkPlan {
            team: text(Column::Team),
            schedule: text(Column::Schedule),
            due: due?,
        },
        seen: 0,
    })
}
