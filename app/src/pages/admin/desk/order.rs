//! The running order on the left of the desk, each entry with how its gate stands.

use crate::backend::{DeskCommand, DeskEntry, DeskPage, NewEntry};
use crate::components::icon::Icon;
use crate::components::words;
use crate::pages::admin::acts::{Acts, Ask, AskField, FieldKind};
use crate::paths;
use crate::prefs::lang;
use crate::text;
use domain::ids::EntryId;
use leptos::prelude::*;
use std::sync::Arc;
use sync::protocol::{GateStateView, StageState};

pub fn order(page: &DeskPage, in_hand: Option<EntryId>, acts: Acts) -> AnyView {
    let rows: Vec<_> = page
        .entries
        .iter()
        .map(|entry| row(page, entry, in_hand == Some(entry.id)))
        .collect();
    let multiplies = page.charter.multiplier.unwrap_or(false);
    let add = (page.card.state != StageState::Posted).then(|| {
        view! {
            <li>
                <button
                    class="btn"
                    type="button"
                    data-size="small"
                    data-kind="plain"
                    data-wide=""
                    on:click=move |_| acts.ask(add_entry(multiplies))
                >
                    <Icon name="plus" />
                    {text::desk_add_entry(lang())}
                </button>
            </li>
        }
    });
    view! {
        <nav class="runlist" aria-label=text::contest_order(lang())>
            <ol class="ledger" role="list">{rows} {add}</ol>
        </nav>
    }
    .into_any()
}

fn row(page: &DeskPage, entry: &DeskEntry, in_hand: bool) -> AnyView {
    let lang = lang();
    let needs_person = entry.tally.quarantined > 0;
    let icon = if needs_person {
        "box"
    } else {
        words::gate_icon(entry.gate.state)
    };
    let line = line(entry);
    let is_off = entry.withdrawn || entry.gate.state == GateStateView::Pending;
    let icon = (!is_off).then(|| view! { <Icon name=icon /> });
    let line = if needs_person {
        text::desk_line_held(lang, line, entry.tally.quarantined)
    } else {
        line
    };
    view! {
        <li>
            <a
                class="run"
                href=paths::desk_entry(page.card.id, entry.id)
                aria-current=in_hand.then_some("true")
                data-off=is_off.then_some("")
                data-tone=needs_person.then_some("alarm")
            >
                <span>{entry.position}</span>
                <span><b>{entry.name.clone()}</b><span class="note">{icon} {line}</span></span>
            </a>
        </li>
    }
    .into_any()
}

fn line(entry: &DeskEntry) -> String {
    let lang = lang();
    if entry.withdrawn {
        return text::state_withdrawn(lang).to_owned();
    }
    let tally = entry.tally;
    match entry.gate.state {
        GateStateView::Pending | GateStateView::Unknown => {
            text::state_gate_pending(lang).to_owned()
        }
        GateStateView::Open => text::desk_line_open(lang, tally.expected, tally.received),
        GateStateView::Closed => text::desk_line_closed(lang, tally.expected, tally.received),
    }
}

fn add_entry(multiplies: bool) -> Ask {
    let lang = lang();
    let mut fields = vec![
        AskField::line(text::desk_entry_name(lang)),
        AskField {
            is_required: false,
            ..AskField::line(text::desk_entry_topic(lang))
        },
    ];
    if multiplies {
        fields.push(AskField {
            kind: FieldKind::Number,
            is_required: false,
            hint: text::desk_multiplier_hint(lang),
            ..AskField::line(text::desk_multiplier(lang))
        });
    }
    Ask {
        title: text::desk_add_entry(lang).to_owned(),
        body: String::new(),
        fields,
        act: text::desk_add(lang),
        stops: false,
        command: Arc::new(|values| {
            let value = |index: usize| values.get(index).cloned().unwrap_or_default();
            DeskCommand::AddEntry {
                entry: NewEntry {
                    name: value(0),
                    topic: value(1),
                    unit: None,
                    multiplier: value(2),
                },
            }
        }),
    }
}
