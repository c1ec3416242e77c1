//! The entry in hand: its name, its gate with the digits to announce, how many sheets have come,
//! and the one act that comes next, by the same rules as on the organiser's desk.

use super::notice::notices;
use super::{Asking, Hand};
use crate::components::gate_act::{GateFacts, NextAct, blocked_act, hold_line};
use crate::components::hold::HoldButton;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::prefs::lang;
use crate::text;
use crate::{format, when};
use leptos::prelude::*;
use sync::protocol::{GateStateView, HostAct, HostEntry, HostView, StageState};

type InHand = Memo<Option<HostEntry>>;

pub fn deck(hand: Hand, entry: InHand) -> Mounted {
    let count = Memo::new(move |_| {
        let view = hand.link.view;
        view.with(|view| view.as_ref().map_or(0, |view| view.entries.len()))
    });
    view! {
        {notices(hand)}
        {live(move || entry.get().map(|entry| on_stage(&entry, count.get())))}
        <div class="seats-head">{live(move || entry.get().map(|entry| received(&entry)))}</div>
        {next_act(hand, entry)}
    }
    .mounted()
}

fn on_stage(entry: &HostEntry, count: usize) -> Mounted {
    let lang = lang();
    let tone = match entry.gate.state {
        GateStateView::Open => None,
        GateStateView::Closed => Some("act"),
        GateStateView::Pending | GateStateView::Unknown => Some("off"),
    };
    let state = match entry.gate.state {
        _ if entry.withdrawn => text::state_withdrawn(lang).to_owned(),
        GateStateView::Open => text::desk_step_open(lang).to_owned(),
        GateStateView::Closed => {
            let at = entry.gate.closed_at.map(when::clock).unwrap_or_default();
            text::desk_closed_at(lang, at)
        }
        GateStateView::Pending | GateStateView::Unknown => {
            text::state_gate_pending(lang).to_owned()
        }
    };
    let code = entry.gate_code.clone().map(|code| {
        view! {
            <div class="clock">
                <p>{text::desk_code(lang)}</p>
                <p class="num">{code}</p>
                <p>{text::desk_code_hint(lang)}</p>
            </div>
        }
        .mounted()
    });
    view! {
        <div class="onstage ring" data-tone=tone>
            <div>
                <p class="sub">{text::desk_order(lang, entry.position, count)}" · "{state}</p>
                <h2 data-n=format::name_width(&entry.name)>{entry.name.clone()}</h2>
                <p class="sub">{entry.topic.clone()}</p>
            </div>
            {code}
        </div>
    }
    .mounted()
}

fn received(entry: &HostEntry) -> Option<Mounted> {
    let lang = lang();
    let is_counted = entry.gate.number > 0 && !entry.withdrawn;
    is_counted.then(|| {
        view! {
            <h2>{text::desk_received(lang)}</h2>
            <p>
                <span class="num">{entry.received}</span>
                " "
                <span class="sub">{text::desk_of_received(lang, entry.expected)}</span>
            </p>
        }
        .mounted()
    })
}

fn next_act(hand: Hand, entry: InHand) -> Mounted {
    // The kind of act alone rebuilds the buttons: a held one must survive the sheets that come in.
    let kind = Memo::new(move |_| {
        let entry = entry.get()?;
        let view = hand.link.view;
        view.with(|view| Some((entry.id, kind_of_act(view.as_ref()?, &entry))))
    });
    live(move || {
        kind.get().map(|(_, kind)| match kind {
            NextAct::Open => open_act(hand, entry),
            NextAct::Blocked(why) => blocked_act(why).mounted(),
            NextAct::Close => close_act(hand, entry),
            NextAct::Closed => closed_act(hand, entry),
        })
    })
    .mounted()
}

fn kind_of_act(view: &HostView, entry: &HostEntry) -> NextAct {
    let lang = lang();
    let is_open = |other: &HostEntry| other.gate.state == GateStateView::Open;
    let mut others = view.entries.iter().filter(|other| other.id != entry.id);
    let facts = GateFacts {
        gate: entry.gate.state,
        withdrawn: entry.withdrawn,
        contest: view.contest.state,
        has_seats: view.seats > 0,
        is_other_open: others.any(is_open),
    };
    NextAct::of(lang, facts, text::host_why_no_seats(lang))
}

fn open_act(hand: Hand, entry: InHand) -> Mounted {
    let open = act(move |_| {
        if let Some(entry) = entry.get_untracked() {
            hand.act(&entry, HostAct::Open, String::new());
        }
    });
    view! {
        <div class="acts" data-cols="1">
            <button
                class="btn"
                type="button"
                data-kind="main"
                aria-busy=live(move || hand.link.busy.get().then_some("true"))
                on:click=open
            >
                {text::desk_open_gate(lang())}
            </button>
        </div>
    }
    .mounted()
}

fn close_act(hand: Hand, entry: InHand) -> Mounted {
    let lang = lang();
    let outstanding =
        move |entry: &Option<HostEntry>| entry.as_ref().map_or(0, |entry| entry.outstanding);
    let line = Signal::derive(move || hold_line(lang, entry.with(outstanding)));
    let ask = move || {
        if let Some(entry) = entry.get_untracked() {
            hand.asking.ask(HostAct::Close, entry);
        }
    };
    let held = move |()| match entry.get_untracked() {
        Some(entry) if entry.outstanding == 0 => hand.act(&entry, HostAct::Close, String::new()),
        _ => ask(),
    };
    view! {
        <div class="acts" data-cols="1">
            <HoldButton
                words=text::desk_close_gate(lang)
                line
                busy=hand.link.busy
                on_held=held
                on_key=move |()| ask()
            />
        </div>
    }
    .mounted()
}

fn closed_act(hand: Hand, entry: InHand) -> Mounted {
    let lang = lang();
    let may_reopen = Memo::new(move |_| {
        let view = hand.link.view;
        view.with(|view| {
            view.as_ref()
                .is_some_and(|view| view.contest.state != StageState::Posted)
        })
    });
    let reopen = live(move || may_reopen.get().then(|| reopen_button(hand.asking, entry)));
    let next = live(move || {
        let view = hand.link.view;
        let next = view.with(|view| Some(next_entry(view.as_ref()?, &entry.get()?)?.clone()))?;
        let go = act(move |_| hand.chosen.set(Some(next.id)));
        let button = view! {
            <button class="btn" type="button" data-kind="main" on:click=go>
                <span>{text::desk_next(lang)}<small>{next.name.clone()}</small></span>
            </button>
        };
        Some(button.mounted())
    });
    view! { <div class="acts" data-cols="2">{next} {reopen}</div> }.mounted()
}

fn reopen_button(asking: Asking, entry: InHand) -> Mounted {
    let lang = lang();
    let ask = act(move |_| {
        if let Some(entry) = entry.get_untracked() {
            asking.ask(HostAct::Reopen, entry);
        }
    });
    view! {
        <button class="btn" type="button" on:click=ask>
            <span>{text::desk_reopen(lang)} <small>{text::desk_reopen_small(lang)}</small></span>
        </button>
    }
    .mounted()
}

/// The next entry that has not been on, first behind this one.
fn next_entry<'a>(view: &'a HostView, here: &HostEntry) -> Option<&'a HostEntry> {
    let waits = |entry: &&HostEntry| !entry.withdrawn && entry.gate.state == GateStateView::Pending;
    let behind = |entry: &&HostEntry| here.position < entry.position && waits(entry);
    let entries = || view.entries.iter();
    entries().find(behind).or_else(|| entries().find(waits))
}
