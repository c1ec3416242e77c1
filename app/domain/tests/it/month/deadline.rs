//! P9, P10: what is nearly due, and what is overdue.

use domain::month::deadline::Deadline::{self, Ahead, Near, Past};
use domain::month::{Day, deadline::NEAR_DAYS};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn three_days_before_the_last_one_it_is_near_and_the_day_after_it_is_overdue() {
    for (today, expected) in [
        ("2026-07-08", Ahead),
        ("2026-07-09", Near),
        ("2026-07-11", Near),
        ("2026-07-12", Near),
        ("2026-07-13", Past),
        ("2027-07-12", Past),
    ] {
        let of = Deadline::of(day("2026-07-12"), day(today));
        assert_eq!(of, expected, "{today}");
    }
}

#[test]
fn a_month_or_a_year_that_ends_in_between_changes_nothing() {
    assert_eq!(Deadline::of(day("2027-01-02"), day("2026-12-30")), Near);
    assert_eq!(Deadline::of(day("2027-01-02"), day("2026-12-29")), Ahead);
    assert_eq!(Deadline::of(day("2024-03-02"), day("2024-02-28")), Near);
}

#[test]
fn every_day_is_one_of_the_three_in_their_order() {
    let last = day("2026-07-12");
    let days = (0..20).map(|passed| last.minus(10).plus(passed));
    let states: Vec<Deadline> = days.map(|today| Deadline::of(last, today)).collect();
    let near = usize::try_from(NEAR_DAYS).unwrap() + 1;
    let ahead = 10 - usize::try_from(NEAR_DAYS).unwrap();
    let expected = [vec![Ahead; ahead], vec![Near; near], vec![Past; 9]].concat();
    assert_eq!(states, expected);
}
