//! The wasm entry. Every browser API of Leitai sits in this crate; the rules do not.
#![cfg(target_arch = "wasm32")]

use app::App;
use app::prefs::Prefs;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the module is there. A server-rendered page is hydrated; on
/// the offline shell, whose body is empty, the same build mounts the app instead.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    let root = document()
        .document_element()
        .expect("a document has a root element");
    if root.has_attribute("data-shell") {
        leptos::mount::mount_to_body(start);
    } else {
        leptos::mount::hydrate_body(start);
    }
    let _ = document()
        .body()
        .map(|body| body.set_attribute("data-hydrated", ""));
}

fn start() -> impl IntoView {
    let lang = document()
        .document_element()
        .and_then(|root| root.get_attribute("lang"));
    let scale = document()
        .document_element()
        .and_then(|root| root.get_attribute("data-type"));
    provide_context(Prefs {
        lang: app::text::Lang::from_tag(&lang.unwrap_or_default()),
        scale: app::prefs::Scale::from_name(&scale.unwrap_or_default()),
    });
    view! { <App /> }
}
