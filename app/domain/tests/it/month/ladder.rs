//! The ladder (GY-18, GY-19): 提醒单, 督办单, 约谈.

use super::{Season, figure, indicator, number, unit};
use domain::month::charter::{Again, Colour, LadderRule};
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

const PLAIN: Step = Step {
    behind: true,
    overdue: false,
    nearly_due: false,
    behind_time: false,
    missing: false,
};
/// Behind, and a named item is past due.
const ITEM: Step = Step {
    overdue: true,
    ..PLAIN
};
const GOOD: Step = Step {
    behind: false,
    ..PLAIN
};

/// What each of these months comes to, by a ladder.
fn each_month(ladder: LadderPreset, steps: &[Step]) -> Vec<String> {
    let rows = ladder.rows();
    let names = |until: usize| {
        let due = rows_due(&rows, &steps[..until]).into_iter();
        let names: Vec<_> = due.map(|row| row.name.as_str()).collect();
        names.join(" ")
    };
    (1..=steps.len()).map(names).collect()
}

#[test]
fn three_colours_follow_one_another_and_a_named_item_is_one_further() {
    let months = |steps: &[Step]| each_month(LadderPreset::ThreeColours, steps);
    let (blue, orange, red) = ("蓝色督查单", "橙色督查单", "红色督查单");
    let talk = "红色督查单 约谈";
    // The third red one (P11).
    assert_eq!(months(&[PLAIN; 6]), [blue, orange, red, red, talk, red]);
    // An item makes the second month red, and so the fourth that of the third red one.
    assert_eq!(months(&[PLAIN, ITEM, PLAIN, PLAIN]), [blue, red, red, talk]);
    assert_eq!(months(&[ITEM; 4]), [orange, red, red, talk]);
    assert_eq!(months(&[PLAIN, PLAIN, ITEM])[2], red);
    let overdue = Step {
        overdue: true,
        ..GOOD
    };
    assert_eq!(months(&[overdue]), [""]);
    let rows = LadderPreset::ThreeColours.rows();
    let colours: Vec<_> = rows.iter().filter_map(|row| row.colour).collect();
    assert!(colours.contains(&Colour::Blue) && colours.contains(&Colour::Red));
}

/// P11: three red cards in a row, and again only after a month without one.
#[test]
fn the_third_red_card_in_a_row_is_a_talk() {
    let months = |steps: &[Step]| each_month(LadderPreset::Longchang, steps);
    let (red, talk) = ("红牌", "红牌 约谈");
    assert_eq!(months(&[PLAIN; 4]), [red, red, talk, red]);
    let broken = [PLAIN, PLAIN, GOOD, PLAIN, PLAIN, PLAIN];
    assert_eq!(months(&broken), [red, red, "", red, red, talk]);
}

/// A red slip for three months behind is itself the first of the three that a talk counts.
#[test]
fn a_row_that_counts_red_ones_counts_what_the_ladder_proposes() {
    let mut rows = LadderPreset::Longchang.rows();
    rows[0].months = 3;
    let talk = |months: usize| {
        let due = rows_due(&rows, &[PLAIN; 9][..months]);
        due.iter().any(|row| row.name == "约谈")
    };
    assert!((1..=9).filter(|months| talk(*months)).eq([5]));
    rows[1].again = Again::EveryMonth;
    let talks = (1..=9).filter(|months| {
        let due = rows_due(&rows, &[PLAIN; 9][..*months]);
        due.iter().any(|row| row.name == "约谈")
    });
    assert!(talks.eq(5..=9));
    rows[0].colour = Some(Colour::Yellow);
    assert!(
        rows_due(&rows, &[PLAIN; 9])
            .iter()
            .all(|row| row.name != "约谈")
    );
}

/// P9: 120 in the year is by time 10 a month; the other item is due in July.
fn supervised(ladder: LadderPreset) -> Season {
    let mut season = season();
    season.charter.ladder = ladder.rows();
    let pace = Rule::Pace {
        step: number("0.01"),
    };
    let item = Indicator {
        key: "b".to_owned(),
        due: Some("2026-07".parse::<period::Period>().unwrap()),
        ..indicator("50", Rule::Target)
    };
    season.indicators = vec![indicator("50", pace), item];
    season
}

/// What the first and the second of five come to: their values by 序时, and whether the item is met.
/// The first one is the best of the group.
fn of_two(season: &Season, at: &str, first: (&str, &str), second: (&str, &str)) -> [String; 2] {
    let mut figures = BTreeMap::new();
    let rest = ("200", "1");
    for (of, (value, item)) in (1..).zip([first, second, rest, rest, rest]) {
        figures.insert((0, unit(of)), figure(value, "120"));
        figures.insert((1, unit(of)), figure(item, "1"));
    }
    let month = season.closed(at, &figures, &[]);
    [0, 1].map(|of| month.groups[0].units[of].due.join(" "))
}

#[test]
fn what_is_nearly_due_is_blue_what_is_behind_time_yellow_and_what_is_past_due_red() {
    let season = supervised(LadderPreset::Suqian);
    let (blue, yellow, red) = ("蓝色督办单", "黄色督办单", "红色督办单");
    let month = |at: &str, first, second| of_two(&season, at, first, second);
    // By the end of May it is 50, of June 60, of July 70.
    assert_eq!(month("2026-05", ("50", "0"), ("49.9", "0")), ["", yellow]);
    // Less by less than what is printed: it reads 0.0.
    assert_eq!(month("2026-05", ("50", "0"), ("49.95", "0")), ["", ""]);
    let both = format!("{blue} {yellow}");
    assert_eq!(month("2026-06", ("60", "0"), ("59.9", "0")), [blue, &both]);
    assert_eq!(month("2026-06", ("60", "1"), ("59.9", "1")), ["", yellow]);
    assert_eq!(month("2026-07", ("70", "0"), ("70", "1")), [red, ""]);
    let both = format!("{yellow} {red}");
    assert_eq!(month("2026-08", ("80", "0"), ("79", "0")), [red, &both]);
}

/// Each month again, until the item is met; whoever is merely among the last gets none of them.
#[test]
fn a_red_slip_comes_each_month_until_the_item_is_met() {
    for (ladder, name) in [
        (LadderPreset::Suqian, "红色督办单"),
        (LadderPreset::Xian, "督办单"),
    ] {
        let season = supervised(ladder);
        let month = |at: &str, item: &str| of_two(&season, at, ("120", item), ("119", "1"));
        for at in ["2026-07", "2026-08", "2026-09"] {
            assert_eq!(month(at, "0"), [name, ""], "{at}");
        }
        assert_eq!(month("2026-10", "1"), ["", ""]);
    }
}

/// One figure gives ground for one thing, the gravest.
#[test]
fn an_item_by_time_is_yellow_before_its_month_and_red_from_it_on() {
    let mut season = supervised(LadderPreset::Suqian);
    season.indicators[0].due = season.indicators[1].due;
    let month = |at: &str, value| of_two(&season, at, (value, "1"), ("200", "1"))[0].clone();
    assert_eq!(month("2026-06", "59"), "黄色督办单");
    assert_eq!(month("2026-06", "60"), "蓝色督办单");
    assert_eq!(month("2026-07", "69"), "红色督办单");
    assert_eq!(month("2026-07", "120"), "");
}

/// Who does not report one figure does not get away with the other one, and gets nothing for a
/// place that it does not have.
#[test]
fn a_missing_figure_takes_no_slip_away_that_another_figure_is_the_ground_of() {
    let mut season = supervised(LadderPreset::Suqian);
    season.charter.ladder.extend(LadderPreset::Guanyun.rows());
    let month = |season: &Season, at: &str, value: &str| {
        let mut figures = BTreeMap::new();
        for of in 1..=5 {
            let (value, item) = if of == 5 { (value, "0") } else { ("200", "1") };
            figures.insert((0, unit(of)), figure(value, "120"));
            figures.insert((1, unit(of)), figure(item, "1"));
        }
        season.closed(at, &figures, &[])
    };
    let july = month(&season, "2026-07", "69");
    let red = "红色督办单";
    assert_eq!(due(&july), ["黄色督办单", red, "督办单"]);
    season.publish(&july);
    let august = month(&season, "2026-08", "");
    assert_eq!(due(&august), [red]);
    let fifth = &august.groups[0].units[4];
    assert_eq!((fifth.rank, fifth.behind_in_a_row), (None, 1));
    season.publish(&august);
    // The second month behind, since August says nothing of its place.
    let september = month(&season, "2026-09", "79");
    assert_eq!(due(&september), ["黄色督办单", red, "督办单", "约谈"]);
    assert_eq!(september.groups[0].units[4].behind_in_a_row, 2);

    // Three red ones in a row are a talk (P11), and the one of the month without a place is one.
    season.charter.ladder = LadderPreset::Suqian.rows();
    let talk = LadderPreset::Longchang.rows().pop();
    season.charter.ladder.extend(talk);
    assert_eq!(due(&month(&season, "2026-09", "")), [red, "约谈"]);
}

/// What was posted is counted by later months.
#[test]
fn months_near_a_date_or_behind_time_are_counted_in_a_row() {
    let mut season = supervised(LadderPreset::Suqian);
    season.charter.ladder[1].months = 2;
    season.charter.ladder[1].again = Again::AfterZero;
    for (at, value, expected) in [
        ("2026-01", "9", ""),
        ("2026-02", "19", "黄色督办单"),
        ("2026-03", "29", ""),
        ("2026-04", "40", ""),
        ("2026-05", "49", ""),
        ("2026-06", "59", "黄色督办单"),
    ] {
        let mut figures = BTreeMap::new();
        for of in 1..=5 {
            let value = if of == 1 { value } else { "200" };
            figures.insert((0, unit(of)), figure(value, "120"));
            figures.insert((1, unit(of)), figure("1", "1"));
        }
        let month = season.closed(at, &figures, &[]);
        assert_eq!(month.groups[0].units[0].due.concat(), expected, "{at}");
        season.publish(&month);
    }
}

/// 督办单 is there instead of 提醒单, and not instead of what has another ground.
#[test]
fn a_row_for_overdue_items_stands_in_for_rows_of_its_own_ground() {
    let mut rows = LadderPreset::Guanyun.rows();
    rows.extend(LadderPreset::Suqian.rows());
    let step = Step {
        nearly_due: true,
        ..ITEM
    };
    let due = rows_due(&rows, &[step]);
    let names: Vec<_> = due.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["督办单", "蓝色督办单", "红色督办单"]);
}

/// Charters lie on disks and in hashes.
#[test]
fn a_row_that_counts_months_behind_is_written_as_it_always_was() {
    let rows = LadderPreset::Guanyun.rows();
    let text = serde_json::to_string(&rows[1]).unwrap();
    let known =
        r#"{"name":"督办单","document":"slip","months":1,"overdue":true,"again":"every_month"}"#;
    assert_eq!(text, known);
    let rows = LadderPreset::Suqian.rows();
    let text = serde_json::to_string(&rows[0]).unwrap();
    assert!(text.contains(r#""ground":"nearly_due""#), "{text}");
    assert_eq!(
        serde_json::from_str::<LadderRule>(&text).ok(),
        Some(rows[0].clone())
    );
}

#[test]
fn a_ladder_that_counts_red_slips_has_one() {
    let mut season = season();
    season.charter.ladder = LadderPreset::Longchang.rows();
    assert_eq!(season.charter.faults(), []);
    season.charter.ladder[0].colour = None;
    let faults = season.charter.faults();
    let faults: Vec<_> = faults
        .iter()
        .map(|fault| (&*fault.key, fault.code))
        .collect();
    assert_eq!(faults, [("ladder[1].ground", "no_red_slip")]);
    // It does not count itself.
    season.charter.ladder[1].colour = Some(Colour::Red);
    assert_eq!(season.charter.faults().len(), 1);
}
