//! Domain rules 2.1 Panel, sentence by sentence.

use crate::support::{
    Contest, MEAN, ONE, TWO, check_fates, check_notes, check_panel, check_scores,
};

const BY_CRITERION: &str = "trim_by = \"criterion\"";
const HOLD: &str = "missing = \"hold\"";
const ZERO: &str = "missing = \"zero\"";

fn one(sheets: &[&str]) -> Contest {
    Contest::new(&[ONE, MEAN], &"A".repeat(sheets.len())).entry(sheets)
}

#[test]
fn eligible_is_the_seats_of_the_class_less_the_recused_ones() {
    check_panel(&one(&["8", "9", "recused", "recused"]), 0, "2/2 2");
}

#[test]
fn valid_is_the_seats_whose_sheet_enters() {
    check_panel(&one(&["8", "9", "absent", "7"]), 0, "3/4 3");
}

#[test]
fn recused_leaves_eligible_and_valid() {
    let contest = one(&["8", "6", "recused"]);
    check_panel(&contest, 0, "2/2 2");
    check_scores(&contest, &["7.00"]);
    check_notes(&contest, 0, &["partial_panel:A"]);
}

#[test]
fn absent_abstain_void_and_a_seat_without_any_row_leave_valid_only() {
    for state in ["absent", "abstain", "void", "none"] {
        let contest = one(&["8", "6", state]);
        check_panel(&contest, 0, "2/3 2");
        check_notes(&contest, 0, &["partial_panel:A"]);
    }
}

#[test]
fn none_of_them_is_ever_zero() {
    for state in ["recused", "absent", "abstain", "void", "none"] {
        check_scores(&one(&["8", "6", state]), &["7.00"]);
    }
    check_scores(&one(&["8", "6", "0"]), &["4.67"]);
}

#[test]
fn missing_exclude_drops_the_seat_on_seat_totals() {
    let contest = Contest::new(&[TWO, MEAN], "AAA").entry(&["8 8", "9 -", "6 6"]);
    check_panel(&contest, 0, "2/3 2");
    check_scores(&contest, &["21.00"]);
    check_fates(&contest, 0, "kok");
    check_notes(&contest, 0, &["partial_panel:A", "missing_excluded:A"]);
}

#[test]
fn missing_exclude_drops_that_one_mark_by_criterion() {
    let contest = Contest::new(&[BY_CRITERION, TWO, MEAN], "AAA").entry(&["8 8", "9 -", "7 6"]);
    // c: (8 + 9 + 7) / 3 = 8; d: (8 + 6) / 2 = 7, doubled.
    check_panel(&contest, 0, "3/3 2");
    check_scores(&contest, &["22.00"]);
    check_fates(&contest, 0, "kkk");
    check_fates(&contest, 1, "kok");
    check_notes(&contest, 0, &["missing_excluded:A"]);
}

#[test]
fn exclude_is_the_default() {
    let said = Contest::new(&["missing = \"exclude\"", TWO, MEAN], "AA").entry(&["8 8", "9 -"]);
    let unsaid = Contest::new(&[TWO, MEAN], "AA").entry(&["8 8", "9 -"]);
    assert_eq!(said.result(), unsaid.result());
}

#[test]
fn missing_zero_counts_zero() {
    let contest = Contest::new(&[ZERO, TWO, MEAN], "AA").entry(&["8 8", "9 -"]);
    check_panel(&contest, 0, "2/2 2");
    check_scores(&contest, &["16.50"]);
    check_notes(&contest, 0, &["missing_as_zero:A"]);
    let lines = [BY_CRITERION, ZERO, TWO, MEAN];
    let contest = Contest::new(&lines, "AA").entry(&["8 8", "9 -"]);
    check_scores(&contest, &["16.50"]);
}

#[test]
fn missing_zero_makes_no_sheet_out_of_an_absent_seat() {
    check_scores(&Contest::new(&[ZERO, ONE, MEAN], "AA").entry(&["8", "absent"]), &["8.00"]);
    check_scores(&Contest::new(&[ZERO, ONE, MEAN], "AA").entry(&["8", "none"]), &["8.00"]);
}

#[test]
fn a_criterion_without_a_row_is_an_empty_mark() {
    let short = Contest::new(&[TWO, MEAN], "AA").entry(&["8 8", "9"]);
    let empty = Contest::new(&[TWO, MEAN], "AA").entry(&["8 8", "9 -"]);
    assert_eq!(short.result(), empty.result());
}

#[test]
fn missing_hold_leaves_the_entry_without_a_score() {
    for by in ["trim_by = \"seat\"", BY_CRITERION] {
        let contest = Contest::new(&[by, HOLD, TWO, MEAN], "AA").entry(&["8 8", "9 -"]);
        check_scores(&contest, &["-"]);
        assert!(contest.of(0).score.notes.iter().any(|note| {
            note.code(&contest.charter) == "held:missing_mark:A"
        }));
    }
}

#[test]
fn missing_hold_also_holds_an_entry_with_an_absent_seat_or_one_without_rows() {
    for state in ["absent", "none"] {
        let contest = Contest::new(&[HOLD, ONE, MEAN], "AA").entry(&["8", state]);
        check_scores(&contest, &["-"]);
        check_notes(&contest, 0, &["partial_panel:A", "held:missing_sheet:A"]);
    }
    for state in ["abstain", "recused", "void"] {
        check_scores(&Contest::new(&[HOLD, ONE, MEAN], "AA").entry(&["8", state]), &["8.00"]);
    }
}

#[test]
fn a_criterion_that_nobody_of_a_class_marked_holds_the_entry() {
    let contest = Contest::new(&[BY_CRITERION, TWO, MEAN], "AA").entry(&["8 -", "9 -"]);
    check_scores(&contest, &["-"]);
    let codes = ["missing_excluded:A", "held:criterion_unmarked:A:d"];
    check_notes(&contest, 0, &codes);
}

#[test]
fn a_counted_sheet_without_any_mark_does_not_enter() {
    for by in ["trim_by = \"seat\"", BY_CRITERION] {
        let contest = Contest::new(&[by, TWO, MEAN], "AA").entry(&["8 8", "- -"]);
        check_panel(&contest, 0, "1/2 1");
        check_scores(&contest, &["24.00"]);
    }
}

#[test]
fn a_class_marks_only_its_own_criteria() {
    let classes = r#"classes = [
      { key = "A", name = "A", criteria = ["d"] },
      { key = "B", name = "B", criteria = ["c"] },
    ]"#;
    let contest = Contest::new(&[TWO, classes], "AB").entry(&["9 7", "3 9"]);
    // Marks for a criterion of the other class are not read: 2 x 7 + 3.
    check_scores(&contest, &["17.00"]);
}
