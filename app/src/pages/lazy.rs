//! The pages that a judge does not score on: what anybody may see, what the organiser works
//! with, the host's, an inspector's, and how a seat is claimed. Each of the five is a module of
//! its own that the browser loads with the first such page, so that a phone in use carries the
//! pad and nothing else.

use crate::pages::admin::account::Account;
use crate::pages::admin::calculation::CalculationPage;
use crate::pages::admin::calendar::{Calendar, DutySheetPage};
use crate::pages::admin::cards::CardsPage;
use crate::pages::admin::contests::Contests;
use crate::pages::admin::desk::Desk;
use crate::pages::admin::import::Import;
use crate::pages::admin::leaders::Leaders;
use crate::pages::admin::links::Links;
use crate::pages::admin::month::{BulletinPage, MonthPage};
use crate::pages::admin::months::Months;
use crate::pages::admin::new_contest::NewContestPage;
use crate::pages::admin::pledges::Pledges;
use crate::pages::admin::print::PrintSheets;
use crate::pages::admin::roster::Roster;
use crate::pages::admin::rules::Rules;
use crate::pages::admin::seats::SeatBoard;
use crate::pages::admin::sign_in::SignIn;
use crate::pages::admin::slips::{SlipPrint, SlipSheet, Slips};
use crate::pages::admin::work::Work;
use crate::pages::boards::Boards;
use crate::pages::contest::Contest;
use crate::pages::field::Field;
use crate::pages::help::InstallHelp;
use crate::pages::home::Home;
use crate::pages::host::HostDesk;
use crate::pages::month::{Month, MonthScreen, MonthSheet};
use crate::pages::screen::Screen;
use crate::pages::seat::{Card, Entry, JudgeList, Records, Review, Seats};
use crate::pages::settings::Settings;
use crate::pages::unit::Unit;
use crate::pages::units::Units;
use leptos::prelude::*;
use leptos_router::ChooseView;

/// What a route shows. All routes have this one type, and so one copy of the router's code.
#[derive(Clone, Copy)]
pub enum Page {
    Public(PublicPage),
    Claim(ClaimPage),
    Host(HostPage),
    Field(FieldPage),
    Staff(StaffPage),
    /// The pad itself, which is there from the start.
    Pad(PadPage),
}

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        match self {
            Self::Public(page) => public_page(page).await,
            Self::Claim(page) => claim_page(page).await,
            Self::Host(page) => host_page(page).await,
            Self::Field(page) => field_page(page).await,
            Self::Staff(page) => staff_page(page).await,
            Self::Pad(page) => page.view(),
        }
    }

    async fn preload(&self) {}
}

/// Pages that are one module: an enum of them, and the function that is loaded to show one.
macro_rules! module {
    ($load:ident($pages:ident): $($page:ident),* $(,)?) => {
        #[derive(Clone, Copy)]
        pub enum $pages {
            $($page,)*
        }

        #[lazy]
        fn $load(page: $pages) -> AnyView {
            match page {
                $($pages::$page => view! { <$page /> }.into_any(),)*
            }
        }
    };
}

module! {
    public_page(PublicPage):
    Home, Boards, Contest, Screen, InstallHelp, Settings, Month, MonthSheet, MonthScreen,
    Units, Unit,
}

module! {
    claim_page(ClaimPage):
    Card, Seats,
}

module! {
    host_page(HostPage):
    HostDesk,
}

module! {
    field_page(FieldPage):
    Field,
}

module! {
    staff_page(StaffPage):
    SignIn, Account, Contests, NewContestPage, Desk, SeatBoard, CardsPage, CalculationPage,
    PrintSheets, Roster, Import, Months, MonthPage, BulletinPage, Links, Calendar, DutySheetPage,
    Slips, SlipSheet, SlipPrint, Rules, Leaders, Pledges, Work,
}

#[derive(Clone, Copy)]
pub enum PadPage {
    JudgeList,
    Records,
    Entry,
    Review,
}

impl PadPage {
    fn view(self) -> AnyView {
        match self {
            Self::JudgeList => view! { <JudgeList /> }.into_any(),
            Self::Records => view! { <Records /> }.into_any(),
            Self::Entry => view! { <Entry /> }.into_any(),
            Self::Review => view! { <Review /> }.into_any(),
        }
    }
}
