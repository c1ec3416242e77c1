//! The root component: contexts and every route of the interface.

use crate::components::icon::Sprite;
use crate::pages::home::Home;
use crate::pages::missing::Missing;
use crate::pages::seat::{Card, Entry, JudgeList, Records, Review, Seats};
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::SsrMode;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let name = text::app_name(lang());
    view! {
        <Title formatter=move |title: String| {
            if title.is_empty() { name.to_owned() } else { format!("{title} · {name}") }
        } />
        <Sprite />
        <Router>
            <FlatRoutes fallback=|| view! { <Missing /> }.into_any()>
                <Route path=path!("/") view=Home ssr=SsrMode::Async />
                <Route path=path!("/card") view=Card ssr=SsrMode::Async />
                <Route path=path!("/seat") view=Seats ssr=SsrMode::Async />
                <Route path=path!("/seat/:seat") view=JudgeList ssr=SsrMode::Async />
                <Route path=path!("/seat/:seat/records") view=Records ssr=SsrMode::Async />
                <Route path=path!("/seat/:seat/entry/:entry") view=Entry ssr=SsrMode::Async />
                <Route
                    path=path!("/seat/:seat/entry/:entry/review")
                    view=Review
                    ssr=SsrMode::Async
                />
            </FlatRoutes>
        </Router>
    }
}
