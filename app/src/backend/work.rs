//! 清单: items that are given out in batches and struck one by one (WZ-15, WZ-16, GY-7).

use super::Capability;
use domain::ids::{Millis, SeasonId, UnitId, WorkId};
use domain::month::day::Day;
use domain::worklist::{WorkKind, WorkState};
use serde::{Deserialize, Serialize};

/// Which items are asked for. Where nothing is, those of the newest batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkAsked {
    pub batch: Option<String>,
    pub unit: Option<UnitId>,
    pub state: Option<WorkState>,
    /// Only what is past its last day and not struck.
    #[serde(default)]
    pub is_overdue: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkPage {
    pub season: SeasonId,
    pub season_name: String,
    pub today: Day,
    /// As it was understood.
    pub asked: WorkAsked,
    /// The newest first.
    pub batches: Vec<WorkBatch>,
    /// What is overdue first, then by the last day; what is struck last.
    pub items: Vec<WorkItem>,
    /// Units of the county, for who organises; else none.
    pub units: Vec<(UnitId, String)>,
    pub may: Vec<Capability>,
}

/// A batch in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkBatch {
    pub name: String,
    /// But for what was withdrawn.
    pub all: u32,
    /// By [`WorkState::ALL`].
    pub states: [u32; 5],
    /// Past the last day, and not struck.
    pub overdue: u32,
    /// 化解率 in percent with one decimal.
    pub rate: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkItem {
    pub id: WorkId,
    pub batch: String,
    pub number: String,
    pub kind: WorkKind,
    pub content: String,
    pub unit: UnitId,
    pub unit_name: String,
    pub plan: WorkPlan,
    pub state: WorkState,
    /// This account asked for the closure, so another one looks at it.
    pub is_own: bool,
    /// This account gave it out, so another one may withdraw it.
    pub is_given: bool,
    /// Oldest first.
    pub said: Vec<WorkWord>,
}

/// Who does it, what is done until when, and the last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkPlan {
    /// Empty: nobody yet.
    pub team: String,
    /// Empty: none yet.
    pub schedule: String,
    pub due: Day,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkWord {
    pub what: WorkSaid,
    /// The proof, or why; may be empty of a plan.
    pub words: String,
    /// The login.
    pub by: String,
    pub at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkSaid {
    Planned(WorkPlan),
    Asked,
    Approved,
    Returned,
    Undone,
    Withdrawn,
}

/// What is said of items. Nothing is overwritten. `seen` is how many words had been said of the
/// item when it was looked at: what was said since is looked at first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum WorkCommand {
    Add {
        new: WorkNew,
        /// As `2026-07-12`; so below.
        due: String,
    },
    Plan {
        work: WorkId,
        seen: u32,
        team: String,
        schedule: String,
        due: String,
        reason: String,
    },
    /// Asks for its closure.
    Ask {
        work: WorkId,
        seen: u32,
        proof: String,
    },
    /// Strikes it.
    Approve {
        work: WorkId,
        seen: u32,
        words: String,
    },
    Return {
        work: WorkId,
        seen: u32,
        reason: String,
    },
    /// It was given out wrongly, and counts in no rate.
    Withdraw {
        work: WorkId,
        seen: u32,
        reason: String,
    },
    Undo {
        work: WorkId,
        seen: u32,
        reason: String,
    },
}

/// What is given out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkNew {
    pub batch: String,
    pub number: String,
    pub kind: WorkKind,
    pub content: String,
    pub unit: UnitId,
    /// Empty: nobody yet.
    pub team: String,
    /// Empty: none yet.
    pub schedule: String,
}

impl WorkItem {
    /// How many words were said of it.
    #[must_use]
    pub fn seen(&self) -> u32 {
        u32::try_from(self.said.len()).unwrap_or(u32::MAX)
    }
}
