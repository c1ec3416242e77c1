//! What an organiser says of the score of a half-year or a year: which contests count (WZ-12), and
//! what was scored elsewhere (GY-10). Beside the sheet, not on the paper.

use crate::backend::{
    CalendarCommand, ContestPoints, ContestWord, DutySheet, SheetYear, YearCommand, YearContest,
};
use crate::components::icon::Icon;
use crate::components::standing::signed;
use crate::format;
use crate::pages::admin::acts::{Acts, Ask, AskField, FieldKind, ask_button};
use crate::paths;
use crate::text::{self, Lang};
use domain::ids::UnitId;
use domain::month::year::YearPart;
use leptos::prelude::*;
use std::sync::Arc;

/// Nothing where the charter has no rule for the year.
pub(super) fn year_words(
    lang: Lang,
    sheet: &DutySheet,
    acts: Acts<CalendarCommand>,
) -> Option<AnyView> {
    let year = sheet.year.as_ref()?;
    let contests: Vec<_> = year
        .contests
        .iter()
        .map(|one| contest(lang, sheet, (year, one), acts))
        .collect();
    let parts: Vec<_> = year
        .rule
        .parts
        .iter()
        .enumerate()
        .map(|(at, one)| part(lang, sheet, (year, at, one), acts))
        .collect();
    let asks_for_contests = year.shows_contests();
    let none = (asks_for_contests && contests.is_empty()).then(|| text::year_no_contest(lang));
    let none = none.map(|words| view! { <p class="note pad-x">{words}</p> });
    let contests = asks_for_contests.then_some(contests);
    let gone = year.gone.iter().map(|(part, count)| {
        let words = text::year_gone(lang, *count, part.clone());
        view! { <p class="note pad-x">{words}</p> }
    });
    let gone: Vec<_> = gone.collect();
    let view = view! {
        // On a sheet of its own: the ground around paper is too dark for small words.
        <section class="sheet no-print">
            <div class="head"><h2>{text::year_heading(lang)}</h2></div>
            <p class="note pad-x">{text::year_lead(lang)}</p>
            {none}
            {gone}
            <ul class="ledger" role="list">{contests} {parts}</ul>
        </section>
    };
    Some(view.into_any())
}

fn contest(
    lang: Lang,
    sheet: &DutySheet,
    (year, one): (&SheetYear, &YearContest),
    acts: Acts<CalendarCommand>,
) -> AnyView {
    let said = one.said.iter().map(|word| {
        let words = word_words(lang, word);
        view! { <span class="row-text">{words}</span> }
    });
    let said: Vec<_> = said.collect();
    let (tone, word) = match one.counted() {
        Some(_) if one.is_stale() => (Some("wait"), text::year_stale(lang)),
        Some(_) => (Some("ok"), text::year_counted(lang)),
        None => (None, text::year_left(lang)),
    };
    let day = format::day_with_year(lang, &one.day.to_string());
    let why = one.is_stale().then(|| text::year_stale_why(lang));
    let why = why.map(|words| view! { <span class="row-text">{words}</span> });
    view! {
        <li class="row">
            <span class="row-no"><Icon name="ring" /></span>
            <span class="row-main">
                <a class="row-name" href=paths::contest(one.contest)>{one.title.clone()}</a>
                <span class="row-text">{text::year_edition(lang, day, one.edition)}</span>
                {why}
                {said}
            </span>
            <span class="row-end"><span class="tag" data-tone=tone>{word}</span></span>
            <div class="row-more cluster">{contest_acts(lang, sheet, (year, one), acts)}</div>
        </li>
    }
    .into_any()
}

fn contest_acts(
    lang: Lang,
    sheet: &DutySheet,
    (year, one): (&SheetYear, &YearContest),
    acts: Acts<CalendarCommand>,
) -> Vec<AnyView> {
    let (contest, edition) = (one.contest, one.edition);
    let mut buttons = Vec::new();
    if !year.may_enter {
        return buttons;
    }
    if one.counted().is_none() || one.is_stale() {
        let brings = brings(lang, sheet, &one.would_bring);
        let ask = reasoned(
            match one.counted() {
                Some(_) => text::year_count_again(lang),
                None => text::year_count(lang),
            },
            (
                one.title.clone(),
                text::year_count_body(lang, edition, brings),
            ),
            move |reason| YearCommand::Count {
                contest,
                edition,
                reason,
            },
        );
        buttons.push(ask_button(acts, ask));
    }
    if one.counted().is_some() {
        let mut ask = reasoned(
            text::year_leave(lang),
            (one.title.clone(), text::year_leave_body(lang).to_owned()),
            move |reason| YearCommand::Leave { contest, reason },
        );
        ask.stops = true;
        buttons.push(ask_button(acts, ask));
    }
    buttons
}

/// A question for a reason.
fn reasoned(
    act: &'static str,
    (title, body): (String, String),
    word: impl Fn(String) -> YearCommand + Send + Sync + 'static,
) -> Ask<CalendarCommand> {
    Ask {
        title,
        body,
        fields: vec![AskField::reason(true)],
        act,
        stops: false,
        command: Arc::new(move |values| {
            CalendarCommand::Year(word(values.first().cloned().unwrap_or_default()))
        }),
    }
}

/// What a result would bring the units of the sheet, each by its name.
fn brings(lang: Lang, sheet: &DutySheet, points: &[ContestPoints]) -> String {
    let name = |unit: UnitId| {
        let mut units = sheet.groups.iter().flat_map(|group| &group.units);
        let known = units.find(|known| known.unit == unit);
        known.map(|known| known.name.clone())
    };
    let of_sheet = points.iter();
    let of_sheet = of_sheet.filter_map(|points| Some((name(points.unit)?, &points.points)));
    let words = of_sheet.map(|(name, points)| format!("{name} {}", signed(points)));
    let words: Vec<String> = words.collect();
    match words.is_empty() {
        true => text::year_count_nothing(lang).to_owned(),
        false => words.join(text::unit_list_comma(lang)),
    }
}

fn word_words(lang: Lang, word: &ContestWord) -> String {
    let (by, reason) = (word.by.clone(), word.reason.clone());
    let when = format::moment(lang, word.at);
    match word.is_counted {
        true => text::year_word_counted(lang, by, word.edition, reason, word.charter_version, when),
        false => text::year_word_left(lang, by, reason, when),
    }
}

fn part(
    lang: Lang,
    sheet: &DutySheet,
    (year, at, one): (&SheetYear, usize, &YearPart),
    acts: Acts<CalendarCommand>,
) -> AnyView {
    let units = sheet.groups.iter().flat_map(|group| &group.units);
    let units: Vec<_> = units.filter_map(|unit| unit.year.as_ref()).collect();
    let entered = units.iter().filter_map(|unit| unit.parts.get(at)?.as_ref());
    let entered = entered.count();
    let left = units.len() - entered;
    let name = text::year_part(lang, one.name.clone(), one.weight.to_string());
    let button = year
        .may_enter
        .then(|| ask_button(acts, enter(lang, sheet, one)));
    view! {
        <li class="row">
            <span class="row-no"><Icon name="list" /></span>
            <span class="row-main">
                <span class="row-name">{text::year_entered(lang, left, entered, name)}</span>
            </span>
            <div class="row-more cluster">{button}</div>
        </li>
    }
    .into_any()
}

fn enter(lang: Lang, sheet: &DutySheet, part: &YearPart) -> Ask<CalendarCommand> {
    let (rule, span, name) = (sheet.rule.clone(), sheet.span.from, part.name.clone());
    let lines = AskField {
        hint: text::year_lines_hint(lang),
        kind: FieldKind::Lines,
        ..AskField::line(text::year_lines(lang))
    };
    let basis = AskField {
        hint: text::year_basis_hint(lang),
        ..AskField::line(text::year_basis(lang))
    };
    let choice = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let replaces = AskField {
        kind: FieldKind::Choice(vec![
            choice("", text::year_replaces_no(lang)),
            choice("yes", text::year_replaces_yes(lang)),
        ]),
        is_required: false,
        ..AskField::line(text::year_replaces(lang))
    };
    Ask {
        title: format!("{} {}", sheet.rule, part.name),
        body: String::new(),
        fields: vec![lines, basis, replaces],
        act: text::year_enter(lang),
        stops: false,
        command: Arc::new(move |values| {
            let value = |at: usize| values.get(at).cloned().unwrap_or_default();
            CalendarCommand::Year(YearCommand::Enter {
                rule: rule.clone(),
                span,
                part: name.clone(),
                lines: value(0),
                basis: value(1),
                replaces: value(2) == "yes",
            })
        }),
    }
}
