//! 核对: all marks in a list, the total, and where it stands among one's own. 提交 seals the sheet,
//! and says so only once it lies on this device's disk.

use super::entry::{Who, back_to_list, entry_of_address};
use super::frame::Frame;
use super::own_order::OwnOrder;
use super::scope::{Scope, with_seat};
use super::score_pad::keep_open;
use super::standards::PrivateNote;
use super::words::{PlaceWords, place_words};
use crate::components::bar::Back;
use crate::components::icon::Icon;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, act, live};
use crate::pad::Command;
use crate::pad::rules::mark_text;
use crate::paths;
use crate::prefs::lang;
use crate::text;
use domain::ids::EntryId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::time::Duration;
use sync::draft::SheetSum;
use sync::offline_mode::MayScore;
use sync::outbox::OpState;
use sync::overlay::Place;

const SLOW: Duration = Duration::from_millis(300);

#[component]
pub fn Review() -> impl IntoView {
    with_seat(|scope| {
        let entry = entry_of_address();
        live(move || {
            entry
                .get()
                .map(|entry| view! { <Sheet scope entry /> }.mounted())
        })
        .mounted()
    })
}

/// A mark as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    name: String,
    figure: Option<String>,
}

#[component]
fn Sheet(scope: Scope, entry: EntryId) -> impl IntoView {
    let lang = lang();
    let sealing = RwSignal::new(false);
    let code = RwSignal::new(String::new());
    let refused = Kept::new(move || not_saved(scope, entry));
    leave_when_saved(scope, entry, sealing);
    Effect::new(move |_| {
        if refused.with(Option::is_some) {
            sealing.set(false);
        }
    });
    keep_open(scope);
    let back = Back {
        href: paths::pad(scope.seat, entry),
        label: text::pad_back_to_pad(lang),
    };
    let context = Signal::derive(move || scope.seat_name());
    let dock = view! { <Dock scope entry sealing code /> }.mounted();
    let has_draft = Kept::new(move || scope.draft(entry).is_some());
    let body = live(move || {
        if has_draft.get() || sealing.get() {
            view! { <Body scope entry code refused /> }.mounted()
        } else {
            let back = back_to_list(scope);
            view! {
                <section class="sheet empty" data-state="empty">
                    <div class="ring"><Icon name="note" /></div>
                    <p><b>{text::pad_nothing_to_review(lang)}</b></p>
                    <a class="btn" href=back.href>{back.label}</a>
                </section>
            }
            .mounted()
        }
    });
    view! {
        <Frame title=text::pad_review(lang) context back dock>
            <Who scope entry />
            {body}
        </Frame>
    }
    .mounted()
}

/// The draft goes when the sealed sheet is on disk; that is the moment to go back to the list.
fn leave_when_saved(scope: Scope, entry: EntryId, sealing: RwSignal<bool>) {
    let navigate = StoredValue::new_local(use_navigate());
    Effect::new(move |_| {
        if sealing.get() && scope.draft(entry).is_none() {
            let list = paths::seat(scope.seat);
            navigate.with_value(|navigate| navigate(&list, NavigateOptions::default()));
        }
    });
}

#[component]
fn Body(
    scope: Scope,
    entry: EntryId,
    code: RwSignal<String>,
    refused: Kept<Option<PlaceWords>>,
) -> impl IntoView {
    let lang = lang();
    let lines = Kept::new(move || lines(scope, entry));
    let total = Kept::new(move || total(scope, entry));
    let list = move || {
        let href = paths::pad(scope.seat, entry);
        let rows = lines
            .get()
            .into_iter()
            .enumerate()
            .map(move |(index, line)| {
                let edit = text::pad_change_of(lang, &line.name);
                view! {
                    <li class="row">
                        <span class="row-no">{index + 1}</span>
                        <div class="row-main"><p class="row-name">{line.name}</p></div>
                        <div class="row-end">
                            <span class="num">{line.figure.unwrap_or_else(|| "—".to_owned())}</span>
                            <a class="edit" href=format!("{href}?at={index}") aria-label=edit>
                                {text::pad_change(lang)}
                            </a>
                        </div>
                    </li>
                }
                .mounted()
            });
        rows.collect_view()
    };
    let sum = live(move || {
        total.get().map(|total| {
            let figure = scope.read(|_, rules| rules.sum_text(total));
            let count = lines.with(Vec::len);
            view! {
                <div class="sum">
                    <span>
                        <b>{text::pad_total(lang)}</b>
                        <br />
                        <span class="sub">{text::pad_all_done(lang, count)}</span>
                    </span>
                    <span class="num">{figure}</span>
                </div>
            }
            .mounted()
        })
    });
    view! {
        <section class="sheet">
            <ol class="ledger" data-kind="review" role="list">{list}</ol>
        </section>
        {sum}
        <NotSaved refused />
        <GiveUp scope entry />
        <OwnOrder scope entry total />
        <OfflineCode scope entry code />
        <section class="pad-x block-gap"><PrivateNote scope entry /></section>
    }
    .mounted()
}

/// The disk refused the sheet: it is still in the draft, and nothing is lost yet.
fn not_saved(scope: Scope, entry: EntryId) -> Option<PlaceWords> {
    let overlay = scope.overlay(entry)?;
    let sheets = overlay.earlier.into_iter();
    sheets
        .filter(|sheet| matches!(sheet.place, Place::Phone(OpState::NotSaved(_))))
        .map(|sheet| place_words(&sheet.place, lang()))
        .next_back()
}

#[component]
fn NotSaved(refused: Kept<Option<PlaceWords>>) -> impl IntoView {
    live(move || {
        refused.get().map(|words| {
            view! {
                <p class="say" data-tone="alarm" role="alert">
                    <Icon name="warn" />
                    <span><b>{words.word}</b>" "{words.why}</span>
                </p>
            }
            .mounted()
        })
    })
}

/// Gives the changes to a sealed sheet up; the sealed version stays as it is.
#[component]
fn GiveUp(scope: Scope, entry: EntryId) -> impl IntoView {
    let edits = Kept::new(move || {
        scope
            .draft(entry)
            .is_some_and(|draft| draft.replaces.is_some())
    });
    let give_up = move |_| scope.pad.send(Command::Discard(entry));
    live(move || {
        edits.get().then(|| {
            view! {
                <p class="pad-x block-gap">
                    <button type="button" class="btn" data-kind="link" on:click=act(give_up)>
                        {text::pad_give_up(lang())}
                    </button>
                </p>
            }
            .mounted()
        })
    })
}

/// Four digits that the host announced: they prove that the gate was open (domain rules 2).
#[component]
fn OfflineCode(scope: Scope, entry: EntryId, code: RwSignal<String>) -> impl IntoView {
    let lang = lang();
    let offline = Kept::new(move || {
        let overlay = scope.overlay(entry);
        overlay.is_some_and(|o| matches!(o.may_score, MayScore::Offline | MayScore::Late))
    });
    live(move || {
        offline.get().then(|| {
            view! {
                <section class="pad-x block-gap">
                    <div class="field">
                        <label class="lab" for="gate-code">{text::pad_gate_code(lang)}</label>
                        <input
                            class="code-one"
                            id="gate-code"
                            inputmode="numeric"
                            maxlength="4"
                            autocomplete="off"
                            aria-describedby="gate-code-why"
                            on:input=act(move |event| code.set(event_target_value(&event)))
                        />
                        <p class="field-hint" id="gate-code-why">{text::pad_gate_code_why(lang)}</p>
                    </div>
                </section>
            }
            .mounted()
        })
    })
}

/// Whether sealing takes so long that a word is due. Drawing that word at once would only delay the
/// sheet on its way to the disk.
fn slowly(sealing: RwSignal<bool>) -> RwSignal<bool> {
    let slow = RwSignal::new(false);
    Effect::new(move |_| {
        if sealing.get() {
            set_timeout(
                move || {
                    slow.try_set(sealing.try_get_untracked() == Some(true));
                },
                SLOW,
            );
        } else {
            slow.set(false);
        }
    });
    slow
}

#[component]
fn Dock(
    scope: Scope,
    entry: EntryId,
    sealing: RwSignal<bool>,
    code: RwSignal<String>,
) -> impl IntoView {
    let lang = lang();
    let total = Kept::new(move || total(scope, entry));
    let missing = Kept::new(move || {
        let lines = lines(scope, entry);
        let blank = lines.into_iter().filter(|line| line.figure.is_none());
        blank.map(|line| line.name).collect::<Vec<_>>()
    });
    let closed = Kept::new(move || {
        scope
            .overlay(entry)
            .is_some_and(|o| matches!(o.may_score, MayScore::No(_)))
    });
    let blocked = live(move || (total.get().is_none() || closed.get()).then_some("true"));
    let slow = slowly(sealing);
    let label = live(move || {
        let figure = total
            .get()
            .and_then(|total| scope.read(|_, rules| rules.sum_text(total)));
        match (figure, slow.get()) {
            (_, true) => text::pad_saving(lang).to_owned(),
            (Some(figure), false) => text::pad_submit(lang, figure),
            (None, false) => text::pad_submit_plain(lang).to_owned(),
        }
    });
    let why = move || {
        if closed.get() {
            return Some(text::pad_closed_why(lang).to_owned());
        }
        let missing = missing.get();
        (!missing.is_empty()).then(|| {
            let names = missing.join(text::pad_list_comma(lang));
            text::pad_still_missing(lang, names)
        })
    };
    let seal = move |_| {
        if total.get_untracked().is_none() || closed.get_untracked() {
            return;
        }
        let code = code.get_untracked();
        let gate_code = (code.len() == 4).then_some(code);
        scope.pad.send(Command::Seal { entry, gate_code });
        sealing.set(true);
    };
    view! {
        <footer class="dock" data-kind="one">
            <p class="why" id="seal-why">{why}</p>
            <a class="btn" href=paths::pad(scope.seat, entry)>{text::pad_back_to_pad(lang)}</a>
            <button
                class="btn"
                data-kind="main"
                aria-disabled=blocked
                aria-describedby="seal-why"
                aria-busy=live(move || slow.get().then_some("true"))
                on:click=seal
            >
                {label}
            </button>
        </footer>
    }
    .mounted()
}

fn lines(scope: Scope, entry: EntryId) -> Vec<Line> {
    let draft = scope.draft(entry);
    let lines = scope.read(|_, rules| {
        let criteria = rules.criteria().iter();
        criteria
            .map(|criterion| {
                let mark = draft.as_ref().and_then(|draft| draft.mark(&criterion.key));
                let figure = mark.and_then(|mark| mark.millis);
                Line {
                    name: criterion.name.clone(),
                    figure: figure.map(|millis| mark_text(criterion, millis)),
                }
            })
            .collect()
    });
    lines.unwrap_or_default()
}

fn total(scope: Scope, entry: EntryId) -> Option<SheetSum> {
    let draft = scope.draft(entry)?;
    scope.read(|_, rules| draft.total(&rules.refs()))?
}
