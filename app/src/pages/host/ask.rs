//! The question before a gate closes or opens again: why.

use super::Hand;
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;
use sync::protocol::{HostAct, HostEntry};

/// The act that is asked about, with the entry as it was then.
#[derive(Clone, Copy)]
pub struct Asking {
    open: RwSignal<bool>,
    what: RwSignal<Option<(HostAct, HostEntry)>>,
    reason: RwSignal<String>,
    tried: RwSignal<bool>,
}

impl Asking {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            what: RwSignal::new(None),
            reason: RwSignal::new(String::new()),
            tried: RwSignal::new(false),
        }
    }

    pub fn ask(self, act: HostAct, entry: HostEntry) {
        self.reason.set(String::new());
        self.tried.set(false);
        self.what.set(Some((act, entry)));
        self.open.set(true);
    }

    /// The act may go without a reason.
    fn is_optional(self) -> bool {
        self.what.with_untracked(
            |what| matches!(what, Some((HostAct::Close, entry)) if entry.outstanding == 0),
        )
    }

    fn answer(self, hand: Hand) {
        self.tried.set(true);
        let reason = self.reason.get_untracked().trim().to_owned();
        if reason.is_empty() && !self.is_optional() {
            return;
        }
        // A second command is not taken while one is under way; the reason stays in its field.
        if hand.link.busy.get_untracked() {
            return;
        }
        self.open.set(false);
        if let Some((act, entry)) = self.what.get_untracked() {
            hand.act(&entry, act, reason);
        }
    }
}

#[component]
pub fn ReasonDialog(hand: Hand) -> impl IntoView {
    let lang = lang();
    let asking = hand.asking;
    let word = move || match asking.what.with(|what| Some(what.as_ref()?.0)) {
        Some(HostAct::Reopen) => text::desk_reopen(lang),
        _ => text::desk_close_gate(lang),
    };
    let title = Signal::derive(move || {
        let name = asking.what.with(|what| Some(what.as_ref()?.1.name.clone()));
        text::desk_ask_title(lang, name.unwrap_or_default(), word())
    });
    let buttons = move || {
        view! {
            <button class="btn" type="button" on:click=act(move |_| asking.open.set(false))>
                {text::desk_cancel(lang)}
            </button>
            <button class="btn" type="submit" form="ask" data-kind="main">{word}</button>
        }
        .mounted()
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        asking.answer(hand);
    };
    view! {
        <Dialog open=asking.open title acts=buttons>
            <form id="ask" method="dialog" on:submit=act(submit)>
                <div class="stack">
                    <p class="sub">{live(move || body(asking))}</p>
                    {question(asking)}
                </div>
            </form>
        </Dialog>
    }
    .mounted()
}

fn body(asking: Asking) -> String {
    let lang = lang();
    asking.what.with(|what| match what {
        Some((HostAct::Reopen, _)) => text::desk_reopen_body(lang).to_owned(),
        Some((_, entry)) if entry.outstanding > 0 => {
            text::desk_close_missing(lang, entry.outstanding)
        }
        _ => text::desk_close_body(lang).to_owned(),
    })
}

fn question(asking: Asking) -> Mounted {
    let lang = lang();
    let hint = if asking.is_optional() {
        text::desk_reason_optional(lang)
    } else {
        text::desk_reason_hint(lang)
    };
    let fault = live(move || {
        let is_empty = asking.reason.with(|reason| reason.trim().is_empty());
        (asking.tried.get() && is_empty && !asking.is_optional()).then(|| {
            view! {
                <p class="field-error" id="reason-error">
                    <Icon name="warn" />
                    {text::desk_required(lang)}
                </p>
            }
            .mounted()
        })
    });
    view! {
        <div class="field">
            <label class="lab" for="reason">{text::desk_reason(lang)}</label>
            <input
                class="input"
                id="reason"
                autocomplete="off"
                maxlength="200"
                aria-describedby="reason-error"
                on:input=act(move |event| asking.reason.set(event_target_value(&event)))
            />
            <p class="field-hint">{hint}</p>
            {fault}
        </div>
    }
    .mounted()
}
