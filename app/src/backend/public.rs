//! What anybody may see.

use super::posted_month::MonthBoards;
use super::unit::OwnUnit;
use domain::ids::{ContestId, EntryId, Millis};
use serde::{Deserialize, Serialize};
use sync::posted::PostedResult;
use sync::protocol::{GateStateView, StageState};

/// A contest in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestCard {
    pub id: ContestId,
    pub title: String,
    /// The theme of this issue (ES-8).
    pub subtitle: String,
    pub county: String,
    /// `2026-10-18`, or empty.
    pub held_on: String,
    pub place: String,
    pub state: StageState,
    pub entries: u32,
    pub posted_at: Option<Millis>,
    /// Shows the 演示 watermark.
    pub demo: bool,
}

/// What the app begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePage {
    /// The unit that this device remembers.
    #[serde(default)]
    pub own: Option<OwnUnit>,
    pub contests: Vec<ContestCard>,
}

/// What was posted, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardsPage {
    #[serde(default)]
    pub own: Option<OwnUnit>,
    pub months: MonthBoards,
    pub results: Vec<PostedResult>,
}

/// One contest's public page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContestPage {
    pub card: ContestCard,
    pub charter_title: String,
    pub charter_source: String,
    pub criteria: Vec<RuleCriterion>,
    /// Name and weight of each class of voters.
    pub classes: Vec<(String, String)>,
    pub order: Vec<OrderRow>,
    pub result: Option<PostedResult>,
    /// The check code of the posted result: the first digits of its hash.
    pub check_code: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCriterion {
    pub name: String,
    pub max: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    pub entry: EntryId,
    pub position: u32,
    pub name: String,
    pub topic: String,
    pub withdrawn: bool,
    pub gate: GateStateView,
}

/// What the big screen shows. Until a result is posted that is the name of the entry whose gate is
/// open; there is no field for anything else, so nothing else can leak (R1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScreenPage {
    pub card: ContestCard,
    pub now: Option<OrderRow>,
    pub next: Option<OrderRow>,
    pub result: Option<PostedResult>,
    pub check_code: String,
}
