//! 军令状: what units signed to reach (GY-12).

use super::Capability;
use domain::ids::{Millis, PledgeId, SeasonId, UnitId};
use domain::month::day::Day;
use domain::month::indicator::Better;
use domain::month::period::Period;
use domain::month::pledge::PledgeState;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgesPage {
    pub season: SeasonId,
    pub season_name: String,
    pub today: Day,
    /// The charter has pledges.
    pub is_on: bool,
    /// By unit, the newest of each first; those that were withdrawn come last.
    pub pledges: Vec<Pledge>,
    /// The season's, for who organises; else none.
    pub units: Vec<(UnitId, String)>,
    pub may: Vec<Capability>,
}

/// A signed paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pledge {
    pub id: PledgeId,
    pub unit: UnitId,
    pub unit_name: String,
    pub signer: String,
    pub signed_on: Day,
    /// Where the paper lies.
    pub document: String,
    /// The login.
    pub by: String,
    pub at: Millis,
    /// This account entered it, so another one may withdraw it.
    pub is_own: bool,
    /// The paper itself can be looked at.
    pub has_scan: bool,
    /// Why, and the login of who withdrew it.
    pub withdrawn: Option<(String, String)>,
    pub items: Vec<PledgeItem>,
}

/// One figure that was signed for, with the indicator as it was when it was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgeItem {
    pub name: String,
    pub measure: String,
    pub better: Better,
    pub target: String,
    pub due: Period,
    /// Of the ends of quarters since it was signed, and its last month, those that are posted.
    pub checkpoints: Vec<Checkpoint>,
    pub state: PledgeState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    pub period: Period,
    /// `None`: the month has no figure of it.
    pub value: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum PledgeCommand {
    /// Enters a signed paper, which is never changed.
    Sign {
        unit: UnitId,
        signer: String,
        /// As `2026-07-12`.
        day: String,
        document: String,
        /// A figure a line: the indicator's code or name, what is to be reached, and the month,
        /// which may be left out for the season's last.
        items: String,
    },
    Withdraw {
        pledge: PledgeId,
        reason: String,
    },
}
