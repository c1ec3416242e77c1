//! The root component: contexts and every route of the interface.

use crate::components::icon::Sprite;
use crate::pages::lazy::Page::{Claim, Host, Pad, Public, Staff};
use crate::pages::lazy::StaffPage::{
    Account, CalculationPage, CardsPage, Contests, Desk, Import, MonthPage, Months, NewContestPage,
    PrintSheets, Roster, SeatBoard, SignIn, SlipPrint, SlipSheet, Slips,
};
use crate::pages::lazy::{ClaimPage, HostPage, PadPage, PublicPage};
use crate::pages::missing::Missing;
use crate::pattern::Pattern;
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::SsrMode;
use leptos_router::components::{FlatRoutes, Route, Router};

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
        <Router>
            <Pages />
        </Router>
    }
}

#[component]
fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=|| view! { <Missing /> }.into_any()>
            // Anybody.
            <Route path=Pattern("/") view=Public(PublicPage::Home) ssr=ASYNC />
            <Route path=Pattern("/boards") view=Public(PublicPage::Boards) ssr=ASYNC />
            <Route path=Pattern("/contests/:id") view=Public(PublicPage::Contest) ssr=ASYNC />
            <Route path=Pattern("/screen/:id") view=Public(PublicPage::Screen) ssr=ASYNC />
            <Route
                path=Pattern("/months/:season/:period")
                view=Public(PublicPage::Month)
                ssr=ASYNC
            />
            <Route path=Pattern("/units") view=Public(PublicPage::Units) ssr=ASYNC />
            <Route path=Pattern("/units/:unit") view=Public(PublicPage::Unit) ssr=ASYNC />
            <Route path=Pattern("/help/install") view=Public(PublicPage::InstallHelp) ssr=ASYNC />
            <Route path=Pattern("/prefs") view=Public(PublicPage::Settings) ssr=ASYNC />
            // Seats: the shell answers, the server renders none of them.
            <Route path=Pattern("/card") view=Claim(ClaimPage::Card) ssr=ASYNC />
            <Route path=Pattern("/seat") view=Claim(ClaimPage::Seats) ssr=ASYNC />
            <Route path=Pattern("/seat/:seat") view=Pad(PadPage::JudgeList) ssr=ASYNC />
            <Route path=Pattern("/seat/:seat/records") view=Pad(PadPage::Records) ssr=ASYNC />
            <Route path=Pattern("/seat/:seat/entry/:entry") view=Pad(PadPage::Entry) ssr=ASYNC />
            <Route
                path=Pattern("/seat/:seat/entry/:entry/review")
                view=Pad(PadPage::Review)
                ssr=ASYNC
            />
            // The host: from the shell as well.
            <Route path=Pattern("/host/:id") view=Host(HostPage::HostDesk) ssr=ASYNC />
            // The organiser.
            <Route path=Pattern("/admin/sign-in") view=Staff(SignIn) ssr=ASYNC />
            <Route path=Pattern("/admin/account") view=Staff(Account) ssr=ASYNC />
            <Route path=Pattern("/admin") view=Staff(Contests) ssr=ASYNC />
            <Route path=Pattern("/admin/contests/new") view=Staff(NewContestPage) ssr=ASYNC />
            <Route path=Pattern("/admin/contests/:id") view=Staff(Desk) ssr=ASYNC />
            <Route path=Pattern("/admin/contests/:id/seats") view=Staff(SeatBoard) ssr=ASYNC />
            <Route path=Pattern("/admin/contests/:id/cards") view=Staff(CardsPage) ssr=ASYNC />
            <Route
                path=Pattern("/admin/contests/:id/calculation")
                view=Staff(CalculationPage)
                ssr=ASYNC
            />
            <Route path=Pattern("/admin/contests/:id/print") view=Staff(PrintSheets) ssr=ASYNC />
            <Route path=Pattern("/admin/months") view=Staff(Months) ssr=ASYNC />
            <Route path=Pattern("/admin/months/:season/:period") view=Staff(MonthPage) ssr=ASYNC />
            <Route path=Pattern("/admin/slips") view=Staff(Slips) ssr=ASYNC />
            <Route path=Pattern("/admin/slips/:slip") view=Staff(SlipSheet) ssr=ASYNC />
            <Route path=Pattern("/admin/slips/:slip/print") view=Staff(SlipPrint) ssr=ASYNC />
            <Route path=Pattern("/admin/roster") view=Staff(Roster) ssr=ASYNC />
            <Route path=Pattern("/admin/roster/import/:upload") view=Staff(Import) ssr=ASYNC />
        </FlatRoutes>
    }
}
