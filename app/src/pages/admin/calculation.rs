//! 计算: the result before and after it is out, with the whole calculation unfolded seat by seat,
//! and the button that posts it. It exists only for entries whose gate is closed (R1).

use crate::api::desk::load_calculation;
use crate::backend::{Calculation, DeskCommand};
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::components::state::{Empty, error_state};
use crate::components::watermark::watermark;
use crate::error::{AppError, Code};
use crate::live::live;
use crate::pages::admin::acts::{Acts, Ask, AskDialog, AskField};
use crate::pages::admin::nav::{OfContest, back_to_contests, contest_links};
use crate::pages::admin::working::Working;
use crate::pages::contest::contest_param;
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::ContestId;
use domain::scoring::{ClassScore, EntryResult, Fate, Line};
use leptos::prelude::*;
use std::sync::Arc;

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
        {watermark(page.card.demo)}
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
            view! { <li><span>{step.what}</span><span>{step.how}</span><span>{step.figure}</span></li> }
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
    let heads: Vec<_> = class
        .columns
        .iter()
        .map(|column| view! { <th scope="col">{working.column_name(column)}</th> })
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
        <p class="block-gap"><b>{name.clone()}</b>" "<span class="note">{working.panel(class)}</span></p>
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

fn post(lang: Lang, page: &Calculation, acts: Acts) -> AnyView {
    if page.not_closed > 0 || page.result.entries.is_empty() {
        return view! {
            <div class="pad-x block-gap">
                <button class="btn" type="button" data-wide="" data-size="big" aria-disabled="true" aria-describedby="post-why">
                    {text::calc_post(lang)}
                </button>
                <p class="why" id="post-why">{text::calc_post_blocked(lang)}</p>
            </div>
        }
        .into_any();
    }
    let missing = page.tally.expected.saturating_sub(page.tally.counted);
    let words = if page.posted {
        text::calc_correct(lang)
    } else {
        text::calc_post(lang)
    };
    let body = match (page.posted, missing) {
        (true, _) => text::calc_correct_body(lang).to_owned(),
        (false, 0) => text::calc_post_body(lang).to_owned(),
        (false, missing) => text::calc_post_missing(lang, missing),
    };
    let needs_reason = page.posted || missing > 0;
    let reason = if page.posted {
        AskField {
            hint: "",
            ..AskField::line(text::calc_what_changed(lang))
        }
    } else {
        AskField::reason(true)
    };
    let ask = Ask {
        title: words.to_owned(),
        body,
        fields: if needs_reason {
            vec![reason]
        } else {
            Vec::new()
        },
        act: words,
        stops: false,
        command: Arc::new(|values| DeskCommand::Post {
            reason: values.first().cloned().unwrap_or_default(),
        }),
    };
    let kind = if page.posted { None } else { Some("call") };
    view! {
        <div class="pad-x block-gap">
            <button
                class="btn"
                type="button"
                data-wide=""
                data-size="big"
                data-kind=kind
                on:click=move |_| acts.ask(ask.clone())
            >
                {words}
            </button>
        </div>
    }
    .into_any()
}

fn files(lang: Lang, page: &Calculation) -> AnyView {
    let id = page.card.id;
    let posted = page.posted.then(|| {
        view! {
            <p class="frozen">
                <Icon name="lock" /><span>{text::contest_frozen(lang, page.check_code.clone())}</span>
            </p>
            <p class="cluster pad-x">
                <a class="btn" data-size="small" href=paths::contest(id)>{text::desk_public(lang)}</a>
                <a class="btn" data-size="small" href=paths::screen(id) target="_blank" rel="external">
                    {text::contest_screen(lang)}
                </a>
            </p>
        }
    });
    let files = [
        ("result.xlsx", text::calc_file_result(lang)),
        ("sheets.csv", text::calc_file_sheets(lang)),
        ("recount.zip", text::calc_file_recount(lang)),
    ];
    let files = files.map(|(file, words)| {
        view! {
            <a class="btn" data-size="small" href=paths::export(id, file) rel="external" download="">
                {words}
            </a>
        }
    });
    view! {
        {posted}
        <div class="head no-print"><h2>{text::calc_files(lang)}</h2></div>
        <div class="cluster pad-x no-print">
            <a class="btn" data-size="small" href=paths::print_sheets(id)>
                <Icon name="print" />
                {text::calc_print(lang)}
            </a>
            {files}
        </div>
    }
    .into_any()
}
