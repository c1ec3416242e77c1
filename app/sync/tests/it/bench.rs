//! An outbox on the test bench.

use crate::support::{answer, holder, named, new_op, op_id, stored};
use domain::ids::{Millis, OpId};
use std::collections::BTreeMap;
use sync::outbox::{Effect, Event, OpState, Outbox, Reply, TabNote};
use sync::protocol::{Outcome, Problem, ProblemCode, PushRequest};
use sync::record::{Numbers, StoredOp};

/// An outbox with a disk that works at once and a server that is played by the test.
pub struct Bench {
    pub outbox: Outbox,
    pub now: u64,
    pub disk: BTreeMap<OpId, StoredOp>,
    pub sent: Vec<PushRequest>,
    pub told: Vec<TabNote>,
    pub removed: Vec<OpId>,
    pub loads: usize,
    /// Whether `Record` is answered at once.
    pub disk_answers: bool,
}

impl Bench {
    pub fn new() -> Self {
        let mut bench = Self::following();
        bench.event(Event::Leading(true));
        bench
    }

    /// A tab without the sender lock.
    pub fn following() -> Self {
        let mut bench = Self {
            outbox: Outbox::new(holder(1), 7),
            now: 1_000,
            disk: BTreeMap::new(),
            sent: Vec::new(),
            told: Vec::new(),
            removed: Vec::new(),
            loads: 0,
            disk_answers: true,
        };
        bench.perform();
        bench
    }

    /// Sealed sheets 1 to `count`, on disk, the first batch on its way.
    pub fn with_sealed(count: u128) -> Self {
        let mut bench = Self::new();
        for number in 1..=count {
            bench.event(Event::Seal(new_op(number)));
        }
        bench
    }

    pub fn event(&mut self, event: Event) {
        self.outbox.handle(event, Millis(self.now));
        self.perform();
    }

    fn perform(&mut self) {
        while let Some(effect) = self.outbox.poll_effect() {
            let answer = self.perform_one(effect);
            if let Some(event) = answer {
                self.outbox.handle(event, Millis(self.now));
            }
        }
    }

    fn perform_one(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Load => {
                self.loads += 1;
                let stored = self.disk.values().cloned().collect();
                return Some(Event::Loaded {
                    stored,
                    seen: Vec::new(),
                });
            }
            Effect::Record(new) if self.disk_answers => {
                let mut numbers = Numbers::default();
                for op in self.disk.values() {
                    numbers.add(op.record.device_seq, Some(op.record.op_id));
                }
                let number = numbers.next(Default::default());
                let op = stored(new, number.0);
                self.disk.insert(op.record.op_id, op.clone());
                return Some(Event::Recorded(op));
            }
            Effect::Record(_) | Effect::Abandon { .. } | Effect::Wake { .. } => {}
            Effect::Remove(op_id) => {
                self.disk.remove(&op_id);
                self.removed.push(op_id);
            }
            Effect::Send(request) => self.sent.push(request),
            Effect::Tell(note) => self.told.push(note),
        }
        None
    }

    pub fn wait(&mut self, ms: u64) {
        self.now += ms;
        self.event(Event::Tick);
    }

    pub fn last(&self) -> &PushRequest {
        self.sent.last().expect("something was sent")
    }

    pub fn last_ids(&self) -> Vec<OpId> {
        self.last().ops.iter().map(named).collect()
    }

    pub fn reply(&mut self, reply: Reply) {
        let batch = self.last().batch;
        self.event(Event::Replied { batch, reply });
    }

    pub fn answer(&mut self, outcome: impl Fn(usize) -> Outcome) {
        let response = answer(self.last(), outcome);
        self.reply(Reply::Answer(Box::new(response)));
    }

    pub fn refuse(&mut self, status: u16, code: ProblemCode) {
        let problem = Some(Problem::new(code));
        self.reply(Reply::Refused {
            status,
            problem,
            retry_after_ms: None,
        });
    }

    pub fn state(&self, number: u128) -> OpState {
        let view = self.outbox.view();
        view.op(op_id(number))
            .expect("it is in the view")
            .state
            .clone()
    }

    pub fn badge(&self) -> &'static str {
        self.outbox.view().state_name()
    }
}

pub fn ids(numbers: std::ops::RangeInclusive<u128>) -> Vec<OpId> {
    numbers.map(op_id).collect()
}
