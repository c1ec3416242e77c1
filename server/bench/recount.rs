//! How long the arithmetic takes: a whole contest of 100,000 sheets, and one sheet more. A line of
//! plain integer work stands before each figure, so that figures of two machines can be compared.

use domain::charter::{Charter, presets};
use domain::mark::Mark;
use domain::scoring::{
    ContestInput, EntryInput, EntryScore, SeatInput, SheetInput, SheetState, rank, score_contest,
    score_entry,
};
use std::hint::black_box;
use std::time::Instant;

const ENTRIES: usize = 1000;
const SEATS: usize = 100;
const ROUNDS: usize = 5;

fn main() {
    for preset in presets() {
        let charter = server::charter_file::parse(preset.toml).expect("a preset is a charter");
        let input = contest(&charter);
        let spin =
            median(|| _ = black_box((0..50_000_000u64).fold(7u64, |a, b| a.rotate_left(5) ^ b)));
        let all = median(|| _ = black_box(score_contest(&charter, &input)));
        let mut scores: Vec<EntryScore> = (0..ENTRIES).map(|e| one(&charter, &input, e)).collect();
        let added = median(|| {
            scores[0] = one(&charter, &input, 0);
            black_box(rank(&charter, &scores));
        });
        println!("{:<12} calibration spin {spin:>7.1} ms", preset.key);
        println!(
            "{:<12} 100,000 sheets   {all:>7.1} ms = {:.2} spins",
            "",
            all / spin
        );
        println!(
            "{:<12} one sheet added  {added:>7.3} ms = {:.4} spins",
            "",
            added / spin
        );
    }
}

/// Every seat has marked every entry, with marks from a fixed row of numbers.
fn contest(charter: &Charter) -> ContestInput {
    let mut state = 12_345u64;
    let mut mark = |step: i64, max: i64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let steps = u64::try_from(max / step + 1).unwrap_or(1);
        i64::try_from((state >> 33) % steps).unwrap_or_default() * step
    };
    let classes = charter.classes().len();
    let mut input = ContestInput {
        entries: vec![EntryInput::default(); ENTRIES],
        seats: (0..SEATS)
            .map(|seat| SeatInput {
                class: seat % classes,
            })
            .collect(),
        sheets: Vec::with_capacity(ENTRIES * SEATS),
    };
    for entry in 0..ENTRIES {
        for seat in 0..SEATS {
            let marks = charter.criteria().iter();
            let marks = marks.map(|each| {
                Some(Mark(
                    each.min.0 + mark(each.step.0, each.max.0 - each.min.0),
                ))
            });
            let (state, marks) = (SheetState::Counted, marks.collect());
            input.sheets.push(SheetInput {
                entry,
                seat,
                state,
                marks,
            });
        }
    }
    input
}

fn one(charter: &Charter, input: &ContestInput, entry: usize) -> EntryScore {
    let sheets = &input.sheets[entry * SEATS..(entry + 1) * SEATS];
    let sheets: Vec<Option<&SheetInput>> = sheets.iter().map(Some).collect();
    score_entry(charter, &input.seats, entry, &input.entries[entry], &sheets)
}

/// Milliseconds, the median of a few rounds.
fn median(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}
