//! The months of a season (GY-3).

use super::period;
use domain::month::season_months::SeasonMonths;

fn months(from: &str, to: &str) -> Option<SeasonMonths> {
    SeasonMonths::new(period(from), period(to))
}

#[test]
fn a_season_has_a_first_month_and_a_last_one_at_most_two_years_later() {
    assert!(months("2026-01", "2026-12").is_some());
    assert!(months("2026-07", "2026-07").is_some(), "a trial of a month");
    assert!(months("2025-09", "2027-08").is_some());
    assert_eq!(months("2025-09", "2027-09"), None);
    assert_eq!(months("2026-12", "2026-01"), None);
}

#[test]
fn the_season_after_it_begins_with_the_month_after_its_last_one() {
    let year = months("2025-09", "2026-12").unwrap();
    let next = year.following().unwrap();
    assert_eq!(Some(next), months("2027-01", "2027-12"));
    assert!(year.contains(period("2026-12")) && !year.contains(period("2027-01")));
    assert!(!year.contains(period("2025-08")));
    let span = year.span();
    let days = (span.from.to_string(), span.to.to_string());
    assert_eq!(days, ("2025-09-01".to_owned(), "2026-12-31".to_owned()));
}
