//! The roster and its import.

use domain::ids::{ContestId, SeasonId, UnitId};
use domain::month::period::Period;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Names one uploaded file, which the server keeps for half an hour.
pub type UploadId = String;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterPage {
    pub units: Vec<UnitRow>,
    pub persons: Vec<PersonRow>,
    /// Season by season, the newest first.
    #[serde(default)]
    pub teams: Vec<MemberRow>,
    /// Months whose table of figures can be downloaded, filled in and imported.
    pub months: Vec<MonthToFill>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthToFill {
    pub season: SeasonId,
    pub season_name: String,
    pub period: Period,
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

/// Somebody of a unit's team for a season (ES-6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    pub season: String,
    pub unit: String,
    pub name: String,
    pub post: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    pub code: String,
    pub name: String,
    pub unit: String,
    pub post: String,
}

/// What an uploaded file would change, or did. An import is all or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    pub file: String,
    /// The contest that an upload of seats or of a hand-over file belongs to.
    pub contest: Option<ContestId>,
    pub tables: Vec<ImportTable>,
    pub problems: Vec<ImportProblem>,
    /// What a person has to have checked before, such as a value far from its history.
    #[serde(default)]
    pub doubts: Vec<ImportProblem>,
    /// Changes to look at before they are applied, such as a unit's new name. They hinder nothing.
    #[serde(default)]
    pub notes: Vec<ImportProblem>,
    /// Every part of a figure that is there already and would become another one.
    #[serde(default)]
    pub changes: Vec<FigureChange>,
    /// Names exactly these changes to what is there now. Empty for a hand-over file.
    #[serde(default)]
    pub plan: String,
    /// Asked to apply another plan than this one: something changed since it was looked at, so
    /// nothing was applied.
    #[serde(default)]
    pub is_newer: bool,
    pub applied: bool,
}

/// What a person looked at before an import is applied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenImport {
    /// [`ImportReport::plan`].
    pub plan: String,
    /// The doubts were checked.
    pub is_checked: bool,
    #[serde(default)]
    pub matches: UnitMatches,
}

/// What a file calls a unit, and the code of the unit that a person said it is. It holds for every
/// row of the file.
pub type UnitMatches = BTreeMap<String, String>;

/// One part of a figure, before and after. Decimals as text; empty where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureChange {
    pub unit: String,
    pub indicator: String,
    pub period: Period,
    pub part: FigurePart,
    pub before: String,
    pub after: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigurePart {
    Value,
    Target,
    Raised,
    Checkpoint,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportTable {
    /// `units`, `groups`, `people`, `seats`, `pairs`, `teams`, `indicators`, `figures` or
    /// `worklist`; `sheets` of an imported contest.
    pub kind: String,
    pub rows: u32,
    pub new: u32,
    pub changed: u32,
    pub unchanged: u32,
}

/// One thing that is wrong: where, and what to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProblem {
    /// As in [`ImportTable`], or the name of a sheet that holds a matrix of figures.
    pub table: String,
    /// Counted as the spreadsheet counts: the header is row 1.
    pub row: u32,
    pub column: String,
    pub value: String,
    /// A code that the interface translates, such as `unknown_parent`.
    pub code: String,
    /// Groups that may be meant instead.
    #[serde(default)]
    pub near: Vec<String>,
    /// Units that may be meant instead: a person chooses.
    #[serde(default)]
    pub units: Vec<UnitChoice>,
}

/// A unit that a name of a file may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitChoice {
    pub code: String,
    pub name: String,
}
