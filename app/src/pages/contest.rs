//! One contest for anybody: the running order while it goes on, the frozen result once it is out.

use crate::api::public::load_contest;
use crate::backend::{ContestPage, OrderRow};
use crate::components::bar::Back;
use crate::components::frame::{PublicPage, Tab};
use crate::components::freshness::Freshness;
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::components::ranking::{ranking, remarks};
use crate::components::state::error_state;
use crate::components::words;
use crate::error::{AppError, Code};
use crate::live::live;
use crate::pages::home::card_line;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::ContestId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use sync::posted::PostedResult;
use sync::protocol::GateStateView;

/// The contest that the address names.
#[must_use]
pub fn contest_param() -> Option<ContestId> {
    use_params_map().with_untracked(|params| params.get("id")?.parse().ok())
}

#[component]
pub fn Contest() -> impl IntoView {
    let lang = lang();
    let back = Back {
        href: paths::HOME.to_owned(),
        label: text::contest_back(lang),
    };
    let Some(id) = contest_param() else {
        let missing = error_state(&AppError::new(Code::NotFound));
        return view! { <PublicPage title=text::home_title(lang) back>{missing}</PublicPage> }
            .into_any();
    };
    let fresh = Freshness::of(live(id));
    let pressed = RwSignal::new(0_u64);
    let again = Signal::derive(move || fresh.seq().wrapping_add(pressed.get()));
    let content = current(
        move || load_contest(id),
        again,
        fresh.stale,
        move |page| view! { {move || page.with(|page| contest(lang, page))} }.into_any(),
    );
    let slip = fresh.slip(Callback::new(move |()| {
        pressed.update(|pressed| *pressed += 1)
    }));
    view! {
        <PublicPage title=text::home_title(lang) back tab=Tab::Contests slip>
            {content}
        </PublicPage>
    }
    .into_any()
}

fn contest(lang: Lang, page: &ContestPage) -> AnyView {
    let card = &page.card;
    let result = page
        .result
        .as_ref()
        .map(|result| posted(lang, page, result));
    let waiting = page.result.is_none().then(|| {
        let line = text::contest_not_posted(lang);
        view! { <p class="say"><Icon name="lock" /><span>{line}</span></p> }
    });
    view! {
        <Title text=card.title.clone() />
        <section class="sheet" data-kind="text">
            <h2>{card.title.clone()}</h2>
            <p class="sub">{card_line(lang, card)}</p>
            <p class="cluster">
                <span class="tag">{words::stage_state(lang, card.state)}</span>
                <span class="note">{card.county.clone()}</span>
            </p>
        </section>
        {result}
        {waiting}
        {order(lang, page)}
        {rules(lang, page)}
        {share(lang, page)}
    }
    .into_any()
}

fn posted(lang: Lang, page: &ContestPage, result: &PostedResult) -> AnyView {
    let correction = (!result.correction.is_empty()).then(|| {
        let line = text::contest_corrected(lang, result.correction.clone());
        view! { <p class="say" data-tone="wait"><Icon name="note" /><span>{line}</span></p> }
    });
    let outstanding = (result.outstanding > 0).then(|| {
        let reason = result.outstanding_reason.clone();
        let line = text::contest_outstanding(lang, result.outstanding, reason);
        view! { <p class="say"><Icon name="note" /><span>{line}</span></p> }
    });
    let edition = (result.edition > 1).then(|| text::contest_edition(lang, result.edition));
    let when = text::contest_posted_at(lang, format::moment(lang, result.posted_at));
    view! {
        <div class="head">
            <h2 id="result">{text::contest_result(lang)}</h2>
            <span class="sub">{edition} " " {when}</span>
        </div>
        {correction}
        <section class="board" data-board="result" aria-labelledby="result">
            <p class="spine"><span class="spine-in">{text::contest_result(lang)}</span></p>
            {ranking(result)}
        </section>
        {remarks(result)}
        {outstanding}
        <p class="frozen">
            <Icon name="lock" /><span>{text::contest_frozen(lang, page.check_code.clone())}</span>
        </p>
    }
    .into_any()
}

fn order(lang: Lang, page: &ContestPage) -> AnyView {
    let rows: Vec<_> = page.order.iter().map(|row| order_row(lang, row)).collect();
    let closed = page
        .order
        .iter()
        .filter(|row| row.gate == GateStateView::Closed)
        .count();
    view! {
        <div class="head">
            <h2>{text::contest_order(lang)}</h2>
            <span class="sub">{text::contest_order_progress(lang, closed, page.order.len())}</span>
        </div>
        <section class="sheet"><ol class="ledger" role="list">{rows}</ol></section>
    }
    .into_any()
}

fn order_row(lang: Lang, row: &OrderRow) -> AnyView {
    let state = if row.withdrawn {
        view! { <span class="tag">{text::state_withdrawn(lang)}</span> }.into_any()
    } else {
        let tone = match row.gate {
            GateStateView::Open => Some("honour"),
            GateStateView::Closed => Some("ok"),
            GateStateView::Pending | GateStateView::Unknown => None,
        };
        view! {
            <span class="tag" data-tone=tone>
                <Icon name=words::gate_icon(row.gate) /> {words::gate_state(lang, row.gate)}
            </span>
        }
        .into_any()
    };
    let current = (row.gate == GateStateView::Open).then_some("true");
    let topic =
        (!row.topic.is_empty()).then(|| view! { <p class="row-text">{row.topic.clone()}</p> });
    view! {
        <li class="row" aria-current=current data-off=row.withdrawn.then_some("")>
            <span class="row-no">{row.position}</span>
            <div class="row-main"><p class="row-name">{row.name.clone()}</p>{topic}</div>
            <div class="row-end">{state}</div>
        </li>
    }
    .into_any()
}

fn rules(lang: Lang, page: &ContestPage) -> AnyView {
    let criteria: Vec<_> = page
        .criteria
        .iter()
        .map(|criterion| {
            let full = text::contest_full(lang, criterion.max.clone());
            view! { <li><b>{criterion.name.clone()}</b>{full}</li> }
        })
        .collect();
    let classes: Vec<_> = page
        .classes
        .iter()
        .map(|(name, weight)| {
            let share = text::contest_share_of(lang, format::share(weight));
            view! { <li><b>{name.clone()}</b>{share}</li> }
        })
        .collect();
    let version = page.result.as_ref().map(|result| result.charter_version);
    let title = match version {
        Some(version) => text::contest_version(lang, page.charter_title.clone(), version),
        None => page.charter_title.clone(),
    };
    let source = (!page.charter_source.is_empty()).then(|| {
        let line = text::contest_source(lang, page.charter_source.clone());
        view! { <p class="note pad-x">{line}</p> }
    });
    view! {
        <div class="head"><h2>{text::contest_rules(lang)}</h2></div>
        <section class="sheet">
            <p class="sub pad-x block-gap"><b>{title}</b></p>
            <h3 class="note pad-x">{text::contest_criteria(lang)}</h3>
            <ul class="plain-list" role="list">{criteria}</ul>
            <h3 class="note pad-x">{text::contest_classes(lang)}</h3>
            <ul class="plain-list" role="list">{classes}</ul>
            {source}
        </section>
    }
    .into_any()
}

fn share(lang: Lang, page: &ContestPage) -> AnyView {
    let href = paths::contest(page.card.id);
    view! {
        <div class="head no-print"><h2>{text::contest_share(lang)}</h2></div>
        <section class="sheet stack no-print" data-kind="text">
            <p>
                <a class="inline" href=href.clone()>
                    {text::contest_share_link(lang)}
                </a>
            </p>
            <p class="note">{text::contest_share_hint(lang)}</p>
            <p>
                <a class="btn" data-size="small" href=paths::screen(page.card.id) rel="external">
                    <Icon name="screen" />
                    {text::contest_screen(lang)}
                </a>
            </p>
            <p class="note">{text::contest_print_hint(lang)}</p>
        </section>
    }
    .into_any()
}
