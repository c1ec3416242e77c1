//! Each sentence of "Gate and offline sheets" in the working rules is a test by name.

use super::*;

mod record;

const CLOSED_AT: u64 = 1_000_000_000;
const OPENED_SEQ: u64 = 100;
const CLOSE_SEQ: u64 = 200;
const CODE: &str = "4711";

fn online() -> SealFacts<'static> {
    SealFacts {
        attempt: 1,
        charter_version: 3,
        recorded_at: Millis(CLOSED_AT - 10_000),
        offline: None,
        gate_code: None,
        credential: Credential::Active,
    }
}

/// Sealed without network, ten seconds before the close, by a pad that heard of the opening.
fn offline() -> SealFacts<'static> {
    let note = SealedOffline {
        last_seq: Seq(OPENED_SEQ),
        clock_offset_ms: Some(0),
    };
    SealFacts {
        offline: Some(note),
        ..online()
    }
}

fn heard(last_seq: u64) -> SealFacts<'static> {
    let note = SealedOffline {
        last_seq: Seq(last_seq),
        clock_offset_ms: Some(0),
    };
    SealFacts {
        offline: Some(note),
        ..online()
    }
}

/// Sealed this long after the close, by the device's clock plus its measured offset.
fn sealed_after(ms: u64, clock_offset_ms: Option<i64>) -> SealFacts<'static> {
    let note = SealedOffline {
        last_seq: Seq(OPENED_SEQ),
        clock_offset_ms,
    };
    SealFacts {
        offline: Some(note),
        recorded_at: Millis(CLOSED_AT + ms),
        ..online()
    }
}

fn window(opened_seq: u64, close_seq: Option<u64>) -> Window {
    let close = close_seq.map(|seq| Close {
        seq: Seq(seq),
        at: Millis(CLOSED_AT),
        clock_jumped: false,
    });
    Window {
        opened_seq: Seq(opened_seq),
        code: Some(CODE.to_owned()),
        close,
    }
}

fn contest() -> ContestFacts {
    ContestFacts {
        state: ContestState::Open,
        charter_version: 3,
        strict: false,
        tolerance_ms: SEAL_TOLERANCE_MS,
        entry_withdrawn: false,
        recused: false,
        absent: false,
    }
}

fn at_pending(sheet: SealFacts<'_>) -> Admission {
    let gate = GateFacts {
        state: GateState::Pending,
        attempt: 1,
        windows: &[],
    };
    admit(&sheet, &gate, &contest())
}

fn at_open(sheet: SealFacts<'_>) -> Admission {
    let windows = [window(OPENED_SEQ, None)];
    let gate = GateFacts {
        state: GateState::Open,
        attempt: 1,
        windows: &windows,
    };
    admit(&sheet, &gate, &contest())
}

fn at_closed(sheet: SealFacts<'_>) -> Admission {
    at_closed_in(sheet, contest())
}

fn at_closed_in(sheet: SealFacts<'_>, contest: ContestFacts) -> Admission {
    let windows = [window(OPENED_SEQ, Some(CLOSE_SEQ))];
    let gate = GateFacts {
        state: GateState::Closed,
        attempt: 1,
        windows: &windows,
    };
    admit(&sheet, &gate, &contest)
}

const COUNTED: Admission = Admission::Counted { mark: None };

fn marked(time_not_tested: Option<TimeNotTested>, by_code: bool) -> Admission {
    Admission::Counted {
        mark: Some(OfflineNote {
            time_not_tested,
            by_code,
        }),
    }
}

fn quarantined(reason: Quarantine) -> Admission {
    Admission::Quarantined(reason)
}

#[test]
fn a_pad_that_is_online_seals_only_while_the_gate_is_open() {
    assert_eq!(at_open(online()), COUNTED);
    assert_eq!(at_pending(online()), quarantined(Quarantine::GateNotOpen));
    assert_eq!(at_closed(online()), quarantined(Quarantine::GateNotOpen));
}

#[test]
fn what_was_sealed_online_behind_a_closed_gate_is_late_and_kept() {
    assert!(Quarantine::GateNotOpen.is_late());
}

#[test]
fn an_offline_sheet_may_be_for_any_contestant_of_the_running_order() {
    assert_eq!(at_pending(offline()), marked(None, false));
}

#[test]
fn an_offline_sheet_that_arrives_before_confirmation_counts_and_is_marked() {
    assert_eq!(at_open(offline()), marked(None, false));
    assert_eq!(at_closed(offline()), marked(None, false));
    let contest = ContestFacts {
        state: ContestState::Closed,
        ..contest()
    };
    assert_eq!(at_closed_in(offline(), contest), marked(None, false));
}

#[test]
fn a_pad_that_had_heard_of_the_close_is_late() {
    assert_eq!(at_closed(heard(CLOSE_SEQ - 1)), marked(None, false));
    assert_eq!(
        at_closed(heard(CLOSE_SEQ)),
        quarantined(Quarantine::HeardOfClose)
    );
    assert_eq!(
        at_closed(heard(CLOSE_SEQ + 50)),
        quarantined(Quarantine::HeardOfClose)
    );
    assert!(Quarantine::HeardOfClose.is_late());
}

#[test]
fn a_gate_code_does_not_unhear_the_close() {
    let sheet = SealFacts {
        gate_code: Some(CODE),
        ..heard(CLOSE_SEQ)
    };
    assert_eq!(at_closed(sheet), quarantined(Quarantine::HeardOfClose));
}

#[test]
fn hearing_of_a_reopening_makes_good_the_close_before_it() {
    let windows = [window(OPENED_SEQ, Some(CLOSE_SEQ)), window(300, Some(400))];
    let gate = GateFacts {
        state: GateState::Closed,
        attempt: 1,
        windows: &windows,
    };
    let late = quarantined(Quarantine::HeardOfClose);
    for (last_seq, expected) in [
        (50, marked(None, false)),
        (150, marked(None, false)),
        (250, late),
        (350, marked(None, false)),
        (400, late),
    ] {
        assert_eq!(
            admit(&heard(last_seq), &gate, &contest()),
            expected,
            "heard {last_seq}"
        );
    }
}

#[test]
fn a_sheet_whose_attempt_was_archived_meanwhile_is_late() {
    let gate = GateFacts {
        state: GateState::Open,
        attempt: 2,
        windows: &[window(300, None)],
    };
    let late = quarantined(Quarantine::AttemptArchived);
    assert_eq!(admit(&offline(), &gate, &contest()), late);
    assert_eq!(admit(&online(), &gate, &contest()), late);
    assert!(Quarantine::AttemptArchived.is_late());
}

#[test]
fn a_sheet_for_an_attempt_that_has_not_begun_goes_to_a_person() {
    let sheet = SealFacts {
        attempt: 2,
        ..offline()
    };
    assert_eq!(at_open(sheet), quarantined(Quarantine::AttemptUnknown));
}

#[test]
fn a_sealing_time_after_the_close_plus_the_tolerance_is_late() {
    assert_eq!(
        at_closed(sealed_after(SEAL_TOLERANCE_MS, Some(0))),
        marked(None, false)
    );
    let late = quarantined(Quarantine::SealedAfterClose);
    assert_eq!(
        at_closed(sealed_after(SEAL_TOLERANCE_MS + 1, Some(0))),
        late
    );
    assert!(Quarantine::SealedAfterClose.is_late());
}

#[test]
fn the_tolerance_is_the_charters() {
    let contest = ContestFacts {
        tolerance_ms: 0,
        ..contest()
    };
    assert_eq!(
        at_closed_in(sealed_after(0, Some(0)), contest),
        marked(None, false)
    );
    let late = quarantined(Quarantine::SealedAfterClose);
    assert_eq!(at_closed_in(sealed_after(1, Some(0)), contest), late);
}

#[test]
fn the_sealing_time_is_corrected_by_the_offset_of_the_last_contact() {
    let hour = 3_600_000;
    let fast = sealed_after(3_600_000, Some(-hour));
    assert_eq!(at_closed(fast), marked(None, false));
    let slow = SealFacts {
        recorded_at: Millis(CLOSED_AT - 3_600_000 + SEAL_TOLERANCE_MS + 1),
        ..sealed_after(0, Some(hour))
    };
    assert_eq!(at_closed(slow), quarantined(Quarantine::SealedAfterClose));
}

#[test]
fn a_sheet_with_the_gate_code_counts_as_sealed_while_that_gate_was_open() {
    let sheet = SealFacts {
        gate_code: Some(CODE),
        ..sealed_after(9_000_000, Some(0))
    };
    assert_eq!(at_closed(sheet), marked(None, true));
}

#[test]
fn a_wrong_gate_code_proves_nothing() {
    let sheet = SealFacts {
        gate_code: Some("0815"),
        ..sealed_after(9_000_000, Some(0))
    };
    assert_eq!(at_closed(sheet), quarantined(Quarantine::SealedAfterClose));
    let in_time = SealFacts {
        gate_code: Some("0815"),
        ..offline()
    };
    assert_eq!(at_closed(in_time), marked(None, false));
}

#[test]
fn where_the_servers_clock_jumped_the_time_test_is_left_out_and_the_mark_says_so() {
    let close = Close {
        seq: Seq(CLOSE_SEQ),
        at: Millis(CLOSED_AT),
        clock_jumped: true,
    };
    let windows = [Window {
        close: Some(close),
        ..window(OPENED_SEQ, None)
    }];
    let gate = GateFacts {
        state: GateState::Closed,
        attempt: 1,
        windows: &windows,
    };
    let expected = marked(Some(TimeNotTested::ServerClockJumped), false);
    assert_eq!(
        admit(&sealed_after(9_000_000, Some(0)), &gate, &contest()),
        expected
    );
}

#[test]
fn where_the_offset_was_never_measured_the_time_test_is_left_out_and_the_mark_says_so() {
    let expected = marked(Some(TimeNotTested::OffsetUnknown), false);
    assert_eq!(at_closed(sealed_after(9_000_000, None)), expected);
}

#[test]
fn a_clock_has_jumped_when_wall_and_monotonic_differ_by_more_than_five_seconds() {
    assert!(!clock_jumped(60_000, Some(55_000)));
    assert!(clock_jumped(60_001, Some(55_000)));
    assert!(clock_jumped(55_000, Some(60_001)));
    assert!(clock_jumped(-21_600_000, Some(60_000)));
    assert!(clock_jumped(60_000, None));
}
