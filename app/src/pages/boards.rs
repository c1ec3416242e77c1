//! 榜单: the newest month of a season and every one before it, then the posted results of contests,
//! each with who won it.

use crate::api::public::load_boards;
use crate::backend::{BoardsPage, GroupFirst, MonthBoards, MonthCard, SeasonChoice};
use crate::components::frame::{PublicPage, Tab};
use crate::components::icon::Icon;
use crate::components::loaded::loaded;
use crate::components::own_unit::own_unit;
use crate::components::ranking::{champions, place};
use crate::components::share;
use crate::components::standing::{sponsor_words, unit_name};
use crate::components::state::Empty;
use crate::components::words::level;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::SeasonId;
use domain::month::period::Period;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sync::posted::PostedResult;

/// Levels of a season's units that are named.
const LEVELS_MAX: usize = 3;

#[component]
pub fn Boards() -> impl IntoView {
    let lang = lang();
    // One season links to the other, and the page stays while its address changes.
    let query = use_query_map();
    let season = Memo::new(move |_| -> Option<SeasonId> {
        query.with(|query| query.get("season")?.parse().ok())
    });
    let content = move || loaded(load_boards(season.get()), move |page| boards(lang, &page));
    view! {
        <PublicPage title=text::boards_title(lang) tab=Tab::Boards>
            {content}
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
    if page.months.newest.is_none() && page.results.is_empty() {
        let body = text::boards_empty_text(lang);
        return view! {
            <Empty icon="board" title=text::boards_empty(lang) body>
                <a class="btn" href=paths::HOME>{text::boards_to_contests(lang)}</a>
            </Empty>
            {find}
        }
        .into_any();
    }
    let own = page.own.as_ref().map(|own| own_unit(lang, own));
    let newest = page.months.newest.as_ref();
    let card = newest.and_then(|month| card(lang, month));
    let shown = newest.map(|month| {
        view! {
            {seasons(lang, &page.months, month.season)}
            {self::newest(lang, &page.months, month)}
        }
    });
    let older = newest.and_then(|month| older(lang, &page.months, month));
    let results: Vec<_> = page
        .results
        .iter()
        .map(|result| board(lang, result))
        .collect();
    view! {
        {card}
        {own}
        {shown}
        {find}
        {older}
        {results}
    }
    .into_any()
}

/// The ways to the boards of the other seasons: counties, townships and villages have seasons of
/// their own. Only where there is a choice.
fn seasons(lang: Lang, boards: &MonthBoards, shown: SeasonId) -> Option<AnyView> {
    let links: Vec<_> = boards
        .seasons
        .iter()
        .map(|season| {
            let current = (season.id == shown).then_some("page");
            let levels = levels(lang, season);
            let words = [Some(season.name.clone()), levels].into_iter().flatten();
            let words: Vec<_> = words.collect();
            view! {
                <a href=paths::boards(season.id) aria-current=current>
                    {words.join(text::home_comma(lang))}
                </a>
            }
        })
        .collect();
    let view = (1 < links.len()).then(|| {
        view! { <nav class="chips" aria-label=text::boards_seasons(lang)>{links}</nav> }
    });
    view.map(IntoAny::into_any)
}

/// 乡镇、村; of many the first ones, so that the way to a season stays short.
fn levels(lang: Lang, season: &SeasonChoice) -> Option<String> {
    let levels = season.levels.iter().take(LEVELS_MAX);
    let words: Vec<_> = levels.map(|code| level(lang, code)).collect();
    let words = words.join(text::unit_list_comma(lang));
    match season.levels.len() {
        0 => None,
        1..=LEVELS_MAX => Some(words),
        _ => Some(text::boards_levels(lang, words)),
    }
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
fn newest(lang: Lang, boards: &MonthBoards, card: &MonthCard) -> AnyView {
    let firsts = card.firsts.iter();
    let rows: Vec<_> = firsts.map(|one| first(one, card.has_units)).collect();
    let href = paths::month(card.season, card.period);
    let id = format!("month-{}", card.season);
    view! {
        <div class="head">
            <h2 id=id.clone()>
                {format::month(lang, card.period)} " " {corrected(lang, card.edition)}
            </h2>
            <a href=href>{text::boards_to_month(lang)}</a>
        </div>
        <p class="note pad-x">{month_line(lang, boards, card)}</p>
        <section class="board" data-board="result" aria-labelledby=id>
            <p class="spine"><span class="spine-in">{text::boards_firsts(lang)}</span></p>
            <ol role="list">{rows}</ol>
        </section>
        <p class="note pad-x block-gap">{lists(lang, card)}</p>
    }
    .into_any()
}

fn first(first: &GroupFirst, has_page: bool) -> AnyView {
    view! {
        <li class="row">
            {place(Some(1))}
            <div class="row-main">
                <p class="row-name">{unit_name(first.unit, &first.name, has_page)}</p>
                <p class="row-text">{first.group.clone()}</p>
            </div>
            <div class="row-end"><span class="num">{format::figure(&first.score)}</span></div>
        </li>
    }
    .into_any()
}

/// Every month before the newest one, however old, by years.
fn older(lang: Lang, boards: &MonthBoards, newest: &MonthCard) -> Option<AnyView> {
    let months = boards.months.iter();
    let months: Vec<_> = months.filter(|(at, _)| *at != newest.period).collect();
    let years: Vec<_> = months
        .chunk_by(|one, next| one.0.year() == next.0.year())
        .map(|months| year(lang, newest.season, months))
        .collect();
    let view = (!years.is_empty()).then(|| {
        view! {
            <div class="head"><h2>{text::boards_older(lang)}</h2></div>
            {years}
        }
    });
    view.map(IntoAny::into_any)
}

fn year(lang: Lang, season: SeasonId, months: &[&(Period, u32)]) -> Option<AnyView> {
    let (first, _) = months.first()?;
    let name = text::boards_year(lang, first.year());
    let links: Vec<_> = months
        .iter()
        .map(|(at, edition)| {
            let (href, words) = (paths::month(season, *at), format::month(lang, *at));
            view! {
                <li>
                    <a class="btn" data-size="small" href=href aria-label=words>
                        {format::month_of_year(lang, *at)}
                    </a>
                    {corrected(lang, *edition)}
                </li>
            }
        })
        .collect();
    let view = view! {
        <h3 class="sub pad-x block-gap">{name}</h3>
        <ul class="cluster pad-x block-gap" role="list">{links}</ul>
    };
    Some(view.into_any())
}

fn month_line(lang: Lang, boards: &MonthBoards, card: &MonthCard) -> String {
    let mut seasons = boards.seasons.iter();
    let season = seasons.find(|season| season.id == card.season);
    let parts = [
        Some(card.season_name.clone()),
        season.and_then(|season| levels(lang, season)),
        Some(card.title.clone()),
        sponsor_words(lang, &card.sponsor),
        Some(text::standings_posted(
            lang,
            format::moment(lang, card.posted_at),
        )),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.join(text::home_comma(lang))
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
