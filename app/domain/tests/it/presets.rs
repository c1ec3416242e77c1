//! The charters that ship with the product.

use domain::charter::{Aggregate, Charter, CharterDraft, Preset, TrimBy, presets};
use domain::number::Decimal;
use domain::ratio::Ratio;

fn charter(key: &str) -> Charter {
    let preset = presets().iter().find(|preset| preset.key == key).unwrap();
    Charter::from_draft(draft(preset)).unwrap()
}

fn draft(preset: &Preset) -> CharterDraft {
    toml::from_str(preset.toml).unwrap()
}

#[test]
fn every_preset_is_a_valid_charter_with_its_source_line() {
    for preset in presets() {
        let charter = Charter::from_draft(draft(preset)).unwrap();
        assert!(
            charter.source().is_some_and(|source| !source.is_empty()),
            "{}",
            preset.key
        );
        assert!(!charter.phases().is_empty(), "{}", preset.key);
    }
}

#[test]
fn the_weights_of_the_six_dimension_preset_total_100() {
    let charter = charter("xianyou-six");
    let names: Vec<&str> = charter
        .criteria()
        .iter()
        .map(|item| item.name.as_str())
        .collect();
    assert_eq!(names, ["成效", "担当", "亮点", "问题", "思路", "实措"]);
    let total: i64 = charter.criteria().iter().map(|item| item.max.milli()).sum();
    assert_eq!(total, 100_000);
    assert!(
        charter
            .criteria()
            .iter()
            .all(|item| item.factor == Decimal::ONE)
    );
}

#[test]
fn the_six_dimension_preset_is_refused_when_its_weights_no_longer_total_100() {
    let preset = presets()
        .iter()
        .find(|preset| preset.key == "xianyou-six")
        .unwrap();
    let mut draft = draft(preset);
    draft.criteria[0].max = Some("25".to_owned());
    draft.criteria[0].levels.clear();
    let errors = Charter::from_draft(draft).unwrap_err();
    assert!(
        errors.iter().all(|error| error.path == "full_mark"),
        "{errors:?}"
    );
    let text = errors[0].to_string();
    assert_eq!(
        text,
        "full_mark: the criteria of class A total 105, not 100"
    );
}

#[test]
fn the_six_dimension_preset_has_four_voter_classes_whose_weights_total_one() {
    let charter = charter("xianyou-six");
    assert_eq!(charter.classes().len(), 4);
    let total = charter.classes().iter().map(|class| class.weight.ratio());
    let total = total.fold(Ratio::ZERO, |sum, weight| sum.plus(weight).unwrap());
    assert_eq!(total, Ratio::ONE);
}

#[test]
fn the_three_levels_have_examiners_of_their_own_and_a_clock_for_each_phase() {
    let levels = ["eshan-county", "eshan-section", "eshan-village"].map(charter);
    let mut panels = Vec::new();
    for level in &levels {
        let classes = level.classes().iter();
        panels.push(classes.map(|class| class.name.clone()).collect::<Vec<_>>());
        let weights = level.classes().iter().map(|class| class.weight.ratio());
        let total = weights.fold(Ratio::ZERO, |sum, weight| sum.plus(weight).unwrap());
        assert_eq!(total, Ratio::ONE);
        let phases = level.phases().iter().map(|phase| phase.name.as_str());
        assert_eq!(phases.collect::<Vec<_>>(), ["汇报", "点评", "答问"]);
    }
    panels.sort();
    panels.dedup();
    assert_eq!(panels.len(), levels.len());
}

#[test]
fn the_ab_preset_weighs_60_to_40_on_a_ten_point_scale() {
    let charter = charter("linshui-ab");
    let weights: Vec<String> = charter
        .classes()
        .iter()
        .map(|class| class.weight.to_string())
        .collect();
    assert_eq!(weights, ["0.6", "0.4"]);
    assert_eq!(charter.criteria()[0].max.to_string(), "10");
}

#[test]
fn the_nine_judge_preset_trims_one_high_and_one_low_of_seat_totals() {
    let charter = charter("nine-judges");
    let class = &charter.classes()[0];
    let trim = class.trim.unwrap();
    assert_eq!(
        (trim.high, trim.low, class.aggregate),
        (1, 1, Aggregate::Mean)
    );
    assert_eq!(charter.trim_by(), TrimBy::Seat);
}
