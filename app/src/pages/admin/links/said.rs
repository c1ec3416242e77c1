//! What a kept op says, in the words of the page on which it would stand. Bytes are shown only of
//! what nobody can read.

use crate::backend::{KeptFigure, KeptFigures, KeptRecord, KeptSaid, KeptSlip};
use crate::components::standing::{document_words, signed};
use crate::format;
use crate::text::{self, Lang};
use domain::month::Period;
use leptos::prelude::*;
use sync::protocol::points;

/// What kind of thing it is, in a word.
pub fn kind(lang: Lang, said: &KeptSaid) -> &'static str {
    match said {
        KeptSaid::Record(_) => text::field_record(lang),
        KeptSaid::Appeal { .. } => text::field_appeal(lang),
        KeptSaid::Reply { .. } => text::links_kept_reply(lang),
        KeptSaid::MeritReply { .. } => text::links_kept_merit_reply(lang),
        KeptSaid::Decide { is_confirmed, .. } => match is_confirmed {
            true => text::field_confirm(lang),
            false => text::field_strike(lang),
        },
        KeptSaid::Figures(_) => text::field_title_source(lang),
        KeptSaid::DecideFlags { is_agreed, .. } => match is_agreed {
            true => text::links_kept_flags_agreed(lang),
            false => text::links_kept_flags_objected(lang),
        },
        KeptSaid::Unread(_) => text::field_kept_unread(lang),
    }
}

pub fn said(lang: Lang, said: &KeptSaid) -> AnyView {
    match said {
        KeptSaid::Record(record) => lines([own_record(lang, record), spot(lang, record)]),
        KeptSaid::Appeal {
            about: record,
            reason,
        }
        | KeptSaid::Decide {
            about: record,
            reason,
            ..
        } => lines([about(lang, record.as_ref()), words(lang, reason)]),
        KeptSaid::MeritReply {
            about: record,
            words: said,
        } => lines([about(lang, record.as_ref()), words(lang, said)]),
        KeptSaid::Reply { slip, words: said } => {
            lines([of_slip(lang, slip.as_ref()), words(lang, said)])
        }
        KeptSaid::Figures(figures) => values(lang, figures),
        KeptSaid::DecideFlags { period, reason, .. } => {
            lines([format::month(lang, *period), words(lang, reason)])
        }
        KeptSaid::Unread(body) => view! {
            <details class="fold">
                <summary>{text::links_kept_raw(lang)}</summary>
                <p class="sub">{body.clone()}</p>
            </details>
        }
        .into_any(),
    }
}

fn lines(lines: [String; 2]) -> AnyView {
    let lines = lines.into_iter().filter(|line| !line.is_empty());
    let line = |line| view! { <p class="row-text">{line}</p> };
    lines.map(line).collect_view().into_any()
}

fn words(lang: Lang, words: &str) -> String {
    match words.trim() {
        "" => String::new(),
        words => text::links_kept_words(lang, words.to_owned()),
    }
}

/// Unit, points, dimension, reason and day, with the month that it would count in.
fn own_record(lang: Lang, record: &KeptRecord) -> String {
    let line = line(lang, record);
    let month = record.day.get(..7).map(str::parse::<Period>);
    match month {
        Some(Ok(month)) => text::links_kept_month(lang, format::month(lang, month), line),
        _ => line,
    }
}

fn line(lang: Lang, record: &KeptRecord) -> String {
    let unit = unit(lang, record.unit.as_ref());
    // What is no number is shown as somebody typed it.
    let points = match points(&record.points) {
        Some(_) => signed(record.points.trim()),
        None => record.points.clone(),
    };
    let day = format::day(lang, &record.day);
    let parts = [
        format!("{unit} {points}"),
        record.dimension.clone(),
        record.item.clone(),
        record.reason.clone(),
        document_words(lang, &record.document_no),
        day,
    ];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(text::home_comma(lang))
}

fn spot(lang: Lang, record: &KeptRecord) -> String {
    let word = match record.points.trim().starts_with('-') {
        true => text::standings_black_spot(lang),
        false => text::standings_red_spot(lang),
    };
    match record.spot.is_empty() {
        true => String::new(),
        false => text::month_spot_proposed(lang, record.spot.clone(), word),
    }
}

fn about(lang: Lang, record: Option<&KeptRecord>) -> String {
    match record {
        Some(record) => text::links_kept_about(lang, line(lang, record)),
        None => text::links_kept_about_gone(lang).to_owned(),
    }
}

fn of_slip(lang: Lang, slip: Option<&KeptSlip>) -> String {
    match slip {
        Some(slip) => {
            let number = text::slip_number(lang, slip.number, slip.rule.clone(), slip.year);
            [number, slip.demand.clone()].join(text::home_comma(lang))
        }
        None => text::links_kept_slip_gone(lang).to_owned(),
    }
}

fn unit(lang: Lang, name: Option<&String>) -> String {
    let gone = || text::links_kept_unit_gone(lang).to_owned();
    name.cloned().unwrap_or_else(gone)
}

/// A department's values, each beside the one that is there.
fn values(lang: Lang, figures: &KeptFigures) -> AnyView {
    let row = |row: &KeptFigure| {
        let now = match row.now.as_str() {
            "" => text::links_kept_none(lang).to_owned(),
            now => format::figure(now),
        };
        let unit = unit(lang, row.unit.as_ref());
        let line = text::links_kept_value(lang, now, unit, format::figure(&row.value));
        view! { <p class="row-text num">{line}</p> }
    };
    let rows: Vec<_> = figures.rows.iter().map(row).collect();
    let month = format::month(lang, figures.period);
    let gone = || text::links_kept_indicator_gone(lang).to_owned();
    let indicator = figures.indicator.clone().unwrap_or_else(gone);
    view! {
        <p class="row-text">{month} " " {indicator}</p>
        {rows}
    }
    .into_any()
}
