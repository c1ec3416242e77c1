//! The icons: one sprite for each document, and references into it. They repeat what a word beside
//! them says, so assistive technology never hears them.

use leptos::prelude::*;

/// All symbols. It stands once in the document, before anything that refers to it.
#[component]
pub fn Sprite() -> impl IntoView {
    view! { <div inner_html=include_str!("icons.svg")></div> }
}

/// One icon of the sprite by its name there, without `i-`.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="ic" aria-hidden="true">
            <use_ href=format!("#i-{name}")></use_>
        </svg>
    }
}
