//! What needs a person, and the accounts: held sheets, 应收/实收/计入/隔离, seats that are out,
//! deductions, and the way to the result.

use super::held::held_sheets;
use super::unreadable::unreadable_ops;
use crate::backend::{DeskCommand, DeskEntry, DeskPage, DeskSeat, DeskSheet};
use crate::components::icon::Icon;
use crate::pages::admin::acts::Acts;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::EntryId;
use leptos::prelude::*;
use sync::protocol::{GateStateView, StageState};

pub fn attention(page: &DeskPage, in_hand: Option<EntryId>, acts: Acts) -> AnyView {
    let lang = lang();
    let entry = in_hand.and_then(|id| page.entries.iter().find(|entry| entry.id == id));
    let out = entry.map(|entry| seats_out(lang, page, entry));
    let deductions = entry.map(|entry| deductions(lang, page, entry, acts));
    view! {
        {held_sheets(page, acts)}
        {unreadable_ops(page)}
        {tally(lang, page)}
        {deductions}
        {out}
        {result(lang, page)}
        {elsewhere(lang, page)}
    }
    .into_any()
}

fn tally(lang: Lang, page: &DeskPage) -> AnyView {
    let tally = page.tally;
    let opened = page
        .entries
        .iter()
        .filter(|entry| entry.gate.number > 0)
        .count();
    let tone = (tally.quarantined > 0).then_some("alarm");
    view! {
        <section>
            <h2>
                {text::desk_tally(lang)} " "
                <span class="note">{text::desk_tally_of(lang, opened)}</span>
            </h2>
            <div class="tally">
                <p><b>{tally.expected}</b>{text::desk_expected(lang)}</p>
                <p><b>{tally.received}</b>{text::desk_received(lang)}</p>
                <p><b>{tally.counted}</b>{text::desk_counted(lang)}</p>
                <p data-tone=tone><b>{tally.quarantined}</b>{text::desk_quarantined(lang)}</p>
            </div>
        </section>
    }
    .into_any()
}

fn seats_out(lang: Lang, page: &DeskPage, entry: &DeskEntry) -> AnyView {
    if entry.gate.number == 0 {
        return ().into_any();
    }
    let is_out = |seat: &&DeskSeat| {
        let row = seat.entries.iter().find(|row| row.entry == entry.id);
        row.is_none_or(|row| row.sheet == DeskSheet::Missing)
    };
    let rows: Vec<_> = page
        .seats
        .iter()
        .filter(is_out)
        .map(|seat| seat_out(lang, seat))
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <section>
            <h2>{text::desk_out(lang)}</h2>
            <ul class="wire" role="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn seat_out(lang: Lang, seat: &DeskSeat) -> AnyView {
    let who = text::desk_seat_name(lang, seat.class_name.clone(), seat.number);
    let (state, icon, words) = match &seat.pairing {
        None => ("lag", "slip", text::desk_seat_unpaired(lang).to_owned()),
        Some(pairing) if pairing.pending > 0 => {
            ("wait", "up", text::desk_pending(lang, pairing.pending))
        }
        Some(pairing) if pairing.online => ("ok", "pen", text::desk_seat_scoring(lang).to_owned()),
        Some(pairing) => {
            let seen = pairing.last_seen.map_or_else(
                || text::desk_seat_offline(lang).to_owned(),
                |at| text::desk_seen(lang, crate::when::clock(at)),
            );
            ("lag", "off", seen)
        }
    };
    view! { <li data-state=state><Icon name=icon /><span>{who}</span><span>{words}</span></li> }
        .into_any()
}

fn deductions(lang: Lang, page: &DeskPage, entry: &DeskEntry, acts: Acts) -> AnyView {
    if entry.deductions.is_empty() {
        return ().into_any();
    }
    let is_posted = page.card.state == StageState::Posted;
    let rows: Vec<_> = entry
        .deductions
        .iter()
        .map(|deduction| {
            let id = deduction.id.clone();
            let remove = (!is_posted).then(|| {
                view! {
                    <button
                        class="btn"
                        type="button"
                        data-kind="link"
                        on:click=move |_| acts.run(DeskCommand::RemoveDeduction { id: id.clone() })
                    >
                        {text::desk_remove(lang)}
                    </button>
                }
            });
            let points = format::figure(&format!("-{}", deduction.points)).replace("−−", "+");
            view! {
                <li>
                    <Icon name="minus" />
                    <span><b>{points}</b>" "{deduction.reason.clone()}</span>
                    {remove}
                </li>
            }
        })
        .collect();
    view! {
        <section>
            <h2>{text::desk_deductions(lang, entry.name.clone())}</h2>
            <ul class="wire" role="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn result(lang: Lang, page: &DeskPage) -> AnyView {
    let open = page
        .entries
        .iter()
        .filter(|entry| entry.gate.state != GateStateView::Closed);
    let left = open.filter(|entry| !entry.withdrawn).count();
    let (words, why) = match (page.card.state, left) {
        (StageState::Posted, _) => (
            text::desk_see_result(lang),
            text::desk_posted_line(lang, page.editions),
        ),
        (_, 0) => (
            text::desk_to_calculation(lang),
            text::desk_to_calculation_why(lang).to_owned(),
        ),
        (_, left) => (text::staff_calculation(lang), text::desk_left(lang, left)),
    };
    view! {
        <section>
            <h2>{text::contest_result(lang)}</h2>
            <p class="pad-x">
                <a class="btn" data-size="small" data-wide="" href=paths::calculation(page.card.id)>
                    {words}
                </a>
            </p>
            <p class="note">{why}</p>
        </section>
    }
    .into_any()
}

fn elsewhere(lang: Lang, page: &DeskPage) -> AnyView {
    let id = page.card.id;
    view! {
        <section>
            <h2>{text::desk_pages(lang)}</h2>
            <ul class="wire" role="list">
                <li>
                    <Icon name="screen" />
                    <a href=paths::screen(id) target="_blank" rel="external">
                        {text::contest_screen(lang)}
                    </a>
                    <span></span>
                </li>
                <li>
                    <Icon name="board" />
                    <a href=paths::contest(id)>{text::desk_public(lang)}</a>
                    <span></span>
                </li>
            </ul>
        </section>
    }
    .into_any()
}
