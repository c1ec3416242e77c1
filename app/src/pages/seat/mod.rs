//! The seats that this device holds.

use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;

#[component]
pub fn Seats() -> impl IntoView {
    let count = RwSignal::new(0);
    view! {
        <main id="main">
            <h1>{text::app_name(lang())}</h1>
            <button class="btn" on:click=move |_| count.update(|n| *n += 1)>{count}</button>
        </main>
    }
}
