//! Web Locks: one tab of the origin sends, for every holder's outbox.

use futures::channel::oneshot;
use leptos::prelude::window;
use std::cell::RefCell;
use std::future::Future;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

#[wasm_bindgen]
extern "C" {
    // web-sys keeps this interface behind a flag for unstable ones; every browser above the floor
    // has it.
    type Locks;
    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, held: &JsValue) -> Result<js_sys::Promise, JsValue>;
}

/// Runs `work` while this tab holds the lock `name`. Where the browser has no locks the page is on
/// an insecure address, and pairing was refused there.
pub async fn with<T>(name: &str, work: impl Future<Output = T>) -> T {
    let Some(locks) = crate::browser::field(&window().navigator(), "locks") else {
        return work.await;
    };
    let (granted, wait) = oneshot::channel::<()>();
    let (_release, released) = oneshot::channel::<()>();
    let once = RefCell::new(Some((granted, released)));
    let held = Closure::once_into_js(move |_lock: JsValue| {
        let Some((granted, released)) = once.take() else {
            return js_sys::Promise::resolve(&JsValue::UNDEFINED);
        };
        let _ = granted.send(());
        // The lock is held until `_release` is dropped with the work.
        future_to_promise(async move {
            let _ = released.await;
            Ok(JsValue::UNDEFINED)
        })
    });
    if locks.unchecked_into::<Locks>().request(name, &held).is_ok() {
        let _ = wait.await;
    }
    work.await
}
