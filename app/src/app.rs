//! The root component: contexts and every route of the interface.

use crate::components::icon::Sprite;
use crate::pages::lazy::{
    AccountRoute, BoardsRoute, CalculationRoute, CardRoute, CardsRoute, ContestRoute,
    ContestsRoute, DeskRoute, HelpRoute, HomeRoute, HostRoute, ImportRoute, NewContestRoute,
    PrintRoute, RosterRoute, ScreenRoute, SeatListRoute, SeatsRoute, SettingsRoute, SignInRoute,
};
use crate::pages::missing::Missing;
use crate::pages::seat::{Entry, JudgeList, Records, Review};
use crate::pattern::Pattern;
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{Lazy, SsrMode};

/// The server waits for a page's data, so that the page is whole without script.
const ASYNC: SsrMode = SsrMode::Async;

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let name = text::app_name(lang());
    view! {
        <Title formatter=move |title: String| {
            if title.is_empty() || title == name {
                name.to_owned()
            } else {
                format!("{title} · {name}")
            }
        } />
        <Sprite />
        <a class="skip" href="#main">{text::app_skip(lang())}</a>
        <Pages />
    }
}

#[component]
fn Pages() -> impl IntoView {
    view! {
        <Router>
            <FlatRoutes fallback=|| view! { <Missing /> }.into_any()>
                // Anybody.
                <Route path=Pattern("/") view={lazy::<HomeRoute>()} ssr=ASYNC />
                <Route path=Pattern("/boards") view={lazy::<BoardsRoute>()} ssr=ASYNC />
                <Route path=Pattern("/contests/:id") view={lazy::<ContestRoute>()} ssr=ASYNC />
                <Route path=Pattern("/screen/:id") view={lazy::<ScreenRoute>()} ssr=ASYNC />
                <Route path=Pattern("/help/install") view={lazy::<HelpRoute>()} ssr=ASYNC />
                <Route path=Pattern("/prefs") view={lazy::<SettingsRoute>()} ssr=ASYNC />
                // Seats: the shell answers, the server renders none of them.
                <Route path=Pattern("/card") view={lazy::<CardRoute>()} ssr=ASYNC />
                <Route path=Pattern("/seat") view={lazy::<SeatListRoute>()} ssr=ASYNC />
                <Route path=Pattern("/seat/:seat") view=JudgeList ssr=ASYNC />
                <Route path=Pattern("/seat/:seat/records") view=Records ssr=ASYNC />
                <Route path=Pattern("/seat/:seat/entry/:entry") view=Entry ssr=ASYNC />
                <Route path=Pattern("/seat/:seat/entry/:entry/review") view=Review ssr=ASYNC />
                // The host: from the shell as well.
                <Route path=Pattern("/host/:id") view={lazy::<HostRoute>()} ssr=ASYNC />
                // The organiser.
                <Route path=Pattern("/admin/sign-in") view={lazy::<SignInRoute>()} ssr=ASYNC />
                <Route path=Pattern("/admin/account") view={lazy::<AccountRoute>()} ssr=ASYNC />
                <Route path=Pattern("/admin") view={lazy::<ContestsRoute>()} ssr=ASYNC />
                <Route
                    path=Pattern("/admin/contests/new")
                    view={lazy::<NewContestRoute>()}
                    ssr=ASYNC
                />
                <Route path=Pattern("/admin/contests/:id") view={lazy::<DeskRoute>()} ssr=ASYNC />
                <Route
                    path=Pattern("/admin/contests/:id/seats")
                    view={lazy::<SeatsRoute>()}
                    ssr=ASYNC
                />
                <Route
                    path=Pattern("/admin/contests/:id/cards")
                    view={lazy::<CardsRoute>()}
                    ssr=ASYNC
                />
                <Route
                    path=Pattern("/admin/contests/:id/calculation")
                    view={lazy::<CalculationRoute>()}
                    ssr=ASYNC
                />
                <Route
                    path=Pattern("/admin/contests/:id/print")
                    view={lazy::<PrintRoute>()}
                    ssr=ASYNC
                />
                <Route path=Pattern("/admin/roster") view={lazy::<RosterRoute>()} ssr=ASYNC />
                <Route
                    path=Pattern("/admin/roster/import/:upload")
                    view={lazy::<ImportRoute>()}
                    ssr=ASYNC
                />
            </FlatRoutes>
        </Router>
    }
}

fn lazy<T>() -> Lazy<T> {
    Lazy::new()
}
