//! The root component: contexts and every route of the interface.

use crate::components::icon::Sprite;
use crate::pages::admin::account::Account;
use crate::pages::admin::calculation::CalculationPage;
use crate::pages::admin::cards::CardsPage;
use crate::pages::admin::contests::Contests;
use crate::pages::admin::desk::Desk;
use crate::pages::admin::import::Import;
use crate::pages::admin::new_contest::NewContestPage;
use crate::pages::admin::print::PrintSheets;
use crate::pages::admin::roster::Roster;
use crate::pages::admin::seats::SeatBoard;
use crate::pages::admin::sign_in::SignIn;
use crate::pages::boards::Boards;
use crate::pages::contest::Contest;
use crate::pages::help::InstallHelp;
use crate::pages::home::Home;
use crate::pages::missing::Missing;
use crate::pages::screen::Screen;
use crate::pages::seat::{Card, Entry, JudgeList, Records, Review, Seats};
use crate::pages::settings::Settings;
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
        <Sprite />
        <a class="skip" href="#main">{text::app_skip(lang())}</a>
        <Router>
            <Routes fallback=|| view! { <Missing /> }.into_any()>
                // Anybody.
                <Route path=path!("/") view=Home ssr=SsrMode::Async />
                <Route path=path!("/boards") view=Boards ssr=SsrMode::Async />
                <Route path=path!("/contests/:id") view=Contest ssr=SsrMode::Async />
                <Route path=path!("/screen/:id") view=Screen ssr=SsrMode::Async />
                <Route path=path!("/help/install") view=InstallHelp ssr=SsrMode::Async />
                <Route path=path!("/prefs") view=Settings ssr=SsrMode::Async />
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
                <Route path=path!("/admin/sign-in") view=SignIn ssr=SsrMode::Async />
                <Route path=path!("/admin/account") view=Account ssr=SsrMode::Async />
                <Route path=path!("/admin") view=Contests ssr=SsrMode::Async />
                <Route path=path!("/admin/contests/new") view=NewContestPage ssr=SsrMode::Async />
                <Route path=path!("/admin/contests/:id") view=Desk ssr=SsrMode::Async />
                <Route path=path!("/admin/contests/:id/seats") view=SeatBoard ssr=SsrMode::Async />
                <Route path=path!("/admin/contests/:id/cards") view=CardsPage ssr=SsrMode::Async />
                <Route
                    path=path!("/admin/contests/:id/calculation")
                    view=CalculationPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/admin/contests/:id/print") view=PrintSheets ssr=SsrMode::Async />
                <Route path=path!("/admin/roster") view=Roster ssr=SsrMode::Async />
                <Route path=path!("/admin/roster/import/:upload") view=Import ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
