//! Posted months that have to follow one that was posted or corrected before them.

use super::acts::main;
use super::flags::despite;
use crate::backend::{MonthCommand, MonthDesk, StaleMonth};
use crate::components::icon::Icon;
use crate::pages::admin::acts::{Acts, Ask, AskField, blocked_button};
use crate::text::{self, Lang};
use crate::{format, paths};
use leptos::prelude::*;
use std::sync::Arc;

/// Each of them with what would change, and the act that comes next for all.
pub fn stale(lang: Lang, desk: &MonthDesk, acts: Acts<MonthCommand>) -> AnyView {
    if desk.stale.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = desk.stale.iter().map(|one| row(lang, desk, one)).collect();
    view! {
        <div class="head"><h2>{text::month_stale(lang)}</h2></div>
        <p class="say" data-tone="wait">
            <Icon name="warn" /><span>{text::month_stale_note(lang)}</span>
        </p>
        <section class="sheet"><ol class="ledger" role="list">{rows}</ol></section>
        <div class="pad-x block-gap stack">{next(lang, desk, acts)}</div>
    }
    .into_any()
}

fn row(lang: Lang, desk: &MonthDesk, stale: &StaleMonth) -> AnyView {
    let waits = stale.waits.then(|| {
        view! { <span class="tag" data-tone="wait">{text::month_stale_waits(lang)}</span> }
    });
    let objecting = (!stale.objecting.is_empty()).then(|| {
        let groups = stale.objecting.join(text::home_comma(lang));
        view! { <span class="row-text">{text::month_despite_body(lang, groups)}</span> }
    });
    let changes = match stale.changes.is_empty() {
        true => text::month_stale_none(lang).to_owned(),
        false => stale.changes.join("；"),
    };
    view! {
        <li>
            <a class="row" href=paths::month_desk(desk.season, stale.period)>
                <span class="row-no"><Icon name="board" /></span>
                <span class="row-main">
                    <span class="row-name">{format::month(lang, stale.period)}</span>
                    <span class="row-text">{changes}</span>
                    {objecting}
                </span>
                <span class="row-end">{waits}</span>
            </a>
        </li>
    }
    .into_any()
}

fn next(lang: Lang, desk: &MonthDesk, acts: Acts<MonthCommand>) -> AnyView {
    if desk.stale_code.is_empty() {
        // One of them is closed by hand: it is posted or taken back on its own page first.
        let is_blocked = desk.stale.iter().any(|one| one.waits);
        return (!is_blocked)
            .then(|| main(acts, close(lang), "main"))
            .into_any();
    }
    match desk.stale.iter().any(|one| one.is_own) {
        true => blocked_button(text::month_stale_post(lang), text::month_post_other(lang)),
        false => main(acts, post(lang, desk), "call"),
    }
}

fn close(lang: Lang) -> Ask<MonthCommand> {
    let missing = AskField {
        hint: text::month_by_today_missing_hint(lang),
        is_required: false,
        ..AskField::line(text::month_by_today_missing(lang))
    };
    Ask {
        title: text::month_stale_close(lang).to_owned(),
        body: text::month_stale_close_body(lang).to_owned(),
        fields: vec![missing],
        act: text::month_stale_close(lang),
        stops: false,
        command: Arc::new(|values| MonthCommand::CloseStale {
            reason: values.first().cloned().unwrap_or_default(),
        }),
    }
}

fn post(lang: Lang, desk: &MonthDesk) -> Ask<MonthCommand> {
    let code = desk.stale_code.clone();
    let objecting = desk.stale.iter().flat_map(|one| &one.objecting);
    let objecting: Vec<_> = objecting.cloned().collect();
    let mut fields = vec![AskField::line(text::calc_what_changed(lang))];
    fields.extend(despite(lang, &objecting));
    Ask {
        title: text::month_stale_post(lang).to_owned(),
        body: text::month_stale_post_body(lang).to_owned(),
        fields,
        act: text::month_stale_post(lang),
        stops: false,
        command: Arc::new(move |values| MonthCommand::PostStale {
            code: code.clone(),
            reason: values.first().cloned().unwrap_or_default(),
            despite: values.get(1).cloned().unwrap_or_default(),
        }),
    }
}
