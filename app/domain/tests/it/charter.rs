//! A charter that is sound: what its settings mean when they are left out, and that it travels.

use crate::support::{MEAN, ONE, charter, draft};
use domain::charter::{
    Aggregate, Charter, ClassAbsent, MarkError, Missing, RankStyle, TieOn, TrimBy, presets,
};
use domain::mark::Mark;

#[test]
fn what_is_left_out_takes_the_documented_default() {
    let charter = charter(&[ONE, MEAN]);
    assert_eq!(charter.trim_by(), TrimBy::Seat);
    assert_eq!(charter.missing(), Missing::Exclude);
    assert_eq!(charter.class_absent(), ClassAbsent::Hold);
    assert_eq!(charter.tie_on(), TieOn::Rounded);
    assert_eq!(charter.rank_style(), RankStyle::Standard);
    assert_eq!(charter.floor().to_string(), "0");
    assert_eq!(charter.rounding().places, 2);
    assert_eq!(charter.classes()[0].aggregate, Aggregate::Mean);
    assert_eq!(charter.classes()[0].weight.to_string(), "1");
    assert_eq!(charter.criteria()[0].factor.to_string(), "1");
    assert_eq!(charter.criteria()[0].min, Mark::ZERO);
    assert_eq!((charter.offline().tolerance_seconds, charter.offline().strict), (120, false));
    assert!(!charter.names_public() && !charter.multiplier_allowed());
    assert!(charter.ties().is_empty() && charter.phases().is_empty());
}

#[test]
fn a_charter_travels_as_its_draft_and_is_checked_again() {
    for preset in presets() {
        let charter = Charter::from_draft(toml::from_str(preset.toml).unwrap()).unwrap();
        let json = serde_json::to_string(&charter).unwrap();
        assert_eq!(serde_json::from_str::<Charter>(&json).unwrap(), charter);
        let file = toml::to_string(charter.draft()).unwrap();
        assert_eq!(Charter::from_draft(toml::from_str(&file).unwrap()).unwrap().draft(), {
            // Counts come back as strings, which is the same number as authored.
            &toml::from_str(&file).unwrap()
        });
    }
    let mut broken = draft(&[ONE, MEAN]);
    broken.criteria[0].step = Some("0".to_owned());
    let json = serde_json::to_string(&broken).unwrap();
    let error = serde_json::from_str::<Charter>(&json).unwrap_err().to_string();
    assert!(error.contains("criteria[0].step: must be above 0"), "{error}");
}

#[test]
fn counts_are_whole_numbers_as_digits_or_as_integers() {
    let as_text = draft(&["rounding = { places = \"3\" }", ONE, MEAN]);
    let as_integer = draft(&["rounding = { places = 3 }", ONE, MEAN]);
    assert_eq!(as_text, as_integer);
}

#[track_caller]
fn check_mark(text: &str, expected: Result<i64, MarkError>) {
    let criteria = r#"criteria = [
      { key = "c", name = "c", min = "1", max = "10", step = "0.5" },
    ]"#;
    let charter = charter(&[criteria, MEAN]);
    assert_eq!(charter.criteria()[0].parse_mark(text).map(Mark::milli), expected, "{text}");
}

#[test]
fn a_mark_lies_between_min_and_max_on_a_step() {
    let (min, max, step) = (Mark(1_000), Mark(10_000), Mark(500));
    check_mark("8.5", Ok(8_500));
    check_mark("8.50", Ok(8_500));
    check_mark("1", Ok(1_000));
    check_mark("10", Ok(10_000));
    check_mark("0.5", Err(MarkError::BelowMin { min }));
    check_mark("-1", Err(MarkError::BelowMin { min }));
    check_mark("10.5", Err(MarkError::AboveMax { max }));
    check_mark("8.3", Err(MarkError::OffStep { min, step }));
}

#[test]
fn steps_are_counted_from_the_least_mark() {
    let criteria = r#"criteria = [
      { key = "c", name = "c", min = "0.5", max = "4.5", step = "1" },
    ]"#;
    let charter = charter(&[criteria, MEAN]);
    assert!(charter.criteria()[0].parse_mark("2.5").is_ok());
    assert!(charter.criteria()[0].parse_mark("2").is_err());
}

#[test]
fn a_mark_on_a_shared_border_belongs_to_the_higher_level() {
    let preset = presets().iter().find(|preset| preset.key == "xianyou-six").unwrap();
    let charter = Charter::from_draft(toml::from_str(preset.toml).unwrap()).unwrap();
    let name = |milli| charter.criteria()[0].level(Mark(milli)).map(|level| level.name.as_str());
    assert_eq!(name(17_000), Some("好"));
    assert_eq!(name(16_500), Some("较好"));
    assert_eq!(name(0), Some("一般"));
}
