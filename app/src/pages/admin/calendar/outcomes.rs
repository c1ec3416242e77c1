//! What an assessment proposes by its figures (XY-11), and the organiser's word on each: beside the
//! sheet, not on the paper.

use super::assessment::{decided, outcome_basis};
use crate::backend::{CalendarCommand, DutySheet, OutcomeCommand, SheetOutcome};
use crate::components::icon::Icon;
use crate::pages::admin::acts::{Acts, Ask, AskField, ask_button};
use crate::text::{self, Lang};
use leptos::prelude::*;
use std::sync::Arc;

/// Nothing where nothing is proposed and nothing was decided.
pub(super) fn outcomes(
    lang: Lang,
    sheet: &DutySheet,
    acts: Acts<CalendarCommand>,
) -> Option<AnyView> {
    if sheet.outcomes.is_empty() {
        return None;
    }
    let rows: Vec<_> = sheet
        .outcomes
        .iter()
        .map(|one| row(lang, sheet, one, acts))
        .collect();
    let view = view! {
        // On a sheet of its own: the ground around paper is too dark for small words.
        <section class="sheet no-print">
            <div class="head"><h2>{text::duty_sheet_outcomes(lang)}</h2></div>
            <p class="note pad-x">{text::duty_sheet_outcomes_lead(lang)}</p>
            <ul class="ledger" role="list">{rows}</ul>
        </section>
    };
    Some(view.into_any())
}

fn row(lang: Lang, sheet: &DutySheet, one: &SheetOutcome, acts: Acts<CalendarCommand>) -> AnyView {
    let said = one.decisions.iter().map(|decision| {
        let words = decided(lang, decision);
        view! { <span class="row-text">{words}</span> }
    });
    let said: Vec<_> = said.collect();
    let last = one.decisions.last().map(|decision| decision.is_taken);
    let tag = last.map(|is_taken| {
        let (tone, word) = match is_taken {
            true => (Some("ok"), text::duty_sheet_taken(lang)),
            false => (None, text::duty_sheet_left(lang)),
        };
        view! { <span class="row-end"><span class="tag" data-tone=tone>{word}</span></span> }
    });
    let may = sheet.may_decide && one.is_proposed;
    let open = [true, false].into_iter();
    let open = open.filter(|is_taken| may && last != Some(*is_taken));
    let buttons: Vec<_> = open
        .map(|is_taken| ask_button(acts, decide(lang, sheet, one, is_taken)))
        .collect();
    view! {
        <li class="row">
            <span class="row-no"><Icon name="flag" /></span>
            <span class="row-main">
                <span class="row-name">{one.name.clone()} " " {one.action.clone()}</span>
                <span class="row-text">{outcome_basis(lang, sheet, one)}</span>
                {said}
            </span>
            {tag}
            <div class="row-more cluster">{buttons}</div>
        </li>
    }
    .into_any()
}

fn decide(
    lang: Lang,
    sheet: &DutySheet,
    one: &SheetOutcome,
    is_taken: bool,
) -> Ask<CalendarCommand> {
    let (rule, span) = (sheet.rule.clone(), sheet.span.from);
    let (side, unit, action) = (one.side, one.unit, one.action.clone());
    Ask {
        title: format!("{} {}", one.name, one.action),
        body: text::duty_sheet_decide_body(lang).to_owned(),
        fields: vec![AskField::reason(true)],
        act: match is_taken {
            true => text::duty_sheet_taken(lang),
            false => text::duty_sheet_left(lang),
        },
        stops: !is_taken,
        command: Arc::new(move |values| {
            CalendarCommand::Outcome(OutcomeCommand {
                rule: rule.clone(),
                span,
                side,
                action: action.clone(),
                unit,
                is_taken,
                reason: values.first().cloned().unwrap_or_default(),
            })
        }),
    }
}
