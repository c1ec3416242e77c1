//! The places of a posted result, each with everything a reader needs to check it: class means
//! with their denominators (XY-7), deductions, ties, notes.

use crate::components::words;
use crate::format;
use crate::prefs::lang;
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::posted::{PostedClass, PostedMean, PostedResult, PostedRow};

/// All rows of a result.
#[must_use]
pub fn ranking(result: &PostedResult) -> AnyView {
    let lang = lang();
    let rows: Vec<_> = result
        .rows
        .iter()
        .map(|row| {
            let tied = is_tied(result, row);
            view! { <li class="row">{head(lang, row, tied)} {details(lang, row, &result.classes)}</li> }
        })
        .collect();
    view! { <ol role="list">{rows}</ol> }.into_any()
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
                    {place(row)} <div class="row-main"><p class="row-name">{row.name.clone()}</p>{topic}</div>
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
        None if row.notes.iter().any(|note| note == "withdrawn") => {
            text::result_withdrawn(lang).to_owned()
        }
        None => text::result_held(lang).to_owned(),
    }
}

fn head(lang: Lang, row: &PostedRow, tied: bool) -> AnyView {
    let topic =
        (!row.topic.is_empty()).then(|| view! { <p class="row-text">{row.topic.clone()}</p> });
    view! {
        {place(row)}
        <div class="row-main"><p class="row-name">{row.name.clone()}</p>{topic}</div>
        {figure(lang, row, tied)}
    }
    .into_any()
}

/// The place: a coin for the first and for nobody else.
fn place(row: &PostedRow) -> AnyView {
    match row.rank {
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

fn details(lang: Lang, row: &PostedRow, classes: &[PostedClass]) -> AnyView {
    let means: Vec<_> = row
        .classes
        .iter()
        .zip(classes)
        .map(|(mean, class)| class_mean(lang, mean, class))
        .collect();
    let mut lines = Vec::new();
    if !row.deductions.is_empty() {
        lines.push(text::result_deductions(
            lang,
            format::figure(&row.deductions),
        ));
    }
    lines.extend(row.ties.iter().map(|code| words::tie(lang, code, classes)));
    // The panel is already printed beside each mean.
    let notes = row
        .notes
        .iter()
        .filter(|code| !code.starts_with("partial_panel"));
    lines.extend(notes.map(|code| words::note(lang, code, classes)));
    if row.offline_sheets > 0 {
        lines.push(text::result_offline(lang, row.offline_sheets));
    }
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| view! { <p class="note">{line}</p> })
        .collect();
    view! { <div class="row-more"><dl class="means">{means}</dl>{lines}</div> }.into_any()
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
            <dt>{class.name.clone()}" "{weight}</dt>
            <dd>{value}" "<small>{panel}</small></dd>
        </div>
    }
    .into_any()
}
