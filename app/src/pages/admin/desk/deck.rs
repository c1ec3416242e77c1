//! The middle of the desk: one entry, its gate, its seats, and the one act that comes next.

use super::controls::controls;
use super::next::next_act;
use crate::backend::{DeskEntry, DeskPage, DeskSeat, DeskSheet};
use crate::components::icon::Icon;
use crate::pages::admin::acts::Acts;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, when};
use domain::ids::EntryId;
use leptos::prelude::*;
use sync::protocol::{GateStateView, StageState};

/// Slips that stand beside one another on a tablet.
const SEATS_IN_LINE: usize = 9;

pub fn deck(page: Signal<DeskPage>, in_hand: Memo<Option<EntryId>>, acts: Acts) -> AnyView {
    let entry = Memo::new(move |_| {
        let wanted = in_hand.get()?;
        page.with(|page| {
            page.entries
                .iter()
                .find(|entry| entry.id == wanted)
                .cloned()
        })
    });
    let count = Memo::new(move |_| page.with(|page| page.entries.len()));
    let stage = Memo::new(move |_| page.with(|page| page.card.state));
    view! {
        {move || entry.get().map(|entry| gate_rail(stage.get(), &entry))}
        {move || entry.get().map(|entry| on_stage(&entry, stage.get(), count.get(), acts))}
        {move || entry.get().map(|entry| page.with(|page| seats(page, &entry)))}
        {next_act(page, entry, acts)}
    }
    .into_any()
}

fn gate_rail(state: StageState, entry: &DeskEntry) -> AnyView {
    let lang = lang();
    let step = match (entry.gate.state, state) {
        (_, StageState::Posted) => 3,
        (GateStateView::Closed, _) => 2,
        (GateStateView::Open, _) => 1,
        (GateStateView::Pending | GateStateView::Unknown, _) => 0,
    };
    let words = [
        text::desk_step_ready(lang),
        text::desk_step_open(lang),
        text::desk_step_closed(lang),
        text::desk_step_posted(lang),
    ];
    let steps: Vec<_> = words
        .into_iter()
        .enumerate()
        .map(|(index, word)| {
            let current = (index == step).then_some("step");
            let past = (index < step).then_some("past");
            view! { <li data-state=past aria-current=current>{word}</li> }
        })
        .collect();
    view! { <ol class="gate" role="list" aria-label=text::desk_steps(lang)>{steps}</ol> }.into_any()
}

fn on_stage(entry: &DeskEntry, stage: StageState, count: usize, acts: Acts) -> AnyView {
    let lang = lang();
    let tone = match entry.gate.state {
        GateStateView::Open => None,
        GateStateView::Closed => Some("act"),
        GateStateView::Pending | GateStateView::Unknown => Some("off"),
    };
    view! {
        <div class="onstage ring" data-tone=tone>
            <div>
                <p class="sub">{text::desk_order(lang, entry.position, count)}</p>
                <h2 data-n=format::name_width(&entry.name)>{entry.name.clone()}</h2>
                <p class="sub">{entry.topic.clone()}</p>
            </div>
            {clock(lang, entry)}
            {controls(lang, entry, stage == StageState::Posted, acts)}
        </div>
    }
    .into_any()
}

/// The one large figure: the code while the gate is open, the count of sheets after it.
fn clock(lang: Lang, entry: &DeskEntry) -> AnyView {
    let (what, figure, line) = match entry.gate.state {
        GateStateView::Open => (
            text::desk_code(lang),
            entry.gate_code.clone(),
            text::desk_code_hint(lang).to_owned(),
        ),
        GateStateView::Closed => {
            let at = entry.gate.closed_at.map(when::clock).unwrap_or_default();
            let count = format!("{}/{}", entry.tally.received, entry.tally.expected);
            (
                text::desk_received(lang),
                count,
                text::desk_closed_at(lang, at),
            )
        }
        GateStateView::Pending | GateStateView::Unknown => return ().into_any(),
    };
    view! { <div class="clock"><p>{what}</p><p class="num">{figure}</p><p>{line}</p></div> }
        .into_any()
}

fn seats(page: &DeskPage, entry: &DeskEntry) -> AnyView {
    let lang = lang();
    if entry.withdrawn {
        return view! { <p class="note">{text::desk_withdrawn_kept(lang)}</p> }.into_any();
    }
    let slips: Vec<_> = page
        .seats
        .iter()
        .map(|seat| slip(lang, seat, entry))
        .collect();
    let many = (page.seats.len() > SEATS_IN_LINE).then_some("");
    let note = if entry.gate.state == GateStateView::Closed {
        text::desk_marks_in_calculation(lang)
    } else {
        text::desk_no_marks_yet(lang)
    };
    view! {
        <div>
            <div class="seats-head">
                <h2>{text::staff_seats(lang)}</h2>
                <p>
                    <span class="num">{entry.tally.received}</span>
                    " "
                    <span class="sub">{text::desk_of_received(lang, entry.tally.expected)}</span>
                </p>
                <span class="note">{note}</span>
            </div>
            <ol class="seats" role="list" data-many=many>{slips}</ol>
        </div>
    }
    .into_any()
}

fn slip(lang: Lang, seat: &DeskSeat, entry: &DeskEntry) -> AnyView {
    let sheet = seat
        .entries
        .iter()
        .find(|row| row.entry == entry.id)
        .map_or(DeskSheet::Missing, |row| row.sheet);
    let (state, icon, word) = slip_state(lang, seat, entry.gate.state, sheet);
    view! {
        <li class="seat" data-state=state>
            <b>{seat.number}</b>
            <Icon name=icon />
            <span>{word}</span>
        </li>
    }
    .into_any()
}

/// Look, icon and word of a seat for one entry.
fn slip_state(
    lang: Lang,
    seat: &DeskSeat,
    gate: GateStateView,
    sheet: DeskSheet,
) -> (&'static str, &'static str, &'static str) {
    let is_online = seat.pairing.as_ref().is_some_and(|pairing| pairing.online);
    match sheet {
        DeskSheet::Received => ("in", "check", text::desk_seat_in(lang)),
        DeskSheet::Offline => ("in", "up", text::desk_seat_late(lang)),
        DeskSheet::Quarantined => ("lag", "box", text::desk_seat_held(lang)),
        DeskSheet::Conflict => ("lag", "fork", text::desk_seat_conflict(lang)),
        DeskSheet::Abstained => ("off", "minus", text::desk_seat_abstained(lang)),
        DeskSheet::Recused => ("off", "shield", text::desk_seat_recused(lang)),
        DeskSheet::Absent => ("off", "x", text::desk_seat_absent(lang)),
        DeskSheet::Void => ("off", "x", text::desk_seat_void(lang)),
        DeskSheet::Missing if seat.pairing.is_none() => {
            ("empty", "slip", text::desk_seat_unpaired(lang))
        }
        DeskSheet::Missing if gate == GateStateView::Closed => {
            ("lag", "warn", text::desk_seat_missing(lang))
        }
        DeskSheet::Missing if gate == GateStateView::Open && is_online => {
            ("open", "pen", text::desk_seat_scoring(lang))
        }
        DeskSheet::Missing if gate == GateStateView::Open => {
            ("lag", "off", text::desk_seat_offline(lang))
        }
        DeskSheet::Missing if !is_online => ("empty", "off", text::desk_seat_offline(lang)),
        DeskSheet::Missing => ("empty", "phone", text::desk_seat_ready(lang)),
    }
}
