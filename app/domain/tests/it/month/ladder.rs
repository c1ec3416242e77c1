//! The ladder (GY-18, GY-19): 提醒单, 督办单, 约谈.

use super::{Season, figure, indicator, number, unit};
use domain::month::charter::{Again, Colour};
use domain::month::indicator::{Indicator, Rule};
use domain::month::ladder::{LadderPreset, Step, due as rows_due};
use domain::month::{MonthResult, period};
use std::collections::BTreeMap;

/// Five units, of which the fifth is behind or not; one is behind in a month.
fn season() -> Season {
    let mut season = Season::of(&[5]);
    season.charter.behind.last = 1;
    season
}

fn month(season: &Season, at: &str, behind: bool) -> MonthResult {
    let (fourth, fifth) = if behind { ("2", "1") } else { ("1", "2") };
    season.month(
        at,
        &[(1, "9"), (2, "8"), (3, "7"), (4, fourth), (5, fifth)],
        &[],
    )
}

fn due(month: &MonthResult) -> Vec<&str> {
    let fifth = &month.groups[0].units[4];
    fifth.due.iter().map(String::as_str).collect()
}

#[test]
fn scenario_10_a_unit_behind_in_january_february_and_april_is_talked_to_once_in_february() {
    let mut season = season();
    let january = month(&season, "2026-01", true);
    assert_eq!(due(&january), ["提醒单"]);
    season.publish(&january);
    let february = month(&season, "2026-02", true);
    assert_eq!(due(&february), ["提醒单", "约谈"]);
    season.publish(&february);
    // March is closed and never published: it neither adds nor resets.
    let march = month(&season, "2026-03", false);
    assert_eq!(due(&march), [""; 0]);
    let april = month(&season, "2026-04", true);
    assert_eq!(due(&april), ["提醒单"]);
    assert_eq!(april.groups[0].units[4].behind_in_a_row, 3);
    season.charter.ladder[2].again = Again::EveryMonth;
    assert_eq!(due(&month(&season, "2026-04", true)), ["提醒单", "约谈"]);
}

#[test]
fn a_month_that_is_not_behind_resets_and_the_talk_comes_again() {
    let mut season = season();
    for (at, behind) in [
        ("2026-01", true),
        ("2026-02", true),
        ("2026-03", false),
        ("2026-04", true),
    ] {
        let month = month(&season, at, behind);
        season.publish(&month);
    }
    assert_eq!(due(&month(&season, "2026-05", true)), ["提醒单", "约谈"]);
}

#[test]
fn behind_on_a_named_item_past_its_date_is_a_supervision_slip_instead_of_a_reminder() {
    let mut season = season();
    season.indicators.push(Indicator {
        due: Some("2026-02".parse::<period::Period>().unwrap()),
        ..indicator("0", Rule::Target)
    });
    let closed = |at: &str| {
        let mut figures = BTreeMap::new();
        for of in 1..=5 {
            figures.insert((0, unit(of)), figure(&(10 - of).to_string(), ""));
            figures.insert((1, unit(of)), figure("0", "1"));
        }
        season.closed(at, &figures, &[])
    };
    assert_eq!(due(&closed("2026-01")), ["提醒单"]);
    assert_eq!(due(&closed("2026-02")), ["督办单"]);
    // Overdue and not behind: nothing follows.
    assert_eq!(closed("2026-02").groups[0].units[0].due, [""; 0]);
}

#[test]
fn a_line_makes_everybody_below_it_behind() {
    let mut season = season();
    season.charter.behind.last = 0;
    season.charter.behind.below = Some(number("98"));
    let month = month(&season, "2026-01", true);
    let behind: Vec<bool> = month.units().map(|unit| unit.behind).collect();
    assert_eq!(behind, [false, false, false, true, true]);
}

#[test]
fn a_month_without_a_figure_neither_adds_nor_resets() {
    let mut season = season();
    let january = month(&season, "2026-01", true);
    season.publish(&january);
    let held = season.month("2026-02", &[(1, "9"), (2, "8"), (3, "7"), (4, "6")], &[]);
    let fifth = &held.groups[0].units[4];
    assert_eq!(
        (fifth.rank, fifth.behind_in_a_row, fifth.due.len()),
        (None, 1, 0)
    );
    season.publish(&held);
    assert_eq!(due(&month(&season, "2026-03", true)), ["提醒单", "约谈"]);
}

#[test]
fn three_colours_follow_one_another_and_a_named_item_is_one_further() {
    let rows = LadderPreset::ThreeColours.rows();
    let names = |steps: &[(bool, bool)]| -> Vec<String> {
        let step = |(behind, overdue): &(bool, bool)| Step {
            behind: *behind,
            overdue: *overdue,
        };
        let steps: Vec<Step> = steps.iter().map(step).collect();
        let due = rows_due(&rows, &steps);
        due.into_iter().map(|row| row.name.clone()).collect()
    };
    let (plain, item) = ((true, false), (true, true));
    assert_eq!(names(&[plain]), ["蓝色督查单"]);
    assert_eq!(names(&[plain; 2]), ["橙色督查单"]);
    assert_eq!(names(&[plain; 3]), ["红色督查单"]);
    assert_eq!(names(&[plain; 4]), ["红色督查单"]);
    // The third red one (P11).
    assert_eq!(names(&[plain; 5]), ["红色督查单", "约谈"]);
    assert_eq!(names(&[item]), ["橙色督查单"]);
    assert_eq!(names(&[plain, item]), ["红色督查单"]);
    assert_eq!(names(&[plain, plain, item]), ["红色督查单"]);
    assert_eq!(names(&[(false, true)]), [""; 0]);
    let colours: Vec<_> = rows.iter().filter_map(|row| row.colour).collect();
    assert!(colours.contains(&Colour::Blue) && colours.contains(&Colour::Red));
}
