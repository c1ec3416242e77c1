//! What other places published, as charters to begin from (P3-P8, P11, P12, WZ-17).

use super::Season;
use domain::month::charter::Side;
use domain::month::preset::SeasonPreset;
use domain::month::{Day, SeasonCharter, cadence};

#[test]
fn every_preset_is_a_charter_without_fault_that_names_its_source() {
    let mut sources = Vec::new();
    for preset in SeasonPreset::ALL {
        let charter = preset.charter();
        assert_eq!(charter.faults(), [], "{preset:?}");
        assert!(charter.source.contains("灌云"), "{preset:?}");
        sources.push(charter.source);
    }
    sources.sort();
    sources.dedup();
    assert_eq!(sources.len(), SeasonPreset::ALL.len());
    assert_eq!(SeasonPreset::default().charter(), SeasonCharter::guanyun());
}

/// Seven units by their place; what the first and the last come to.
fn month_of(preset: SeasonPreset) -> domain::month::MonthResult {
    let mut season = Season::of(&[7]);
    season.charter = preset.charter();
    let values: Vec<(u32, String)> = (1..=7).map(|of| (of, (10 - of).to_string())).collect();
    let values: Vec<_> = values
        .iter()
        .map(|(of, value)| (*of, value.as_str()))
        .collect();
    season.month("2026-07", &values, &[])
}

#[test]
fn the_first_three_get_points_and_the_last_three_what_the_preset_names() {
    let due = |preset| {
        let month = month_of(preset);
        let due = &month.groups[0].units[6].due;
        let firsts = &month.groups[0].units[0].due;
        assert!(firsts.is_empty());
        due.clone()
    };
    assert_eq!(due(SeasonPreset::Jiangshan), ["集体约谈"]);
    assert_eq!(due(SeasonPreset::Jiantou), ["表态发言"]);
    assert_eq!(due(SeasonPreset::ThreeColours), ["蓝色督查单"]);
    let plain = month_of(SeasonPreset::Guanyun);
    let bonus = month_of(SeasonPreset::Assessment);
    let score = |month: &domain::month::MonthResult, at: usize| {
        month.groups[0].units[at]
            .score
            .expect("a score")
            .round_scaled(1)
    };
    for (at, tenths) in [(0, 5), (1, 3), (2, 1), (3, 0)] {
        let more = score(&bonus, at) - score(&plain, at);
        assert_eq!(more, tenths, "{at}");
    }
}

#[test]
fn flags_are_named_as_the_place_names_them() {
    let names = |preset: SeasonPreset| {
        let flags = preset.charter().flags;
        assert_eq!([flags[0].side, flags[1].side], [Side::Top, Side::Bottom]);
        assert_eq!([flags[0].count, flags[1].count], [3, 3]);
        [flags[0].name.clone(), flags[1].name.clone()]
    };
    assert_eq!(names(SeasonPreset::Jiangshan), ["流动红旗", "灰旗"]);
    assert_eq!(names(SeasonPreset::Jiantou), ["红旗", "黄旗"]);
    assert_eq!(names(SeasonPreset::Dongtou), ["海豚奖", "海龟奖"]);
    assert!(SeasonPreset::Xincheng.charter().spots);
}

#[test]
fn an_assessed_month_is_looked_through_by_the_20th_and_posted_by_the_25th() {
    let charter = SeasonPreset::Assessment.charter();
    let day = |text: &str| text.parse::<Day>().expect("a day");
    let span = cadence::Span {
        from: day("2026-07-01"),
        to: day("2026-07-31"),
    };
    let duties = cadence::duties(&charter.cadence, span);
    let until = |name: &str| {
        let mut found = duties.iter().filter(|duty| duty.rule.name == name);
        found.next().expect("a duty").window.to
    };
    assert_eq!(until("统计审核"), day("2026-08-20"));
    assert_eq!(until("月公示"), day("2026-08-25"));
    assert_eq!(charter.entry_day(), 18, "the departments come first");
}

/// What departments may still enter cannot be what was posted the week before.
#[test]
fn departments_are_done_before_a_month_is_to_be_posted() {
    for preset in SeasonPreset::ALL {
        let mut charter = preset.charter();
        let posting = charter.cadence.iter().find(|row| row.name == "月公示");
        let posting = posting.expect("a posting").days_after;
        assert!(charter.entry_day() < posting, "{preset:?}");
        for row in &mut charter.cadence {
            row.days_after = 60;
        }
        assert_eq!(charter.entry_day(), 28, "a day that every month has");
        charter.cadence.clear();
        assert_eq!(charter.entry_day(), 18, "{preset:?}");
    }
    assert_eq!(SeasonCharter::guanyun().entry_day(), 3);
}

/// The source counts red ones; what is computed is written beside it.
#[test]
fn a_preset_says_by_what_it_comes_to_a_talk() {
    let charter = SeasonPreset::ThreeColours.charter();
    let talk = charter.ladder.iter().find(|row| row.name == "约谈");
    assert_eq!(talk.expect("a talk").months, 5);
    assert!(charter.source.contains("连续落后第五个月"));
}
