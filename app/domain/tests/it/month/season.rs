//! A season of 灌云's size: groups, pairs, flags, places.

use super::{Season, number, unit};
use domain::ids::UnitId;
use domain::month::board::{Listed, Scope};
use domain::month::flag::hand_over;
use domain::month::pair::Duel;
use domain::month::{MonthResult, UnitResult};
use domain::ratio::Ratio;
use proptest::prelude::*;

/// 70 units in six groups, all of odd sizes.
const SIZES: [u32; 6] = [19, 17, 13, 9, 7, 5];
const PAIRS: usize = 38;

/// 38 pairs inside the groups: neighbours first, and then some units get a second rival.
fn guanyun() -> Season {
    let mut season = Season::of(&SIZES);
    let groups: Vec<Vec<UnitId>> = season
        .groups
        .iter()
        .map(|group| group.members.iter().map(|member| member.unit).collect())
        .collect();
    for group in &groups {
        season
            .pairs
            .extend(group.chunks_exact(2).map(|two| (two[0], two[1])));
        // The last of an odd group meets the first, who then has two rivals.
        season.pairs.push((group[group.len() - 1], group[0]));
    }
    season
}

fn scored(season: &Season, at: &str) -> MonthResult {
    let values: Vec<(u32, String)> = (1..=70).map(|of| (of, (1_000 - of).to_string())).collect();
    let values: Vec<(u32, &str)> = values
        .iter()
        .map(|(of, value)| (*of, value.as_str()))
        .collect();
    season.month(at, &values, &[])
}

#[test]
fn scenario_1_70_units_in_6_groups_and_38_pairs_have_both_rankings() {
    let season = guanyun();
    assert_eq!(
        season
            .groups
            .iter()
            .map(|group| group.members.len())
            .sum::<usize>(),
        70
    );
    assert_eq!(season.pairs.len(), PAIRS);
    let month = scored(&season, "2026-01");
    for (group, size) in month.groups.iter().zip(SIZES) {
        let ranks: Vec<Option<u32>> = group.units.iter().map(|unit| unit.rank).collect();
        assert_eq!(ranks, (1..=size).map(Some).collect::<Vec<_>>());
    }
    // Unit 1 beats unit 2, and unit 19, with which it is paired as well.
    let of_first: Vec<_> = month
        .pairs
        .iter()
        .filter(|pair| pair.units.0 == unit(1) || pair.units.1 == unit(1))
        .collect();
    assert_eq!(
        of_first.iter().map(|pair| pair.duel).collect::<Vec<_>>(),
        [Duel::Win, Duel::Lose]
    );
    assert_eq!(of_first[1].units, (unit(19), unit(1)));
}

#[test]
fn wins_and_losses_are_counted_over_published_months_from_both_sides() {
    let mut season = Season::of(&[3]);
    season.pairs = vec![(unit(1), unit(2))];
    for (at, one, two) in [
        ("2026-01", "5", "3"),
        ("2026-02", "4", "4"),
        ("2026-03", "1", "2"),
    ] {
        let month = season.month(at, &[(1, one), (2, two), (3, "0")], &[]);
        season.publish(&month);
    }
    // The roster now names the pair the other way round.
    season.pairs = vec![(unit(2), unit(1))];
    let month = season.month("2026-04", &[(1, "1"), (3, "0")], &[]);
    assert_eq!(
        (month.pairs[0].duel, month.pairs[0].tally),
        (Duel::Open, (1, 1, 1))
    );
}

#[test]
fn each_group_has_three_red_and_three_yellow_flags_that_stay_or_go() {
    let mut season = Season::of(&[7]);
    let january = season.month(
        "2026-01",
        &[
            (1, "9"),
            (2, "8"),
            (3, "7"),
            (4, "6"),
            (5, "5"),
            (6, "4"),
            (7, "3"),
        ],
        &[],
    );
    let held = |month: &MonthResult, row: usize| -> Vec<Option<UnitId>> {
        month.groups[0].flags[row]
            .iter()
            .map(|flag| flag.to)
            .collect()
    };
    assert_eq!(
        held(&january, 0),
        [Some(unit(1)), Some(unit(2)), Some(unit(3))]
    );
    assert_eq!(
        held(&january, 1),
        [Some(unit(5)), Some(unit(6)), Some(unit(7))]
    );
    season.publish(&january);
    let february = season.month(
        "2026-02",
        &[
            (1, "9"),
            (2, "1"),
            (3, "7"),
            (4, "8"),
            (5, "5"),
            (6, "4"),
            (7, "3"),
        ],
        &[],
    );
    // Unit 2 hands its flag to unit 4, the others stay.
    assert_eq!(
        held(&february, 0),
        [Some(unit(1)), Some(unit(4)), Some(unit(3))]
    );
    let kept: Vec<bool> = february.groups[0].flags[0]
        .iter()
        .map(|flag| flag.is_kept())
        .collect();
    assert_eq!(kept, [true, false, true]);
}

#[test]
fn places_move_against_the_last_published_month_and_streaks_are_counted() {
    let mut season = Season::of(&[3]);
    for at in ["2026-01", "2026-02"] {
        let month = season.month(at, &[(1, "9"), (2, "8"), (3, "7")], &[]);
        season.publish(&month);
    }
    let march = season.month("2026-03", &[(1, "9"), (2, "6"), (3, "7")], &[]);
    let moved: Vec<_> = march.units().map(|unit| unit.moved).collect();
    assert_eq!(moved, [Some(0), Some(-1), Some(1)]);
    assert_eq!(
        march
            .units()
            .map(|unit| unit.first_in_a_row)
            .collect::<Vec<_>>(),
        [3, 0, 0]
    );
}

/// GY-3, ZR-6: the year turns, and places, rows of firsts, flags and the ladder go on.
#[test]
fn a_season_goes_on_from_the_one_that_it_follows() {
    let mut season = Season::of(&[4]);
    season.pairs = vec![(unit(1), unit(2))];
    let high = [(1, "9"), (2, "8"), (3, "7"), (4, "6")];
    for at in ["2025-01", "2025-12"] {
        let month = season.month(at, &high, &[]);
        season.publish(&month);
    }
    season.turn();
    let january = season.month("2026-01", &[(1, "9"), (2, "7"), (3, "8"), (4, "6")], &[]);
    let of = |month: &MonthResult, unit: usize| month.groups[0].units[unit].clone();
    let second = of(&january, 1);
    assert_eq!((second.moved, second.moved_in_year), (Some(-1), Some(-1)));
    let first = of(&january, 0);
    assert_eq!(
        (first.first_in_a_row, first.cells[0].unwrap().first_in_a_row),
        (3, 3)
    );
    assert!(january.groups[0].flags[0][0].is_kept());
    assert_eq!(of(&january, 3).behind_in_a_row, 3);
    assert_eq!(january.pairs[0].tally, (1, 0, 0), "duels are the season's");
    season.publish(&january);
    let february = season.month("2026-02", &high, &[]);
    assert_eq!(
        of(&february, 1).moved_in_year,
        None,
        "nothing was posted of it"
    );
    assert_eq!(february.pairs[0].tally, (2, 0, 0));
}

/// A place among others says nothing of how a unit moved.
#[test]
fn places_of_another_group_are_not_compared() {
    let mut season = Season::of(&[2, 3]);
    let values = [(1, "9"), (2, "8"), (3, "7"), (4, "6"), (5, "5")];
    season.publish(&season.month("2026-01", &values, &[]));
    let moved = season.groups[0].members.remove(0);
    season.groups[1].members.push(moved);
    let month = season.month("2026-02", &values, &[]);
    let unit = &month.groups[1].units[3];
    assert_eq!(
        (unit.rank, unit.moved, unit.first_in_a_row),
        (Some(1), None, 1)
    );
    assert_eq!(
        unit.cells[0].map(|cell| (cell.moved, cell.first_in_a_row)),
        Some((None, 1))
    );
}

/// XY-14: 同比, beside the points and never in them.
#[test]
fn growth_is_held_against_the_same_month_of_last_year() {
    let mut season = Season::of(&[4]);
    for (of, value) in [(1, "8"), (2, "10"), (3, "0"), (4, "-2")] {
        season.last_year.insert((0, unit(of)), number(value));
    }
    let month = season.month("2026-01", &[(1, "9"), (2, "9"), (3, "9"), (4, "9")], &[]);
    let growth = |of: usize| month.groups[0].units[of].cells[0].and_then(|cell| cell.growth);
    assert_eq!(growth(0), Some(Ratio::scaled(1, 8)));
    assert_eq!(growth(1), Some(Ratio::scaled(-1, 10)));
    assert_eq!((growth(2), growth(3)), (None, None), "over nothing");
    season.last_year.clear();
    let without = season.month("2026-01", &[(1, "9"), (2, "9"), (3, "9"), (4, "9")], &[]);
    let scores = |month: &MonthResult| month.units().map(|unit| unit.score).collect::<Vec<_>>();
    assert_eq!(scores(&without), scores(&month));
}

/// ES-1, P6: the villages of each township have lists of their own.
#[test]
fn lists_may_be_drawn_up_for_each_group() {
    let mut season = Season::of(&[4, 4]);
    (season.charter.board.red, season.charter.board.black) = (Some(1), Some(1));
    let values: Vec<_> = (1..=8).map(|of| (of, "9")).collect();
    let merits = [
        (1, "3"),
        (2, "2"),
        (3, "-1"),
        (5, "1"),
        (6, "-2"),
        (7, "-3"),
    ];
    let listed = |season: &Season| -> String {
        let month = season.month("2026-01", &values, &merits);
        let sign = |unit: &UnitResult| match unit.listed {
            Some(Listed::Red) => '红',
            Some(Listed::Black) => '黑',
            None => '·',
        };
        month.units().map(sign).collect()
    };
    assert_eq!(listed(&season), "红·····黑·");
    season.charter.board.scope = Scope::Group;
    assert_eq!(listed(&season), "红·黑·红·黑·");
}

#[test]
fn the_sole_first_gets_a_flag_though_three_others_hold_them() {
    let mut season = Season::of(&[8]);
    let rest = [(5, "5"), (6, "4"), (7, "3"), (8, "2")];
    let values = |first: [(u32, &'static str); 4]| [first.to_vec(), rest.to_vec()].concat();
    let january = values([(1, "9"), (2, "8.5"), (3, "8"), (4, "7")]);
    season.publish(&season.month("2026-01", &january, &[]));
    let february = values([(1, "8"), (2, "8"), (3, "8"), (4, "9")]);
    let month = season.month("2026-02", &february, &[]);
    let held: Vec<_> = month.groups[0].flags[0]
        .iter()
        .map(|flag| flag.to)
        .collect();
    assert_eq!(held, [Some(unit(1)), Some(unit(2)), Some(unit(4))]);
}

#[test]
fn in_a_small_group_nobody_is_among_the_first_and_the_last() {
    let season = Season::of(&[5]);
    let month = season.month(
        "2026-01",
        &[(1, "9"), (2, "8"), (3, "7"), (4, "6"), (5, "5")],
        &[],
    );
    let held = |row: usize| -> Vec<UnitId> {
        let flags = &month.groups[0].flags[row];
        flags.iter().filter_map(|flag| flag.to).collect()
    };
    assert_eq!(held(0), [unit(1), unit(2)]);
    assert_eq!(held(1), [unit(4), unit(5)]);
    let behind: Vec<bool> = month.units().map(|unit| unit.behind).collect();
    assert_eq!(behind, [false, false, false, true, true]);
}

proptest! {
    #[test]
    fn a_flag_has_one_holder_and_a_unit_one_flag(
        before in prop::collection::vec(0_u32..8, 3),
        earned in prop::collection::vec(1_u32..8, 0..6),
    ) {
        let mut seen = Vec::new();
        let holders: Vec<Option<UnitId>> = before.iter().map(|of| {
            let is_new = *of != 0 && !seen.contains(of);
            seen.push(*of);
            is_new.then(|| unit(*of))
        }).collect();
        let mut earned: Vec<UnitId> = earned.iter().map(|of| unit(*of)).collect();
        earned.dedup();
        let mut unique = Vec::new();
        for unit in earned {
            if !unique.contains(&unit) {
                unique.push(unit);
            }
        }
        let flags = hand_over(&holders, &unique);
        let to: Vec<UnitId> = flags.iter().filter_map(|flag| flag.to).collect();
        prop_assert_eq!(to.len(), unique.len().min(3));
        for flag in &flags {
            let held = to.iter().filter(|unit| Some(**unit) == flag.to).count();
            prop_assert_eq!(held, usize::from(flag.to.is_some()));
            // Whoever earned a flag again keeps the one that it had.
            if flag.from.is_some_and(|unit| unique.contains(&unit)) {
                prop_assert!(flag.is_kept());
            }
        }
    }
}
