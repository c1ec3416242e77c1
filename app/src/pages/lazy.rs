//! The pages that a judge does not score on: what anybody may see, what the organiser works with,
//! the host's, and how a seat is claimed. Each of the four is a module of its own that the browser
//! loads with the first such page, so that a phone in use carries the pad and nothing else.

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
use crate::pages::host::HostDesk;
use crate::pages::screen::Screen;
use crate::pages::seat::{Card, Seats};
use crate::pages::settings::Settings;
use leptos::prelude::*;
use leptos_router::LazyRoute;

/// Pages that are one module: an enum of them, the function that is loaded, and a route for each.
macro_rules! module {
    ($load:ident($pages:ident): $($route:ident => $page:ident),* $(,)?) => {
        #[derive(Clone, Copy)]
        enum $pages {
            $($page,)*
        }

        #[lazy]
        fn $load(page: $pages) -> AnyView {
            match page {
                $($pages::$page => view! { <$page /> }.into_any(),)*
            }
        }

        $(
            pub struct $route;

            impl LazyRoute for $route {
                fn data() -> Self {
                    Self
                }

                async fn view(_this: Self) -> AnyView {
                    $load($pages::$page).await
                }
            }
        )*
    };
}

module! {
    public_page(PublicPages):
    HomeRoute => Home,
    BoardsRoute => Boards,
    ContestRoute => Contest,
    ScreenRoute => Screen,
    HelpRoute => InstallHelp,
    SettingsRoute => Settings,
}

module! {
    claim_page(ClaimPages):
    CardRoute => Card,
    SeatListRoute => Seats,
}

module! {
    host_page(HostPages):
    HostRoute => HostDesk,
}

module! {
    staff_page(StaffPages):
    SignInRoute => SignIn,
    AccountRoute => Account,
    ContestsRoute => Contests,
    NewContestRoute => NewContestPage,
    DeskRoute => Desk,
    SeatsRoute => SeatBoard,
    CardsRoute => CardsPage,
    CalculationRoute => CalculationPage,
    PrintRoute => PrintSheets,
    RosterRoute => Roster,
    ImportRoute => Import,
}
