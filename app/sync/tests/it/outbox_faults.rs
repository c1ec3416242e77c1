//! Portals, servers in trouble, other tabs, other builds, and what the slip says of them.

use crate::bench::{Bench, ids};
use crate::support::{answer, applied, device, holder, named, new_op, op_id, stored};
use domain::ids::{Millis, Seq};
use sync::backoff::{RETRY_MS_MAX, RETRY_MS_MIN};
use sync::outbox::{
    Ack, Attention, Badge, Effect, Event, Nudge, OpState, Outbox, Reply, StoreFault, TabNote,
};
use sync::protocol::{
    Outcome, PROTOCOL_VERSION, Problem, ProblemCode, PushResponse, QuarantineReason, RejectReason,
    Standing,
};
use sync::record::StoredOp;

#[test]
fn a_server_in_trouble_casts_no_doubt_on_an_op() {
    let mut bench = Bench::with_sealed(1);
    for status in [500, 503, 429, 408, 507] {
        bench.refuse(status, ProblemCode::Busy);
        assert_eq!(bench.state(1), OpState::Waiting);
        bench.wait(RETRY_MS_MAX);
    }
    bench.answer(|_| applied(1));
    assert_eq!(bench.outbox.pending_count(), 0);
}

#[test]
fn a_captive_portal_acknowledges_nothing() {
    let mut bench = Bench::with_sealed(1);
    bench.reply(Reply::NotOurs);
    assert!(bench.outbox.view().portal);
    bench.wait(RETRY_MS_MAX);
    for status in [302, 403, 404, 511] {
        bench.reply(Reply::Refused {
            status,
            problem: None,
            retry_after_ms: None,
        });
        assert_eq!(bench.state(1), OpState::Waiting, "{status}");
        bench.wait(RETRY_MS_MAX);
    }
    let empty = PushResponse {
        protocol: PROTOCOL_VERSION,
        batch: bench.last().batch,
        server_time: Millis(1),
        outcomes: Vec::new(),
    };
    bench.reply(Reply::Answer(Box::new(empty)));
    assert_eq!(bench.outbox.pending_count(), 1);
}

#[test]
fn an_unknown_protocol_asks_to_update_and_the_outbox_stays() {
    let mut bench = Bench::with_sealed(1);
    let mut newer = answer(bench.last(), |_| applied(1));
    newer.protocol = PROTOCOL_VERSION + 1;
    bench.reply(Reply::Answer(Box::new(newer)));
    assert_eq!((bench.badge(), bench.outbox.pending_count()), ("update", 1));
    bench.event(Event::Nudge(Nudge::Manual));
    bench.refuse(400, ProblemCode::Protocol);
    assert_eq!((bench.badge(), bench.outbox.pending_count()), ("update", 1));
    bench.wait(10 * RETRY_MS_MAX);
    assert_eq!(bench.sent.len(), 2);
}

#[test]
fn a_server_may_ask_for_more_patience() {
    let mut bench = Bench::with_sealed(1);
    let mut problem = Problem::new(ProblemCode::TooMany);
    problem.retry_after_ms = Some(30_000);
    let reply = Reply::Refused {
        status: 429,
        problem: Some(problem),
        retry_after_ms: None,
    };
    bench.reply(reply);
    bench.event(Event::Heard { last_seq: Seq(4) });
    bench.wait(29_000);
    assert_eq!(bench.sent.len(), 1);
    bench.wait(2_000);
    assert_eq!(bench.sent.len(), 2);
    assert_eq!(bench.last().last_seq, Seq(4));
}

#[test]
fn a_sign_of_the_server_ends_a_long_wait_after_silence() {
    let mut bench = Bench::with_sealed(1);
    for _ in 0..8 {
        bench.reply(Reply::Unreachable);
        bench.wait(RETRY_MS_MAX);
    }
    bench.reply(Reply::Unreachable);
    let sent = bench.sent.len();
    bench.wait(RETRY_MS_MIN);
    assert_eq!(bench.sent.len(), sent);
    bench.event(Event::Heard { last_seq: Seq(1) });
    assert_eq!(bench.sent.len(), sent + 1);
}

#[test]
fn a_browser_that_flaps_between_online_and_offline_sends_no_storm() {
    let mut bench = Bench::with_sealed(1);
    for _ in 0..100 {
        bench.reply(Reply::Unreachable);
        bench.now += 10;
        bench.event(Event::Nudge(Nudge::Online));
    }
    assert!(
        bench.sent.len() <= 3,
        "{} requests in a second",
        bench.sent.len()
    );
}

#[test]
fn a_tab_without_the_lock_saves_and_sends_nothing() {
    let mut bench = Bench::following();
    bench.event(Event::Seal(new_op(1)));
    bench.wait(RETRY_MS_MAX);
    assert!(bench.sent.is_empty());
    assert_eq!((bench.state(1), bench.badge()), (OpState::Saved, "queued"));
    let ack = Ack {
        at: Millis(3),
        standing: Standing::Counted,
    };
    bench.event(Event::Elsewhere(TabNote::Acked {
        op_id: op_id(1),
        ack: ack.clone(),
    }));
    assert_eq!(bench.state(1), OpState::Acknowledged(ack));
}

#[test]
fn a_tab_without_the_lock_reminds_the_one_that_sends() {
    let mut bench = Bench::following();
    bench.event(Event::Seal(new_op(1)));
    assert_eq!(bench.told, [TabNote::Recorded]);
    bench.wait(RETRY_MS_MAX - 1);
    assert_eq!(bench.told.len(), 1);
    bench.wait(1);
    assert_eq!(bench.told.len(), 2);
    bench.event(Event::Nudge(Nudge::Visible));
    assert_eq!(bench.told.len(), 3);
}

#[test]
fn a_tab_that_sends_looks_at_the_disk_when_it_is_nudged_or_reminded() {
    let mut bench = Bench::new();
    bench.disk.insert(op_id(1), stored(new_op(1), 1));
    bench.event(Event::Nudge(Nudge::Visible));
    assert_eq!(bench.last_ids(), [op_id(1)]);
    bench.answer(|_| Outcome::Rejected {
        reason: RejectReason::BadMac,
    });
    let attention = Attention::Rejected(RejectReason::BadMac);
    let stuck = TabNote::Stuck {
        op_id: op_id(1),
        attention,
    };
    assert_eq!(bench.told.as_slice(), std::slice::from_ref(&stuck));
    bench.event(Event::Elsewhere(TabNote::Recorded));
    assert_eq!(bench.told, [stuck.clone(), stuck.clone()]);
    let mut other = Bench::following();
    other.event(Event::Seal(new_op(1)));
    other.event(Event::Elsewhere(stuck));
    assert_eq!(other.state(1), OpState::NeedsAttention(attention));
}

#[test]
fn a_tab_that_takes_the_lock_reads_what_the_other_left() {
    let mut bench = Bench::following();
    bench.disk.insert(op_id(1), stored(new_op(1), 1));
    bench.event(Event::Leading(true));
    assert_eq!(bench.last_ids(), [op_id(1)]);
}

#[test]
fn a_record_of_a_newer_build_is_sent_though_this_one_cannot_read_it() {
    let mut bench = Bench::following();
    let newer = StoredOp {
        op: None,
        ..stored(new_op(1), 1)
    };
    bench.disk.insert(op_id(1), newer);
    bench.event(Event::Leading(true));
    assert_eq!(bench.last_ids(), [op_id(1)]);
    assert_eq!(bench.outbox.view().ops.len(), 1);
}

#[test]
fn a_disk_that_cannot_be_read_is_asked_again_and_nothing_is_sent_before() {
    let mut outbox = Outbox::new(holder(1), 7);
    outbox.handle(Event::Leading(true), Millis(0));
    outbox.handle(Event::LoadFailed(StoreFault::Unavailable), Millis(0));
    assert!(outbox.view().disk_fault);
    outbox.handle(Event::Tick, Millis(RETRY_MS_MAX));
    let effects: Vec<_> = std::iter::from_fn(|| outbox.poll_effect()).collect();
    let loads = effects
        .iter()
        .filter(|effect| **effect == Effect::Load)
        .count();
    assert_eq!(loads, 2);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Wake { .. }))
    );
}

#[test]
fn a_quarantined_sheet_is_acknowledged_and_still_needs_a_person() {
    let mut bench = Bench::with_sealed(1);
    let reason = QuarantineReason::HeardOfClose;
    let standing = Standing::Quarantined { reason };
    bench.answer(|_| Outcome::Applied {
        seq: Seq(1),
        at: Millis(2),
        standing: standing.clone(),
    });
    assert_eq!(bench.outbox.pending_count(), 0);
    assert_eq!(bench.outbox.view().badge, Badge::Conflict { count: 1 });
}

#[test]
fn the_slip_counts_what_is_going_up() {
    let mut bench = Bench::with_sealed(3);
    assert_eq!(
        bench.outbox.view().badge,
        Badge::Sending { done: 0, total: 3 }
    );
    bench.answer(|_| applied(1));
    assert_eq!(
        bench.outbox.view().badge,
        Badge::Sending { done: 1, total: 3 }
    );
    bench.answer(|_| applied(2));
    assert_eq!(bench.badge(), "synced");
    bench.event(Event::Following(false));
    assert_eq!(bench.badge(), "behind");
    let mut offline = Bench::with_sealed(1);
    offline.reply(Reply::Unreachable);
    assert_eq!(offline.outbox.view().badge, Badge::Offline { waiting: 1 });
    assert_eq!(Bench::new().badge(), "saved");
    assert_eq!(Outbox::new(holder(1), 1).view().state_name(), "loading");
}

#[test]
fn a_hand_over_holds_what_the_server_has_not_and_nothing_else() {
    let mut bench = Bench::with_sealed(3);
    bench.answer(|_| applied(1));
    let file = bench.outbox.hand_over();
    assert_eq!(file.ops.iter().map(named).collect::<Vec<_>>(), ids(2..=3));
    assert_eq!(file.device, device(1));
    assert_eq!(file.check(), Ok(()));
}
