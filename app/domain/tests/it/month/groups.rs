//! Groups of different kinds have different indicators (GY-1, GY-5): a bank has no 重点项目推进.

use super::{Season, figure, indicator, number, period, unit};
use domain::ids::UnitId;
use domain::month::MonthResult;
use domain::month::indicator::{Figure, Indicator, Rule};
use domain::ratio::Ratio;
use std::collections::BTreeMap;

const TOWNSHIPS: &str = "第1组";
const BANKS: &str = "第2组";

/// One indicator of all, one of the townships, one of the banks.
fn indicators() -> Vec<Indicator> {
    let step = |step: &str| Rule::Rank { step: number(step) };
    let of = |key: &str, weight: &str, rule, groups: &[&str]| Indicator {
        key: key.to_owned(),
        groups: groups.iter().map(|name| (*name).to_owned()).collect(),
        ..indicator(weight, rule)
    };
    vec![
        of("all", "60", step("0.05"), &[]),
        of("projects", "40", Rule::Target, &[TOWNSHIPS]),
        of("loans", "30", step("0.1"), &[BANKS]),
    ]
}

fn season() -> Season {
    let mut season = Season::of(&[3, 3]);
    season.indicators = indicators();
    season.pairs = vec![(unit(1), unit(2)), (unit(4), unit(5))];
    season
}

type Figures = BTreeMap<(usize, UnitId), Figure>;

fn figures() -> Figures {
    [
        ((0, 1), figure("9", "")),
        ((0, 2), figure("8", "")),
        ((0, 3), figure("7", "")),
        ((0, 4), figure("5", "")),
        ((0, 5), figure("6", "")),
        ((0, 6), figure("4", "")),
        ((1, 1), figure("10", "10")),
        ((1, 2), figure("5", "10")),
        ((1, 3), figure("12", "10")),
        ((2, 4), figure("3", "")),
        ((2, 5), figure("1", "")),
        ((2, 6), figure("2", "")),
    ]
    .map(|((of, number), figure)| ((of, unit(number)), figure))
    .into()
}

/// Of each unit of a group its score and its place.
fn standing(month: &MonthResult, group: usize) -> Vec<(Option<Ratio>, Option<u32>)> {
    let units = month.groups[group].units.iter();
    units.map(|unit| (unit.score, unit.rank)).collect()
}

fn score(points: i64, place: u32) -> (Option<Ratio>, Option<u32>) {
    (Some(Ratio::scaled(points, 1)), Some(place))
}

/// 100 points at most in the one group, 90 in the other, and nobody waits for a figure.
#[test]
fn each_group_is_ranked_by_what_is_asked_of_it() {
    let season = season();
    let month = season.closed("2026-07", &figures(), &[]);
    // 60 + 40, 57 + 0, 54 + 40.
    let townships = [score(100, 1), score(57, 3), score(94, 2)];
    assert_eq!(standing(&month, 0), townships);
    // 57 + 30, 60 + 24, 54 + 27.
    let banks = [score(87, 1), score(84, 2), score(81, 3)];
    assert_eq!(standing(&month, 1), banks);
    let asked = |unit: UnitId| {
        let unit = month.unit(unit).expect("a unit");
        let cells = unit.cells.iter().map(Option::is_some);
        cells.collect::<Vec<_>>()
    };
    assert_eq!(asked(unit(1)), [true, true, false]);
    assert_eq!(asked(unit(4)), [true, false, true]);
    let tallies: Vec<_> = month.pairs.iter().map(|pair| pair.tally).collect();
    assert_eq!(tallies, [(1, 0, 0), (1, 0, 0)], "composites, as ever");
}

/// What lies there of a group that is not asked says nothing, whatever it is.
#[test]
fn a_figure_of_a_group_that_is_not_asked_changes_nothing() {
    let season = season();
    let plain = season.closed("2026-07", &figures(), &[]);
    let mut with = figures();
    with.insert((1, unit(4)), figure("99", "1"));
    with.insert((2, unit(2)), figure("99", ""));
    assert_eq!(season.closed("2026-07", &with, &[]), plain);
}

#[test]
fn what_is_asked_of_a_group_and_missing_still_holds_the_unit() {
    let season = season();
    let mut without = figures();
    without.remove(&(2, unit(5)));
    let month = season.closed("2026-07", &without, &[]);
    assert_eq!(standing(&month, 1)[1], (None, None));
    assert!(standing(&month, 0).iter().all(|(score, _)| score.is_some()));
}

/// P12 and GY-18: neither a gate nor a named item of others.
#[test]
fn a_gate_and_a_named_item_bind_the_groups_that_they_are_asked_of() {
    let mut season = season();
    season.charter.top_bonus = vec![number("2")];
    season.indicators[1].gate = true;
    season.indicators[1].due = Some(period("2026-06"));
    let mut missed = figures();
    missed.insert((1, unit(1)), figure("9", "10"));
    let month = season.closed("2026-07", &missed, &[]);
    let of = |number: u32| {
        let unit = month.unit(unit(number)).expect("a unit");
        (unit.bonus, unit.overdue)
    };
    assert_eq!(of(1), (Ratio::ZERO, true));
    assert_eq!(of(3), (Ratio::scaled(2, 1), false), "the first by figures");
    assert_eq!(of(4), (Ratio::scaled(2, 1), false));
}

/// XY-14: a month in which it was asked of others only neither adds to a row nor ends it.
#[test]
fn a_row_of_firsts_goes_on_over_a_month_in_which_the_group_was_not_asked() {
    let mut season = season();
    let row = |month: &MonthResult| {
        let unit = month.unit(unit(4)).expect("a unit");
        unit.cells[2].map(|cell| (cell.moved, cell.first_in_a_row))
    };
    let january = season.closed("2026-01", &figures(), &[]);
    assert_eq!(row(&january), Some((None, 1)));
    season.publish(&january);
    season.indicators[2].groups = vec![TOWNSHIPS.to_owned()];
    let february = season.closed("2026-02", &figures(), &[]);
    assert_eq!(row(&february), None);
    season.publish(&february);
    season.indicators = indicators();
    let march = season.closed("2026-03", &figures(), &[]);
    assert_eq!(row(&march), Some((Some(0), 2)));
}

/// Months that an earlier build posted keep neither.
#[test]
fn what_says_nothing_of_groups_is_asked_of_every_group() {
    let plain = serde_json::to_string(&indicators()[0]).expect("JSON");
    assert!(!plain.contains("groups"), "{plain}");
    let read: Indicator = serde_json::from_str(&plain).expect("an indicator");
    assert!(read.is_asked_of(BANKS) && read.is_asked_of(TOWNSHIPS));
    let mut season = season();
    let of_all = |season: &Season| {
        let past = season.closed("2026-07", &figures(), &[]);
        serde_json::to_string(&past.past(&season.charter)).expect("JSON")
    };
    assert!(of_all(&season).contains("asked_of"));
    season.indicators.truncate(1);
    assert!(!of_all(&season).contains("asked_of"));
}
