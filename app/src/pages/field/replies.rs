//! A unit answers the records about it (整改回复), each as often as it has something to say; and the
//! word that a written plan is asked for, which leads there (P6).

use super::ask::{Asked, Asking};
use super::standing::on_its_way;
use super::work::{Work, reply_key};
use crate::components::icon::Icon;
use crate::format;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::protocol::{FieldMerit, FieldReply, FieldState, FieldView};

/// What was answered, newest last.
pub fn said(lang: Lang, replies: &[FieldReply]) -> Mounted {
    let reply = |one: &FieldReply| {
        let day = text::field_replied(lang, format::day(lang, &one.day));
        let words = one.words.clone();
        view! { <p class="row-text">{day} " " {words}</p> }.mounted()
    };
    replies.iter().map(reply).collect_view().mounted()
}

/// The answer on its way, or the way to one.
pub fn answer(work: Work, lang: Lang, merit: &FieldMerit, asking: Asking) -> Mounted {
    if merit.state != FieldState::Confirmed {
        return ().into_view().mounted();
    }
    if let Some(op) = work.op_about(reply_key(merit.id)) {
        return on_its_way(work, lang, &op);
    }
    let words = match (merit.replies.is_empty(), merit.is_deduction()) {
        (false, _) => text::field_answer_again(lang),
        (true, true) => text::field_answer_plan(lang),
        (true, false) => text::field_answer(lang),
    };
    button(words, "", merit, asking)
}

fn button(words: &'static str, kind: &'static str, merit: &FieldMerit, asking: Asking) -> Mounted {
    let merit = merit.clone();
    let ask = move |_| asking.ask(Asked::MeritReply(merit.clone()));
    view! {
        <button class="btn" data-size="small" data-kind=kind on:click=act(ask)>{words}</button>
    }
    .mounted()
}

/// Says that a written plan is asked for, as long as the black list stands. A phone may have been
/// without network since.
pub fn plan(work: Work, lang: Lang, view: &FieldView, asking: Asking) -> Option<Mounted> {
    let plan = view.plan.clone()?;
    if plan.until < work.today() {
        return None;
    }
    let of_month = |merit: &&FieldMerit| plan.is_about(merit);
    let merits: Vec<_> = view.merits.iter().filter(of_month).cloned().collect();
    let month = format::month(lang, plan.period);
    let view = live(move || {
        let is_answered = |merit: &&FieldMerit| {
            plan.is_given_by(merit) || work.op_about(reply_key(merit.id)).is_some()
        };
        if merits.iter().any(|merit| is_answered(&merit)) {
            return say(
                "ok",
                "check",
                text::field_plan_given(lang, month.clone()),
                None,
            );
        }
        let first = merits.first();
        let way = first.map(|merit| button(text::field_answer_plan(lang), "main", merit, asking));
        say("wait", "warn", text::field_plan(lang, month.clone()), way)
    });
    Some(view.mounted())
}

fn say(tone: &'static str, icon: &'static str, words: String, way: Option<Mounted>) -> Mounted {
    view! {
        <p class="say" data-tone=tone>
            <Icon name=icon />
            <span>{words} " " {way}</span>
        </p>
    }
    .mounted()
}
