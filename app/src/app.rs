//! The root component: contexts and every route of the interface.

use crate::components::icon::Sprite;
use crate::pages::lazy::{Public, Staff};
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
        <a class="skip" href="#main">{text::app_skip(lang())}</a>
        <Router>
            <FlatRoutes fallback=|| view! { <Missing /> }.into_any()>
                // Anybody.
                <Route path=path!("/") view=Public::Home ssr=SsrMode::Async />
                <Route path=path!("/boards") view=Public::Boards ssr=SsrMode::Async />
                <Route path=path!("/contests/:id") view=Public::Contest ssr=SsrMode::Async />
                <Route path=path!("/screen/:id") view=Public::Screen ssr=SsrMode::Async />
                <Route path=path!("/help/install") view=Public::InstallHelp ssr=SsrMode::Async />
                <Route path=path!("/prefs") view=Public::Settings ssr=SsrMode::Async />
                // Seats: the shell answers, the server renders none of them.
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
                // The organiser.
                <Route path=path!("/admin/sign-in") view=Staff::SignIn ssr=SsrMode::Async />
                <Route path=path!("/admin/account") view=Staff::Account ssr=SsrMode::Async />
                <Route path=path!("/admin") view=Staff::Contests ssr=SsrMode::Async />
                <Route path=path!("/admin/contests/new") view=Staff::NewContest ssr=SsrMode::Async />
                <Route path=path!("/admin/contests/:id") view=Staff::Desk ssr=SsrMode::Async />
                <Route path=path!("/admin/contests/:id/seats") view=Staff::SeatBoard ssr=SsrMode::Async />
                <Route path=path!("/admin/contests/:id/cards") view=Staff::Cards ssr=SsrMode::Async />
                <Route
                    path=path!("/admin/contests/:id/calculation")
                    view=Staff::Calculation
                    ssr=SsrMode::Async
                />
                <Route path=path!("/admin/contests/:id/print") view=Staff::PrintSheets ssr=SsrMode::Async />
                <Route path=path!("/admin/roster") view=Staff::Roster ssr=SsrMode::Async />
                <Route path=path!("/admin/roster/import/:upload") view=Staff::Import ssr=SsrMode::Async />
            </FlatRoutes>
        </Router>
    }
}
