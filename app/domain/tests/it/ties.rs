//! Domain rules 2.1 Ties, sentence by sentence.

use crate::support::{
    Contest, MEAN, ONE, TWO, check_notes, check_ranks, check_scores, check_ties, ratio,
};

const AB: &str = r#"classes = [
  { key = "A", name = "A", weight = "0.5" },
  { key = "B", name = "B", weight = "0.5" },
]"#;
const TRIMMED: &str = r#"classes = [
  { key = "A", name = "A", trim = { high = 1, low = 1, min_panel = 3 } },
]"#;
const PLACES_1: &str = "rounding = { places = 1 }";

#[test]
fn ties_are_equal_rounded_scores() {
    let contest = Contest::new(&[PLACES_1, ONE, MEAN], "AAA")
        .entry(&["8", "8", "8.1"])
        .entry(&["8", "8", "8"])
        .entry(&["7", "7", "7"]);
    check_scores(&contest, &["8.0", "8.0", "7.0"]);
    check_ranks(&contest, &[1, 1, 3]);
    check_ties(&contest, 0, &["shared"]);
    check_ties(&contest, 2, &[]);
}

#[test]
fn with_tie_on_exact_they_are_equal_before_the_last_rounding() {
    let contest = Contest::new(&["tie_on = \"exact\"", PLACES_1, ONE, MEAN], "AAA")
        .entry(&["8", "8", "8"])
        .entry(&["8", "8", "8.1"])
        .entry(&["8", "8.1", "8"]);
    check_scores(&contest, &["8.0", "8.0", "8.0"]);
    check_ranks(&contest, &[3, 1, 1]);
}

#[test]
fn untrimmed_mean_is_the_score_with_trim_off_and_without_deductions() {
    let lines = ["ties = [{ step = \"untrimmed_mean\" }]", ONE, TRIMMED];
    let contest = Contest::new(&lines, "AAA")
        .entry(&["1", "8", "9"])
        .entry(&["2", "9", "10"])
        .deduct("1");
    check_scores(&contest, &["8.00", "8.00"]);
    check_ranks(&contest, &[2, 1]);
    check_ties(&contest, 0, &["untrimmed_mean"]);
    assert_eq!(contest.of(1).score.untrimmed_mean, Some(ratio(7, 1)));
}

#[test]
fn untrimmed_mean_keeps_weights_and_multiplier() {
    let lines = ["multiplier = true", ONE, TRIMMED];
    let contest = Contest::new(&lines, "AAA").entry(&["1", "8", "9"]).multiplier("2");
    assert_eq!(contest.of(0).score.untrimmed_mean, Some(ratio(12, 1)));
}

#[test]
fn a_class_step_compares_that_classs_value() {
    let lines = ["ties = [{ step = \"class\", key = \"B\" }]", ONE, AB];
    let contest = Contest::new(&lines, "AB").entry(&["9", "7"]).entry(&["7", "9"]);
    check_scores(&contest, &["8.00", "8.00"]);
    check_ranks(&contest, &[2, 1]);
    check_ties(&contest, 0, &["class:B"]);
}

#[test]
fn a_criterion_step_compares_the_score_from_that_criterion_alone() {
    let lines = ["ties = [{ step = \"criterion\", key = \"d\" }]", TWO, MEAN];
    let contest = Contest::new(&lines, "A").entry(&["8 6"]).entry(&["6 7"]).entry(&["4 8"]);
    check_scores(&contest, &["20.00", "20.00", "20.00"]);
    check_ranks(&contest, &[3, 2, 1]);
    let by = "trim_by = \"criterion\"";
    let contest =
        Contest::new(&[by, lines[0], TWO, MEAN], "A").entry(&["8 6"]).entry(&["6 7"]);
    check_ranks(&contest, &[2, 1]);
}

#[test]
fn a_criterion_step_takes_neither_multiplier_nor_deductions() {
    let ties = "ties = [{ step = \"criterion\", key = \"d\" }]";
    let contest = Contest::new(&["multiplier = true", ties, TWO, MEAN], "A")
        .entry(&["4 3"])
        .multiplier("2")
        .entry(&["5 8"])
        .deduct("1");
    check_scores(&contest, &["20.00", "20.00"]);
    check_ranks(&contest, &[2, 1]);
    assert_eq!(contest.of(0).score.tie_values, [Some(ratio(6, 1))]);
}

#[test]
fn a_criterion_step_trims_that_criterion_on_its_own() {
    let ties = "ties = [{ step = \"criterion\", key = \"c\" }]";
    let contest = Contest::new(&[ties, TWO, TRIMMED], "AAA").entry(&["1 9", "9 1", "5 5"]);
    assert_eq!(contest.of(0).score.tie_values, [Some(ratio(5, 1))]);
    let contest = Contest::new(&[ties, TWO, TRIMMED], "AAA").entry(&["4 9", "2 1", "3 5"]);
    // The totals would strike the first and second seat; so does c alone, and keeps 3.
    assert_eq!(contest.of(0).score.tie_values, [Some(ratio(3, 1))]);
}

#[test]
fn fewer_deductions_is_the_smaller_total() {
    let ties = "ties = [{ step = \"fewer_deductions\" }]";
    let contest = Contest::new(&[ties, ONE, MEAN], "A")
        .entry(&["9"])
        .deduct("1")
        .entry(&["8"])
        .entry(&["7"])
        .deduct("-1");
    check_scores(&contest, &["8.00", "8.00", "8.00"]);
    check_ranks(&contest, &[3, 2, 1]);
    check_ties(&contest, 0, &["fewer_deductions"]);
}

#[test]
fn a_step_compares_exact_values_inside_the_still_equal_group_only() {
    let ties = "ties = [{ step = \"class\", key = \"A\" }, { step = \"fewer_deductions\" }]";
    let contest = Contest::new(&[ties, ONE, AB], "AB")
        .entry(&["9", "7"])
        .entry(&["9", "9"])
        .deduct("1")
        .entry(&["7", "9"])
        .entry(&["9.1", "9.9"])
        .deduct("1.5");
    check_scores(&contest, &["8.00", "8.00", "8.00", "8.00"]);
    // The largest deduction of all is placed first: class A set it apart before.
    check_ranks(&contest, &[2, 3, 4, 1]);
    check_ties(&contest, 0, &["class:A", "fewer_deductions"]);
    check_ties(&contest, 2, &["class:A"]);
    check_ties(&contest, 3, &["class:A"]);
}

#[test]
fn a_step_compares_exact_values_and_not_what_is_printed() {
    let lines = [PLACES_1, "ties = [{ step = \"class\", key = \"A\" }]", ONE, MEAN];
    let contest = Contest::new(&lines, "AAA")
        .entry(&["8", "8", "8"])
        .entry(&["8", "8", "8.1"]);
    check_ranks(&contest, &[2, 1]);
}

#[test]
fn a_step_for_which_one_of_them_has_no_value_decides_nothing() {
    let ties = "ties = [{ step = \"class\", key = \"B\" }]";
    let lines = ["class_absent = \"reweight\"", ties, ONE, AB];
    let contest = Contest::new(&lines, "AB").entry(&["8", "none"]).entry(&["8", "8"]);
    check_ranks(&contest, &[1, 1]);
}

#[test]
fn a_run_off_cannot_be_computed_so_the_place_is_shared_with_a_note() {
    let ties = "ties = [{ step = \"run_off\" }, { step = \"shared\" }]";
    let contest = Contest::new(&[ties, ONE, MEAN], "A").entry(&["8"]).entry(&["8"]).entry(&["9"]);
    check_ranks(&contest, &[2, 2, 1]);
    check_ties(&contest, 0, &["run_off"]);
    check_notes(&contest, 0, &["run_off_needed"]);
    check_notes(&contest, 2, &[]);
}

#[test]
fn the_next_place_leaves_a_gap_or_does_not_as_the_charter_says() {
    let entries = |style: &str| {
        Contest::new(&[style, ONE, MEAN], "A").entry(&["9"]).entry(&["9"]).entry(&["8"])
    };
    check_ranks(&entries("rank = \"standard\""), &[1, 1, 3]);
    check_ranks(&entries("rank = \"dense\""), &[1, 1, 2]);
    check_ranks(&Contest::new(&[ONE, MEAN], "A").entry(&["9"]).entry(&["9"]).entry(&["8"]), &[
        1, 1, 3,
    ]);
}

#[test]
fn held_withdrawn_and_unscored_entries_have_no_rank_and_come_last_in_file_order() {
    let contest = Contest::new(&["missing = \"hold\"", TWO, MEAN], "A")
        .entry(&["9 -"])
        .entry(&["7 7"])
        .entry(&["9 9"])
        .withdrawn()
        .entry(&["8 8"])
        .entry(&["void"]);
    check_ranks(&contest, &[0, 2, 0, 1, 0]);
    let order: Vec<usize> =
        contest.result().entries.iter().map(|result| result.standing.entry).collect();
    assert_eq!(order, [3, 1, 0, 2, 4]);
    check_notes(&contest, 2, &["withdrawn"]);
}

#[test]
fn equal_places_stand_in_file_order() {
    let contest = Contest::new(&[ONE, MEAN], "A").entry(&["8"]).entry(&["9"]).entry(&["8"]);
    let order: Vec<usize> =
        contest.result().entries.iter().map(|result| result.standing.entry).collect();
    assert_eq!(order, [1, 0, 2]);
}
