//! `make bench`: how fast the parts are, each beside a peer that was measured in the same run, in
//! one table. Times of two machines, or of one under another load, cannot be compared; ratios can.
//! `cargo bench -p server --bench bench -- push` measures one part alone.
//! Read in this order: [`push`], [`month`] and [`browser`] for the measurements, [`table`] for the
//! output.

mod browser;
mod calibration;
mod client;
mod hall;
mod minimal;
mod month;
mod page;
mod pocketbase;
mod process;
mod push;
mod recount;
mod table;

use std::process::ExitCode;
use table::Row;

/// A name that chooses a measurement, and the measurement.
type Part = (&'static str, fn() -> Vec<Row>);

const PARTS: [Part; 4] = [
    ("recount", recount::measure),
    ("month", month::measure),
    ("push", push::measure),
    ("browser", browser::measure),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // The smallest server is this same program, so that it needs no target of its own.
    if args.first().is_some_and(|arg| arg == minimal::COMMAND) {
        return minimal::run(&args[1..]);
    }
    if args.first().is_some_and(|arg| arg == page::COMMAND) {
        return page::run(&args[1..]);
    }
    // Cargo adds a `--bench` of its own.
    let chosen: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    let is_chosen = |name: &str| chosen.is_empty() || chosen.iter().any(|arg| *arg == name);
    calibration::print();
    let parts = PARTS.iter().filter(|(name, _)| is_chosen(name));
    let rows: Vec<Row> = parts.flat_map(|(_, measure)| measure()).collect();
    table::print(&rows);
    ExitCode::SUCCESS
}
