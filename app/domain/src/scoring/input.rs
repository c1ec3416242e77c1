//! What the engine computes from, by index: entries, seats and sheets of one contest. Names and
//! ids stay outside; index `i` is the i-th row of the running order or of the list of seats.

use crate::mark::Mark;
use crate::number::Decimal;
use serde::{Deserialize, Serialize};

/// One contestant of the running order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryInput {
    /// Such as a degree of difficulty; `None` is 1. Ignored unless the charter allows it.
    pub multiplier: Option<Decimal>,
    pub withdrawn: bool,
    /// Points to take off, in the order they were recorded; a negative number adds.
    pub deductions: Vec<Decimal>,
}

/// One place on the panel. The order of the seats decides which of equal extremes is struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatInput {
    /// Index into [`crate::charter::Charter::classes`].
    pub class: usize,
}

/// One seat's sheet for one entry. At most one per pair; a pair may have none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetInput {
    pub entry: usize,
    pub seat: usize,
    pub state: SheetState,
    /// By index of [`crate::charter::Charter::criteria`]; `None`, or beyond the end, is no mark.
    pub marks: Vec<Option<Mark>>,
}

/// What a sheet is for the arithmetic (domain rules 2.1 Panel). None of the last four is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetState {
    /// It enters.
    Counted,
    /// The judge was not there: leaves the valid panel.
    Absent,
    /// The judge gave none on purpose: leaves the valid panel.
    Abstain,
    /// The judge must not judge this entry: leaves the eligible panel too (XY-7).
    Recused,
    /// Declared void: leaves the valid panel.
    Void,
}

/// Everything that one result is computed from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestInput {
    pub entries: Vec<EntryInput>,
    pub seats: Vec<SeatInput>,
    pub sheets: Vec<SheetInput>,
}

/// Why an input cannot be computed. A caller that checked its indexes never sees one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum InputError {
    #[error("sheet {sheet} names entry {entry}, which does not exist")]
    UnknownEntry { sheet: usize, entry: usize },
    #[error("sheet {sheet} names seat {seat}, which does not exist")]
    UnknownSeat { sheet: usize, seat: usize },
    #[error("seat {seat} names class {class}, which does not exist")]
    UnknownClass { seat: usize, class: usize },
    #[error("sheet {sheet} is a second one for its entry and seat")]
    SecondSheet { sheet: usize },
}

impl SheetState {
    pub const ALL: [(&'static str, SheetState); 5] = [
        ("counted", SheetState::Counted),
        ("absent", SheetState::Absent),
        ("abstain", SheetState::Abstain),
        ("recused", SheetState::Recused),
        ("void", SheetState::Void),
    ];

    /// The word of a sheets file.
    #[must_use]
    pub fn from_word(word: &str) -> Option<SheetState> {
        SheetState::ALL
            .into_iter()
            .find(|(name, _)| *name == word)
            .map(|(_, state)| state)
    }
}

impl SheetInput {
    /// The mark for a criterion, if there is one.
    #[must_use]
    pub fn mark(&self, criterion: usize) -> Option<Mark> {
        self.marks.get(criterion).copied().flatten()
    }
}
