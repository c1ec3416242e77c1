//! Golden files pin every shape that was ever released: what lies in `golden/` must be read for
//! ever, and what this build writes is exactly that. `GOLDEN_WRITE=1` writes the files that are
//! missing; one that exists is never overwritten, because a released shape does not change.

use crate::support::{answer, applied, contest, device, entry, new_op, op_id, seat, sheet, stored};
use domain::ids::{Millis, Seq, SheetId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use std::path::PathBuf;
use sync::draft::{DRAFT_VERSION, Draft, DraftMark};
use sync::outbox::{Ack, Attention, TabNote};
use sync::protocol::*;

#[track_caller]
pub fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, value: &T) {
    let path = PathBuf::from("tests/it/golden").join(format!("{name}.json"));
    let written = serde_json::to_value(value).expect("a shape encodes");
    if std::env::var_os("GOLDEN_WRITE").is_some() && !path.exists() {
        let text = serde_json::to_string_pretty(&written).expect("a value encodes");
        std::fs::write(&path, text + "\n").expect("the golden folder is writable");
    }
    let text = std::fs::read_to_string(&path).expect("a golden file for each shape");
    let golden: serde_json::Value = serde_json::from_str(&text).expect("a golden file is JSON");
    assert_eq!(
        written, golden,
        "{name} is written otherwise than it was released"
    );
    let read: T = serde_json::from_value(golden).expect("a golden file can be read");
    assert_eq!(
        &read, value,
        "{name} is read otherwise than it was released"
    );
}

/// What a newer side may say must be read as something.
#[track_caller]
pub fn reads<T: DeserializeOwned + PartialEq + Debug>(text: &str, expected: T) {
    assert_eq!(
        serde_json::from_str::<T>(text).expect("a newer shape is read"),
        expected
    );
}

fn full_sheet() -> SealedSheet {
    SealedSheet {
        version: 2,
        replaces: Some(op_id(1)),
        marks: vec![
            SheetMark {
                criterion: "quality".to_owned(),
                millis: Some(8_500),
            },
            SheetMark {
                criterion: "rank".to_owned(),
                millis: None,
            },
        ],
        offline: Some(OfflineSeal {
            last_seq: Seq(41),
            heard_attempt: 1,
            clock_offset_ms: Some(-1_200),
        }),
        gate_code: Some("4711".to_owned()),
        ..sheet(1)
    }
}

fn op(change: Change) -> Op {
    let mut op = stored(new_op(1), 1).op.expect("readable");
    op.change = change;
    op
}

fn push_request() -> PushRequest {
    PushRequest {
        protocol: PROTOCOL_VERSION,
        device: device(1),
        batch: 7,
        last_seq: Seq(41),
        pending: 2,
        ops: vec![
            stored(new_op(1), 1).record.signed,
            stored(new_op(2), 2).record.signed,
        ],
    }
}

#[test]
fn ops() {
    check("op_seal", &op(Change::Seal(sheet(1))));
    check("op_seal_offline", &op(Change::Seal(full_sheet())));
    let abstention = Abstention {
        sheet_id: SheetId(crate::support::id(5)),
        entry: entry(1),
        attempt: 1,
        gate: 0,
        version: 1,
        replaces: None,
        charter_version: 1,
        offline: None,
        gate_code: None,
    };
    check("op_abstain", &op(Change::Abstain(abstention)));
    check("op_record", &stored(new_op(1), 1).record);
    reads(r#"{"hologram":{"depth":3}}"#, Change::Unknown);
}

#[test]
fn the_private_note_is_no_part_of_an_op() {
    let text = serde_json::to_string(&op(Change::Seal(full_sheet()))).expect("encodes");
    assert!(!text.contains("note"));
}

#[test]
fn push() {
    check("push_request", &push_request());
    check(
        "push_response",
        &answer(&push_request(), |at| applied(at as u64 + 1)),
    );
    let standing = Standing::Conflict {
        with: vec![op_id(3)],
    };
    let told = [
        Outcome::Applied {
            seq: Seq(9),
            at: Millis(10),
            standing,
        },
        Outcome::Duplicate {
            seq: Seq(9),
            at: Millis(10),
            standing: Standing::Counted,
        },
        Outcome::Rejected {
            reason: RejectReason::BadMac,
        },
    ];
    check("outcomes", &told.to_vec());
    reads(r#""postponed""#, Outcome::Unknown);
    let reason = RejectReason::Unknown;
    reads(
        r#"{"rejected":{"reason":"moon_phase"}}"#,
        Outcome::Rejected { reason },
    );
}

#[test]
fn reject_reasons() {
    use RejectReason::*;
    check(
        "reject_reasons",
        &vec![
            IdReused,
            BadMac,
            Malformed,
            NotYourSeat,
            UnknownContest,
            UnknownEntry,
            TooLarge,
            NewerVersion,
            SeqReused,
        ],
    );
}

#[test]
fn standings() {
    use QuarantineReason::*;
    let reasons = [
        HeardOfClose,
        AttemptArchived,
        AttemptUnknown,
        SealedAfterClose,
        StrictWithoutCode,
        GateNotOpen,
        Posted,
        CharterVersion {
            sheet: 1,
            contest: 2,
        },
        CredentialReplaced,
        CredentialWithdrawn,
        SeatAbsent,
        Malformed,
    ];
    let mut standings: Vec<Standing> = reasons
        .into_iter()
        .map(|reason| Standing::Quarantined { reason })
        .collect();
    standings.extend([
        Standing::Counted,
        Standing::CountedOffline {
            time_not_tested: true,
            by_code: false,
        },
        Standing::Conflict {
            with: vec![op_id(1), op_id(2)],
        },
        Standing::KeptNotCounted {
            reason: KeptReason::EntryWithdrawn,
        },
        Standing::KeptNotCounted {
            reason: KeptReason::Recused,
        },
        Standing::Superseded { by: op_id(2) },
        Standing::Void,
    ]);
    check("standings", &standings);
    reads(r#""blessed""#, Standing::Unknown);
    let reason = QuarantineReason::Unknown;
    let newer = r#"{"quarantined":{"reason":"eclipse"}}"#;
    reads(newer, Standing::Quarantined { reason });
    let reason = KeptReason::Unknown;
    reads(
        r#"{"kept_not_counted":{"reason":"other"}}"#,
        Standing::KeptNotCounted { reason },
    );
}

#[test]
fn preflight() {
    let report = Preflight {
        protocol: PROTOCOL_VERSION,
        device: device(1),
        build: "0.1.0+abc".to_owned(),
        worker_build: Some("0.1.0+abc".to_owned()),
        charter_version: 1,
        roster_version: 4,
        secure_context: true,
        controlled: true,
        storage: true,
        persisted: false,
        credential: true,
        at: Millis(1_700_000_000_000),
    };
    check("preflight", &report);
    assert!(
        report.is_ready(1, 4),
        "a refused persist() is a note, not a failure"
    );
    assert!(!report.is_ready(2, 4));
    assert!(!report.is_ready(1, 5));
    let other = Some("0.2.0".to_owned());
    assert!(
        !Preflight {
            worker_build: other,
            ..report.clone()
        }
        .is_ready(1, 4)
    );
    assert!(
        !Preflight {
            worker_build: None,
            ..report.clone()
        }
        .is_ready(1, 4)
    );
    for broken in [
        Preflight {
            secure_context: false,
            ..report.clone()
        },
        Preflight {
            controlled: false,
            ..report.clone()
        },
        Preflight {
            storage: false,
            ..report.clone()
        },
        Preflight {
            credential: false,
            ..report
        },
    ] {
        assert!(!broken.is_ready(1, 4));
    }
}

#[test]
fn live() {
    let event = LiveEvent {
        seq: Seq(42),
        contest: contest(),
        kind: LiveKind::Received,
        entry: Some(entry(1)),
        received: Some(8),
        expected: Some(9),
        pads: Some(PadCounts {
            online: 7,
            behind: 1,
            offline: 1,
            pending: 3,
        }),
        server_time: Millis(1_700_000_000_000),
    };
    check("live_received", &event);
    let bare = LiveEvent {
        entry: None,
        received: None,
        expected: None,
        pads: None,
        ..event
    };
    use LiveKind::*;
    let kinds = [Gate, Order, Posted, Received, Pads, Beat, Resync];
    let events = kinds.map(|kind| LiveEvent {
        kind,
        ..bare.clone()
    });
    check("live_kinds", &events.to_vec());
    reads(r#""fireworks""#, LiveKind::Unknown);
}

#[test]
fn problems() {
    use ProblemCode::*;
    let codes = [
        Protocol,
        SignIn,
        CredentialReplaced,
        CredentialWithdrawn,
        CredentialExpired,
        WrongDevice,
        Forbidden,
        NotFound,
        Malformed,
        TooLarge,
        TooMany,
        Busy,
        StorageFull,
        Internal,
    ];
    check("problem_codes", &codes.to_vec());
    let problem = Problem {
        place: Some("ops[3].body".to_owned()),
        retry_after_ms: Some(1_500),
        request_id: Some("r-1".to_owned()),
        ..Problem::new(Malformed)
    };
    check("problem", &problem);
    reads(r#""teapot""#, ProblemCode::Unknown);
    // A portal's JSON is no problem of ours.
    assert!(serde_json::from_str::<Problem>(r#"{"code":"sign_in","message":"log in"}"#).is_err());
}

#[test]
fn files_and_records_of_the_phone() {
    let ops = vec![stored(new_op(1), 1).record.signed];
    check(
        "hand_over",
        &HandOver::new(contest(), seat(1), device(1), ops),
    );
    let draft = Draft {
        v: DRAFT_VERSION,
        replaces: Some(op_id(1)),
        version: 2,
        marks: vec![DraftMark {
            criterion: "quality".to_owned(),
            millis: Some(8_500),
            touched: true,
        }],
        note: "只在本机".to_owned(),
        undo: vec![DraftMark {
            criterion: "quality".to_owned(),
            millis: None,
            touched: false,
        }],
        ..Draft::new(entry(1), 1, sheet(1).sheet_id, Millis(3))
    };
    check("draft", &draft);
    let ack = Ack {
        at: Millis(3),
        standing: Standing::Counted,
    };
    let attention = Attention::Rejected(RejectReason::BadMac);
    check(
        "tab_notes",
        &vec![
            TabNote::Recorded,
            TabNote::Acked {
                op_id: op_id(1),
                ack,
            },
            TabNote::Stuck {
                op_id: op_id(2),
                attention,
            },
        ],
    );
    reads(r#""dancing""#, TabNote::Unknown);
}
