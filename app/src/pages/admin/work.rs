//! 清单: what was given out in batches and is struck one by one (WZ-15, WZ-16, GY-7): each batch with
//! its rate, and its items with everything that was said of them.

mod asks;

use crate::api::work::{command_work, load_work};
use crate::backend::{
    Capability, WorkAsked, WorkBatch, WorkCommand, WorkItem, WorkPage, WorkSaid, WorkWord,
};
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::components::state::Empty;
use crate::pages::admin::acts::{Acts, AskDialog, ask_button};
use crate::pages::admin::nav::{County, back_to_months, county_links};
use crate::pages::admin::season_page::of_season;
use crate::pages::admin::slips::{Tag, deadline_tag};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::SeasonId;
use domain::month::deadline::Deadline;
use domain::worklist::{WorkKind, WorkState};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

#[component]
pub fn Work() -> impl IntoView {
    of_season(page)
}

fn page(season: SeasonId) -> AnyView {
    let lang = lang();
    let acts = Acts::over(move |command| Box::pin(command_work(season, command)));
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
        move || load_work(season, asked.get_untracked()),
        again.into(),
        RwSignal::new(false),
        move |page| view! { {move || page.with(|page| work(lang, page, acts))} }.into_any(),
    );
    view! {
        <StaffPage
            title=text::work_title(lang)
            back=back_to_months()
            links=county_links(County::Months)
        >
            <main id="main">{content}</main>
            <AskDialog acts />
        </StaffPage>
    }
    .into_any()
}

/// What the address asks for.
fn asked(query: &ParamsMap) -> WorkAsked {
    let state = query.get("state");
    WorkAsked {
        batch: query.get("batch").filter(|batch| !batch.is_empty()),
        unit: query.get("unit").and_then(|id| id.parse().ok()),
        state: state.and_then(|word| WorkState::from_word(&word)),
        is_overdue: query.get("overdue").is_some(),
    }
}

fn work(lang: Lang, page: &WorkPage, acts: Acts<WorkCommand>) -> AnyView {
    let organises = page.may.contains(&Capability::Organise);
    let add = organises.then(|| ask_button(acts, asks::add(lang, page)));
    let add = add.map(|button| {
        view! {
            <div class="pad-x cluster block-gap">
                {button} <a class="inline" href=paths::ROSTER>{text::work_import(lang)}</a>
            </div>
        }
    });
    if page.batches.is_empty() {
        let body = text::work_empty_text(lang);
        return view! { <Empty icon="check" title=text::work_empty(lang) body /> {add} }.into_any();
    }
    let batches: Vec<_> = page
        .batches
        .iter()
        .map(|one| batch(lang, page, one))
        .collect();
    let items: Vec<_> = page
        .items
        .iter()
        .map(|one| item(lang, page, one, acts))
        .collect();
    let items = match items.is_empty() {
        true => view! { <p class="note pad-x">{text::work_none(lang)}</p> }.into_any(),
        false => {
            view! { <section class="sheet"><ul class="ledger" role="list">{items}</ul></section> }
                .into_any()
        }
    };
    view! {
        <p class="say">
            <Icon name="help" />
            <span>{text::work_lead(lang, page.season_name.clone())}</span>
        </p>
        {add}
        <section class="sheet block-gap"><ul class="ledger" role="list">{batches}</ul></section>
        <div class="head"><h2>{heading(lang, page)}</h2></div>
        {states(lang, page)}
        {items}
    }
    .into_any()
}

/// A batch as a link to its items, with its rate.
fn batch(lang: Lang, page: &WorkPage, one: &WorkBatch) -> AnyView {
    let [draft, active, asked, struck, _] = one.states;
    let counts = text::work_counts(lang, active, one.all, asked, draft, struck);
    let overdue = (0 < one.overdue).then(|| {
        let words = text::work_overdue(lang, one.overdue);
        view! { <span class="tag" data-tone="alarm">{words}</span> }
    });
    let current = (page.asked.batch.as_ref() == Some(&one.name)).then_some("page");
    let href = paths::work(page.season, Some(&one.name), None);
    view! {
        <li>
            <a class="row" href=href aria-current=current>
                <span class="row-no"><Icon name="list" /></span>
                <span class="row-main">
                    <span class="row-name">{one.name.clone()}</span>
                    <span class="row-text">{counts}</span>
                </span>
                <span class="row-end">
                    <b class="num">{text::work_rate(lang, one.rate.clone())}</b>
                    {overdue}
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// The batch or the unit whose items stand below.
fn heading(lang: Lang, page: &WorkPage) -> String {
    let unit = page.asked.unit.and_then(|unit| {
        let mut items = page.items.iter();
        items.find(|item| item.unit == unit)
    });
    match (&page.asked.batch, unit) {
        (Some(batch), _) => batch.clone(),
        (None, Some(item)) => text::work_of_unit(lang, item.unit_name.clone()),
        (None, None) if page.asked.is_overdue => text::work_all_overdue(lang).to_owned(),
        (None, None) => page.asked.state.map_or_else(
            || text::work_title(lang).to_owned(),
            |state| text::work_all_of(lang, state_word(lang, state)),
        ),
    }
}

/// The batch's items by their state.
fn states(lang: Lang, page: &WorkPage) -> Option<AnyView> {
    let batch = page.asked.batch.as_ref()?;
    let known = page.batches.iter().find(|one| one.name == *batch)?;
    let link = |state: Option<WorkState>, words: String| {
        let current = (page.asked.state == state).then_some("page");
        let href = paths::work(page.season, Some(batch), state);
        view! { <a href=href aria-current=current>{words}</a> }.into_any()
    };
    let all = link(None, text::work_all(lang, known.all));
    let links = WorkState::ALL.into_iter().zip(known.states);
    let links = links.map(|(state, count)| {
        link(
            Some(state),
            text::slip_chip(lang, count, state_word(lang, state)),
        )
    });
    let links: Vec<_> = std::iter::once(all).chain(links).collect();
    let chips = view! { <nav class="chips" aria-label=text::slip_filter(lang)>{links}</nav> };
    Some(chips.into_any())
}

fn item(lang: Lang, page: &WorkPage, one: &WorkItem, acts: Acts<WorkCommand>) -> AnyView {
    let name = text::work_name(lang, kind_word(lang, one.kind), one.number.clone());
    let struck = one.state.is_over().then_some("struck");
    let tags = tags(lang, page, one).into_iter();
    let tags: Vec<_> = tags
        .map(|(tone, word)| view! { <span class="tag" data-tone=tone>{word}</span> })
        .collect();
    let due = format::day_with_year(lang, &one.plan.due.to_string());
    let missing = missing(lang, one);
    let missing = missing.map(|words| view! { <span class="row-text"><b>{words}</b></span> });
    let of_unit = paths::work_of_unit(page.season, one.unit);
    let said: Vec<_> = one.said.iter().map(|word| word_row(lang, word)).collect();
    let team = text::work_team_line(lang, or_none(lang, &one.plan.team));
    let schedule = text::work_schedule_line(lang, or_none(lang, &one.plan.schedule));
    let of_batch = page.asked.batch.is_none();
    let of_batch = of_batch.then(|| view! { <span class="row-text">{one.batch.clone()}</span> });
    view! {
        <li class="row" data-state=struck>
            <span class="row-no"><Icon name="slip" /></span>
            <span class="row-main">
                <span class="row-name">{name} " " {one.content.clone()}</span>
                <span class="row-text">
                    <a class="inline" href=of_unit>{one.unit_name.clone()}</a>
                </span>
                {of_batch}
                <span class="row-text">{text::work_due(lang, due)}</span>
                <span class="row-text">{team}</span>
                <span class="row-text">{schedule}</span>
                {missing}
                <details class="fold">
                    <summary>{text::work_said(lang, one.said.len())}</summary>
                    <ul role="list">{said}</ul>
                </details>
            </span>
            <span class="row-end">{tags}</span>
            <div class="row-more cluster">{buttons(lang, page, one, acts)}</div>
        </li>
    }
    .into_any()
}

fn or_none(lang: Lang, words: &str) -> String {
    match words {
        "" => text::work_not_yet(lang).to_owned(),
        words => words.to_owned(),
    }
}

/// What an item lacks before it begins (GY-7).
fn missing(lang: Lang, one: &WorkItem) -> Option<&'static str> {
    match (one.plan.team.is_empty(), one.plan.schedule.is_empty()) {
        (true, true) => Some(text::work_missing_both(lang)),
        (true, false) => Some(text::work_missing_team(lang)),
        (false, true) => Some(text::work_missing_schedule(lang)),
        (false, false) => None,
    }
}

/// How near its last day is, and where it stands.
fn tags(lang: Lang, page: &WorkPage, one: &WorkItem) -> Vec<Tag> {
    let tone = match one.state {
        WorkState::Struck => Some("ok"),
        WorkState::Asked => Some("wait"),
        WorkState::Draft | WorkState::Active | WorkState::Withdrawn => None,
    };
    let near = deadline_tag(lang, Deadline::of(one.plan.due, page.today));
    let near = near.filter(|_| !one.state.is_over());
    let state = (tone, state_word(lang, one.state));
    near.into_iter().chain([state]).collect()
}

fn buttons(lang: Lang, page: &WorkPage, one: &WorkItem, acts: Acts<WorkCommand>) -> Vec<AnyView> {
    let organises = page.may.contains(&Capability::Organise);
    let confirms = page.may.contains(&Capability::Confirm);
    let mut buttons = Vec::new();
    if organises && matches!(one.state, WorkState::Draft | WorkState::Active) {
        buttons.push(ask_button(acts, asks::plan(lang, page, one)));
    }
    if organises && one.state == WorkState::Active {
        buttons.push(ask_button(acts, asks::ask(lang, one)));
    }
    if one.state == WorkState::Asked && one.is_own {
        let words = text::work_own(lang);
        buttons.push(view! { <span class="note">{words}</span> }.into_any());
    } else if confirms && one.state == WorkState::Asked {
        buttons.push(ask_button(acts, asks::approve(lang, one)));
        buttons.push(ask_button(acts, asks::send_back(lang, one)));
    }
    if confirms && !one.is_given && matches!(one.state, WorkState::Draft | WorkState::Active) {
        buttons.push(ask_button(acts, asks::withdraw(lang, one)));
    }
    if confirms && one.state == WorkState::Struck {
        buttons.push(ask_button(acts, asks::undo(lang, one)));
    }
    buttons
}

fn word_row(lang: Lang, word: &WorkWord) -> AnyView {
    let what = match &word.what {
        WorkSaid::Planned(plan) => text::work_planned(
            lang,
            format::day_with_year(lang, &plan.due.to_string()),
            or_none(lang, &plan.schedule),
            or_none(lang, &plan.team),
        ),
        WorkSaid::Asked => text::work_asked(lang).to_owned(),
        WorkSaid::Approved => text::work_approved(lang).to_owned(),
        WorkSaid::Returned => text::work_returned(lang).to_owned(),
        WorkSaid::Undone => text::work_undone(lang).to_owned(),
        WorkSaid::Withdrawn => text::work_withdrawn(lang).to_owned(),
    };
    let words = match word.words.as_str() {
        "" => String::new(),
        words => text::work_words(lang, words.to_owned()),
    };
    let by = text::work_by(lang, format::moment(lang, word.at), word.by.clone());
    view! { <li><b>{what}</b>{words}<span class="note">{by}</span></li> }.into_any()
}

fn kind_word(lang: Lang, kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::Problem => text::work_problem(lang),
        WorkKind::Matter => text::work_matter(lang),
        WorkKind::Project => text::work_project(lang),
    }
}

fn state_word(lang: Lang, state: WorkState) -> &'static str {
    match state {
        WorkState::Draft => text::work_state_draft(lang),
        WorkState::Active => text::work_state_active(lang),
        WorkState::Asked => text::work_state_asked(lang),
        WorkState::Struck => text::work_state_struck(lang),
        WorkState::Withdrawn => text::work_state_withdrawn(lang),
    }
}
