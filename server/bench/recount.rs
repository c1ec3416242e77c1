//! How long the arithmetic takes: a whole contest of 100,000 sheets, and one sheet more.

use crate::calibration::timed;
use crate::table::Row;
use domain::charter::{Charter, presets};
use domain::mark::Mark;
use domain::scoring::{
    ContestInput, EntryInput, EntryScore, SeatInput, SheetInput, SheetState, rank, score_contest,
    score_entry,
};
use std::hint::black_box;

const ENTRIES: usize = 1000;
const SEATS: usize = 100;
const ROUNDS: usize = 5;

/// What is asked for, in milliseconds.
const ALL_MS: f64 = 500.0;
const ONE_MS: f64 = 1.0;

/// Each preset by itself; the slowest one stands in the table.
pub fn measure() -> Vec<Row> {
    let slowest =
        |times: &[(f64, f64)], of: fn(&(f64, f64)) -> f64| times.iter().map(of).fold(0.0, f64::max);
    let times: Vec<(f64, f64)> = presets().iter().map(|preset| of(preset.toml)).collect();
    let among = format!("slowest of {} presets", times.len());
    vec![
        Row::at_most(
            format!("100,000 sheets recounted, {among}"),
            slowest(&times, |(all, _)| *all),
            ALL_MS,
            "ms",
        ),
        Row::at_most(
            format!("one sheet added to them, {among}"),
            slowest(&times, |(_, added)| *added),
            ONE_MS,
            "ms",
        ),
    ]
}

/// Milliseconds for all sheets, and for one that is added.
fn of(toml: &str) -> (f64, f64) {
    let charter = server::charter_file::parse(toml).expect("a preset is a charter");
    let input = contest(&charter);
    let all = timed(ROUNDS, || _ = black_box(score_contest(&charter, &input)));
    let mut scores: Vec<EntryScore> = (0..ENTRIES).map(|e| one(&charter, &input, e)).collect();
    let added = timed(ROUNDS, || {
        scores[0] = one(&charter, &input, 0);
        black_box(rank(&charter, &scores));
    });
    (all, added)
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
