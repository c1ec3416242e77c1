//! What other places published, as charters to begin from (P3-P12, WZ-17).

use super::{Season, period, unit};
use domain::month::cadence::{Every, Output};
use domain::month::charter::{Document, Side};
use domain::month::ladder::Ground;
use domain::month::preset::SeasonPreset;
use domain::month::{Day, Period, SeasonCharter, cadence};

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
        let mut rows = charter.cadence.iter();
        let posting = rows.find(|row| row.output == Output::Posting);
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

/// P11: red ones are counted, and not months behind.
#[test]
fn three_red_ones_in_a_row_are_a_talk() {
    for preset in [SeasonPreset::ThreeColours, SeasonPreset::Longchang] {
        let charter = preset.charter();
        let talk = charter
            .ladder
            .iter()
            .find(|row| row.document == Document::Talk);
        let talk = talk.expect("a talk");
        assert_eq!((talk.ground, talk.months), (Ground::Red, 3));
        assert!(charter.source.contains("隆昌市"), "{preset:?}");
    }
}

/// P9, P10: the words of the source that the engine does not do are said to be missing.
#[test]
fn a_preset_of_dates_looks_at_dates_alone() {
    for (preset, missing) in [
        (SeasonPreset::Suqian, "质量不高不由系统认定"),
        (SeasonPreset::Xian, "不向所有人弹窗"),
    ] {
        let charter = preset.charter();
        assert!(
            charter
                .ladder
                .iter()
                .all(|row| row.ground != Ground::Behind)
        );
        assert!(charter.source.contains(missing), "{}", charter.source);
        assert!(month_of(preset).units().all(|unit| unit.due.is_empty()));
    }
}

/// P5: two months are reviewed at once, after the second one.
#[test]
fn a_review_of_two_months_is_the_posting_of_the_second() {
    let charter = SeasonPreset::Jingzhou.charter();
    let day = |text: &str| text.parse::<Day>().expect("a day");
    let season = cadence::Span {
        from: day("2026-01-01"),
        to: day("2026-12-31"),
    };
    let duties = cadence::duties(&charter.cadence, season);
    let postings = duties
        .iter()
        .filter(|duty| duty.rule.output == Output::Posting);
    let postings: Vec<_> = postings
        .map(|duty| {
            assert_eq!(
                (&*duty.rule.name, duty.rule.every),
                ("双月讲评", Every::TwoMonths)
            );
            (duty.span.to.to_string(), duty.window.to.to_string())
        })
        .collect();
    assert_eq!(postings.len(), 6);
    let first = ("2026-02-28".to_owned(), "2026-03-20".to_owned());
    assert_eq!(postings[0], first);
    assert!(charter.source.contains("每次讲评前在规则里定"));
}

/// P5's own numbers: fifteen yellow and six red ones, and the next time five and fourteen.
#[test]
fn as_many_flags_go_out_as_the_rules_say_before_a_review() {
    let mut season = Season::of(&[42]);
    season.charter = SeasonPreset::Jingzhou.charter();
    let values: Vec<(u32, String)> = (1..=42).map(|of| (of, (100 - of).to_string())).collect();
    let values: Vec<_> = values
        .iter()
        .map(|(of, value)| (*of, value.as_str()))
        .collect();
    let mut review = |at: &str, red: u32, yellow: u32| {
        (season.charter.flags[0].count, season.charter.flags[1].count) = (red, yellow);
        let month = season.month(at, &values, &[]);
        season.publish(&month);
        let flags = &month.groups[0].flags;
        let held = |row: usize| flags[row].iter().filter(|flag| flag.to.is_some()).count();
        let back = |row: usize| {
            let given = flags[row].iter().filter(|flag| flag.from.is_some());
            given.filter(|flag| flag.to.is_none()).count()
        };
        ([held(0), held(1)], [back(0), back(1)])
    };
    assert_eq!(review("2026-02", 6, 15), ([6, 15], [0, 0]));
    // Ten of the fifteen come back, and of no flag it is forgotten who held it.
    assert_eq!(review("2026-04", 14, 5), ([14, 5], [0, 10]));
    assert_eq!(review("2026-06", 14, 5), ([14, 5], [0, 0]));
}

/// Two are equal at the edge, and one flag is left of three: one of the two keeps its own.
#[test]
fn no_more_flags_go_out_than_there_are() {
    let mut season = Season::of(&[6]);
    season.charter = SeasonPreset::Jingzhou.charter();
    let rest = [(4, "4"), (5, "3"), (6, "2")];
    let first = [[(1, "9"), (2, "8"), (3, "7")].as_slice(), &rest].concat();
    season.publish(&season.month("2026-02", &first, &[]));
    season.charter.flags[0].count = 1;
    let equal = [[(1, "6"), (2, "9"), (3, "9")].as_slice(), &rest].concat();
    let month = season.month("2026-04", &equal, &[]);
    let flags = month.groups[0].flags[0].iter();
    let held: Vec<_> = flags.map(|flag| (flag.number, flag.to)).collect();
    assert_eq!(held, [(1, None), (2, Some(unit(2))), (3, None)]);
}

/// P5: January's figures are asked of nobody, since January is never posted.
#[test]
fn what_is_posted_every_two_months_is_posted_with_the_second_of_them() {
    let months = |preset: SeasonPreset| {
        let charter = preset.charter();
        let all = (1..=12).filter_map(|month| Period::new(2026, month));
        let posted = all.filter(|period| charter.posts(*period));
        posted.map(Period::month).collect::<Vec<_>>()
    };
    assert_eq!(months(SeasonPreset::Jingzhou), [2, 4, 6, 8, 10, 12]);
    assert_eq!(months(SeasonPreset::Guanyun).len(), 12);
    let mut silent = SeasonPreset::Guanyun.charter();
    silent.cadence.clear();
    assert!(silent.posts(period("2026-01")));
}

#[test]
fn what_reads_the_months_is_no_reason_to_compute_one_anew() {
    let one = SeasonCharter::guanyun();
    let other = SeasonCharter {
        cadence: Vec::new(),
        leaders: None,
        pledges: true,
        audience: serde_json::from_str(r#"{"board":"staff","unit":"staff"}"#).unwrap(),
        ..one.clone()
    };
    assert_ne!(one, other);
    assert!(one.computes_like(&other));
    let rounded = SeasonCharter {
        places: one.places + 1,
        ..one.clone()
    };
    assert!(!one.computes_like(&rounded));
}
