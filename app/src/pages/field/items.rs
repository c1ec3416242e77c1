//! What is recorded: one of the charter's check items by a tap (ES-3), which enters its dimension
//! and its points, or points and a dimension in free words.

use super::form::{dimension, fault, part};
use super::points::points;
use super::work::Work;
use crate::components::standing::signed;
use crate::format;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::text::{self, Lang};
use domain::month::item::DOCUMENT_NO_MAX;
use leptos::prelude::*;
use sync::protocol::{FieldItem, FieldRecord, RecordFault};

/// What of it the form shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Points and dimension, as in a season without items.
    #[default]
    Free,
    Items,
    /// The item that was tapped.
    Tapped,
}

/// Whatever the record has is shown, so that a download hides nothing that was entered.
pub fn shown(work: Work) -> Shown {
    let (is_tapped, has_words) = work
        .record
        .with(|record| {
            record
                .as_ref()
                .map(|record| (is_tapped(record), has_words(record)))
        })
        .unwrap_or_default();
    let has_items = work
        .view
        .with(|view| view.as_ref().is_some_and(|view| !view.items.is_empty()));
    if is_tapped {
        Shown::Tapped
    } else if !has_items || has_words || work.is_other.get() {
        Shown::Free
    } else {
        Shown::Items
    }
}

fn is_tapped(record: &FieldRecord) -> bool {
    !record.item.is_empty()
}

fn has_words(record: &FieldRecord) -> bool {
    !record.points.is_empty() || !record.dimension.is_empty()
}

pub fn what(work: Work, lang: Lang) -> Mounted {
    let shown = Kept::new(move || shown(work));
    live(move || match shown.get() {
        Shown::Free => view! {
            {back(work, lang)}
            {points(work, lang)}
            {dimension(work, lang)}
        }
        .mounted(),
        Shown::Items => items(work, lang),
        Shown::Tapped => tapped(work, lang),
    })
    .mounted()
}

/// Empties what a tap or the free words entered.
fn empty(work: Work, is_other: bool) {
    work.is_other.set(is_other);
    work.change_record(|record| {
        record.item.clear();
        record.points.clear();
        record.dimension.clear();
        record.document_no.clear();
    });
}

/// From the free words to the items, where there are some.
fn back(work: Work, lang: Lang) -> Mounted {
    let has_items = Kept::new(move || work.view.get().is_some_and(|view| !view.items.is_empty()));
    live(move || {
        has_items.get().then(|| {
            view! {
                <p data-span="all">{to_items(work, text::field_item_back(lang))}</p>
            }
            .mounted()
        })
    })
    .mounted()
}

fn to_items(work: Work, words: &'static str) -> Mounted {
    let empty = act(move |_| empty(work, false));
    view! {
        <button type="button" class="btn" data-size="small" on:click=empty>
            {words}
        </button>
    }
    .mounted()
}

fn items(work: Work, lang: Lang) -> Mounted {
    let groups = live(move || {
        let view = work.view.get();
        let items = view.map(|view| view.items).unwrap_or_default();
        let groups = by_dimension(items).into_iter();
        let groups = groups.map(|(dimension, items)| group(work, lang, dimension, items));
        groups.collect_view().mounted()
    });
    let is_only = Kept::new(move || work.view.get().is_some_and(|view| view.items_only));
    let other = live(move || {
        (!is_only.get()).then(|| {
            view! {
                <p class="block-gap">
                    <button
                        type="button"
                        class="btn"
                        on:click=act(move |_| work.is_other.set(true))
                    >
                        {text::field_item_other(lang)}
                    </button>
                </p>
            }
            .mounted()
        })
    });
    view! {
        <div class="field" data-span="all">
            <p class="lab">{text::field_item(lang)}</p>
            {groups}
            {other}
            {fault(work, RecordFault::Points, text::field_item_fault(lang))}
        </div>
    }
    .mounted()
}

/// In the order of the charter.
fn by_dimension(items: Vec<FieldItem>) -> Vec<(String, Vec<FieldItem>)> {
    let mut groups: Vec<(String, Vec<FieldItem>)> = Vec::new();
    for item in items {
        match groups.iter_mut().find(|(name, _)| *name == item.dimension) {
            Some((_, row)) => row.push(item),
            None => groups.push((item.dimension.clone(), vec![item])),
        }
    }
    groups
}

fn group(work: Work, lang: Lang, dimension: String, items: Vec<FieldItem>) -> Mounted {
    let tap = |item: FieldItem| {
        let (name, note) = (item.name.clone(), note(lang, &item));
        let choose = move |_| {
            work.change_record(|record| {
                record.item.clone_from(&item.name);
                record.dimension.clone_from(&item.dimension);
                record.points.clone_from(&item.points);
            });
        };
        view! {
            <button type="button" class="btn" data-size="big" on:click=act(choose)>
                <span>{name} <small>{note}</small></span>
            </button>
        }
        .mounted()
    };
    let taps = items.into_iter().map(tap).collect_view();
    let heading = dimension.clone();
    view! {
        <p class="sub block-gap">{heading}</p>
        <div class="two" role="group" aria-label=dimension>{taps}</div>
    }
    .mounted()
}

/// Points and cap.
fn note(lang: Lang, item: &FieldItem) -> String {
    let points = signed(&item.points);
    match item.cap.as_str() {
        "" => text::field_item_points(lang, points),
        cap => text::field_item_capped(lang, format::figure(cap), points),
    }
}

/// The item as the record has it, which is how it is sent.
fn tapped(work: Work, lang: Lang) -> Mounted {
    let name = part(work, |record| record.item.clone());
    let points = part(work, |record| record.points.clone());
    let dimension = part(work, |record| record.dimension.clone());
    let facts = live(move || {
        let points = text::field_item_points(lang, signed(&points.get()));
        [dimension.get(), points].join(text::home_comma(lang))
    });
    view! {
        <div class="field" data-span="all">
            <p class="lab">{text::field_item(lang)}</p>
            <div class="cluster">
                <span>
                    <b>{live(move || name.get())}</b>
                    " "
                    <span class="note">{facts}</span>
                </span>
                {to_items(work, text::field_item_change(lang))}
            </div>
        </div>
        {document_no(work, lang, name)}
    }
    .mounted()
}

/// The number of the document that gave an honour (XY-15), where the item may have one.
fn document_no(work: Work, lang: Lang, item: Kept<String>) -> Mounted {
    let now = part(work, |record| record.document_no.clone());
    // What was entered stays in sight, whatever a later download says of the item.
    let is_shown = Kept::new(move || {
        let view = work.view.get();
        let items = view.map(|view| view.items).unwrap_or_default();
        let has = |one: &FieldItem| one.has_document && one.name == item.get();
        items.iter().any(has) || !now.get().is_empty()
    });
    let field = move || {
        view! {
            <div class="field" data-span="all">
                <label class="lab" for="document-no">{text::month_document(lang)}</label>
                <input
                    class="input"
                    id="document-no"
                    autocomplete="off"
                    maxlength=DOCUMENT_NO_MAX.to_string()
                    placeholder=text::month_document_hint(lang)
                    prop:value=now.get_untracked()
                    on:input=act(move |event| {
                        let text = event_target_value(&event);
                        work.change_record(|record| record.document_no = text);
                    })
                />
                {fault(work, RecordFault::DocumentNo, text::fault_too_long(lang))}
            </div>
        }
        .mounted()
    };
    live(move || is_shown.get().then(field)).mounted()
}
