//! 计算: the result before and after it is out, with the whole calculation unfolded seat by seat,
//! and the button that posts it. It exists only for entries whose gate is closed (R1).

mod post;

use crate::api::desk::load_calculation;
use crate::backend::Calculation;
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::components::state::{Empty, error_state};
use crate::error::{AppError, Code};
use crate::live::live;
use crate::pages::admin::acts::{Acts, AskDialog};
use crate::pages::admin::nav::{OfContest, back_to_contests, contest_links};
use crate::pages::admin::working::Working;
use crate::pages::contest::contest_param;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::ContestId;
use domain::scoring::{ClassScore, EntryResult, Fate, Line};
use leptos::prelude::*;
use post::{files, post};

#[component]
pub fn CalculationPage() -> impl IntoView {
    match contest_param() {
        Some(contest) => calculation_page(contest),
        None => error_state(&AppError::new(Code::NotFound)),
    }
}

fn calculation_page(contest: ContestId) -> AnyView {
    let lang = lang();
    let acts = Acts::new(contest);
    let heard = live(contest);
    let again = Signal::derive(move || heard.get().seq.wrapping_add(acts.done.get()));
    let content = current(
        move || load_calculation(contest),
        again,
        RwSignal::new(false),
        move |page| view! { {move || page.with(|page| calculation(lang, page, acts))} }.into_any(),
    );
    view! {
        <StaffPage
            title=text::staff_calculation(lang)
            back=back_to_contests()
            links=contest_links(contest, OfContest::Calculation)
        >
            <main id="main">{content}</main>
            <AskDialog acts />
        </StaffPage>
    }
    .into_any()
}

fn calculation(lang: Lang, page: &Calculation, acts: Acts) -> AnyView {
    let rows = match Working::new(lang, page) {
        Some(_) if page.result.entries.is_empty() => {
            let body = text::calc_empty_text(lang);
            view! { <Empty icon="lock" title=text::calc_empty(lang) body /> }.into_any()
        }
        Some(working) => {
            let rows: Vec<_> = page
                .result
                .entries
                .iter()
                .map(|result| entry(&working, result))
                .collect();
            view! { <section class="sheet"><ol class="ledger" role="list">{rows}</ol></section> }
                .into_any()
        }
        None => error_state(&AppError::new(Code::Unknown)),
    };
    view! {
        {head(lang, page)}
        {rows}
        {post(lang, page, acts)}
        {files(lang, page)}
    }
    .into_any()
}

fn head(lang: Lang, page: &Calculation) -> AnyView {
    let state = if page.posted {
        text::state_posted(lang)
    } else {
        text::calc_preview(lang)
    };
    let tone = if page.posted { "ok" } else { "wait" };
    let left = (page.not_closed > 0).then(|| {
        view! {
            <p class="say" data-tone="wait">
                <Icon name="clock" /><span>{text::calc_left(lang, page.not_closed)}</span>
            </p>
        }
    });
    let tally = page.tally;
    let alarm = (tally.quarantined > 0).then_some("alarm");
    view! {
        <div class="head">
            <h2>{page.card.title.clone()}</h2>
            <span class="tag" data-tone=tone>{state}</span>
        </div>
        <section class="sheet">
            <div class="tally">
                <p><b>{tally.expected}</b>{text::desk_expected(lang)}</p>
                <p><b>{tally.received}</b>{text::desk_received(lang)}</p>
                <p><b>{tally.counted}</b>{text::desk_counted(lang)}</p>
                <p data-tone=alarm><b>{tally.quarantined}</b>{text::desk_quarantined(lang)}</p>
            </div>
        </section>
        {left}
        <p class="note pad-x block-gap">
            {text::contest_version(lang, page.charter.title.clone(), page.charter.version.clone())}
        </p>
    }
    .into_any()
}

fn entry(working: &Working<'_>, result: &EntryResult) -> AnyView {
    let lang = working.lang;
    let name = working
        .entry(result)
        .map(|entry| entry.name.clone())
        .unwrap_or_default();
    let position = working.entry(result).map_or(0, |entry| entry.position);
    let place = match result.standing.rank {
        Some(1) => view! { <span class="coin">"1"</span> }.into_any(),
        Some(rank) => rank.into_any(),
        None => "—".into_any(),
    };
    let classes: Vec<_> = result
        .score
        .classes
        .iter()
        .map(|class| class_table(working, class, result.standing.entry))
        .collect();
    let steps: Vec<_> = working
        .steps(result)
        .into_iter()
        .map(|step| {
            view! {
                <li>
                    <span>{step.what}</span>
                    <span>{step.how}</span>
                    <span>{step.figure}</span>
                </li>
            }
        })
        .collect();
    let remarks: Vec<_> = working
        .remarks(result)
        .into_iter()
        .map(|remark| view! { <p class="note">{remark}</p> })
        .collect();
    view! {
        <li class="row">
            <span class="row-no">{place}</span>
            <div class="row-main">
                <p class="row-name">{name}</p>
                <p class="row-text">{text::calc_position(lang, position)}</p>
            </div>
            <div class="row-end"><span class="num">{working.score(result)}</span></div>
            <details class="fold row-more">
                <summary>{text::calc_how(lang)}</summary>
                {classes}
                <ol class="calc" role="list">{steps}</ol>
                {remarks}
            </details>
        </li>
    }
    .into_any()
}

/// One class: a row for each seat, a column for each criterion or one for the totals.
fn class_table(working: &Working<'_>, class: &ClassScore, entry: usize) -> AnyView {
    let lang = working.lang;
    let name = working.class_name(class);
    let parts = working
        .parts(class)
        .into_iter()
        .map(|part| working.criterion_name(part));
    let columns = class
        .columns
        .iter()
        .map(|column| working.column_name(column));
    let heads: Vec<_> = parts
        .chain(columns)
        .map(|name| view! { <th scope="col">{name}</th> })
        .collect();
    let seats = class
        .columns
        .first()
        .map(|column| column.lines.len())
        .unwrap_or_default();
    let rows: Vec<_> = (0..seats)
        .map(|index| seat_row(working, class, index, entry))
        .collect();
    view! {
        <p class="block-gap">
            <b>{name.clone()}</b>
            " "
            <span class="note">{working.panel(class)}</span>
        </p>
        <div class="table-box" tabindex="0" role="region" aria-label=name>
            <table class="table" data-kind="marks">
                <thead>
                    <tr>
                        <th scope="col">{text::calc_seat(lang)}</th>
                        {heads}
                        <th scope="col">{text::calc_note(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn seat_row(working: &Working<'_>, class: &ClassScore, index: usize, entry: usize) -> AnyView {
    let lines: Vec<&Line> = class
        .columns
        .iter()
        .filter_map(|column| column.lines.get(index))
        .collect();
    let Some(first) = lines.first().copied() else {
        return ().into_any();
    };
    let number = working
        .page
        .seats
        .get(first.seat)
        .map_or(0, |seat| seat.number);
    let parts: Vec<_> = working
        .parts(class)
        .into_iter()
        .map(|part| view! { <td>{working.part(entry, first.seat, part)}</td> })
        .collect();
    let cells: Vec<_> = lines
        .iter()
        .map(|line| cell(working, line, entry))
        .collect();
    // Seat by seat the whole row is struck; by criterion each cell says so for itself.
    let (cut, word) = if working.is_by_criterion() {
        let is_out = lines.iter().all(|line| matches!(line.fate, Fate::Out(_)));
        (
            None,
            if is_out {
                working.fate(first, entry)
            } else {
                ""
            },
        )
    } else {
        (cut(first), working.fate(first, entry))
    };
    let state = matches!(first.fate, Fate::Out(_)).then_some("absent");
    view! {
        <tr data-cut=cut data-state=state>
            <th scope="row">{number}</th>
            {parts}
            {cells}
            <td>{word}</td>
        </tr>
    }
    .into_any()
}

fn cell(working: &Working<'_>, line: &Line, entry: usize) -> AnyView {
    let Some(value) = line.value else {
        return view! { <td>"—"</td> }.into_any();
    };
    let mark = working.mark(value);
    let word = working.is_by_criterion().then(|| working.fate(line, entry));
    let word = word
        .filter(|word| !word.is_empty())
        .map(|word| view! { <small>{word}</small> });
    match cut(line) {
        Some(which) => {
            view! { <td data-cut=which><s class="struck">{mark}</s>{word}</td> }.into_any()
        }
        None => view! { <td>{mark}{word}</td> }.into_any(),
    }
}

fn cut(line: &Line) -> Option<&'static str> {
    match line.fate {
        Fate::StruckHigh => Some("high"),
        Fate::StruckLow => Some("low"),
        Fate::Kept | Fate::Out(_) => None,
    }
}
