//! Files that leave the house: the posted result as tables, and the four files from which
//! `leitai recount` computes the same result. Results come from the posted snapshot and nothing
//! else; sheets only of entries whose gate is closed.

use super::calculation::{Computed, compute};
use super::contests::posted_of;
use super::error::ServiceError;
use super::record::{ContestRecord, load};
use super::table::{self, Table, XLSX};
use crate::store::Store;
use domain::ids::ContestId;
use domain::scoring::{SheetInput, SheetState};
use std::io::{Cursor, Write as _};
use sync::posted::{PostedMean, PostedResult, PostedRow};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A file of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    ResultCsv,
    ResultXlsx,
    SheetsCsv,
    EntriesCsv,
    SeatsCsv,
    DeductionsCsv,
    CharterToml,
    RecountZip,
}

impl Export {
    pub const ALL: [(&'static str, Export); 8] = [
        ("result.csv", Export::ResultCsv),
        ("result.xlsx", Export::ResultXlsx),
        ("sheets.csv", Export::SheetsCsv),
        ("entries.csv", Export::EntriesCsv),
        ("seats.csv", Export::SeatsCsv),
        ("deductions.csv", Export::DeductionsCsv),
        ("charter.toml", Export::CharterToml),
        ("recount.zip", Export::RecountZip),
    ];

    #[must_use]
    pub fn of_name(name: &str) -> Option<Export> {
        Export::ALL
            .into_iter()
            .find(|(each, _)| *each == name)
            .map(|(_, export)| export)
    }

    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Export::ResultXlsx => XLSX,
            Export::RecountZip => "application/zip",
            Export::CharterToml => "text/plain; charset=utf-8",
            _ => "text/csv; charset=utf-8",
        }
    }
}

/// The bytes of an export.
///
/// # Errors
/// There is no such contest, or nothing was posted where the export is of the result.
pub async fn export(
    store: &Store,
    contest: ContestId,
    export: Export,
) -> Result<Vec<u8>, ServiceError> {
    match export {
        Export::ResultCsv => result_table(&posted_of(store, contest).await?.result).csv(),
        Export::ResultXlsx => {
            table::workbook(&[result_table(&posted_of(store, contest).await?.result)])
        }
        _ => {
            let record = load(&mut store.read().await?, contest).await?;
            let computed = compute(&record, &record.places())?;
            recount_file(&record, &computed, export)
        }
    }
}

fn recount_file(
    record: &ContestRecord,
    computed: &Computed<'_>,
    export: Export,
) -> Result<Vec<u8>, ServiceError> {
    match export {
        Export::EntriesCsv => entries_table(computed).csv(),
        Export::SeatsCsv => seats_table(record).csv(),
        Export::DeductionsCsv => deductions_table(record, computed).csv(),
        Export::SheetsCsv => sheets_table(record, computed).csv(),
        Export::CharterToml => Ok(record.charter_toml.clone().into_bytes()),
        Export::RecountZip | Export::ResultCsv | Export::ResultXlsx => {
            let names = ["charter.toml", "entries.csv", "seats.csv", "sheets.csv"];
            let names = names.into_iter().chain(["deductions.csv"]);
            let files = names.filter_map(|name| Export::of_name(name).map(|file| (name, file)));
            let files = files.map(|(name, file)| Ok((name, recount_file(record, computed, file)?)));
            packed(&files.collect::<Result<Vec<_>, ServiceError>>()?)
        }
    }
}

/// The posted result as people read it; the headers are those of the printed list.
fn result_table(result: &PostedResult) -> Table {
    let mut table = Table::new("成绩", &["名次", "出场", "参赛者", "题目", "得分"]);
    for class in &result.classes {
        table
            .header
            .push(format!("{} {}", class.name, class.weight));
        table.header.push(format!("{} n/N", class.name));
    }
    table
        .header
        .extend(["扣分", "同分", "说明", "离线补传"].map(str::to_owned));
    table.rows = result.rows.iter().map(result_row).collect();
    table
}

fn result_row(row: &PostedRow) -> Vec<String> {
    let mut cells = vec![
        row.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        row.position.to_string(),
        row.name.clone(),
        row.topic.clone(),
        row.score.clone().unwrap_or_default(),
    ];
    for PostedMean {
        value,
        eligible,
        valid,
        ..
    } in &row.classes
    {
        cells.push(value.clone().unwrap_or_default());
        // A full-width stroke, since 8/9 would open as a date.
        cells.push(format!("{valid}／{eligible}"));
    }
    cells.push(row.deductions.clone());
    cells.push(row.ties.join(" "));
    cells.push(row.notes.join(" "));
    cells.push(row.offline_sheets.to_string());
    cells
}

fn entries_table(computed: &Computed<'_>) -> Table {
    let mut table = Table::new("entries", &["entry", "name", "multiplier", "state"]);
    for entry in &computed.entries {
        let state = if entry.withdrawn { "withdrawn" } else { "" };
        table.rows.push(vec![
            entry.position.to_string(),
            entry.name.clone(),
            entry.multiplier.clone(),
            state.to_owned(),
        ]);
    }
    table
}

fn seats_table(record: &ContestRecord) -> Table {
    let mut table = Table::new("seats", &["seat", "class"]);
    let seats = record.seats.iter();
    table.rows = seats
        .map(|seat| vec![seat.number.to_string(), seat.class.clone()])
        .collect();
    table
}

fn deductions_table(record: &ContestRecord, computed: &Computed<'_>) -> Table {
    let mut table = Table::new("deductions", &["entry", "points", "reason"]);
    for entry in &computed.entries {
        let of_entry = record
            .deductions
            .iter()
            .filter(|deduction| deduction.entry == entry.id);
        for deduction in of_entry {
            let position = entry.position.to_string();
            let (points, reason) = (deduction.points.clone(), deduction.reason.clone());
            table.rows.push(vec![position, points, reason]);
        }
    }
    table
}

/// Exactly what the arithmetic got, so that a recount cannot but agree.
fn sheets_table(record: &ContestRecord, computed: &Computed<'_>) -> Table {
    let header = ["entry", "seat", "criterion", "mark", "state"];
    let mut table = Table::new("sheets", &header);
    for sheet in &computed.input.sheets {
        let (Some(entry), Some(seat)) = (
            computed.entries.get(sheet.entry),
            record.seats.get(sheet.seat),
        ) else {
            continue;
        };
        let (entry, seat) = (entry.position.to_string(), seat.number.to_string());
        for (criterion, mark) in rows(record, sheet) {
            let state = word(sheet.state).to_owned();
            table
                .rows
                .push(vec![entry.clone(), seat.clone(), criterion, mark, state]);
        }
    }
    table
}

/// Criterion and mark of each row: all that its class marks, or one row for a sheet without marks.
fn rows(record: &ContestRecord, sheet: &SheetInput) -> Vec<(String, String)> {
    if sheet.state != SheetState::Counted {
        return vec![(String::new(), String::new())];
    }
    let charter = &record.charter;
    let seat = record.seats.get(sheet.seat);
    let class = seat.and_then(|seat| charter.class_index(&seat.class));
    let class = class.and_then(|class| charter.classes().get(class));
    let criteria = class
        .map(|class| class.criteria.as_slice())
        .unwrap_or_default();
    let row = |index: &usize| {
        let mark = sheet
            .mark(*index)
            .map(|mark| mark.to_string())
            .unwrap_or_default();
        (charter.criterion_key(*index).to_owned(), mark)
    };
    criteria.iter().map(row).collect()
}

fn word(state: SheetState) -> &'static str {
    let found = SheetState::ALL.into_iter().find(|(_, each)| *each == state);
    found.map_or("", |(word, _)| word)
}

fn packed(files: &[(&str, Vec<u8>)]) -> Result<Vec<u8>, ServiceError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let started = archive.start_file(*name, SimpleFileOptions::default());
        started.map_err(|error| ServiceError::Internal(error.into()))?;
        archive
            .write_all(bytes)
            .map_err(|error| ServiceError::Internal(error.into()))?;
    }
    let archive = archive
        .finish()
        .map_err(|error| ServiceError::Internal(error.into()))?;
    Ok(archive.into_inner())
}
