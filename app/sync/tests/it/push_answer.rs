//! What counts as an answer to a push, and what is somebody else's page (D-22).

use crate::support::{answer, applied, contest, device, op_id, stored};
use crate::support::{new_op, seat};
use domain::ids::{OpId, Seq};
use sync::protocol::{
    HAND_OVER_VERSION, HandOver, HandOverError, Op, OpFault, Outcome, PROTOCOL_VERSION,
    PushRequest, PushResponse, RejectReason, SheetMark,
};

fn request() -> PushRequest {
    let ops = [1_u8, 2, 3].map(|n| stored(new_op(n.into()), n.into()).record.signed);
    PushRequest {
        protocol: PROTOCOL_VERSION,
        device: device(1),
        batch: 7,
        last_seq: Seq(0),
        pending: 3,
        ops: ops.to_vec(),
    }
}

fn sent() -> [OpId; 3] {
    [op_id(1), op_id(2), op_id(3)]
}

#[track_caller]
fn check(change: impl Fn(&mut PushResponse), expected: bool) {
    let mut response = answer(&request(), |at| applied(at as u64));
    change(&mut response);
    assert_eq!(response.answers(7, &sent()), expected);
}

#[test]
fn an_answer_names_the_batch_and_each_op_once() {
    check(|_| (), true);
    check(|response| response.outcomes.reverse(), true);
    check(|response| response.batch = 8, false);
    check(|response| response.protocol = PROTOCOL_VERSION + 1, false);
    check(|response| drop(response.outcomes.pop()), false);
    check(|response| response.outcomes[2].index = 1, false);
    check(|response| response.outcomes[2].index = 3, false);
    check(
        |response| response.outcomes[2].op_id = Some(op_id(9)),
        false,
    );
}

#[test]
fn an_acknowledgement_without_the_ops_id_is_none() {
    check(|response| response.outcomes[1].op_id = None, false);
}

#[test]
fn a_malformed_op_may_be_refused_by_its_index_alone() {
    check(
        |response| {
            response.outcomes[1].op_id = None;
            response.outcomes[1].outcome = Outcome::Rejected {
                reason: RejectReason::Malformed,
            };
        },
        true,
    );
}

#[track_caller]
fn check_op(change: impl Fn(&mut Op, &mut sync::protocol::SealedSheet), expected: Option<OpFault>) {
    let mut op = stored(new_op(1), 1).op.expect("readable");
    let mut sheet = crate::support::sheet(1);
    change(&mut op, &mut sheet);
    if !matches!(op.change, sync::protocol::Change::Unknown) {
        op.change = sync::protocol::Change::Seal(sheet);
    }
    assert_eq!(op.check().err(), expected);
}

#[test]
fn an_op_is_checked_as_far_as_it_can_be_without_the_contest() {
    let mark = SheetMark {
        criterion: "quality".to_owned(),
        millis: None,
    };
    check_op(|_, _| (), None);
    check_op(|op, _| op.v = 99, Some(OpFault::NewerVersion));
    check_op(
        |op, _| op.change = sync::protocol::Change::Unknown,
        Some(OpFault::UnknownChange),
    );
    check_op(|op, _| op.device_seq.0 = 0, Some(OpFault::DeviceSeqZero));
    check_op(
        |op, _| op.device_seq.0 = 1 << 53,
        Some(OpFault::DeviceSeqTooLarge),
    );
    check_op(|_, sheet| sheet.attempt = 0, Some(OpFault::AttemptZero));
    check_op(|_, sheet| sheet.version = 0, Some(OpFault::VersionZero));
    check_op(|_, sheet| sheet.version = 2, Some(OpFault::ReplacesMissing));
    check_op(
        |_, sheet| sheet.replaces = Some(op_id(1)),
        Some(OpFault::ReplacesItself),
    );
    check_op(|_, sheet| sheet.marks.clear(), Some(OpFault::NoMarks));
    check_op(
        |_, sheet| sheet.marks = vec![mark.clone(); 61],
        Some(OpFault::TooManyMarks),
    );
    check_op(
        |_, sheet| sheet.marks = vec![mark.clone(); 2],
        Some(OpFault::RepeatedCriterion),
    );
    check_op(
        |_, sheet| sheet.gate_code = Some("47１1".to_owned()),
        Some(OpFault::BadGateCode),
    );
    check_op(|_, sheet| sheet.gate_code = Some("0815".to_owned()), None);
}

#[test]
fn a_hand_over_file_says_what_is_wrong_with_it() {
    let file = HandOver::new(contest(), seat(1), device(1), request().ops);
    assert_eq!(file.check(), Ok(()));
    let other = HandOver {
        format: "zip".to_owned(),
        ..file.clone()
    };
    assert_eq!(other.check(), Err(HandOverError::NotHandOver));
    let newer = HandOver {
        v: HAND_OVER_VERSION + 1,
        ..file.clone()
    };
    assert_eq!(newer.check(), Err(HandOverError::NewerVersion));
    assert_eq!(
        HandOver {
            ops: Vec::new(),
            ..file
        }
        .check(),
        Err(HandOverError::Empty)
    );
}
