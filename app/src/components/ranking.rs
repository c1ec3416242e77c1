//! The places of a posted result, each with everything a reader needs to check it: class means
//! with their denominators (XY-7), deductions, ties, notes.

use crate::components::words;
use crate::format;
use crate::prefs::lang;
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::posted::{PostedClass, PostedMean, PostedResult, PostedRow};

const WITHDRAWN: &str = "withdrawn";

/// All rows of a result.
#[must_use]
pub fn ranking(result: &PostedResult) -> AnyView {
    let lang = lang();
    let rows: Vec<_> = result
        .rows
        .iter()
        .map(|row| {
            let tied = is_tied(result, row);
            let details = details(lang, row, result);
            view! { <li class="row">{head(lang, row, tied)} {details}</li> }
        })
        .collect();
    view! { <ol role="list">{rows}</ol> }.into_any()
}

/// What is true of every row, once.
#[must_use]
pub fn remarks(result: &PostedResult) -> AnyView {
    let lang = lang();
    let lines = common_notes(result).into_iter();
    let lines: Vec<_> = lines
        .map(|code| {
            let line = words::note(lang, code, &result.classes);
            view! { <p class="note pad-x">{line}</p> }
        })
        .collect();
    lines.into_any()
}

/// The rows in first place, short.
#[must_use]
pub fn champions(result: &PostedResult) -> AnyView {
    let lang = lang();
    let rows: Vec<_> = result
        .rows
        .iter()
        .filter(|row| row.rank == Some(1))
        .map(|row| {
            let tied = is_tied(result, row);
            let topic = (!row.topic.is_empty())
                .then(|| view! { <p class="row-text">{row.topic.clone()}</p> });
            view! {
                <li class="row">
                    {place(row.rank)}
                    <div class="row-main"><p class="row-name">{row.name.clone()}</p>{topic}</div>
                    {figure(lang, row, tied)}
                </li>
            }
        })
        .collect();
    view! { <ol role="list">{rows}</ol> }.into_any()
}

/// Whether another row has the same place.
#[must_use]
pub fn is_tied(result: &PostedResult, row: &PostedRow) -> bool {
    row.rank.is_some()
        && result
            .rows
            .iter()
            .any(|other| other.rank == row.rank && other.entry != row.entry)
}

/// What stands where a score would.
#[must_use]
pub fn score_word(lang: Lang, row: &PostedRow) -> String {
    match &row.score {
        Some(score) => format::figure(score),
        None if row.notes.iter().any(|note| note == WITHDRAWN) => {
            text::result_withdrawn(lang).to_owned()
        }
        None => text::result_held(lang).to_owned(),
    }
}

fn head(lang: Lang, row: &PostedRow, tied: bool) -> AnyView {
    let topic =
        (!row.topic.is_empty()).then(|| view! { <p class="row-text">{row.topic.clone()}</p> });
    view! {
        {place(row.rank)}
        <div class="row-main"><p class="row-name">{row.name.clone()}</p>{topic}</div>
        {figure(lang, row, tied)}
    }
    .into_any()
}

/// The place: a coin for the first and for nobody else.
#[must_use]
pub fn place(rank: Option<u32>) -> AnyView {
    match rank {
        Some(1) => view! { <span class="row-no"><span class="coin">"1"</span></span> }.into_any(),
        Some(rank) => view! { <span class="row-no">{rank}</span> }.into_any(),
        None => view! { <span class="row-no">"—"</span> }.into_any(),
    }
}

fn figure(lang: Lang, row: &PostedRow, tied: bool) -> AnyView {
    let tied = tied.then(|| view! { <span class="move">{text::result_tied(lang)}</span> });
    let word = score_word(lang, row);
    match row.score {
        Some(_) => {
            view! { <div class="row-end"><span class="num">{word}</span>{tied}</div> }.into_any()
        }
        None => view! { <div class="row-end"><span class="tag">{word}</span></div> }.into_any(),
    }
}

fn details(lang: Lang, row: &PostedRow, result: &PostedResult) -> AnyView {
    let classes = &result.classes;
    let is_withdrawn = row.notes.iter().any(|note| note == WITHDRAWN);
    let means: Vec<_> = row
        .classes
        .iter()
        .zip(classes)
        .filter(|_| !is_withdrawn)
        .map(|(mean, class)| class_mean(lang, mean, class))
        .collect();
    let means = (!means.is_empty()).then(|| view! { <dl class="panels">{means}</dl> });
    let mut lines = Vec::new();
    if !row.deductions.is_empty() {
        let points = format::figure(&row.deductions);
        lines.push(text::result_deductions(lang, points));
    }
    lines.extend(row.ties.iter().map(|code| words::tie(lang, code, classes)));
    let common = common_notes(result);
    let notes = row
        .notes
        .iter()
        .filter(|code| is_worth_saying(code) && !common.contains(code));
    lines.extend(notes.map(|code| words::note(lang, code, classes)));
    if row.offline_sheets > 0 {
        lines.push(text::result_offline(lang, row.offline_sheets));
    }
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| view! { <p class="note">{line}</p> })
        .collect();
    let lines = (!lines.is_empty()).then(|| view! { <div class="row-more">{lines}</div> });
    view! { {means} {lines} }.into_any()
}

/// The panel is already printed beside each mean.
fn is_worth_saying(code: &str) -> bool {
    !code.starts_with("partial_panel")
}

/// Notes that every scored row bears: they are said once, under all of them.
fn common_notes(result: &PostedResult) -> Vec<&String> {
    let mut scored = result.rows.iter().filter(|row| row.score.is_some());
    let Some(first) = scored.next() else {
        return Vec::new();
    };
    let others: Vec<_> = scored.collect();
    if others.is_empty() {
        return Vec::new();
    }
    let everywhere =
        |code: &&String| is_worth_saying(code) && others.iter().all(|row| row.notes.contains(code));
    first.notes.iter().filter(everywhere).collect()
}

fn class_mean(lang: Lang, mean: &PostedMean, class: &PostedClass) -> AnyView {
    let value = mean
        .value
        .as_deref()
        .map_or_else(|| "—".to_owned(), format::figure);
    let weight = text::result_weight(lang, format::share(&class.weight));
    let panel = text::result_panel(lang, mean.eligible, mean.kept, mean.valid);
    view! {
        <div>
            <dt>{class.name.clone()} " " {weight}</dt>
            <dd class="num">{value}</dd>
            <dd class="note">{panel}</dd>
        </div>
    }
    .into_any()
}
