//! The root component: contexts and every route of the interface.

use crate::components::icon::Sprite;
use crate::pages::lazy::Page::{Claim, Field, Host, Pad, Public, Staff};
use crate::pages::lazy::StaffPage::{
    Account, BulletinPage, CalculationPage, Calendar, CardsPage, Contests, Desk, DutySheetPage,
    Import, Leaders, Links, MonthPage, Months, NewContestPage, Pledges, PrintSheets, Roster, Rules,
    SeatBoard, SignIn, SlipPrint, SlipSheet, Slips, Work,
};
use crate::pages::lazy::{ClaimPage, FieldPage, HostPage, PadPage, PublicPage};
use crate::pages::missing::Missing;
use crate::pattern::{Address, Addresses};
use crate::prefs::lang;
use crate::text;
use leptos::children::ToChildren;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, FlatRoutesProps, Router};

/// Every address of the interface, and what it shows. The first that fits is taken.
pub const ADDRESSES: &[Address] = &[
    // Anybody.
    ("/", Public(PublicPage::Home)),
    ("/boards", Public(PublicPage::Boards)),
    ("/contests/:id", Public(PublicPage::Contest)),
    ("/screen/:id", Public(PublicPage::Screen)),
    ("/months/:season/:period", Public(PublicPage::Month)),
    (
        "/months/:season/:period/:sheet",
        Public(PublicPage::MonthSheet),
    ),
    (
        "/screen/months/:season/:period",
        Public(PublicPage::MonthScreen),
    ),
    ("/units", Public(PublicPage::Units)),
    ("/units/:unit", Public(PublicPage::Unit)),
    ("/help/install", Public(PublicPage::InstallHelp)),
    ("/prefs", Public(PublicPage::Settings)),
    // Seats: the shell answers, the server renders none of them.
    ("/card", Claim(ClaimPage::Card)),
    ("/seat", Claim(ClaimPage::Seats)),
    ("/seat/:seat", Pad(PadPage::JudgeList)),
    ("/seat/:seat/records", Pad(PadPage::Records)),
    ("/seat/:seat/entry/:entry", Pad(PadPage::Entry)),
    ("/seat/:seat/entry/:entry/review", Pad(PadPage::Review)),
    // The host: from the shell as well.
    ("/host/:id", Host(HostPage::HostDesk)),
    // Inspectors and units: likewise.
    ("/field/:seat", Field(FieldPage::Field)),
    // The organiser.
    ("/admin/sign-in", Staff(SignIn)),
    ("/admin/account", Staff(Account)),
    ("/admin", Staff(Contests)),
    ("/admin/contests/new", Staff(NewContestPage)),
    ("/admin/contests/:id", Staff(Desk)),
    ("/admin/contests/:id/seats", Staff(SeatBoard)),
    ("/admin/contests/:id/cards", Staff(CardsPage)),
    ("/admin/contests/:id/calculation", Staff(CalculationPage)),
    ("/admin/contests/:id/print", Staff(PrintSheets)),
    ("/admin/months", Staff(Months)),
    ("/admin/months/:season/:period", Staff(MonthPage)),
    ("/admin/months/:season/:period/print", Staff(BulletinPage)),
    ("/admin/links/:season", Staff(Links)),
    ("/admin/leaders/:season", Staff(Leaders)),
    ("/admin/pledges/:season", Staff(Pledges)),
    ("/admin/rules/:season", Staff(Rules)),
    ("/admin/work/:season", Staff(Work)),
    ("/admin/calendar/:season", Staff(Calendar)),
    (
        "/admin/calendar/:season/:output/:from/:to",
        Staff(DutySheetPage),
    ),
    ("/admin/slips", Staff(Slips)),
    ("/admin/slips/:slip", Staff(SlipSheet)),
    ("/admin/slips/:slip/print", Staff(SlipPrint)),
    ("/admin/roster", Staff(Roster)),
    ("/admin/roster/import/:upload", Staff(Import)),
];

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
    let fallback = || view! { <Missing /> }.into_any();
    let addresses = Addresses::new(ADDRESSES);
    FlatRoutes(
        FlatRoutesProps::builder()
            .fallback(fallback)
            .children(ToChildren::to_children(move || addresses))
            .build(),
    )
}
