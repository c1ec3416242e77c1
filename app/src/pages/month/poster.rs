//! 海报: red and black list with their reasons for the wall in front of the office (ES-5), and what
//! each group's first and flags are. People stand beside units on the red list alone (ES-6); a code
//! leads to the frozen month. Type and gaps follow the paper, so one page serves A4 as well as A1.

use super::lists::{black_stands, list_name, spots_name};
use super::month_param;
use crate::api::month::load_poster;
use crate::backend::MonthPoster;
use crate::components::loaded::loaded;
use crate::components::print::print_sheet;
use crate::components::standing::{merit_line, signed, sponsor_words, team_line};
use crate::components::state::error_state;
use crate::error::{AppError, Code};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::month::board::Listed;
use leptos::prelude::*;
use leptos_meta::{Html, Title};
use leptos_router::hooks::use_query_map;
use sync::posted_month::{
    PostedFlags, PostedGroup, PostedMerit, PostedMonth, PostedSpot, PostedUnit,
};

/// Papers that a poster may be printed on, as the address and the style name them.
const PAPERS: [(&str, &str); 3] = [("a4", "A4"), ("a3", "A3"), ("a1", "A1")];
const PAPER: &str = "a3";
/// From so many lines in a column on, type is smaller, so that the poster stays on one sheet.
const LINES_MANY: usize = 26;
const LINES_TOO_MANY: usize = 34;

#[component]
pub fn Poster() -> impl IntoView {
    let lang = lang();
    let asked = use_query_map().with_untracked(|query| query.get("paper"));
    let mut papers = PAPERS.map(|(paper, _)| paper).into_iter();
    let paper = papers.find(|paper| asked.as_deref() == Some(paper));
    let paper = paper.unwrap_or(PAPER);
    let content = match month_param() {
        Some((season, period)) => loaded(load_poster(season, period), move |page| {
            poster(lang, paper, &page)
        }),
        None => error_state(&AppError::new(Code::NotFound)),
    };
    view! {
        <Title text=text::posted_poster(lang) />
        <Html {..} data-paper=paper />
        <link rel="stylesheet" href=paths::SHEETS_CSS />
        <div class="page" data-kind="poster">{content}</div>
    }
    .into_any()
}

fn poster(lang: Lang, paper: &'static str, poster: &MonthPoster) -> AnyView {
    let month = &poster.page.month;
    let title = text::posted_poster_title(lang, format::month(lang, month.period));
    let title_shown = title.clone();
    let facts = [
        Some(month.title.clone()),
        sponsor_words(lang, &month.sponsor),
        Some(text::posted_season(lang, month.season_name.clone())),
        Some(text::contest_edition(lang, month.edition)),
        Some(text::standings_posted(
            lang,
            format::moment(lang, month.posted_at),
        )),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    view! {
        <Title text=title />
        {controls(lang, paper, month)}
        <main id="main">
            <article class="poster" data-size=size(month)>
                <header class="po-top">
                    <p class="po-county">{month.county.clone()}</p>
                    <h1>{title_shown}</h1>
                    <p class="po-facts">{facts.join(" · ")}</p>
                </header>
                <div class="po-cols">
                    {red(lang, month)}
                    <div class="po-side">
                        {list(lang, month, Listed::Black)} {spots(lang, month, Listed::Black)}
                        {black_stands(lang, month)
                            .map(|line| view! { <p class="po-facts">{line}</p> })}
                        {nobody(lang, month)}
                        {groups(lang, month)}
                    </div>
                </div>
                {foot(lang, poster)}
            </article>
        </main>
    }
    .into_any()
}

/// The way back, and the paper: links, so that they work without script.
fn controls(lang: Lang, paper: &'static str, month: &PostedMonth) -> AnyView {
    let here = paths::month_poster(month.season, month.period);
    let papers = PAPERS.map(|(each, name)| {
        let current = (each == paper).then_some("true");
        // Another paper is another document: its style decides how the sheet is printed.
        view! {
            <a
                class="btn"
                data-size="small"
                href=format!("{here}?paper={each}")
                rel="external"
                aria-current=current
            >
                {name}
            </a>
        }
    });
    view! {
        <nav class="cluster pad-x no-print" aria-label=text::posted_poster_paper(lang)>
            <a class="btn" data-size="small" href=paths::month(month.season, month.period)>
                {text::posted_timeline_back(lang)}
            </a>
            {papers}
            {print_sheet(lang)}
        </nav>
    }
    .into_any()
}

/// How large the type may be: by the lines of the longer column.
fn size(month: &PostedMonth) -> &'static str {
    let lines = |listed| -> usize {
        let units = month.listed(listed).into_iter();
        let units: usize = units
            .map(|(_, unit)| 1 + unit.merits.len() + usize::from(!unit.team.is_empty()))
            .sum();
        units + 2 * month.spots(listed).count()
    };
    let side = lines(Listed::Black) + 3 * month.groups.len();
    match lines(Listed::Red).max(side) {
        LINES_TOO_MANY.. => "small",
        LINES_MANY.. => "medium",
        _ => "large",
    }
}

fn list(lang: Lang, month: &PostedMonth, listed: Listed) -> Option<AnyView> {
    let units = month.listed(listed);
    if units.is_empty() {
        return None;
    }
    let rows: Vec<_> = units
        .iter()
        .map(|(group, unit)| row(lang, group, unit))
        .collect();
    let (name, kind) = list_name(lang, listed);
    let view = view! {
        <section class="po-list" data-board=kind>
            <h2 class="po-spine">{name}</h2>
            <ol role="list">{rows}</ol>
        </section>
    };
    Some(view.into_any())
}

/// A column of its own, where anybody is named on it.
fn red(lang: Lang, month: &PostedMonth) -> Option<AnyView> {
    month.names(Listed::Red).then(|| {
        view! {
            <div class="po-side">
                {list(lang, month, Listed::Red)} {spots(lang, month, Listed::Red)}
            </div>
        }
        .into_any()
    })
}

/// Places that stand out, beside the units (P7).
fn spots(lang: Lang, month: &PostedMonth, listed: Listed) -> Option<AnyView> {
    let rows: Vec<_> = month
        .spots(listed)
        .map(|spot| spot_row(lang, month, spot))
        .collect();
    let (name, kind) = spots_name(lang, listed);
    let view = (!rows.is_empty()).then(|| {
        view! {
            <section class="po-list" data-board=kind>
                <h2 class="po-spine">{name}</h2>
                <ol role="list">{rows}</ol>
            </section>
        }
    });
    view.map(IntoAny::into_any)
}

fn spot_row(lang: Lang, month: &PostedMonth, spot: &PostedSpot) -> AnyView {
    view! {
        <li>
            <p class="po-name">
                <span>
                    <b>{spot.place.clone()}</b>
                    " "
                    <small>{month.name(spot.unit).to_owned()}</small>
                </span>
                <span class="num">{signed(&spot.record.points)}</span>
            </p>
            <ul role="list">
                <li>{reason(lang, &spot.record)}</li>
            </ul>
        </li>
    }
    .into_any()
}

fn row(lang: Lang, group: &PostedGroup, unit: &PostedUnit) -> AnyView {
    let reasons: Vec<_> = unit
        .merits
        .iter()
        .map(|merit| view! { <li>{reason(lang, merit)}</li> })
        .collect();
    let team = team_line(lang, unit).map(|line| view! { <li><small>{line}</small></li> });
    view! {
        <li>
            <p class="po-name">
                <span>
                    <b>{unit.name.clone()}</b>
                    " "
                    <small>{group.name.clone()}</small>
                </span>
                <span class="num">{signed(&unit.merit)}</span>
            </p>
            <ul role="list">{reasons} {team}</ul>
        </li>
    }
    .into_any()
}

fn reason(lang: Lang, merit: &PostedMerit) -> AnyView {
    view! {
        <b class="nw">{signed(&merit.points)}</b>
        " "
        {merit.reason.clone()}
        " "
        <small>{merit_line(lang, merit)}</small>
    }
    .into_any()
}

fn nobody(lang: Lang, month: &PostedMonth) -> Option<AnyView> {
    let is_named = month.names(Listed::Red) || month.names(Listed::Black);
    let is_empty = month.taken_down == 0 && !is_named;
    is_empty.then(|| view! { <p class="po-facts">{text::posted_poster_none(lang)}</p> }.into_any())
}

/// The first of each group, and who holds its flags.
fn groups(lang: Lang, month: &PostedMonth) -> AnyView {
    let rows: Vec<_> = month
        .groups
        .iter()
        .map(|group| self::group(lang, month, group))
        .collect();
    view! {
        <section class="po-groups">
            <h2>{text::posted_poster_firsts(lang)}</h2>
            <dl>{rows}</dl>
        </section>
    }
    .into_any()
}

fn group(lang: Lang, month: &PostedMonth, group: &PostedGroup) -> AnyView {
    let comma = text::unit_list_comma(lang);
    let firsts = group.units.iter().filter(|unit| unit.rank == Some(1));
    let firsts: Vec<_> = firsts.map(|unit| unit.name.clone()).collect();
    let first = (!firsts.is_empty()).then(
        || view! { <dd><b>{text::posted_poster_first(lang)}</b> " " {firsts.join(comma)}</dd> },
    );
    let holders = |flags: &PostedFlags| {
        let units = flags.hand_overs.iter().filter_map(|flag| flag.to);
        let names: Vec<_> = units.map(|unit| month.name(unit).to_owned()).collect();
        let line = (!names.is_empty()).then(|| names.join(comma));
        line.map(|line| view! { <dd><b>{flags.name.clone()}</b> " " {line}</dd> })
    };
    let flags: Vec<_> = group.flags.iter().filter_map(holders).collect();
    view! {
        <div>
            <dt>{group.name.clone()}</dt>
            {first}
            {flags}
        </div>
    }
    .into_any()
}

/// What changed, which edition this is, and the way to the frozen page.
fn foot(lang: Lang, poster: &MonthPoster) -> AnyView {
    let month = &poster.page.month;
    let correction = (!month.correction.is_empty())
        .then(|| view! { <p>{text::contest_corrected(lang, month.correction.clone())}</p> });
    let size = poster.qr_size + 4;
    let code = (poster.qr_size > 0).then(|| {
        view! {
            <svg class="qr" viewBox=format!("-2 -2 {size} {size}") aria-hidden="true">
                <path d=poster.qr_path.clone()></path>
            </svg>
        }
    });
    view! {
        <footer class="po-foot">
            <div>
                {correction}
                <p>{text::contest_frozen(lang, poster.page.check_code.clone())}</p>
                <p>
                    {text::posted_poster_scan(lang)} " "
                    <a href=paths::month(month.season, month.period)>{poster.url.clone()}</a>
                </p>
            </div>
            {code}
        </footer>
    }
    .into_any()
}
