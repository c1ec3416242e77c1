//! The recount as JSON: decimals as strings, absent values null, ordered by rank, then file order
//! (domain rules 2.1 --json).

use super::files::Hall;
use domain::charter::Charter;
use domain::ratio::Ratio;
use domain::scoring::{ClassScore, ContestResult, EntryResult};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Untrimmed mean and class values carry more decimals than the score.
pub(super) const MORE_PLACES: u32 = 4;

/// The whole document, with a line end.
pub(super) fn json(charter: &Charter, hall: &Hall, result: &ContestResult) -> String {
    let entries = result
        .entries
        .iter()
        .map(|entry| entry_of(charter, hall, entry))
        .collect();
    let mut text = serde_json::to_string(&Document { entries }).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(serde::Serialize)]
struct Document {
    entries: Vec<Entry>,
}

#[derive(serde::Serialize)]
struct Entry {
    entry: String,
    rank: Option<u32>,
    score: Option<String>,
    untrimmed_mean: Option<String>,
    classes: Ordered<Option<String>>,
    panel: Ordered<Panel>,
    ties: Vec<String>,
    notes: Vec<String>,
}

#[derive(serde::Serialize)]
struct Panel {
    eligible: usize,
    valid: usize,
    kept: usize,
}

/// A map in the order of the charter.
struct Ordered<T>(Vec<(String, T)>);

impl<T: Serialize> Serialize for Ordered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

fn entry_of(charter: &Charter, hall: &Hall, result: &EntryResult) -> Entry {
    let score = &result.score;
    let places = charter.rounding().places;
    let fixed = |value: Ratio| value.to_fixed(places + MORE_PLACES);
    let panel = |class: &ClassScore| Panel {
        eligible: class.panel.eligible,
        valid: class.panel.valid,
        kept: class.panel.kept,
    };
    let key = |class: &ClassScore| charter.class_key(class.class).to_owned();
    let entry = hall.entries.get(score.entry).map(|named| named.key.clone());
    Entry {
        entry: entry.unwrap_or_default(),
        rank: result.standing.rank,
        score: score.score.map(|value| value.to_fixed(places)),
        untrimmed_mean: score.untrimmed_mean.map(fixed),
        classes: Ordered(
            score
                .classes
                .iter()
                .map(|class| (key(class), class.value.map(fixed)))
                .collect(),
        ),
        panel: Ordered(
            score
                .classes
                .iter()
                .map(|class| (key(class), panel(class)))
                .collect(),
        ),
        ties: result
            .standing
            .ties
            .iter()
            .map(|step| step.code(charter))
            .collect(),
        notes: result.notes().map(|note| note.code(charter)).collect(),
    }
}
