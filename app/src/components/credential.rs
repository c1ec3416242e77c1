//! A field for an account's name or password: nothing is remembered, corrected or capitalised but
//! what the browser's own password store keeps.

use leptos::html;
use leptos::prelude::*;

/// `complete` is the field's meaning for the password store, such as `current-password`.
pub fn credential(
    id: &'static str,
    label: &'static str,
    complete: &'static str,
    node: NodeRef<html::Input>,
) -> AnyView {
    let kind = if complete == "username" {
        "text"
    } else {
        "password"
    };
    view! {
        <div class="field">
            <label class="lab" for=id>{label}</label>
            <input
                class="input"
                id=id
                name=id
                type=kind
                node_ref=node
                required
                autocomplete=complete
                autocapitalize="none"
                spellcheck="false"
                maxlength="200"
            />
        </div>
    }
    .into_any()
}
