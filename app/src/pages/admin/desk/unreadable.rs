//! Sheets that came and could not be read, or do not fit their seal. They are kept as they came and
//! never count; a person asks the judge to submit again.

use crate::backend::{DeskPage, UnreadableOp};
use crate::components::words;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::when;
use leptos::prelude::*;

pub fn unreadable_ops(page: &DeskPage) -> AnyView {
    let lang = lang();
    if page.unreadable.is_empty() {
        return ().into_any();
    }
    let ops: Vec<_> = page
        .unreadable
        .iter()
        .map(|op| unreadable(lang, page, op))
        .collect();
    let count = text::desk_held_count(lang, ops.len());
    view! {
        <section>
            <h2>
                {text::desk_unreadable(lang)} " " <span class="tag" data-tone="alarm">{count}</span>
            </h2>
            {ops}
        </section>
    }
    .into_any()
}

fn unreadable(lang: Lang, page: &DeskPage, op: &UnreadableOp) -> AnyView {
    let seat = page.seats.iter().find(|seat| seat.id == op.seat);
    let who = seat.map(|seat| text::desk_seat_name(lang, seat.class_name.clone(), seat.number));
    let received = when::clock(op.received_at);
    let came = if op.carried {
        text::desk_came_in_file(lang, received)
    } else {
        text::desk_came(lang, received)
    };
    view! {
        <div class="late">
            <p><b>{who}</b></p>
            <p>{words::rejection(lang, op.reason)}</p>
            <p>{text::desk_device(lang, op.device.clone())} " " {came}</p>
        </div>
    }
    .into_any()
}
