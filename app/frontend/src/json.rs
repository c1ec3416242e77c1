//! JSON, read by way of a tree. The code that takes a type out of a tree is much smaller than the
//! code that takes it out of text, and a pad reads some forty types.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// `None` where the text is no JSON, or is not of this shape.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let tree: Value = serde_json::from_str(text).ok()?;
    T::deserialize(tree).ok()
}

pub fn write<T: Serialize + ?Sized>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}
