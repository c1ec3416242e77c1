//! 大屏: the page for the projector. It is built from [`ScreenPage`] alone, which holds a name and
//! what was posted; nothing else can leak (R1). When the stream is lost the content stays and the
//! footer says so.

use crate::api::public::load_screen;
use crate::backend::{OrderRow, ScreenPage};
use crate::components::loaded::current;
use crate::components::ranking::{is_tied, score_word};
use crate::components::state::error_state;
use crate::components::words;
use crate::error::{AppError, Code};
use crate::live::live;
use crate::pages::contest::contest_param;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, when};
use leptos::prelude::*;
use leptos_meta::{Html, Title};
use std::time::Duration;
use sync::posted::{PostedResult, PostedRow};
use sync::protocol::{GateStateView, StageState};

/// Rows beside the champion that one page of the screen holds, in two columns.
const ROWS_MAX: usize = 24;
/// How long one page of a long ranking stays.
const PAGE_TIME: Duration = Duration::from_secs(12);

#[component]
pub fn Screen() -> impl IntoView {
    let lang = lang();
    let content = match contest_param() {
        Some(id) => {
            let heard = live(id);
            let stale = RwSignal::new(false);
            let lost = Signal::derive(move || heard.get().stale || stale.get());
            let again = Signal::derive(move || heard.get().seq);
            let turn = RwSignal::new(0);
            turn_pages(turn);
            current(
                move || load_screen(id),
                again,
                stale,
                move |page| {
                    view! { {move || page.with(|page| screen(lang, page, lost, turn.get()))} }
                        .into_any()
                },
            )
        }
        None => error_state(&AppError::new(Code::NotFound)),
    };
    view! {
        <Html {..} data-theme="stage" />
        <Title text=text::screen_title(lang) />
        <div class="page" data-kind="stage">{content}</div>
    }
    .into_any()
}

/// Counts up in the browser, so that a ranking longer than one page takes turns.
pub fn turn_pages(turn: RwSignal<usize>) {
    Effect::new(move |_| {
        let timer = set_interval_with_handle(move || turn.update(|turn| *turn += 1), PAGE_TIME);
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
}

fn screen(lang: Lang, page: &ScreenPage, lost: Signal<bool>, turn: usize) -> AnyView {
    match &page.result {
        Some(result) => ranking(lang, page, result, lost, turn),
        None => now(lang, page, lost),
    }
}

fn now(lang: Lang, page: &ScreenPage, lost: Signal<bool>) -> AnyView {
    let card = &page.card;
    let (name, topic, phase) = match &page.now {
        Some(row) => (row.name.clone(), row.topic.clone(), gate_phase(lang, row)),
        None => {
            let phase = match card.state {
                StageState::Closed | StageState::Posted => text::screen_closed(lang),
                StageState::Open => text::screen_waiting(lang),
                _ => text::screen_ready(lang),
            };
            (card.title.clone(), card.subtitle.clone(), phase)
        }
    };
    let order = page.now.as_ref().map(|row| {
        view! { <p class="st-order">{text::screen_order(lang, row.position, card.entries)}</p> }
    });
    let next = page.next.as_ref().map(|row| {
        view! { <p>{text::screen_next(lang)}" "<b>{row.name.clone()}</b></p> }
    });
    let gate = match page.now.as_ref().map(|row| row.gate) {
        Some(GateStateView::Open) => "open",
        Some(_) => "review",
        None => "closed",
    };
    let tone = page.now.is_none().then_some("off");
    let width = format::name_width(&name);
    view! {
        <main class="stage" id="main">
            {couplet(card.title.clone(), card.county.clone())}
            <section class="st-main">
                <div class="st-top"><span></span>{order}</div>
                <div class="st-name ring" data-tone=tone>
                    <h1 data-n=width>{name}</h1>
                    <p>{topic}</p>
                </div>
                <div class="st-gate" data-state=gate>
                    <p class="phase"><small>{text::screen_now(lang)}</small>{phase}</p>
                </div>
            </section>
            <footer class="st-foot">
                {next.map_or_else(|| view! { <p></p> }.into_any(), IntoAny::into_any)}
                {pulse(lang, lost, text::screen_in_step(lang).to_owned())}
            </footer>
        </main>
    }
    .into_any()
}

fn gate_phase(lang: Lang, row: &OrderRow) -> &'static str {
    match row.gate {
        GateStateView::Open => text::screen_scoring(lang),
        other => words::gate_state(lang, other),
    }
}

/// The spine on the left: what this is, and whose.
fn couplet(title: String, county: String) -> AnyView {
    view! { <header class="couplet"><b>{title}</b><span>{county}</span></header> }.into_any()
}

fn ranking(
    lang: Lang,
    page: &ScreenPage,
    result: &PostedResult,
    lost: Signal<bool>,
    turn: usize,
) -> AnyView {
    let (first, rest): (Vec<_>, Vec<_>) = result.rows.iter().partition(|row| row.rank == Some(1));
    let pages = rest.len().div_ceil(ROWS_MAX).max(1);
    let shown = turn % pages;
    let rest: Vec<_> = rest
        .into_iter()
        .skip(shown * ROWS_MAX)
        .take(ROWS_MAX)
        .collect();
    let rows = rest.len().div_ceil(2).max(1);
    let rest: Vec<_> = rest
        .into_iter()
        .map(|row| rest_row(lang, result, row))
        .collect();
    let classes: Vec<_> = result
        .classes
        .iter()
        .map(|class| class_line(lang, class))
        .collect();
    let mut foot = classes.join(text::home_comma(lang));
    if pages > 1 {
        foot = text::screen_page(lang, shown + 1, pages);
    }
    let posted = text::screen_posted(lang, when::clock(result.posted_at));
    view! {
        <main class="stage" id="main">
            <header class="couplet">
                <h1>{result.title.clone()}</h1><span>{page.card.county.clone()}</span>
            </header>
            <section class="final">
                {champion(lang, &first)}
                <ol class="rest" role="list" data-rows=rows>{rest}</ol>
            </section>
            <footer class="st-foot"><p>{foot}</p>{pulse(lang, lost, posted)}</footer>
        </main>
    }
    .into_any()
}

fn class_line(lang: Lang, class: &sync::posted::PostedClass) -> String {
    let share = text::contest_share_of(lang, format::share(&class.weight));
    format!("{} {share}", class.name)
}

/// Whoever shares the first place shares the frame.
fn champion(lang: Lang, first: &[&PostedRow]) -> AnyView {
    let Some(one) = first.first() else {
        return ().into_any();
    };
    let names: Vec<_> = first.iter().map(|row| row.name.clone()).collect();
    let name = names.join(text::home_comma(lang));
    let width = format::name_width(&name);
    view! {
        <div class="champ ring" data-tone="first">
            <span class="coin">"1"</span>
            <h2 data-n=width>
                <small>{text::screen_champion(lang)}</small>
                {name}
            </h2>
            <p class="num">{score_word(lang, one)}</p>
        </div>
    }
    .into_any()
}

fn rest_row(lang: Lang, result: &PostedResult, row: &PostedRow) -> AnyView {
    let rank = row
        .rank
        .map_or_else(|| "—".to_owned(), |rank| rank.to_string());
    let tied = is_tied(result, row).then(|| view! { <small>{text::result_tied(lang)}</small> });
    view! {
        <li>
            <span>{rank}{tied}</span>
            <b data-n=format::name_width(&row.name)>{row.name.clone()}</b>
            <i></i>
            <span class="num">{score_word(lang, row)}</span>
        </li>
    }
    .into_any()
}

/// Filled while the screen is in step, hollow while it is behind.
#[must_use]
pub fn pulse(lang: Lang, lost: Signal<bool>, in_step: String) -> AnyView {
    view! {
        <p class="nw">
            <span class="pulse" data-state=move || if lost.get() { "lag" } else { "sync" }></span>
            {move || if lost.get() { text::screen_stale(lang).to_owned() } else { in_step.clone() }}
        </p>
    }
    .into_any()
}
