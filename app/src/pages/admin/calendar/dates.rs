//! From which month to which the season goes (GY-3), and the act that changes it.

use crate::backend::{CalendarCommand, CalendarPage, Capability};
use crate::format;
use crate::pages::admin::acts::{Acts, Ask, AskField, ask_button};
use crate::text::{self, Lang};
use domain::month::season_months::SeasonMonths;
use leptos::prelude::*;
use std::sync::Arc;

pub(super) fn dates(lang: Lang, page: &CalendarPage, acts: Acts<CalendarCommand>) -> AnyView {
    let SeasonMonths { from, to } = page.months;
    let (from, to) = (format::month(lang, from), format::month(lang, to));
    let words = match page.dates {
        Some(_) => text::calendar_dates(lang, from, to),
        None => text::calendar_dates_none(lang, from, to),
    };
    let may = page.may.contains(&Capability::Organise);
    let change = may.then(|| ask_button(acts, change(lang, page.months)));
    view! { <p class="note pad-x cluster">{words} {change}</p> }.into_any()
}

fn change(lang: Lang, now: SeasonMonths) -> Ask<CalendarCommand> {
    let month = |label, value: String, hint| AskField {
        hint,
        is_required: false,
        value,
        ..AskField::line(label)
    };
    let hint = text::calendar_dates_hint(lang);
    Ask {
        title: text::calendar_dates_set(lang).to_owned(),
        body: text::calendar_dates_body(lang).to_owned(),
        fields: vec![
            month(text::calendar_dates_from(lang), now.from.to_string(), ""),
            month(text::calendar_dates_to(lang), now.to.to_string(), hint),
            AskField::reason(true),
        ],
        act: text::calendar_dates_set(lang),
        stops: false,
        command: Arc::new(|values| {
            let value = |at: usize| values.get(at).cloned().unwrap_or_default();
            CalendarCommand::SetMonths {
                from: value(0),
                to: value(1),
                reason: value(2),
            }
        }),
    }
}
