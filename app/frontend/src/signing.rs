//! HMAC-SHA-256 by WebCrypto over an op's exact bytes, so that whoever carries it cannot change it.

use js_sys::{Object, Reflect, Uint8Array};
use leptos::prelude::window;
use sync::protocol::SeatKey;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

/// A seat's key, ready to sign with.
#[derive(Clone)]
pub struct Signer(CryptoKey);

impl Signer {
    /// `None` where the browser has no WebCrypto or the key is no key.
    pub async fn new(key: &SeatKey) -> Option<Self> {
        import(&from_hex(&key.0)?).await.ok().map(Self)
    }

    /// The MAC of `body` in hex.
    pub async fn mac(&self, body: &str) -> Option<String> {
        sign(&self.0, body).await.ok()
    }
}

async fn import(key: &[u8]) -> Result<CryptoKey, JsValue> {
    let algorithm = Object::new();
    Reflect::set(&algorithm, &"name".into(), &"HMAC".into())?;
    Reflect::set(&algorithm, &"hash".into(), &"SHA-256".into())?;
    let raw = Uint8Array::from(key);
    let usages = js_sys::Array::of1(&"sign".into());
    let subtle = window().crypto()?.subtle();
    let key = subtle.import_key_with_object("raw", &raw, &algorithm, false, &usages)?;
    JsFuture::from(key).await?.dyn_into()
}

async fn sign(key: &CryptoKey, body: &str) -> Result<String, JsValue> {
    let subtle = window().crypto()?.subtle();
    let signed = subtle.sign_with_str_and_u8_array("HMAC", key, body.as_bytes())?;
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
