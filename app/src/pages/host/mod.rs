//! 主持: one contest on the host's tablet. The running order, the entry in hand, its gate and the
//! digits to announce. It works online only, and shows no mark and nobody who judges.

mod ask;
mod deck;
mod link;
mod notice;

use crate::components::bar::Bar;
use crate::components::icon::Icon;
use crate::components::scale_switch::ScaleButton;
use crate::components::sync_slip::{Slip, SyncSlip};
use crate::components::watermark::Watermark;
use crate::components::words;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pad::{Command, pad};
use crate::pages::contest::contest_param;
use crate::prefs::lang;
use crate::text;
use ask::{Asking, ReasonDialog};
use domain::ids::{ContestId, EntryId};
use leptos::prelude::*;
use leptos_meta::Title;
use link::Link;
use sync::protocol::{GateStateView, HostAct, HostCommand, HostEntry, HostView, PROTOCOL_VERSION};
use uuid::Uuid;

/// What every part of the page works with.
#[derive(Clone, Copy)]
pub struct Hand {
    pub link: Link,
    /// The entry that the host chose or acted on last.
    pub chosen: RwSignal<Option<EntryId>>,
    pub asking: Asking,
}

impl Hand {
    /// Moves the gate of an entry as it is shown.
    fn act(self, entry: &HostEntry, act: HostAct, reason: String) {
        self.chosen.set(Some(entry.id));
        self.link.send(HostCommand {
            protocol: PROTOCOL_VERSION,
            entry: entry.id,
            act,
            attempt: entry.gate.attempt,
            number: entry.gate.number,
            reason,
        });
    }
}

#[component]
pub fn HostDesk() -> impl IntoView {
    // An address that is none has no credential either.
    let contest = contest_param().unwrap_or(ContestId(Uuid::nil()));
    let link = Link::open(contest);
    let hand = Hand {
        link,
        chosen: RwSignal::new(None),
        asking: Asking::new(),
    };
    stay_awake();
    let lang = lang();
    let title = Signal::derive(move || {
        let title = link
            .view
            .with(|view| Some(view.as_ref()?.contest.title.clone()));
        title.unwrap_or_default()
    });
    let slip = Signal::derive(move || match link.heard_at.get() {
        _ if link.silent.get() || link.lost.get().is_some() => Slip::Lost,
        Some(at) => Slip::Updated(at),
        None => Slip::Quiet,
    });
    let bar = view! {
        <SyncSlip slip on_press=Callback::new(move |()| link.look()) />
        <ScaleButton />
    };
    let is_demo = Memo::new(move |_| {
        link.view
            .with(|view| view.as_ref().is_some_and(|view| view.contest.demo))
    });
    let has_view = Memo::new(move |_| link.view.with(Option::is_some));
    let content = live(move || match (link.lost.get(), has_view.get()) {
        (Some(lost), _) => notice::lost(lost),
        (None, true) => desk(hand),
        (None, false) => notice::opening(link),
    });
    view! {
        <Title text=text::host_title(lang) />
        <div class="page" data-kind="desk">
            <Bar title=text::host_title(lang) context=title>{bar}</Bar>
            {content}
        </div>
        <ReasonDialog hand />
        {live(move || is_demo.get().then(|| view! { <Watermark /> }.mounted()))}
    }
    .mounted()
}

/// The screen stays on, and no new build takes over under the host's hand.
fn stay_awake() {
    let pad = pad();
    Effect::new(move |_| pad.send(Command::SheetOpen(true)));
    on_cleanup(move || pad.send(Command::SheetOpen(false)));
}

fn desk(hand: Hand) -> Mounted {
    let in_hand = Memo::new(move |_| {
        let chosen = hand.chosen.get();
        let view = hand.link.view;
        view.with(|view| entry_in_hand(view.as_ref()?, chosen).cloned())
    });
    let lang = lang();
    let rows = live(move || {
        let current = in_hand.with(|entry| entry.as_ref().map(|entry| entry.id));
        hand.link.view.with(|view| {
            let entries = view.iter().flat_map(|view| &view.entries);
            entries
                .map(|entry| row(hand, entry, current == Some(entry.id)))
                .collect_view()
        })
    });
    view! {
        <main class="desk" id="main" data-cols="list">
            <nav class="runlist" aria-label=text::contest_order(lang)>
                <ol class="ledger" role="list">{rows}</ol>
            </nav>
            <section class="deck" aria-label=text::desk_deck(lang)>
                {deck::deck(hand, in_hand)}
            </section>
        </main>
    }
    .mounted()
}

/// The one that was chosen, else the one whose gate is open, else the next that has not been on,
/// else the first.
fn entry_in_hand(view: &HostView, chosen: Option<EntryId>) -> Option<&HostEntry> {
    let of = |fits: &dyn Fn(&HostEntry) -> bool| view.entries.iter().find(|entry| fits(entry));
    of(&|entry| Some(entry.id) == chosen)
        .or_else(|| of(&|entry| entry.gate.state == GateStateView::Open))
        .or_else(|| of(&|entry| !entry.withdrawn && entry.gate.state == GateStateView::Pending))
        .or_else(|| view.entries.first())
}

fn row(hand: Hand, entry: &HostEntry, is_current: bool) -> Mounted {
    let lang = lang();
    let id = entry.id;
    let is_off = entry.withdrawn || entry.gate.state == GateStateView::Pending;
    let icon = (!is_off).then(|| words::gate_icon(entry.gate.state));
    let line = match entry.gate.state {
        _ if entry.withdrawn => text::state_withdrawn(lang).to_owned(),
        GateStateView::Open => text::desk_line_open(lang, entry.expected, entry.received),
        GateStateView::Closed => text::desk_line_closed(lang, entry.expected, entry.received),
        GateStateView::Pending | GateStateView::Unknown => {
            text::state_gate_pending(lang).to_owned()
        }
    };
    let icon = icon.map(|name| view! { <Icon name /> });
    view! {
        <li>
            <button
                type="button"
                class="run"
                aria-current=is_current.then_some("true")
                data-off=is_off.then_some("")
                on:click=act(move |_| hand.chosen.set(Some(id)))
            >
                <span>{entry.position}</span>
                <span><b>{entry.name.clone()}</b><span class="note">{icon} {line}</span></span>
            </button>
        </li>
    }
    .mounted()
}
