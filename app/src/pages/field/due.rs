//! What the season's calendar asks of the holder (GY-15), also without network: until its last day,
//! by the phone's own clock.

use super::work::{Work, said};
use crate::components::icon::Icon;
use crate::format;
use crate::mounted::{IntoMounted, Mounted};
use crate::pages::admin::calendar::span_words;
use crate::pages::admin::slips::deadline_tag;
use crate::text::{self, Lang};
use domain::month::cadence::Span;
use domain::month::day::Day;
use domain::month::deadline::Deadline;
use leptos::prelude::*;
use sync::protocol::{FieldAct, FieldDuty, FieldDutyKind, FieldState};

/// Nothing where nothing is due.
pub fn due(work: Work, lang: Lang) -> Option<Mounted> {
    let today: Day = work.today().parse().ok()?;
    let duties = work.view.get()?.due.into_iter();
    let rows: Vec<_> = duties
        .filter(|duty| today <= duty.until)
        .map(|duty| row(work, lang, &duty, today))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let list = view! {
        <div class="head"><h2>{text::duty_title(lang)}</h2></div>
        <section class="sheet"><ol class="ledger" role="list">{rows.collect_view()}</ol></section>
    };
    Some(list.mounted())
}

fn row(work: Work, lang: Lang, duty: &FieldDuty, today: Day) -> Mounted {
    let span = span_words(lang, duty.span);
    let until = format::day(lang, &duty.until.to_string());
    let words = match duty.what {
        FieldDutyKind::Inspect => text::field_due_records(lang, recorded(work, duty.span), until),
        FieldDutyKind::Decide => text::field_due_posting(lang, until),
        FieldDutyKind::Attend => text::field_due_until(lang, until),
    };
    let tag = deadline_tag(lang, Deadline::of(duty.until, today));
    let tag = tag.map(|(tone, word)| {
        let tag =
            view! { <div class="row-end"><span class="tag" data-tone=tone>{word}</span></div> };
        tag.mounted()
    });
    view! {
        <li class="row">
            <span class="row-no"><Icon name="clock" /></span>
            <div class="row-main">
                <p class="row-name">{duty.rule.clone()} " " {span}</p>
                <p class="row-text">{words}</p>
            </div>
            {tag}
        </li>
    }
    .mounted()
}

/// An inspector's own records with a day in the span that stand, those on their way among them.
fn recorded(work: Work, span: Span) -> usize {
    let is_inside = |day: &str| day.parse().is_ok_and(|day| span.contains(day));
    let came = work.view.with(|view| {
        let merits = view.iter().flat_map(|view| &view.merits);
        let standing = merits.filter(|merit| merit.state != FieldState::Void);
        standing.filter(|merit| is_inside(&merit.day)).count()
    });
    let arrived = work.arrived();
    let on_way = work.pad.outbox.with(|outbox| {
        let ops = outbox.ops.iter();
        let ops = ops.filter(|op| op.state.is_saved() && !arrived.contains(&op.op_id));
        let records = ops.filter_map(|op| match said(op)? {
            FieldAct::Record(record) => Some(record),
            _ => None,
        });
        records.filter(|record| is_inside(&record.day)).count()
    });
    came + on_way
}
