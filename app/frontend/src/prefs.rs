//! The reader's choices in cookies, as the server reads them, and on the document at once.

use crate::browser;
use app::prefs::{LANG_COOKIE, Prefs, PrefsPort, SCALE_COOKIE, Scale};
use app::text::Lang;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The choices as the document shows them, so that the first render is the server's.
pub fn provide() {
    provide_context(Prefs {
        lang: Lang::from_tag(&browser::root_attribute("lang").unwrap_or_default()),
        scale: Scale::from_name(&browser::root_attribute("data-type").unwrap_or_default()),
    });
    provide_context(PrefsPort {
        set_scale: Callback::new(set_scale),
        set_lang: Callback::new(|lang: Lang| {
            keep(LANG_COOKIE, lang.tag());
            let _ = window().location().reload();
        }),
    });
}

fn set_scale(scale: Scale) {
    keep(SCALE_COOKIE, scale.name());
    let Some(root) = document().document_element() else {
        return;
    };
    let _ = match scale {
        Scale::Standard => root.remove_attribute("data-type"),
        Scale::Large | Scale::ExtraLarge => root.set_attribute("data-type", scale.name()),
    };
}

/// For a year.
fn keep(name: &str, value: &str) {
    let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax");
    if let Ok(document) = document().dyn_into::<web_sys::HtmlDocument>() {
        let _ = document.set_cookie(&cookie);
    }
}
