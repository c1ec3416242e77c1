//! Domain rules 2.1 Trim, sentence by sentence.

use crate::support::{
    Contest, ONE, TWO, check_fates, check_notes, check_panel, check_scores,
};

fn class(aggregate: &str, trim: &str) -> String {
    format!(
        "classes = [{{ key = \"A\", name = \"A\", aggregate = \"{aggregate}\", trim = {{ {trim} }} }}]"
    )
}

fn contest(aggregate: &str, trim: &str, sheets: &[&str]) -> Contest {
    let class = class(aggregate, trim);
    Contest::new(&[ONE, &class], &"A".repeat(sheets.len())).entry(sheets)
}

const ONE_ONE: &str = "high = 1, low = 1";

#[test]
fn trim_is_a_step_of_its_own_before_mean_median_and_sum() {
    let sheets = ["1", "2", "6", "7", "10"];
    check_scores(&contest("mean", ONE_ONE, &sheets), &["5.00"]);
    check_scores(&contest("median", "high = 2, low = 0", &sheets), &["2.00"]);
    check_scores(&contest("median", "high = 1, low = 0", &sheets), &["4.00"]);
    check_scores(&contest("sum", ONE_ONE, &sheets), &["15.00"]);
}

#[test]
fn exactly_high_and_low_values_go_when_the_panel_is_large_enough() {
    let sheets = ["5", "5", "5", "9", "9", "9", "9"];
    check_panel(&contest("mean", "high = 2, low = 1", &sheets), 0, "7/7 4");
    check_scores(&contest("mean", "high = 2, low = 1", &sheets), &["7.00"]);
    check_panel(&contest("mean", "high = 0, low = 3", &sheets), 0, "7/7 4");
    check_scores(&contest("mean", "high = 0, low = 3", &sheets), &["9.00"]);
}

#[test]
fn the_trim_applies_to_what_is_left_of_the_panel() {
    // An absent judge shrinks the panel first; his zero is never the lowest mark.
    let sheets = ["5", "6", "absent", "7", "8", "9"];
    let contest = contest("mean", ONE_ONE, &sheets);
    check_panel(&contest, 0, "5/6 3");
    check_fates(&contest, 0, "lkokkh");
    check_scores(&contest, &["7.00"]);
}

#[test]
fn min_panel_is_five_unless_the_charter_says_otherwise() {
    check_panel(&contest("mean", ONE_ONE, &["5", "6", "7", "8", "9"]), 0, "5/5 3");
    check_panel(&contest("mean", ONE_ONE, &["5", "6", "7", "8"]), 0, "4/4 4");
    let three = "high = 1, low = 1, min_panel = 3";
    check_panel(&contest("mean", three, &["5", "6", "9"]), 0, "3/3 1");
}

#[test]
fn below_min_panel_the_default_is_untrimmed_with_a_note() {
    for trim in [ONE_ONE, "high = 1, low = 1, below = \"untrimmed\""] {
        let contest = contest("mean", trim, &["1", "7", "7", "9"]);
        check_scores(&contest, &["6.00"]);
        check_notes(&contest, 0, &["below_min_panel:A"]);
    }
}

#[test]
fn below_min_panel_hold_leaves_the_entry_without_a_score() {
    let contest = contest("mean", "high = 1, low = 1, below = \"hold\"", &["1", "7", "7", "9"]);
    check_scores(&contest, &["-"]);
    check_notes(&contest, 0, &["held:below_min_panel:A"]);
    assert_eq!(contest.of(0).score.classes[0].value, None);
}

#[test]
fn by_criterion_each_panel_is_measured_on_its_own() {
    let lines = ["trim_by = \"criterion\"", TWO, &class("mean", ONE_ONE)];
    let contest =
        Contest::new(&lines, "AAAAA").entry(&["1 1", "2 2", "3 3", "4 4", "9 -"]);
    check_fates(&contest, 0, "lkkkh");
    check_fates(&contest, 1, "kkkko");
    // c: 3; d: 2.5 doubled.
    check_scores(&contest, &["8.00"]);
    check_notes(&contest, 0, &["missing_excluded:A", "below_min_panel:A:d"]);
}

#[test]
fn of_equal_extremes_the_seat_that_stands_later_is_struck() {
    check_fates(&contest("mean", ONE_ONE, &["9", "1", "9", "1", "5"]), 0, "kkhlk");
    check_fates(&contest("mean", ONE_ONE, &["9", "9", "9", "1", "1"]), 0, "kkhkl");
    check_fates(&contest("mean", ONE_ONE, &["7", "7", "7", "7", "7"]), 0, "kkklh");
    let two = "high = 2, low = 2, min_panel = 5";
    check_fates(&contest("mean", two, &["7", "7", "7", "7", "7"]), 0, "kllhh");
    check_fates(&contest("mean", two, &["1", "2", "2", "2", "9"]), 0, "lklhh");
}

#[test]
fn a_sum_is_not_scaled_up_for_missing_seats_and_a_note_says_so() {
    let class = class("sum", "high = 0, low = 0, min_panel = 1");
    let full = Contest::new(&[ONE, &class], "AAA").entry(&["5", "6", "7"]);
    check_scores(&full, &["18.00"]);
    check_notes(&full, 0, &[]);
    for state in ["absent", "recused"] {
        let short = Contest::new(&[ONE, &class], "AAA").entry(&["5", "6", state]);
        check_scores(&short, &["11.00"]);
        check_notes(&short, 0, &["partial_panel:A", "sum_not_scaled:A"]);
    }
}

#[test]
fn without_a_trim_nothing_is_struck_and_no_panel_is_too_small() {
    let lines = [ONE, "classes = [{ key = \"A\", name = \"A\" }]"];
    let contest = Contest::new(&lines, "A").entry(&["7"]);
    check_panel(&contest, 0, "1/1 1");
    check_notes(&contest, 0, &[]);
}
