//! 打印: what the browser prints is the page itself, by its print style.

use crate::components::icon::Icon;
use crate::text::{self, Lang};
use leptos::prelude::*;

/// The button of a page that is made for paper.
pub fn print_sheet(lang: Lang) -> AnyView {
    view! {
        <button
            class="btn"
            type="button"
            data-size="small"
            data-kind="main"
            on:click=move |_| print()
        >
            {text::contest_print(lang)}
        </button>
    }
    .into_any()
}

/// The button among others of a page that also prints.
pub fn print_cards(lang: Lang) -> AnyView {
    view! {
        <button class="btn" type="button" on:click=move |_| print()>
            <Icon name="print" />
            {text::contest_print(lang)}
        </button>
    }
    .into_any()
}

fn print() {
    // A browser without printing has nothing else to offer either.
    let _ = window().print();
}
