//! The pad of this page: takes the pages' commands, keeps an engine for each holder that this tab
//! works for, and writes the signals that pages read.

use crate::channel::{self, TabMessage};
use crate::engine::Engine;
use crate::holders::Holders;
use crate::live::{Reader, Stream};
use crate::pulling::{WITH_STREAM_MS, WITHOUT_STREAM_MS, pull};
use crate::showing::{contact_changed, show_view};
use crate::signals::Signals;
use crate::{device, json, pairing, preflight, service_worker, sheets, tabs};
use app::pad::card_link::CardLink;
use app::pad::view::{Claimed, PairState, SeatLoad, Update};
use app::pad::{Command, PadHandle};
use domain::ids::SeatId;
use leptos::prelude::*;
use litemap::LiteMap;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use sync::offline_mode::ModeEvent;
use sync::outbox::{Event, Nudge};
use wasm_bindgen_futures::spawn_local;

pub struct Shell {
    pub signals: Signals,
    pub holders: Holders,
    pub engines: RefCell<LiteMap<SeatId, Rc<Engine>>>,
    /// The seat that the page is about.
    pub shown: Cell<Option<SeatId>>,
    /// This tab holds the origin's sender lock.
    pub leading: Cell<bool>,
    /// Sheets on the screen: two for the moment in which one page follows another.
    pub sheets_open: Cell<i32>,
    /// Another tab said no to the new build.
    pub vetoed: Cell<bool>,
    /// Drafts that were begun and not changed yet; they are on no disk.
    pub begun: RefCell<Vec<domain::ids::EntryId>>,
    stream: RefCell<Option<Rc<Stream>>>,
}

thread_local! {
    static SHELL: RefCell<Option<Rc<Shell>>> = const { RefCell::new(None) };
}

/// The shell of this page. `None` only before [`start`].
pub fn shell() -> Option<Rc<Shell>> {
    SHELL.with(|shell| shell.borrow().clone())
}

/// Builds the pad of this page and sets everything going that outlives single pages.
pub fn start() -> PadHandle {
    let shell = Rc::new(Shell {
        signals: Signals::new(),
        holders: Holders::new(),
        engines: RefCell::default(),
        shown: Cell::new(None),
        leading: Cell::new(false),
        sheets_open: Cell::new(0),
        vetoed: Cell::new(false),
        begun: RefCell::default(),
        stream: RefCell::new(None),
    });
    let signals = shell.signals;
    SHELL.with(|slot| *slot.borrow_mut() = Some(shell.clone()));
    spawn_local(async move {
        signals.device.set(device::facts());
        shell.read_holders().await;
        shell.measure_storage().await;
    });
    tabs::start();
    service_worker::watch(
        || Signals::set_in_shell(|signals| signals.update.set(Update::Waiting)),
        tabs::build_changed,
    );
    signals.handle(|command| {
        if let Some(shell) = self::shell() {
            shell.run(command);
        }
    })
}

impl Signals {
    /// Writes the signals of this page, once there are any.
    pub fn set_in_shell(write: impl FnOnce(Signals)) {
        if let Some(shell) = shell() {
            write(shell.signals);
        }
    }
}

impl Shell {
    fn run(self: Rc<Self>, command: Command) {
        match command {
            Command::Open(seat) => self.open(seat),
            Command::Pair {
                link,
                digits,
                takeover,
            } => self.pair(link, digits, takeover),
            Command::LeaveCard => Signals::set(self.signals.pairing, PairState::Idle),
            Command::Begin(entry) => sheets::begin(&self, entry),
            Command::Save(draft) => sheets::save(&self, draft),
            Command::Discard(entry) => sheets::discard(&self, entry),
            Command::Note(entry, note) => sheets::keep_note(&self, entry, note),
            Command::Seal { entry, gate_code } => sheets::seal(&self, entry, gate_code),
            Command::Field {
                draft,
                text,
                beside,
            } => sheets::say(&self, draft, text, beside),
            Command::Retry(op) => self.post_shown(Event::Retry(op)),
            Command::SendNow => self.send_now(),
            Command::Export => self.export(),
            Command::CheckReady => self.check_ready(),
            Command::GoAlone(alone) => self.go_alone(alone),
            Command::SheetOpen(open) => sheets::opened(&self, open),
            Command::Persist => spawn_local(async move {
                device::persist().await;
                self.measure_storage().await;
            }),
            Command::Leave(seat) => self.leave(seat),
            Command::TakeUpdate => tabs::take_update(self),
            Command::DismissUpdate => self.signals.update.set(Update::Dismissed),
        }
    }

    pub fn shown(&self) -> Option<Rc<Engine>> {
        self.engines.borrow().get(&self.shown.get()?).cloned()
    }

    fn open(self: Rc<Self>, seat: SeatId) {
        let failed = self
            .signals
            .seat
            .with_untracked(|load| *load == SeatLoad::Failed);
        if self.shown.get() == Some(seat) && !failed {
            return;
        }
        self.shown.set(Some(seat));
        self.signals.clear_seat();
        spawn_local(async move {
            match self.engine(seat).await {
                Ok(Some(engine)) => self.show(engine).await,
                Ok(None) => self.signals.seat.set(SeatLoad::NotHere),
                Err(_) => self.signals.seat.set(SeatLoad::Failed),
            }
        });
    }

    /// The engine of a seat; opened and started at most once.
    pub async fn engine(
        &self,
        seat: SeatId,
    ) -> Result<Option<Rc<Engine>>, sync::outbox::StoreFault> {
        if let Some(engine) = self.engines.borrow().get(&seat) {
            return Ok(Some(engine.clone()));
        }
        let Some(opened) = Engine::open(seat).await? else {
            return Ok(None);
        };
        // While the disk answered, another task may have opened it too: the first one stays.
        let mut engines = self.engines.borrow_mut();
        let engine = engines.entry(seat).or_insert_with(|| {
            opened.start(self.leading.get());
            opened
        });
        Ok(Some(engine.clone()))
    }

    async fn show(self: &Rc<Self>, engine: Rc<Engine>) {
        if self.shown.get() != Some(engine.seat) {
            return;
        }
        sheets::load(self, &engine).await;
        Signals::set(self.signals.outbox, engine.view());
        self.signals.mode.set(engine.mode.get());
        show_view(self, &engine);
        contact_changed(&engine, None);
        self.listen_live(&engine);
        self.clone().check_ready();
        pull(engine).await;
    }

    /// The stream of the seat's contest tells when there is something to pull.
    fn listen_live(&self, engine: &Rc<Engine>) {
        if engine.is_field() {
            self.stream.take();
            return;
        }
        let contest = engine.store.credential().contest;
        let weak = Rc::downgrade(engine);
        let stream = Stream::open(contest, Reader::Pad, move |event| {
            if let Some(engine) = weak.upgrade() {
                tabs::heard_live(&engine, event.kind);
            }
        });
        *self.stream.borrow_mut() = Some(stream);
    }

    fn pair(self: Rc<Self>, link: CardLink, digits: String, takeover: bool) {
        if self.signals.pairing.get_untracked() == PairState::Busy {
            return;
        }
        self.signals.pairing.set(PairState::Busy);
        spawn_local(async move {
            let state = pairing::pair(&self.holders, link, digits, takeover).await;
            if let PairState::Done(claimed) = state {
                if let Claimed::Seat(seat) | Claimed::Field(seat) = claimed {
                    // An engine of an older credential would go on with the old one.
                    self.forget(seat);
                }
                device::persist().await;
                self.read_holders().await;
                channel::tell(&TabMessage::Holders);
            }
            self.signals.pairing.set(state);
        });
    }

    pub fn forget(&self, seat: SeatId) {
        if let Some(engine) = self.engines.borrow_mut().remove(&seat) {
            engine.stop();
        }
        if self.shown.get() == Some(seat) {
            self.shown.set(None);
            self.stream.take();
            self.signals.clear_seat();
        }
    }

    fn leave(self: Rc<Self>, seat: SeatId) {
        spawn_local(async move {
            let Ok(Some(engine)) = self.engine(seat).await else {
                return;
            };
            if 0 < engine.pending() {
                return;
            }
            self.forget(seat);
            // The list first: what is listed has to open.
            let _ = self.holders.remove(seat).await;
            let _ = engine.store.wipe().await;
            self.read_holders().await;
            channel::tell(&TabMessage::Holders);
        });
    }

    fn post_shown(&self, event: Event) {
        if let Some(engine) = self.shown() {
            engine.inbox.post(event);
        }
    }

    pub fn send_now(self: Rc<Self>) {
        for engine in self.engines.borrow().values() {
            engine.inbox.post(Event::Nudge(Nudge::Manual));
        }
        if !self.leading.get() {
            channel::tell(&TabMessage::SendNow);
        }
        if let Some(engine) = self.shown() {
            spawn_local(pull(engine));
        }
    }

    fn export(&self) {
        let Some(engine) = self.shown() else { return };
        let file = engine.hand_over();
        if file.check().is_err() {
            return;
        }
        let number = engine
            .cached
            .borrow()
            .as_ref()
            .map_or(0, |cached| cached.view.seat.number);
        let name = format!("leitai-{number}-{}.json", file.ops.len());
        if let Some(text) = json::write(&file) {
            device::download(&name, &text);
        }
    }

    pub fn check_ready(self: Rc<Self>) {
        let Some(engine) = self.shown() else { return };
        spawn_local(async move {
            let readiness = preflight::check(&engine).await;
            if self.shown.get() == Some(engine.seat) {
                Signals::set(self.signals.readiness, readiness);
            }
            self.measure_storage().await;
        });
    }

    fn go_alone(&self, alone: bool) {
        if let Some(engine) = self.shown() {
            engine.change_mode(if alone {
                ModeEvent::Take
            } else {
                ModeEvent::Leave
            });
        }
    }

    async fn measure_storage(&self) {
        let (used_bytes, quota_bytes, persisted) = device::storage().await;
        let now = self.signals.device.get_untracked();
        let view = app::pad::view::DeviceView {
            used_bytes,
            quota_bytes,
            persisted,
            ..now
        };
        Signals::set(self.signals.device, view);
    }
}

/// How long a pull may wait, with and without the stream.
pub fn pull_every_ms() -> u64 {
    let healthy = shell().is_some_and(|shell| {
        shell
            .stream
            .borrow()
            .as_ref()
            .is_some_and(|stream| stream.is_healthy())
    });
    if healthy {
        WITH_STREAM_MS
    } else {
        WITHOUT_STREAM_MS
    }
}
