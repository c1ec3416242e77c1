//! Push over HTTP: every outcome, and what a lost answer or a stranger changes.

use crate::hall::{applied, hall, rejected};
use crate::pad::sheet;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::ids::{ContestId, EntryId, OpId};
use server::store::Value;
use sync::protocol::{
    BATCH_MAX, BODY_BYTES_MAX, HandOver, Outcome, Problem, ProblemCode, RejectReason, Standing,
};
use uuid::Uuid;

#[tokio::test]
async fn a_sheet_sealed_while_the_gate_is_open_counts_and_is_kept_to_the_byte() {
    let hall = hall(1, 1).await;
    let mut pad = hall.pad(0).await;
    hall.open(hall.stage.entries[0]).await;
    let op = pad.op(hall.stage.entries[0], 88_500, hall.app.now());
    // Spacing of its own: nobody may encode it anew.
    let body = serde_json::to_string_pretty(&op).expect("an op");
    let signed = pad.sign_text(body.clone());
    let outcomes = pad.push(&hall.app, vec![signed.clone()]).await;
    assert_eq!(applied(&outcomes[0]), &Standing::Counted);
    let mut tx = hall.app.state.store.read().await.expect("a reader");
    let row = tx
        .row("select body, mac from op", &[])
        .await
        .expect("the op");
    assert_eq!(row.text("body").expect("a body"), body);
    assert_eq!(row.text("mac").expect("a seal"), signed.mac);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_given_again_and_nothing_twice() {
    let hall = hall(1, 1).await;
    let mut pad = hall.pad(0).await;
    hall.open(hall.stage.entries[0]).await;
    let op = pad.op(hall.stage.entries[0], 88_500, hall.app.now());
    let Outcome::Applied { seq, at, .. } = pad.push_one(&hall.app, &op).await else {
        panic!("not applied");
    };
    hall.app.clock.advance(60_000);
    let again = pad.push_one(&hall.app, &op).await;
    let standing = Standing::Counted;
    assert_eq!(again, Outcome::Duplicate { seq, at, standing });
    assert_eq!(hall.rows("select count(*) as n from op").await, 1);
}

#[tokio::test]
async fn the_same_push_twice_at_once_is_applied_once() {
    let hall = hall(1, 1).await;
    let mut pad = hall.pad(0).await;
    hall.open(hall.stage.entries[0]).await;
    let op = pad.op(hall.stage.entries[0], 88_500, hall.app.now());
    let (one, two) = tokio::join!(pad.push_one(&hall.app, &op), pad.push_one(&hall.app, &op));
    let is_applied = |outcome: &Outcome| matches!(outcome, Outcome::Applied { .. });
    let is_duplicate = |outcome: &Outcome| matches!(outcome, Outcome::Duplicate { .. });
    assert_eq!(
        [&one, &two].into_iter().filter(|o| is_applied(o)).count(),
        1
    );
    assert_eq!(
        [&one, &two].into_iter().filter(|o| is_duplicate(o)).count(),
        1
    );
}

/// Three phones whose pushes wait together, since one thread runs the test.
#[tokio::test]
async fn pushes_that_wait_are_one_group_and_each_has_outcomes_of_its_own() {
    let hall = hall(3, 2).await;
    let mut pads = [hall.pad(0).await, hall.pad(1).await, hall.pad(2).await];
    let [one, two] = [hall.stage.entries[0], hall.stage.entries[1]];
    hall.open(one).await;
    hall.open(two).await;
    let now = hall.app.now();
    let first = pads[0].op(one, 70_000, now);
    let mut second = pads[0].op(one, 71_000, now);
    sheet(&mut second).version = 2;
    sheet(&mut second).replaces = Some(first.op_id);
    let other = pads[1].op(two, 80_000, now);
    let unknown = pads[2].op(EntryId(Uuid::now_v7()), 60_000, now);
    for pad in &pads {
        pad.push(&hall.app, Vec::new()).await;
    }
    let (old, new, again, other, unknown) = tokio::join!(
        pads[0].push_one(&hall.app, &first),
        pads[0].push_one(&hall.app, &second),
        pads[0].push_one(&hall.app, &first),
        pads[1].push_one(&hall.app, &other),
        pads[2].push_one(&hall.app, &unknown),
    );
    assert_eq!(applied(&old), &Standing::Counted);
    assert_eq!(applied(&new), &Standing::Counted);
    let by = second.op_id;
    let Outcome::Duplicate { standing, .. } = again else {
        panic!("not known: {again:?}");
    };
    assert_eq!(standing, Standing::Superseded { by }, "as it is by now");
    assert_eq!(applied(&other), &Standing::Counted);
    rejected(unknown, RejectReason::UnknownEntry);
    let superseded = "select count(*) as n from sheet where state = 'superseded'";
    assert_eq!(hall.rows(superseded).await, 1);
    assert_eq!(hall.rows("select count(*) as n from sheet").await, 3);
}

#[tokio::test]
async fn a_push_that_fails_leaves_the_others_of_its_group_alone() {
    let hall = hall(3, 1).await;
    let mut pads = [hall.pad(0).await, hall.pad(1).await, hall.pad(2).await];
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    for pad in &pads {
        pad.push(&hall.app, Vec::new()).await;
    }
    // Only a fault of ours takes a credential away altogether.
    let seat = Value::from(pads[1].seat);
    let gone = hall.app.state.store.write(move |tx| {
        Box::pin(async move {
            let sql = "delete from credential where seat_id = $1";
            tx.execute(sql, &[seat]).await
        })
    });
    gone.await.expect("no credential");
    let now = hall.app.now();
    let ops = pads.each_mut().map(|pad| pad.op(entry, 70_000, now));
    let lost = vec![pads[1].sign(&ops[1])];
    let (one, lost, three) = tokio::join!(
        pads[0].push_one(&hall.app, &ops[0]),
        pads[1].try_push(&hall.app, lost),
        pads[2].push_one(&hall.app, &ops[2]),
    );
    applied(&one);
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    applied(&three);
    assert_eq!(hall.rows("select count(*) as n from op").await, 2);
}

#[tokio::test]
async fn two_hundred_requests_that_were_given_up_leave_the_next_one_answered() {
    // Five pads, so that none of them is slowed down.
    let hall = hall(5, 1).await;
    let mut pads = Vec::new();
    for seat in 0..5 {
        pads.push(hall.pad(seat).await);
    }
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    for number in 0..200 {
        let pad = &mut pads[number % 5];
        let op = pad.op(entry, 50_000, hall.app.now());
        let signed = pad.sign(&op);
        let request = pad.try_push(&hall.app, vec![signed]);
        // Given up after a few steps, each time somewhere else.
        let steps = number % 12;
        let mut request = std::pin::pin!(request);
        for _ in 0..=steps {
            if futures::poll!(request.as_mut()).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
    }
    let pad = &mut pads[0];
    let op = pad.op(entry, 60_000, hall.app.now());
    assert!(matches!(
        pad.push_one(&hall.app, &op).await,
        Outcome::Applied { .. }
    ));
}

#[tokio::test]
async fn one_bad_op_leaves_the_others_of_its_batch_alone() {
    let hall = hall(1, 3).await;
    let mut pad = hall.pad(0).await;
    for entry in &hall.stage.entries {
        hall.open(*entry).await;
    }
    let now = hall.app.now();
    let good = pad.op(hall.stage.entries[0], 70_000, now);
    let broken = pad.sign_text("{\"v\":1,\"op_id\":\"nonsense\"".to_owned());
    let last = pad.op(hall.stage.entries[2], 90_000, now);
    let ops = vec![pad.sign(&good), broken, pad.sign(&last)];
    let outcomes = pad.push(&hall.app, ops.clone()).await;
    applied(&outcomes[0]);
    rejected(outcomes[1].clone(), RejectReason::Malformed);
    applied(&outcomes[2]);
    assert_eq!(
        hall.rows("select count(*) as n from malformed").await,
        1,
        "kept and shown"
    );
    pad.push(&hall.app, ops).await;
    assert_eq!(
        hall.rows("select count(*) as n from malformed").await,
        1,
        "kept once"
    );
}

#[tokio::test]
async fn an_id_or_a_number_that_was_used_for_something_else_is_refused() {
    let hall = hall(1, 1).await;
    let mut pad = hall.pad(0).await;
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    let op = pad.op(entry, 70_000, hall.app.now());
    applied(&pad.push_one(&hall.app, &op).await);
    let mut reused = op.clone();
    sheet(&mut reused).marks[0].millis = Some(71_000);
    rejected(
        pad.push_one(&hall.app, &reused).await,
        RejectReason::IdReused,
    );
    let mut renumbered = op.clone();
    renumbered.op_id = OpId(Uuid::now_v7());
    rejected(
        pad.push_one(&hall.app, &renumbered).await,
        RejectReason::SeqReused,
    );
    assert_eq!(hall.rows("select count(*) as n from op").await, 1);
}

#[tokio::test]
async fn a_seal_that_does_not_fit_is_refused_and_kept() {
    let hall = hall(1, 1).await;
    let mut pad = hall.pad(0).await;
    hall.open(hall.stage.entries[0]).await;
    let op = pad.op(hall.stage.entries[0], 70_000, hall.app.now());
    let mut signed = pad.sign(&op);
    signed.body = signed.body.replace("70000", "99000");
    let outcomes = pad.push(&hall.app, vec![signed]).await;
    rejected(outcomes[0].clone(), RejectReason::BadMac);
    assert_eq!(hall.rows("select count(*) as n from op").await, 0);
    assert_eq!(hall.rows("select count(*) as n from malformed").await, 1);
}

#[tokio::test]
async fn an_op_for_another_seat_contest_or_entry_is_refused() {
    let hall = hall(2, 1).await;
    let (mut pad, other) = (hall.pad(0).await, hall.pad(1).await);
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    let mut op = pad.op(entry, 70_000, hall.app.now());
    op.seat = other.seat;
    rejected(
        pad.push_one(&hall.app, &op).await,
        RejectReason::NotYourSeat,
    );
    let mut op = pad.op(entry, 70_000, hall.app.now());
    op.contest = ContestId(Uuid::now_v7());
    rejected(
        pad.push_one(&hall.app, &op).await,
        RejectReason::UnknownContest,
    );
    let op = pad.op(EntryId(Uuid::now_v7()), 70_000, hall.app.now());
    rejected(
        pad.push_one(&hall.app, &op).await,
        RejectReason::UnknownEntry,
    );
    let mut op = pad.op(entry, 70_000, hall.app.now());
    op.device = other.device;
    rejected(
        pad.push_one(&hall.app, &op).await,
        RejectReason::NotYourSeat,
    );
}

#[tokio::test]
async fn an_op_of_a_newer_build_or_too_large_is_refused_by_name() {
    let hall = hall(1, 1).await;
    let mut pad = hall.pad(0).await;
    let mut op = pad.op(hall.stage.entries[0], 70_000, hall.app.now());
    op.v += 1;
    rejected(
        pad.push_one(&hall.app, &op).await,
        RejectReason::NewerVersion,
    );
    let large = pad.sign_text(format!("{{\"x\":\"{}\"}}", "x".repeat(9_000)));
    let outcomes = pad.push(&hall.app, vec![large]).await;
    rejected(outcomes[0].clone(), RejectReason::TooLarge);
}

#[tokio::test]
async fn a_body_that_is_too_large_or_no_push_is_refused_and_says_where() {
    let hall = hall(1, 1).await;
    let mut pad = hall.pad(0).await;
    let app = &hall.app;
    let push = |body: String| {
        let path = "/api/v1/sync/push";
        crate::app::request(Method::POST, path, Some(&pad.token), Body::from(body))
    };
    let large = app.send(push("x".repeat(BODY_BYTES_MAX + 1))).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(large.json::<Problem>().code, ProblemCode::TooLarge);
    let broken = app
        .send(push("{\"protocol\":1,\n\"device\":7}".to_owned()))
        .await;
    let problem: Problem = broken.json();
    assert_eq!(problem.code, ProblemCode::Malformed);
    assert!(problem.place.expect("a place").starts_with("2:"));
    let op = pad.op(hall.stage.entries[0], 1_000, app.now());
    let many = vec![pad.sign(&op); BATCH_MAX + 1];
    let many = pad.try_push(app, many).await;
    assert_eq!(many.json::<Problem>().code, ProblemCode::TooLarge);
}

#[tokio::test]
async fn a_carried_file_brings_its_ops_once_and_names_the_carrier() {
    let hall = hall(1, 2).await;
    let mut pad = hall.pad(0).await;
    let mut ops = Vec::new();
    for entry in &hall.stage.entries {
        hall.open(*entry).await;
        let op = pad.op(*entry, 70_000, hall.app.now());
        ops.push(pad.sign(&op));
    }
    let file = HandOver::new(pad.contest, pad.seat, pad.device, ops);
    let bytes = serde_json::to_vec(&file).expect("a file");
    let store = &hall.app.state.store;
    let import = || {
        let now = hall.app.now();
        server::service::sync::import_hand_over(store, hall.account, &bytes, now)
    };
    let report = import().await.expect("an import");
    assert_eq!(
        (report.added(), report.known(), report.refused()),
        (2, 0, 0)
    );
    let again = import().await.expect("a second import");
    assert_eq!((again.added(), again.known(), again.refused()), (0, 2, 0));
    let carried = "select count(*) as n from op where carrier_id is not null";
    assert_eq!(hall.rows(carried).await, 2);
}

#[tokio::test]
async fn a_carried_file_whose_seals_do_not_fit_brings_nothing() {
    let hall = hall(2, 1).await;
    let (mut pad, other) = (hall.pad(0).await, hall.pad(1).await);
    hall.open(hall.stage.entries[0]).await;
    let op = pad.op(hall.stage.entries[0], 70_000, hall.app.now());
    let forged = other.sign(&op);
    let file = HandOver::new(pad.contest, pad.seat, pad.device, vec![forged]);
    let bytes = serde_json::to_vec(&file).expect("a file");
    let store = &hall.app.state.store;
    let now = hall.app.now();
    let report = server::service::sync::import_hand_over(store, hall.account, &bytes, now).await;
    assert_eq!(report.expect("a report").refused(), 1);
    assert_eq!(hall.rows("select count(*) as n from sheet").await, 0);
}
