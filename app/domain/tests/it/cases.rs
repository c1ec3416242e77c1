//! Worked cases as data: every file in `cases/` is a small contest with the result that a person
//! worked out by hand, as `leitai recount` would print it.

use crate::support::sheet;
use domain::charter::{Charter, CharterDraft};
use domain::scoring::{ContestInput, EntryInput, SeatInput, score_contest};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case is there for.
    why: String,
    charter: CharterDraft,
    /// The class of each seat, separated by blanks.
    seats: String,
    entries: Vec<CaseEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseEntry {
    /// One sheet for each seat, as in the tests: marks by criterion, or a state.
    sheets: Vec<String>,
    #[serde(default)]
    multiplier: Option<String>,
    #[serde(default)]
    withdrawn: bool,
    #[serde(default)]
    deductions: Vec<String>,
    expect: Expected,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    rank: Option<u32>,
    score: Option<String>,
    untrimmed_mean: Option<String>,
    classes: BTreeMap<String, String>,
    /// `valid/eligible kept`
    panel: BTreeMap<String, String>,
    ties: Vec<String>,
    notes: Vec<String>,
}

#[test]
fn every_worked_case_comes_out_as_worked_by_hand() {
    let folder = Path::new("tests/it/cases");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        check(&file.unwrap().path());
        count += 1;
    }
    assert!(count >= 8, "{count} cases in {}", folder.display());
}

#[track_caller]
fn check(path: &Path) {
    let name = path.display();
    let text = std::fs::read_to_string(path).unwrap();
    let case: Case = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(!case.why.is_empty(), "{name}");
    let charter = Charter::from_draft(case.charter.clone())
        .unwrap_or_else(|errors| panic!("{name}: {}", crate::support::join(&errors)));
    let result = score_contest(&charter, &input(&charter, &case)).unwrap();
    for (index, entry) in case.entries.iter().enumerate() {
        let found = found(&charter, result.entry(index).unwrap());
        assert_eq!(found, entry.expect, "{name}: entry {index}");
    }
}

fn input(charter: &Charter, case: &Case) -> ContestInput {
    let class = |key: &str| SeatInput {
        class: charter.class_index(key).unwrap(),
    };
    let mut input = ContestInput {
        seats: case.seats.split(' ').map(class).collect(),
        ..ContestInput::default()
    };
    for (index, entry) in case.entries.iter().enumerate() {
        input.entries.push(EntryInput {
            multiplier: entry.multiplier.as_ref().map(|text| text.parse().unwrap()),
            withdrawn: entry.withdrawn,
            deductions: entry
                .deductions
                .iter()
                .map(|text| text.parse().unwrap())
                .collect(),
        });
        for (seat, text) in entry.sheets.iter().enumerate() {
            input.sheets.extend(sheet(charter, index, seat, text));
        }
    }
    input
}

fn found(charter: &Charter, result: &domain::scoring::EntryResult) -> Expected {
    let places = charter.rounding().places;
    let mut found = Expected {
        rank: result.standing.rank,
        score: result.score.score.map(|score| score.to_fixed(places)),
        untrimmed_mean: result
            .score
            .untrimmed_mean
            .map(|mean| mean.to_fixed(places + 4)),
        ties: result
            .standing
            .ties
            .iter()
            .map(|step| step.code(charter))
            .collect(),
        notes: result.notes().map(|note| note.code(charter)).collect(),
        ..Expected::default()
    };
    for class in &result.score.classes {
        let key = charter.class_key(class.class).to_owned();
        let panel = class.panel;
        let text = format!("{}/{} {}", panel.valid, panel.eligible, panel.kept);
        found.panel.insert(key.clone(), text);
        if let Some(value) = class.value {
            found.classes.insert(key, value.to_fixed(places + 4));
        }
    }
    found
}
