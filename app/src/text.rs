//! Every sentence a person reads, in Chinese and in English. The functions are generated from
//! `text/zh-CN.toml` and `text/en.toml`, one for each key: `text::pad_total(lang)`.

use serde::{Deserialize, Serialize};

/// The languages of the interface. Chinese is the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    /// The value of the `lang` attribute and of the cookie.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// Reads a tag such as `en`, `en-GB` or `zh-CN`; anything else is Chinese.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        if tag.starts_with("en") {
            Self::En
        } else {
            Self::Zh
        }
    }
}

include!(concat!(env!("OUT_DIR"), "/text.rs"));
