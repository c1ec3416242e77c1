//! An inspector's own records: those on their way, and those that arrived with what became of them.

use super::standing::{again, field_words, refused};
use super::work::{Work, said};
use super::{form, photo};
use crate::components::icon::Icon;
use crate::components::standing::{document_words, signed};
use crate::format;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pages::seat::words::PlaceWords;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::OpId;
use leptos::prelude::*;
use sync::protocol::{FieldAct, FieldMerit, FieldState, PhotoState};

pub fn records(work: Work) -> Mounted {
    let is_writing = work.is_writing();
    work.photos.follow(work);
    live(move || match is_writing.get() {
        true => form::form(work),
        false => list(work),
    })
    .mounted()
}

/// 记一笔, or what ends the form.
pub fn dock(work: Work) -> Mounted {
    let lang = lang();
    let is_writing = work.is_writing();
    live(move || {
        if is_writing.get() {
            return form::dock(work);
        }
        // 提交 stood here: the second tap of a double one means no new record.
        let begin = move |event: leptos::ev::MouseEvent| {
            if event.detail() < 2 {
                work.begin_record();
            }
        };
        view! {
            <footer class="dock" data-kind="one">
                <button class="btn" data-kind="main" on:click=act(begin)>
                    <Icon name="plus" />
                    {text::field_record(lang)}
                </button>
            </footer>
        }
        .mounted()
    })
    .mounted()
}

/// One record as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    points: String,
    unit: String,
    line: String,
    words: PlaceWords,
    is_struck: bool,
    /// Can be tried again.
    retry: Option<OpId>,
    photo: Option<(OpId, PhotoState)>,
}

fn list(work: Work) -> Mounted {
    let lang = lang();
    let rows = Kept::new(move || rows(work, lang));
    let rows = live(move || {
        let rows = rows.get();
        if rows.is_empty() {
            return view! {
                <section class="sheet empty" data-state="empty">
                    <div class="ring"><Icon name="note" /></div>
                    <p><b>{text::field_none(lang)}</b></p>
                    <p class="sub">{text::field_none_body(lang)}</p>
                </section>
            }
            .mounted();
        }
        let count = text::field_count(lang, rows.len());
        let rows = rows.into_iter();
        let rows = rows.map(|one| row(work, one, lang)).collect_view();
        view! {
            <div class="head">
                <h2>{text::field_records(lang)}</h2>
                <span class="sub">{count}</span>
            </div>
            <section class="sheet">
                <ol class="ledger" data-kind="score" role="list">{rows}</ol>
            </section>
        }
        .mounted()
    });
    view! { {photo::left(work, lang)} {rows} }.mounted()
}

fn row(work: Work, row: Row, lang: Lang) -> Mounted {
    let why = row
        .words
        .why
        .map(|why| view! { <p class="row-text">{why}</p> }.mounted());
    let photo = row
        .photo
        .map(|(op, state)| photo::shown(work, lang, (op, Some(state))));
    let retry = row.retry.map(|op| again(work, lang, op));
    view! {
        <li class="row" data-state=row.is_struck.then_some("struck")>
            <span class="row-no num">{row.points}</span>
            <div class="row-main">
                <p class="row-name">{row.unit}</p>
                <p class="row-text">{row.line}</p>
                {why}
                {photo}
            </div>
            <div class="row-end">
                <span class="tag" data-tone=row.words.tone>
                    <Icon name=row.words.icon />
                    {row.words.word}
                </span>
                {retry}
            </div>
        </li>
    }
    .mounted()
}

/// The newest first. What arrived stands in the view; until it does, the outbox has it.
fn rows(work: Work, lang: Lang) -> Vec<Row> {
    let view = work.view.get();
    let merits = view
        .as_ref()
        .map(|view| view.merits.as_slice())
        .unwrap_or_default();
    let mut rows: Vec<Row> = work.pad.outbox.with(|outbox| {
        let ops = outbox.ops.iter().rev();
        let new = ops.filter(|op| merits.iter().all(|merit| merit.op_id != Some(op.op_id)));
        new.filter_map(|op| match said(op)? {
            FieldAct::Record(record) => {
                let units = view.iter().flat_map(|view| &view.units);
                let mut of_record = units.filter(|unit| unit.id == record.unit);
                Some(Row {
                    points: signed(&record.points),
                    unit: of_record
                        .next()
                        .map(|unit| unit.name.clone())
                        .unwrap_or_default(),
                    line: line(
                        lang,
                        [
                            &record.dimension,
                            &record.item,
                            &reason(lang, &record.reason, &record.document_no),
                        ],
                        &record.day,
                    ),
                    words: field_words(&op.state, lang),
                    is_struck: false,
                    retry: refused(op),
                    // On this phone as long as it is not on the server.
                    photo: record.photo.map(|_| (op.op_id, PhotoState::Here)),
                })
            }
            _ => None,
        })
        .collect()
    });
    rows.extend(merits.iter().map(|merit| Row {
        points: signed(&merit.points),
        unit: merit.unit_name.clone(),
        line: line(
            lang,
            [
                &merit.dimension,
                &merit.item,
                &reason(lang, &merit.reason, &merit.document_no),
            ],
            &merit.day,
        ),
        words: merit_words(merit, lang),
        is_struck: merit.state == FieldState::Void,
        retry: None,
        photo: merit.op_id.zip(merit.photo),
    }));
    rows
}

/// Why, and by which document where it is an honour (XY-15).
pub fn reason(lang: Lang, words: &str, document_no: &str) -> String {
    let number = document_words(lang, document_no);
    let parts = [words, number.as_str()].into_iter();
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(text::home_comma(lang))
}

/// Dimension, item, if it has one, reason and day of a record.
pub fn line(lang: Lang, words: [&String; 3], day: &str) -> String {
    let words = words.into_iter().filter(|word| !word.is_empty()).cloned();
    let parts: Vec<String> = words.chain([format::day(lang, day)]).collect();
    parts.join(text::home_comma(lang))
}

pub fn merit_words(merit: &FieldMerit, lang: Lang) -> PlaceWords {
    let (tone, icon, word, why) = match merit.state {
        FieldState::Recorded => ("ok", "done", text::field_state_recorded(lang), None),
        FieldState::Late => (
            "wait",
            "clock",
            text::field_state_late(lang),
            Some(text::field_late_why(lang).to_owned()),
        ),
        FieldState::Confirmed => ("ok", "done", text::month_state_confirmed(lang), None),
        FieldState::Void => (
            "wait",
            "x",
            text::month_state_void(lang),
            Some(merit.decided.clone()),
        ),
        FieldState::Unknown => ("wait", "note", text::field_state_unknown(lang), None),
    };
    PlaceWords {
        tone,
        icon,
        word: word.to_owned(),
        why,
    }
}
