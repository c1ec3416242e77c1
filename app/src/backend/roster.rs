//! The roster and its import.

use domain::ids::{ContestId, UnitId};
use serde::{Deserialize, Serialize};

/// Names one uploaded file, which the server keeps for half an hour.
pub type UploadId = String;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterPage {
    pub units: Vec<UnitRow>,
    pub persons: Vec<PersonRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    pub id: UnitId,
    pub code: String,
    pub name: String,
    pub level: String,
    pub parent: Option<UnitId>,
    /// The group (组别) in the newest season, or empty.
    pub group: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    pub code: String,
    pub name: String,
    pub unit: String,
    pub post: String,
}

/// What an uploaded file would change, or did. An import is all or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    pub file: String,
    /// The contest that an upload of seats or of a hand-over file belongs to.
    pub contest: Option<ContestId>,
    pub tables: Vec<ImportTable>,
    pub problems: Vec<ImportProblem>,
    /// Changes to look at before they are applied, such as a unit's new name. They hinder nothing.
    #[serde(default)]
    pub notes: Vec<ImportProblem>,
    pub applied: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportTable {
    /// `units`, `groups`, `people`, `seats` or `sheets`.
    pub kind: String,
    pub rows: u32,
    pub new: u32,
    pub changed: u32,
    pub unchanged: u32,
}

/// One thing that is wrong: where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProblem {
    pub table: String,
    /// Counted as the spreadsheet counts: the header is row 1.
    pub row: u32,
    pub column: String,
    pub value: String,
    /// A code that the interface translates, such as `unknown_parent`.
    pub code: String,
}
