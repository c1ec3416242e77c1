//! What the pages of one season have in common: the season of the address, an answer that is read
//! anew after every act, and the dialog in which acts ask.

use crate::components::frame::StaffPage;
use crate::components::loaded::{Answer, current};
use crate::components::state::error_state;
use crate::error::{AppError, Code};
use crate::pages::admin::acts::{Acts, AskDialog};
use crate::pages::admin::nav::{County, back_to_months, county_links};
use crate::prefs::lang;
use crate::text::Lang;
use domain::ids::SeasonId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::future::Future;

/// The page of the season that the address names.
pub fn of_season(page: impl FnOnce(SeasonId) -> AnyView) -> AnyView {
    let season = use_params_map().with_untracked(|params| params.get("season")?.parse().ok());
    match season {
        Some(season) => page(season),
        None => error_state(&AppError::new(Code::NotFound)),
    }
}

/// Loads, shows, and loads again whenever an act went through. Wide is a page whose tables use all
/// of the width.
pub fn season_page<T, C, F, Fut>(
    (title, is_wide): (&'static str, bool),
    acts: Acts<C>,
    load: F,
    show: fn(Lang, &T, Acts<C>) -> AnyView,
) -> AnyView
where
    T: Answer,
    C: 'static,
    F: Fn() -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let lang = lang();
    let again = Signal::derive(move || acts.done.get());
    let content = current(load, again, RwSignal::new(false), move |page| {
        view! { {move || page.with(|page| show(lang, page, acts))} }.into_any()
    });
    let class = is_wide.then_some("wide");
    view! {
        <StaffPage
            title=title
            back=back_to_months()
            links=county_links(County::Months)
        >
            <main id="main" class=class>
                {content}
            </main>
            <AskDialog acts />
        </StaffPage>
    }
    .into_any()
}
