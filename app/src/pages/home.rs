//! 擂台: the contests of the county.

use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;

#[component]
pub fn Home() -> impl IntoView {
    view! { <main id="main"><h1>{text::app_tab_contests(lang())}</h1></main> }
}
