//! The line to the server: at most one batch on it, how long to wait for the answer, when to try
//! again, how many ops to dare, and whether to stop.

use super::{Halt, Nudge};
use crate::backoff::{Jitter, RETRY_MS_MAX, RETRY_MS_MIN, retry_after_ms};
use crate::protocol::BATCH_MAX;
use domain::ids::{Millis, OpId};

/// How long a request may take; on a slow 2G line thirty sheets need ten seconds (D-24).
pub const REQUEST_TIMEOUT_MS: u64 = 20_000;

const _: () = assert!(RETRY_MS_MIN < REQUEST_TIMEOUT_MS);
const _: () = assert!(REQUEST_TIMEOUT_MS < RETRY_MS_MAX);

#[derive(Debug)]
pub(super) struct Line {
    flight: Option<Flight>,
    batch_next: u64,
    /// How many ops the next batch may hold.
    limit: usize,
    /// Tries in a row without an answer that counts.
    failures: u32,
    hold: Option<Span>,
    halt: Option<Halt>,
    /// The last failure was silence, so any sign of the server is a reason to try.
    silent: bool,
    /// The last answer was not ours: a network that wants a log-in (D-22).
    portal: bool,
    jitter: Jitter,
    clock: Millis,
    /// The deadline of the last wake-up that was asked for.
    woken_for: Option<Millis>,
    /// Acknowledged since the queue was last empty, for "going up 3 of 20".
    pub drained: usize,
}

#[derive(Debug)]
pub(super) struct Flight {
    pub batch: u64,
    pub ops: Vec<OpId>,
    span: Span,
}

/// A stretch of time that begins again when the clock is set back, so that a jump of hours
/// cannot make a phone wait for hours (R2).
#[derive(Clone, Copy, Debug)]
struct Span {
    since: Millis,
    ms: u64,
}

impl Span {
    fn ends(self) -> Millis {
        Millis(self.since.0.saturating_add(self.ms))
    }
}

impl Line {
    pub fn new(jitter: Jitter, random: u32) -> Self {
        Self {
            flight: None,
            // Pages of one device do not number their batches alike, and JSON keeps it exact.
            batch_next: u64::from(random & 0xF_FFFF) << 32 | 1,
            limit: BATCH_MAX,
            failures: 0,
            hold: None,
            halt: None,
            silent: false,
            portal: false,
            jitter,
            clock: Millis(0),
            woken_for: None,
            drained: 0,
        }
    }

    pub fn notice_clock(&mut self, now: Millis) {
        if now < self.clock {
            let flight = self.flight.as_mut().map(|flight| &mut flight.span);
            for span in flight.into_iter().chain(self.hold.as_mut()) {
                span.since = now;
            }
        }
        self.clock = now;
    }

    pub fn begin(&mut self, ops: Vec<OpId>, now: Millis) -> u64 {
        assert!(self.flight.is_none(), "one batch in flight");
        assert!(!ops.is_empty() && ops.len() <= BATCH_MAX, "a batch keeps its limit");
        let batch = self.batch_next;
        self.batch_next += 1;
        let span = Span { since: now, ms: REQUEST_TIMEOUT_MS };
        self.flight = Some(Flight { batch, ops, span });
        self.hold = None;
        batch
    }

    pub fn flight(&self) -> Option<&Flight> {
        self.flight.as_ref()
    }

    /// Ends the flight of this batch; a batch that is not on the line gives nothing (rule 4).
    pub fn land(&mut self, batch: u64) -> Option<Flight> {
        self.flight.take_if(|flight| flight.batch == batch)
    }

    pub fn give_up_late_flight(&mut self, now: Millis) -> Option<u64> {
        let late = self.flight.take_if(|flight| flight.span.ends() <= now)?;
        self.shrink(late.ops.len());
        Some(late.batch)
    }

    /// The answer was ours and named every op.
    pub fn succeeded(&mut self) {
        self.failures = 0;
        self.hold = None;
        self.silent = false;
        self.portal = false;
        self.limit = (2 * self.limit).min(BATCH_MAX);
    }

    pub fn failed(&mut self, now: Millis, why: Failure) {
        self.failures = self.failures.saturating_add(1);
        self.silent = matches!(why, Failure::Silence);
        self.portal = matches!(why, Failure::Portal);
        let asked_ms = match why {
            Failure::Busy { retry_after_ms } => retry_after_ms,
            Failure::Silence | Failure::Portal => None,
        };
        let ms = retry_after_ms(self.failures, self.jitter.next_u32(), asked_ms);
        self.hold = Some(Span { since: now, ms });
    }

    /// The server refused the batch as a whole; the next one is half as large (rule 7).
    pub fn refused(&mut self, len: usize, now: Millis) {
        self.silent = false;
        self.portal = false;
        self.shrink(len);
        self.hold = Some(Span { since: now, ms: RETRY_MS_MIN });
    }

    fn shrink(&mut self, len: usize) {
        self.limit = (len / 2).max(1);
    }

    pub fn stop(&mut self, halt: Halt) {
        self.halt = Some(halt);
        self.hold = None;
        self.silent = false;
        self.portal = false;
    }

    pub fn nudge(&mut self, nudge: Nudge, now: Millis) {
        match nudge {
            Nudge::Manual => {
                self.halt = None;
                self.hold = None;
            }
            Nudge::Online | Nudge::Visible => self.shorten_hold(now),
        }
    }

    pub fn signed_in(&mut self, now: Millis) {
        if matches!(self.halt, Some(Halt::SignIn(_))) {
            self.halt = None;
        }
        self.shorten_hold(now);
    }

    /// The server was heard on another way.
    pub fn heard(&mut self, now: Millis) {
        if self.silent {
            self.silent = false;
            self.shorten_hold(now);
        }
    }

    /// A browser may flap between online and offline: the shortest wait is kept all the same.
    fn shorten_hold(&mut self, now: Millis) {
        let due = |hold: &mut Span| hold.since.0.saturating_add(RETRY_MS_MIN) <= now.0;
        if self.hold.take_if(due).is_none()
            && let Some(hold) = self.hold.as_mut()
        {
            hold.ms = hold.ms.min(RETRY_MS_MIN);
        }
    }

    pub fn halt(&self) -> Option<Halt> {
        self.halt
    }

    pub fn portal(&self) -> bool {
        self.portal
    }

    /// The last tries had no answer that counts.
    pub fn is_down(&self) -> bool {
        0 < self.failures
    }

    pub fn limit(&self) -> usize {
        self.limit
    }

    pub fn may_send(&self, now: Millis) -> bool {
        let held = self.hold.is_some_and(|hold| now < hold.ends());
        self.flight.is_none() && self.halt.is_none() && !held
    }

    /// The wake-up to ask for, if it differs from the one that was asked for last.
    pub fn wake(&mut self, now: Millis, waiting: bool, other: Option<Millis>) -> Option<u64> {
        let flight = self.flight.as_ref().map(|flight| flight.span.ends());
        let hold = self.hold.filter(|_| waiting && self.halt.is_none()).map(Span::ends);
        let deadline = [flight, hold, other].into_iter().flatten().min();
        let asked = std::mem::replace(&mut self.woken_for, deadline);
        let deadline = deadline.filter(|deadline| asked != Some(*deadline))?;
        Some(deadline.0.saturating_sub(now.0))
    }

    pub fn woke(&mut self) {
        self.woken_for = None;
    }
}

/// Why a try did not count.
#[derive(Clone, Copy, Debug)]
pub(super) enum Failure {
    Silence,
    Portal,
    Busy { retry_after_ms: Option<u64> },
}
