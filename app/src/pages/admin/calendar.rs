//! 日历: everything that a season asks for (GY-15), what is overdue first, then month by month: who
//! owes it, from when until when, what comes of it, and how it was done.

pub(super) mod assessment;
mod dates;
mod hearing;
mod outcomes;
pub mod paper;
mod sheet;
mod speeches;
mod year;
mod year_words;

pub use sheet::DutySheetPage;

use crate::api::calendar::{command_calendar, load_calendar};
use crate::backend::{CalendarCommand, CalendarPage, CalendarRow, Capability, DutyDone, GoneDuty};
use crate::components::icon::Icon;
use crate::components::state::Empty;
use crate::pages::admin::acts::{Acts, Ask, AskField, ask_button};
use crate::pages::admin::season_page::{of_season, season_page};
use crate::pages::admin::slips::deadline_tag;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::SeasonId;
use domain::month::cadence::{DutyState, Output, Span};
use domain::month::deadline::Deadline;
use domain::month::period::Period;
use domain::month::slip::SlipState;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Calendar() -> impl IntoView {
    of_season(page)
}

fn page(season: SeasonId) -> AnyView {
    let acts = Acts::over(move |command| Box::pin(command_calendar(season, command)));
    let title = text::calendar_title(lang());
    season_page(
        (title, false),
        acts,
        move || load_calendar(season),
        calendar,
    )
}

fn calendar(lang: Lang, page: &CalendarPage, acts: Acts<CalendarCommand>) -> AnyView {
    if page.rows.is_empty() && page.gone.is_empty() {
        let body = text::calendar_empty_text(lang);
        return view! {
            <Empty icon="clock" title=text::calendar_empty(lang) body />
            {dates::dates(lang, page, acts)}
        }
        .into_any();
    }
    view! {
        <p class="say">
            <Icon name="help" />
            <span>{text::calendar_lead(lang, page.season_name.clone())}</span>
        </p>
        {dates::dates(lang, page, acts)}
        {now(lang, page, acts)}
        {months(lang, page, acts)}
        {gone(lang, &page.gone)}
    }
    .into_any()
}

/// What is overdue, and what is to be done now.
fn now(lang: Lang, page: &CalendarPage, acts: Acts<CalendarCommand>) -> AnyView {
    let of_state = |state| page.rows.iter().filter(move |row| row.state == state);
    let overdue: Vec<_> = of_state(DutyState::Overdue).collect();
    let open: Vec<_> = of_state(DutyState::Open).collect();
    let none = overdue.is_empty().then(|| {
        let line = text::calendar_none_overdue(lang);
        view! { <p class="say" data-tone="ok"><Icon name="done" /><span>{line}</span></p> }
    });
    view! {
        {none}
        {section(lang, text::calendar_overdue(lang), page, &overdue, acts)}
        {section(lang, text::calendar_open(lang), page, &open, acts)}
    }
    .into_any()
}

fn section(
    lang: Lang,
    title: &'static str,
    page: &CalendarPage,
    rows: &[&CalendarRow],
    acts: Acts<CalendarCommand>,
) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let count = text::duty_count(lang, rows.len());
    let view = view! {
        <div class="head"><h2>{title}</h2><span class="sub">{count}</span></div>
        {ledger(lang, page, rows, acts)}
    };
    Some(view.into_any())
}

fn ledger(
    lang: Lang,
    page: &CalendarPage,
    rows: &[&CalendarRow],
    acts: Acts<CalendarCommand>,
) -> AnyView {
    let rows: Vec<_> = rows.iter().map(|one| row(lang, page, one, acts)).collect();
    view! { <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section> }.into_any()
}

/// Every month in which something ends, folded; the present one is open.
fn months(lang: Lang, page: &CalendarPage, acts: Acts<CalendarCommand>) -> AnyView {
    let month_of = |row: &&CalendarRow| Period::of(row.window.to);
    let rows: Vec<&CalendarRow> = page.rows.iter().collect();
    let months: Vec<_> = rows
        .chunk_by(|one, next| month_of(one) == month_of(next))
        .filter_map(|rows| {
            let period = month_of(rows.first()?);
            let done = rows.iter().filter(|row| row.state == DutyState::Done);
            let words =
                text::calendar_month(lang, done.count(), format::month(lang, period), rows.len());
            Some(view! {
                <details class="fold" open=period == Period::of(page.today)>
                    <summary>{words}</summary>
                    {ledger(lang, page, rows, acts)}
                </details>
            })
        })
        .collect();
    view! {
        <div class="head"><h2>{text::calendar_months(lang)}</h2></div>
        <div class="pad-x stack block-gap">{months}</div>
    }
    .into_any()
}

/// What was entered for cadences that are not in the charter any more.
fn gone(lang: Lang, gone: &[GoneDuty]) -> Option<AnyView> {
    if gone.is_empty() {
        return None;
    }
    let row = |one: &GoneDuty| {
        let from = format::day_with_year(lang, &one.from.to_string());
        view! {
            <li class="row">
                <span class="row-no"><Icon name="clock" /></span>
                <span class="row-main">
                    <span class="row-name">
                        {one.rule.clone()} " " {text::calendar_gone_from(lang, from)}
                    </span>
                    <span class="row-text">{done_words(lang, &one.done)}</span>
                </span>
            </li>
        }
    };
    let rows: Vec<_> = gone.iter().map(row).collect();
    let view = view! {
        <div class="head"><h2>{text::calendar_gone(lang)}</h2></div>
        <p class="note pad-x">{text::calendar_gone_lead(lang)}</p>
        <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
    };
    Some(view.into_any())
}

fn row(lang: Lang, page: &CalendarPage, row: &CalendarRow, acts: Acts<CalendarCommand>) -> AnyView {
    let line = text::calendar_line(
        lang,
        output_word(lang, row.output),
        owner_word(lang, row.owner),
        span_words(lang, row.window),
    );
    let done = row.done.as_ref().map(|done| done_words(lang, done));
    let done = done.map(|words| view! { <span class="row-text">{words}</span> });
    let near = (row.state == DutyState::Open)
        .then(|| deadline_tag(lang, Deadline::of(row.window.to, page.today)))
        .flatten();
    let (tone, word) = near.unwrap_or_else(|| state_word(lang, row.state));
    view! {
        <li class="row">
            <span class="row-no"><Icon name="clock" /></span>
            <span class="row-main">
                <span class="row-name">{row.rule.clone()} " " {span_words(lang, row.span)}</span>
                <span class="row-text">{line}</span>
                {done}
            </span>
            <span class="row-end"><span class="tag" data-tone=tone>{word}</span></span>
            {acts_of(lang, page, row, acts)}
        </li>
    }
    .into_any()
}

/// The way to where it is done, and what whoever owes it may say of it.
fn acts_of(
    lang: Lang,
    page: &CalendarPage,
    row: &CalendarRow,
    acts: Acts<CalendarCommand>,
) -> Option<AnyView> {
    // Of a span that is on, so that it can be looked at before it is due.
    let has_sheet = row.output.has_sheet(row.span) && row.span.from <= page.today;
    let sheet = has_sheet.then(|| {
        let href = paths::duty_sheet(page.season, row.output, row.span);
        view! { <a class="inline" href=href>{paper::title(lang, row.output)}</a> }
    });
    if row.state == DutyState::Ahead {
        let view = sheet.map(|link| view! { <div class="row-more cluster">{link}</div> });
        return view.map(IntoAny::into_any);
    }
    let is_owed = page.may.contains(&row.owner);
    let act = match &row.done {
        None => Some(say_done(lang, row)),
        Some(DutyDone::Said { .. }) => Some(take_back(lang, row)),
        Some(_) => None,
    };
    let button = act.filter(|_| is_owed).map(|ask| ask_button(acts, ask));
    let href = made_from(page.season, row.output, row.span);
    let view = view! {
        <div class="row-more cluster">
            {sheet}
            <a class="inline" href=href>{place_word(lang, row.output)}</a>
            {button}
        </div>
    };
    Some(view.into_any())
}

fn say_done(lang: Lang, row: &CalendarRow) -> Ask<CalendarCommand> {
    let (rule, span) = (row.rule.clone(), row.span.from);
    Ask {
        title: format!("{} {}", row.rule, span_words(lang, row.span)),
        body: text::calendar_done_body(lang).to_owned(),
        fields: vec![AskField {
            hint: text::calendar_words_hint(lang),
            ..AskField::line(text::calendar_words(lang))
        }],
        act: text::calendar_done(lang),
        stops: false,
        command: Arc::new(move |values| CalendarCommand::Done {
            rule: rule.clone(),
            span,
            words: values.first().cloned().unwrap_or_default(),
        }),
    }
}

fn take_back(lang: Lang, row: &CalendarRow) -> Ask<CalendarCommand> {
    let (rule, span) = (row.rule.clone(), row.span.from);
    Ask {
        title: format!("{} {}", row.rule, span_words(lang, row.span)),
        body: text::calendar_undo_body(lang).to_owned(),
        fields: vec![AskField::reason(true)],
        act: text::calendar_undo(lang),
        stops: true,
        command: Arc::new(move |values| CalendarCommand::Undo {
            rule: rule.clone(),
            span,
            reason: values.first().cloned().unwrap_or_default(),
        }),
    }
}

/// Where what comes of a duty is: its document, or the place where it is made.
#[must_use]
pub fn place(season: SeasonId, output: Output, span: Span) -> String {
    match output.has_sheet(span) {
        true => paths::duty_sheet(season, output, span),
        false => made_from(season, output, span),
    }
}

/// Where it is made, or what it is made from.
fn made_from(season: SeasonId, output: Output, span: Span) -> String {
    match output {
        Output::Records | Output::Posting | Output::Assessment => {
            paths::month_desk(season, Period::of(span.to))
        }
        Output::Speeches => paths::slips(season, SlipState::default()),
        Output::Hearing => paths::NEW_CONTEST.to_owned(),
    }
}

fn place_word(lang: Lang, output: Output) -> &'static str {
    match output {
        Output::Records => text::calendar_to_records(lang),
        Output::Posting | Output::Assessment => text::calendar_to_month(lang),
        Output::Speeches => text::calendar_to_slips(lang),
        Output::Hearing => text::calendar_to_contest(lang),
    }
}

/// `10月5日至10月11日`, or one month by its name.
#[must_use]
pub fn span_words(lang: Lang, span: Span) -> String {
    let period = Period::of(span.to);
    if span == Span::of_months(period, period) {
        return format::month(lang, period);
    }
    let day = |day: domain::month::day::Day| format::day(lang, &day.to_string());
    text::calendar_span(lang, day(span.from), day(span.to))
}

/// `2026年7月至2026年9月`, or one month by its name.
fn span_months(lang: Lang, span: Span) -> String {
    let (first, last) = (Period::of(span.from), Period::of(span.to));
    let (from, to) = (format::month(lang, first), format::month(lang, last));
    match first == last {
        true => to,
        false => text::calendar_span(lang, from, to),
    }
}

fn owner_word(lang: Lang, owner: Capability) -> &'static str {
    match owner {
        Capability::Organise => text::calendar_owner_organise(lang),
        Capability::Confirm => text::calendar_owner_confirm(lang),
        Capability::Publish => text::calendar_owner_publish(lang),
        Capability::Talks => text::calendar_owner_talks(lang),
    }
}

fn output_word(lang: Lang, output: Output) -> &'static str {
    match output {
        Output::Records => text::calendar_output_records(lang),
        Output::Posting => text::calendar_output_posting(lang),
        Output::Speeches => text::calendar_output_speeches(lang),
        Output::Hearing => text::calendar_output_hearing(lang),
        Output::Assessment => text::calendar_output_assessment(lang),
    }
}

fn state_word(lang: Lang, state: DutyState) -> (Option<&'static str>, &'static str) {
    match state {
        DutyState::Ahead => (None, text::calendar_state_ahead(lang)),
        DutyState::Open => (None, text::calendar_state_open(lang)),
        DutyState::Overdue => (Some("alarm"), text::calendar_state_overdue(lang)),
        DutyState::Done => (Some("ok"), text::calendar_state_done(lang)),
    }
}

fn done_words(lang: Lang, done: &DutyDone) -> String {
    match done {
        DutyDone::Said { by, at, words } => {
            text::calendar_said(lang, by.clone(), format::moment(lang, *at), words.clone())
        }
        DutyDone::Posted { at } => text::calendar_posted(lang, format::moment(lang, *at)),
        DutyDone::Recorded { count } => text::calendar_recorded(lang, *count),
    }
}
