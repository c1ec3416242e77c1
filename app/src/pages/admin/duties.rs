//! What waits for the account that is signed in, each as a link to where it is done (GY-15).

use crate::backend::{Duties, Duty};
use crate::components::icon::Icon;
use crate::pages::admin::calendar::{place, span_words};
use crate::pages::admin::slips::deadline_tag;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::SeasonId;
use domain::month::cadence::{Output, Span};
use domain::month::deadline::Deadline;
use domain::month::period::Period;
use domain::month::slip::SlipState;
use domain::worklist::WorkState;
use leptos::prelude::*;

/// Nothing where nothing waits.
pub fn list(lang: Lang, of: &Duties) -> AnyView {
    let duties = &of.duties;
    if duties.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = duties.iter().map(|duty| row(lang, of, duty)).collect();
    view! {
        <div class="head">
            <h2>{text::duty_title(lang)}</h2>
            <span class="sub">{text::duty_count(lang, duties.len())}</span>
        </div>
        <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
    }
    .into_any()
}

fn row(lang: Lang, of: &Duties, duty: &Duty) -> AnyView {
    let (icon, href, words) = shown(lang, duty);
    let season = season_of(duty).and_then(|id| of.seasons.iter().find(|season| season.id == id));
    let season = season.map(|season| {
        let name = text::duty_season(lang, season.name.clone());
        view! { <span class="row-text">{name}</span> }
    });
    view! {
        <li>
            <a class="row" href=href>
                <span class="row-no"><Icon name=icon /></span>
                <span class="row-main"><span class="row-name">{words}</span>{season}</span>
                {deadline(lang, duty)}
            </a>
        </li>
    }
    .into_any()
}

/// Its icon, where it is done, and what it says.
fn shown(lang: Lang, duty: &Duty) -> (&'static str, String, String) {
    match duty {
        Duty::CloseMonth(season, period) => of_month(
            (*season, *period),
            text::duty_close_month(lang, format::month(lang, *period)),
        ),
        Duty::PostMonth(season, period) => of_month(
            (*season, *period),
            text::duty_post_month(lang, format::month(lang, *period)),
        ),
        Duty::CorrectMonth(season, period) => of_month(
            (*season, *period),
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
        Duty::Slips(season, state, count) => (
            "slip",
            paths::slips(season.id, *state),
            of_slips(lang, &season.name, *state, *count),
        ),
        Duty::Work(season, state, count) => (
            "list",
            match state {
                WorkState::Asked => paths::work(season.id, None, Some(*state)),
                _ => paths::work_overdue(season.id),
            },
            of_work(lang, &season.name, *state, *count),
        ),
        Duty::Visits(season, name, count) => (
            "pen",
            paths::leaders(season.id),
            text::duty_visits(lang, *count, name.clone()),
        ),
    }
}

fn deadline(lang: Lang, duty: &Duty) -> Option<AnyView> {
    let deadline = match duty {
        duty if duty.is_overdue() => Deadline::Past,
        Duty::Calendar { is_near: true, .. } => Deadline::Near,
        _ => Deadline::Ahead,
    };
    let (tone, word) = deadline_tag(lang, deadline)?;
    let tag = view! {
        <span class="row-end"><span class="tag" data-tone=tone>{word}</span></span>
    };
    Some(tag.into_any())
}

/// Whose it is, where its words do not say so: two seasons have months of one name.
fn season_of(duty: &Duty) -> Option<SeasonId> {
    match duty {
        Duty::CloseMonth(season, _)
        | Duty::PostMonth(season, _)
        | Duty::CorrectMonth(season, _)
        | Duty::ConfirmRecords(season, ..)
        | Duty::DecideAppeals(season, ..)
        | Duty::Calendar { season, .. } => Some(*season),
        Duty::Visits(season, ..) => Some(season.id),
        Duty::Kept(..) | Duty::Slips(..) | Duty::Work(..) => None,
    }
}

/// At the desk of a month.
fn of_month((season, period): (SeasonId, Period), words: String) -> (&'static str, String, String) {
    ("board", paths::month_desk(season, period), words)
}

fn of_work(lang: Lang, season: &str, state: WorkState, count: u32) -> String {
    match state {
        WorkState::Asked => text::duty_work_asked(lang, count, season.to_owned()),
        _ => text::duty_work_overdue(lang, count, season.to_owned()),
    }
}

fn of_slips(lang: Lang, season: &str, state: SlipState, count: u32) -> String {
    match state {
        SlipState::Proposed => text::duty_decide(lang, count, season.to_owned()),
        SlipState::Replied => text::duty_close(lang, count, season.to_owned()),
        _ => text::duty_overdue(lang, count, season.to_owned()),
    }
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
