//! The small browser calls that others build on: clocks, sleep, events, and whether this page is
//! the offline shell.

use domain::ids::Millis;
use futures::channel::oneshot;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, VisibilityState};

/// This device's clock. It orders nothing.
pub fn wall() -> Millis {
    Millis(whole(js_sys::Date::now()))
}

/// A clock that nobody sets by hand.
pub fn monotonic() -> Millis {
    Millis(whole(
        window()
            .performance()
            .map_or(0.0, |performance| performance.now()),
    ))
}

/// Spreads retries; nothing secret rests on it.
pub fn random() -> u32 {
    let fraction = js_sys::Math::random();
    u32::try_from(whole(fraction * f64::from(u32::MAX))).unwrap_or_default()
}

pub async fn sleep(ms: u64) {
    let (done, wait) = oneshot::channel::<()>();
    let wake = Closure::once_into_js(move || {
        let _ = done.send(());
    });
    let ms = i32::try_from(ms).unwrap_or(i32::MAX);
    let set =
        window().set_timeout_with_callback_and_timeout_and_arguments_0(wake.unchecked_ref(), ms);
    if set.is_ok() {
        let _ = wait.await;
    }
}

/// Calls `act` at each event, for as long as the page lives.
pub fn on(target: &EventTarget, event: &str, act: impl Fn(web_sys::Event) + 'static) {
    let act = Closure::<dyn Fn(web_sys::Event)>::new(act);
    let _ = target.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    act.forget();
}

pub fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// The page began as the offline shell, so page, code and worker are of one build.
pub fn is_shell() -> bool {
    root_attribute("data-shell").is_some()
}

/// The build of the shell that this page began as.
pub fn build() -> Option<String> {
    root_attribute("data-build")
}

pub fn root_attribute(name: &str) -> Option<String> {
    document().document_element()?.get_attribute(name)
}

/// https or localhost.
pub fn is_secure() -> bool {
    window().is_secure_context()
}

/// A field of a JavaScript object that older browsers may lack.
pub fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = js_sys::Reflect::get(object, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// A number of JavaScript as a whole one; what is no such number is 0.
pub fn whole(number: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "times and sizes are far below 2^53, and the cast saturates"
    )]
    {
        number as u64
    }
}
