//! The questions before something is said of an item.

use super::kind_word;
use crate::backend::{WorkCommand, WorkItem, WorkNew, WorkPage};
use crate::pages::admin::acts::{Ask, AskField, FieldKind, unit_of, value};
use crate::text::{self, Lang};
use domain::month::day::Day;
use domain::worklist::WorkKind;
use std::sync::Arc;

/// A last day lies at most so many days from today.
const AHEAD_DAYS: u32 = 800;

pub(super) fn add(lang: Lang, page: &WorkPage) -> Ask<WorkCommand> {
    let nobody = (String::new(), text::month_unit_choose(lang).to_owned());
    let units = page.units.iter();
    let units = units.map(|(id, name)| (id.to_string(), name.clone()));
    let kinds = WorkKind::ALL.into_iter();
    let kinds = kinds.map(|kind| (kind.word().to_owned(), kind_word(lang, kind).to_owned()));
    let batch = page.asked.batch.clone();
    let [team, schedule] = plan_fields(lang, "", "");
    Ask {
        title: text::work_add(lang).to_owned(),
        body: text::work_add_body(lang).to_owned(),
        fields: vec![
            AskField {
                value: batch.unwrap_or_default(),
                hint: text::work_batch_hint(lang),
                ..AskField::line(text::work_batch(lang))
            },
            AskField::line(text::work_number(lang)),
            AskField {
                kind: FieldKind::Choice(kinds.collect()),
                ..AskField::line(text::work_kind(lang))
            },
            AskField::line(text::work_content(lang)),
            AskField {
                kind: FieldKind::Choice(std::iter::once(nobody).chain(units).collect()),
                missing: text::month_unit_missing(lang),
                ..AskField::line(text::work_unit(lang))
            },
            due_field(lang, page.today, ""),
            team,
            schedule,
        ],
        act: text::work_add(lang),
        stops: false,
        command: Arc::new(|values| WorkCommand::Add {
            new: WorkNew {
                batch: value(values, 0),
                number: value(values, 1),
                kind: WorkKind::from_word(&value(values, 2)).unwrap_or(WorkKind::Problem),
                content: value(values, 3),
                unit: unit_of(&value(values, 4)),
                team: value(values, 6),
                schedule: value(values, 7),
            },
            due: value(values, 5),
        }),
    }
}

pub(super) fn plan(lang: Lang, page: &WorkPage, one: &WorkItem) -> Ask<WorkCommand> {
    let (work, seen) = (one.id, one.seen());
    let [team, schedule] = plan_fields(lang, &one.plan.team, &one.plan.schedule);
    let due = one.plan.due;
    Ask {
        title: title(lang, one),
        body: text::work_plan_body(lang).to_owned(),
        fields: vec![
            team,
            schedule,
            due_field(lang, page.today.min(due), &due.to_string()),
            AskField::reason(true),
        ],
        act: text::work_plan(lang),
        stops: false,
        command: Arc::new(move |values| WorkCommand::Plan {
            work,
            seen,
            team: value(values, 0),
            schedule: value(values, 1),
            due: value(values, 2),
            reason: value(values, 3),
        }),
    }
}

pub(super) fn ask(lang: Lang, one: &WorkItem) -> Ask<WorkCommand> {
    let (work, seen) = (one.id, one.seen());
    let proof = AskField {
        hint: text::work_proof_hint(lang),
        ..AskField::line(text::work_proof(lang))
    };
    said(
        lang,
        one,
        (text::work_ask(lang), text::work_ask_body(lang)),
        proof,
        move |proof| WorkCommand::Ask { work, seen, proof },
    )
}

pub(super) fn approve(lang: Lang, one: &WorkItem) -> Ask<WorkCommand> {
    let (work, seen) = (one.id, one.seen());
    let words = AskField::reason(false);
    let act = (text::work_approve(lang), text::work_approve_body(lang));
    said(lang, one, act, words, move |words| WorkCommand::Approve {
        work,
        seen,
        words,
    })
}

pub(super) fn send_back(lang: Lang, one: &WorkItem) -> Ask<WorkCommand> {
    let (work, seen) = (one.id, one.seen());
    let act = (text::work_return(lang), text::work_return_body(lang));
    let ask = said(lang, one, act, AskField::reason(true), move |reason| {
        WorkCommand::Return { work, seen, reason }
    });
    Ask { stops: true, ..ask }
}

pub(super) fn undo(lang: Lang, one: &WorkItem) -> Ask<WorkCommand> {
    let (work, seen) = (one.id, one.seen());
    let act = (text::work_undo(lang), text::work_undo_body(lang));
    let ask = said(lang, one, act, AskField::reason(true), move |reason| {
        WorkCommand::Undo { work, seen, reason }
    });
    Ask { stops: true, ..ask }
}

pub(super) fn withdraw(lang: Lang, one: &WorkItem) -> Ask<WorkCommand> {
    let (work, seen) = (one.id, one.seen());
    let act = (text::work_withdraw(lang), text::work_withdraw_body(lang));
    let ask = said(lang, one, act, AskField::reason(true), move |reason| {
        WorkCommand::Withdraw { work, seen, reason }
    });
    Ask { stops: true, ..ask }
}

/// A question with one field.
fn said(
    lang: Lang,
    one: &WorkItem,
    (act, body): (&'static str, &'static str),
    field: AskField,
    command: impl Fn(String) -> WorkCommand + Send + Sync + 'static,
) -> Ask<WorkCommand> {
    Ask {
        title: title(lang, one),
        body: body.to_owned(),
        fields: vec![field],
        act,
        stops: false,
        command: Arc::new(move |values| command(value(values, 0))),
    }
}

fn title(lang: Lang, one: &WorkItem) -> String {
    text::work_name(lang, kind_word(lang, one.kind), one.number.clone())
}

/// Team and schedule; both may come later.
fn plan_fields(lang: Lang, team: &str, schedule: &str) -> [AskField; 2] {
    let field = |label, hint, value: &str| AskField {
        hint,
        is_required: false,
        value: value.to_owned(),
        ..AskField::line(label)
    };
    [
        field(text::work_team(lang), text::work_team_hint(lang), team),
        field(
            text::work_schedule(lang),
            text::work_schedule_hint(lang),
            schedule,
        ),
    ]
}

fn due_field(lang: Lang, first: Day, value: &str) -> AskField {
    AskField {
        kind: FieldKind::Day(first.to_string(), first.plus(AHEAD_DAYS).to_string()),
        missing: text::work_due_missing(lang),
        value: value.to_owned(),
        ..AskField::line(text::work_due_label(lang))
    }
}
