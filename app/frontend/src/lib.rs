//! The wasm entry. Every browser API of Leitai sits in this crate; the rules do not.
//!
//! Reading order: [`shell`] (the pad of this page: commands in, signals out), [`engine`] (one
//! holder's outbox at work), [`seat_store`] over [`idb`] (what lies on the disk), [`transport`]
//! (what goes to the server), then the small ones that each wrap one browser API.
#![cfg(target_arch = "wasm32")]

mod arrival;
mod browser;
mod channel;
mod device;
mod engine;
mod holders;
mod host;
mod idb;
mod json;
mod live;
mod pairing;
mod photo;
mod preflight;
mod prefs;
mod pulling;
mod seat_store;
mod service_worker;
mod sheets;
mod shell;
mod showing;
mod signals;
mod signing;
mod tab_lock;
mod tabs;
mod transport;

use app::App;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the module is there; Leptos's own script knows it by this name.
/// On the offline shell, whose body is empty, the app is mounted; a page that the server rendered
/// stands until the app can take its place.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    if browser::is_shell() {
        leptos::mount::mount_to_body(start);
        alive();
    } else {
        arrival::take_place(start, alive);
    }
}

/// Tells whoever waits for it that the page answers.
fn alive() {
    if let Some(body) = document().body() {
        let _ = body.set_attribute("data-alive", "");
    }
}

fn start() -> impl IntoView {
    prefs::provide();
    provide_context(arrival::carried());
    if let Some(copy) = arrival::old_copy() {
        provide_context(copy);
    }
    provide_context(live::port());
    provide_context(host::port());
    provide_context(photo::port());
    provide_context(shell::start());
    view! { <App /> }
}
