//! A sheet from below on a phone, centred on larger screens. Its content is built when it opens
//! and dropped when it closes, so it never stands in a page of the server; Escape closes it like
//! its own buttons do.

use crate::mounted::{IntoMounted, MountedFn, act, live};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// The buttons, `.btn` each. A dialog always has one that closes it.
    #[prop(into)]
    acts: MountedFn,
    children: MountedFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        // A dialog that is open already, or was never in the document, refuses; both are harmless.
        if open.get() && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let content = live(move || {
        open.get().then(|| {
            view! {
                <h2>{title}</h2>
                <div class="dialog-body">{children.run()}</div>
                <div class="dialog-acts">{acts.run()}</div>
            }
            .mounted()
        })
    });
    view! {
        <dialog
            class="dialog"
            node_ref=node
            on:close=act(move |_| open.set(false))
            aria-label=title
        >
            {content}
        </dialog>
    }
}
