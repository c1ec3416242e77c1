//! Real competitions recomputed. The files lie beside the project in ../shared/data and are never
//! part of it; where they are absent, each test says loudly that it was skipped.

mod chinese_contest;
mod halfpipe;
mod ski_jumping;
mod worked_examples;

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// One file of a competition, or `None` with a loud line.
fn file(path: &str) -> Option<PathBuf> {
    let file = Path::new("../../../shared/data").join(path);
    if file.is_file() {
        return Some(file);
    }
    // Past the capture of the test harness, which hides what a passing test prints.
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED, NOT PROVEN: {} is not there",
        file.display()
    );
    None
}

/// All rows of a CSV file by column name.
fn rows(path: &std::path::Path) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(path)
        .unwrap();
    let header = reader.headers().unwrap().clone();
    let row = |record: Result<csv::StringRecord, csv::Error>| Row {
        header: header.clone(),
        record: record.unwrap(),
    };
    reader.records().map(row).collect()
}

struct Row {
    header: csv::StringRecord,
    record: csv::StringRecord,
}

impl Row {
    /// Empty where the row is too short.
    fn get(&self, column: &str) -> &str {
        let index = self
            .header
            .iter()
            .position(|name| name == column)
            .expect(column);
        self.record.get(index).unwrap_or_default()
    }
}
