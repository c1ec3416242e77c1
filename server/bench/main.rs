//! `make bench`: how fast the parts are, each beside a peer that was measured in the same run, in
//! one table. Times of two machines, or of one under another load, cannot be compared; ratios can.
//! Read in this order: [`push`] and [`browser`] for the measurements, [`table`] for the output.

mod browser;
mod calibration;
mod client;
mod hall;
mod minimal;
mod pocketbase;
mod process;
mod push;
mod recount;
mod table;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    // The smallest server is this same program, so that it needs no target of its own.
    if args.get(1).is_some_and(|arg| arg == minimal::COMMAND) {
        return minimal::run(&args[2..]);
    }
    calibration::print();
    let mut rows = recount::measure();
    rows.extend(push::measure());
    rows.extend(browser::measure());
    table::print(&rows);
    ExitCode::SUCCESS
}
