//! What becomes of a sheet that arrives, over HTTP: the gate rule, versions, devices, decisions.

use crate::hall::{applied, hall};
use crate::pad::{Pad, offline, pair_request, sheet};
use app::backend::DeskCommand;
use domain::ids::Millis;
use sync::protocol::{GateStateView, KeptReason, Outcome, QuarantineReason, Standing};

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
async fn versions_that_come_in_one_batch_or_in_two_are_placed_like_those_that_come_alone() {
    let hall = hall(1, 2).await;
    let mut pad = hall.pad(0).await;
    for entry in &hall.stage.entries {
        hall.open(*entry).await;
    }
    let (entry, other) = (hall.stage.entries[0], hall.stage.entries[1]);
    let mut versions = vec![pad.op(entry, 70_000, hall.app.now())];
    for version in 2..=3 {
        let mut next = pad.op(entry, 75_000, hall.app.now());
        sheet(&mut next).version = version;
        sheet(&mut next).replaces = versions.last().map(|before| before.op_id);
        versions.push(next);
    }
    let last = pad.op(other, 80_000, hall.app.now());
    let signed = |op| pad.sign(op);
    let (one, two) = (
        vec![signed(&versions[0]), signed(&versions[1])],
        vec![signed(&versions[2]), signed(&last)],
    );
    for batch in [one, two.clone()] {
        for outcome in pad.push(&hall.app, batch).await {
            assert_eq!(applied(&outcome), &Standing::Counted);
        }
    }
    let sheets = pad.pull(&hall.app, 0).await.view.expect("a view").sheets;
    let standings: Vec<_> = sheets.into_iter().map(|sheet| sheet.standing).collect();
    let superseded = |by: usize| Standing::Superseded {
        by: versions[by].op_id,
    };
    let counted = Standing::Counted;
    assert_eq!(
        standings,
        [superseded(1), superseded(2), counted.clone(), counted]
    );
    let again = pad.push(&hall.app, two).await;
    let is_known = |outcome: &Outcome| matches!(outcome, Outcome::Duplicate { .. });
    assert!(again.iter().all(is_known));
    assert_eq!(hall.rows("select count(*) as n from op").await, 4);
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
