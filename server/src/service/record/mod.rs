//! One contest as the database holds it at one moment: what the desk, the calculation, the cards
//! and the exports are made from. A contest is small, so it is read whole.

pub(crate) mod load;
mod place;

pub(in crate::service) use load::contest_state;
pub use load::load;
pub use place::Places;

use domain::charter::Charter;
use domain::ids::{ContestId, DeviceId, EntryId, Millis, OpId, SeatId, Seq, UnitId};
use domain::stage::{ContestState, Gate, GateState};
use std::collections::BTreeMap;
use sync::protocol::{GateStateView, GateView, RejectReason, SheetMark, Standing};

#[derive(Clone, Debug)]
pub struct ContestRecord {
    pub id: ContestId,
    pub title: String,
    pub subtitle: String,
    pub held_on: String,
    pub place: String,
    pub state: ContestState,
    pub charter: Charter,
    pub charter_toml: String,
    pub charter_version: u32,
    pub roster_version: u32,
    pub posted_at: Option<Millis>,
    /// In running order.
    pub entries: Vec<EntryRecord>,
    /// By number, which is also the order of the arithmetic.
    pub seats: Vec<SeatRecord>,
    /// Seat and entry, and why the seat does not mark it.
    pub recusals: BTreeMap<(SeatId, EntryId), String>,
    /// Seat and entry (none: all of them), and why the seat is not there.
    pub absences: BTreeMap<(SeatId, Option<EntryId>), String>,
    /// In the order they were recorded.
    pub deductions: Vec<DeductionRecord>,
    /// Every received version, in order of arrival.
    pub sheets: Vec<SheetRecord>,
    /// What came and could not be read.
    pub unreadable: Vec<UnreadableRecord>,
}

#[derive(Clone, Debug)]
pub struct EntryRecord {
    pub id: EntryId,
    pub position: u32,
    pub name: String,
    pub topic: String,
    pub unit: Option<UnitId>,
    pub multiplier: String,
    pub withdrawn: bool,
    pub gate: Gate,
    /// The last window of the current attempt.
    pub window: Option<WindowRecord>,
}

#[derive(Clone, Debug)]
pub struct WindowRecord {
    pub code: String,
    pub opened_seq: Seq,
    pub close_seq: Option<Seq>,
    pub closed_at: Option<Millis>,
}

#[derive(Clone, Debug)]
pub struct SeatRecord {
    pub id: SeatId,
    pub number: u32,
    pub class: String,
    pub person: String,
}

#[derive(Clone, Debug)]
pub struct DeductionRecord {
    pub id: String,
    pub entry: EntryId,
    pub points: String,
    pub reason: String,
}

#[derive(Clone, Debug)]
pub struct SheetRecord {
    pub op: OpId,
    pub entry: EntryId,
    pub seat: SeatId,
    pub attempt: u32,
    pub abstained: bool,
    pub marks: Vec<SheetMark>,
    pub device: DeviceId,
    pub recorded_at: Millis,
    pub received_at: Millis,
    pub carried: bool,
    pub standing: Standing,
    /// A person decided on it, one way or the other.
    pub decided: bool,
}

#[derive(Clone, Debug)]
pub struct UnreadableRecord {
    pub seat: SeatId,
    pub device: DeviceId,
    pub received_at: Millis,
    pub carried: bool,
    pub reason: RejectReason,
}

impl ContestRecord {
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&EntryRecord> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    #[must_use]
    pub fn seat(&self, id: SeatId) -> Option<&SeatRecord> {
        self.seats.iter().find(|seat| seat.id == id)
    }

    #[must_use]
    pub fn sheet(&self, op: OpId) -> Option<&SheetRecord> {
        self.sheets.iter().find(|sheet| sheet.op == op)
    }

    /// The name of a class by its key; a key that the charter lacks names itself.
    #[must_use]
    pub fn class_name(&self, key: &str) -> String {
        let index = self.charter.class_index(key);
        let class = index.and_then(|index| self.charter.classes().get(index));
        class.map_or_else(|| key.to_owned(), |class| class.name.clone())
    }

    #[must_use]
    pub fn gates_open(&self) -> u32 {
        let open = |entry: &&EntryRecord| entry.gate.state == GateState::Open && !entry.withdrawn;
        count(self.entries.iter().filter(open))
    }

    /// Entries that stand in the way of a result: neither marked to the end nor withdrawn.
    #[must_use]
    pub fn gates_not_closed(&self) -> u32 {
        count(self.entries.iter().filter(|entry| !entry.is_settled()))
    }
}

impl EntryRecord {
    /// Its gate is closed, or it does not perform at all.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.withdrawn || self.gate.state == GateState::Closed
    }

    /// The gate as everybody may see it; the code is not in it.
    #[must_use]
    pub fn gate_view(&self) -> GateView {
        let window = self.window.as_ref();
        GateView {
            state: self.gate.state.into(),
            attempt: self.gate.attempt,
            number: self.gate.number,
            opened_seq: window.map(|window| window.opened_seq),
            close_seq: window.and_then(|window| window.close_seq),
            closed_at: window.and_then(|window| window.closed_at),
        }
    }

    #[must_use]
    pub fn gate_state_view(&self) -> GateStateView {
        self.gate.state.into()
    }
}

/// A count that fits the wire; no contest comes near its end.
pub fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
