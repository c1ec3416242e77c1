//! Sheets that wait for a person: quarantined ones, and two versions of one seat side by side with
//! equal weight and no default (scenario 6). What is decided keeps its reason.

use crate::backend::{DeskCommand, DeskPage, HeldSheet};
use crate::components::words;
use crate::format;
use crate::pages::admin::acts::{Acts, Ask, AskField};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::when;
use domain::ids::{EntryId, OpId, SeatId};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use sync::protocol::Standing;

pub fn held_sheets(page: &DeskPage, acts: Acts) -> AnyView {
    let lang = lang();
    if page.held.is_empty() {
        return ().into_any();
    }
    let (contested, single): (Vec<_>, Vec<_>) = page
        .held
        .iter()
        .partition(|held| matches!(held.standing, Standing::Conflict { .. }));
    let mut pairs: BTreeMap<(EntryId, SeatId), Vec<&HeldSheet>> = BTreeMap::new();
    for held in contested {
        pairs.entry((held.entry, held.seat)).or_default().push(held);
    }
    let pairs: Vec<_> = pairs
        .values()
        .map(|sides| conflict(lang, page, sides, acts))
        .collect();
    let single: Vec<_> = single
        .into_iter()
        .map(|held| late(lang, page, held, acts))
        .collect();
    view! {
        <section>
            <h2>
                {text::desk_held(lang)} " "
                <span
                    class="tag"
                    data-tone="alarm"
                >
                    {text::desk_held_count(lang, page.held.len())}
                </span>
            </h2>
            {pairs}
            {single}
        </section>
    }
    .into_any()
}

fn late(lang: Lang, page: &DeskPage, held: &HeldSheet, acts: Acts) -> AnyView {
    let who = name(lang, page, held);
    let op = held.op;
    let count = decide(lang, text::desk_count(lang), &who, false, op);
    let void = decide(lang, text::desk_void(lang), &who, true, op);
    view! {
        <div class="late">
            <p><b>{who.clone()}</b></p>
            <p>{words::standing(lang, &held.standing)}</p>
            <p>{times(lang, held)}</p>
            {marks(lang, held)}
            {verdict(text::desk_count(lang), count, acts)}
            {verdict(text::desk_void(lang), void, acts)}
        </div>
    }
    .into_any()
}

fn verdict(words: &'static str, ask: Ask, acts: Acts) -> AnyView {
    view! {
        <button
            class="btn"
            type="button"
            data-kind="stop"
            on:click=move |_| acts.ask(ask.clone())
        >
            {words}
        </button>
    }
    .into_any()
}

fn conflict(lang: Lang, page: &DeskPage, sides: &[&HeldSheet], acts: Acts) -> AnyView {
    let who = sides
        .first()
        .map(|held| name(lang, page, held))
        .unwrap_or_default();
    let sides: Vec<_> = sides
        .iter()
        .map(|held| {
            let choose = decide(lang, text::desk_choose(lang), &who, false, held.op);
            let total = held.total.clone();
            let total =
                total.map(|total| view! { <span class="num">{format::figure(&total)}</span> });
            view! {
                <article class="versus-side">
                    <b>{text::desk_device(lang, held.device.clone())}</b>
                    {total}
                    <span class="note">{times(lang, held)}</span>
                    {marks(lang, held)}
                    <button
                        class="btn"
                        type="button"
                        data-wide=""
                        data-size="small"
                        on:click=move |_| acts.ask(choose.clone())
                    >
                        {text::desk_choose(lang)}
                    </button>
                </article>
            }
        })
        .collect();
    view! {
        <div class="late">
            <p><b>{who.clone()}</b></p>
            <p>{text::desk_conflict_body(lang)}</p>
            <div class="versus">{sides}</div>
        </div>
    }
    .into_any()
}

fn marks(lang: Lang, held: &HeldSheet) -> AnyView {
    if held.marks.is_empty() {
        return view! { <p class="note">{text::desk_marks_hidden(lang)}</p> }.into_any();
    }
    let marks: Vec<_> = held
        .marks
        .iter()
        .map(|(name, mark)| {
            view! { <div><dt>{name.clone()}</dt><dd>{format::figure(mark)}</dd></div> }
        })
        .collect();
    view! { <dl class="means">{marks}</dl> }.into_any()
}

fn name(lang: Lang, page: &DeskPage, held: &HeldSheet) -> String {
    let entry = page.entries.iter().find(|entry| entry.id == held.entry);
    let seat = page.seats.iter().find(|seat| seat.id == held.seat);
    let entry = entry.map(|entry| entry.name.clone()).unwrap_or_default();
    text::desk_held_who(lang, entry, seat.map_or(0, |seat| seat.number))
}

fn times(lang: Lang, held: &HeldSheet) -> String {
    let sealed = when::clock(held.recorded_at);
    let received = when::clock(held.received_at);
    if held.carried {
        text::desk_times_carried(lang, received, sealed)
    } else {
        text::desk_times(lang, received, sealed)
    }
}

fn decide(lang: Lang, act: &'static str, who: &str, voids: bool, op: OpId) -> Ask {
    Ask {
        title: text::desk_ask_title(lang, who, act),
        body: text::desk_decide_body(lang).to_owned(),
        fields: vec![AskField::reason(true)],
        act,
        stops: voids,
        command: Arc::new(move |values| {
            let reason = values.first().cloned().unwrap_or_default();
            if voids {
                DeskCommand::VoidSheet { op, reason }
            } else {
                DeskCommand::CountSheet { op, reason }
            }
        }),
    }
}
