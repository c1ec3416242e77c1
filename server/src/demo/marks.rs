//! Invented marks: near what an entry is worth, a little apart from seat to seat, on the steps of
//! the charter, and the same every time.

use domain::charter::{Charter, Criterion};
use domain::ids::Millis;
use sha2::{Digest as _, Sha256};
use sync::protocol::SheetMark;

/// How far a mark strays from what the entry is worth, in thousandths of the range.
const STRAY: i64 = 70;

/// What one seat gives one entry.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// What the entry is worth, in thousandths of the range of each criterion.
    pub worth: i64,
    /// Names the sheet among all; equal keys give equal marks.
    pub key: (u32, u32),
}

/// A mark for each criterion that the class marks.
#[must_use]
pub fn marks(charter: &Charter, class: &str, wanted: Wanted) -> Vec<SheetMark> {
    let class = charter
        .class_index(class)
        .and_then(|index| charter.classes().get(index));
    let indexes = class
        .map(|class| class.criteria.as_slice())
        .unwrap_or_default();
    let criteria = indexes
        .iter()
        .filter_map(|index| charter.criteria().get(*index));
    let mark = |criterion: &Criterion| SheetMark {
        criterion: criterion.key.clone(),
        millis: Some(on_step(
            criterion,
            wanted.worth + stray(wanted.key, &criterion.key),
        )),
    };
    criteria.map(mark).collect()
}

/// The time of a judge's tap, some seconds after the gate opened.
#[must_use]
pub fn sealed_at(opened: Millis, seat: u32) -> Millis {
    Millis(opened.0 + 60_000 + u64::from(seat) * 4_000)
}

fn on_step(criterion: &Criterion, thousandths: i64) -> i64 {
    let (min, max, step) = (
        criterion.min.milli(),
        criterion.max.milli(),
        criterion.step.milli(),
    );
    let range = max - min;
    let steps = range * thousandths.clamp(0, 1_000) / 1_000 / step.max(1);
    min + steps * step
}

fn stray((entry, seat): (u32, u32), criterion: &str) -> i64 {
    let hash = Sha256::digest(format!("{entry} {seat} {criterion}"));
    let byte = hash.first().copied().unwrap_or_default();
    (i64::from(byte) - 128) * STRAY / 128
}
