//! How an answer travels inside a rendered page: JSON, read by the very function that reads an
//! answer of the server, so that the browser carries the reading code of each type once.

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
