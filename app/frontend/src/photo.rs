//! Photos: asks `photo.js`, which `boot.js` loads with the first question.

use crate::browser;
use app::photo::PhotoPort;
use js_sys::{Function, Promise};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

pub fn port() -> PhotoPort {
    PhotoPort(|question| Box::pin(ask(question)))
}

async fn ask(question: String) -> Option<String> {
    let ask: Function = browser::field(&window(), "askPhoto")?.unchecked_into();
    let answer = ask.call1(&JsValue::NULL, &question.into()).ok()?;
    let answer: Promise = answer.unchecked_into();
    JsFuture::from(answer).await.ok()?.as_string()
}
