//! What kind of place this browser is: secure or not, WeChat or not, how much it may store and
//! whether it promised to keep it; the wake lock; files that leave the device.

use crate::browser::{field, is_secure, whole};
use app::pad::view::DeviceView;
use js_sys::Array;
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, StorageEstimate, Url};

#[wasm_bindgen]
extern "C" {
    // Both are missing in browsers above the floor, so they are looked up before they are called.
    type WakeLockApi;
    #[wasm_bindgen(method, catch)]
    fn request(this: &WakeLockApi, kind: &str) -> Result<js_sys::Promise, JsValue>;
    type Sentinel;
    #[wasm_bindgen(method)]
    fn release(this: &Sentinel) -> js_sys::Promise;
}

thread_local! {
    static AWAKE: RefCell<Option<Sentinel>> = const { RefCell::new(None) };
}

/// All but what takes time to find out.
pub fn facts() -> DeviceView {
    let agent = window().navigator().user_agent().unwrap_or_default();
    DeviceView {
        secure: Some(is_secure()),
        wechat: agent.contains("MicroMessenger"),
        service_worker: field(&window().navigator(), "serviceWorker").is_some(),
        ..DeviceView::default()
    }
}

/// Used and allowed bytes, and whether they are kept for good.
pub async fn storage() -> (Option<u64>, Option<u64>, Option<bool>) {
    if field(&window().navigator(), "storage").is_none() {
        return (None, None, None);
    }
    let storage = window().navigator().storage();
    let estimate = async {
        let estimate = JsFuture::from(storage.estimate().ok()?).await.ok()?;
        let estimate: StorageEstimate = estimate.unchecked_into();
        Some((
            estimate.get_usage().map(whole),
            estimate.get_quota().map(whole),
        ))
    };
    let (used, quota) = estimate.await.unwrap_or_default();
    let persisted = async {
        JsFuture::from(storage.persisted().ok()?)
            .await
            .ok()?
            .as_bool()
    };
    (used, quota, persisted.await)
}

/// Asks to keep the data for good. A refusal is a note, not a failure.
pub async fn persist() -> bool {
    if field(&window().navigator(), "storage").is_none() {
        return false;
    }
    let asked = window().navigator().storage().persist();
    let Ok(asked) = asked else { return false };
    JsFuture::from(asked)
        .await
        .ok()
        .and_then(|granted| granted.as_bool())
        .unwrap_or(false)
}

/// Keeps the screen on, or no longer does. The browser ends it by itself when the page is hidden.
pub fn keep_awake(on: bool) {
    if !on {
        if let Some(sentinel) = AWAKE.take() {
            let _ = sentinel.release();
        }
        return;
    }
    let Some(api) = field(&window().navigator(), "wakeLock") else {
        return;
    };
    spawn_local(async move {
        let asked = api.unchecked_into::<WakeLockApi>().request("screen");
        let Ok(asked) = asked else { return };
        if let Ok(sentinel) = JsFuture::from(asked).await {
            AWAKE.replace(Some(sentinel.unchecked_into()));
        }
    });
}

/// Hands a text over as a file.
pub fn download(name: &str, text: &str) {
    let _ = try_download(name, text);
}

fn try_download(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    document()
        .body()
        .ok_or(JsValue::NULL)?
        .append_child(&link)?;
    link.click();
    link.remove();
    Url::revoke_object_url(&url)
}
