//! 发布: the frozen result of a contest. Boards, the screen and exports read this and nothing else,
//! so what was not posted cannot be shown, and what was posted cannot drift.

use domain::ids::{ContestId, EntryId, Millis, UnitId};
use serde::{Deserialize, Serialize};

pub const POSTED_VERSION: u32 = 1;

/// One edition. A correction (更正) is a further edition that says what changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedResult {
    pub v: u32,
    pub contest: ContestId,
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    pub county: String,
    /// 1 for the first posting.
    pub edition: u32,
    /// What changed against the edition before; empty in the first.
    #[serde(default)]
    pub correction: String,
    pub posted_at: Millis,
    pub charter_title: String,
    pub charter_version: u32,
    #[serde(default)]
    pub charter_source: String,
    pub classes: Vec<PostedClass>,
    /// Ordered by rank, then running order; entries without a rank come last.
    pub rows: Vec<PostedRow>,
    /// Sheets that were outstanding when this was posted, and why it was posted all the same.
    #[serde(default)]
    pub outstanding: u32,
    #[serde(default)]
    pub outstanding_reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedClass {
    pub key: String,
    pub name: String,
    /// The weight as the charter gives it.
    pub weight: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedRow {
    pub entry: EntryId,
    pub position: u32,
    pub name: String,
    #[serde(default)]
    pub topic: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// None for a held or withdrawn entry.
    pub rank: Option<u32>,
    /// The score with the charter's places; None where there is none.
    pub score: Option<String>,
    /// One for each class of the result, in its order.
    pub classes: Vec<PostedMean>,
    /// Deductions in total, empty where there are none.
    #[serde(default)]
    pub deductions: String,
    /// Steps of the tie ladder that decided, as codes such as `untrimmed_mean` or `class:A`.
    #[serde(default)]
    pub ties: Vec<String>,
    /// Notes as codes, such as `below_min_panel:A` or `withdrawn`.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Sheets that counted though they came late from a pad without network (离线补传).
    #[serde(default)]
    pub offline_sheets: u32,
}

/// A class mean with its denominator: 有效评委 n/N，计 k 席.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedMean {
    pub value: Option<String>,
    pub eligible: u32,
    pub valid: u32,
    pub kept: u32,
}
