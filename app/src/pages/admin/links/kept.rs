//! What phones sent and could not be entered: those that wait for a decision first.

use crate::backend::{KeptFigures, KeptOp, LinkCommand};
use crate::components::icon::Icon;
use crate::format;
use crate::pages::admin::acts::{Acts, Ask, AskField, ask_button};
use crate::pages::admin::photo::photo;
use crate::text::{self, Lang};
use leptos::prelude::*;
use std::sync::Arc;
use sync::protocol::QuarantineReason;

pub fn kept(lang: Lang, kept: &[KeptOp], acts: Acts<LinkCommand>) -> AnyView {
    if kept.is_empty() {
        return ().into_any();
    }
    let (waiting, decided): (Vec<_>, Vec<_>) = kept.iter().partition(|op| op.decided.is_none());
    let rows: Vec<_> = waiting.into_iter().chain(decided).collect();
    let rows: Vec<_> = rows.into_iter().map(|op| row(lang, op, acts)).collect();
    view! {
        <div class="head"><h2>{text::links_kept(lang)}</h2></div>
        <p class="note pad-x">{text::links_kept_lead(lang)}</p>
        <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
    }
    .into_any()
}

fn row(lang: Lang, op: &KeptOp, acts: Acts<LinkCommand>) -> AnyView {
    let (tone, word) = match &op.decided {
        None => ("wait", text::field_kept_word(lang)),
        Some((true, _)) => ("ok", text::field_kept_entered(lang)),
        Some((false, _)) => ("wait", text::field_kept_left(lang)),
    };
    let line = match &op.decided {
        Some((_, reason)) => reason.clone(),
        None => why(lang, op.reason).to_owned(),
    };
    let what = match &op.figures {
        Some(figures) => values(lang, figures),
        None => view! { <p class="row-text">{op.body.clone()}</p> }.into_any(),
    };
    let asks = op.decided.is_none().then(|| {
        let enter = op
            .may_enter
            .then(|| ask_button(acts, decide(lang, op, true)));
        let leave = ask_button(acts, decide(lang, op, false));
        view! { <div class="row-more cluster">{enter} {leave}</div> }
    });
    view! {
        <li class="row">
            <span class="row-no"><Icon name="box" /></span>
            <div class="row-main">
                <p class="row-name">{op.holder.clone()}</p>
                <p class="row-text">{format::moment(lang, op.at)} " " {line}</p>
                {what}
                {photo(lang, op.op, op.photo)}
            </div>
            <div class="row-end"><span class="tag" data-tone=tone>{word}</span></div>
            {asks}
        </li>
    }
    .into_any()
}

fn why(lang: Lang, reason: QuarantineReason) -> &'static str {
    match reason {
        QuarantineReason::SealedAfterClose => text::links_kept_late(lang),
        QuarantineReason::Overtaken => text::links_kept_overtaken(lang),
        QuarantineReason::CredentialReplaced => text::links_kept_card(lang),
        _ => text::links_kept_unread(lang),
    }
}

/// A department's values, each beside the one that is there.
fn values(lang: Lang, figures: &KeptFigures) -> AnyView {
    let rows: Vec<_> = figures
        .rows
        .iter()
        .map(|row| {
            let now = match row.now.as_str() {
                "" => text::links_kept_none(lang).to_owned(),
                now => format::figure(now),
            };
            let value = format::figure(&row.value);
            let line = text::links_kept_value(lang, now, row.unit.clone(), value);
            view! { <p class="row-text num">{line}</p> }
        })
        .collect();
    let month = format::month(lang, figures.period);
    view! {
        <p class="row-text">{month} " " {figures.indicator.clone()}</p>
        {rows}
    }
    .into_any()
}

fn decide(lang: Lang, op: &KeptOp, is_entered: bool) -> Ask<LinkCommand> {
    let figures = op.figures.iter().flat_map(|figures| &figures.rows);
    let saw: Vec<_> = figures.map(|row| row.now.clone()).collect();
    let op = op.op;
    let (act, body) = match is_entered {
        true => (text::links_enter(lang), text::links_enter_body(lang)),
        false => (text::links_leave(lang), text::links_leave_body(lang)),
    };
    Ask {
        title: act.to_owned(),
        body: body.to_owned(),
        fields: vec![AskField::line(text::desk_reason(lang))],
        act,
        stops: !is_entered,
        command: Arc::new(move |values| {
            let reason = values.first().cloned().unwrap_or_default();
            match is_entered {
                true => LinkCommand::EnterKept {
                    op,
                    saw: saw.clone(),
                    reason,
                },
                false => LinkCommand::LeaveKept { op, reason },
            }
        }),
    }
}
