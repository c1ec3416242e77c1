//! 主控台: the running order, the entry in hand, and what needs a person. While a gate is open the
//! desk sees which seats have sealed, and no mark (R1).

mod attention;
mod controls;
mod deck;
mod held;
mod next;
mod order;
mod unreadable;

use crate::api::desk::load_desk;
use crate::backend::{DeskEntry, DeskPage};
use crate::components::frame::StaffPage;
use crate::components::freshness::Freshness;
use crate::components::loaded::current;
use crate::components::state::error_state;
use crate::error::{AppError, Code};
use crate::live::live;
use crate::pages::admin::acts::{Acts, AskDialog};
use crate::pages::admin::import::import_report;
use crate::pages::admin::nav::{OfContest, back_to_contests, contest_links};
use crate::pages::contest::contest_param;
use crate::prefs::lang;
use crate::text;
use domain::ids::{ContestId, EntryId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sync::protocol::GateStateView;

#[component]
pub fn Desk() -> impl IntoView {
    match contest_param() {
        Some(contest) => desk_page(contest),
        None => error_state(&AppError::new(Code::NotFound)),
    }
}

fn desk_page(contest: ContestId) -> AnyView {
    let lang = lang();
    let acts = Acts::new(contest);
    let fresh = Freshness::of(live(contest));
    let title = RwSignal::new(String::new());
    let content = load_current(contest, acts, fresh, move |page| {
        let name = move || page.with(|page| page.card.title.clone());
        Effect::new(move |_| title.set(name()));
        let chosen = use_query_map();
        let entry = Memo::new(move |_| {
            let wanted = chosen.with(|query| query.get("entry"));
            page.with(|page| entry_in_hand(page, wanted.as_deref()))
        });
        desk(page, entry, acts)
    });
    view! {
        <StaffPage
            title=text::desk_title(lang)
            context=title
            back=back_to_contests()
            kind="desk"
            slip=fresh.slip(acts.again())
            links=contest_links(contest, OfContest::Desk)
        >
            {content}
            <AskDialog acts />
        </StaffPage>
    }
    .into_any()
}

/// Loads the desk's data, and again after every event and every act.
pub fn load_current(
    contest: ContestId,
    acts: Acts,
    fresh: Freshness,
    view: impl Fn(Signal<DeskPage>) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView {
    let again = Signal::derive(move || fresh.seq().wrapping_add(acts.done.get()));
    let followed = move |page: Signal<DeskPage>| {
        Effect::new(move |_| fresh.at.set(Some(page.with(|page| page.server_time))));
        view(page)
    };
    current(move || load_desk(contest), again, fresh.stale, followed)
}

fn desk(page: Signal<DeskPage>, entry: Memo<Option<EntryId>>, acts: Acts) -> AnyView {
    // A file of sheets that was just read is looked at here before it is taken.
    let carried = use_query_map()
        .with_untracked(|query| query.get("import"))
        .map(|upload| view! { <section>{import_report(upload)}</section> });
    view! {
        <main class="desk" id="main" data-cols="3">
            {move || page.with(|page| order::order(page, entry.get(), acts))}
            <section class="deck" aria-label=text::desk_deck(lang())>
                {deck::deck(page, entry, acts)}
            </section>
            <aside class="side-col" aria-label=text::desk_attention(lang())>
                {carried}
                {move || page.with(|page| attention::attention(page, entry.get(), acts))}
            </aside>
        </main>
    }
    .into_any()
}

/// The entry in the middle of the desk: the one that was chosen, else the one whose gate is open,
/// else the next one that has not been, else the first.
fn entry_in_hand(page: &DeskPage, wanted: Option<&str>) -> Option<EntryId> {
    let wanted = wanted.and_then(|id| id.parse::<EntryId>().ok());
    let of = |fits: &dyn Fn(&DeskEntry) -> bool| {
        page.entries
            .iter()
            .find(|entry| fits(entry))
            .map(|entry| entry.id)
    };
    of(&|entry| Some(entry.id) == wanted)
        .or_else(|| of(&|entry| entry.gate.state == GateStateView::Open))
        .or_else(|| of(&|entry| !entry.withdrawn && entry.gate.state == GateStateView::Pending))
        .or_else(|| page.entries.first().map(|entry| entry.id))
}
