//! The page for an address that leads nowhere.

use crate::components::frame::PublicPage;
use crate::components::icon::Icon;
use crate::paths;
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;

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
        <PublicPage title=text::missing_title(lang)>
            <section class="sheet empty" data-state="empty">
                <div class="ring" data-tone="off"><Icon name="help" /></div>
                <p><b>{text::missing_title(lang)}</b></p>
                <p class="sub">{text::missing_body(lang)}</p>
                <a class="btn" data-kind="main" href=paths::HOME>{text::missing_home(lang)}</a>
            </section>
        </PublicPage>
    }
    .into_any()
}
