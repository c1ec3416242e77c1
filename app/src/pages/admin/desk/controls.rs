//! The acts on one entry beside the main one: its place, deductions, a fresh start, leaving.

use crate::backend::{DeskCommand, DeskEntry};
use crate::components::icon::Icon;
use crate::pages::admin::acts::{Acts, Ask, AskField, FieldKind};
use crate::text::{self, Lang};
use domain::ids::EntryId;
use leptos::prelude::*;
use std::sync::Arc;

/// The acts beside the main one. Each asks for its reason.
pub fn controls(lang: Lang, entry: &DeskEntry, is_posted: bool, acts: Acts) -> AnyView {
    let id = entry.id;
    let name = entry.name.clone();
    let was_open = entry.gate.number > 0;
    let pending = !was_open && !entry.withdrawn;
    let position = entry.position;
    let button = |words: &'static str, icon: &'static str, stops: bool, ask: Ask| {
        view! {
            <button
                class="btn"
                type="button"
                data-kind=stops.then_some("stop")
                on:click=move |_| acts.ask(ask.clone())
            >
                <Icon name=icon />
                {words}
            </button>
        }
        .into_any()
    };
    let mut buttons = Vec::new();
    if pending && position > 1 {
        let up = move |_| {
            acts.run(DeskCommand::MoveEntry {
                entry: id,
                position: position - 1,
            })
        };
        buttons.push(
            view! {
                <button class="btn" type="button" on:click=up>
                    {text::desk_earlier(lang)}
                </button>
            }
            .into_any(),
        );
    }
    if !entry.withdrawn {
        buttons.push(button(
            text::desk_deduct(lang),
            "minus",
            false,
            deduct(lang, id, &name),
        ));
    }
    if was_open && !is_posted {
        let restart = reasoned(
            lang,
            text::desk_restart(lang),
            text::desk_restart_body(lang),
            &name,
            move |reason| DeskCommand::RestartEntry { entry: id, reason },
        );
        buttons.push(button(text::desk_restart(lang), "undo", true, restart));
    }
    if !entry.withdrawn && !is_posted {
        let withdraw = reasoned(
            lang,
            text::desk_withdraw(lang),
            text::desk_withdraw_body(lang),
            &name,
            move |reason| DeskCommand::WithdrawEntry { entry: id, reason },
        );
        buttons.push(button(text::desk_withdraw(lang), "x", true, withdraw));
    }
    view! { <div class="clock-ctl">{buttons}</div> }.into_any()
}

fn deduct(lang: Lang, entry: EntryId, name: &str) -> Ask {
    Ask {
        title: text::desk_deduct_title(lang, name),
        body: text::desk_deduct_body(lang).to_owned(),
        fields: vec![
            AskField {
                kind: FieldKind::Number,
                hint: text::desk_points_hint(lang),
                ..AskField::line(text::desk_points(lang))
            },
            AskField::reason(true),
        ],
        act: text::desk_deduct(lang),
        stops: false,
        command: Arc::new(move |values| DeskCommand::Deduct {
            entry,
            points: values.first().cloned().unwrap_or_default(),
            reason: values.get(1).cloned().unwrap_or_default(),
        }),
    }
}

/// A question that wants a reason and nothing else.
pub fn reasoned(
    lang: Lang,
    act: &'static str,
    body: &'static str,
    about: &str,
    command: impl Fn(String) -> DeskCommand + Send + Sync + 'static,
) -> Ask {
    Ask {
        title: text::desk_ask_title(lang, about, act),
        body: body.to_owned(),
        fields: vec![AskField::reason(true)],
        act,
        stops: true,
        command: Arc::new(move |values| command(values.first().cloned().unwrap_or_default())),
    }
}
