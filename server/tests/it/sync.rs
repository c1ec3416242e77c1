//! Push and pull over HTTP: every outcome, and what a lost answer or a stranger changes.

use crate::app::{Stage, TestApp, device, pull_path};
use crate::pad::{Pad, offline, pair_request, sheet};
use app::backend::DeskCommand;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::ids::{AccountId, ContestId, EntryId, Millis, OpId, Seq};
use sync::protocol::{
    BATCH_MAX, BODY_BYTES_MAX, GateStateView, HandOver, KeptReason, Outcome, PROTOCOL_VERSION,
    Problem, ProblemCode, QuarantineReason, RejectReason, Standing,
};
use uuid::Uuid;

struct Hall {
    app: TestApp,
    account: AccountId,
    stage: Stage,
}

async fn hall(seats: u32, entries: usize) -> Hall {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, seats, entries).await;
    Hall {
        app,
        account,
        stage,
    }
}

impl Hall {
    async fn say(&self, command: DeskCommand) {
        let Self {
            app,
            account,
            stage,
        } = self;
        app.command(*account, stage.contest, command).await;
    }

    async fn open(&self, entry: EntryId) {
        self.say(DeskCommand::OpenGate { entry }).await;
    }

    async fn close(&self, entry: EntryId) {
        let reason = "测试".to_owned();
        self.say(DeskCommand::CloseGate { entry, reason }).await;
    }

    async fn pad(&self, seat: usize) -> Pad {
        Pad::pair(&self.app, &self.stage.cards[seat]).await
    }

    async fn take_over(&self, seat: usize) -> Pad {
        let mut request = pair_request(&self.stage.cards[seat], device());
        request.takeover = true;
        Pad::pair_as(&self.app, request).await
    }

    async fn rows(&self, sql: &'static str) -> i64 {
        let mut tx = self.app.state.store.read().await.expect("a reader");
        tx.row(sql, &[])
            .await
            .expect("a row")
            .int("n")
            .expect("a count")
    }
}

#[track_caller]
fn applied(outcome: &Outcome) -> &Standing {
    match outcome {
        Outcome::Applied { standing, .. } => standing,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn rejected(outcome: Outcome, reason_expected: RejectReason) {
    assert_eq!(
        outcome,
        Outcome::Rejected {
            reason: reason_expected
        }
    );
}

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
async fn marks_that_the_charter_does_not_have_are_kept_for_a_person() {
    let hall = hall(1, 2).await;
    let mut pad = hall.pad(0).await;
    let reason = QuarantineReason::Malformed;
    for (index, millis) in [(0, 100_500), (1, 70_250)] {
        let entry = hall.stage.entries[index];
        hall.open(entry).await;
        let op = pad.op(entry, millis, hall.app.now());
        let outcome = pad.push_one(&hall.app, &op).await;
        assert_eq!(applied(&outcome), &Standing::Quarantined { reason });
    }
}

#[tokio::test]
async fn an_online_sheet_for_a_gate_that_is_not_open_waits_for_a_person() {
    let hall = hall(1, 1).await;
    let mut pad = hall.pad(0).await;
    let op = pad.op(hall.stage.entries[0], 70_000, hall.app.now());
    let outcome = pad.push_one(&hall.app, &op).await;
    let reason = QuarantineReason::GateNotOpen;
    assert_eq!(applied(&outcome), &Standing::Quarantined { reason });
}

#[tokio::test]
async fn an_offline_sheet_that_comes_after_the_close_counts_and_says_so() {
    let hall = hall(1, 1).await;
    let mut pad = hall.pad(0).await;
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    let heard = pad.pull(&hall.app, 0).await.cursor;
    let mut op = pad.op(entry, 70_000, hall.app.now());
    offline(&mut op, heard);
    hall.app.clock.advance(30_000);
    hall.close(entry).await;
    hall.app.clock.advance(3_600_000);
    let outcome = pad.push_one(&hall.app, &op).await;
    let counted = Standing::CountedOffline {
        time_not_tested: false,
        by_code: false,
    };
    assert_eq!(applied(&outcome), &counted);
}

#[tokio::test]
async fn an_offline_sheet_sealed_long_after_the_close_or_by_a_pad_that_knew_of_it_waits() {
    let hall = hall(2, 1).await;
    let (mut late, mut knowing) = (hall.pad(0).await, hall.pad(1).await);
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    let heard = late.pull(&hall.app, 0).await.cursor;
    hall.close(entry).await;
    let closed = knowing.pull(&hall.app, 0).await.cursor;
    hall.app.clock.advance(130_000);
    let mut op = late.op(entry, 70_000, hall.app.now());
    offline(&mut op, heard);
    let outcome = late.push_one(&hall.app, &op).await;
    let reason = QuarantineReason::SealedAfterClose;
    assert_eq!(applied(&outcome), &Standing::Quarantined { reason });
    let mut op = knowing.op(entry, 70_000, Millis(0));
    offline(&mut op, closed);
    let outcome = knowing.push_one(&hall.app, &op).await;
    let reason = QuarantineReason::HeardOfClose;
    assert_eq!(applied(&outcome), &Standing::Quarantined { reason });
}

#[tokio::test]
async fn when_the_servers_clock_jumped_the_time_test_is_left_out_and_the_mark_says_so() {
    let hall = hall(1, 1).await;
    let mut pad = hall.pad(0).await;
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    let heard = pad.pull(&hall.app, 0).await.cursor;
    let mut op = pad.op(entry, 70_000, hall.app.now());
    offline(&mut op, heard);
    hall.app.clock.jump_back(6 * 3_600_000);
    hall.close(entry).await;
    let outcome = pad.push_one(&hall.app, &op).await;
    let counted = Standing::CountedOffline {
        time_not_tested: true,
        by_code: false,
    };
    assert_eq!(applied(&outcome), &counted);
}

#[tokio::test]
async fn a_sheet_of_an_attempt_that_was_archived_waits_and_those_on_record_are_set_aside() {
    let hall = hall(2, 1).await;
    let (mut early, mut late) = (hall.pad(0).await, hall.pad(1).await);
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    let op = early.op(entry, 70_000, hall.app.now());
    early.push_one(&hall.app, &op).await;
    let reason = "设备故障".to_owned();
    hall.say(DeskCommand::RestartEntry { entry, reason }).await;
    let op = late.op(entry, 70_000, hall.app.now());
    let outcome = late.push_one(&hall.app, &op).await;
    let reason = QuarantineReason::AttemptArchived;
    assert_eq!(applied(&outcome), &Standing::Quarantined { reason });
    let view = early.pull(&hall.app, 0).await.view.expect("a view");
    assert_eq!(view.sheets[0].standing, Standing::Void);
    assert_eq!(view.entries[0].gate.attempt, 2);
    assert_eq!(view.entries[0].gate.state, GateStateView::Pending);
}

#[tokio::test]
async fn a_later_version_takes_the_place_of_the_one_it_names_and_both_are_kept() {
    let hall = hall(1, 1).await;
    let mut pad = hall.pad(0).await;
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    let first = pad.op(entry, 70_000, hall.app.now());
    pad.push_one(&hall.app, &first).await;
    let mut second = pad.op(entry, 75_000, hall.app.now());
    sheet(&mut second).version = 2;
    sheet(&mut second).replaces = Some(first.op_id);
    assert_eq!(
        applied(&pad.push_one(&hall.app, &second).await),
        &Standing::Counted
    );
    let sheets = pad.pull(&hall.app, 0).await.view.expect("a view").sheets;
    assert_eq!(
        sheets[0].standing,
        Standing::Superseded { by: second.op_id }
    );
    assert_eq!(sheets[1].standing, Standing::Counted);
}

#[tokio::test]
async fn what_a_replaced_device_still_pushes_is_kept_and_never_counts_by_itself() {
    let hall = hall(1, 1).await;
    let mut old = hall.pad(0).await;
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    let theirs = old.op(entry, 70_000, hall.app.now());
    let mut new = hall.take_over(0).await;
    let ours = new.op(entry, 80_000, hall.app.now());
    assert_eq!(
        applied(&new.push_one(&hall.app, &ours).await),
        &Standing::Counted
    );
    let outcome = old.push_one(&hall.app, &theirs).await;
    let with = vec![ours.op_id];
    assert_eq!(applied(&outcome), &Standing::Conflict { with });
    let counted = "select count(*) as n from sheet where state = 'counted'";
    assert_eq!(hall.rows(counted).await, 0, "a person chooses");
    hall.close(entry).await;
    let reason = "新设备为准".to_owned();
    let op = ours.op_id;
    hall.say(DeskCommand::CountSheet { op, reason }).await;
    assert_eq!(hall.rows(counted).await, 1);
}

#[tokio::test]
async fn a_device_that_takes_its_seat_back_is_the_seat_again_with_what_it_sealed_before() {
    let hall = hall(1, 1).await;
    let mut first = hall.pad(0).await;
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    let op = first.op(entry, 70_000, hall.app.now());
    let signed = first.sign(&op);
    hall.take_over(0).await;
    let mut request = pair_request(&hall.stage.cards[0], first.device);
    request.takeover = true;
    let again = Pad::pair_as(&hall.app, request).await;
    let outcomes = again.push(&hall.app, vec![signed]).await;
    assert_eq!(applied(&outcomes[0]), &Standing::Counted);
}

#[tokio::test]
async fn a_recusal_sets_a_sheet_aside_and_lifting_it_brings_it_back() {
    let hall = hall(1, 1).await;
    let mut pad = hall.pad(0).await;
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    let op = pad.op(entry, 70_000, hall.app.now());
    pad.push_one(&hall.app, &op).await;
    let seat = pad.seat;
    let reason = "本单位".to_owned();
    hall.say(DeskCommand::Recuse {
        seat,
        entry,
        reason,
    })
    .await;
    let view = pad.pull(&hall.app, 0).await.view.expect("a view");
    let kept = Standing::KeptNotCounted {
        reason: KeptReason::Recused,
    };
    assert_eq!(view.sheets[0].standing, kept);
    assert_eq!(
        view.entries[0].recused.as_ref().expect("a recusal").reason,
        "本单位"
    );
    hall.say(DeskCommand::LiftRecusal { seat, entry }).await;
    let view = pad.pull(&hall.app, 0).await.view.expect("a view");
    assert_eq!(view.sheets[0].standing, Standing::Counted);
}

#[tokio::test]
async fn a_pull_with_the_last_cursor_is_a_cheap_nothing_and_any_change_ends_it() {
    let hall = hall(2, 1).await;
    let (pad, mut other) = (hall.pad(0).await, hall.pad(1).await);
    let entry = hall.stage.entries[0];
    let cursor = pad.pull(&hall.app, 0).await.cursor;
    let again = pad.pull(&hall.app, cursor.0).await;
    assert!(again.unchanged && again.view.is_none() && again.cursor == cursor);
    hall.open(entry).await;
    let delta = pad.pull(&hall.app, cursor.0).await;
    let gate = delta.view.expect("a view").entries[0].gate;
    assert_eq!(gate.state, GateStateView::Open);
    assert_eq!(gate.opened_seq, Some(delta.cursor));
    let op = other.op(entry, 70_000, hall.app.now());
    other.push_one(&hall.app, &op).await;
    let quiet = pad.pull(&hall.app, delta.cursor.0).await;
    assert!(quiet.unchanged, "another seat's sheet is no news");
}

#[tokio::test]
async fn a_pull_holds_no_other_seats_sheet() {
    let hall = hall(2, 1).await;
    let (pad, mut other) = (hall.pad(0).await, hall.pad(1).await);
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    let op = other.op(entry, 83_500, hall.app.now());
    other.push_one(&hall.app, &op).await;
    let answer = pad.try_pull(&hall.app, 0).await;
    assert!(!answer.text().contains("83500"));
    assert!(!answer.text().contains(&op.op_id.to_string()));
    assert_eq!(answer.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn a_cursor_from_before_a_restored_backup_gets_the_whole_view() {
    let hall = hall(1, 1).await;
    let pad = hall.pad(0).await;
    let delta = pad.pull(&hall.app, 9_999).await;
    assert!(!delta.unchanged && delta.view.is_some());
}

#[tokio::test]
async fn a_stranger_another_device_and_another_protocol_are_refused_each_by_name() {
    let hall = hall(1, 1).await;
    let pad = hall.pad(0).await;
    let app = &hall.app;
    let path = pull_path(pad.device, 0);
    let code = |answer: &crate::app::Answer| answer.json::<Problem>().code;
    let nobody = app.get(&path, None).await;
    assert_eq!(
        (nobody.status, code(&nobody)),
        (StatusCode::UNAUTHORIZED, ProblemCode::SignIn)
    );
    let stranger = app.get(&path, Some("0".repeat(64).as_str())).await;
    assert_eq!(code(&stranger), ProblemCode::SignIn);
    let other = app.get(&pull_path(device(), 0), Some(&pad.token)).await;
    assert_eq!(
        (other.status, code(&other)),
        (StatusCode::FORBIDDEN, ProblemCode::WrongDevice)
    );
    let newer = format!("/api/v1/sync/pull?protocol={}", PROTOCOL_VERSION + 1);
    let newer = app.get(&newer, Some(&pad.token)).await;
    assert_eq!(newer.status, StatusCode::UPGRADE_REQUIRED);
    assert_eq!(code(&newer), ProblemCode::Protocol);
    let mut batch = pad.batch(Vec::new());
    batch.protocol = PROTOCOL_VERSION + 1;
    let newer = app
        .post("/api/v1/sync/push", Some(&pad.token), &batch)
        .await;
    assert_eq!(newer.status, StatusCode::UPGRADE_REQUIRED);
    assert!(newer.json::<Problem>().request_id.is_some());
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
    assert_eq!((report.new(), report.known(), report.refused()), (2, 0, 0));
    let again = import().await.expect("a second import");
    assert_eq!((again.new(), again.known(), again.refused()), (0, 2, 0));
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

#[tokio::test]
async fn heartbeats_are_written_down_seldom_and_seen_at_once() {
    let hall = hall(1, 1).await;
    let pad = hall.pad(0).await;
    let cursor = pad.pull(&hall.app, 0).await.cursor;
    hall.app.clock.advance(4_000);
    pad.pull(&hall.app, cursor.0).await;
    let mut tx = hall.app.state.store.read().await.expect("a reader");
    let row = tx
        .row("select credential_id from credential", &[])
        .await
        .expect("a row");
    let credential = row.id("credential_id").expect("an id");
    drop(tx);
    let presence = hall.app.state.presences.of(credential).expect("heard of");
    assert_eq!(
        (presence.last_seen, presence.last_seq),
        (hall.app.now(), cursor)
    );
    let written = "select max(last_seq) as n from credential";
    assert_eq!(hall.rows(written).await, 0);
    let state = &hall.app.state;
    state.presences.flush(&state.store).await.expect("a flush");
    assert_eq!(
        Seq(u64::try_from(hall.rows(written).await).expect("a seq")),
        cursor
    );
}
