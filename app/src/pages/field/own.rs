//! What a unit sees of its own: its slips, and confirmed records with an appeal against each within
//! its days, and what it answers to them.

use super::ask::{AskDialog, Asked, Asking};
use super::records::{merit_words, reason};
use super::standing::{on_its_way, tag_line};
use super::work::Work;
use super::{photo, replies, slips};
use crate::components::icon::Icon;
use crate::components::standing::{appeal_words, signed};
use crate::format;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::EntryId;
use leptos::prelude::*;
use sync::protocol::{FieldMerit, FieldState};

pub fn own(work: Work) -> Mounted {
    let lang = lang();
    let asking = Asking::new();
    let list = live(move || {
        let Some(view) = work.view.get() else {
            return ().into_view().mounted();
        };
        let unit = view.units.first().filter(|_| !view.is_page_withheld);
        let page = unit.map(|unit| {
            view! {
                <p class="pad-x">
                    <a class="inline" href=paths::unit(unit.id)>{text::field_unit_page(lang)}</a>
                </p>
            }
            .mounted()
        });
        let plan = replies::plan(work, lang, &view, asking);
        let slips = slips::slips(work, lang, view.slips, asking);
        if view.merits.is_empty() {
            return view! {
                {page}
                {plan}
                {slips}
                <section class="sheet empty" data-state="empty">
                    <div class="ring"><Icon name="note" /></div>
                    <p><b>{text::field_own_none(lang)}</b></p>
                    <p class="sub">{text::field_own_none_body(lang)}</p>
                </section>
            }
            .mounted();
        }
        let rows = view.merits.into_iter();
        let rows = rows
            .map(|merit| row(work, lang, merit, asking))
            .collect_view();
        view! {
            {page}
            {plan}
            {slips}
            <div class="head"><h2>{text::month_merits(lang)}</h2></div>
            <section class="sheet">
                <ol class="ledger" data-kind="score" role="list">{rows}</ol>
            </section>
            <p class="note pad-x">{text::field_appeal_days(lang, view.appeal_days)}</p>
        }
        .mounted()
    });
    view! {
        {list}
        <AskDialog work asking />
    }
    .mounted()
}

fn row(work: Work, lang: Lang, merit: FieldMerit, asking: Asking) -> Mounted {
    let is_struck = (merit.state == FieldState::Void).then_some("struck");
    let words = reason(lang, &merit.reason, &merit.document_no);
    let line = [words, format::day(lang, &merit.day)].join(text::home_comma(lang));
    let points = signed(&merit.points);
    let name = [merit.dimension.clone(), merit.item.clone()];
    let name: Vec<_> = name.into_iter().filter(|part| !part.is_empty()).collect();
    let name = name.join(text::home_comma(lang));
    let photo = merit
        .op_id
        .map(|op| photo::shown(work, lang, (op, merit.photo)));
    let said = replies::said(lang, &merit.replies);
    let more = live(move || {
        view! {
            {standing(work, lang, &merit, asking)}
            {replies::answer(work, lang, &merit, asking)}
        }
        .mounted()
    });
    view! {
        <li class="row" data-state=is_struck>
            <span class="row-no num">{points}</span>
            <div class="row-main">
                <p class="row-name">{name}</p>
                <p class="row-text">{line}</p>
                {photo}
                {said}
            </div>
            <div class="row-more">{more}</div>
        </li>
    }
    .mounted()
}

/// What became of an appeal, or the way to one.
fn standing(work: Work, lang: Lang, merit: &FieldMerit, asking: Asking) -> Mounted {
    if let Some(appeal) = &merit.appeal {
        let (tone, words) = appeal_words(lang, appeal.state);
        let decided = appeal.decided.clone();
        return view! {
            <p class="row-text"><span class="tag" data-tone=tone>{words}</span> " " {decided}</p>
        }
        .mounted();
    }
    // Struck out after the unit had answered it.
    if merit.state == FieldState::Void {
        return tag_line(merit_words(merit, lang));
    }
    // On its way, it is in the outbox alone.
    if let Some(op) = work.op_about(EntryId(merit.id.0)) {
        return on_its_way(work, lang, &op);
    }
    if merit.appeal_until.is_empty() || merit.appeal_until < work.today() {
        return ().into_view().mounted();
    }
    let until = text::field_appeal_until(lang, format::day(lang, &merit.appeal_until));
    let merit = merit.clone();
    view! {
        <p class="row-text cluster">
            <button
                class="btn"
                data-size="small"
                on:click=act(move |_| asking.ask(Asked::Appeal(merit.clone())))
            >
                {text::field_appeal(lang)}
            </button>
            <span>{until}</span>
        </p>
    }
    .mounted()
}
