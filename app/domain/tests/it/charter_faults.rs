//! A charter that is not sound: every fault, with the path of the offending key.

use crate::support::{MEAN, ONE, TWO, draft};
use domain::charter::{Charter, CharterDraft};

/// Each expected fault is `path: reason` as printed.
#[track_caller]
fn check(lines: &[&str], expected: &[&str]) {
    let errors = Charter::from_draft(draft(lines)).expect_err("a refused charter");
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(errors, expected);
}

#[track_caller]
fn check_criterion(fields: &str, expected: &[&str]) {
    let criteria = format!("criteria = [{{ key = \"c\", name = \"c\", {fields} }}]");
    check(&[&criteria, MEAN], expected);
}

#[track_caller]
fn check_class(fields: &str, expected: &[&str]) {
    check(&[TWO, &format!("classes = [{{ key = \"A\", name = \"A\", {fields} }}]")], expected);
}

#[test]
fn all_faults_are_told_at_once() {
    let errors = Charter::from_draft(CharterDraft::default()).unwrap_err();
    let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(paths, ["title", "version", "criteria", "classes"]);
    let criteria = r#"criteria = [
      { key = "c", name = "c", max = "10", step = "0.1" },
      { key = "c", name = "", max = "x", step = "0", factor = "-1" },
    ]"#;
    check(&["rank = \"olympic\"", "floor = \"1,5\"", criteria, MEAN], &[
        "criteria[1].key: \"c\" is there twice",
        "criteria[1].name: is missing",
        "criteria[1].max: \"x\" is not a number (digits and a decimal point, such as 8.5)",
        "criteria[1].factor: must not be negative",
        "rank: \"olympic\" is not one of standard, dense",
        "floor: \"1,5\" is not a number (digits and a decimal point, such as 8.5)",
    ]);
}

#[test]
fn a_criterion_has_a_range_and_a_step() {
    check_criterion("step = \"1\"", &["criteria[0].max: is missing"]);
    check_criterion("max = \"10\"", &["criteria[0].step: is missing"]);
    check_criterion("max = \"10\", step = \"0\"", &["criteria[0].step: must be above 0"]);
    check_criterion("max = \"10\", step = \"-1\"", &["criteria[0].step: must be above 0"]);
    check_criterion("min = \"10\", max = \"10\", step = \"1\"", &[
        "criteria[0].max: must be above 10",
    ]);
    check_criterion("max = \"10\", step = \"3\"", &[
        "criteria[0].max: cannot be reached from 0 in steps of 3",
    ]);
    check_criterion("max = \"10\", step = \"0.0005\"", &[
        "criteria[0].step: \"0.0005\" is more than 3 decimals",
    ]);
    check_criterion("max = \"10\", step = \"0.0000001\"", &[
        "criteria[0].step: \"0.0000001\" is more than 6 decimals",
    ]);
}

#[test]
fn levels_lie_inside_the_range_and_do_not_overlap() {
    check_criterion(
        r#"max = "10", step = "1", levels = [
          { from = "5", to = "11", name = "a" }, { from = "0", to = "6", name = "b" },
          { from = "3", to = "1", name = "" },
        ]"#,
        &[
            "criteria[0].levels[0].to: must be from 0 to 10",
            "criteria[0].levels[1]: overlaps a",
            "criteria[0].levels[2].name: is missing",
            "criteria[0].levels[2].to: must be above 3",
        ],
    );
}

#[test]
fn keys_are_unique_and_visible() {
    check_criterion("max = \"1\", step = \"1\" }, { key = \" d\", name = \"d\", max = \"1\", step = \"1\"", &[
        "criteria[1].key: \" d\" holds a blank at an end, a control character or a colon",
    ]);
    let classes = r#"classes = [{ key = "A", name = "A" }, { key = "A", name = "B" }]"#;
    check(&[ONE, classes], &["classes[1].key: \"A\" is there twice"]);
    check(&[ONE, "classes = [{ key = \"\", name = \"A\" }]"], &["classes[0].key: is missing"]);
}

#[test]
fn a_min_panel_not_above_high_plus_low_is_refused() {
    check_class("trim = { high = 1, low = 1, min_panel = 2 }", &[
        "classes[0].trim.min_panel: must be above 2",
    ]);
    check_class("trim = { high = 3, low = 2 }", &["classes[0].trim.min_panel: must be above 5"]);
    check_class("trim = { high = -1, low = \"x\" }", &[
        "classes[0].trim.high: must be from 0 to 1000",
        "classes[0].trim.low: \"x\" is not a whole number",
    ]);
    check_class("trim = { high = 1, low = 1, below = \"drop\" }", &[
        "classes[0].trim.below: \"drop\" is not one of untrimmed, hold",
    ]);
}

#[test]
fn classes_name_criteria_that_exist() {
    check_class("criteria = [\"c\", \"x\", \"c\", \"d\"]", &[
        "classes[0].criteria[1]: there is no \"x\"",
        "classes[0].criteria[2]: \"c\" is there twice",
    ]);
    check_class("criteria = [\"c\"]", &["criteria[1]: no class marks this criterion"]);
    check_class("aggregate = \"mode\"", &[
        "classes[0].aggregate: \"mode\" is not one of mean, median, sum",
    ]);
}

#[test]
fn weights_are_not_negative_and_not_all_zero() {
    check_class("weight = \"-0.5\"", &["classes[0].weight: must not be negative"]);
    check_class("weight = \"0\"", &["classes: the weights of all classes are zero"]);
}

#[test]
fn a_stage_that_could_not_round_anything_is_refused() {
    let rounding = "rounding = { stages = { panel = 2, factored = 2, class = 2 } }";
    check(&[rounding, ONE, MEAN], &[
        "rounding.stages.panel: has an effect only with trim_by = \"criterion\"",
        "rounding.stages.factored: has an effect only with trim_by = \"criterion\"",
    ]);
    check(&["rounding = { places = 7, mode = \"half-even\" }", ONE, MEAN], &[
        "rounding.places: must be from 0 to 6",
        "rounding.mode: \"half-even\" is not one of half-up",
    ]);
}

#[track_caller]
fn check_ladder(ladder: &str, expected: &[&str]) {
    check(&[&format!("ties = [{ladder}]"), ONE, MEAN], expected);
}

#[test]
fn the_ladder_names_what_exists_and_ends_where_nothing_more_is_reached() {
    check_ladder("{ step = \"class\", key = \"B\" }", &["ties[0].key: there is no \"B\""]);
    check_ladder("{ step = \"criterion\" }", &["ties[0].key: is missing"]);
    check_ladder("{ step = \"shared\", key = \"A\" }", &["ties[0].key: takes no key"]);
    check_ladder("{ step = \"shared\" }, { step = \"fewer_deductions\" }", &[
        "ties[1]: nothing after shared is ever reached",
    ]);
    check_ladder("{ step = \"run_off\" }, { step = \"untrimmed_mean\" }", &[
        "ties[1]: nothing after run_off is ever reached",
    ]);
    check_ladder("{ step = \"untrimmed_mean\" }, { step = \"untrimmed_mean\" }", &[
        "ties[1]: \"untrimmed_mean\" is there twice",
    ]);
    check_ladder("{ step = \"lot\" }", &[
        "ties[0].step: \"lot\" is not one of untrimmed_mean, class, criterion, \
         fewer_deductions, run_off, shared",
    ]);
}

#[test]
fn phases_have_a_time() {
    check(&["phases = [{ key = \"p\", name = \"p\" }]", ONE, MEAN], &[
        "phases[0].seconds: is missing",
    ]);
    check(&["phases = [{ key = \"p\", name = \"p\", seconds = 0 }]", ONE, MEAN], &[
        "phases[0].seconds: must be from 1 to 86400",
    ]);
}

#[test]
fn a_float_is_no_number_of_a_charter() {
    let text = "title = \"t\"\nversion = \"1\"\nfloor = 0.5\n";
    let error = toml::from_str::<CharterDraft>(text).unwrap_err().to_string();
    assert!(error.contains("floating point"), "{error}");
    let text = "[[phases]]\nseconds = 1.5\n";
    assert!(toml::from_str::<CharterDraft>(text).is_err());
}

#[test]
fn an_unknown_key_is_refused() {
    for text in ["flour = \"1\"", "[[criteria]]\nmaximum = \"1\"", "[rounding.stages]\nx = 1"] {
        let error = toml::from_str::<CharterDraft>(text).unwrap_err().to_string();
        assert!(error.contains("unknown field"), "{error}");
    }
}

#[test]
fn a_charter_has_limits() {
    let item = "{ key = \"k\", name = \"k\", max = \"1\", step = \"1\" },";
    let many = format!("criteria = [{}]", item.repeat(41));
    let errors = Charter::from_draft(draft(&[&many, MEAN])).unwrap_err();
    assert_eq!(errors[0].to_string(), "criteria: has more than 40 items");
    let mut long = draft(&[ONE, MEAN]);
    long.title = "擂".repeat(501);
    let errors = Charter::from_draft(long).unwrap_err();
    assert_eq!(errors[0].to_string(), "title: is longer than 500 characters");
}
