//! A unit answers the records about it (整改回复), each as often as it has something to say; and the
//! word that a written plan is asked for, which leads there (P6).

use super::ask::{Asked, Asking};
use super::standing::{field_words, tag_line};
use super::work::{Work, reply_key};
use crate::components::icon::Icon;
use crate::format;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::protocol::{FieldMerit, FieldPlan, FieldReply, FieldState, FieldView};

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
        return tag_line(field_words(&op.state, lang));
    }
    let words = match (merit.replies.is_empty(), is_deduction(merit)) {
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

pub fn is_deduction(merit: &FieldMerit) -> bool {
    merit.points.starts_with('-')
}

/// Says that a written plan is asked for, as long as the black list stands. A phone may have been
/// without network since.
pub fn plan(work: Work, lang: Lang, view: &FieldView, asking: Asking) -> Option<Mounted> {
    let plan = view.plan.clone()?;
    if plan.until < work.today() {
        return None;
    }
    let of_month = |merit: &&FieldMerit| is_of(&plan, merit);
    let merits: Vec<_> = view.merits.iter().filter(of_month).cloned().collect();
    let month = format::month(lang, plan.period);
    let view = live(move || {
        let is_answered = |merit: &&FieldMerit| {
            is_given(&plan, merit) || work.op_about(reply_key(merit.id)).is_some()
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

/// A deduction of the month, which still stands.
fn is_of(plan: &FieldPlan, merit: &FieldMerit) -> bool {
    let is_of_month = merit.day.starts_with(&plan.period.to_string());
    is_of_month && is_deduction(merit) && merit.state == FieldState::Confirmed
}

/// Answered since the list is out.
fn is_given(plan: &FieldPlan, merit: &FieldMerit) -> bool {
    merit.replies.iter().any(|reply| plan.since <= reply.day)
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{MeritId, UnitId};
    use uuid::Uuid;

    fn merit(points: &str, day: &str, replied: Option<&str>) -> FieldMerit {
        let reply = |day: &str| FieldReply {
            day: day.to_owned(),
            words: "十日内装上护栏".to_owned(),
        };
        FieldMerit {
            id: MeritId(Uuid::from_u128(2)),
            op_id: None,
            unit: UnitId(Uuid::from_u128(1)),
            unit_name: "青禾镇".to_owned(),
            points: points.to_owned(),
            dimension: "责任落实".to_owned(),
            reason: "河道有漂浮物".to_owned(),
            day: day.to_owned(),
            state: FieldState::Confirmed,
            decided: String::new(),
            appeal_until: String::new(),
            appeal: None,
            photo: None,
            item: String::new(),
            document_no: String::new(),
            is_unlisted: false,
            replies: replied.map(reply).into_iter().collect(),
        }
    }

    #[test]
    fn a_plan_is_an_answer_to_a_deduction_of_the_month_since_it_was_posted() {
        let plan = FieldPlan {
            period: "2026-07".parse().expect("a month"),
            since: "2026-08-03".to_owned(),
            until: "2026-11-01".to_owned(),
        };
        for (points, day, is_asked) in [
            ("-1.5", "2026-07-12", true),
            ("2", "2026-07-12", false),
            ("-1.5", "2026-08-12", false),
        ] {
            let merit = merit(points, day, None);
            assert_eq!(is_of(&plan, &merit), is_asked, "{points} {day}");
        }
        let struck = FieldMerit {
            state: FieldState::Void,
            ..merit("-1.5", "2026-07-12", None)
        };
        assert!(!is_of(&plan, &struck));
        for (day, is_plan) in [
            (None, false),
            (Some("2026-07-20"), false),
            (Some("2026-08-03"), true),
        ] {
            let merit = merit("-1.5", "2026-07-12", day);
            assert_eq!(is_given(&plan, &merit), is_plan, "{day:?}");
        }
    }
}
