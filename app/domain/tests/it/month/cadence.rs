//! The season's calendar (GY-15): spans over month ends and leap years, windows, and states.

use super::period;
use domain::month::cadence::{CadenceRule, Duty, DutyState, Every, Output, Span, duties, preset};
use domain::month::day::Day;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn season(first: &str, last: &str) -> Span {
    Span::of_months(period(first), period(last))
}

fn rule(name: &str) -> CadenceRule {
    let mut rules = preset().into_iter();
    rules.find(|rule| rule.name == name).unwrap()
}

fn written(span: Span) -> String {
    format!("{}..{}", span.from, span.to)
}

/// Span and window of each duty of one row.
fn of_rule(name: &str, season: Span) -> Vec<String> {
    let rules = [rule(name)];
    let duties = duties(&rules, season);
    let line = |duty: &Duty<'_>| format!("{} {}", written(duty.span), written(duty.window));
    duties.iter().map(line).collect()
}

#[test]
fn months_end_on_their_own_last_day_and_are_posted_by_the_fifth() {
    assert_eq!(
        of_rule("月公示", season("2027-12", "2028-03")),
        [
            "2027-12-01..2027-12-31 2028-01-01..2028-01-05",
            "2028-01-01..2028-01-31 2028-02-01..2028-02-05",
            "2028-02-01..2028-02-29 2028-03-01..2028-03-05",
            "2028-03-01..2028-03-31 2028-04-01..2028-04-05",
        ]
    );
    let february = |year: &str| of_rule("月公示", season(year, year))[0].clone();
    assert!(february("2027-02").starts_with("2027-02-01..2027-02-28 2027-03-01"));
    assert!(
        february("2100-02").starts_with("2100-02-01..2100-02-28"),
        "no leap year"
    );
}

#[test]
fn weeks_go_from_monday_to_sunday_over_the_ends_of_years_and_are_due_within() {
    let weeks = of_rule("周督查", season("2026-12", "2027-01"));
    // 30 November was a Monday; the week with the first of February ends in it.
    assert_eq!(
        weeks.first().unwrap(),
        "2026-11-30..2026-12-06 2026-11-30..2026-12-06"
    );
    assert_eq!(weeks[4], "2026-12-28..2027-01-03 2026-12-28..2027-01-03");
    assert_eq!(
        weeks.last().unwrap(),
        "2027-01-25..2027-01-31 2027-01-25..2027-01-31"
    );
    assert_eq!(weeks.len(), 9);
    let leap = of_rule("周督查", season("2028-02", "2028-02"));
    assert_eq!(
        leap.last().unwrap(),
        "2028-02-21..2028-02-27 2028-02-21..2028-02-27"
    );
}

#[test]
fn longer_spans_follow_the_calendars_year_whenever_the_season_begins() {
    let season = season("2025-09", "2026-08");
    let spans = |name: &str| -> Vec<String> {
        let lines = of_rule(name, season).into_iter();
        lines
            .map(|line| line.split(' ').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        spans("双月表态"),
        [
            "2025-09-01..2025-10-31",
            "2025-11-01..2025-12-31",
            "2026-01-01..2026-02-28",
            "2026-03-01..2026-04-30",
            "2026-05-01..2026-06-30",
            "2026-07-01..2026-08-31",
        ]
    );
    assert_eq!(
        spans("季过堂"),
        [
            "2025-07-01..2025-09-30",
            "2025-10-01..2025-12-31",
            "2026-01-01..2026-03-31",
            "2026-04-01..2026-06-30",
        ]
    );
    assert_eq!(
        of_rule("半年考评", season),
        ["2026-01-01..2026-06-30 2026-07-01..2026-07-31"]
    );
    assert_eq!(
        of_rule("年终考评", season),
        ["2025-01-01..2025-12-31 2026-01-01..2026-01-31"]
    );
}

#[test]
fn a_year_has_fifty_two_weeks_twelve_months_six_four_one_and_one() {
    let year = season("2026-01", "2026-12");
    let rules = preset();
    let counts = |name: &str| {
        let duties = duties(&rules, year).into_iter();
        duties.filter(|duty| duty.rule.name == name).count()
    };
    let names = [
        "周督查",
        "月公示",
        "双月表态",
        "季过堂",
        "半年考评",
        "年终考评",
    ];
    assert_eq!(names.map(counts), [52, 12, 6, 4, 1, 1]);
}

#[test]
fn a_duty_is_open_up_to_its_last_day_and_overdue_on_the_next() {
    let rules = [rule("月公示")];
    let duties = duties(&rules, season("2026-07", "2026-07"));
    for (today, is_done, state) in [
        ("2026-07-31", false, DutyState::Ahead),
        ("2026-08-01", false, DutyState::Open),
        ("2026-08-05", false, DutyState::Open),
        ("2026-08-06", false, DutyState::Overdue),
        ("2026-07-31", true, DutyState::Done),
        ("2026-08-06", true, DutyState::Done),
    ] {
        assert_eq!(duties[0].state(is_done, day(today)), state, "{today}");
    }
}

proptest! {
    #[test]
    fn spans_follow_one_another_without_a_gap(year in 1990_u16..2200, month in 1_u8..=12) {
        let first = domain::month::Period::new(year, month).unwrap();
        let last = domain::month::Period::new(year + 2, month).unwrap();
        let season = Span::of_months(first, last);
        let rules = preset();
        let all = duties(&rules, season);
        prop_assert!(all.is_sorted_by_key(|duty| duty.window.to));
        for rule in &rules {
            let own: Vec<_> = all.iter().filter(|duty| duty.rule == rule).collect();
            for duty in &own {
                prop_assert!(season.contains(duty.span.to));
                prop_assert!(duty.span.from <= duty.span.to);
                prop_assert!(duty.window.from <= duty.window.to);
            }
            for pair in own.windows(2) {
                let next = pair[0].span.to.plus(1);
                let is_next = pair[1].span.from == next;
                prop_assert!(is_next || rule.every == Every::HalfYear);
            }
        }
    }
}

#[test]
fn a_span_has_the_months_that_lie_in_it_whole() {
    let months = |from: &str, to: &str| -> Vec<String> {
        let span = Span {
            from: day(from),
            to: day(to),
        };
        span.months().map(|period| period.to_string()).collect()
    };
    assert_eq!(
        months("2026-07-01", "2026-09-30"),
        ["2026-07", "2026-08", "2026-09"]
    );
    assert_eq!(months("2026-12-01", "2027-01-31"), ["2026-12", "2027-01"]);
    assert_eq!(months("2026-12-02", "2027-01-30"), [""; 0]);
    assert_eq!(months("2026-06-29", "2026-07-05"), [""; 0], "a week");
}

#[test]
fn only_what_has_a_document_is_found_by_its_word() {
    for sheet in Output::SHEETS {
        assert_eq!(Output::of_sheet(sheet.word()), Some(sheet));
    }
    assert_eq!(Output::of_sheet(Output::Posting.word()), None);
    assert_eq!(Output::of_sheet("records"), None);
    let (week, month, quarter) = (
        Every::Week,
        season("2026-07", "2026-07"),
        season("2026-07", "2026-09"),
    );
    let rules = [CadenceRule {
        every: week,
        ..rule("季过堂")
    }];
    let week = duties(&rules, month)[0].span;
    let has = |span| Output::SHEETS.map(|sheet| sheet.has_sheet(span));
    assert_eq!(has(week), [false; 3]);
    assert_eq!(has(month), [true, true, false]);
    assert_eq!(has(quarter), [true; 3]);
    assert!(!Output::Posting.has_sheet(quarter));
}
