//! What phones sent and could not be entered: those that wait for a decision first.

use super::role;
use super::said::{kind, said};
use crate::backend::{KeptOp, LinkCommand};
use crate::components::icon::Icon;
use crate::pages::admin::acts::{Acts, Ask, AskField, ask_button};
use crate::pages::admin::photo::photo;
use crate::text::{self, Lang};
use crate::{format, when};
use domain::ids::Millis;
use leptos::prelude::*;
use std::sync::Arc;
use sync::protocol::QuarantineReason;

/// A phone's clock that is further ahead than this is wrong, and said to be.
const CLOCK_AHEAD_MS: u64 = 5 * 60 * 1_000;

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
    let why = match &op.decided {
        Some((_, reason)) => reason.clone(),
        None => why(lang, op.reason).to_owned(),
    };
    let from = text::links_kept_from(lang, op.holder.clone(), role(lang, op.kind));
    let asks = op.decided.is_none().then(|| {
        let enter = op
            .said
            .may_be_entered()
            .then(|| ask_button(acts, decide(lang, op, true)));
        let leave = ask_button(acts, decide(lang, op, false));
        view! { <div class="row-more cluster">{enter} {leave}</div> }
    });
    view! {
        <li class="row">
            <span class="row-no"><Icon name="box" /></span>
            <div class="row-main">
                <p class="row-name">{kind(lang, &op.said)} " " {from}</p>
                {said(lang, &op.said)}
                {photo(lang, op.op, op.photo)}
                {times(lang, op)}
                <p class="row-text">{why}</p>
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

/// When it was sealed and when it came, from which somebody can say why it is late.
fn times(lang: Lang, op: &KeptOp) -> AnyView {
    let came = format::moment(lang, op.at);
    let line = match op.sealed_at {
        Some(sealed) => text::links_kept_times(lang, came, sealed_at(lang, (sealed, op.at))),
        None => text::links_kept_came(lang, came),
    };
    let is_ahead = op
        .sealed_at
        .is_some_and(|sealed| op.at.0.saturating_add(CLOCK_AHEAD_MS) < sealed.0);
    let ahead = is_ahead.then(|| text::links_kept_clock(lang));
    let carried = op.is_carried.then(|| text::links_kept_carried(lang));
    view! { <p class="row-text">{line} " " {ahead} " " {carried}</p> }.into_any()
}

/// With its year, where that is another one.
fn sealed_at(lang: Lang, (sealed, came): (Millis, Millis)) -> String {
    if when::date(sealed).0 == when::date(came).0 {
        return format::moment(lang, sealed);
    }
    let day = format::day_with_year(lang, &when::day(sealed));
    text::format_moment(lang, day, when::clock(sealed))
}

fn decide(lang: Lang, op: &KeptOp, is_entered: bool) -> Ask<LinkCommand> {
    let saw = op.said.values_now();
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
