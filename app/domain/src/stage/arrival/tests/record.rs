//! What the record says, before anybody asks when a sheet was sealed: posted, replaced, strict,
//! another charter, withdrawn, recused, absent.

use super::*;

#[test]
fn a_sheet_that_arrives_after_posting_is_quarantined() {
    let contest = ContestFacts {
        state: ContestState::Posted,
        ..contest()
    };
    assert_eq!(
        at_closed_in(offline(), contest),
        quarantined(Quarantine::Posted)
    );
    assert_eq!(
        at_closed_in(online(), contest),
        quarantined(Quarantine::Posted)
    );
    let coded = SealFacts {
        gate_code: Some(CODE),
        ..offline()
    };
    assert_eq!(
        at_closed_in(coded, contest),
        quarantined(Quarantine::Posted)
    );
    let replaced = SealFacts {
        credential: Credential::Replaced,
        ..offline()
    };
    assert_eq!(
        at_closed_in(replaced, contest),
        quarantined(Quarantine::Posted)
    );
}

#[test]
fn a_strict_charter_quarantines_every_offline_sheet_without_a_code() {
    let strict = ContestFacts {
        strict: true,
        ..contest()
    };
    let without = quarantined(Quarantine::StrictWithoutCode);
    let coded = SealFacts {
        gate_code: Some(CODE),
        ..offline()
    };
    assert_eq!(at_closed_in(offline(), strict), without);
    assert_eq!(at_closed_in(coded, strict), marked(None, true));
    let windows = [window(OPENED_SEQ, None)];
    let open = GateFacts {
        state: GateState::Open,
        attempt: 1,
        windows: &windows,
    };
    assert_eq!(admit(&offline(), &open, &strict), without);
    assert_eq!(admit(&online(), &open, &strict), COUNTED);
}

#[test]
fn a_sheet_of_another_charter_version_is_quarantined_with_both_versions() {
    let sheet = SealFacts {
        charter_version: 2,
        ..offline()
    };
    let both = quarantined(Quarantine::CharterVersion {
        sheet: 2,
        contest: 3,
    });
    assert_eq!(at_open(sheet), both);
    assert_eq!(at_closed(sheet), both);
}

#[test]
fn a_sheet_for_a_withdrawn_entry_is_kept_and_not_counted() {
    let withdrawn = ContestFacts {
        entry_withdrawn: true,
        ..contest()
    };
    let kept = Admission::KeptNotCounted(Kept::EntryWithdrawn);
    assert_eq!(at_closed_in(online(), withdrawn), kept);
    assert_eq!(at_closed_in(offline(), withdrawn), kept);
}

#[test]
fn a_sheet_of_a_recused_seat_is_kept_and_not_counted() {
    let recused = ContestFacts {
        recused: true,
        ..contest()
    };
    assert_eq!(
        at_closed_in(offline(), recused),
        Admission::KeptNotCounted(Kept::Recused)
    );
}

#[test]
fn a_sheet_of_a_seat_recorded_as_absent_goes_to_a_person() {
    let absent = ContestFacts {
        absent: true,
        ..contest()
    };
    assert_eq!(
        at_closed_in(offline(), absent),
        quarantined(Quarantine::SeatAbsent)
    );
}

#[test]
fn what_a_replaced_or_withdrawn_credential_pushes_never_counts_without_a_person() {
    let replaced = SealFacts {
        credential: Credential::Replaced,
        ..offline()
    };
    let withdrawn = SealFacts {
        credential: Credential::Withdrawn,
        ..online()
    };
    assert_eq!(
        at_open(replaced),
        quarantined(Quarantine::CredentialReplaced)
    );
    assert_eq!(
        at_open(withdrawn),
        quarantined(Quarantine::CredentialWithdrawn)
    );
}

#[test]
fn a_time_accepts_nothing_and_drops_nothing() {
    // Whatever the clocks say, the outcome is one of: counted, or kept for a person.
    for ms in [0, 1, SEAL_TOLERANCE_MS, u64::MAX - CLOSED_AT] {
        for offset in [None, Some(i64::MIN), Some(-1), Some(0), Some(i64::MAX)] {
            let at_close = at_closed(sealed_after(ms, offset));
            let late = quarantined(Quarantine::SealedAfterClose);
            let unknown = marked(Some(TimeNotTested::OffsetUnknown), false);
            assert!([late, unknown, marked(None, false)].contains(&at_close));
            let heard_of_it = SealedOffline {
                last_seq: Seq(CLOSE_SEQ),
                clock_offset_ms: offset,
            };
            let known = SealFacts {
                offline: Some(heard_of_it),
                ..sealed_after(ms, offset)
            };
            assert_eq!(at_closed(known), quarantined(Quarantine::HeardOfClose));
        }
    }
}
