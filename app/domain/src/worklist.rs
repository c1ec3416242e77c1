//! 清单: problems, matters and projects that are given out in batches and struck one by one (WZ-15,
//! WZ-16). One without a team or a schedule does not begin (GY-7).

use crate::ratio::Ratio;
use serde::{Deserialize, Serialize};

/// Decimals of a rate as it is printed.
pub const RATE_PLACES: u32 = 1;

/// What an item of a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    Problem,
    Matter,
    Project,
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkState {
    /// 待启动: it has no team, or no schedule.
    #[default]
    Draft,
    /// 办理中.
    Active,
    /// 待核: its closure is asked for, with a proof.
    Asked,
    /// 已销号.
    Struck,
    /// 已撤回: it was given out wrongly.
    Withdrawn,
}

/// What happens to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkAct {
    /// Who does it, and what is done until when.
    Plan { has_team: bool, has_schedule: bool },
    /// Asks for its closure.
    Ask,
    /// Strikes it: a second person looked at the proof.
    Approve,
    /// The proof does not do.
    Return,
    /// It was struck wrongly, or came back.
    Undo,
    /// It was given out wrongly.
    Withdraw,
}

impl WorkKind {
    pub const ALL: [Self; 3] = [Self::Problem, Self::Matter, Self::Project];

    /// As it stands in the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Problem => "problem",
            Self::Matter => "matter",
            Self::Project => "project",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl WorkState {
    /// Nothing more is to be done.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Struck | Self::Withdrawn)
    }

    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Active,
        Self::Asked,
        Self::Struck,
        Self::Withdrawn,
    ];

    /// As it stands in an address.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Asked => "asked",
            Self::Struck => "struck",
            Self::Withdrawn => "withdrawn",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Where it stands after an act.
    ///
    /// # Errors
    /// The code of what stands in the way: `not_planned` of an item that has not begun,
    /// `plan_incomplete` of one that would lose its team or schedule, `work_state` of anything else
    /// that does not fit.
    pub fn after(self, act: WorkAct) -> Result<Self, &'static str> {
        match (self, act) {
            (
                Self::Draft | Self::Active,
                WorkAct::Plan {
                    has_team: true,
                    has_schedule: true,
                },
            ) => Ok(Self::Active),
            (Self::Draft, WorkAct::Plan { .. }) => Ok(Self::Draft),
            (Self::Active, WorkAct::Plan { .. }) => Err("plan_incomplete"),
            (Self::Draft | Self::Active, WorkAct::Withdraw) => Ok(Self::Withdrawn),
            (Self::Draft, _) => Err("not_planned"),
            (Self::Active, WorkAct::Ask) => Ok(Self::Asked),
            (Self::Asked, WorkAct::Approve) => Ok(Self::Struck),
            (Self::Asked, WorkAct::Return) | (Self::Struck, WorkAct::Undo) => Ok(Self::Active),
            _ => Err("work_state"),
        }
    }
}

/// 化解率 in percent: what is struck of a batch, of all that was given out with it, begun or not, but
/// for what was withdrawn (WZ-15). None of an empty batch.
#[must_use]
pub fn rate(struck: u32, all: u32) -> Option<Ratio> {
    let percent = Ratio::scaled(i64::from(struck) * 100, 1);
    match all {
        0 => None,
        all => percent.over(Ratio::scaled(i64::from(all), 1)).ok(),
    }
}
