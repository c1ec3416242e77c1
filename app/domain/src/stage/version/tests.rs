//! Versions of one seat's sheet: what supersedes, what conflicts, what a person's choice settles.

use super::*;
use crate::stage::{Kept, OfflineNote};
use uuid::Uuid;

const COUNTED: Admission = Admission::Counted { mark: None };
const LATE: Admission = Admission::Quarantined(Quarantine::SealedAfterClose);
const TAKEN_OVER: Admission = Admission::Quarantined(Quarantine::CredentialReplaced);

fn op(number: u128) -> OpId {
    OpId(Uuid::from_u128(number))
}

fn new(number: u128, replaces: Option<u128>) -> NewVersion {
    NewVersion {
        op: op(number),
        replaces: replaces.map(op),
    }
}

/// Lets versions arrive one after the other and gives their places, in that order.
fn arrive(arrivals: &[(u128, Option<u128>, Admission)]) -> Vec<Version> {
    let mut current: Vec<Version> = Vec::new();
    for (number, replaces, admission) in arrivals {
        let new = new(*number, *replaces);
        let settled = supersede(&current, &new, *admission);
        for (moved, placing) in settled.others {
            let version = current.iter_mut().find(|version| version.op == moved);
            version.expect("only known versions move").placing = placing;
        }
        current.push(Version {
            op: new.op,
            replaces: new.replaces,
            placing: settled.new,
        });
    }
    current
}

#[track_caller]
fn check(arrivals: &[(u128, Option<u128>, Admission)], expected: &[Placing]) {
    let places: Vec<Placing> = arrive(arrivals)
        .iter()
        .map(|version| version.placing)
        .collect();
    assert_eq!(places, expected);
}

#[test]
fn a_first_version_stands_alone() {
    check(&[(1, None, COUNTED)], &[Placing::Alone(COUNTED)]);
}

#[test]
fn a_version_that_names_the_current_one_supersedes_it_and_the_old_one_is_kept() {
    let arrivals = [(1, None, COUNTED), (2, Some(1), COUNTED)];
    check(
        &arrivals,
        &[Placing::Superseded { by: op(2) }, Placing::Alone(COUNTED)],
    );
}

#[test]
fn two_versions_that_do_not_name_each_other_are_both_kept_and_neither_counts() {
    let arrivals = [(1, None, COUNTED), (2, None, COUNTED)];
    check(
        &arrivals,
        &[Placing::Contested(COUNTED), Placing::Contested(COUNTED)],
    );
    assert!(
        !arrive(&arrivals)
            .iter()
            .any(|version| version.placing.counts())
    );
}

#[test]
fn two_versions_that_name_the_same_older_one_are_a_conflict() {
    let arrivals = [
        (1, None, COUNTED),
        (2, Some(1), COUNTED),
        (3, Some(1), COUNTED),
    ];
    let conflict = Placing::Contested(COUNTED);
    check(
        &arrivals,
        &[Placing::Superseded { by: op(2) }, conflict, conflict],
    );
}

#[test]
fn a_later_version_of_one_side_does_not_settle_a_conflict() {
    let arrivals = [
        (1, None, COUNTED),
        (2, None, COUNTED),
        (3, Some(2), COUNTED),
    ];
    let conflict = Placing::Contested(COUNTED);
    check(
        &arrivals,
        &[conflict, Placing::Superseded { by: op(3) }, conflict],
    );
}

#[test]
fn a_late_version_waits_and_does_not_disturb_the_one_that_counts() {
    let arrivals = [(1, None, COUNTED), (2, Some(1), LATE)];
    check(&arrivals, &[Placing::Alone(COUNTED), Placing::Alone(LATE)]);
    let unnamed = [(1, None, COUNTED), (2, None, LATE)];
    check(&unnamed, &[Placing::Alone(COUNTED), Placing::Alone(LATE)]);
}

#[test]
fn a_version_that_counts_takes_the_place_of_a_late_one_that_it_names() {
    let arrivals = [(1, None, LATE), (2, Some(1), COUNTED)];
    check(
        &arrivals,
        &[Placing::Superseded { by: op(2) }, Placing::Alone(COUNTED)],
    );
}

#[test]
fn a_sheet_from_a_device_that_lost_its_seat_is_a_conflict_and_never_counts_alone() {
    check(&[(1, None, TAKEN_OVER)], &[Placing::Alone(TAKEN_OVER)]);
    let arrivals = [(1, None, COUNTED), (2, None, TAKEN_OVER)];
    check(
        &arrivals,
        &[Placing::Contested(COUNTED), Placing::Contested(TAKEN_OVER)],
    );
    let named = [(1, None, COUNTED), (2, Some(1), TAKEN_OVER)];
    check(
        &named,
        &[Placing::Contested(COUNTED), Placing::Contested(TAKEN_OVER)],
    );
}

#[test]
fn an_older_version_that_arrives_last_is_superseded_at_once() {
    let arrivals = [(2, Some(1), COUNTED), (1, None, COUNTED)];
    check(
        &arrivals,
        &[Placing::Alone(COUNTED), Placing::Superseded { by: op(2) }],
    );
}

#[test]
fn what_is_kept_aside_contends_with_nothing() {
    let recused = Admission::KeptNotCounted(Kept::Recused);
    let arrivals = [(1, None, recused), (2, None, COUNTED), (3, None, recused)];
    check(&arrivals, &[recused, COUNTED, recused].map(Placing::Alone));
}

#[test]
fn the_order_of_arrival_decides_nothing() {
    let offline = Admission::Counted {
        mark: Some(OfflineNote {
            time_not_tested: None,
            by_code: true,
        }),
    };
    for first in [COUNTED, offline, LATE, TAKEN_OVER] {
        for second in [COUNTED, offline, LATE, TAKEN_OVER] {
            for replaces in [None, Some(1)] {
                let mut there = arrive(&[(1, None, first), (2, replaces, second)]);
                let mut back = arrive(&[(2, replaces, second), (1, None, first)]);
                there.sort_by_key(|version| version.op);
                back.sort_by_key(|version| version.op);
                assert_eq!(there, back, "{first:?} {second:?} {replaces:?}");
            }
        }
    }
}

#[test]
fn a_person_chooses_one_and_the_others_stay_on_record() {
    let contested = arrive(&[(1, None, COUNTED), (2, None, TAKEN_OVER)]);
    let chosen = choose(&contested, op(2)).expect("both are live");
    assert_eq!(
        chosen,
        [
            (op(1), Placing::Rejected { chosen: op(2) }),
            (op(2), Placing::Chosen)
        ]
    );
    assert_eq!(choose(&contested, op(9)), Err(ChooseError::NotLive));
}

#[test]
fn a_version_that_comes_after_the_choice_asks_again_unless_it_names_the_chosen_one() {
    let chosen = [Version {
        op: op(1),
        replaces: None,
        placing: Placing::Chosen,
    }];
    let unnamed = supersede(&chosen, &new(2, None), COUNTED);
    assert_eq!(unnamed.new, Placing::Contested(COUNTED));
    assert_eq!(unnamed.others, [(op(1), Placing::Contested(COUNTED))]);
    let named = supersede(&chosen, &new(2, Some(1)), COUNTED);
    assert_eq!(named.new, Placing::Alone(COUNTED));
    assert_eq!(named.others, [(op(1), Placing::Superseded { by: op(2) })]);
}
