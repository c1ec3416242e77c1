//! The root component: contexts and every route of the interface.

use crate::pages::home::Home;
use crate::pages::missing::Missing;
use crate::pages::seat::Seats;
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::SsrMode;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let name = text::app_name(lang());
    view! {
        <Title formatter=move |title: String| {
            if title.is_empty() { name.to_owned() } else { format!("{title} · {name}") }
        } />
        <Router>
            <Routes fallback=|| view! { <Missing /> }.into_any()>
                <Route path=path!("/") view=Home ssr=SsrMode::Async />
                <Route path=path!("/seat") view=Seats ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
