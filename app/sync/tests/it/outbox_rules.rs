//! The eight rules of the outbox, and what hangs on them, each as a test by name.

use crate::bench::{Bench, ids};
use crate::support::{answer, applied, holder, new_op, op_id, stored};
use domain::ids::{Millis, Seq};
use sync::backoff::{RETRY_MS_MAX, RETRY_MS_MIN};
use sync::outbox::{
    Ack, Attention, Badge, Effect, Event, Nudge, OpState, Outbox, QUEUE_MAX, REQUEST_TIMEOUT_MS,
    Reply, StoreFault, TabNote,
};
use sync::protocol::{BATCH_MAX, OP_BYTES_MAX, Outcome, ProblemCode, RejectReason, Standing};

#[test]
fn rule_1_an_op_is_pushed_only_after_its_record_came_back() {
    let mut bench = Bench::new();
    bench.disk_answers = false;
    bench.event(Event::Seal(new_op(1)));
    assert!(bench.sent.is_empty());
    assert_eq!(bench.state(1), OpState::Saving);
    bench.wait(RETRY_MS_MAX);
    assert!(bench.sent.is_empty());
    bench.event(Event::Recorded(stored(new_op(1), 1)));
    assert_eq!(bench.last_ids(), [op_id(1)]);
}

#[test]
fn rule_1_what_the_disk_refuses_is_shown_as_not_saved_and_never_sent() {
    let mut bench = Bench::new();
    bench.disk_answers = false;
    bench.event(Event::Seal(new_op(1)));
    bench.event(Event::Seal(new_op(2)));
    bench.event(Event::RecordFailed {
        op_id: op_id(1),
        fault: StoreFault::Quota,
    });
    assert_eq!(bench.state(1), OpState::NotSaved(StoreFault::Quota));
    bench.event(Event::Recorded(stored(new_op(2), 1)));
    assert_eq!(bench.last_ids(), [op_id(2)]);
    assert_eq!(bench.outbox.pending_count(), 2);
    bench.disk_answers = true;
    bench.event(Event::Retry(op_id(1)));
    bench.answer(|_| applied(1));
    assert_eq!(bench.last_ids(), [op_id(1)]);
}

#[test]
fn rule_1_nothing_is_sent_before_the_disk_was_read() {
    let mut outbox = Outbox::new(holder(1), 7);
    outbox.handle(Event::Leading(true), Millis(0));
    outbox.handle(Event::Recorded(stored(new_op(1), 1)), Millis(0));
    let effects: Vec<_> = std::iter::from_fn(|| outbox.poll_effect()).collect();
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Send(_)))
    );
}

#[test]
fn rule_2_one_batch_is_in_flight_and_it_has_a_limit() {
    let mut bench = Bench::with_sealed(70);
    assert_eq!(bench.sent.len(), 1);
    assert_eq!(bench.last_ids(), ids(1..=1));
    bench.answer(|_| applied(1));
    assert_eq!(bench.last_ids(), ids(2..=31));
    assert_eq!(bench.last().ops.len(), BATCH_MAX);
    bench.wait(100);
    bench.event(Event::Nudge(Nudge::Manual));
    assert_eq!(bench.sent.len(), 2);
}

#[test]
fn rule_2_the_queue_has_a_limit_and_what_exceeds_it_is_told() {
    let mut bench = Bench::new();
    for number in 1..=QUEUE_MAX as u128 + 1 {
        bench.event(Event::Seal(new_op(number)));
    }
    let beyond = QUEUE_MAX as u128 + 1;
    assert_eq!(
        bench.state(beyond),
        OpState::NotSaved(StoreFault::QueueFull)
    );
    assert_eq!(bench.disk.len(), QUEUE_MAX);
}

#[test]
fn rule_2_an_op_that_is_too_large_is_set_aside_and_blocks_nothing() {
    let mut bench = Bench::new();
    let mut large = stored(new_op(1), 1);
    large.record.signed.body = "x".repeat(OP_BYTES_MAX + 1);
    bench.disk_answers = false;
    bench.event(Event::Seal(new_op(1)));
    bench.event(Event::Recorded(large));
    bench.event(Event::Seal(new_op(2)));
    bench.event(Event::Recorded(stored(new_op(2), 2)));
    assert_eq!(bench.state(1), OpState::NeedsAttention(Attention::TooLarge));
    assert_eq!(bench.last_ids(), [op_id(2)]);
}

#[test]
fn rule_3_applied_and_duplicate_both_finish_an_op() {
    let mut bench = Bench::with_sealed(1);
    bench.event(Event::Seal(new_op(2)));
    bench.event(Event::Seal(new_op(3)));
    bench.answer(|_| applied(1));
    bench.answer(|at| match at {
        0 => applied(2),
        _ => Outcome::Duplicate {
            seq: Seq(3),
            at: Millis(4),
            standing: Standing::Counted,
        },
    });
    assert_eq!(bench.outbox.pending_count(), 0);
    assert_eq!(bench.badge(), "synced");
    bench.wait(RETRY_MS_MAX);
    assert_eq!(bench.sent.len(), 2);
}

#[test]
fn rule_3_a_rejected_op_is_kept_and_shown_with_its_reason() {
    let mut bench = Bench::with_sealed(1);
    bench.answer(|_| Outcome::Rejected {
        reason: RejectReason::IdReused,
    });
    let attention = Attention::Rejected(RejectReason::IdReused);
    assert_eq!(bench.state(1), OpState::NeedsAttention(attention));
    assert_eq!(bench.badge(), "conflict");
    assert_eq!(bench.outbox.pending_count(), 1);
    assert!(bench.disk.contains_key(&op_id(1)));
    assert_eq!(bench.outbox.hand_over().ops.len(), 1);
    bench.event(Event::Retry(op_id(1)));
    assert_eq!((bench.sent.len(), bench.last_ids()), (2, ids(1..=1)));
}

#[test]
fn rule_3_an_outcome_of_a_newer_server_finishes_nothing() {
    let mut bench = Bench::with_sealed(1);
    bench.answer(|_| Outcome::Unknown);
    assert_eq!(
        bench.state(1),
        OpState::NeedsAttention(Attention::UnknownOutcome)
    );
    assert_eq!(bench.outbox.pending_count(), 1);
    assert_eq!(bench.sent.len(), 1);
}

#[test]
fn rule_3_an_op_leaves_the_disk_only_after_it_was_read_back() {
    let mut bench = Bench::with_sealed(1);
    bench.event(Event::Seal(new_op(2)));
    bench.answer(|_| applied(1));
    bench.answer(|_| applied(2));
    assert!(bench.removed.is_empty());
    let ack = Ack {
        at: Millis(1),
        standing: Standing::Counted,
    };
    bench.event(Event::Seen(vec![(op_id(1), ack.clone()), (op_id(2), ack)]));
    assert_eq!(bench.removed, [op_id(1)]);
    // The last one stays, so that the next number is known after a restart.
    assert!(bench.disk.contains_key(&op_id(2)));
    bench.event(Event::Seal(new_op(3)));
    assert_eq!(bench.removed, [op_id(1), op_id(2)]);
    let record = bench.disk.get(&op_id(3)).expect("on disk");
    assert_eq!(record.record.device_seq.0, 3);
}

#[test]
fn rule_3_what_the_cached_view_shows_is_not_sent_again_after_a_restart() {
    let mut outbox = Outbox::new(holder(1), 7);
    outbox.handle(Event::Leading(true), Millis(0));
    let ack = Ack {
        at: Millis(1),
        standing: Standing::Counted,
    };
    let stored = vec![stored(new_op(1), 1)];
    outbox.handle(
        Event::Loaded {
            stored,
            seen: vec![(op_id(1), ack)],
        },
        Millis(1),
    );
    let effects: Vec<_> = std::iter::from_fn(|| outbox.poll_effect()).collect();
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Send(_)))
    );
    assert_eq!(outbox.pending_count(), 0);
    assert_eq!(outbox.view().badge, Badge::Synced { at: Millis(1) });
}

#[test]
fn rule_4_an_answer_to_an_abandoned_batch_is_ignored() {
    let mut bench = Bench::with_sealed(1);
    let abandoned = bench.last().clone();
    bench.wait(REQUEST_TIMEOUT_MS);
    bench.wait(RETRY_MS_MAX);
    assert_eq!(bench.sent.len(), 2);
    let late = answer(&abandoned, |_| applied(1));
    let reply = Reply::Answer(Box::new(late.clone()));
    bench.event(Event::Replied {
        batch: abandoned.batch,
        reply,
    });
    assert_eq!(
        (bench.outbox.pending_count(), bench.badge()),
        (1, "sending")
    );
    // Nor does it count when it comes in the place of the right one.
    bench.reply(Reply::Answer(Box::new(late)));
    assert_eq!(bench.outbox.pending_count(), 1);
}

#[test]
fn rule_4_a_silent_request_is_given_up_and_tried_again() {
    let mut bench = Bench::with_sealed(1);
    bench.wait(REQUEST_TIMEOUT_MS - 1);
    assert_eq!(bench.badge(), "sending");
    bench.wait(1);
    assert_eq!((bench.sent.len(), bench.badge()), (1, "offline"));
    bench.wait(2 * RETRY_MS_MIN);
    assert_eq!((bench.sent.len(), bench.last_ids()), (2, ids(1..=1)));
}

#[test]
fn rule_5_401_stops_pushing_and_asks_to_sign_in_and_the_queue_stays() {
    let mut bench = Bench::with_sealed(1);
    bench.refuse(401, ProblemCode::SignIn);
    bench.event(Event::Seal(new_op(2)));
    bench.event(Event::Nudge(Nudge::Online));
    bench.wait(10 * RETRY_MS_MAX);
    assert_eq!((bench.sent.len(), bench.badge()), (1, "signin"));
    assert_eq!(bench.outbox.view().badge, Badge::SignIn { waiting: 2 });
    assert_eq!(bench.disk.len(), 2);
    bench.event(Event::SignedIn);
    assert_eq!(bench.last_ids(), ids(1..=2));
}

#[test]
fn rule_5_the_judge_may_try_again_by_hand_after_a_401() {
    let mut bench = Bench::with_sealed(1);
    bench.reply(Reply::Refused {
        status: 401,
        problem: None,
        retry_after_ms: None,
    });
    assert_eq!(bench.badge(), "signin");
    bench.event(Event::Nudge(Nudge::Manual));
    bench.answer(|_| applied(1));
    assert_eq!(bench.badge(), "synced");
}

#[test]
fn rule_6_an_op_has_one_number_and_a_correction_is_another_op() {
    let mut bench = Bench::new();
    bench.event(Event::Seal(new_op(1)));
    bench.event(Event::Seal(new_op(1)));
    bench.event(Event::Seal(new_op(2)));
    let numbers: Vec<_> = bench
        .disk
        .values()
        .map(|op| op.record.device_seq.0)
        .collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn rule_6_numbers_have_no_gap_when_the_disk_refuses_one() {
    let mut bench = Bench::new();
    bench.disk_answers = false;
    bench.event(Event::Seal(new_op(1)));
    bench.disk_answers = true;
    bench.event(Event::Seal(new_op(2)));
    assert!(bench.disk.is_empty(), "the second waits for the first");
    bench.event(Event::RecordFailed {
        op_id: op_id(1),
        fault: StoreFault::Unavailable,
    });
    let record = bench.disk.get(&op_id(2)).expect("on disk");
    assert_eq!(record.record.device_seq.0, 1);
}

#[test]
fn rule_6_an_op_waits_for_the_one_before_it_that_another_tab_wrote() {
    let mut bench = Bench::new();
    bench.disk_answers = false;
    // Another tab puts number 1, this one number 2, and the other's note is on its way.
    let other = stored(new_op(1), 1);
    bench.disk.insert(op_id(1), other);
    bench.event(Event::Seal(new_op(2)));
    let own = stored(new_op(2), 2);
    bench.disk.insert(op_id(2), own.clone());
    bench.event(Event::Recorded(own));
    assert_eq!(bench.last_ids(), ids(1..=2));
}

#[test]
fn rule_6_a_number_that_is_lost_for_good_blocks_nothing() {
    let mut bench = Bench::new();
    bench.disk_answers = false;
    bench.event(Event::Seal(new_op(5)));
    let alone = stored(new_op(5), 5);
    bench.disk.insert(op_id(5), alone.clone());
    let loads = bench.loads;
    bench.event(Event::Recorded(alone));
    assert_eq!(bench.last_ids(), [op_id(5)]);
    assert_eq!(
        bench.loads,
        loads + 1,
        "the disk is asked once, not for ever"
    );
}

#[test]
fn rule_7_a_rejected_op_does_not_hold_back_the_others() {
    let mut bench = Bench::with_sealed(4);
    bench.answer(|_| applied(1));
    bench.answer(|at| match at {
        1 => Outcome::Rejected {
            reason: RejectReason::Malformed,
        },
        _ => applied(2),
    });
    bench.event(Event::Seal(new_op(5)));
    assert_eq!(bench.last_ids(), ids(5..=5));
    assert_eq!(bench.outbox.pending_count(), 2);
}

#[test]
fn rule_7_a_refused_batch_is_halved_until_the_offender_stands_alone() {
    let mut bench = Bench::with_sealed(1);
    for number in 2..=31 {
        bench.event(Event::Seal(new_op(number)));
    }
    bench.answer(|_| applied(1));
    let bad = op_id(13);
    for _ in 0..40 {
        if bench.last_ids().contains(&bad) {
            bench.refuse(400, ProblemCode::Malformed);
        } else {
            bench.answer(|_| applied(1));
        }
        bench.wait(RETRY_MS_MIN);
        if bench.outbox.pending_count() == 1 {
            break;
        }
    }
    let refused = Attention::Refused(Some(ProblemCode::Malformed));
    assert_eq!(bench.state(13), OpState::NeedsAttention(refused));
    assert_eq!(bench.outbox.pending_count(), 1);
    assert!(bench.sent.len() < 20, "{} requests", bench.sent.len());
}

#[test]
fn rule_7_a_request_that_is_too_large_for_a_proxy_is_halved() {
    let mut bench = Bench::with_sealed(5);
    bench.answer(|_| applied(1));
    assert_eq!(bench.last().ops.len(), 4);
    bench.reply(Reply::Refused {
        status: 413,
        problem: None,
        retry_after_ms: None,
    });
    bench.wait(RETRY_MS_MIN);
    assert_eq!(bench.last().ops.len(), 2);
}

#[test]
fn rule_8_a_clock_that_is_set_back_makes_no_phone_wait_for_hours() {
    let mut bench = Bench::with_sealed(1);
    bench.now = 30_000_000;
    bench.reply(Reply::Unreachable);
    bench.now -= 21_600_000;
    bench.wait(0);
    bench.wait(RETRY_MS_MAX);
    assert_eq!(bench.sent.len(), 2);
}

#[test]
fn rule_8_order_is_by_number_whatever_the_clocks_say() {
    let mut bench = Bench::new();
    bench.disk_answers = false;
    let times = [9_000_000, 5, 700];
    for (number, time) in (1..).zip(times) {
        let mut op = new_op(number);
        op.recorded_at = Millis(time);
        let op = stored(op, u64::try_from(number).expect("small"));
        bench.disk.insert(op.record.op_id, op);
    }
    bench.event(Event::Elsewhere(TabNote::Recorded));
    assert_eq!(bench.last_ids(), ids(1..=3));
}
