//! One's own sealed sheet, read-only: always there, also after the close and without network. While
//! the gate is open it can be changed, which makes a new version and keeps this one.

use super::entry::{Who, back_to_list};
use super::frame::Frame;
use super::scope::Scope;
use super::standards::PrivateNote;
use super::words::{PlaceWords, place_words};
use crate::components::icon::Icon;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, live};
use crate::pad::Command;
use crate::pad::rules::mark_text;
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::EntryId;
use leptos::prelude::*;
use sync::draft::sealed_total;
use sync::offline_mode::MayScore;
use sync::overlay::SheetOnPad;
use sync::protocol::SheetMark;

#[component]
pub fn SealedSheet(scope: Scope, entry: EntryId) -> impl IntoView {
    let lang = lang();
    let sheet = Kept::new(move || shown(scope, entry, lang));
    let title = Signal::derive(move || text::pad_sheet(lang).to_owned());
    let context = Signal::derive(move || scope.seat_name());
    let dock = view! { <Dock scope entry /> }.mounted();
    view! {
        <Frame title context back=back_to_list(scope) dock=dock>
            <Who scope entry />
            {live(move || sheet.get().map(body))}
            <Versions scope entry />
            <section class="pad-x block-gap"><PrivateNote scope entry /></section>
        </Frame>
    }
    .mounted()
}

/// What is to be seen of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    rows: Vec<(String, String)>,
    total: Option<String>,
    /// What the marks of an incomplete draft come to.
    subtotal: Option<String>,
    /// `None`: never sealed.
    words: Option<PlaceWords>,
    /// Other live versions (两份不一致), each with its total and its state.
    rivals: Vec<(String, PlaceWords)>,
}

fn shown(scope: Scope, entry: EntryId, lang: Lang) -> Option<Shown> {
    let overlay = scope.overlay(entry)?;
    let draft = scope.draft(entry);
    let subtotal = draft
        .as_ref()
        .filter(|draft| draft.is_dirty())
        .and_then(|draft| scope.read(|_, rules| rules.sum_text(draft.subtotal(&rules.refs()))));
    let marks: Vec<SheetMark> = match (&overlay.current, draft) {
        (Some(sheet), _) => sheet.marks.clone(),
        (None, Some(draft)) => {
            let marks = draft.marks.into_iter();
            marks
                .map(|m| SheetMark {
                    criterion: m.criterion,
                    millis: m.millis,
                })
                .collect()
        }
        (None, None) => Vec::new(),
    };
    let total = |marks: &[SheetMark]| {
        scope.read(|_, rules| {
            sealed_total(&rules.refs(), marks).map(|total| rules.sum_text(total))
        })?
    };
    let rows = scope.read(|_, rules| {
        let criteria = rules.criteria().iter();
        criteria
            .map(|criterion| {
                let mark = marks.iter().find(|mark| mark.criterion == criterion.key);
                let millis = mark.and_then(|mark| mark.millis);
                let figure = millis.map_or("—".to_owned(), |millis| mark_text(criterion, millis));
                (criterion.name.clone(), figure)
            })
            .collect()
    })?;
    let rivals = overlay.rivals.iter().map(|sheet| {
        let figure = total(&sheet.marks).unwrap_or_else(|| "—".to_owned());
        (figure, place_words(&sheet.place, lang))
    });
    Some(Shown {
        rows,
        total: total(&marks),
        subtotal,
        words: overlay
            .current
            .as_ref()
            .map(|sheet| place_words(&sheet.place, lang)),
        rivals: rivals.collect(),
    })
}

fn body(sheet: Shown) -> Mounted {
    let lang = lang();
    let rows = sheet
        .rows
        .into_iter()
        .enumerate()
        .map(|(index, (name, figure))| {
            view! {
                <li class="row">
                    <span class="row-no">{index + 1}</span>
                    <div class="row-main"><p class="row-name">{name}</p></div>
                    <div class="row-end"><span class="num">{figure}</span></div>
                </li>
            }
            .mounted()
        });
    let state = sheet.total.is_none().then_some("partial");
    let word = if sheet.total.is_some() {
        text::pad_total(lang)
    } else {
        text::pad_subtotal(lang)
    };
    let rivals = sheet.rivals.into_iter().map(|(figure, words)| {
        view! {
            <article class="versus-side">
                <b>{text::pad_other_version(lang)}</b>
                <span class="num">{figure}</span>
                <span class="note">{words.word}</span>
            </article>
        }
        .mounted()
    });
    let rivals = rivals.collect_view();
    let figure = sheet
        .total
        .or(sheet.subtotal)
        .unwrap_or_else(|| "—".to_owned());
    view! {
        <section class="sheet">
            <ol class="ledger" data-kind="review" role="list">{rows.collect_view()}</ol>
        </section>
        <div class="sum" data-state=state>
            <span><b>{word}</b></span>
            <span class="num">{figure}</span>
        </div>
        {match sheet.words {
            Some(words) => notice(words),
            None => view! {
                <p class="say"><Icon name="lock" /><span>{text::pad_never_sealed(lang)}</span></p>
            }
            .mounted(),
        }}
        {(!rivals.is_empty()).then(|| view! { <div class="versus">{rivals}</div> }.mounted())}
    }
    .mounted()
}

fn notice(words: PlaceWords) -> Mounted {
    let tone = if words.tone == "ok" {
        None
    } else {
        Some(words.tone)
    };
    view! {
        <p class="say" data-tone=tone>
            <Icon name=words.icon />
            <span><b>{words.word}</b>" "{words.why}</span>
        </p>
    }
    .mounted()
}

/// The versions that came before, so that nothing seems to have vanished.
#[component]
fn Versions(scope: Scope, entry: EntryId) -> impl IntoView {
    let lang = lang();
    let earlier = Kept::new(move || {
        let overlay = scope.overlay(entry);
        overlay.map(|overlay| overlay.earlier).unwrap_or_default()
    });
    let row = move |sheet: SheetOnPad| {
        let words = place_words(&sheet.place, lang);
        let figure = scope
            .read(|_, rules| {
                sealed_total(&rules.refs(), &sheet.marks).map(|total| rules.sum_text(total))
            })
            .flatten();
        view! {
            <li class="row">
                <span class="row-no">{sheet.version}</span>
                <div class="row-main">
                    <p class="row-name">{words.word}</p>
                    <p class="row-text">{words.why}</p>
                </div>
                <div class="row-end"><span class="num">{figure}</span></div>
            </li>
        }
        .mounted()
    };
    live(move || {
        let earlier = earlier.get();
        (!earlier.is_empty()).then(|| {
            view! {
                <div class="head"><h2>{text::pad_earlier(lang)}</h2></div>
                <section class="sheet">
                    <ol class="ledger" role="list">
                        {earlier.into_iter().map(row).collect_view()}
                    </ol>
                </section>
            }
            .mounted()
        })
    })
}

/// 改这份分 while that is possible; otherwise what closed it and whom to ask.
#[component]
fn Dock(scope: Scope, entry: EntryId) -> impl IntoView {
    let lang = lang();
    let may_edit = Kept::new(move || {
        scope.overlay(entry).is_some_and(|overlay| {
            overlay.current.is_some() && !matches!(overlay.may_score, MayScore::No(_))
        })
    });
    live(move || {
        let edit = may_edit.get().then(|| {
            let edit = move |_| scope.pad.send(Command::Begin(entry));
            view! {
                <button class="btn" on:click=edit><Icon name="pen" />{text::pad_edit(lang)}</button>
            }
            .mounted()
        });
        let why = (!may_edit.get())
            .then(|| view! { <p class="why">{text::pad_closed_why(lang)}</p> }.mounted());
        view! {
            <footer class="dock" data-kind="one">
                {why}
                {edit}
                <a class="btn" data-kind="main" href=paths::seat(scope.seat)>
                    {text::pad_to_list(lang)}
                </a>
            </footer>
        }
        .mounted()
    })
}
