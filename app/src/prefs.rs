//! What a reader chose for this device: the language and the type scale. Both live in cookies, so
//! that the server's first paint and the browser's agree.

use crate::text::Lang;
use leptos::prelude::*;

pub const LANG_COOKIE: &str = "lang";
pub const SCALE_COOKIE: &str = "scale";
/// The unit that this device shows first. It stays on the device and is counted nowhere.
pub const UNIT_COOKIE: &str = "unit";

/// The type scales 标准, 大字 and 特大; the value of `data-type` on `<html>`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    #[default]
    Standard,
    Large,
    ExtraLarge,
}

impl Scale {
    pub const ALL: [Self; 3] = [Self::Standard, Self::Large, Self::ExtraLarge];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "std",
            Self::Large => "lg",
            Self::ExtraLarge => "xl",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|scale| scale.name() == name)
            .unwrap_or_default()
    }
}

/// The reader's choices, provided by the server from the request and by the browser from the
/// document's cookies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prefs {
    pub lang: Lang,
    pub scale: Scale,
}

impl Prefs {
    /// Reads the two cookies from a `Cookie` header or `document.cookie`. Without a language
    /// cookie the first language of `accept_language` decides, and Chinese where that is absent.
    #[must_use]
    pub fn from_cookies(cookies: &str, accept_language: &str) -> Self {
        Self {
            lang: Lang::from_tag(cookie(cookies, LANG_COOKIE).unwrap_or(accept_language)),
            scale: Scale::from_name(cookie(cookies, SCALE_COOKIE).unwrap_or_default()),
        }
    }
}

/// One cookie of a `Cookie` header or of `document.cookie`.
#[must_use]
pub fn cookie<'a>(cookies: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Keeps a choice on this device at once. Provided by the browser; the server has none, and a page
/// that finds none sends a form instead.
#[derive(Clone, Copy)]
pub struct PrefsPort {
    pub set_scale: Callback<Scale>,
    /// Also loads the page anew, for every sentence of it changes.
    pub set_lang: Callback<Lang>,
}

/// The reader's choices; the default where nobody provided any (a test renders without).
#[must_use]
pub fn prefs() -> Prefs {
    use_context::<Prefs>().unwrap_or_default()
}

/// The language of the page.
#[must_use]
pub fn lang() -> Lang {
    prefs().lang
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cookies: &str, accept: &str, expected: (Lang, Scale)) {
        let prefs = Prefs::from_cookies(cookies, accept);
        assert_eq!((prefs.lang, prefs.scale), expected);
    }

    #[test]
    fn the_cookie_decides_before_the_browsers_language() {
        check("scale=xl; lang=en", "zh-CN", (Lang::En, Scale::ExtraLarge));
        check("lang=zh-CN", "en-GB,en", (Lang::Zh, Scale::Standard));
    }

    #[test]
    fn chinese_is_the_language_of_whoever_says_nothing() {
        check("", "", (Lang::Zh, Scale::Standard));
        check("scale=huge", "fr", (Lang::Zh, Scale::Standard));
        check("", "en-GB,en;q=0.9", (Lang::En, Scale::Standard));
    }
}
