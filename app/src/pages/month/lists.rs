//! Red and black list with the reasons, the flags and where they went, and the pairs.

use crate::backend::MonthPage;
use crate::components::pair::{Rival, Tally, pair};
use crate::components::standing::{flag, handed, merit_line, signed, team_line, unit_name};
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::UnitId;
use domain::month::board::{BoardNote, Listed};
use domain::month::flag::HandOver;
use leptos::prelude::*;
use sync::posted_month::{PostedFlags, PostedGroup, PostedMonth, PostedPair, PostedUnit};

/// Both lists, the red one from the top, the black one with the last at the end.
pub fn boards(lang: Lang, page: &MonthPage) -> AnyView {
    let month = &page.month;
    let notes: Vec<_> = month
        .notes
        .iter()
        .map(|note| view! { <p class="note pad-x block-gap">{board_note(lang, *note)}</p> })
        .collect();
    view! {
        {board(lang, page, Listed::Red)}
        {spots(lang, page, Listed::Red)}
        {board(lang, page, Listed::Black)}
        {spots(lang, page, Listed::Black)}
        {black_stands(lang, month).map(|line| view! { <p class="note pad-x block-gap">{line}</p> })}
        {notes}
    }
    .into_any()
}

/// Until when the black list stands, or that it came down; nothing where nobody was on it.
#[must_use]
pub fn black_stands(lang: Lang, month: &PostedMonth) -> Option<String> {
    if month.taken_down > 0 {
        return Some(text::standings_black_over(lang, month.taken_down));
    }
    let until = month.black_until.filter(|_| month.names(Listed::Black))?;
    let until = format::day_with_year(lang, &until.to_string());
    Some(text::standings_black_until(lang, until))
}

/// The words of a list, and its name in the style.
#[must_use]
pub fn list_name(lang: Lang, listed: Listed) -> (&'static str, &'static str) {
    match listed {
        Listed::Red => (text::standings_red(lang), "red"),
        Listed::Black => (text::standings_black(lang), "black"),
    }
}

/// The words of a list of spots (P7), and its name in the style.
#[must_use]
pub fn spots_name(lang: Lang, listed: Listed) -> (&'static str, &'static str) {
    match listed {
        Listed::Red => (text::standings_red_spot(lang), "red"),
        Listed::Black => (text::standings_black_spot(lang), "black"),
    }
}

/// Places that stand out, beside the units.
fn spots(lang: Lang, page: &MonthPage, listed: Listed) -> Option<AnyView> {
    let name = |unit: UnitId| unit_name(unit, page.month.name(unit), page.has_units);
    let rows: Vec<_> = page
        .month
        .spots(listed)
        .map(|spot| {
            view! {
                <li class="row">
                    <div class="row-main">
                        <p class="row-name">{spot.place.clone()}</p>
                        <p class="row-text">{name(spot.unit)}</p>
                    </div>
                    <div class="row-end">
                        <span class="num">{signed(&spot.record.points)}</span>
                    </div>
                    <p class="row-more">
                        {spot.record.reason.clone()} " "
                        <span class="note">{merit_line(lang, &spot.record)}</span>
                    </p>
                </li>
            }
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let (name, kind) = spots_name(lang, listed);
    let count = text::standings_spots_count(lang, rows.len());
    let view = view! {
        <div class="head">
            <h2 id=format!("spots-{kind}")>{name}</h2>
            <span class="sub">{count}</span>
        </div>
        <section class="board" data-board=kind aria-labelledby=format!("spots-{kind}")>
            <p class="spine" aria-hidden="true"><span class="spine-in">{name}</span></p>
            <ol role="list">{rows}</ol>
        </section>
    };
    Some(view.into_any())
}

fn board(lang: Lang, page: &MonthPage, listed: Listed) -> Option<AnyView> {
    let units = page.month.listed(listed);
    if units.is_empty() {
        return None;
    }
    let rows: Vec<_> = units
        .iter()
        .map(|(group, unit)| board_row(lang, group, unit, page.has_units))
        .collect();
    let (name, kind) = list_name(lang, listed);
    let count = text::standings_count(lang, rows.len());
    let view = view! {
        <div class="head">
            <h2 id=format!("list-{kind}")>{name}</h2>
            <span class="sub">{count}</span>
        </div>
        <section class="board" data-board=kind aria-labelledby=format!("list-{kind}")>
            <p class="spine" aria-hidden="true"><span class="spine-in">{name}</span></p>
            <ol role="list">{rows}</ol>
        </section>
    };
    Some(view.into_any())
}

fn board_row(lang: Lang, group: &PostedGroup, unit: &PostedUnit, has_page: bool) -> AnyView {
    let reasons: Vec<_> = unit
        .merits
        .iter()
        .map(|merit| {
            let points = signed(&merit.points);
            view! {
                <li>
                    <b class="nw">{points}</b>
                    " "
                    {merit.reason.clone()}
                    " "
                    <span class="note">{merit_line(lang, merit)}</span>
                </li>
            }
        })
        .collect();
    let team = team_line(lang, unit);
    let team = team.map(|line| view! { <p class="row-more note">{line}</p> });
    view! {
        <li class="row">
            <div class="row-main">
                <p class="row-name">{unit_name(unit.unit, &unit.name, has_page)}</p>
                <p class="row-text">{group.name.clone()}</p>
            </div>
            <div class="row-end"><span class="num">{signed(&unit.merit)}</span></div>
            <ul class="row-more reasons" role="list">{reasons}</ul>
            {team}
        </li>
    }
    .into_any()
}

fn board_note(lang: Lang, note: BoardNote) -> &'static str {
    match note {
        BoardNote::QuotaCut => text::standings_note_quota_cut(lang),
        BoardNote::TooManyEqual => text::standings_note_equal(lang),
        BoardNote::ByGroup => text::standings_note_by_group(lang),
    }
}

pub fn flags(lang: Lang, page: &MonthPage) -> Option<AnyView> {
    let month = &page.month;
    let rows: Vec<_> = month
        .hand_overs()
        .map(|flag| flag_row(lang, page, flag))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let view = view! {
        <div class="head">
            <h2 id="flags">{text::standings_flags(lang)}</h2>
            <a class="sub" href=paths::month_flags(month.season, month.period)>
                {text::posted_to_flags(lang)}
            </a>
        </div>
        <section class="sheet"><ul class="handed" role="list">{rows}</ul></section>
    };
    Some(view.into_any())
}

fn flag_row(
    lang: Lang,
    page: &MonthPage,
    (group, flags, hand_over): (&PostedGroup, &PostedFlags, &HandOver),
) -> AnyView {
    let month = &page.month;
    let holder = match hand_over.to {
        Some(unit) => unit_name(unit, month.name(unit), page.has_units),
        None => text::standings_with_organiser(lang).into_any(),
    };
    view! {
        <li>
            {flag(lang, flags, hand_over.number)}
            <p class="row-name">{holder}</p>
            <p class="note">
                {group.name.clone()} {text::home_comma(lang)} {handed(lang, month, hand_over)}
            </p>
        </li>
    }
    .into_any()
}

pub fn pairs(lang: Lang, page: &MonthPage) -> Option<AnyView> {
    let pairs = &page.month.pairs;
    if pairs.is_empty() {
        return None;
    }
    let cards: Vec<_> = pairs.iter().map(|pair| card(page, pair)).collect();
    let count = text::standings_pairs_count(lang, cards.len());
    let view = view! {
        <div class="head">
            <h2 id="pairs">{text::standings_pairs(lang)}</h2>
            <span class="sub">{count}</span>
        </div>
        <section class="sheet"><ul role="list">{cards}</ul></section>
        <p class="note pad-x block-gap">{text::standings_pairs_hint(lang)}</p>
    };
    Some(view.into_any())
}

fn card(page: &MonthPage, posted: &PostedPair) -> AnyView {
    let month = &page.month;
    let rival = |id: UnitId| {
        let unit = month.unit(id);
        Rival {
            name: month.name(id).to_owned(),
            href: page.has_units.then(|| paths::unit(id)),
            score: unit.and_then(|unit| unit.score.clone()),
        }
    };
    let tally = Tally {
        won: posted.won,
        drawn: posted.drawn,
        lost: posted.lost,
    };
    pair(&rival(posted.a), &rival(posted.b), posted.duel, tally)
}
