//! The Olympic halfpipe final of 2026: six judges, mean of the middle four, each run an entry.
//! Best run and rank are not the engine's: the test takes the best of three.

use super::{file, rows};
use crate::support::charter;
use domain::ratio::Ratio;
use domain::scoring::{
    ContestInput, EntryInput, HoldReason, Note, SeatInput, SheetInput, SheetState, score_contest,
};
use std::collections::BTreeMap;

#[test]
fn every_halfpipe_run_has_its_published_score_and_runs_without_marks_have_none() {
    let name = "snowboard_halfpipe_milano2026/milano-cortina-2026-individual-judge-scores.csv";
    let standings = "snowboard_halfpipe_milano2026/milano-cortina-2026-mens-halfpipe.csv";
    let (Some(runs), Some(standings)) = (file(name), file(standings)) else {
        return;
    };
    let charter = charter(&[
        r#"criteria = [{ key = "o", name = "overall", max = "100", step = "1" }]"#,
        r#"classes = [{ key = "J", name = "J", trim = { high = 1, low = 1, min_panel = 5 } }]"#,
    ]);
    // A stray line end inside two rows leaves stumps of rows behind.
    let runs: Vec<_> = rows(&runs)
        .into_iter()
        .filter(|row| row.record.len() > 17)
        .collect();
    let mut input = ContestInput {
        entries: vec![EntryInput::default(); runs.len()],
        seats: vec![SeatInput { class: 0 }; 6],
        sheets: Vec::new(),
    };
    for (entry, row) in runs.iter().enumerate() {
        for seat in 0..6 {
            let text = row.get(&format!("judge{}_score", seat + 1)).to_owned();
            let mark = (!text.is_empty()).then(|| charter.criteria()[0].parse_mark(&text).unwrap());
            let (state, marks) = (SheetState::Counted, vec![mark]);
            input.sheets.push(SheetInput {
                entry,
                seat,
                state,
                marks,
            });
        }
    }
    let result = score_contest(&charter, &input).unwrap();
    let mut best: BTreeMap<&str, Ratio> = BTreeMap::new();
    let (mut scored, mut unscored) = (0, 0);
    for (entry, row) in runs.iter().enumerate() {
        let score = &result.entry(entry).unwrap().score;
        if row.get("final_score") == "DNI" {
            assert!(
                score
                    .notes
                    .contains(&Note::Held(HoldReason::ClassAbsent { class: 0 }))
            );
            unscored += 1;
            continue;
        }
        let found = score.score.unwrap();
        assert_eq!(found.to_fixed(2), row.get("final_score"));
        let entry = best.entry(row.get("competitor")).or_insert(found);
        *entry = (*entry).max(found);
        scored += 1;
    }
    assert_eq!((scored, unscored), (24, 12));
    let standings = rows(&standings);
    for row in &standings {
        let own = best[row.get("competitor")];
        assert_eq!(own.to_fixed(2), row.get("best_score"));
        let ahead = best.values().filter(|other| **other > own).count();
        assert_eq!((ahead + 1).to_string(), row.get("final_rank"));
    }
    assert_eq!(standings.len(), 12);
}
