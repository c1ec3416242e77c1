//! The page for an address that leads nowhere.

use crate::paths;
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;
use leptos_meta::Title;

/// Sets the status of the answer while the server renders; absent in the browser.
#[derive(Clone)]
pub struct ResponseStatus(pub Callback<http::StatusCode>);

#[component]
pub fn Missing() -> impl IntoView {
    if let Some(ResponseStatus(set)) = use_context() {
        set.run(http::StatusCode::NOT_FOUND);
    }
    let lang = lang();
    view! {
        <Title text=text::missing_title(lang) />
        <main id="main" class="empty">
            <h1>{text::missing_title(lang)}</h1>
            <p>{text::missing_body(lang)}</p>
            <a class="btn" data-kind="main" href=paths::HOME>{text::missing_home(lang)}</a>
        </main>
    }
}
