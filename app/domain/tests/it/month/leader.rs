//! Leaders and the units that they answer for (GY-8, GY-9).

use domain::ids::UnitId;
use domain::month::leader::{Bound, LeaderRule, Share};
use domain::month::season_months::SeasonMonths;
use domain::month::{Period, SeasonCharter};
use domain::number::Decimal;
use domain::ratio::Ratio;
use std::collections::BTreeMap;
use uuid::Uuid;

fn month(text: &str) -> Period {
    text.parse().expect("a month")
}

fn score(text: &str) -> Option<Ratio> {
    let number: Option<Decimal> = text.parse().ok();
    number.map(Decimal::ratio)
}

fn bound(from: &str, until: Option<&str>) -> Bound {
    Bound {
        unit: UnitId(Uuid::nil()),
        from: month(from),
        until: until.map(month),
    }
}

#[test]
fn the_leader_has_the_mean_or_the_least_of_all_units_and_nothing_while_one_is_missing() {
    let line = |share, scores: &[&str]| {
        let scores: Vec<_> = scores.iter().map(|text| score(text)).collect();
        let line = LeaderRule { visits: 1, share }.line(&scores);
        line.expect("a number that fits")
            .map(|line| line.to_fixed(2))
    };
    // (90.05 + 80 + 71) / 3 = 80.35
    assert_eq!(
        line(Share::Mean, &["90.05", "80", "71"]).as_deref(),
        Some("80.35")
    );
    assert_eq!(
        line(Share::Least, &["90.05", "80", "71"]).as_deref(),
        Some("71.00")
    );
    // Half away from zero, rounded once: (80.01 + 80.02) / 2 = 80.015.
    assert_eq!(
        line(Share::Mean, &["80.01", "80.02"]).as_deref(),
        Some("80.02")
    );
    for share in [Share::Mean, Share::Least] {
        assert_eq!(line(share, &["90", "", "71"]), None);
        assert_eq!(line(share, &[]), None);
    }
}

#[test]
fn visits_are_owed_from_the_first_month_of_a_unit_to_the_last_and_a_month_that_is_on_is_not_missed()
{
    let rule = LeaderRule {
        visits: 2,
        share: Share::Mean,
    };
    let season = SeasonMonths::new(month("2026-01"), month("2026-12")).expect("a season");
    let bounds = [
        bound("2026-02", Some("2026-05")),
        bound("2026-04", Some("2026-06")),
    ];
    let visits = BTreeMap::from([
        (month("2026-03"), 2),
        (month("2026-04"), 1),
        (month("2026-06"), 0),
    ]);
    let missed = |current| rule.missed(&bounds, &visits, (season, month(current)));
    assert_eq!(missed("2026-02"), []);
    assert_eq!(missed("2026-04"), [month("2026-02")]);
    assert_eq!(
        missed("2027-05"),
        ["2026-02", "2026-04", "2026-05"].map(month)
    );
    assert_eq!(rule.owed(&bounds, &visits, (season, month("2026-01"))), 0);
    assert_eq!(rule.owed(&bounds, &visits, (season, month("2026-02"))), 2);
    assert_eq!(rule.owed(&bounds, &visits, (season, month("2026-04"))), 1);
    assert_eq!(rule.owed(&bounds, &visits, (season, month("2026-06"))), 0);
    let open = [bound("2026-04", None)];
    assert_eq!(
        rule.owed(&open, &visits, (season, month("2027-01"))),
        0,
        "the season is over"
    );
}

#[test]
fn a_charter_without_leaders_says_nothing_of_them_and_one_asks_for_a_visit_a_day_at_most() {
    let mut charter = SeasonCharter::guanyun();
    let rule = charter.leaders.as_mut().expect("leaders (GY-8)");
    assert_eq!((rule.visits, rule.share), (1, Share::Mean));
    rule.visits = 32;
    let faults = charter.faults();
    let faults: Vec<_> = faults
        .iter()
        .map(|one| (one.key.as_str(), one.code))
        .collect();
    assert_eq!(faults, [("leaders.visits", "out_of_range")]);
    charter.leaders = None;
    let text = serde_json::to_string(&charter).expect("JSON");
    assert!(!text.contains("leaders"));
    assert_eq!(
        serde_json::from_str::<SeasonCharter>(&text).expect("a charter"),
        charter
    );
}
