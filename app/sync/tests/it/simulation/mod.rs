//! The simulator: several phones with two tabs each, one server, and everything that goes wrong
//! between them, from one seed. Each page runs the real outbox; disk, network and server are
//! models. The oracle is in [`oracle`] and in the checks along the way.

mod acts;
mod counts;
mod network;
mod oracle;
mod phone;
mod random;
mod server;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Seeds of an everyday run; `LEITAI_SEEDS` asks for more.
const SEEDS: u64 = 1_000;

#[test]
fn every_saved_sheet_is_on_the_server_exactly_once_whatever_the_seed() {
    let seeds = number_from("LEITAI_SEEDS").unwrap_or(SEEDS);
    let mut sum = counts::Counts::default();
    for seed in 0..seeds {
        sum.add(run_and_name_the_seed(seed));
    }
    println!("{seeds} seeds: {sum:?}");
    sum.check_that_everything_happened();
}

/// Replays one seed with its whole story: see the command that a failing seed prints.
#[test]
fn replay() {
    if let Some(seed) = number_from("LEITAI_SEED") {
        world::World::new(seed, true).run();
    }
}

fn run_and_name_the_seed(seed: u64) -> counts::Counts {
    let run = || world::World::new(seed, false).run();
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        eprintln!(
            "seed {seed} failed; replay it with:\n  \
             LEITAI_SEED={seed} cargo test -p sync --test it simulation::replay -- --nocapture"
        );
        resume_unwind(panic)
    })
}

fn number_from(variable: &str) -> Option<u64> {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
}
