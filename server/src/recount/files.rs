//! From the files to the engine's input. All bad rows of all files are told; a key of a bad row
//! is known all the same, so that one slip does not make a hundred followers.

use super::problem::{Problem, RowReason};
use super::table::{Row, Table};
use domain::charter::Charter;
use domain::mark::Mark;
use domain::number::Decimal;
use domain::scoring::{ContestInput, EntryInput, SeatInput, SheetInput, SheetState};
use std::collections::HashMap;

const STATES: &str = "counted, absent, abstain, recused, void";

/// One file as read.
pub(super) struct Text {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The four tables.
pub(super) struct Texts {
    pub(super) entries: Text,
    pub(super) seats: Text,
    pub(super) sheets: Text,
    pub(super) deductions: Option<Text>,
}

/// The input, and the keys that its indexes stand for.
#[derive(Default)]
pub(super) struct Hall {
    pub(super) input: ContestInput,
    pub(super) entries: Vec<Named>,
    pub(super) seats: Vec<String>,
}

/// An entry's key and name.
pub(super) struct Named {
    pub(super) key: String,
    pub(super) name: String,
}

/// Keys of a file, with their index and line.
type Keys = HashMap<String, (usize, u64)>;

/// Reads all tables.
pub(super) fn hall(charter: &Charter, texts: &Texts) -> Result<Hall, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut hall = Hall::default();
    let entries = entries(charter, &texts.entries, &mut hall, &mut problems);
    let seats = seats(charter, &texts.seats, &mut hall, &mut problems);
    let mut sheets = Sheets { charter, entries: &entries, seats: &seats, ..Sheets::new(charter) };
    sheets.read(&texts.sheets, &hall.input.seats, &mut problems);
    hall.input.sheets = sheets.sheets.into_iter().map(|sheet| sheet.input).collect();
    if let Some(text) = &texts.deductions {
        deductions(text, &entries, &mut hall, &mut problems);
    }
    if problems.is_empty() { Ok(hall) } else { Err(problems) }
}
