//! Records of merit points as staff see them, with what units say to them.

use domain::ids::{MeritId, Millis, UnitId};
use serde::{Deserialize, Serialize};
use sync::posted_month::PostedCut;
use sync::protocol::{AppealState, PhotoState};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeritRow {
    pub id: MeritId,
    pub unit: UnitId,
    pub unit_name: String,
    pub points: String,
    pub dimension: String,
    pub reason: String,
    pub day: String,
    pub state: MeritState,
    /// This account recorded it, so another one has to confirm it.
    pub is_own: bool,
    /// This account decided about it, so another one has to decide an appeal.
    pub is_own_decision: bool,
    /// The inspector whose phone brought it, or empty.
    pub holder: String,
    pub mark: Option<MeritMark>,
    /// The place, where it is flagged as a spot, or empty.
    pub spot: String,
    /// The place that the inspector proposes as a spot, or empty.
    pub proposed_spot: String,
    pub appeal: Option<MeritAppeal>,
    /// What the unit answered, newest last.
    pub replies: Vec<MeritReply>,
    pub photo: Option<PhotoState>,
    /// The charter's item that it was recorded by, or empty.
    pub item: String,
    /// The number of the document that gave an honour, or empty.
    #[serde(default)]
    pub document_no: String,
    /// What the cap of its item leaves of it.
    pub cut: Option<PostedCut>,
    /// The charter that the month is computed by lists it otherwise, or does not.
    pub is_unlisted: bool,
}

/// A unit's answer to a record, and when it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeritReply {
    pub at: Millis,
    pub words: String,
}

/// Why a record that a phone brought deserves a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeritMark {
    /// Its month was closed before it came.
    Late,
    /// Its card had been taken away from the device.
    Card,
}

/// A unit's appeal against a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeritAppeal {
    pub reason: String,
    pub state: AppealState,
    /// It came after the days that the charter gives.
    pub is_late: bool,
    /// The decision's words.
    pub decided: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeritState {
    Recorded,
    Confirmed,
    Void,
}
