//! 督办: what posted months propose and what was issued of it (GY-18, GY-19), by state, with the
//! counts of each unit; and one document with everything that happened to it.

mod deadline;
mod decide;
pub mod paper;
mod print;
mod sheet;
mod units;

pub use deadline::{Tag, deadline_tag, slip_tag};
pub use decide::reason;
pub use print::SlipPrint;
pub use sheet::SlipSheet;

use self::deadline::due_tag;
use crate::api::ladder::{command_slip, load_slips};
use crate::backend::{SlipCommand, SlipRow, SlipsPage};
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::components::state::Empty;
use crate::pages::admin::acts::{Acts, AskDialog};
use crate::pages::admin::nav::{County, county_links};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::{SeasonId, SlipId};
use domain::month::charter::{Colour, Document};
use domain::month::slip::SlipState;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

#[component]
pub fn Slips() -> impl IntoView {
    let lang = lang();
    let acts = acts();
    // The links of the page change what it shows without building it anew.
    let query = use_query_map();
    let asked = Memo::new(move |_| asked(&query.read()));
    let again = RwSignal::new(0_u64);
    Effect::new(move |last: Option<()>| {
        asked.track();
        acts.done.track();
        if last.is_some() {
            again.update(|again| *again += 1);
        }
    });
    let content = current(
        move || {
            let (season, state) = asked.get_untracked();
            load_slips(season, state)
        },
        again.into(),
        RwSignal::new(false),
        move |page| view! { {move || page.with(|page| list(lang, page, acts))} }.into_any(),
    );
    view! {
        <StaffPage title=text::slip_title(lang) links=county_links(County::Slips)>
            <main id="main">{content}</main>
            <AskDialog acts />
        </StaffPage>
    }
    .into_any()
}

fn acts() -> Acts<SlipCommand> {
    Acts::over(|command| Box::pin(command_slip(command)))
}

/// The season and the state that the address asks for.
fn asked(query: &leptos_router::params::ParamsMap) -> (Option<SeasonId>, SlipState) {
    let season = query.get("season").and_then(|id| id.parse().ok());
    let state = query.get("state");
    let state = state.and_then(|word| SlipState::from_word(&word));
    (season, state.unwrap_or_default())
}

/// The document that the address names.
fn slip_param() -> Option<SlipId> {
    use_params_map().with_untracked(|params| params.get("slip")?.parse().ok())
}

fn list(lang: Lang, page: &SlipsPage, acts: Acts<SlipCommand>) -> AnyView {
    let Some(season) = &page.season else {
        let body = text::slip_empty_season(lang);
        return view! { <Empty icon="slip" title=text::slip_empty(lang) body /> }.into_any();
    };
    let rows: Vec<_> = page
        .rows
        .iter()
        .map(|one| row(lang, one, page, acts))
        .collect();
    let rows = if rows.is_empty() {
        let body = match page.state {
            SlipState::Proposed => text::slip_empty_proposed(lang),
            _ => text::slip_empty_other(lang),
        };
        view! { <Empty icon="slip" title=text::slip_empty(lang) body /> }.into_any()
    } else {
        view! { <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section> }
            .into_any()
    };
    view! {
        {seasons(lang, page)}
        <div class="head">
            <h2>{text::slip_heading(lang)}</h2>
            <span class="sub">{text::slip_intro(lang)}</span>
        </div>
        {states(lang, page, season.id)}
        {rows}
        {units::units(lang, page)}
    }
    .into_any()
}

/// Only where there is a choice.
fn seasons(lang: Lang, page: &SlipsPage) -> AnyView {
    if page.seasons.len() < 2 {
        return ().into_any();
    }
    let link = |season: &crate::backend::SeasonName| {
        let current = (page.season.as_ref() == Some(season)).then_some("page");
        let href = paths::slips(season.id, page.state);
        view! { <a href=href aria-current=current>{season.name.clone()}</a> }
    };
    let links: Vec<_> = page.seasons.iter().map(link).collect();
    view! { <nav class="chips" aria-label=text::slip_seasons(lang)>{links}</nav> }.into_any()
}

fn states(lang: Lang, page: &SlipsPage, season: SeasonId) -> AnyView {
    let link = |(state, count): (SlipState, &u32)| {
        let current = (page.state == state).then_some("page");
        let words = text::slip_chip(lang, *count, state_word(lang, state));
        view! { <a href=paths::slips(season, state) aria-current=current>{words}</a> }
    };
    let links: Vec<_> = SlipState::ALL
        .into_iter()
        .zip(&page.counts)
        .map(link)
        .collect();
    view! { <nav class="chips" aria-label=text::slip_filter(lang)>{links}</nav> }.into_any()
}

/// A proposal with its two acts, or a document as a link.
fn row(lang: Lang, row: &SlipRow, page: &SlipsPage, acts: Acts<SlipCommand>) -> AnyView {
    let icon = match row.document {
        Document::Slip => "slip",
        Document::Talk => "note",
    };
    let name = match row.number {
        Some(_) => format!("{} {}", row.unit_name, number(lang, row)),
        None => row.unit_name.clone(),
    };
    // The reason of a document says what it rests on.
    let basis = row.slip.is_none().then(|| {
        view! { <span class="row-text">{basis(lang, row)}</span> }
    });
    let reason = (!row.reason.is_empty()).then(|| {
        view! { <span class="row-text">{row.reason.clone()}</span> }
    });
    let content = view! {
        <span class="row-no"><Icon name=icon /></span>
        <span class="row-main">
            <span class="row-name">{name}</span>
            {basis}
            {reason}
            {last_day(lang, row, &page.today)}
            {marks(lang, row)}
        </span>
        {document(row)}
    };
    match row.slip {
        Some(slip) => view! {
            <li><a class="row" href=paths::slip(slip)>{content}</a></li>
        }
        .into_any(),
        None => view! {
            <li class="row">{content} {decide::acts(lang, row, page, acts)}</li>
        }
        .into_any(),
    }
}

/// 提醒单〔2026〕3号.
pub fn number(lang: Lang, row: &SlipRow) -> String {
    let rule = row.matter.rule.clone();
    row.number.map_or_else(String::new, |number| {
        text::slip_number(lang, number.number, rule, number.year)
    })
}

/// Where the unit stood in the month.
fn place(lang: Lang, row: &SlipRow) -> String {
    let (month, group) = (format::month(lang, row.matter.period), row.group.clone());
    match row.rank {
        Some(rank) => text::slip_place(lang, group, month, row.of_units, rank),
        None => text::slip_no_place(lang, group, month),
    }
}

/// What a proposal rests on, in one line. One of a named item may be of a unit that is not behind.
fn basis(lang: Lang, row: &SlipRow) -> String {
    let about = (!row.indicator.is_empty()).then(|| text::slip_about(lang, row.indicator.clone()));
    let parts = [
        Some(place(lang, row)),
        (0 < row.behind).then(|| text::slip_behind(lang, row.behind)),
        about,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(text::home_comma(lang))
}

fn marks(lang: Lang, row: &SlipRow) -> AnyView {
    let tag = |tone: &'static str, words: &'static str| {
        view! { <span class="tag" data-tone=tone>{words}</span> }
    };
    let late = (row.is_late && row.slip.is_none()).then(|| tag("wait", text::slip_late(lang)));
    let corrected = row
        .is_corrected
        .then(|| tag("alarm", text::slip_corrected(lang)));
    view! { <span class="cluster">{late} {corrected}</span> }.into_any()
}

/// Which document is proposed.
fn document(row: &SlipRow) -> Option<AnyView> {
    let tone = match row.colour {
        Some(Colour::Red) => Some("solid"),
        Some(Colour::Orange | Colour::Yellow) => Some("wait"),
        Some(Colour::Blue) | None => None,
    };
    let rule = row.matter.rule.clone();
    let tag = view! { <span class="row-end"><span class="tag" data-tone=tone>{rule}</span></span> };
    row.slip.is_none().then(|| tag.into_any())
}

/// Until when a reply is wanted, and how near that is.
fn last_day(lang: Lang, row: &SlipRow, today: &str) -> Option<AnyView> {
    if row.due.is_empty() || row.state == SlipState::Closed {
        return None;
    }
    let near = due_tag(lang, row.state, &row.due, today)
        .map(|(tone, word)| view! { <span class="tag" data-tone=tone>{word}</span> });
    let due = text::slip_due(lang, format::day(lang, &row.due));
    let view = view! { <span class="row-text">{near} " " {due}</span> };
    Some(view.into_any())
}

pub fn state_word(lang: Lang, state: SlipState) -> &'static str {
    match state {
        SlipState::Proposed => text::slip_state_proposed(lang),
        SlipState::Issued => text::slip_state_issued(lang),
        SlipState::Overdue => text::slip_state_overdue(lang),
        SlipState::Replied => text::slip_state_replied(lang),
        SlipState::Closed => text::slip_state_closed(lang),
        SlipState::SetAside => text::slip_state_set_aside(lang),
    }
}
