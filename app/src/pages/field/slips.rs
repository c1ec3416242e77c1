//! A unit's slips (提醒单, 督办单): what is asked of it, until when, and its answers.

use super::ask::{Asked, Asking};
use super::replies::said;
use super::standing::on_its_way;
use super::work::Work;
use crate::components::icon::Icon;
use crate::format;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pages::admin::slips::slip_tag;
use crate::text::{self, Lang};
use domain::ids::EntryId;
use domain::month::slip::{SlipState, SlipStep};
use leptos::prelude::*;
use sync::protocol::FieldSlip;

pub fn slips(work: Work, lang: Lang, slips: Vec<FieldSlip>, asking: Asking) -> Option<Mounted> {
    if slips.is_empty() {
        return None;
    }
    let rows = slips.into_iter();
    let rows = rows
        .map(|slip| row(work, lang, slip, asking))
        .collect_view();
    let list = view! {
        <div class="head"><h2>{text::field_slips(lang)}</h2></div>
        <section class="sheet"><ol class="ledger" role="list">{rows}</ol></section>
    };
    Some(list.mounted())
}

fn row(work: Work, lang: Lang, slip: FieldSlip, asking: Asking) -> Mounted {
    let number = text::slip_number(lang, slip.number, slip.rule.clone(), slip.year);
    let demand = text::slip_paper_demand(lang, slip.demand.clone());
    let due = (slip.state != SlipState::Closed)
        .then(|| text::slip_due(lang, format::day(lang, &slip.due)))
        .map(|due| view! { <p class="row-text">{due}</p> }.mounted());
    let replies = said(lang, &slip.replies);
    let (tone, state) = slip_tag(lang, slip.state, &slip.due, &work.today());
    let reason = slip.reason.clone();
    view! {
        <li class="row">
            <span class="row-no"><Icon name="note" /></span>
            <div class="row-main">
                <p class="row-name">{number}</p>
                <p class="row-text">{reason}</p>
                <p class="row-text">{demand}</p>
                {due}
                {replies}
            </div>
            <div class="row-end"><span class="tag" data-tone=tone>{state}</span></div>
            <div class="row-more">{live(move || answer(work, lang, &slip, asking))}</div>
        </li>
    }
    .mounted()
}

/// The answer on its way, or the way to one.
fn answer(work: Work, lang: Lang, slip: &FieldSlip, asking: Asking) -> Mounted {
    if let Some(op) = work.op_about(EntryId(slip.id.0)) {
        return on_its_way(work, lang, &op);
    }
    if !slip.state.allows(SlipStep::Reply) {
        return ().into_view().mounted();
    }
    let words = match slip.replies.is_empty() {
        true => text::field_reply(lang),
        false => text::field_reply_again(lang),
    };
    let slip = slip.clone();
    let ask = move |_| asking.ask(Asked::Reply(slip.clone()));
    view! {
        <button class="btn" data-size="small" on:click=act(ask)>{words}</button>
    }
    .mounted()
}
