//! Domain rules 2.1 Order, sentence by sentence.

use crate::support::{Contest, MEAN, ONE, TWO, check_notes, check_scores, ratio};

const AB: &str = r#"classes = [
  { key = "A", name = "A", weight = "0.6" },
  { key = "B", name = "B", weight = "0.4" },
]"#;
const THREE: &str = r#"classes = [
  { key = "A", name = "A", weight = "0.6" },
  { key = "B", name = "B", weight = "0.2" },
  { key = "C", name = "C", weight = "0.2" },
]"#;
const TRIMMED: &str = r#"classes = [
  { key = "A", name = "A", trim = { high = 1, low = 1, min_panel = 3 } },
]"#;

#[test]
fn on_seat_totals_the_sum_of_factor_times_mark_is_trimmed_then_aggregated() {
    // Totals 8+2x9 = 26, 9+2x2 = 13, 7+2x7 = 21: the middle one is kept.
    let contest = Contest::new(&[TWO, TRIMMED], "AAA").entry(&["8 9", "9 2", "7 7"]);
    check_scores(&contest, &["21.00"]);
    let totals = contest.of(0).score.classes[0].columns[0].lines.clone();
    let totals: Vec<_> = totals.into_iter().map(|line| line.value).collect();
    assert_eq!(totals, [Some(ratio(26, 1)), Some(ratio(13, 1)), Some(ratio(21, 1))]);
}

#[test]
fn by_criterion_each_criterion_is_trimmed_and_aggregated_before_its_factor() {
    // The same marks: c keeps 8, d keeps 7, so 8 + 2 x 7 = 22 and not 21.
    let lines = ["trim_by = \"criterion\"", TWO, TRIMMED];
    let contest = Contest::new(&lines, "AAA").entry(&["8 9", "9 2", "7 7"]);
    check_scores(&contest, &["22.00"]);
    let columns = contest.of(0).score.classes[0].columns.clone();
    assert_eq!(columns[1].aggregate, Some(ratio(7, 1)));
    assert_eq!(columns[1].factored, Some(ratio(14, 1)));
}

#[track_caller]
fn check_stages(rounding: &str, expected: &str) {
    let criteria = r#"criteria = [
      { key = "c", name = "c", max = "10", step = "0.1", factor = "1.5" },
      { key = "d", name = "d", max = "10", step = "0.1", factor = "1.5" },
    ]"#;
    let by = "trim_by = \"criterion\"";
    let contest = Contest::new(&[by, rounding, criteria, MEAN], "AAA")
        .entry(&["1 1", "1 1", "2 2"]);
    check_scores(&contest, &[expected]);
}

#[test]
fn the_panel_the_factored_criterion_and_the_class_round_where_the_charter_names_them() {
    // Each criterion: 4/3 -> x 1.5 = 2. Exactly 4; every stage moves it.
    check_stages("rounding = { places = 3 }", "4.000");
    check_stages("rounding = { places = 3, stages = { panel = 1 } }", "3.900");
    check_stages("rounding = { places = 3, stages = { panel = 1, factored = 1 } }", "4.000");
    check_stages("rounding = { places = 3, stages = { panel = 2, factored = 1 } }", "4.000");
    check_stages("rounding = { places = 3, stages = { panel = 2 } }", "3.990");
    check_stages("rounding = { places = 3, stages = { panel = 2, class = 1 } }", "4.000");
}

#[test]
fn on_seat_totals_the_class_rounds_before_it_is_weighted() {
    let lines = ["rounding = { places = 3, stages = { class = 1 } }", ONE, AB];
    let contest = Contest::new(&lines, "AAAB").entry(&["8", "8", "9", "5"]);
    // 25/3 -> 8.3; 0.6 x 8.3 + 0.4 x 5.
    check_scores(&contest, &["6.980"]);
    let lines = ["rounding = { places = 3 }", ONE, AB];
    let contest = Contest::new(&lines, "AAAB").entry(&["8", "8", "9", "5"]);
    check_scores(&contest, &["7.000"]);
}

#[test]
fn weights_are_as_given_and_never_normalised() {
    let classes = r#"classes = [
      { key = "A", name = "A", weight = "3" },
      { key = "B", name = "B", weight = "4" },
    ]"#;
    check_scores(&Contest::new(&[ONE, classes], "AB").entry(&["8", "9"]), &["60.00"]);
    let classes = r#"classes = [{ key = "A", name = "A", weight = "0.5" }]"#;
    check_scores(&Contest::new(&[ONE, classes], "A").entry(&["8"]), &["4.00"]);
}

#[test]
fn an_empty_multiplier_is_one_and_another_one_multiplies_the_weighted_sum() {
    let allowed = "multiplier = true";
    let contest = Contest::new(&[allowed, ONE, AB], "AB")
        .entry(&["8", "9"])
        .entry(&["8", "9"])
        .multiplier("1.5");
    check_scores(&contest, &["8.40", "12.60"]);
}

#[test]
fn a_multiplier_that_the_charter_does_not_allow_has_no_effect() {
    let contest = Contest::new(&[ONE, MEAN], "A").entry(&["8"]).multiplier("1.5");
    check_scores(&contest, &["8.00"]);
}

#[test]
fn deductions_come_after_the_multiplier_and_a_negative_one_adds() {
    let contest = Contest::new(&["multiplier = true", ONE, MEAN], "A")
        .entry(&["8"])
        .multiplier("2")
        .deduct("1.5")
        .deduct("0.25")
        .entry(&["8"])
        .deduct("-2.5");
    check_scores(&contest, &["14.25", "10.50"]);
    assert_eq!(contest.of(0).score.deduction_total, ratio(7, 4));
}

#[test]
fn deductions_are_not_trimmed_away() {
    let sheets = ["5", "6", "9"];
    let contest = Contest::new(&[ONE, TRIMMED], "AAA").entry(&sheets).deduct("1");
    check_scores(&contest, &["5.00"]);
}

#[test]
fn no_score_is_below_the_floor_which_is_zero_by_default() {
    let contest = Contest::new(&[ONE, MEAN], "A").entry(&["8"]).deduct("9");
    check_scores(&contest, &["0.00"]);
    check_notes(&contest, 0, &["floor_applied"]);
    let contest = Contest::new(&["floor = \"2.5\"", ONE, MEAN], "A").entry(&["8"]).deduct("9");
    check_scores(&contest, &["2.50"]);
    let contest = Contest::new(&["floor = \"-5\"", ONE, MEAN], "A").entry(&["8"]).deduct("9");
    check_scores(&contest, &["-1.00"]);
    check_notes(&contest, 0, &[]);
}

#[test]
fn the_score_is_rounded_once_to_places() {
    // 0.6 x 8.333... + 0.4 x 8.666... = 8.4666...; rounding each class first would give 8.467.
    let contest = Contest::new(&["rounding = { places = 3 }", ONE, AB], "AAABBB")
        .entry(&["8", "8", "9", "8", "9", "9"]);
    check_scores(&contest, &["8.467"]);
    assert_eq!(contest.of(0).score.exact, Some(ratio(127, 15)));
    // 2.445 and not 2.44 -> 2.4: one rounding from the exact value.
    let contest = Contest::new(&["rounding = { places = 1 }", ONE, MEAN], "AAA")
        .entry(&["2.4", "2.4", "2.5"])
        .entry(&["2.4", "2.5", "2.5"]);
    check_scores(&contest, &["2.4", "2.5"]);
}

#[test]
fn places_are_two_by_default() {
    check_scores(&Contest::new(&[ONE, MEAN], "AAA").entry(&["8", "8", "9"]), &["8.33"]);
}

#[test]
fn a_class_without_any_valid_sheet_holds_the_entry() {
    for state in ["absent", "recused", "void", "none"] {
        let contest = Contest::new(&[ONE, AB], "AB").entry(&["8", state]);
        check_scores(&contest, &["-"]);
        check_notes(&contest, 0, &["partial_panel:B", "held:class_absent:B"]);
    }
    let contest = Contest::new(&[ONE, AB], "AA").entry(&["8", "9"]);
    check_scores(&contest, &["-"]);
}

#[test]
fn reweight_shares_the_weight_of_an_absent_class_in_proportion() {
    let lines = ["class_absent = \"reweight\"", "rounding = { places = 6 }", ONE, THREE];
    let contest = Contest::new(&lines, "ABC").entry(&["8", "6", "none"]);
    // 0.6 : 0.2 of 1 is 0.75 : 0.25.
    check_scores(&contest, &["7.500000"]);
    check_notes(&contest, 0, &["partial_panel:C", "class_reweighted:C"]);
    let score = contest.of(0).score;
    assert_eq!(score.classes[0].weight, Some(ratio(3, 4)));
    assert_eq!(score.classes[2].weight, None);
    assert_eq!(score.classes[2].value, None);
}

#[test]
fn reweight_with_no_class_left_holds_the_entry() {
    let lines = ["class_absent = \"reweight\"", ONE, AB];
    let contest = Contest::new(&lines, "AB").entry(&["none", "recused"]);
    check_scores(&contest, &["-"]);
    let classes = r#"classes = [
      { key = "A", name = "A", weight = "1" },
      { key = "B", name = "B", weight = "0" },
    ]"#;
    let lines = ["class_absent = \"reweight\"", ONE, classes];
    let contest = Contest::new(&lines, "AB").entry(&["none", "8"]);
    check_scores(&contest, &["-"]);
    let codes = ["partial_panel:A", "class_reweighted:A", "held:no_weight"];
    check_notes(&contest, 0, &codes);
}

#[test]
fn an_even_median_is_the_mean_of_the_middle_two() {
    let classes = r#"classes = [{ key = "A", name = "A", aggregate = "median" }]"#;
    let contest = Contest::new(&[ONE, classes], "AAAA").entry(&["1", "9", "6", "7"]);
    check_scores(&contest, &["6.50"]);
}
