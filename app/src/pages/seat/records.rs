//! The records behind the sync slip: every sheet of this seat with its state, 立即上传, the export
//! of what was not sent, and how safe this device's storage is. The same as a page of its own.

use super::frame::Frame;
use super::ready::Checks;
use super::scope::{Scope, with_seat};
use super::words::{PlaceWords, place_words};
use crate::components::bar::Back;
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pad::view::SeatLoad;
use crate::pad::{Command, PadHandle, pad};
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::OpId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use sync::draft::sealed_total;
use sync::outbox::OpState;
use sync::overlay::{Place, SheetOnPad, overlay};
use sync::protocol::Change;

#[component]
pub fn Records() -> impl IntoView {
    with_seat(|scope| {
        let lang = lang();
        let back = Back {
            href: paths::seat(scope.seat),
            label: text::pad_to_list(lang),
        };
        let context = Signal::derive(move || scope.seat_name());
        view! {
            <Frame title=text::pad_records(lang) context back>
                <section class="sheet"><RecordsList /></section>
                <section class="pad-x"><Acts /></section>
                <div class="head"><h2>{text::preflight_title(lang)}</h2></div>
                <section class="sheet pad-x"><Checks scope /></section>
                <Leave scope />
            </Frame>
        }
        .mounted()
    })
}

/// What the slip opens.
#[component]
pub fn RecordsDialog(open: RwSignal<bool>) -> impl IntoView {
    let lang = lang();
    let pad = pad();
    let more = move || match pad.seat.get() {
        SeatLoad::Open(seat) => Some(
            view! {
                <a class="btn" data-kind="link" href=paths::records(seat.seat)>
                    {text::pad_records_more(lang)}
                </a>
            }
            .mounted(),
        ),
        _ => None,
    };
    view! {
        <Dialog
            open
            title=text::pad_records(lang)
            acts=move || {
                view! {
                    <button class="btn" data-kind="main" on:click=act(move |_| open.set(false))>
                        {text::prefs_close(lang)}
                    </button>
                }.mounted()
            }
        >
            <RecordsList />
            <Acts />
            {live(more)}
        </Dialog>
    }
    .mounted()
}

/// One version of one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Record {
    name: String,
    version: u32,
    figure: Option<String>,
    words: PlaceWords,
    /// Can be tried again.
    retry: Option<OpId>,
}

#[component]
fn RecordsList() -> impl IntoView {
    let lang = lang();
    let records = Kept::new(move || records(lang));
    live(move || {
        let records = records.get();
        if records.is_empty() && is_field(pad()) {
            // They stand on the page itself.
            return ().into_view().mounted();
        }
        if records.is_empty() {
            return view! {
                <p class="say"><Icon name="note" /><span>{text::pad_records_none(lang)}</span></p>
            }
            .mounted();
        }
        let rows = records
            .into_iter()
            .map(|record| row(record, lang))
            .collect_view();
        view! { <ol class="ledger" role="list">{rows}</ol> }.mounted()
    })
}

/// Outside contests there are no sheets.
fn is_field(pad: PadHandle) -> bool {
    pad.outbox.with(|outbox| {
        let mut changes = outbox.ops.iter().filter_map(|op| op.change.as_deref());
        changes.any(|change| matches!(change, Change::Field(_)))
    })
}

fn row(record: Record, lang: Lang) -> Mounted {
    let figure = record
        .figure
        .map(|figure| view! { <span class="num">{figure}</span> }.mounted());
    let why = record
        .words
        .why
        .map(|why| view! { <p class="row-text">{why}</p> }.mounted());
    let retry = record.retry.map(|op| {
        let again = move |_| pad().send(Command::Retry(op));
        view! {
            <button class="btn" data-size="small" on:click=again>{text::seat_again(lang)}</button>
        }
        .mounted()
    });
    view! {
        <li class="row">
            <span class="row-no"><Icon name=record.words.icon /></span>
            <div class="row-main">
                <p class="row-name">{record.name}</p>
                <p class="row-text">{text::pad_version(lang, record.version)}</p>
                {why}
            </div>
            <div class="row-end">
                {figure}
                <span class="tag" data-tone=record.words.tone>{record.words.word}</span>
                {retry}
            </div>
        </li>
    }
    .mounted()
}

/// Newest first within the running order, so that what waits stands beside what it replaces.
fn records(lang: Lang) -> Vec<Record> {
    let pad = pad();
    let mode = pad.mode.get();
    pad.seat.with(|seat| {
        let SeatLoad::Open(open) = seat else {
            return Vec::new();
        };
        let Some(downloaded) = &open.downloaded else {
            return Vec::new();
        };
        let overlays = pad
            .outbox
            .with(|outbox| overlay(&downloaded.view, outbox, &[], &mode));
        let entries = downloaded.view.entries.iter().zip(overlays);
        let mut records = Vec::new();
        for (entry, overlay) in entries {
            let sheets = overlay.current.into_iter().chain(overlay.rivals);
            for sheet in sheets.chain(overlay.earlier.into_iter().rev()) {
                let total = downloaded.rules.as_ref().and_then(|rules| {
                    sealed_total(&rules.refs(), &sheet.marks).map(|total| rules.sum_text(total))
                });
                records.push(Record {
                    name: entry.name.clone(),
                    version: sheet.version,
                    figure: total,
                    words: place_words(&sheet.place, lang),
                    retry: retry(&sheet),
                });
            }
        }
        records
    })
}

fn retry(sheet: &SheetOnPad) -> Option<OpId> {
    match sheet.place {
        Place::Phone(OpState::NotSaved(_) | OpState::NeedsAttention(_)) => Some(sheet.op_id),
        _ => None,
    }
}

#[component]
fn Acts() -> impl IntoView {
    let lang = lang();
    let pad = pad();
    let pending = Kept::new(move || pad.outbox.with(|outbox| outbox.pending));
    let portal = live(move || {
        pad.outbox.with(|outbox| outbox.portal).then(|| {
            view! {
                <p class="say" data-tone="alarm">
                    <Icon name="warn" /><span>{text::pad_portal(lang)}</span>
                </p>
            }
            .mounted()
        })
    });
    let none = live(move || (pending.get() == 0).then_some("true"));
    let export = move |_| {
        if 0 < pending.get_untracked() {
            pad.send(Command::Export);
        }
    };
    view! {
        {portal}
        <div class="two block-gap">
            <button class="btn" on:click=act(move |_| pad.send(Command::SendNow))>
                <Icon name="up" />
                {text::seat_send_now(lang)}
            </button>
            <button class="btn" aria-disabled=none aria-describedby="export-why" on:click=export>
                <Icon name="share" />
                {live(move || text::seat_export(lang, pending.get()))}
            </button>
        </div>
        <p class="why" id="export-why">
            {live(move || match pending.get() {
                0 => text::pad_export_none(lang),
                _ => text::pad_export_why(lang),
            })}
        </p>
    }
    .mounted()
}

/// 换人: takes the seat off this device, and never while anything waits (R25).
#[component]
fn Leave(scope: Scope) -> impl IntoView {
    let lang = lang();
    let pad = scope.pad;
    let asked = RwSignal::new(false);
    let waits = move || pad.outbox.with(|outbox| 0 < outbox.pending);
    let blocked = live(move || waits().then_some("true"));
    let navigate = StoredValue::new_local(use_navigate());
    let leave = move |_| {
        if waits() {
            return;
        }
        pad.send(Command::Leave(scope.seat));
        navigate.with_value(|navigate| navigate(paths::SEATS, NavigateOptions::default()));
    };
    view! {
        <div class="head"><h2>{text::seat_leave(lang)}</h2></div>
        <section class="pad-x stack">
            <p class="sub">{text::seat_leave_body(lang)}</p>
            <button
                class="btn"
                data-kind="stop"
                aria-disabled=blocked
                aria-describedby="leave-why"
                on:click=act(move |_| {
                    if !waits() {
                        asked.set(true);
                    }
                })
            >
                {text::seat_leave_act(lang)}
            </button>
            <p class="why" id="leave-why">
                {live(move || waits().then(|| text::seat_leave_waits(lang)))}
            </p>
        </section>
        <Dialog
            open=asked
            title=text::seat_leave(lang)
            acts=move || {
                view! {
                    <button class="btn" on:click=act(move |_| asked.set(false))>
                        {text::pad_keep(lang)}
                    </button>
                    <button class="btn" data-kind="stop" on:click=leave>
                        {text::seat_leave_act(lang)}
                    </button>
                }.mounted()
            }
        >
            <p>{text::seat_leave_sure(lang)}</p>
        </Dialog>
    }
    .mounted()
}
