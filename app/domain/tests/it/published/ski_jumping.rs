//! 33,079 ski jumps: style by trimmed sum, distance, wind and gate as signed deductions, floor 0,
//! places in the round. The counts are those of the check that comes with the data.

use super::{Row, file, rows};
use crate::support::charter;
use domain::charter::Charter;
use domain::number::Decimal;
use domain::scoring::{
    EntryInput, EntryScore, SeatInput, SheetInput, SheetState, rank, score_entry,
};
use std::collections::{BTreeMap, BTreeSet};

/// Pairs decide the first round there, so it is no plain ranking.
const FOUR_HILLS: [&str; 4] = ["Oberstdorf", "Garmisch", "Innsbruck", "Bischofshofen"];

fn fis() -> Charter {
    charter(&[
        "rounding = { places = 1 }",
        r#"criteria = [{ key = "style", name = "style", max = "20", step = "0.5" }]"#,
        r#"classes = [{ key = "J", name = "J", aggregate = "sum",
            trim = { high = 1, low = 1, min_panel = 5 } }]"#,
    ])
}

fn decimal(text: &str) -> Decimal {
    match text {
        "" | "NA" => Decimal::ZERO,
        text => text.parse().unwrap(),
    }
}

fn jump(charter: &Charter, seats: &[SeatInput], index: usize, row: &Row) -> EntryScore {
    let sheet = |seat: usize| SheetInput {
        entry: index,
        seat,
        state: SheetState::Counted,
        marks: vec![Some(
            charter.criteria()[0]
                .parse_mark(row.get(&format!("note_{}", seat + 1)))
                .unwrap(),
        )],
    };
    let sheets: Vec<SheetInput> = (0..5).map(sheet).collect();
    let slots: Vec<Option<&SheetInput>> = sheets.iter().map(Some).collect();
    let added = ["dist_points", "wind_comp", "gate_points"].map(|column| decimal(row.get(column)));
    let deductions = added
        .map(|points| Decimal::from_micros(-points.micros()).unwrap())
        .to_vec();
    let entry = EntryInput {
        deductions,
        ..EntryInput::default()
    };
    score_entry(charter, seats, index, &entry, &slots)
}

struct Jumps {
    rows: Vec<Row>,
    scores: Vec<EntryScore>,
}

fn jumps() -> Option<Jumps> {
    let mut all = rows(&file("ski_jumping_wc/comp_results_part1.csv")?);
    all.extend(rows(&file("ski_jumping_wc/comp_results_part2.csv")?));
    let (charter, seats) = (fis(), [SeatInput { class: 0 }; 5]);
    let score = |(index, row)| jump(&charter, &seats, index, row);
    let scores = all.iter().enumerate().map(score).collect();
    Some(Jumps { rows: all, scores })
}

#[test]
fn every_ski_jump_has_its_published_style_points_and_jump_points() {
    let Some(Jumps { rows, scores }) = jumps() else {
        return;
    };
    let agree = |published: &str, value: fn(&EntryScore) -> Option<domain::ratio::Ratio>| {
        let pairs = rows.iter().zip(&scores);
        pairs
            .filter(|(row, score)| Some(decimal(row.get(published)).ratio()) == value(score))
            .count()
    };
    assert_eq!(rows.len(), 33_079);
    assert_eq!(agree("note_points", |score| score.classes[0].value), 33_079);
    assert_eq!(agree("points", |score| score.score), 33_079);
}

#[test]
fn the_places_of_ski_jumping_rounds_follow_as_often_as_the_data_allow() {
    let (Some(jumps), Some(infos)) = (jumps(), file("ski_jumping_wc/comp_infos.csv")) else {
        return;
    };
    let left_out = left_out(&rows(&infos));
    let charter = fis();
    let (mut agree, mut differ, mut equal, mut unequal) = (0, 0, 0, 0);
    for (start, end) in competitions(&jumps.rows) {
        let rows = &jumps.rows[start..end];
        let published = |row: &Row| row.get("loc").parse::<u32>().ok();
        if left_out.contains(&competition(&rows[0])) || !rows.iter().all(|r| published(r).is_some())
        {
            continue;
        }
        let mut off = 0;
        for round in rounds(rows) {
            let scores: Vec<EntryScore> = round
                .iter()
                .map(|index| jumps.scores[start + index].clone())
                .collect();
            for standing in rank(&charter, &scores) {
                let row = &rows[standing.entry - start];
                off += usize::from(standing.rank != published(row));
            }
        }
        agree += rows.len() - off;
        differ += off;
        if off == 0 { equal += 1 } else { unequal += 1 }
    }
    assert_eq!((agree, agree + differ), (24_829, 24_896));
    assert_eq!((equal, unequal), (330, 2));
}

fn competition(row: &Row) -> (String, String) {
    (row.get("codex").to_owned(), row.get("year").to_owned())
}

/// Runs of rows with the same competition.
fn competitions(rows: &[Row]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut start = 0;
    for end in 1..=rows.len() {
        if end == rows.len() || competition(&rows[end]) != competition(&rows[start]) {
            runs.push((start, end));
            start = end;
        }
    }
    runs
}

/// The k-th row of a name is the k-th round.
fn rounds(rows: &[Row]) -> Vec<Vec<usize>> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let round = seen.entry(row.get("name")).or_default();
        if rounds.len() == *round {
            rounds.push(Vec::new());
        }
        rounds[*round].push(index);
        *round += 1;
    }
    rounds
}

/// Team events print the place inside the team's group, and the Four Hills are duels.
fn left_out(infos: &[Row]) -> BTreeSet<(String, String)> {
    let duel = |info: &Row| {
        let day: u32 = info.get("day").parse().unwrap();
        let turn = (info.get("month") == "December" && day >= 28)
            || (info.get("month") == "January" && day <= 8);
        let place = FOUR_HILLS
            .iter()
            .any(|place| info.get("place").starts_with(place));
        place && info.get("gender") == "Men" && turn
    };
    let odd = infos
        .iter()
        .filter(|info| info.get("team") != "0" || duel(info));
    odd.map(|info| (info.get("codex").to_owned(), info.get("season").to_owned()))
        .collect()
}
