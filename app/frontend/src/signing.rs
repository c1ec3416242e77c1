//! HMAC-SHA-256 by WebCrypto over an op's exact bytes, so that whoever carries it cannot change it.

use js_sys::{Object, Reflect, Uint8Array};
use leptos::prelude::window;
use sync::protocol::SeatKey;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

/// The MAC of `body` in hex; `None` where the browser has no WebCrypto or the key is no key.
pub async fn mac(key: &SeatKey, body: &str) -> Option<String> {
    let bytes = from_hex(&key.0)?;
    sign(&bytes, body).await.ok()
}

async fn sign(key: &[u8], body: &str) -> Result<String, JsValue> {
    let subtle = window().crypto()?.subtle();
    let algorithm = Object::new();
    Reflect::set(&algorithm, &"name".into(), &"HMAC".into())?;
    Reflect::set(&algorithm, &"hash".into(), &"SHA-256".into())?;
    let raw = Uint8Array::from(key);
    let usages = js_sys::Array::of1(&"sign".into());
    let key = subtle.import_key_with_object("raw", &raw, &algorithm, false, &usages)?;
    let key: CryptoKey = JsFuture::from(key).await?.dyn_into()?;
    let signed = subtle.sign_with_str_and_u8_array("HMAC", &key, body.as_bytes())?;
    let mac = Uint8Array::new(&JsFuture::from(signed).await?).to_vec();
    Ok(mac.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    let bytes = digits.chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(high * 16 + low).ok(),
        _ => None,
    });
    bytes.collect()
}
