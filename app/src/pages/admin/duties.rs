//! What waits for the account that is signed in, each as a link to where it is done (GY-15).

use crate::backend::Duty;
use crate::components::icon::Icon;
use crate::pages::admin::calendar::{place, span_words};
use crate::pages::admin::slips::deadline_tag;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::SeasonId;
use domain::month::cadence::{Output, Span};
use domain::month::deadline::Deadline;
use domain::month::slip::SlipState;
use leptos::prelude::*;

/// Nothing where nothing waits.
pub fn list(lang: Lang, duties: &[Duty]) -> AnyView {
    if duties.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = duties.iter().map(|duty| row(lang, duty)).collect();
    view! {
        <div class="head">
            <h2>{text::duty_title(lang)}</h2>
            <span class="sub">{text::duty_count(lang, duties.len())}</span>
        </div>
        <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
    }
    .into_any()
}

fn row(lang: Lang, duty: &Duty) -> AnyView {
    let (icon, href, words) = match duty {
        Duty::CloseMonth(season, period) => (
            "board",
            paths::month_desk(*season, *period),
            text::duty_close_month(lang, format::month(lang, *period)),
        ),
        Duty::PostMonth(season, period) => (
            "board",
            paths::month_desk(*season, *period),
            text::duty_post_month(lang, format::month(lang, *period)),
        ),
        Duty::CorrectMonth(season, period) => (
            "board",
            paths::month_desk(*season, *period),
            text::duty_correct_month(lang, format::month(lang, *period)),
        ),
        Duty::Kept(season, count) => (
            "phone",
            paths::links(season.id),
            text::duty_kept(lang, *count, season.name.clone()),
        ),
        Duty::ConfirmRecords(season, period, count) => (
            "pen",
            paths::month_desk(*season, *period),
            text::duty_confirm(lang, format::month(lang, *period), *count),
        ),
        Duty::DecideAppeals(season, period, count) => (
            "pen",
            paths::month_desk(*season, *period),
            text::duty_appeals(lang, format::month(lang, *period), *count),
        ),
        Duty::Calendar {
            season,
            rule,
            output,
            span,
            window,
            overdue,
            ..
        } => of_calendar(lang, *season, rule, (*output, *span, *window), *overdue),
        Duty::Slips(season, state, count) => {
            let words = match state {
                SlipState::Proposed => text::duty_decide(lang, *count, season.name.clone()),
                SlipState::Replied => text::duty_close(lang, *count, season.name.clone()),
                _ => text::duty_overdue(lang, *count, season.name.clone()),
            };
            ("slip", paths::slips(season.id, *state), words)
        }
    };
    let deadline = match duty {
        duty if duty.is_overdue() => Deadline::Past,
        Duty::Calendar { is_near: true, .. } => Deadline::Near,
        _ => Deadline::Ahead,
    };
    let due = deadline_tag(lang, deadline).map(|(tone, word)| {
        view! { <span class="row-end"><span class="tag" data-tone=tone>{word}</span></span> }
    });
    view! {
        <li>
            <a class="row" href=href>
                <span class="row-no"><Icon name=icon /></span>
                <span class="row-main"><span class="row-name">{words}</span></span>
                {due}
            </a>
        </li>
    }
    .into_any()
}

/// Where it is done; where several are overdue, the calendar.
fn of_calendar(
    lang: Lang,
    season: SeasonId,
    rule: &str,
    (output, span, window): (Output, Span, Span),
    overdue: u32,
) -> (&'static str, String, String) {
    let (rule, of) = (rule.to_owned(), span_words(lang, span));
    let (href, words) = match overdue {
        0 => {
            let until = format::day(lang, &window.to.to_string());
            (
                place(season, output, span),
                text::duty_calendar(lang, of, rule, until),
            )
        }
        1 => (
            place(season, output, span),
            text::duty_calendar_late(lang, of, rule),
        ),
        many => (
            paths::calendar(season),
            text::duty_calendar_many(lang, many, of, rule),
        ),
    };
    ("clock", href, words)
}
