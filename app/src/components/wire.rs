//! How an answer travels inside a rendered page: JSON, read by the very function that reads an
//! answer of the server, so that the browser carries the reading code of each type once. From it
//! the browser builds the page again, without asking twice and without a network.

use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::{Bytes, Decodes, Encodes};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub struct Wire;

impl<T: Serialize> Encoder<T> for Wire {
    type Error = String;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, String> {
        let bytes = JsonEncoding::encode(value).map_err(|error| error.to_string())?;
        String::from_utf8(bytes.into()).map_err(|error| error.to_string())
    }
}

impl<T: DeserializeOwned> Decoder<T> for Wire {
    type Error = String;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, String> {
        let bytes = Bytes::copy_from_slice(text.as_bytes());
        let value: Result<T, <JsonEncoding as Decodes<T>>::Error> = JsonEncoding::decode(bytes);
        value.map_err(|error| error.to_string())
    }
}

/// Takes the answer out of the HTML, as [`Wire`] wrote it; there is one, for the page that the
/// document came with. The browser provides this.
#[derive(Clone)]
pub struct CarriedPort(pub Callback<(), Option<String>>);

/// What came with the HTML, to whoever asks first.
#[must_use]
pub fn carried<T: DeserializeOwned>() -> Option<T> {
    let CarriedPort(take) = use_context()?;
    Wire::decode(&take.run(())?).ok()
}
