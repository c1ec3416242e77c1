//! The score of a year (GY-10) and what places in contests count in it (WZ-12).

use super::number;
use domain::month::SeasonCharter;
use domain::month::charter::Side;
use domain::month::year::{PlacePoints, YearInput, YearPart, YearRule, is_part_score};
use domain::number::Decimal;
use domain::ratio::Ratio;

fn row(side: Side, from: u32, to: u32, points: &str) -> PlacePoints {
    PlacePoints {
        side,
        from,
        to,
        points: number(points),
    }
}

fn rule() -> YearRule {
    YearRule {
        months: number("60"),
        parts: vec![YearPart {
            name: "综合考核".to_owned(),
            weight: number("40"),
        }],
        contests: vec![
            row(Side::Top, 1, 1, "3"),
            row(Side::Top, 2, 3, "1.5"),
            row(Side::Bottom, 1, 2, "-1"),
        ],
        contests_cap: Some(number("4")),
    }
}

fn sum(months: Option<&str>, part: Option<&str>, contests: &[&str]) -> Option<String> {
    let input = YearInput {
        months: months.map(|mean| number(mean).ratio()),
        parts: vec![part.map(number)],
        contests: contests.iter().copied().map(number).collect(),
    };
    let score = rule().score(&input).expect("numbers that fit");
    score.sum.map(|sum| sum.to_fixed(2))
}

#[test]
fn places_bring_points_from_the_first_and_cost_them_from_the_last() {
    let of = |of: u32| -> Vec<String> {
        let points = (1..=of).map(|rank| rule().points(rank, of).to_string());
        points.collect()
    };
    assert_eq!(of(6), ["3", "1.5", "1.5", "0", "-1", "-1"]);
    // With few of them the first row that fits counts: whoever is second is not punished as last.
    assert_eq!(of(3), ["3", "1.5", "1.5"]);
    assert_eq!(of(1), ["3"]);
    // Two that share the last place but one of six are fifth, and nobody is sixth.
    assert_eq!(rule().points(5, 6).to_string(), "-1");
    assert_eq!(rule().points(4, 6).to_string(), "0");
}

#[test]
fn the_score_is_the_weighed_parts_and_the_contests_within_their_cap() {
    assert_eq!(sum(Some("90"), Some("85"), &[]).as_deref(), Some("88.00"));
    assert_eq!(
        sum(Some("90"), Some("85"), &["3", "-1"]).as_deref(),
        Some("90.00")
    );
    assert_eq!(
        sum(Some("90"), Some("85"), &["3", "3"]).as_deref(),
        Some("92.00")
    );
    assert_eq!(
        sum(Some("90"), Some("85"), &["-3", "-3"]).as_deref(),
        Some("84.00")
    );
}

#[test]
fn a_mean_is_not_rounded_before_it_is_weighed() {
    let third = Ratio::new(271, 3).expect("a ratio");
    let input = YearInput {
        months: Some(third),
        parts: vec![Some(Decimal::ZERO)],
        contests: Vec::new(),
    };
    let score = rule().score(&input).expect("numbers that fit");
    // 90.333… at 60 % is 54.2 sharp; of 90.33 it would be 54.198.
    assert_eq!(score.sum.expect("a sum").to_fixed(3), "54.200");
}

#[test]
fn what_is_missing_is_no_zero() {
    assert_eq!(sum(None, Some("85"), &["3"]), None);
    assert_eq!(sum(Some("90"), None, &["3"]), None);
    assert_eq!(sum(Some("0"), Some("0"), &[]).as_deref(), Some("0.00"));
    assert!(is_part_score(number("100")) && is_part_score(number("0")));
    assert!(!is_part_score(number("100.1")) && !is_part_score(number("-0.1")));
}

#[test]
fn a_charter_names_what_is_wrong_with_its_year() {
    let mut charter = SeasonCharter::guanyun();
    charter.year = Some(rule());
    assert_eq!(charter.faults(), []);
    charter.year = Some(YearRule {
        months: number("70"),
        contests: vec![row(Side::Top, 2, 1, "3"), row(Side::Top, 1, 1, "101")],
        contests_cap: Some(number("-1")),
        ..rule()
    });
    let faults = charter.faults().into_iter();
    let faults: Vec<_> = faults.map(|fault| (fault.key, fault.code)).collect();
    let expected = [
        ("year.months", "not_a_hundred"),
        ("year.contests[0].to", "out_of_range"),
        ("year.contests[1].points", "out_of_range"),
        ("year.contests_cap", "negative"),
    ];
    let expected = expected.map(|(key, code)| (key.to_owned(), code));
    assert_eq!(faults, expected);
}
