//! A Chinese contest of 2,015 works: final scores from the published standard scores. The first
//! stage alone is a sum of five; with the second it is their mean plus a sum of three.

use super::{file, rows};
use crate::support::charter;
use domain::charter::Charter;
use domain::mark::Mark;
use domain::scoring::{ContestInput, EntryInput, SeatInput, SheetInput, SheetState, score_contest};

const FIRST: [usize; 5] = [7, 10, 13, 16, 19];
/// The standard score of each expert of the second stage; the re-review stands beside it.
const SECOND: [usize; 3] = [25, 29, 33];

fn stage(classes: &str) -> Charter {
    let scale = r#"criteria = [
      { key = "s", name = "s", min = "-200", max = "200", step = "0.01" },
    ]"#;
    charter(&["class_absent = \"hold\"", scale, classes])
}

/// How many works of a stage have their published final score.
fn agree(charter: &Charter, works: &[(Vec<String>, String)], classes: &[usize]) -> usize {
    let seats: Vec<SeatInput> = classes
        .iter()
        .map(|class| SeatInput { class: *class })
        .collect();
    let entries = vec![EntryInput::default(); works.len()];
    let mut input = ContestInput {
        entries,
        seats,
        sheets: Vec::new(),
    };
    for (entry, (marks, _)) in works.iter().enumerate() {
        for (seat, text) in marks.iter().enumerate() {
            let mark: Mark = charter.criteria()[0].parse_mark(text).unwrap();
            let (state, marks) = (SheetState::Counted, vec![Some(mark)]);
            input.sheets.push(SheetInput {
                entry,
                seat,
                state,
                marks,
            });
        }
    }
    let result = score_contest(charter, &input).unwrap();
    let same = |(entry, (_, published)): (usize, &(Vec<String>, String))| {
        let published = published.parse::<Mark>().unwrap().ratio();
        result.entry(entry).unwrap().score.score == Some(published)
    };
    works.iter().enumerate().filter(|work| same(*work)).count()
}

#[test]
fn the_final_scores_of_a_chinese_contest_follow_from_its_published_standard_scores() {
    let Some(path) = file("hwb2023c_chinese_contest/data1.csv") else {
        return;
    };
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for row in rows(&path)
        .iter()
        .filter(|row| !row.get("最终成绩").is_empty())
    {
        let cell = |index: usize| row.record.get(index).unwrap_or_default().trim().to_owned();
        let mut marks: Vec<String> = FIRST.into_iter().map(cell).collect();
        let published = cell(0);
        if cell(23).is_empty() {
            first.push((marks, published));
            continue;
        }
        for index in SECOND {
            let reviewed = cell(index + 1);
            marks.push(if reviewed.is_empty() {
                cell(index)
            } else {
                reviewed
            });
        }
        second.push((marks, published));
    }
    let sum = stage(r#"classes = [{ key = "1", name = "1", aggregate = "sum" }]"#);
    let both = stage(
        r#"classes = [
          { key = "1", name = "1", aggregate = "mean" },
          { key = "2", name = "2", aggregate = "sum" },
        ]"#,
    );
    assert_eq!((agree(&sum, &first, &[0; 5]), first.len()), (1_661, 1_663));
    let classes = [0, 0, 0, 0, 0, 1, 1, 1];
    assert_eq!((agree(&both, &second, &classes), second.len()), (352, 352));
}
