//! A button for an act that a slip of the finger must not do: it is held for one second. With the
//! keyboard, and for assistive technology, the same button opens a dialog that asks.

use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;
use std::time::Duration;

/// As long as the fill of `data-state="holding"` takes (`--t-hold`).
const HOLD: Duration = Duration::from_secs(1);

#[component]
pub fn HoldButton(
    words: &'static str,
    /// The small line below the words.
    #[prop(into)]
    line: Signal<String>,
    #[prop(into)] busy: Signal<bool>,
    /// Held for the whole second.
    #[prop(into)]
    on_held: Callback<()>,
    /// Pressed by key: ask first.
    #[prop(into)]
    on_key: Callback<()>,
) -> impl IntoView {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let holding = RwSignal::new(false);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        holding.try_set(false);
    };
    let start = move || {
        stop();
        holding.set(true);
        let held = move || {
            stop();
            on_held.run(());
        };
        timer.set_value(set_timeout_with_handle(held, HOLD).ok());
    };
    on_cleanup(stop);
    view! {
        <button
            class="btn"
            type="button"
            data-kind="main"
            data-hold=""
            data-state=move || holding.get().then_some("holding")
            aria-busy=move || busy.get().then_some("true")
            aria-description=text::desk_hold_key(lang())
            on:pointerdown=move |event| {
                if event.button() == 0 {
                    start();
                }
            }
            on:pointerup=move |_| stop()
            on:pointerleave=move |_| stop()
            on:pointercancel=move |_| stop()
            on:contextmenu=move |event| event.prevent_default()
            on:click=move |event| {
                // A click that no pointer made comes from a key or from assistive technology.
                if event.detail() == 0 {
                    on_key.run(());
                }
            }
        >
            <span>{words}<small>{line}</small></span>
        </button>
    }
    .into_any()
}
