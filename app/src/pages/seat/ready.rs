//! The pre-flight: whether this device can go on without network, check by check (可离线).

use super::scope::Scope;
use crate::components::icon::Icon;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, live};
use crate::pad::Command;
use crate::pad::view::CheckState;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::when;
use domain::ids::Millis;
use leptos::prelude::*;

#[component]
pub fn Ready(scope: Scope) -> impl IntoView {
    let lang = lang();
    let verdict = Kept::new(move || scope.pad.readiness.get().verdict());
    let (state, title) = (
        move || state_name(verdict.get()),
        move || match verdict.get() {
            CheckState::Yes | CheckState::Note => text::preflight_yes(lang),
            CheckState::No => text::preflight_no(lang),
            CheckState::Busy => text::preflight_busy(lang),
        },
    );
    let icon = live(move || match verdict.get() {
        CheckState::No => view! { <Icon name="warn" /> }.mounted(),
        _ => view! { <Icon name="shield" /> }.mounted(),
    });
    let again = live(move || {
        (verdict.get() == CheckState::No).then(|| {
            let check = move |_| scope.pad.send(Command::CheckReady);
            view! {
                <button class="btn" data-kind="main" data-wide on:click=check>
                    {text::preflight_again(lang)}
                </button>
            }
            .mounted()
        })
    });
    view! {
        <section class="ready ring" data-state=state aria-labelledby="ready-title">
            <h2 id="ready-title">{icon}{title}</h2>
            <Checks scope />
            {again}
        </section>
    }
    .mounted()
}

fn state_name(state: CheckState) -> &'static str {
    match state {
        CheckState::Busy => "busy",
        CheckState::Yes => "yes",
        CheckState::Note => "note",
        CheckState::No => "no",
    }
}

/// The checks alone, as the storage indicator of the records shows them.
#[component]
pub fn Checks(scope: Scope) -> impl IntoView {
    let lang = lang();
    let rows = live(move || {
        let ready = scope.pad.readiness.get();
        let device = scope.pad.device.get();
        let paired = scope.pad.seat.with(|seat| match seat {
            crate::pad::view::SeatLoad::Open(open) => open.paired_at,
            _ => Millis(0),
        });
        let shell = match (ready.shell, device.service_worker, device.wechat) {
            (CheckState::Yes, _, _) => text::preflight_shell_yes(lang),
            (CheckState::No, false, true) => text::preflight_wechat(lang),
            (CheckState::No, false, false) => text::preflight_no_worker(lang),
            _ => text::preflight_shell_no(lang),
        };
        [
            (
                ready.order.0,
                text::preflight_order(lang).to_owned(),
                text::preflight_entries(lang, ready.order.1),
            ),
            (
                ready.charter.0,
                text::preflight_charter(lang).to_owned(),
                text::preflight_version(lang, ready.charter.1),
            ),
            (
                ready.seat,
                text::preflight_seat(lang, scope.seat_name()),
                when::clock(paired),
            ),
            (
                ready.shell,
                text::preflight_shell(lang).to_owned(),
                shell.to_owned(),
            ),
            (
                storage_state(ready.storage, ready.persisted),
                text::preflight_storage(lang).to_owned(),
                storage_words(ready.storage, ready.persisted, lang),
            ),
            (
                ready.clock.0,
                text::preflight_clock(lang).to_owned(),
                clock_words(ready.clock.1, lang),
            ),
        ]
        .into_iter()
        .map(|(state, what, value)| row(state, what, value))
        .collect_view()
    });
    view! { <ul class="checks" role="list">{rows}</ul> }.mounted()
}

fn row(state: CheckState, what: String, value: String) -> impl IntoView {
    let icon = match state {
        CheckState::Yes => "check",
        CheckState::No => "x",
        CheckState::Note => "help",
        CheckState::Busy => "clock",
    };
    let value = if state == CheckState::Busy {
        String::new()
    } else {
        value
    };
    view! {
        <li data-state=state_name(state)>
            <Icon name=icon />
            <span>{what}</span>
            <span>{value}</span>
        </li>
    }
    .mounted()
}

fn storage_state(storage: CheckState, persisted: CheckState) -> CheckState {
    if storage == CheckState::Yes {
        persisted
    } else {
        storage
    }
}

fn storage_words(storage: CheckState, persisted: CheckState, lang: Lang) -> String {
    let words = match (storage, persisted) {
        (CheckState::No, _) => text::preflight_storage_no(lang),
        (_, CheckState::Yes) => text::preflight_persisted(lang),
        _ => text::preflight_not_persisted(lang),
    };
    words.to_owned()
}

/// `差 0.8 秒`: tenths of a second, by integers.
fn clock_words(offset_ms: i64, lang: Lang) -> String {
    let tenths = offset_ms.unsigned_abs().div_ceil(100);
    text::preflight_offset(lang, format!("{}.{}", tenths / 10, tenths % 10))
}
