//! Red and black list (ES-4, P6).

use super::number;
use domain::month::board::{Board, BoardNote, BoardRule, Candidate, Listed, Scope, draw_up, spot};
use proptest::prelude::*;

/// Net points; a minus means that they were deducted, an empty text that there is no record, and
/// `4/-1` that a unit with four points net lost one.
fn board_by(nets: &[&str], rule: BoardRule) -> Board {
    let candidate = |text: &&str| {
        let (net, deducted) = text.split_once('/').unwrap_or((text, text));
        let deducted = deducted.strip_prefix('-').unwrap_or("0");
        Candidate {
            net: number(if net.is_empty() { "0" } else { net }).ratio(),
            has_record: !net.is_empty(),
            deducted: number(deducted).ratio(),
        }
    };
    let candidates: Vec<Candidate> = nets.iter().map(candidate).collect();
    draw_up(&candidates, rule)
}

fn quotas(red: u32, black: u32) -> BoardRule {
    BoardRule {
        red: Some(red),
        black: Some(black),
        ..BoardRule::default()
    }
}

/// Thresholds alone: net of red at least, net of black at most, deducted from black at least.
fn thresholds(red: &str, black_net: Option<&str>, deducted: Option<&str>) -> BoardRule {
    BoardRule {
        scope: Scope::Season,
        red: None,
        black: None,
        red_net_from: Some(number(red)),
        black_net_to: black_net.map(number),
        black_deducted_from: deducted.map(number),
    }
}

fn board(nets: &[&str], red: u32, black: u32) -> Board {
    board_by(nets, quotas(red, black))
}

fn signs(board: &Board) -> String {
    let sign = |listed: &Option<Listed>| match listed {
        Some(Listed::Red) => '红',
        Some(Listed::Black) => '黑',
        None => '·',
    };
    board.listed.iter().map(sign).collect()
}

#[test]
fn red_is_filled_from_the_top_and_black_from_the_bottom() {
    let board = board(&["5", "4", "3", "1", "0", "", "-1", "-2", "-3", "-4"], 3, 2);
    assert_eq!(signs(&board), "红红红·····黑黑");
    assert_eq!(board.notes, []);
}

#[test]
fn nobody_has_to_be_last() {
    assert_eq!(
        signs(&board(&["5", "4", "3", "1", "0", ""], 1, 2)),
        "红·····"
    );
}

#[test]
fn nobody_is_red_below_zero_or_without_a_record() {
    assert_eq!(
        signs(&board(&["-1", "-2", "", "", "", "2"], 3, 0)),
        "·····红"
    );
}

#[test]
fn who_is_equal_at_the_edge_is_red_and_is_not_black() {
    let edges = board(
        &["5", "3", "3", "0", "0", "0", "-1", "-2", "-2", "-9"],
        2,
        2,
    );
    assert_eq!(signs(&edges), "红红红······黑");
}

#[test]
fn red_and_black_together_take_at_most_half() {
    let cut = board(&["5", "4", "3", "2", "1", "-1", "-2", "-3"], 10, 5);
    // Half of eight; ten and five give way to two and two.
    assert_eq!(signs(&cut), "红红····黑黑");
    assert_eq!(cut.notes, [BoardNote::QuotaCut]);
}

#[test]
fn when_too_many_are_equal_at_the_edge_only_those_clearly_ahead_are_red() {
    let many = board(&["5", "1", "1", "1", "1", "1"], 2, 1);
    assert_eq!(signs(&many), "红·····");
    assert_eq!(many.notes, [BoardNote::TooManyEqual]);
}

#[test]
fn a_threshold_takes_in_whoever_reaches_it() {
    let nets = ["5", "3", "2.5", "1", "", "", "-1", "-2", "-3", "-4"];
    for (rule, signs_expected) in [
        (thresholds("2.5", Some("-3"), None), "红红红·····黑黑"),
        (thresholds("2.6", Some("-2"), None), "红红·····黑黑黑"),
        (thresholds("9", Some("-9"), None), "··········"),
        // Nobody below zero is red, and nobody without a deduction is black.
        (thresholds("0", Some("5"), Some("4")), "红红红红·····黑"),
    ] {
        let board = board_by(&nets, rule);
        assert_eq!(signs(&board), signs_expected, "{rule:?}");
        assert_eq!(board.notes, [], "{rule:?}");
    }
}

#[test]
fn a_threshold_may_stand_beside_a_quota() {
    let nets = ["5", "4", "3", "1", "1", "", "", "-1", "-2", "-3"];
    let rule = BoardRule {
        red_net_from: Some(number("2")),
        black_net_to: Some(number("-2")),
        ..quotas(4, 1)
    };
    assert_eq!(signs(&board_by(&nets, rule)), "红红红······黑");
    assert_eq!(signs(&board_by(&nets, quotas(4, 1))), "红红红红红·····");
}

#[test]
fn who_lost_much_is_black_by_what_was_deducted_though_the_net_is_better() {
    let nets = ["6", "5", "1/-4", "0/-1", "-2", "-2", "", ""];
    let rule = thresholds("5", None, Some("3"));
    assert_eq!(signs(&board_by(&nets, rule)), "红红黑·····");
    let both = thresholds("5", Some("0"), Some("1"));
    assert_eq!(signs(&board_by(&nets, both)), "红红··黑黑··");
    let first = ["6", "5/-4", "", ""];
    assert_eq!(
        signs(&board_by(&first, rule)),
        "红红··",
        "red goes before black"
    );
}

#[test]
fn a_threshold_that_takes_in_more_than_half_is_cut_with_a_note() {
    let nets = ["5", "4", "3", "2", "-1", "-2"];
    let cut = board_by(&nets, thresholds("1", Some("-1"), None));
    assert_eq!(signs(&cut), "红红···黑");
    assert_eq!(cut.notes, [BoardNote::QuotaCut]);
}

#[test]
fn a_spot_is_red_or_black_by_its_own_record() {
    for (points, listed) in [
        ("0.5", Some(Listed::Red)),
        ("-0.5", Some(Listed::Black)),
        ("0", None),
    ] {
        assert_eq!(spot(number(points)), listed, "{points}");
    }
}

proptest! {
    #[test]
    fn the_lists_take_at_most_half_and_hold_their_rules(
        nets in prop::collection::vec((-3_i64..4, 0_i64..3), 0..40),
        red in prop::option::of(0_u32..20),
        black in prop::option::of(0_u32..20),
        thresholds in (0_i64..3, -2_i64..4, 1_i64..3),
        has in any::<[bool; 3]>(),
    ) {
        let points = |value: i64| domain::number::Decimal::from_micros(value * 1_000_000);
        let rule = BoardRule {
            scope: Scope::Season,
            red,
            black,
            red_net_from: points(thresholds.0).filter(|_| has[0]),
            black_net_to: points(thresholds.1).filter(|_| has[1]),
            black_deducted_from: points(thresholds.2).filter(|_| has[2]),
        };
        let candidates: Vec<Candidate> = nets.iter().map(|(net, deducted)| Candidate {
            net: domain::ratio::Ratio::scaled(*net, 1),
            has_record: *net != 0 || 0 < *deducted,
            deducted: domain::ratio::Ratio::scaled((*deducted).max(-*net), 1),
        }).collect();
        let board = draw_up(&candidates, rule);
        let listed = board.listed.iter().flatten().count();
        prop_assert!(listed <= candidates.len() / 2);
        for (one, listed) in candidates.iter().zip(&board.listed) {
            match listed {
                Some(Listed::Red) => {
                    prop_assert!(domain::ratio::Ratio::ZERO <= one.net);
                    prop_assert!(rule.red_net_from.is_none_or(|least| least.ratio() <= one.net));
                }
                Some(Listed::Black) => {
                    prop_assert!(domain::ratio::Ratio::ZERO < one.deducted);
                    prop_assert!(rule.black_net_to.is_none_or(|most| one.net <= most.ratio()));
                    let least = rule.black_deducted_from;
                    prop_assert!(least.is_none_or(|least| least.ratio() <= one.deducted));
                }
                None => {}
            }
        }
        let of = |which| candidates.iter().zip(&board.listed)
            .filter(move |(_, listed)| **listed == Some(which)).map(|(one, _)| one.net);
        if let (Some(worst), Some(best)) = (of(Listed::Red).min(), of(Listed::Black).max()) {
            prop_assert!(best <= worst);
        }
    }
}
