//! The desk as it stands at one moment. Invariant: while a gate is open nothing here bears a mark
//! of its entry; the desk sees states.

use super::pads::{CardRecord, PadRecord};
use crate::service::contests;
use crate::service::record::{
    ContestRecord, EntryRecord, Places, SeatRecord, SheetRecord, UnreadableRecord,
};
use crate::store::Store;
use app::backend::{
    Absence, CardState, Deduction, DeskEntry, DeskPage, DeskSeat, HeldSheet, SeatEntry,
    UnreadableOp,
};
use domain::charter::Charter;
use domain::ids::{DeviceId, EntryId, Millis, SeatId};
use domain::mark::Mark;
use domain::scoring::sheet_total;
use domain::stage::GateState;
use std::collections::BTreeMap;

/// Characters of a device's id that tell two devices apart.
const DEVICE_CHARS: usize = 6;

/// Everything that the page is made from.
pub struct DeskView<'a> {
    pub record: &'a ContestRecord,
    pub cards: &'a BTreeMap<SeatId, CardRecord>,
    pub pads: &'a BTreeMap<SeatId, PadRecord>,
    pub editions: u32,
    pub now: Millis,
}

/// Makes the page.
#[must_use]
pub fn page(store: &Store, view: &DeskView<'_>) -> DeskPage {
    let record = view.record;
    let places = record.places();
    let held = record
        .sheets
        .iter()
        .filter(|sheet| sheet.standing.needs_person());
    DeskPage {
        card: contests::card(store, record),
        charter: record.charter.draft().clone(),
        charter_version: record.charter_version,
        roster_version: record.roster_version,
        tally: places.tally_all(),
        entries: record
            .entries
            .iter()
            .map(|entry| desk_entry(&places, record, entry))
            .collect(),
        seats: record
            .seats
            .iter()
            .map(|seat| desk_seat(&places, view, seat))
            .collect(),
        held: held.map(|sheet| held_sheet(record, sheet)).collect(),
        unreadable: record.unreadable.iter().map(unreadable).collect(),
        editions: view.editions,
        server_time: view.now,
    }
}

/// The deductions of one entry, in the order they were recorded.
#[must_use]
pub fn deductions(record: &ContestRecord, entry: EntryId) -> Vec<Deduction> {
    let of_entry = record
        .deductions
        .iter()
        .filter(|deduction| deduction.entry == entry);
    let deduction = of_entry.map(|deduction| Deduction {
        id: deduction.id.clone(),
        points: deduction.points.clone(),
        reason: deduction.reason.clone(),
    });
    deduction.collect()
}

/// A sheet's marks by index of the charter's criteria. What the charter does not know is no mark.
#[must_use]
pub fn marks(charter: &Charter, sheet: &SheetRecord) -> Vec<Option<Mark>> {
    let mut marks = vec![None; charter.criteria().len()];
    for mark in &sheet.marks {
        let index = charter.criterion_index(&mark.criterion);
        if let Some(slot) = index.and_then(|index| marks.get_mut(index)) {
            *slot = mark.millis.map(Mark);
        }
    }
    marks
}

fn desk_entry(places: &Places<'_>, record: &ContestRecord, entry: &EntryRecord) -> DeskEntry {
    let is_open = entry.gate.state == GateState::Open;
    let code = entry
        .window
        .as_ref()
        .filter(|_| is_open)
        .map(|window| window.code.clone());
    DeskEntry {
        id: entry.id,
        position: entry.position,
        name: entry.name.clone(),
        topic: entry.topic.clone(),
        unit: entry.unit,
        multiplier: entry.multiplier.clone(),
        withdrawn: entry.withdrawn,
        gate: entry.gate_view(),
        gate_code: code.unwrap_or_default(),
        tally: places.tally(entry),
        deductions: deductions(record, entry.id),
    }
}

fn desk_seat(places: &Places<'_>, view: &DeskView<'_>, seat: &SeatRecord) -> DeskSeat {
    let record = view.record;
    let entries = record.entries.iter().map(|entry| SeatEntry {
        entry: entry.id,
        sheet: places.state(entry.id, seat.id),
        reason: record
            .recusal(seat.id, entry.id)
            .or_else(|| record.absence(seat.id, entry.id))
            .unwrap_or_default()
            .to_owned(),
    });
    let pad = view.pads.get(&seat.id);
    let (charter, roster) = (record.charter_version, record.roster_version);
    DeskSeat {
        id: seat.id,
        number: seat.number,
        class: seat.class.clone(),
        class_name: record.class_name(&seat.class),
        person: seat.person.clone(),
        card: view
            .cards
            .get(&seat.id)
            .map_or(CardState::None, CardRecord::state),
        pairing: pad.map(|pad| pad.pairing(charter, roster, view.now)),
        entries: entries.collect(),
        absence: record.absences.get(&(seat.id, None)).map(|reason| Absence {
            reason: reason.clone(),
        }),
    }
}

fn held_sheet(record: &ContestRecord, sheet: &SheetRecord) -> HeldSheet {
    let entry = record.entry(sheet.entry);
    // Marks are for deciding, and there is nothing to decide while the judges still mark.
    let is_open = entry.is_none_or(|entry| entry.gate.state == GateState::Open);
    let shown = (!is_open).then_some(sheet);
    HeldSheet {
        op: sheet.op,
        entry: sheet.entry,
        seat: sheet.seat,
        standing: sheet.standing.clone(),
        device: device_tail(sheet.device),
        recorded_at: sheet.recorded_at,
        received_at: sheet.received_at,
        carried: sheet.carried,
        marks: shown
            .map(|sheet| named_marks(&record.charter, sheet))
            .unwrap_or_default(),
        total: shown.and_then(|sheet| total(record, sheet)),
    }
}

fn unreadable(op: &UnreadableRecord) -> UnreadableOp {
    UnreadableOp {
        seat: op.seat,
        device: device_tail(op.device),
        received_at: op.received_at,
        carried: op.carried,
        reason: op.reason,
    }
}

/// The end of an id is random in every version of uuid, its beginning is not.
fn device_tail(device: DeviceId) -> String {
    let text = device.to_string();
    let skipped = text.len().saturating_sub(DEVICE_CHARS);
    text.chars().skip(skipped).collect()
}

fn named_marks(charter: &Charter, sheet: &SheetRecord) -> Vec<(String, String)> {
    let named = sheet.marks.iter().map(|mark| {
        let index = charter.criterion_index(&mark.criterion);
        let criterion = index.and_then(|index| charter.criteria().get(index));
        let name = criterion.map_or_else(|| mark.criterion.clone(), |c| c.name.clone());
        let text = mark
            .millis
            .map(|millis| Mark(millis).to_string())
            .unwrap_or_default();
        (name, text)
    });
    named.collect()
}

/// What the sheet adds up to as its class adds it up; none while a mark is missing.
fn total(record: &ContestRecord, sheet: &SheetRecord) -> Option<String> {
    let class = record
        .charter
        .class_index(&record.seat(sheet.seat)?.class)?;
    let (total, missing) = sheet_total(&record.charter, class, &marks(&record.charter, sheet));
    (missing == 0).then(|| total.to_fixed(record.charter.rounding().places))
}
