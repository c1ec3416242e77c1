//! The outbox: brings every sealed sheet of one seat to the server exactly once. It does nothing
//! itself: the shell reports what happened to [`Outbox::handle`], takes the effects from
//! [`Outbox::poll_effect`] and performs them.
//!
//! The rules, each with a test by name in `tests/it/outbox_rules.rs`: (1) durable before sent;
//! (2) one batch in flight, everything has a limit; (3) applied and duplicate both finish an op,
//! a rejected one is kept and shown; (4) an answer to an abandoned batch is ignored; (5) 401 stops
//! pushing and asks to sign in, the queue stays; (6) an op is one sealed version, drafts never
//! leave; (7) one bad op never blocks the rest; (8) times are arguments and order nothing.

mod event;
mod flight;
mod queue;
mod turn;
mod view;

pub use event::{Ack, Attention, Effect, Event, Halt, Holder, Nudge, Reply, StoreFault, TabNote};
pub use flight::REQUEST_TIMEOUT_MS;
pub use queue::QUEUE_MAX;
pub use view::{Badge, OpState, OpView, OutboxView};

use crate::backoff::Jitter;
use crate::protocol::DeviceSeq;
use crate::record::NewOp;
use domain::ids::{Millis, OpId, Seq};
use flight::Line;
use litemap::LiteMap;
use queue::Queue;
use std::collections::VecDeque;

/// The machine. `now` is any clock in milliseconds; one that runs on through sleep and is not
/// set by hand (`performance.now()`) keeps the waits short, but nothing depends on it.
#[derive(Debug)]
pub struct Outbox {
    holder: Holder,
    queue: Queue,
    line: Line,
    /// Sealed, being put on disk one after the other; the first is at it.
    recording: VecDeque<NewOp>,
    /// Sealed, and the disk refused it. Not saved: the judge is told so.
    unsaved: LiteMap<OpId, (NewOp, StoreFault)>,
    /// The op whose record is being put.
    recording_now: Option<OpId>,
    disk: Disk,
    /// This tab holds the origin's sender lock.
    leading: bool,
    /// The pad hears the host (R7).
    following: bool,
    last_seq: Seq,
    /// Server time of the latest acknowledgement.
    acked_at: Option<Millis>,
    effects: VecDeque<Effect>,
}

/// What is known of the phone's disk.
#[derive(Debug, Default)]
struct Disk {
    read_once: bool,
    /// A read is under way, asked for when the queue ended here.
    reading: Option<DeviceSeq>,
    /// Something was written since the read began.
    stale: bool,
    failures: u32,
    retry_at: Option<Millis>,
}

impl Outbox {
    /// `random` spreads the retries; each shell passes another one.
    pub fn new(holder: Holder, random: u32) -> Self {
        Self {
            holder,
            queue: Queue::default(),
            line: Line::new(Jitter::new(random), random),
            recording: VecDeque::new(),
            unsaved: LiteMap::new(),
            recording_now: None,
            disk: Disk {
                reading: Some(DeviceSeq(0)),
                ..Disk::default()
            },
            leading: false,
            following: true,
            last_seq: Seq(0),
            acked_at: None,
            effects: VecDeque::from([Effect::Load]),
        }
    }

    pub fn holder(&self) -> Holder {
        self.holder
    }

    /// Takes in what happened.
    pub fn handle(&mut self, event: Event, now: Millis) {
        self.line.notice_clock(now);
        match event {
            Event::Loaded { stored, seen } => self.loaded(stored, &seen),
            Event::LoadFailed(_) => self.load_failed(now),
            Event::Seal(new) => self.seal(new),
            Event::Recorded(stored) => self.recorded(stored),
            Event::RecordFailed { op_id, fault } => self.record_failed(op_id, fault),
            Event::Seen(seen) => self.seen(&seen),
            Event::Elsewhere(note) => self.heard_from_tab(note),
            Event::Leading(leading) => self.set_leading(leading),
            Event::Replied { batch, reply } => self.replied(batch, reply, now),
            Event::Heard { last_seq } => self.heard(last_seq, now),
            Event::Following(following) => self.following = following,
            Event::Nudge(nudge) => self.nudged(nudge, now),
            Event::SignedIn => self.line.signed_in(now),
            Event::Retry(op_id) => self.retry(op_id),
            Event::Tick => self.line.woke(),
        }
        self.pump(now);
    }

    /// The next thing for the shell to do.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    pub fn view(&self) -> OutboxView {
        view::view(self)
    }

    /// Sealed sheets that the server has not acknowledged, and that must not be wiped (R24, R25).
    pub fn pending_count(&self) -> usize {
        self.recording.len() + self.unsaved.len() + self.queue.pending_count()
    }

    /// The unsent sheets, to leave the phone as a file (R24).
    pub fn hand_over(&self) -> crate::protocol::HandOver {
        let Holder {
            contest,
            seat,
            device,
        } = self.holder;
        crate::protocol::HandOver::new(contest, seat, device, self.queue.unsent())
    }
}
