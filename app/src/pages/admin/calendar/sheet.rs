//! The document of a duty on A4, on its side, as the posted months of its span make it (GY-15).

use super::outcomes::outcomes;
use super::paper::{Head, Paper, Part, paper, title};
use super::year_words::year_words;
use crate::api::calendar::{command_calendar, load_duty_sheet};
use crate::backend::{CalendarCommand, DutySheet};
use crate::components::loaded::current;
use crate::components::print::print_sheet;
use crate::components::state::error_state;
use crate::error::{AppError, Code};
use crate::pages::admin::acts::{Acts, AskDialog};
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::SeasonId;
use domain::month::cadence::{Output, Span};
use leptos::prelude::*;
use leptos_meta::{Html, Title};
use leptos_router::hooks::use_params_map;

#[component]
pub fn DutySheetPage() -> impl IntoView {
    let lang = lang();
    let Some((season, output, span)) = asked() else {
        return error_state(&AppError::new(Code::NotFound));
    };
    let acts = Acts::over(move |command| Box::pin(command_calendar(season, command)));
    let again = Signal::derive(move || acts.done.get());
    let content = current(
        move || load_duty_sheet(season, output, span),
        again,
        RwSignal::new(false),
        move |page| {
            let view = move |page: &DutySheet| sheet(lang, page, paper(lang, page), acts);
            view! { {move || page.with(view)} }.into_any()
        },
    );
    view! {
        <Title text=title(lang, output) />
        <Html {..} data-paper="lying" />
        <link rel="stylesheet" href=paths::SHEETS_CSS />
        <div class="page" data-kind="doc">{content} <AskDialog acts /></div>
    }
    .into_any()
}

/// The season, what comes of the duty, and its span.
fn asked() -> Option<(SeasonId, Output, Span)> {
    use_params_map().with_untracked(|params| {
        let span = Span {
            from: params.get("from")?.parse().ok()?,
            to: params.get("to")?.parse().ok()?,
        };
        let output = Output::of_sheet(&params.get("output")?)?;
        Some((params.get("season")?.parse().ok()?, output, span))
    })
}

fn sheet(lang: Lang, page: &DutySheet, paper: Paper, acts: Acts<CalendarCommand>) -> AnyView {
    let lines = paper.lines.into_iter();
    let lines: Vec<_> = lines.map(|words| view! { <p>{words}</p> }).collect();
    let parts: Vec<_> = paper.parts.into_iter().map(part).collect();
    let signs = paper
        .signs
        .map(|label| view! { <div><span>{label}</span><i></i></div> });
    view! {
        {controls(lang, page)}
        // It scrolls sideways where the window is narrower than the paper.
        <main id="main" tabindex="0">
            {year_words(lang, page, acts)}
            {outcomes(lang, page, acts)}
            <article class="a4" data-lies="">
                <h1>{paper.title}</h1>
                <p class="sub">{paper.facts}</p>
                {lines}
                {parts}
                <div class="signs">{signs}</div>
            </article>
        </main>
    }
    .into_any()
}

fn controls(lang: Lang, page: &DutySheet) -> AnyView {
    let file = paths::duty_sheet_docx(page.season, page.output, page.span);
    view! {
        <nav class="cluster pad-x no-print" aria-label=text::app_main_nav(lang)>
            <a class="btn" data-size="small" href=paths::calendar(page.season)>
                {text::duty_sheet_back(lang)}
            </a>
            {print_sheet(lang)}
            <a class="btn" data-size="small" href=file download="" rel="external">
                {text::slip_docx(lang)}
            </a>
        </nav>
    }
    .into_any()
}

fn part(part: Part) -> AnyView {
    let heads: Vec<_> = part.heads.iter().map(head).collect();
    let rows: Vec<_> = part
        .rows
        .into_iter()
        .map(|cells| row(&part.heads, cells))
        .collect();
    view! {
        <h2 class="a4-lab">{part.title}</h2>
        <table class="grid" data-kind="bulletin">
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn head(head: &Head) -> AnyView {
    let words = head.words.clone();
    match head.href.clone() {
        Some(href) => view! { <th scope="col"><a href=href>{words}</a></th> }.into_any(),
        None => view! { <th scope="col">{words}</th> }.into_any(),
    }
}

/// A row that is too short says something of the whole table.
fn row(heads: &[Head], cells: Vec<String>) -> AnyView {
    let lines = |words: &str| -> Vec<_> {
        let lines = words.lines().map(str::to_owned);
        lines
            .map(|line| view! { <span>{line}</span><br /> })
            .collect()
    };
    if cells.len() < heads.len() {
        let words = cells.concat();
        return view! { <tr><td colspan=heads.len()>{words}</td></tr> }.into_any();
    }
    let cells = cells.iter().zip(heads);
    let cells: Vec<_> = cells
        .map(|(words, head)| {
            let is_wide = head.is_wide.then_some("");
            view! { <td data-words=is_wide>{lines(words)}</td> }
        })
        .collect();
    view! { <tr>{cells}</tr> }.into_any()
}
