//! The dial: one large figure between minus and plus. Blank is a dash, never a zero.

use crate::components::icon::Icon;
use crate::mounted::{IntoMounted, act, live};
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;

/// What the dial shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    Blank,
    Mark(String),
    /// What was typed and cannot be.
    Wrong(String),
}

impl Figure {
    fn state(&self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Mark(_) => "done",
            Self::Wrong(_) => "error",
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Blank => "—".to_owned(),
            Self::Mark(text) | Self::Wrong(text) => text.clone(),
        }
    }
}

#[component]
pub fn Dial(
    #[prop(into)] name: Signal<String>,
    #[prop(into)] step: Signal<String>,
    #[prop(into)] figure: Signal<Figure>,
    /// `true` is one step up.
    press: Callback<bool>,
) -> impl IntoView {
    let lang = lang();
    view! {
        <div
            class="dial"
            role="group"
            aria-label=live(move || text::pad_dial(lang, name.get()))
            data-state=live(move || figure.with(Figure::state))
        >
            <button
                type="button"
                class="key"
                aria-label=live(move || text::pad_minus(lang, step.get()))
                on:click=act(move |_| press.run(false))
            >
                <Icon name="minus" />
                <small>{step}</small>
            </button>
            <output aria-live="polite">{live(move || figure.with(Figure::words))}</output>
            <button
                type="button"
                class="key"
                aria-label=live(move || text::pad_plus(lang, step.get()))
                on:click=act(move |_| press.run(true))
            >
                <Icon name="plus" />
                <small>{step}</small>
            </button>
        </div>
    }
    .mounted()
}
