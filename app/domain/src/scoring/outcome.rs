//! What the engine answers: the score of one entry with the whole calculation unfolded, seat by
//! seat, and its place. Everything printed about a result is read from here, nothing recomputed.

use super::note::Note;
use crate::charter::TieStep;
use crate::number::Decimal;
use crate::ratio::Ratio;
use serde::{Deserialize, Serialize};

/// All entries, placed ones by rank, then the others in file order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestResult {
    pub entries: Vec<EntryResult>,
}

/// One entry, scored and placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryResult {
    pub standing: Standing,
    pub score: EntryScore,
}

/// The place of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Index of the entry.
    pub entry: usize,
    /// `None` for held and withdrawn entries.
    pub rank: Option<u32>,
    /// The steps of the ladder that separated this entry from others with an equal score, and
    /// at the end `Shared` or `RunOff` where it still shares its place.
    pub ties: Vec<TieStep>,
    /// The ladder asks for a run-off (评委复投) and the place is shared until then.
    pub run_off_needed: bool,
}

/// One entry's score before it is placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryScore {
    pub entry: usize,
    pub status: Status,
    /// Rounded to the charter's places.
    pub score: Option<Ratio>,
    /// Before the last rounding.
    pub exact: Option<Ratio>,
    /// The score with trim off and without deductions, exact.
    pub untrimmed_mean: Option<Ratio>,
    /// By index of the charter's classes.
    pub classes: Vec<ClassScore>,
    /// The sum of weight x class, before multiplier and deductions.
    pub weighted_sum: Option<Ratio>,
    /// What the sum was multiplied with; 1 where the charter allows none.
    pub multiplier: Decimal,
    /// The deductions that were taken off, in order.
    pub deductions: Vec<Decimal>,
    pub deduction_total: Ratio,
    /// By index of the charter's ties: the exact value that the step compares.
    pub tie_values: Vec<Option<Ratio>>,
    pub notes: Vec<Note>,
}

/// Whether an entry has a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Scored,
    /// 待定: the notes say why.
    Held,
    Withdrawn,
}

/// One voter class's part of an entry's score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassScore {
    /// Index of the class.
    pub class: usize,
    pub panel: Panel,
    /// The class's value, rounded if the charter names that stage. `None`: no value.
    pub value: Option<Ratio>,
    /// The weight it entered with, after reweighting. `None`: it did not enter.
    pub weight: Option<Ratio>,
    /// Weight x value.
    pub contribution: Option<Ratio>,
    /// One column of seat totals, or one for each criterion.
    pub columns: Vec<Column>,
}

/// The panel that stands beside every score: n of N, and kept after the trim (XY-7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// All seats of the class.
    pub seats: usize,
    /// N: seats less the recused ones.
    pub eligible: usize,
    /// n: seats whose sheet enters.
    pub valid: usize,
    /// Seats kept after the trim; criterion by criterion, the smallest of the columns.
    pub kept: usize,
}

/// The numbers that are trimmed and aggregated together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Index of the criterion; `None` for seat totals.
    pub criterion: Option<usize>,
    /// Every seat of the class, in the order of the seats.
    pub lines: Vec<Line>,
    pub valid: usize,
    pub kept: usize,
    /// What mean, median or sum gave, rounded if the charter names the panel stage.
    pub aggregate: Option<Ratio>,
    /// Times the criterion's factor, rounded if the charter names that stage. For seat totals
    /// the factors are inside already, so it equals `aggregate`.
    pub factored: Option<Ratio>,
}

/// One seat in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Index of the seat.
    pub seat: usize,
    /// Its total or mark; `None` unless it entered.
    pub value: Option<Ratio>,
    pub fate: Fate,
}

/// What became of one seat's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    Kept,
    StruckHigh,
    StruckLow,
    Out(OutReason),
}

/// Why a seat has no number in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutReason {
    Absent,
    Abstain,
    Recused,
    Void,
    NoSheet,
    /// The sheet counts, but a mark is missing.
    MissingMark,
}

impl ContestResult {
    /// The result of one entry by its index.
    #[must_use]
    pub fn entry(&self, entry: usize) -> Option<&EntryResult> {
        self.entries
            .iter()
            .find(|result| result.standing.entry == entry)
    }
}

impl EntryResult {
    /// The notes of the score, and the one that placing adds.
    pub fn notes(&self) -> impl Iterator<Item = &Note> {
        let run_off = self.standing.run_off_needed.then_some(&Note::RunOffNeeded);
        self.score.notes.iter().chain(run_off)
    }
}
