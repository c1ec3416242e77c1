//! The pad: one contestant, one criterion at a time, by keypad, steps, slider or a keyboard
//! (digits, point, Backspace, Enter for the next, arrows for a step, Ctrl+Z).

use super::entry::{Who, back_to_list};
use super::frame::Frame;
use super::scope::Scope;
use super::standards::Standards;
use super::working::Working;
use crate::components::dial::{Dial, Figure};
use crate::components::icon::Icon;
use crate::components::keypad::Keypad;
use crate::components::slider::{Slider, level_words};
use crate::kept::Kept;
use crate::mounted::{IntoMounted, act, live};
use crate::pad::Command;
use crate::pad::typing::Key;
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::charter::Criterion;
use domain::ids::EntryId;
use domain::mark::Mark;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use sync::offline_mode::MayScore;

#[component]
pub fn ScorePad(scope: Scope, entry: EntryId) -> impl IntoView {
    let lang = lang();
    let working = Working::new(scope, entry);
    if let Some(at) = wanted_criterion() {
        working.go(at.min(working.count().saturating_sub(1)));
    }
    let standards = RwSignal::new(false);
    keep_open(scope);
    // Once, and not whenever the draft is gone: it also goes when its sheet was sealed.
    Effect::new(move |_| {
        if untrack(|| scope.draft(entry)).is_none() {
            scope.pad.send(Command::Begin(entry));
        }
    });
    let next = next_action(working);
    listen(working, next);
    let title = Signal::derive(move || scope.seat_name());
    let context = Signal::derive(move || scope.contest_title());
    let late = Kept::new(move || {
        scope
            .overlay(entry)
            .is_some_and(|overlay| overlay.may_score == MayScore::Late)
    });
    let pad = scope.pad;
    let disk_notice = live(move || {
        pad.device.with(|device| device.draft_fault).then(|| {
            view! {
                <p class="say" data-tone="alarm" role="alert">
                    <Icon name="warn" /><span>{text::pad_draft_fault(lang)}</span>
                </p>
            }
            .mounted()
        })
    });
    let late_notice = live(move || {
        late.get().then(|| {
            view! {
                <p class="say" data-tone="alarm">
                    <Icon name="lock" /><span>{text::pad_late(lang)}</span>
                </p>
            }
            .mounted()
        })
    });
    view! {
        <Frame
            title
            context
            kind="pad"
            back=back_to_list(scope)
            dock=view! { <Dock working next /> }.mounted()
        >
            <Who scope entry />
            <Strip working />
            {late_notice}
            {disk_notice}
            <CriterionView working standards />
            <Keypad press=Callback::new(move |key| working.press(key)) />
        </Frame>
        <Standards working open=standards />
    }
    .mounted()
}

/// The review names the criterion that is to be changed.
fn wanted_criterion() -> Option<usize> {
    use_query_map().with_untracked(|query| query.get("at")?.parse().ok())
}

/// A sheet lies open: the screen stays on, and neither mode nor build changes under it.
pub fn keep_open(scope: Scope) {
    let pad = scope.pad;
    Effect::new(move |_| pad.send(Command::SheetOpen(true)));
    on_cleanup(move || pad.send(Command::SheetOpen(false)));
}

/// Enter and the button of the dock: the next blank criterion, or the review.
fn next_action(working: Working) -> Callback<()> {
    let navigate = StoredValue::new_local(use_navigate());
    let review = paths::review(working.scope.seat, working.entry);
    let review = StoredValue::new(review);
    Callback::new(move |()| {
        if working.is_stuck() {
            return;
        }
        match untrack(|| working.next_blank()) {
            Some(index) => working.go(index),
            None => navigate.with_value(|navigate| {
                navigate(&review.get_value(), NavigateOptions::default());
            }),
        }
    })
}

/// The hardware keyboard. A key that a focused control or an open dialog needs is left to it.
fn listen(working: Working, next: Callback<()>) {
    let handle = StoredValue::new_local(None);
    Effect::new(move |_| {
        let listening = window_event_listener(ev::keydown, move |event| {
            if event.default_prevented() || event.alt_key() || event.meta_key() || is_busy() {
                return;
            }
            let key = event.key();
            let digit = key.chars().next().and_then(|c| c.to_digit(10));
            match (key.as_str(), digit) {
                ("z", _) if event.ctrl_key() => working.undo(),
                _ if event.ctrl_key() => return,
                (_, Some(digit)) if key.len() == 1 => {
                    working.press(Key::Digit(u8::try_from(digit).unwrap_or_default()));
                }
                ("." | "," | "Decimal", _) => working.press(Key::Point),
                ("Backspace" | "Delete", _) => working.press(Key::Back),
                ("ArrowUp" | "ArrowRight" | "+", _) => working.step(true),
                ("ArrowDown" | "ArrowLeft" | "-", _) => working.step(false),
                ("Enter", _) => next.run(()),
                _ => return,
            }
            event.prevent_default();
        });
        handle.set_value(Some(listening));
    });
    on_cleanup(move || {
        if let Some(Some(listening)) = handle.try_update_value(Option::take) {
            listening.remove();
        }
    });
}

/// A text field, the slider or a dialog has the keyboard.
fn is_busy() -> bool {
    document().active_element().is_some_and(|element| {
        let tag = element.tag_name();
        tag == "INPUT" || tag == "TEXTAREA" || element.closest("dialog").is_ok_and(|d| d.is_some())
    })
}

/// The criteria side by side, each with its mark or a dashed gap.
#[component]
fn Strip(working: Working) -> impl IntoView {
    let lang = lang();
    let names = working.criteria.with_value(|criteria| {
        criteria
            .iter()
            .map(|criterion| criterion.name.clone())
            .collect::<Vec<_>>()
    });
    let buttons = names.into_iter().enumerate().map(|(index, name)| {
        let figure = Kept::new(move || working.figure(index));
        let current = move || working.at.get() == index;
        let state = move || match figure.get() {
            Figure::Blank => "blank",
            Figure::Mark(_) => "done",
            Figure::Wrong(_) => "over",
        };
        let mark = move || match figure.get() {
            Figure::Blank => view! { <span class="vh">{text::pad_blank(lang)}</span> }.mounted(),
            Figure::Mark(text) | Figure::Wrong(text) => text.mounted(),
        };
        let short = if lang == Lang::En {
            (index + 1).to_string()
        } else {
            name.clone()
        };
        let label = (lang == Lang::En).then_some(name);
        view! {
            <button
                type="button"
                class=live(move || if current() { "ring" } else { "" })
                aria-current=live(move || current().then_some("true"))
                data-state=state
                on:click=act(move |_| working.go(index))
            >
                {short}
                {label.map(|label| view! { <span class="vh">{label}</span> }.mounted())}
                <b>{mark}</b>
            </button>
        }
        .mounted()
    });
    view! { <nav class="strip" aria-label=text::pad_criteria(lang)>{buttons.collect_view()}</nav> }
        .mounted()
}

#[component]
fn CriterionView(working: Working, standards: RwSignal<bool>) -> impl IntoView {
    let lang = lang();
    let empty = || Criterion {
        key: String::new(),
        name: String::new(),
        min: Mark::ZERO,
        max: Mark::ZERO,
        step: Mark(1),
        factor: domain::number::Decimal::ONE,
        levels: Vec::new(),
    };
    let criterion = Kept::new(move || working.with_current(Criterion::clone).unwrap_or_else(empty));
    let name = Signal::derive(move || criterion.with(|c| c.name.clone()));
    let full = live(move || criterion.with(|c| text::pad_full(lang, c.max)));
    let step = Signal::derive(move || criterion.with(|c| c.step.to_string()));
    let figure = Signal::derive(move || working.figure(working.at.get()));
    let mark = Signal::derive(move || working.mark());
    let fault = live(move || {
        working.fault(lang).map(|fault| {
            view! { <p class="field-error" role="alert"><Icon name="warn" />{fault}</p> }.mounted()
        })
    });
    let undo = live(move || {
        working.can_undo().then(|| {
            view! {
                <button
                    type="button"
                    class="inline btn"
                    data-kind="link"
                    on:click=act(move |_| working.undo())
                >
                    {text::pad_undo(lang)}
                </button>
            }
            .mounted()
        })
    });
    view! {
        <section class="crit">
            <div class="crit-head">
                <h2>{name}</h2>
                <span class="sub">{full}</span>
                {undo}
                <button
                    type="button"
                    class="inline btn"
                    data-kind="link"
                    on:click=act(move |_| standards.set(true))
                >
                    {text::pad_standards(lang)}
                </button>
            </div>
            <Dial name step figure press=Callback::new(move |up| working.step(up)) />
            {fault}
            <Slider
                criterion
                mark
                slide=Callback::new(move |millis| working.put(millis))
            />
            <LevelText criterion mark lang />
        </section>
    }
    .mounted()
}

#[component]
fn LevelText(criterion: Kept<Criterion>, mark: Signal<Option<i64>>, lang: Lang) -> impl IntoView {
    live(move || {
        criterion.with(|criterion| {
            let level = criterion.level(Mark(mark.get()?))?;
            let words = level_words(lang, criterion, level);
            let name = level.name.clone();
            Some(
                view! {
                    <p class="level-text"><b>{name}</b>" "{words}</p>
                }
                .mounted(),
            )
        })
    })
}

/// The running sum and the way on. A partial sum is 小计, only a complete one 合计.
#[component]
fn Dock(working: Working, next: Callback<()>) -> impl IntoView {
    let lang = lang();
    let scope = working.scope;
    let sum = move || {
        // Without any mark there is no sum, not even 0.
        let draft = scope.draft(working.entry).filter(|_| 0 < working.done())?;
        scope.read(|_, rules| rules.sum_text(draft.subtotal(&rules.refs())))
    };
    let left = move || working.count().saturating_sub(working.done());
    let word = live(move || match left() {
        0 => text::pad_total(lang),
        _ => text::pad_subtotal(lang),
    });
    let note = move || match left() {
        0 => text::pad_all_done(lang, working.count()),
        left => text::pad_done_left(lang, working.done(), left),
    };
    let label = live(move || match working.next_blank() {
        None => text::pad_review(lang),
        Some(_) => text::pad_next(lang),
    });
    let which = live(move || {
        let next = working.next_blank()?;
        let is_here = next == working.at.get();
        let name = working
            .criteria
            .with_value(|c| c.get(next).map(|c| c.name.clone()));
        name.filter(|_| !is_here)
            .map(|name| view! { <span class="more">{name}</span> }.mounted())
    });
    view! {
        <footer class="dock">
            <div class="dock-sum">
                <span class="num">{live(move || sum().unwrap_or_else(|| "—".to_owned()))}</span>
                " "
                <span class="sub nw">{word}</span>
                <br />
                <span class="note">{note}</span>
            </div>
            <button type="button" class="btn" data-kind="main" on:click=act(move |_| next.run(()))>
                {label}
                {which}
                <Icon name="next" />
            </button>
        </footer>
    }
    .mounted()
}
