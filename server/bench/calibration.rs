//! What the machine is like at this moment, printed beside figures that depend on it.

use crate::table::median;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

const SYNCS: usize = 200;
const ROUNDS: usize = 5;

/// Prints plain integer work, the time until some bytes are on disk, and the load.
pub fn print() {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = load.split(' ').take(3).collect();
    println!(
        "calibration: hash loop {:.0} ms, fdatasync p50 {:.2} ms, {} cores, load {}",
        spin(),
        sync(),
        std::thread::available_parallelism().map_or(0, usize::from),
        load.join(" "),
    );
}

/// Milliseconds of 50 million steps of a simple hash.
pub fn spin() -> f64 {
    timed(ROUNDS, || {
        black_box((0..50_000_000_u64).fold(7_u64, |a, b| a.rotate_left(5) ^ b));
    })
}

/// Milliseconds until 4 KB more of a file are on the disk that the databases of a run lie on.
fn sync() -> f64 {
    let folder = crate::process::Folder::new();
    let mut file = File::create(folder.path.join("sync")).expect("a temporary file");
    timed(SYNCS, || {
        file.write_all(&[1; 4096]).expect("a write");
        file.sync_data().expect("a sync");
    })
}

/// Milliseconds, the median of some rounds.
pub fn timed(rounds: usize, mut work: impl FnMut()) -> f64 {
    let times = (0..rounds).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1000.0
    });
    median(times.collect())
}
