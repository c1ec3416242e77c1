//! Pages that a judge's phone never loads. The pad is in the main module, because it has to work
//! without a network at once; public pages and the organiser's are split into two modules of their
//! own, which the browser fetches when such a page is opened.

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
use crate::pages::screen::Screen;
use crate::pages::settings::Settings;
use leptos::prelude::*;
use leptos_router::ChooseView;

/// Pages that anybody may read.
#[derive(Clone, Copy, Debug)]
pub enum Public {
    Home,
    Boards,
    Contest,
    Screen,
    InstallHelp,
    Settings,
}

/// Pages behind the staff's sign-in.
#[derive(Clone, Copy, Debug)]
pub enum Staff {
    SignIn,
    Account,
    Contests,
    NewContest,
    Desk,
    SeatBoard,
    Cards,
    Calculation,
    PrintSheets,
    Roster,
    Import,
}

impl ChooseView for Public {
    async fn choose(self) -> AnyView {
        public_page(self).await
    }

    async fn preload(&self) {}
}

impl ChooseView for Staff {
    async fn choose(self) -> AnyView {
        staff_page(self).await
    }

    async fn preload(&self) {}
}

#[lazy]
fn public_page(page: Public) -> AnyView {
    match page {
        Public::Home => view! { <Home /> }.into_any(),
        Public::Boards => view! { <Boards /> }.into_any(),
        Public::Contest => view! { <Contest /> }.into_any(),
        Public::Screen => view! { <Screen /> }.into_any(),
        Public::InstallHelp => view! { <InstallHelp /> }.into_any(),
        Public::Settings => view! { <Settings /> }.into_any(),
    }
}

#[lazy]
fn staff_page(page: Staff) -> AnyView {
    match page {
        Staff::SignIn => view! { <SignIn /> }.into_any(),
        Staff::Account => view! { <Account /> }.into_any(),
        Staff::Contests => view! { <Contests /> }.into_any(),
        Staff::NewContest => view! { <NewContestPage /> }.into_any(),
        Staff::Desk => view! { <Desk /> }.into_any(),
        Staff::SeatBoard => view! { <SeatBoard /> }.into_any(),
        Staff::Cards => view! { <CardsPage /> }.into_any(),
        Staff::Calculation => view! { <CalculationPage /> }.into_any(),
        Staff::PrintSheets => view! { <PrintSheets /> }.into_any(),
        Staff::Roster => view! { <Roster /> }.into_any(),
        Staff::Import => view! { <Import /> }.into_any(),
    }
}
