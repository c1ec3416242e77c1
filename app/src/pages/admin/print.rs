//! 成绩确认单: the calculation on A4, one sheet for each entry after a sheet with the places, with a
//! binding edge and lines to sign on. Black only.

use crate::api::desk::load_calculation;
use crate::backend::Calculation;
use crate::components::loaded::loaded;
use crate::components::print::print_sheet;
use crate::components::state::error_state;
use crate::error::{AppError, Code};
use crate::format;
use crate::pages::admin::working::Working;
use crate::pages::contest::contest_param;
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::scoring::{ClassScore, Column, EntryResult, Fate, Line};
use leptos::prelude::*;
use leptos_meta::Title;
use std::ops::Range;

/// Seats beside one another on a sheet of A4.
const SEATS_ACROSS: usize = 10;

#[component]
pub fn PrintSheets() -> impl IntoView {
    let lang = lang();
    let content = match contest_param() {
        Some(contest) => loaded(load_calculation(contest), move |page| sheets(lang, &page)),
        None => error_state(&AppError::new(Code::NotFound)),
    };
    view! {
        <Title text=text::print_title(lang) />
        <link rel="stylesheet" href=paths::SHEETS_CSS />
        <div class="page" data-kind="doc">{content}</div>
    }
    .into_any()
}

fn sheets(lang: Lang, page: &Calculation) -> AnyView {
    let Some(working) = Working::new(lang, page) else {
        return error_state(&AppError::new(Code::Unknown));
    };
    let pages = page.result.entries.len() + 1;
    let sheets: Vec<_> = page
        .result
        .entries
        .iter()
        .enumerate()
        .map(|(index, result)| entry_sheet(&working, result, index + 2, pages))
        .collect();
    view! {
        <p class="cluster pad-x no-print">
            <a class="btn" data-size="small" href=paths::calculation(page.card.id)>
                {text::print_back(lang)}
            </a>
            {print_sheet(lang)}
        </p>
        <main id="main">{place_sheet(&working, pages)} {sheets}</main>
    }
    .into_any()
}

fn top(
    lang: Lang,
    page: &Calculation,
    title: &'static str,
    facts: Vec<(&'static str, String)>,
) -> AnyView {
    let facts: Vec<_> = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect();
    let line = text::print_line(lang, page.card.county.clone(), page.card.title.clone());
    view! {
        <div class="a4-top">
            <div><h1>{title}</h1><p class="sub">{line}</p><dl class="kv">{facts}</dl></div>
        </div>
    }
    .into_any()
}

fn foot(working: &Working<'_>, number: usize, pages: usize) -> AnyView {
    let page = working.page;
    let check = if page.check_code.is_empty() {
        text::print_not_posted(working.lang).to_owned()
    } else {
        text::print_check(working.lang, page.check_code.clone())
    };
    let charter = text::contest_version(
        working.lang,
        page.charter.title.clone(),
        page.charter.version.clone(),
    );
    view! {
        <footer class="a4-foot">
            <span>{check}</span>
            <span>{charter}"　"{text::print_page(working.lang, number, pages)}</span>
        </footer>
    }
    .into_any()
}

fn signs(lang: Lang) -> AnyView {
    let roles = [
        text::print_scorer(lang),
        text::print_scrutineer(lang),
        text::print_director(lang),
    ];
    let roles = roles.map(|role| view! { <div><span>{role}</span><i></i></div> });
    view! { <div class="signs">{roles}</div> }.into_any()
}

/// The first sheet: all places.
fn place_sheet(working: &Working<'_>, pages: usize) -> AnyView {
    let lang = working.lang;
    let page = working.page;
    let rows: Vec<_> = page
        .result
        .entries
        .iter()
        .map(|result| {
            let rank = result
                .standing
                .rank
                .map_or_else(|| "—".to_owned(), |rank| rank.to_string());
            let name = working
                .entry(result)
                .map(|entry| entry.name.clone())
                .unwrap_or_default();
            let panels: Vec<_> = result
                .score
                .classes
                .iter()
                .map(|class| format!("{}/{}", class.panel.valid, class.panel.eligible))
                .collect();
            view! {
                <tr>
                    <td>{rank}</td>
                    <td>{name}</td>
                    <td>{panels.join("　")}</td>
                    <td class="nw" data-sum="">{working.score(result)}</td>
                    <td>{working.remarks(result).join(text::import_semicolon(lang))}</td>
                </tr>
            }
        })
        .collect();
    let facts = vec![
        (
            text::contest_date(lang),
            format::day_with_year(lang, &page.card.held_on),
        ),
        (text::contest_place(lang), page.card.place.clone()),
        (text::print_entries(lang), page.entries.len().to_string()),
    ];
    view! {
        <article class="a4">
            {top(lang, page, text::print_places(lang), facts)}
            <table class="grid">
                <thead>
                    <tr>
                        <th class="nw">{text::result_rank(lang)}</th>
                        <th>{text::print_unit(lang)}</th>
                        <th>{text::print_panel(lang)}</th>
                        <th class="nw">{text::result_score(lang)}</th>
                        <th>{text::calc_note(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {signs(lang)}
            {foot(working, 1, pages)}
        </article>
    }
    .into_any()
}

fn entry_sheet(
    working: &Working<'_>,
    result: &EntryResult,
    number: usize,
    pages: usize,
) -> AnyView {
    let lang = working.lang;
    let page = working.page;
    let (name, position) = working
        .entry(result)
        .map(|entry| (entry.name.clone(), entry.position))
        .unwrap_or_default();
    let facts = vec![
        (text::print_unit(lang), name),
        (
            text::print_order(lang),
            text::desk_order(lang, position, page.entries.len()),
        ),
        (
            text::contest_date(lang),
            format::day_with_year(lang, &page.card.held_on),
        ),
        (
            text::result_rank(lang),
            result
                .standing
                .rank
                .map(|rank| rank.to_string())
                .unwrap_or_default(),
        ),
    ];
    let classes: Vec<_> = result
        .score
        .classes
        .iter()
        .map(|class| class_grid(working, class, result))
        .collect();
    let steps: Vec<_> = working
        .steps(result)
        .into_iter()
        .map(|step| {
            view! {
                <li>
                    <span>{step.what}</span>
                    <span>{step.how}</span>
                    <span>{step.figure}</span>
                </li>
            }
        })
        .collect();
    let remarks = working.remarks(result).join(text::import_semicolon(lang));
    let numbers = page
        .seats
        .iter()
        .map(|seat| view! { <li>{seat.number}</li> });
    view! {
        <article class="a4">
            {top(lang, page, text::print_title(lang), facts)}
            {classes}
            <ol class="calc" role="list">{steps}</ol>
            <p>{remarks}</p>
            <p class="a4-lab">{text::print_judges(lang)}</p>
            <ol class="seatsign" role="list">{numbers.collect::<Vec<_>>()}</ol>
            {signs(lang)}
            {foot(working, number, pages)}
        </article>
    }
    .into_any()
}

/// One class of seats across the page: numbers above, totals or marks below, and why one is out.
/// More seats than a line holds go on below.
fn class_grid(working: &Working<'_>, class: &ClassScore, result: &EntryResult) -> AnyView {
    let count = class.columns.first().map_or(0, |column| column.lines.len());
    let grids: Vec<_> = (0..count)
        .step_by(SEATS_ACROSS)
        .map(|start| {
            part_grid(
                working,
                class,
                start..count.min(start + SEATS_ACROSS),
                result,
            )
        })
        .collect();
    view! {
        <p class="a4-lab">{working.class_name(class)} "　" {working.panel(class)}</p>
        {grids}
    }
    .into_any()
}

fn part_grid(
    working: &Working<'_>,
    class: &ClassScore,
    seats: Range<usize>,
    result: &EntryResult,
) -> AnyView {
    let lines = |column: &Column| -> Vec<Line> {
        column.lines.get(seats.clone()).unwrap_or_default().to_vec()
    };
    let entry = result.standing.entry;
    let all = class.columns.first().map(lines).unwrap_or_default();
    let heads: Vec<_> = all
        .iter()
        .map(|line| {
            let seat = working.page.seats.get(line.seat);
            view! { <th scope="col">{seat.map_or(0, |seat| seat.number)}</th> }
        })
        .collect();
    let parts: Vec<_> = working
        .parts(class)
        .into_iter()
        .map(|part| {
            let mark = |line: &Line| view! { <td>{working.part(entry, line.seat, part)}</td> };
            let cells: Vec<_> = all.iter().map(mark).collect();
            view! { <tr><th scope="row">{working.criterion_name(part)}</th>{cells}</tr> }
        })
        .collect();
    let rows: Vec<_> = class
        .columns
        .iter()
        .map(|column| {
            let cells: Vec<_> = lines(column)
                .iter()
                .map(|line| mark_cell(working, line, entry))
                .collect();
            view! { <tr><th scope="row">{working.column_name(column)}</th>{cells}</tr> }
        })
        .collect();
    view! {
        <table class="grid" data-kind="across">
            <thead><tr><th scope="col">{text::calc_seat(working.lang)}</th>{heads}</tr></thead>
            <tbody>{parts} {rows}</tbody>
        </table>
    }
    .into_any()
}

fn mark_cell(working: &Working<'_>, line: &Line, entry: usize) -> AnyView {
    let is_cut = matches!(line.fate, Fate::StruckHigh | Fate::StruckLow);
    let mark = line
        .value
        .map_or_else(|| "—".to_owned(), |value| working.mark(value));
    let mark = if is_cut {
        view! { <s>{mark}</s> }.into_any()
    } else {
        mark.into_any()
    };
    let word = working.fate(line, entry);
    let word = (!word.is_empty()).then(|| view! { <small>{word}</small> });
    view! { <td data-cut=is_cut.then_some("")>{mark}{word}</td> }.into_any()
}
