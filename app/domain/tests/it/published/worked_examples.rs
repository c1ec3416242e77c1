//! Rules with worked numbers from public pages: trimmed means, trimmed sums times a degree of
//! difficulty, three weighted panels; and one page that is wrong, kept as a trap.

use super::file;
use crate::support::charter;
use domain::charter::Charter;
use domain::mark::Mark;
use domain::ratio::Ratio;
use domain::scoring::{
    ContestInput, EntryInput, EntryResult, SeatInput, SheetInput, SheetState, score_contest,
};
use serde_json::Value;
use std::collections::BTreeMap;

const SCALE: &str = r#"criteria = [
  { key = "m", name = "m", max = "100", step = "0.01" },
]"#;

fn examples() -> Option<Vec<Value>> {
    let path = file("chinese_worked_examples/examples.json")?;
    let text = std::fs::read_to_string(path).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    Some(all["examples"].as_array().unwrap().clone())
}

fn texts(value: &Value) -> Vec<String> {
    let text = |item: &Value| {
        item.as_str()
            .map_or_else(|| item.to_string(), str::to_owned)
    };
    value.as_array().unwrap().iter().map(text).collect()
}

/// A trimmed panel; `places` are those that the page prints.
fn trimmed(places: u64, aggregate: &str, struck: usize, more: &str) -> Charter {
    let min_panel = 2 * struck + 1;
    charter(&[
        more,
        &format!("rounding = {{ places = {places} }}"),
        SCALE,
        &format!(
            "classes = [{{ key = \"J\", name = \"J\", aggregate = \"{aggregate}\", \
             trim = {{ high = {struck}, low = {struck}, min_panel = {min_panel} }} }}]"
        ),
    ])
}

/// Scores one row of marks; all seats are of the first class.
fn scored(charter: &Charter, marks: &[String], multiplier: Option<&str>) -> EntryResult {
    let seats = vec![SeatInput { class: 0 }; marks.len()];
    let multiplier = multiplier.map(|text| text.parse().unwrap());
    let entry = EntryInput {
        multiplier,
        ..EntryInput::default()
    };
    let sheet = |(seat, text): (usize, &String)| SheetInput {
        entry: 0,
        seat,
        state: SheetState::Counted,
        marks: vec![Some(charter.criteria()[0].parse_mark(text).unwrap())],
    };
    let sheets = marks.iter().enumerate().map(sheet).collect();
    let input = ContestInput {
        entries: vec![entry],
        seats,
        sheets,
    };
    score_contest(charter, &input).unwrap().entries.remove(0)
}

fn printed(charter: &Charter, result: &EntryResult) -> String {
    result
        .score
        .score
        .unwrap()
        .to_fixed(charter.rounding().places)
}

#[test]
fn published_trimmed_means_come_out_as_printed() {
    let Some(examples) = examples() else { return };
    let (mut numbers, mut wrong) = (0, 0);
    for example in &examples {
        let kind = example["kind"].as_str().unwrap();
        if !kind.contains("trim1_mean") && kind != "mean_median_mode_trim" {
            continue;
        }
        let charter = trimmed(example["places"].as_u64().unwrap(), "mean", 1, "");
        let found: Vec<String> = example["marks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|marks| printed(&charter, &scored(&charter, &texts(marks), None)))
            .collect();
        if example.get("known_wrong").is_some() {
            assert_ne!(
                found,
                texts(&example["published"]),
                "the page printed 8.90 for 8.94"
            );
            assert_eq!(found, ["8.94"]);
            wrong += 1;
            continue;
        }
        numbers += agree(example, &found);
    }
    assert_eq!((numbers, wrong), (14, 1));
}

/// Asserts whatever an example publishes, and says how many numbers that were.
fn agree(example: &Value, found: &[String]) -> usize {
    let id = &example["id"];
    let mut sorted: Vec<&String> = found.iter().collect();
    sorted.sort_by_key(|text| text.parse::<Mark>().unwrap());
    let mut numbers = 0;
    if let Some(published) = example.get("published") {
        assert_eq!(found, texts(published), "{id}");
        numbers += found.len();
    }
    if let Some(top) = example.get("published_top_sorted") {
        let top = texts(top);
        assert_eq!(
            sorted[sorted.len() - top.len()..],
            top.iter().collect::<Vec<_>>(),
            "{id}"
        );
        numbers += top.len();
    }
    if let Some(best) = example.get("published_best") {
        assert_eq!(sorted.last().unwrap().as_str(), best, "{id}");
        numbers += 1;
    }
    if let Some(winner) = example.get("published_winner") {
        let best = found
            .iter()
            .position(|text| text == *sorted.last().unwrap())
            .unwrap();
        assert_eq!(
            [&example["names"][best], &found[best].as_str().into()],
            [&winner[0], &winner[1],]
        );
        numbers += 1;
    }
    numbers
}

#[test]
fn published_plain_means_and_medians_come_out_as_printed() {
    let Some(examples) = examples() else { return };
    let mut numbers = 0;
    for example in examples
        .iter()
        .filter(|example| example.get("published_mean").is_some())
    {
        let marks = texts(&example["marks"][0]);
        let mean = example["published_mean"].as_str().unwrap();
        let places = mean.split_once('.').unwrap().1.len() as u64;
        let charter = trimmed(places, "mean", 0, "");
        assert_eq!(printed(&charter, &scored(&charter, &marks, None)), mean);
        let charter = trimmed(1, "median", 0, "");
        assert_eq!(
            printed(&charter, &scored(&charter, &marks, None)),
            example["published_median"].as_str().unwrap()
        );
        numbers += 2;
    }
    assert_eq!(numbers, 4);
}

#[test]
fn published_trimmed_sums_times_a_degree_of_difficulty_come_out_as_printed() {
    let Some(examples) = examples() else { return };
    let mut ids = Vec::new();
    for example in &examples {
        // The page of the five judges prints a whole number, whatever its places say.
        let (struck, places) = match example["kind"].as_str().unwrap() {
            "trim1_sum_times_dd" => (1, 0),
            "trim2_sum_times_dd" => (2, 1),
            _ => continue,
        };
        let charter = trimmed(places, "sum", struck, "multiplier = true");
        let marks = texts(&example["marks"][0]);
        let result = scored(&charter, &marks, example["dd"].as_str());
        assert_eq!(
            printed(&charter, &result),
            example["published"][0].as_str().unwrap()
        );
        ids.push(example["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(ids, ["dive5", "diving_oss"]);
}

#[test]
fn three_published_weighted_panels_come_out_as_printed() {
    let Some(examples) = examples() else { return };
    let example = examples
        .iter()
        .find(|item| item["kind"] == "three_panels_weighted")
        .unwrap();
    let keys = ["E", "AI", "D"];
    let class = |key: &&str| {
        let weight = example["weights"][key].as_u64().unwrap();
        format!("{{ key = \"{key}\", name = \"{key}\", weight = \"{weight}\" }}")
    };
    let classes: Vec<String> = keys.iter().map(class).collect();
    let classes = format!("classes = [{}]", classes.join(", "));
    let charter = charter(&["rounding = { places = 4 }", SCALE, &classes]);
    let mut input = ContestInput {
        entries: vec![EntryInput::default()],
        ..Default::default()
    };
    for (class, key) in keys.iter().enumerate() {
        for text in texts(&example["kept_marks"][key]) {
            let mark = charter.criteria()[0].parse_mark(&text).unwrap();
            let (seat, state) = (input.seats.len(), SheetState::Counted);
            input.sheets.push(SheetInput {
                entry: 0,
                seat,
                state,
                marks: vec![Some(mark)],
            });
            input.seats.push(SeatInput { class });
        }
    }
    let result = score_contest(&charter, &input).unwrap().entries.remove(0);
    let mut found: BTreeMap<&str, Option<Ratio>> = BTreeMap::from([("total", result.score.score)]);
    for class in &result.score.classes {
        found.insert(keys[class.class], class.contribution);
    }
    for (key, value) in found {
        let published = example["published"][key].as_str().unwrap();
        assert_eq!(value.unwrap().to_fixed(4), published, "{key}");
    }
}
