//! 擂台: the unit that this device remembers, and the contests of the county, the one that is on
//! first.

use crate::api::public::load_home;
use crate::backend::{ContestCard, HomePage};
use crate::components::frame::{PublicPage, Tab};
use crate::components::icon::Icon;
use crate::components::loaded::loaded;
use crate::components::own_unit::own_unit;
use crate::components::state::Empty;
use crate::components::words;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use leptos::prelude::*;
use sync::protocol::StageState;

#[component]
pub fn Home() -> impl IntoView {
    let lang = lang();
    view! {
        <PublicPage title=text::home_title(lang) tab=Tab::Contests>
            {loaded(load_home(), move |page| home(lang, &page))}
        </PublicPage>
    }
    .into_any()
}

fn home(lang: Lang, page: &HomePage) -> AnyView {
    view! {
        {page.own.as_ref().map(|own| own_unit(lang, own))}
        {contest_lists(lang, &page.contests)}
        <div class="head"><h2>{text::home_judges(lang)}</h2></div>
        <section class="sheet">
            <ul class="ledger" role="list">
                {way(paths::SEATS, "seat", text::home_judge(lang), text::home_judge_text(lang))}
                {way(
                    paths::INSTALL_HELP,
                    "phone",
                    text::home_install(lang),
                    text::home_install_text(lang),
                )}
            </ul>
        </section>
        <p class="note pad-x block-gap text-center">
            <a class="inline" href=paths::ADMIN rel="nofollow">{text::home_organiser(lang)}</a>
        </p>
    }
    .into_any()
}

fn contest_lists(lang: Lang, contests: &[ContestCard]) -> AnyView {
    if contests.is_empty() {
        let body = text::home_empty_text(lang);
        return view! { <Empty icon="ring" title=text::home_empty(lang) body /> }.into_any();
    }
    let of = |states: &[StageState]| -> Vec<&ContestCard> {
        contests
            .iter()
            .filter(|card| states.contains(&card.state))
            .collect()
    };
    let now: Vec<_> = of(&[StageState::Open])
        .into_iter()
        .map(|card| on_now(lang, card))
        .collect();
    let coming = of(&[StageState::Draft, StageState::Ready, StageState::Unknown]);
    let past = of(&[StageState::Closed, StageState::Posted]);
    view! {
        {now}
        {section(lang, text::home_coming(lang), &coming)}
        {section(lang, text::home_past(lang), &past)}
    }
    .into_any()
}

fn on_now(lang: Lang, card: &ContestCard) -> AnyView {
    view! {
        <section class="now ring" aria-label=text::home_now(lang)>
            <h2>{card.title.clone()}</h2>
            <span class="tag" data-tone="honour">{words::stage_state(lang, card.state)}</span>
            <p class="sub wide">{card_line(lang, card)}</p>
            <a class="btn" data-kind="main" href=paths::contest(card.id)>
                {text::home_watch(lang)} <Icon name="next" />
            </a>
        </section>
    }
    .into_any()
}

fn section(lang: Lang, title: &'static str, cards: &[&ContestCard]) -> AnyView {
    if cards.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = cards.iter().map(|card| row(lang, card)).collect();
    view! {
        <div class="head"><h2>{title}</h2></div>
        <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
    }
    .into_any()
}

fn row(lang: Lang, card: &ContestCard) -> AnyView {
    let tone = (card.state == StageState::Posted).then_some("ok");
    view! {
        <li>
            <a class="row" href=paths::contest(card.id)>
                <span class="row-no"><Icon name="ring" /></span>
                <span class="row-main">
                    <span class="row-name">{card.title.clone()}</span>
                    <span class="row-text">{card_line(lang, card)}</span>
                </span>
                <span class="row-end">
                    <span class="tag" data-tone=tone>{words::stage_state(lang, card.state)}</span>
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// Theme, day, place and size, as far as they are known.
#[must_use]
pub fn card_line(lang: Lang, card: &ContestCard) -> String {
    let size = text::home_entries(lang, card.entries);
    let parts = [
        card.subtitle.clone(),
        format::day(lang, &card.held_on),
        card.place.clone(),
        size,
    ];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(text::home_comma(lang))
}

fn way(href: &'static str, icon: &'static str, name: &'static str, line: &'static str) -> AnyView {
    // The pad is served by the worker as a document of its own, so the link leaves this one.
    let rel = (href == paths::SEATS).then_some("external");
    view! {
        <li>
            <a class="row" href=href rel=rel>
                <span class="row-no"><Icon name=icon /></span>
                <span class="row-main">
                    <span class="row-name">{name}</span>
                    <span class="row-text">{line}</span>
                </span>
                <span class="row-end"><Icon name="next" /></span>
            </a>
        </li>
    }
    .into_any()
}
