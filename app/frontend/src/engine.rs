//! One holder of a credential at work: its outbox, turned by the driver of `sync`, over this
//! browser's disk, network and clock.

use crate::browser;
use crate::channel::{self, TabMessage};
use crate::seat_store::{CachedView, SeatStore};
use crate::{showing, transport};
use domain::ids::{Millis, OpId, SeatId};
use futures::future::{AbortHandle, abortable};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;
use sync::driver::{Inbox, OpStore, Page, Timer, Transport, drive};
use sync::offline_mode::{ModeEvent, OfflineMode};
use sync::outbox::{Event, Holder, Outbox, OutboxView, Reply, StoreFault, TabNote};
use sync::protocol::{HandOver, PushRequest};
use sync::record::{NewOp, StoredOp};
use wasm_bindgen_futures::spawn_local;

pub struct Engine {
    pub seat: SeatId,
    pub store: SeatStore,
    pub inbox: Inbox,
    pub cached: RefCell<Option<CachedView>>,
    pub mode: Cell<OfflineMode>,
    /// When the server was last heard, on the monotonic clock.
    pub heard_at: Cell<Millis>,
    /// The latest request had no answer of ours.
    pub silent: Cell<bool>,
    pub clock_offset_ms: Cell<Option<i64>>,
    pub pull: PullState,
    outbox: Rc<RefCell<Outbox>>,
    running: RefCell<Option<AbortHandle>>,
}

/// When to pull next, and whether one is under way.
#[derive(Default)]
pub struct PullState {
    pub busy: Cell<bool>,
    pub again: Cell<bool>,
    pub failures: Cell<u32>,
    pub next_at: Cell<Millis>,
}

impl Engine {
    /// Opens the seat's database and starts its driver. `None`: no credential here.
    pub async fn open(seat: SeatId) -> Result<Option<Rc<Self>>, StoreFault> {
        let Some(store) = SeatStore::open(seat).await? else {
            return Ok(None);
        };
        let cached = store.cached().await?;
        let credential = store.credential();
        let holder = Holder {
            contest: credential.contest,
            seat,
            device: credential.device,
        };
        let offset = cached
            .as_ref()
            .and_then(|cached| cached.kept.clock_offset_ms);
        Ok(Some(Rc::new(Self {
            seat,
            store,
            inbox: Inbox::default(),
            cached: RefCell::new(cached),
            mode: Cell::new(OfflineMode::new(browser::monotonic())),
            heard_at: Cell::new(browser::monotonic()),
            silent: Cell::new(false),
            clock_offset_ms: Cell::new(offset),
            pull: PullState::default(),
            outbox: Rc::new(RefCell::new(Outbox::new(holder, browser::random()))),
            running: RefCell::new(None),
        })))
    }

    pub fn start(self: &Rc<Self>, leading: bool) {
        self.inbox.post(Event::Leading(leading));
        let ports = Ports(self.clone());
        let (outbox, inbox) = (self.outbox.clone(), self.inbox.clone());
        let (running, handle) = abortable(async move {
            drive(outbox, inbox, &ports, &ports, &ports, &ports).await;
        });
        *self.running.borrow_mut() = Some(handle);
        spawn_local(async move {
            let _ = running.await;
        });
    }

    /// For good: the seat leaves this device, or is paired anew.
    pub fn stop(&self) {
        if let Some(running) = self.running.take() {
            running.abort();
        }
    }

    /// Works with a season, which has no stream and no host to follow.
    pub fn is_field(&self) -> bool {
        self.store.credential().kind.is_field()
    }

    pub fn pending(&self) -> usize {
        self.outbox.borrow().pending_count()
    }

    pub fn view(&self) -> OutboxView {
        self.outbox.borrow().view()
    }

    pub fn hand_over(&self) -> HandOver {
        self.outbox.borrow().hand_over()
    }

    pub fn change_mode(&self, event: ModeEvent) {
        let mut mode = self.mode.get();
        mode.handle(event, browser::monotonic());
        self.mode.set(mode);
        showing::mode_changed(self);
    }

    /// Our server answered; `server_time` with the device's clock before and after, if it told.
    pub fn answered(&self, server_time: Option<(Millis, Millis)>) {
        self.heard_at.set(browser::monotonic());
        self.silent.set(false);
        if let Some((server, asked_at)) = server_time {
            self.clock_offset_ms
                .set(offset_ms(server, asked_at, browser::wall()));
        }
        self.inbox.post(Event::Following(true));
        self.change_mode(ModeEvent::Answer);
        showing::contact_changed(self, server_time.map(|(server, _)| server));
    }

    pub fn unanswered(&self) {
        self.silent.set(true);
        self.change_mode(ModeEvent::NoAnswer);
        showing::contact_changed(self, None);
    }
}

/// Server time minus the middle of the request on this device's clock.
fn offset_ms(server: Millis, asked: Millis, answered: Millis) -> Option<i64> {
    let middle = asked.0 / 2 + answered.0 / 2;
    i64::try_from(server.0)
        .ok()?
        .checked_sub(i64::try_from(middle).ok()?)
}

struct Ports(Rc<Engine>);

impl OpStore for Ports {
    fn load(&self) -> impl Future<Output = Result<Event, StoreFault>> {
        self.0.store.load()
    }

    fn record(&self, new: NewOp) -> impl Future<Output = Result<StoredOp, StoreFault>> {
        self.0.store.record(new)
    }

    fn remove(&self, op_id: OpId) -> impl Future<Output = ()> {
        self.0.store.remove_op(op_id)
    }
}

impl Transport for Ports {
    async fn push(&self, request: PushRequest) -> Reply {
        let asked_at = browser::wall();
        let token = &self.0.store.credential().token;
        let reply = transport::push(token, &request).await;
        match &reply {
            Reply::Answer(answer) => {
                self.0.answered(Some((answer.server_time, asked_at)));
                // What was acknowledged is read back before it leaves the disk (R10).
                self.0.pull.next_at.set(Millis(0));
            }
            Reply::Refused {
                problem: Some(_), ..
            } => self.0.answered(None),
            Reply::Refused { problem: None, .. } | Reply::NotOurs | Reply::Unreachable => {
                self.0.unanswered();
            }
        }
        reply
    }
}

impl Timer for Ports {
    fn now(&self) -> Millis {
        browser::monotonic()
    }

    fn sleep(&self, ms: u64) -> impl Future<Output = ()> {
        browser::sleep(ms)
    }
}

impl Page for Ports {
    fn show(&self, view: OutboxView) {
        showing::outbox_changed(&self.0, view);
    }

    fn tell(&self, note: TabNote) {
        channel::tell(&TabMessage::Outbox {
            seat: self.0.seat,
            note,
        });
    }
}
