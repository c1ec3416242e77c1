//! What only a browser can tell, measured by Playwright with the page objects of the browser tests.
//! It writes its rows into a file.

use crate::process::Folder;
use crate::table::Row;
use std::fs;
use std::process::Command;

const END2END: &str = "../end2end";

pub fn measure() -> Vec<Row> {
    let folder = Folder::new();
    let file = folder.file("rows.jsonl");
    let status = Command::new("npx")
        .args(["playwright", "test", "--config=tools/bench.config.ts"])
        .current_dir(END2END)
        .env("LEITAI_BINARY", env!("CARGO_BIN_EXE_leitai"))
        .env("BENCH_ROWS", &file)
        .status();
    let text = fs::read_to_string(&file).unwrap_or_default();
    let read = |line: &str| serde_json::from_str(line).expect("a row");
    let mut rows: Vec<Row> = text.lines().map(read).collect();
    if !status.is_ok_and(|status| status.success()) {
        rows.push(Row::skipped("browser", "a measurement failed, see above"));
    }
    rows
}
