//! The bulletin on paper, A4 on its side: places with every figure (WZ-13), lists, flags and
//! pairs, as they were posted.

use crate::api::month::load_bulletin;
use crate::backend::MonthPage;
use crate::components::loaded::loaded;
use crate::components::print::print_sheet;
use crate::components::standing::{
    checkpoint_words, handed, merit_line, moved_words, signed, sponsor_words,
};
use crate::components::state::error_state;
use crate::error::{AppError, Code};
use crate::pages::month::{black_stands, list_name, month_param, spots_name, with_measure};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::UnitId;
use domain::month::Period;
use domain::month::board::Listed;
use domain::month::pair::Duel;
use leptos::prelude::*;
use leptos_meta::{Html, Title};
use sync::posted_month::{PostedCell, PostedGroup, PostedMonth, PostedSpot, PostedUnit};

/// Indicators beside one another on a page that lies; more go on below.
const INDICATORS_ACROSS: usize = 8;

#[component]
pub fn BulletinPage() -> impl IntoView {
    let lang = lang();
    let content = match month_param() {
        Some((season, period)) => loaded(load_bulletin(season, period), move |page| {
            bulletin(lang, &page)
        }),
        None => error_state(&AppError::new(Code::NotFound)),
    };
    view! {
        <Title text=text::posted_bulletin_print(lang) />
        <Html {..} data-paper="lying" />
        <link rel="stylesheet" href=paths::SHEETS_CSS />
        <div class="page" data-kind="doc">{content}</div>
    }
    .into_any()
}

fn bulletin(lang: Lang, page: &MonthPage) -> AnyView {
    let month = &page.month;
    let posted = format::moment(lang, month.posted_at);
    let facts = [
        Some(month.county.clone()),
        Some(month.title.clone()),
        sponsor_words(lang, &month.sponsor),
        Some(text::posted_season(lang, month.season_name.clone())),
        Some(text::contest_edition(lang, month.edition)),
        Some(text::standings_posted(lang, posted)),
        Some(text::posted_check(lang, page.check_code.clone())),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    let correction = (!month.correction.is_empty())
        .then(|| view! { <p>{text::contest_corrected(lang, month.correction.clone())}</p> });
    let missing = (month.missing > 0).then(|| {
        let reason = month.missing_reason.clone();
        view! { <p>{text::standings_missing(lang, month.missing, reason)}</p> }
    });
    let groups: Vec<_> = month
        .groups
        .iter()
        .map(|one| group(lang, month, one))
        .collect();
    view! {
        {controls(lang, month)}
        // It scrolls sideways where the window is narrower than the paper.
        <main id="main" tabindex="0">
            <article class="a4" data-lies="">
                <h1>{text::posted_bulletin(lang, format::month(lang, month.period))}</h1>
                <p class="sub">{facts.join(" · ")}</p>
                {correction}
                {missing}
                {groups}
                {lists(lang, month)}
                {flags(lang, month)}
                {pairs(lang, month)}
            </article>
        </main>
    }
    .into_any()
}

fn controls(lang: Lang, month: &PostedMonth) -> AnyView {
    view! {
        <nav class="cluster pad-x no-print" aria-label=text::app_main_nav(lang)>
            <a class="btn" data-size="small" href=paths::month_desk(month.season, month.period)>
                {text::posted_bulletin_back(lang)}
            </a>
            {print_sheet(lang)}
        </nav>
    }
    .into_any()
}

/// A table of words: what it is of, its heads and its rows.
fn table(label: String, heads: Vec<String>, rows: Vec<AnyView>) -> AnyView {
    let heads: Vec<_> = heads
        .into_iter()
        .map(|head| view! { <th scope="col">{head}</th> })
        .collect();
    view! {
        <h2 class="a4-lab">{label}</h2>
        <table class="grid" data-kind="bulletin">
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cells: Vec<String>) -> AnyView {
    let cells: Vec<_> = cells
        .into_iter()
        .map(|cell| view! { <td>{cell}</td> })
        .collect();
    view! { <tr>{cells}</tr> }.into_any()
}

fn owned(heads: &[&str]) -> Vec<String> {
    heads.iter().map(|head| (*head).to_owned()).collect()
}

fn lists(lang: Lang, month: &PostedMonth) -> Option<AnyView> {
    let both = [Listed::Red, Listed::Black].into_iter();
    let units = both.flat_map(|listed| {
        let (name, _) = list_name(lang, listed);
        let units = month.listed(listed).into_iter();
        units.map(move |(group, unit)| (name, group, unit))
    });
    let rows = units.map(|(name, group, unit)| list_row(lang, name, group, unit));
    let spots = month.spots.iter().map(|spot| spot_row(lang, month, spot));
    let rows: Vec<_> = rows.chain(spots).collect();
    let heads = owned(&[
        text::posted_col_list(lang),
        text::posted_col_unit(lang),
        text::posted_col_group(lang),
        text::posted_col_net(lang),
        text::posted_col_reasons(lang),
    ]);
    let names = [Listed::Red, Listed::Black].map(|listed| list_name(lang, listed).0);
    let label = names.join(text::unit_list_comma(lang));
    let stands = black_stands(lang, month).map(|line| view! { <p>{line}</p> });
    let is_there = !rows.is_empty() || stands.is_some();
    is_there.then(|| view! { {table(label, heads, rows)} {stands} }.into_any())
}

fn list_row(lang: Lang, name: &'static str, group: &PostedGroup, unit: &PostedUnit) -> AnyView {
    let reasons: Vec<_> = unit
        .merits
        .iter()
        .map(|merit| {
            let line = merit_line(lang, merit);
            let words = text::posted_poster_reason(lang, line, merit.reason.clone());
            view! { <li>{signed(&merit.points)} " " {words}</li> }
        })
        .collect();
    view! {
        <tr>
            <td class="nw">{name}</td>
            <td>{unit.name.clone()}</td>
            <td>{group.name.clone()}</td>
            <td class="nw" data-sum="">{signed(&unit.merit)}</td>
            <td data-words=""><ul role="list">{reasons}</ul></td>
        </tr>
    }
    .into_any()
}

/// A place that stands out, with its unit (P7).
fn spot_row(lang: Lang, month: &PostedMonth, spot: &PostedSpot) -> AnyView {
    let words = text::posted_poster_reason(
        lang,
        merit_line(lang, &spot.record),
        spot.record.reason.clone(),
    );
    view! {
        <tr>
            <td class="nw">{spots_name(lang, spot.listed).0}</td>
            <td>{spot.place.clone()}</td>
            <td>{month.name(spot.unit).to_owned()}</td>
            <td class="nw" data-sum="">{signed(&spot.record.points)}</td>
            <td data-words="">{words}</td>
        </tr>
    }
    .into_any()
}

fn flags(lang: Lang, month: &PostedMonth) -> Option<AnyView> {
    let rows: Vec<_> = month
        .hand_overs()
        .map(|(group, flags, flag)| {
            let holder = flag.to.map(|unit| month.name(unit).to_owned());
            row(vec![
                group.name.clone(),
                text::standings_flag(lang, flag.number, flags.name.clone()),
                holder.unwrap_or_else(|| text::standings_with_organiser(lang).to_owned()),
                handed(lang, month, flag),
            ])
        })
        .collect();
    let heads = owned(&[
        text::posted_col_group(lang),
        text::posted_col_flag(lang),
        text::posted_col_unit(lang),
        text::posted_col_change(lang),
    ]);
    let label = text::standings_flags(lang).to_owned();
    (!rows.is_empty()).then(|| table(label, heads, rows))
}

fn pairs(lang: Lang, month: &PostedMonth) -> Option<AnyView> {
    let score = |id: UnitId| {
        let score = month.unit(id).and_then(|unit| unit.score.as_deref());
        score.map(format::figure).unwrap_or_default()
    };
    let rows: Vec<_> = month
        .pairs
        .iter()
        .map(|pair| {
            row(vec![
                month.name(pair.a).to_owned(),
                score(pair.a),
                duel(lang, pair.duel).to_owned(),
                score(pair.b),
                month.name(pair.b).to_owned(),
                text::posted_tally(lang, pair.drawn, pair.lost, pair.won),
            ])
        })
        .collect();
    let heads = owned(&[
        text::posted_col_unit(lang),
        text::posted_col_score(lang),
        text::posted_col_duel(lang),
        text::posted_col_score(lang),
        text::posted_col_rival(lang),
        text::posted_col_tally(lang),
    ]);
    let label = text::standings_pairs(lang).to_owned();
    (!rows.is_empty()).then(|| table(label, heads, rows))
}

fn duel(lang: Lang, duel: Duel) -> &'static str {
    match duel {
        Duel::Win => text::standings_win(lang),
        Duel::Draw => text::standings_draw(lang),
        Duel::Lose => text::standings_lose(lang),
        Duel::Open => text::standings_open(lang),
    }
}

/// A group's places with every figure, so many indicators at a time.
fn group(lang: Lang, month: &PostedMonth, group: &PostedGroup) -> AnyView {
    let count = month.asked_of(group).count().max(1);
    let tables: Vec<_> = (0..count)
        .step_by(INDICATORS_ACROSS)
        .map(|from| figures(lang, month, group, from))
        .collect();
    tables.into_any()
}

fn figures(lang: Lang, month: &PostedMonth, group: &PostedGroup, from: usize) -> AnyView {
    let mut heads = owned(&[
        text::posted_col_rank(lang),
        text::posted_col_unit(lang),
        text::posted_col_moved(lang),
    ]);
    let in_year = month.has_moved_in_year();
    heads.extend(in_year.then(|| text::posted_col_in_year(lang).to_owned()));
    heads.push(text::posted_col_score(lang).to_owned());
    let indicators = month.asked_of(group).skip(from).take(INDICATORS_ACROSS);
    heads.extend(indicators.map(|(_, indicator)| with_measure(lang, indicator)));
    let rows: Vec<_> = group
        .units
        .iter()
        .map(|unit| unit_row(lang, (month, group, unit), from, in_year))
        .collect();
    table(group.name.clone(), heads, rows)
}

fn unit_row(
    lang: Lang,
    (month, group, unit): (&PostedMonth, &PostedGroup, &PostedUnit),
    from: usize,
    in_year: bool,
) -> AnyView {
    let rank = match unit.rank {
        Some(rank) => rank.to_string(),
        None if unit.external => text::standings_external(lang).to_owned(),
        None => text::result_held(lang).to_owned(),
    };
    let words = |moved| moved_words(lang, moved);
    let moved = unit.moved.map(words);
    let in_year = in_year.then(|| view! { <td class="nw">{unit.moved_in_year.map(words)}</td> });
    let cells: Vec<_> = month
        .figures(group, unit)
        .skip(from)
        .take(INDICATORS_ACROSS)
        .map(|(_, cell)| figure(lang, month.period, cell))
        .collect();
    view! {
        <tr>
            <td class="nw">{rank}</td>
            <td>{unit.name.clone()}</td>
            <td class="nw">{moved}</td>
            {in_year}
            <td class="nw" data-sum="">{unit.score.as_deref().map(format::figure)}</td>
            {cells}
        </tr>
    }
    .into_any()
}

fn figure(lang: Lang, period: Period, cell: &PostedCell) -> AnyView {
    let Some(value) = &cell.value else {
        return view! { <td>{text::standings_not_reported(lang)}</td> }.into_any();
    };
    let completion = cell.completion.as_ref();
    let completion = completion.map(|done| format!("{}%", format::figure(done)));
    let rank = cell.rank.map(|rank| text::standings_place(lang, rank));
    let growth = cell.in_year().map(|(value, growth)| match growth {
        Some(growth) => text::standings_growth(lang, signed(growth)),
        None => text::unit_last_year(lang, format::figure(value)),
    });
    let checkpoint = checkpoint_words(lang, period, cell);
    let parts = [completion, checkpoint, growth, rank];
    let line: Vec<_> = parts.into_iter().flatten().collect();
    view! {
        <td>
            <b>{format::figure(value)}</b>
            <span class="cell-line">
                {line.join(text::home_comma(lang))} " " {cell.moved.map(format::moved)}
            </span>
        </td>
    }
    .into_any()
}
