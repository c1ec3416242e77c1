//! Red and black list (ES-4, P6).

use super::number;
use domain::month::board::{Board, BoardNote, Candidate, Listed, draw_up};
use domain::month::charter::BoardRule;
use proptest::prelude::*;

/// Net points; a minus means that there is a deduction, an empty text that there is no record.
fn board(nets: &[&str], red: u32, black: u32) -> Board {
    let candidate = |net: &&str| Candidate {
        net: number(if net.is_empty() { "0" } else { net }).ratio(),
        has_record: !net.is_empty(),
        has_deduction: net.starts_with('-'),
    };
    let candidates: Vec<Candidate> = nets.iter().map(candidate).collect();
    draw_up(&candidates, BoardRule { red, black })
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

proptest! {
    #[test]
    fn the_lists_take_at_most_half_and_hold_their_rules(
        nets in prop::collection::vec((-3_i64..4, any::<bool>()), 0..40),
        red in 0_u32..20,
        black in 0_u32..20,
    ) {
        let candidates: Vec<Candidate> = nets.iter().map(|(net, deducted)| Candidate {
            net: domain::ratio::Ratio::scaled(*net, 1),
            has_record: *net != 0 || *deducted,
            has_deduction: *deducted || *net < 0,
        }).collect();
        let board = draw_up(&candidates, BoardRule { red, black });
        let listed = board.listed.iter().flatten().count();
        prop_assert!(listed <= candidates.len() / 2);
        for (one, listed) in candidates.iter().zip(&board.listed) {
            match listed {
                Some(Listed::Red) => prop_assert!(domain::ratio::Ratio::ZERO <= one.net),
                Some(Listed::Black) => prop_assert!(one.has_deduction),
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
