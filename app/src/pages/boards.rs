//! 榜单: the newest month and the ones before it, then the posted results of contests, each with who
//! won it.

use crate::api::public::load_boards;
use crate::backend::{BoardsPage, GroupFirst, MonthCard, OwnUnit};
use crate::components::frame::{PublicPage, Tab};
use crate::components::icon::Icon;
use crate::components::loaded::loaded;
use crate::components::ranking::{champions, place};
use crate::components::share;
use crate::components::standing::movement;
use crate::components::state::Empty;
use crate::pages::month::list_name;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::month::board::Listed;
use leptos::prelude::*;
use std::collections::BTreeSet;
use sync::posted::PostedResult;

#[component]
pub fn Boards() -> impl IntoView {
    let lang = lang();
    view! {
        <PublicPage title=text::boards_title(lang) tab=Tab::Boards>
            {loaded(load_boards(), move |page| boards(lang, &page))}
        </PublicPage>
    }
    .into_any()
}

fn boards(lang: Lang, page: &BoardsPage) -> AnyView {
    let find = view! {
        <section class="sheet block-gap">
            <ul class="ledger" role="list">{way_to_units(lang)}</ul>
        </section>
    };
    if page.months.is_empty() && page.results.is_empty() {
        let body = text::boards_empty_text(lang);
        return view! {
            <Empty icon="board" title=text::boards_empty(lang) body>
                <a class="btn" href=paths::HOME>{text::boards_to_contests(lang)}</a>
            </Empty>
            {find}
        }
        .into_any();
    }
    let card = page.months.first().map(|month| card(lang, month));
    let own = page.own.as_ref().map(|own| own_unit(lang, own));
    // Counties and townships have seasons of their own, each with a newest month.
    let mut seasons = BTreeSet::new();
    let is_newest = |card: &&MonthCard| seasons.insert(card.season);
    let (newest, older): (Vec<_>, Vec<_>) = page.months.iter().partition(is_newest);
    let newest: Vec<_> = newest
        .into_iter()
        .map(|card| self::newest(lang, card))
        .collect();
    let results: Vec<_> = page
        .results
        .iter()
        .map(|result| board(lang, result))
        .collect();
    view! {
        {card}
        {own}
        {newest}
        {find}
        {self::older(lang, &older)}
        {results}
    }
    .into_any()
}

/// The newest month and its firsts, as a messenger shows them of a link.
fn card(lang: Lang, month: &MonthCard) -> Option<AnyView> {
    let title = format!("{} {}", format::month(lang, month.period), month.title);
    let firsts = month.firsts.iter();
    let firsts =
        firsts.map(|first| text::standings_card(lang, first.group.clone(), first.name.clone()));
    let firsts: Vec<_> = firsts.collect();
    share::card(
        title,
        firsts.join(text::standings_card_next(lang)),
        paths::BOARDS,
    )
}

/// The unit that this device shows first: its place, before everything else.
fn own_unit(lang: Lang, own: &OwnUnit) -> AnyView {
    let rank = own.month.as_ref().and_then(|month| month.rank);
    let line = match &own.month {
        Some(month) => [
            format::month_of_year(lang, month.period).to_owned(),
            text::unit_of(lang, own.group.clone(), month.of),
        ]
        .join(text::home_comma(lang)),
        None => text::unit_empty(lang).to_owned(),
    };
    let listed = own.listed.map(|listed| {
        let tone = (listed == Listed::Red).then_some("honour");
        view! { <span class="tag" data-tone=tone>{list_name(lang, listed).0}</span> }
    });
    view! {
        <section class="sheet block-gap" aria-label=text::boards_own(lang)>
            <ul class="ledger" role="list">
                <li>
                    <a class="row" data-mine="" href=paths::unit(own.id)>
                        {place(rank)}
                        <span class="row-main">
                            <span class="row-name">{own.name.clone()}</span>
                            <span class="row-text">{line} " " {movement(lang, own.moved)}</span>
                        </span>
                        <span class="row-end">{listed} <Icon name="next" /></span>
                    </a>
                </li>
            </ul>
        </section>
    }
    .into_any()
}

fn way_to_units(lang: Lang) -> AnyView {
    view! {
        <li>
            <a class="row" href=paths::UNITS>
                <span class="row-no"><Icon name="list" /></span>
                <span class="row-main">
                    <span class="row-name">{text::boards_find(lang)}</span>
                    <span class="row-text">{text::boards_find_text(lang)}</span>
                </span>
                <span class="row-end"><Icon name="next" /></span>
            </a>
        </li>
    }
    .into_any()
}

/// The newest month: who leads each group, and how many are on the lists.
fn newest(lang: Lang, card: &MonthCard) -> AnyView {
    let rows: Vec<_> = card.firsts.iter().map(first).collect();
    let href = paths::month(card.season, card.period);
    let id = format!("month-{}", card.season);
    view! {
        <div class="head">
            <h2 id=id.clone()>
                {format::month(lang, card.period)} " " {corrected(lang, card.edition)}
            </h2>
            <a href=href>{text::boards_to_month(lang)}</a>
        </div>
        <p class="note pad-x">{month_line(lang, card)}</p>
        <section class="board" data-board="result" aria-labelledby=id>
            <p class="spine"><span class="spine-in">{text::boards_firsts(lang)}</span></p>
            <ol role="list">{rows}</ol>
        </section>
        <p class="note pad-x block-gap">{lists(lang, card)}</p>
    }
    .into_any()
}

fn first(first: &GroupFirst) -> AnyView {
    view! {
        <li class="row">
            {place(Some(1))}
            <div class="row-main">
                <p class="row-name"><a href=paths::unit(first.unit)>{first.name.clone()}</a></p>
                <p class="row-text">{first.group.clone()}</p>
            </div>
            <div class="row-end"><span class="num">{format::figure(&first.score)}</span></div>
        </li>
    }
    .into_any()
}

fn older(lang: Lang, cards: &[&MonthCard]) -> Option<AnyView> {
    if cards.is_empty() {
        return None;
    }
    let rows: Vec<_> = cards.iter().map(|card| older_row(lang, card)).collect();
    let view = view! {
        <div class="head"><h2>{text::boards_older(lang)}</h2></div>
        <section class="sheet"><ul class="plain-list" role="list">{rows}</ul></section>
    };
    Some(view.into_any())
}

fn older_row(lang: Lang, card: &MonthCard) -> AnyView {
    let href = paths::month(card.season, card.period);
    view! {
        <li>
            <a class="inline" href=href>
                {format::month(lang, card.period)} " " {card.season_name.clone()}
            </a>
            " "
            {corrected(lang, card.edition)}
        </li>
    }
    .into_any()
}

fn month_line(lang: Lang, card: &MonthCard) -> String {
    let when = text::standings_posted(lang, format::moment(lang, card.posted_at));
    [card.season_name.clone(), card.title.clone(), when].join(text::home_comma(lang))
}

fn lists(lang: Lang, card: &MonthCard) -> String {
    match card.black_over {
        true => text::boards_lists_red(lang, card.red),
        false => text::boards_lists(lang, card.black, card.red),
    }
}

fn corrected(lang: Lang, edition: u32) -> Option<AnyView> {
    let words = text::contest_correction(lang);
    (edition > 1).then(|| view! { <span class="tag">{words}</span> }.into_any())
}

fn board(lang: Lang, result: &PostedResult) -> AnyView {
    let href = paths::contest(result.contest);
    let id = format!("board-{}", result.contest);
    let line = [
        result.subtitle.clone(),
        text::boards_posted(lang, format::day_of(lang, result.posted_at)),
    ];
    let line: Vec<_> = line.into_iter().filter(|part| !part.is_empty()).collect();
    let correction = corrected(lang, result.edition);
    view! {
        <div class="head">
            <h2 id=id.clone()>{result.title.clone()} " " {correction}</h2>
            <a href=href>{text::boards_all(lang, result.rows.len())}</a>
        </div>
        <p class="note pad-x">{line.join(text::home_comma(lang))}</p>
        <section class="board" data-board="result" aria-labelledby=id>
            <p class="spine"><span class="spine-in">{text::boards_champion(lang)}</span></p>
            {champions(result)}
        </section>
    }
    .into_any()
}
