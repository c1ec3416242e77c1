//! A posted month for anybody: the places of each group, the lists, flags and pairs, and every
//! figure that the points came from. It is frozen: a correction is a further edition.

mod figures;
mod heat;
mod lists;
mod places;
mod poster;
mod printed;
mod screen;
mod timeline;

pub use figures::with_measure;
pub use lists::{black_stands, list_name, spots_name};
pub use screen::MonthScreen;

use crate::api::month::load_month;
use crate::backend::MonthPage;
use crate::components::bar::Back;
use crate::components::frame::{PublicPage, Tab};
use crate::components::icon::Icon;
use crate::components::loaded::loaded;
use crate::components::share;
use crate::components::standing::sponsor_words;
use crate::components::state::error_state;
use crate::error::{AppError, Code};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::SeasonId;
use domain::month::board::Listed;
use domain::month::period::Period;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use poster::Poster;
use sync::posted_month::PostedMonth;
use timeline::Timeline;

/// Characters of what a messenger shows of a link.
const ABOUT_CHARS: usize = 60;

#[component]
pub fn Month() -> impl IntoView {
    let lang = lang();
    let back = Back {
        href: paths::BOARDS.to_owned(),
        label: text::standings_back(lang),
    };
    let params = use_params_map();
    // One month links to the next, and the page stays while its address changes.
    let address = Memo::new(move |_| -> Option<(SeasonId, Period)> {
        params.with(|params| {
            let season = params.get("season")?.parse().ok()?;
            Some((season, params.get("period")?.parse().ok()?))
        })
    });
    let query = use_query_map();
    let printed = Memo::new(move |_| -> Option<u32> {
        query.with(|query| query.get("edition")?.parse().ok())
    });
    let content = move || match address.get() {
        Some((season, period)) => {
            let page = load_month(season, period, printed.get());
            loaded(page, move |page| month(lang, &page))
        }
        None => error_state(&AppError::new(Code::NotFound)),
    };
    view! {
        <PublicPage title=text::standings_title(lang) back tab=Tab::Boards>
            {content}
        </PublicPage>
    }
    .into_any()
}

/// What else there is of a month, as the address says: its poster, or where its flags went.
#[component]
pub fn MonthSheet() -> impl IntoView {
    let params = use_params_map();
    let sheet = Memo::new(move |_| params.with(|params| params.get("sheet")));
    let view = move || match sheet.get().as_deref() {
        Some("poster") => view! { <Poster /> }.into_any(),
        Some("flags") => view! { <Timeline /> }.into_any(),
        _ => error_state(&AppError::new(Code::NotFound)),
    };
    view.into_any()
}

/// The season and the month that the address names.
#[must_use]
pub fn month_param() -> Option<(SeasonId, Period)> {
    use_params_map().with_untracked(|params| {
        let season = params.get("season")?.parse().ok()?;
        Some((season, params.get("period")?.parse().ok()?))
    })
}

fn month(lang: Lang, page: &MonthPage) -> AnyView {
    let month = &page.month;
    let title = format!("{} {}", format::month(lang, month.period), month.title);
    view! {
        <Title text=title.clone() />
        {share::card(title, about(lang, month), &paths::month(month.season, month.period))}
        <link rel="stylesheet" href=paths::CHARTS_CSS />
        {printed::printed(lang, page)}
        {switcher(lang, page)}
        {remarks(lang, page)}
        {sections(lang, month)}
        {places::groups(lang, page)}
        {lists::boards(lang, page)}
        {lists::flags(lang, page)}
        {lists::pairs(lang, page)}
        {figures::indicators(lang, month)}
        {figures::matrix(lang, month)}
        <p class="frozen">
            <Icon name="lock" /><span>{text::contest_frozen(lang, page.check_code.clone())}</span>
        </p>
        <p class="cluster pad-x no-print">
            <a class="btn" data-size="small" href=paths::month_poster(month.season, month.period)>
                {text::posted_poster(lang)}
            </a>
            <a class="btn" data-size="small" href=paths::month_screen(month.season, month.period)>
                {text::posted_screen(lang)}
            </a>
            {page.has_bulletin.then(|| bulletin(lang, month))}
        </p>
    }
    .into_any()
}

/// The bulletin's files, where the charter opens them to who reads this.
fn bulletin(lang: Lang, month: &PostedMonth) -> AnyView {
    let files = [
        ("bulletin.xlsx", text::posted_bulletin_xlsx(lang)),
        ("bulletin.docx", text::posted_bulletin_docx(lang)),
    ];
    let files = files.map(|(file, words)| {
        let href = paths::month_file(month.season, month.period, file);
        view! { <a class="btn" data-size="small" href=href rel="external" download="">{words}</a> }
    });
    files.into_iter().collect_view().into_any()
}

/// Who is on the lists, and the first of each group, as a messenger shows it of a link.
fn about(lang: Lang, month: &PostedMonth) -> String {
    let comma = text::unit_list_comma(lang);
    let lists = [Listed::Red, Listed::Black].map(|listed| {
        let units = month.listed(listed).into_iter();
        let names: Vec<_> = units.map(|(_, unit)| unit.name.clone()).collect();
        (list_name(lang, listed).0.to_owned(), names)
    });
    let firsts = month.groups.iter().map(|group| {
        let first = group.units.iter().filter(|unit| unit.rank == Some(1));
        (
            group.name.clone(),
            first.map(|unit| unit.name.clone()).collect(),
        )
    });
    let lines = lists.into_iter().chain(firsts);
    let lines = lines.filter(|(_, names): &(String, Vec<String>)| !names.is_empty());
    let lines: Vec<_> = lines
        .map(|(what, names)| text::standings_card(lang, what, names.join(comma)))
        .collect();
    let lines = format::wrapped(&lines.join(text::standings_card_next(lang)), ABOUT_CHARS, 1);
    lines.concat()
}

/// The month between the one before and the one after.
fn switcher(lang: Lang, page: &MonthPage) -> AnyView {
    let month = &page.month;
    let when = text::standings_posted(lang, format::moment(lang, month.posted_at));
    let edition = (month.edition > 1)
        .then(|| view! { <span class="tag">{text::contest_edition(lang, month.edition)}</span> });
    let label = |words: fn(Lang, String) -> String, period: Option<Period>| {
        period.map(|period| (words(lang, format::month(lang, period)), period))
    };
    let sponsor = sponsor_words(lang, &month.sponsor);
    let before = label(text::standings_before, page.before);
    let after = label(text::standings_after, page.after);
    view! {
        <div class="month">
            {neighbour("back", month.season, before, text::standings_no_before(lang))}
            <div class="month-mid">
                <h2>{format::month(lang, month.period)}</h2>
                <p>{month.title.clone()}</p>
                {sponsor.map(|words| view! { <p>{words}</p> })}
                <p>{when} " " {edition}</p>
            </div>
            {neighbour("next", month.season, after, text::standings_no_after(lang))}
        </div>
    }
    .into_any()
}

fn neighbour(
    icon: &'static str,
    season: SeasonId,
    link: Option<(String, Period)>,
    none: &'static str,
) -> AnyView {
    match link {
        Some((label, period)) => view! {
            <a class="month-way" href=paths::month(season, period) aria-label=label>
                <Icon name=icon />
            </a>
        }
        .into_any(),
        None => view! {
            <span class="month-way" data-off="">
                <Icon name=icon />
                <span class="vh">{none}</span>
            </span>
        }
        .into_any(),
    }
}

/// The ways to what lies below the places: the page of a whole county is long.
fn sections(lang: Lang, month: &PostedMonth) -> AnyView {
    let is_listed = |listed| !month.listed(listed).is_empty();
    let has_indicators = !month.indicators.is_empty();
    let links = [
        (
            "#list-red",
            text::standings_red(lang),
            is_listed(Listed::Red),
        ),
        (
            "#list-black",
            text::standings_black(lang),
            is_listed(Listed::Black),
        ),
        ("#flags", text::standings_flags(lang), has_flags(month)),
        (
            "#pairs",
            text::standings_pairs(lang),
            !month.pairs.is_empty(),
        ),
        (
            "#indicators",
            text::standings_indicators(lang),
            has_indicators,
        ),
        ("#matrix", text::standings_matrix(lang), has_indicators),
    ];
    let links: Vec<_> = links
        .into_iter()
        .filter(|(_, _, is_there)| *is_there)
        .map(|(href, words, _)| view! { <a href=href rel="external">{words}</a> })
        .collect();
    view! { <nav class="chips no-print" aria-label=text::standings_title(lang)>{links}</nav> }
        .into_any()
}

fn has_flags(month: &PostedMonth) -> bool {
    month.hand_overs().next().is_some()
}

/// What changed against the edition before, unless it stands beside the poster's already, and what
/// was missing.
fn remarks(lang: Lang, page: &MonthPage) -> AnyView {
    let month = &page.month;
    let is_told = printed::is_outdated(page);
    let correction = (!month.correction.is_empty() && !is_told).then(|| {
        say(
            "note",
            text::contest_corrected(lang, month.correction.clone()),
        )
    });
    let missing = (month.missing > 0).then(|| {
        let reason = month.missing_reason.clone();
        say("note", text::standings_missing(lang, month.missing, reason))
    });
    view! { {correction} {missing} }.into_any()
}

fn say(icon: &'static str, line: String) -> AnyView {
    view! { <p class="say"><Icon name=icon /><span>{line}</span></p> }.into_any()
}
