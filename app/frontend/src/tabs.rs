//! What goes on beside the pages: which tab sends, what the tabs tell each other, the beat of one
//! second, and the change to a newer build.

use crate::channel::{self, TabMessage};
use crate::engine::Engine;
use crate::pulling::{BEHIND_MS, pull};
use crate::shell::{Shell, shell};
use crate::{browser, device, service_worker, sheets, showing, tab_lock};
use app::pad::view::Update;
use domain::ids::{Millis, SeatId};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use sync::offline_mode::ModeEvent;
use sync::outbox::{Badge, Event, Nudge};
use sync::protocol::LiveKind;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::BeforeUnloadEvent;

const SENDER_LOCK: &str = "leitai-sender";
const BEAT_MS: u64 = 1_000;
/// How long the other tabs have to say no to a new build.
const VETO_MS: u64 = 1_000;

thread_local! {
    /// There was a worker in control when the page began; the first one takes over silently.
    static CONTROLLED: Cell<bool> = const { Cell::new(false) };
    /// The page is on its way to the newer build, where it goes on sending.
    static CHANGING: Cell<bool> = const { Cell::new(false) };
}

pub fn start() {
    CONTROLLED.set(service_worker::is_controlled());
    channel::listen(|message| {
        if let Some(shell) = shell() {
            hear(&shell, message);
        }
    });
    browser::on(&document(), "visibilitychange", |_| visibility_changed());
    browser::on(&window(), "online", |_| nudge(Nudge::Online));
    browser::on(&window(), "beforeunload", |event| {
        // Nothing is lost by leaving, but what waits is then sent only when the page is back (R24).
        if waits() && !CHANGING.get() {
            event.prevent_default();
            event
                .unchecked_ref::<BeforeUnloadEvent>()
                .set_return_value("");
        }
    });
    spawn_local(lead());
    spawn_local(beat());
}

/// An event of the live stream: the host is there, and perhaps there is something to pull.
pub fn heard_live(engine: &Rc<Engine>, kind: LiveKind) {
    engine.answered(None);
    match kind {
        LiveKind::Beat | LiveKind::Received | LiveKind::Pads | LiveKind::Unknown => {}
        LiveKind::Gate | LiveKind::Order | LiveKind::Posted | LiveKind::Resync => {
            spawn_local(pull(engine.clone()));
        }
    }
}

/// Lets the newer build take over, unless a sheet is open in any tab.
pub fn take_update(shell: Rc<Shell>) {
    shell.vetoed.set(0 < shell.sheets_open.get());
    channel::tell(&TabMessage::MayUpdate);
    spawn_local(async move {
        browser::sleep(VETO_MS).await;
        if shell.vetoed.get() || 0 < shell.sheets_open.get() {
            shell.signals.update.set(Update::Vetoed);
        } else {
            service_worker::take_over().await;
        }
    });
}

/// Another build controls the page: it loads anew, but never under an open sheet.
pub fn build_changed() {
    let Some(shell) = shell() else { return };
    if !CONTROLLED.replace(true) {
        shell.check_ready();
    } else if shell.sheets_open.get() == 0 {
        CHANGING.set(true);
        let _ = window().location().reload();
    } else {
        shell.signals.update.set(Update::Vetoed);
    }
}

/// Waits for the sender lock, leads while the page is visible, and lets go when it is hidden and
/// nothing is on its way, so that a visible tab can lead.
async fn lead() {
    loop {
        tab_lock::with(SENDER_LOCK, async {
            set_leading(true).await;
            loop {
                browser::sleep(BEAT_MS).await;
                if !browser::is_visible() && !is_sending() {
                    break;
                }
            }
            set_leading(false).await;
        })
        .await;
        // Whoever waits is served before this tab asks again.
        browser::sleep(BEAT_MS).await;
    }
}

async fn set_leading(leading: bool) {
    let Some(shell) = shell() else { return };
    shell.leading.set(leading);
    for engine in shell.engines.borrow().values() {
        engine.inbox.post(Event::Leading(leading));
    }
    if leading {
        shell.read_holders().await;
    }
}

fn is_sending() -> bool {
    shell().is_some_and(|shell| {
        let engines = shell.engines.borrow();
        engines
            .values()
            .any(|engine| matches!(engine.view().badge, Badge::Sending { .. }))
    })
}

/// Once a second while the page is visible: the offer to go on alone, the lag, the next pull.
async fn beat() {
    loop {
        browser::sleep(BEAT_MS).await;
        let Some(shell) = shell().filter(|_| browser::is_visible()) else {
            continue;
        };
        let now = browser::monotonic();
        let engines: Vec<Rc<Engine>> = shell.engines.borrow().values().cloned().collect();
        for engine in engines {
            let is_shown = shell.shown.get() == Some(engine.seat);
            if is_shown {
                engine.change_mode(ModeEvent::Tick);
                let behind = !engine.is_field()
                    && BEHIND_MS <= now.0.saturating_sub(engine.heard_at.get().0);
                engine.inbox.post(Event::Following(!behind));
            }
            // A seat that nobody looks at is pulled only to read an acknowledgement back.
            let is_asked = engine.pull.next_at.get() == Millis(0);
            if (is_shown || (is_asked && shell.leading.get())) && engine.pull.next_at.get() <= now {
                spawn_local(pull(engine));
            }
        }
    }
}

fn visibility_changed() {
    if !browser::is_visible() {
        return;
    }
    nudge(Nudge::Visible);
    service_worker::look_for_update();
    let Some(shell) = shell() else { return };
    device::keep_awake(0 < shell.sheets_open.get());
    if let Some(engine) = shell.shown() {
        spawn_local(pull(engine));
    }
}

fn nudge(nudge: Nudge) {
    let Some(shell) = shell() else { return };
    for engine in shell.engines.borrow().values() {
        engine.inbox.post(Event::Nudge(nudge));
        engine.pull.next_at.set(browser::monotonic());
    }
}

fn waits() -> bool {
    shell().is_some_and(|shell| {
        let engines = shell.engines.borrow();
        engines.values().any(|engine| 0 < engine.pending())
    })
}

fn hear(shell: &Rc<Shell>, message: TabMessage) {
    match message {
        TabMessage::Outbox { seat, note } => {
            with_engine(shell, seat, |engine| {
                engine.inbox.post(Event::Elsewhere(note))
            });
        }
        TabMessage::Drafts { seat } => with_shown(shell, seat, |shell, engine| async move {
            sheets::load(&shell, &engine).await;
        }),
        TabMessage::View { seat } => with_shown(shell, seat, |_, engine| async move {
            if let Ok(Some(cached)) = engine.store.cached().await {
                engine
                    .inbox
                    .post(Event::Seen(crate::seat_store::acks(&cached.view)));
                *engine.cached.borrow_mut() = Some(cached);
                showing::view_changed(&engine).await;
            }
        }),
        TabMessage::Holders => {
            let shell = shell.clone();
            spawn_local(async move { shell.read_holders().await });
        }
        TabMessage::SendNow if shell.leading.get() => nudge(Nudge::Manual),
        TabMessage::MayUpdate if 0 < shell.sheets_open.get() => channel::tell(&TabMessage::Veto),
        TabMessage::Veto => shell.vetoed.set(true),
        TabMessage::SendNow | TabMessage::MayUpdate | TabMessage::Unknown => {}
    }
}

fn with_engine(shell: &Rc<Shell>, seat: SeatId, act: impl FnOnce(&Engine)) {
    if let Some(engine) = shell.engines.borrow().get(&seat) {
        act(engine);
    }
}

fn with_shown<F: Future<Output = ()> + 'static>(
    shell: &Rc<Shell>,
    seat: SeatId,
    act: impl FnOnce(Rc<Shell>, Rc<Engine>) -> F,
) {
    if let Some(engine) = shell.shown().filter(|engine| engine.seat == seat) {
        spawn_local(act(shell.clone(), engine));
    }
}
