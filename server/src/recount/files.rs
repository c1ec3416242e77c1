//! From the files to the engine's input. All bad rows of all files are told; a key of a bad row
//! is known all the same, so that one slip does not make a hundred followers.

use super::problem::{Problem, RowReason};
use super::sheets::sheets;
use super::table::{Row, Table};
use domain::charter::Charter;
use domain::number::Decimal;
use domain::scoring::{ContestInput, EntryInput, SeatInput};
use std::collections::HashMap;

/// One file as read.
pub(super) struct Text {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The tables of a contest.
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

/// The keys of a file, with their index and line. Only looked up, never walked.
#[derive(Default)]
pub(super) struct Keys(HashMap<String, (usize, u64)>);

/// Reads all tables.
pub(super) fn hall(charter: &Charter, texts: &Texts) -> Result<Hall, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut hall = Hall::default();
    let entries = entries(charter, &texts.entries, &mut hall, &mut problems);
    let seats = seats(charter, &texts.seats, &mut hall, &mut problems);
    // Without the keys of both, every row of the others would be a fault.
    let (Some(entries), Some(seats)) = (entries, seats) else {
        return Err(problems);
    };
    if let Some(text) = &texts.deductions {
        deductions(text, &entries, &mut hall, &mut problems);
    }
    let seat_classes: Vec<usize> = hall.input.seats.iter().map(|seat| seat.class).collect();
    hall.input.sheets = sheets(
        charter,
        &texts.sheets,
        (&entries, &seats, &seat_classes),
        &mut problems,
    );
    if problems.is_empty() {
        Ok(hall)
    } else {
        Err(problems)
    }
}

impl Keys {
    /// The index of a key; a fault where there is none.
    pub(super) fn find(
        &self,
        row: &Row<'_>,
        column: usize,
        what: &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<usize> {
        let key = row.key(column, problems)?;
        let found = self.0.get(key).map(|(index, _)| *index);
        if found.is_none() {
            let key = key.to_owned();
            problems.push(row.at(column, RowReason::Unknown { what, key }));
        }
        found
    }

    /// Adds a key; a fault where it is there already.
    fn add(
        &mut self,
        row: &Row<'_>,
        column: usize,
        index: usize,
        problems: &mut Vec<Problem>,
    ) -> Option<String> {
        let key = row.key(column, problems)?.to_owned();
        if let Some((_, line)) = self.0.get(&key) {
            let line = *line;
            problems.push(row.at(column, RowReason::Repeated { key, line }));
            return None;
        }
        self.0.insert(key.clone(), (index, row.line));
        Some(key)
    }
}

fn entries(
    charter: &Charter,
    text: &Text,
    hall: &mut Hall,
    problems: &mut Vec<Problem>,
) -> Option<Keys> {
    let optional = ["name", "multiplier", "state"];
    let table = Table::open(&text.name, &text.bytes, &["entry"], &optional, problems)?;
    let mut keys = Keys::default();
    table.each(problems, |row, problems| {
        let Some(key) = keys.add(row, 0, hall.entries.len(), problems) else {
            return;
        };
        let name = row.text(1, problems).unwrap_or_default().to_owned();
        let multiplier = multiplier(charter, row, problems);
        let withdrawn = match row.text(3, problems) {
            Some("withdrawn") => true,
            Some("") | None => false,
            Some(text) => {
                let (text, allowed) = (text.to_owned(), "withdrawn, or empty");
                problems.push(row.at(3, RowReason::Word { text, allowed }));
                false
            }
        };
        hall.entries.push(Named { key, name });
        hall.input.entries.push(EntryInput {
            multiplier,
            withdrawn,
            deductions: Vec::new(),
        });
    });
    Some(keys)
}

fn multiplier(charter: &Charter, row: &Row<'_>, problems: &mut Vec<Problem>) -> Option<Decimal> {
    const COLUMN: usize = 2;
    let text = row.text(COLUMN, problems).filter(|text| !text.is_empty())?;
    let multiplier = decimal(row, COLUMN, text, problems)?;
    let reason = if multiplier.is_negative() {
        RowReason::Negative
    } else if !charter.multiplier_allowed() && multiplier != Decimal::ONE {
        RowReason::NoMultiplier
    } else {
        return Some(multiplier);
    };
    problems.push(row.at(COLUMN, reason));
    None
}

fn seats(
    charter: &Charter,
    text: &Text,
    hall: &mut Hall,
    problems: &mut Vec<Problem>,
) -> Option<Keys> {
    let table = Table::open(&text.name, &text.bytes, &["seat", "class"], &[], problems)?;
    let mut keys = Keys::default();
    table.each(problems, |row, problems| {
        let Some(key) = keys.add(row, 0, hall.seats.len(), problems) else {
            return;
        };
        let class = row
            .key(1, problems)
            .map(|class| (class, charter.class_index(class)));
        if let Some((class, None)) = class {
            let (what, key) = ("class", class.to_owned());
            problems.push(row.at(1, RowReason::Unknown { what, key }));
        }
        // After a fault nothing is computed, so any class will do.
        let class = class.and_then(|(_, index)| index).unwrap_or_default();
        hall.seats.push(key);
        hall.input.seats.push(SeatInput { class });
    });
    Some(keys)
}

fn deductions(text: &Text, entries: &Keys, hall: &mut Hall, problems: &mut Vec<Problem>) {
    let columns = ["entry", "points"];
    let table = Table::open(&text.name, &text.bytes, &columns, &["reason"], problems);
    let Some(table) = table else { return };
    table.each(problems, |row, problems| {
        let entry = entries.find(row, 0, "entry", problems);
        let text = row.key(1, problems);
        let points = text.and_then(|text| decimal(row, 1, text, problems));
        let entry = entry.and_then(|entry| hall.input.entries.get_mut(entry));
        if let (Some(entry), Some(points)) = (entry, points) {
            entry.deductions.push(points);
        }
    });
}

fn decimal(
    row: &Row<'_>,
    column: usize,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Option<Decimal> {
    match text.parse() {
        Ok(decimal) => Some(decimal),
        Err(error) => {
            problems.push(row.at(
                column,
                RowReason::Number {
                    text: text.to_owned(),
                    error,
                },
            ));
            None
        }
    }
}
