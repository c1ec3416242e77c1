//! The one act that comes next for the entry in hand: open, close, or go on.

use super::controls::reasoned;
use crate::backend::{DeskCommand, DeskEntry, DeskPage};
use crate::components::gate_act::{GateFacts, NextAct, blocked_act, hold_line};
use crate::components::hold::HoldButton;
use crate::pages::admin::acts::{Acts, Ask, AskField};
use crate::paths;
use crate::prefs::lang;
use crate::text;
use domain::ids::EntryId;
use leptos::prelude::*;
use std::sync::Arc;
use sync::protocol::{GateStateView, StageState};

pub fn next_act(page: Signal<DeskPage>, entry: Memo<Option<DeskEntry>>, acts: Acts) -> AnyView {
    // The kind of act alone rebuilds the buttons: a held one must survive the sheets that come in.
    let kind = Memo::new(move |_| {
        let entry = entry.get()?;
        Some((entry.id, page.with(|page| kind_of_act(page, &entry))))
    });
    view! {
        {move || kind.get().map(|(id, kind)| match kind {
            NextAct::Open => open_act(id, acts),
            NextAct::Blocked(why) => blocked_act(why),
            NextAct::Close => close_act(id, entry, acts),
            NextAct::Closed => closed_act(id, page, entry, acts),
        })}
    }
    .into_any()
}

fn kind_of_act(page: &DeskPage, entry: &DeskEntry) -> NextAct {
    let lang = lang();
    let is_open = |other: &DeskEntry| other.gate.state == GateStateView::Open;
    let mut others = page.entries.iter().filter(|other| other.id != entry.id);
    let facts = GateFacts {
        gate: entry.gate.state,
        withdrawn: entry.withdrawn,
        contest: page.card.state,
        has_seats: !page.seats.is_empty(),
        is_other_open: others.any(is_open),
    };
    NextAct::of(lang, facts, text::desk_why_no_seats(lang))
}

fn open_act(entry: EntryId, acts: Acts) -> AnyView {
    view! {
        <div class="acts" data-cols="1">
            <button
                class="btn"
                type="button"
                data-kind="main"
                aria-busy=move || acts.busy.get().then_some("true")
                on:click=move |_| acts.run(DeskCommand::OpenGate { entry })
            >
                {text::desk_open_gate(lang())}
            </button>
        </div>
    }
    .into_any()
}

fn close_act(id: EntryId, entry: Memo<Option<DeskEntry>>, acts: Acts) -> AnyView {
    let lang = lang();
    let missing = Memo::new(move |_| {
        entry.with(|entry| {
            entry.as_ref().map_or(0, |entry| {
                entry.tally.expected.saturating_sub(entry.tally.received)
            })
        })
    });
    let line = Signal::derive(move || hold_line(lang, missing.get()));
    let ask = move || {
        let missing = missing.get_untracked();
        let name = entry.with_untracked(|entry| {
            entry
                .as_ref()
                .map(|entry| entry.name.clone())
                .unwrap_or_default()
        });
        acts.ask(Ask {
            title: text::desk_ask_title(lang, name, text::desk_close_gate(lang)),
            body: match missing {
                0 => text::desk_close_body(lang).to_owned(),
                missing => text::desk_close_missing(lang, missing),
            },
            fields: vec![AskField::reason(missing > 0)],
            act: text::desk_close_gate(lang),
            stops: false,
            command: Arc::new(move |values| DeskCommand::CloseGate {
                entry: id,
                reason: values.first().cloned().unwrap_or_default(),
            }),
        });
    };
    let held = move |()| {
        if missing.get_untracked() > 0 {
            ask();
        } else {
            acts.run(DeskCommand::CloseGate {
                entry: id,
                reason: String::new(),
            });
        }
    };
    view! {
        <div class="acts" data-cols="1">
            <HoldButton
                words=text::desk_close_gate(lang)
                line
                busy=acts.busy
                on_held=held
                on_key=move |()| ask()
            />
        </div>
    }
    .into_any()
}

fn closed_act(
    id: EntryId,
    page: Signal<DeskPage>,
    entry: Memo<Option<DeskEntry>>,
    acts: Acts,
) -> AnyView {
    let lang = lang();
    let next = move || page.with(|page| next_step(page, id));
    let may_reopen = move || page.with(|page| page.card.state != StageState::Posted);
    let reopen = move |_| {
        let name = entry.with_untracked(|entry| {
            entry
                .as_ref()
                .map(|entry| entry.name.clone())
                .unwrap_or_default()
        });
        acts.ask(Ask {
            stops: false,
            ..reasoned(
                lang,
                text::desk_reopen(lang),
                text::desk_reopen_body(lang),
                &name,
                move |reason| DeskCommand::ReopenGate { entry: id, reason },
            )
        });
    };
    view! {
        <div class="acts" data-cols="2">
            {next}
            {move || may_reopen().then(|| view! {
                <button class="btn" type="button" on:click=reopen>
                    <span>
                        {text::desk_reopen(lang)} <small>{text::desk_reopen_small(lang)}</small>
                    </span>
                </button>
            })}
        </div>
    }
    .into_any()
}

/// The next entry that has not been on, or the calculation where there is none.
fn next_step(page: &DeskPage, id: EntryId) -> AnyView {
    let lang = lang();
    let waits = |entry: &&DeskEntry| !entry.withdrawn && entry.gate.state == GateStateView::Pending;
    let here = page
        .entries
        .iter()
        .position(|entry| entry.id == id)
        .unwrap_or_default();
    let next = page
        .entries
        .iter()
        .skip(here)
        .find(waits)
        .or_else(|| page.entries.iter().find(waits));
    let (href, words, line) = match next {
        Some(next) => (
            paths::desk_entry(page.card.id, next.id),
            text::desk_next(lang),
            next.name.clone(),
        ),
        None if page.card.state == StageState::Posted => (
            paths::calculation(page.card.id),
            text::desk_see_result(lang),
            text::desk_posted_line(lang, page.editions),
        ),
        None => (
            paths::calculation(page.card.id),
            text::desk_to_calculation(lang),
            text::desk_to_calculation_line(lang).to_owned(),
        ),
    };
    view! {
        <a class="btn" data-kind="main" href=href><span>{words}<small>{line}</small></span></a>
    }
    .into_any()
}
