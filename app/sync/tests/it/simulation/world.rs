//! Time and chance: what is planned happens in order, each page's outbox hears of it, and its
//! effects are planned in turn.

use super::counts::Counts;
use super::phone::{Phone, TABS};
use super::random::Random;
use super::server::Server;
use domain::ids::{OpId, Seq};
use std::collections::BTreeMap;
use sync::outbox::{Effect, Event, OpState, StoreFault};
use sync::protocol::{PushRequest, PushResponse};
use sync::record::NewOp;

const START: u64 = 1_700_000_000_000;
const PHONES: u128 = 3;
const ACTS: u32 = 45;
/// True time within which a quiet world must have come to rest.
pub(super) const REST_MS: u64 = 30 * 60_000;
const HAPPENINGS_MAX: u32 = 100_000;
pub(super) const HOURS_6_MS: i64 = 6 * 3_600_000;

pub struct World {
    pub(super) random: Random,
    pub(super) time: u64,
    pub(super) agenda: BTreeMap<(u64, u64), Happening>,
    pub(super) tickets: u64,
    pub(super) phones: Vec<Phone>,
    pub(super) server: Server,
    pub(super) mood: Mood,
    pub(super) answers: Vec<PushResponse>,
    pub(super) acts_left: u32,
    pub(super) quiet: bool,
    pub(super) rest_by: u64,
    pub(super) counts: Counts,
    pub(super) told: bool,
}

/// What the server is like for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    Well,
    Busy,
    /// It writes and then fails to say so.
    Faulty,
    WantsSignIn,
    WantsUpdate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) phone: usize,
    pub(super) tab: usize,
    pub(super) life: u64,
}

#[derive(Debug)]
pub(super) enum Happening {
    Act,
    Lead { phone: usize },
    ReadDisk(Page),
    Write(Page, NewOp),
    Remove(Page, OpId),
    Tell(Page, Event),
    Wake(Page, u64),
    Arrive(Page, PushRequest),
    Carry(PushRequest),
    Pulled { phone: usize },
}

impl World {
    pub fn new(seed: u64, told: bool) -> Self {
        let mut world = Self {
            random: Random::new(seed),
            time: START,
            agenda: BTreeMap::new(),
            tickets: 0,
            phones: (1..=PHONES).map(Phone::new).collect(),
            server: Server::default(),
            mood: Mood::Well,
            answers: Vec::new(),
            acts_left: ACTS,
            quiet: false,
            rest_by: u64::MAX,
            counts: Counts::default(),
            told,
        };
        for phone in 0..world.phones.len() {
            let Phone { key, .. } = world.phones[phone];
            world.server.keys.insert(world.phones[phone].device(), key);
            world.open(phone, 0);
        }
        world.plan(10, Happening::Act);
        world
    }

    pub fn run(mut self) -> Counts {
        let mut happened = 0;
        while let Some(((time, _), happening)) = self.agenda.pop_first() {
            assert!(
                time < self.rest_by,
                "the world comes to rest: {}",
                self.unrest()
            );
            self.time = time;
            happened += 1;
            assert!(happened < HAPPENINGS_MAX, "the world runs in circles");
            self.happen(happening);
            if self.acts_left == 0 && !self.quiet {
                self.come_to_rest();
            }
            if self.quiet && self.at_rest() {
                break;
            }
        }
        self.judge();
        self.counts.sealed += self
            .phones
            .iter()
            .map(|phone| phone.sealed.len() as u64)
            .sum::<u64>();
        self.counts.stored += self.server.log.len() as u64;
        self.counts
    }

    pub(super) fn plan(&mut self, after_ms: u64, happening: Happening) {
        self.tickets += 1;
        self.agenda
            .insert((self.time + after_ms, self.tickets), happening);
    }

    pub(super) fn tell_story(&self, line: impl FnOnce() -> String) {
        if self.told {
            println!("{:>9} {}", self.time - START, line());
        }
    }
}

/// What happens.
impl World {
    pub(super) fn happen(&mut self, happening: Happening) {
        self.tell_story(|| format!("{happening:?}"));
        match happening {
            Happening::Act => self.act(),
            Happening::Lead { phone } => self.lead(phone),
            Happening::ReadDisk(page) => {
                let (stored, seen) = self.phones[page.phone].read_disk();
                self.later(page, Event::Loaded { stored, seen }, 15);
            }
            Happening::Write(page, new) => self.write(page, new),
            Happening::Remove(page, op_id) => self.remove(page, op_id),
            Happening::Tell(page, event) => self.handle(page, event),
            Happening::Wake(page, wake) => {
                if self.page(page).is_some_and(|tab| tab.wake == wake) {
                    self.handle(page, Event::Tick);
                }
            }
            Happening::Arrive(page, request) => self.arrive(page, request),
            Happening::Carry(request) => {
                self.counts.carried += 1;
                self.server.push(request.batch, &request.ops, self.time);
            }
            Happening::Pulled { phone } => {
                self.pulled(phone);
                if self.quiet {
                    self.look_again(phone);
                    self.plan(60_000, Happening::Pulled { phone });
                }
            }
        }
    }

    pub(super) fn page(&mut self, page: Page) -> Option<&mut super::phone::Tab> {
        self.phones[page.phone].tabs[page.tab]
            .as_mut()
            .filter(|tab| tab.life == page.life)
    }

    pub(super) fn page_of(&self, phone: usize, tab: usize) -> Option<Page> {
        let life = self.phones[phone].tabs[tab].as_ref()?.life;
        Some(Page { phone, tab, life })
    }

    pub(super) fn later(&mut self, page: Page, event: Event, within_ms: u64) {
        let after_ms = self.random.between(0, within_ms);
        self.plan(after_ms, Happening::Tell(page, event));
    }

    /// Reports an event to a page, if it still lives, and takes its effects.
    pub(super) fn handle(&mut self, page: Page, event: Event) {
        let now = self.phones[page.phone].now(self.time);
        let Some(tab) = self.page(page) else { return };
        if let Event::Replied { batch, .. } = &event
            && tab.flight == Some(*batch)
        {
            tab.flight = None;
        }
        tab.outbox.handle(event, now);
        let effects: Vec<Effect> = std::iter::from_fn(|| tab.outbox.poll_effect()).collect();
        let view = tab.outbox.view();
        for op in &view.ops {
            if op.state.is_saved() {
                self.phones[page.phone].saved.insert(op.op_id);
            }
            if matches!(op.state, OpState::Acknowledged(_)) {
                assert!(
                    self.server.holds(op.op_id),
                    "acknowledged, but not on the server"
                );
            }
        }
        for effect in effects {
            self.perform(page, effect);
        }
    }

    pub(super) fn perform(&mut self, page: Page, effect: Effect) {
        self.tell_story(|| format!("{page:?} -> {effect:?}"));
        let soon = self.random.between(0, 12);
        match effect {
            Effect::Load => self.plan(soon, Happening::ReadDisk(page)),
            Effect::Record(new) => self.plan(soon, Happening::Write(page, new)),
            Effect::Remove(op_id) => self.plan(soon, Happening::Remove(page, op_id)),
            Effect::Send(request) => self.send(page, request),
            Effect::Abandon { batch } => {
                self.counts.timeouts += 1;
                let tab = self.page(page).expect("it has just spoken");
                assert_eq!(tab.flight.take(), Some(batch));
            }
            Effect::Wake { after_ms } => {
                assert!(0 < after_ms, "a wake-up at once would never end");
                let tab = self.page(page).expect("it has just spoken");
                tab.wake += 1;
                let wake = tab.wake;
                self.plan(after_ms, Happening::Wake(page, wake));
            }
            Effect::Tell(note) => {
                for tab in (0..TABS).filter(|tab| *tab != page.tab) {
                    let heard = self.quiet || self.random.percent(90);
                    if let Some(other) = self.page_of(page.phone, tab).filter(|_| heard) {
                        self.later(other, Event::Elsewhere(note.clone()), 40);
                    }
                }
            }
        }
    }

    pub(super) fn write(&mut self, page: Page, new: NewOp) {
        // A page that died before it wrote writes nothing.
        if self.page(page).is_none() {
            return;
        }
        let op_id = new.op_id;
        if !self.quiet && self.random.percent(4) {
            self.counts.disk_faults += 1;
            let fault = StoreFault::Quota;
            return self.later(page, Event::RecordFailed { op_id, fault }, 12);
        }
        let shape = self.random.next();
        let phone = &mut self.phones[page.phone];
        self.counts.newer_records += u64::from(phone.newer_build);
        let stored = phone.record(page.tab, new, shape);
        if self.random.percent(3) {
            self.counts.poisoned += 1;
            match self.random.percent(50) {
                true => self.server.poison_whole.insert(op_id),
                false => self.server.poison_alone.insert(op_id),
            };
        }
        self.later(page, Event::Recorded(stored), 12);
    }

    pub(super) fn remove(&mut self, page: Page, op_id: OpId) {
        assert!(
            self.server.holds(op_id),
            "removed from the phone, but not on the server"
        );
        self.phones[page.phone].disk.ops.remove(&op_id);
    }

    /// A pull came back: the view is cached first, then shown to each tab.
    pub(super) fn pulled(&mut self, at: usize) {
        let seen = self.server.own_sheets(self.phones[at].device());
        self.phones[at].disk.seen = seen.iter().cloned().collect();
        for tab in 0..TABS {
            if let Some(page) = self.page_of(at, tab) {
                self.handle(page, Event::Seen(seen.clone()));
                let last_seq = Seq(seen.len() as u64);
                self.handle(page, Event::Heard { last_seq });
            }
        }
    }
}
