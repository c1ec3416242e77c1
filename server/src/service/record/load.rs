//! Reads one contest whole, at one moment.

use super::{
    ContestRecord, DeductionRecord, EntryRecord, SeatRecord, SheetRecord, UnreadableRecord,
    WindowRecord, count,
};
use crate::service::error::ServiceError;
use crate::store::{Row, StoreError, Tx, params, statements};
use domain::charter::{Charter, CharterDraft};
use domain::ids::{ContestId, EntryId};
use domain::stage::{ContestState, Gate, GateState};
use std::collections::BTreeMap;
use sync::protocol::RejectReason;

statements! {
    CONTEST = "select * from contest where contest_id = $1 and county_id = $2";
    ENTRIES = "select * from entry where contest_id = $1 order by position, entry_id";
    SEATS = "select * from seat where contest_id = $1 order by number";
    RECUSALS = "select * from recusal where contest_id = $1";
    ABSENCES = "select * from absence where contest_id = $1";
    DEDUCTIONS = "select * from deduction where contest_id = $1 order by created_at, deduction_id";
    WINDOWS = "select * from gate_window where contest_id = $1 order by number";
    SHEETS = "select s.*, o.carrier_id,
            (select count(*) from decision d where d.op_id = s.op_id) as decisions
        from sheet s join op o on o.op_id = s.op_id
        where s.contest_id = $1 order by s.server_seq";
    MALFORMED = "select seat_id, device_id, reason, carrier_id, received_at from malformed
        where contest_id = $1 order by received_at, malformed_id";
}

/// The contest, or `NotFound`.
///
/// # Errors
/// There is no such contest, or the database failed.
pub async fn load(tx: &mut Tx, id: ContestId) -> Result<ContestRecord, ServiceError> {
    let county = tx.county();
    let row = tx.row_opt(CONTEST, &params![id, county]).await?;
    let row = row.ok_or(ServiceError::NotFound("contest"))?;
    let mut record = contest(id, &row)?;
    let of_contest = params![id];
    let windows = windows(&tx.rows(WINDOWS, &of_contest).await?)?;
    for row in tx.rows(ENTRIES, &of_contest).await? {
        record.entries.push(entry(&row, &windows)?);
    }
    for row in tx.rows(SEATS, &of_contest).await? {
        record.seats.push(seat(&row)?);
    }
    for row in tx.rows(RECUSALS, &of_contest).await? {
        let place = (row.id("seat_id")?, row.id("entry_id")?);
        record.recusals.insert(place, row.text("reason")?);
    }
    for row in tx.rows(ABSENCES, &of_contest).await? {
        let place = (row.id("seat_id")?, row.id_opt("entry_id")?);
        record.absences.insert(place, row.text("reason")?);
    }
    for row in tx.rows(DEDUCTIONS, &of_contest).await? {
        record.deductions.push(deduction(&row)?);
    }
    for row in tx.rows(SHEETS, &of_contest).await? {
        record.sheets.push(sheet(&row)?);
    }
    for row in tx.rows(MALFORMED, &of_contest).await? {
        record.unreadable.push(unreadable(&row)?);
    }
    Ok(record)
}

fn contest(id: ContestId, row: &Row) -> Result<ContestRecord, ServiceError> {
    let draft: CharterDraft = row.json("charter_json")?;
    let charter = Charter::from_draft(draft).map_err(|faults| {
        ServiceError::Internal(anyhow::anyhow!(
            "the stored charter has {} faults",
            faults.len()
        ))
    })?;
    Ok(ContestRecord {
        id,
        title: row.text("title")?,
        subtitle: row.text("subtitle")?,
        held_on: row.text("held_on")?,
        place: row.text("place")?,
        state: contest_state(row)?,
        charter,
        charter_toml: row.text("charter_toml")?,
        charter_version: row.u32("charter_version")?,
        roster_version: row.u32("roster_version")?,
        posted_at: row.millis_opt("posted_at")?,
        entries: Vec::new(),
        seats: Vec::new(),
        recusals: BTreeMap::new(),
        absences: BTreeMap::new(),
        deductions: Vec::new(),
        sheets: Vec::new(),
        unreadable: Vec::new(),
    })
}

/// The state of a row of `contest`.
pub(in crate::service) fn contest_state(row: &Row) -> Result<ContestState, StoreError> {
    let code = row.text("state")?;
    ContestState::from_code(&code).ok_or_else(|| wrong("state"))
}

fn entry(
    row: &Row,
    windows: &BTreeMap<(EntryId, u32), WindowRecord>,
) -> Result<EntryRecord, StoreError> {
    let id = row.id("entry_id")?;
    let gate = gate(row)?;
    Ok(EntryRecord {
        id,
        position: row.u32("position")?,
        name: row.text("name")?,
        topic: row.text("topic")?,
        unit: row.id_opt("unit_id")?,
        multiplier: row.text("multiplier")?,
        withdrawn: row.flag("withdrawn")?,
        gate,
        window: windows.get(&(id, gate.attempt)).cloned(),
    })
}

/// The gate of a row of `entry`.
pub(in crate::service) fn gate(row: &Row) -> Result<Gate, StoreError> {
    let state = row.text("gate_state")?;
    Ok(Gate {
        state: GateState::from_code(&state).ok_or_else(|| wrong("gate_state"))?,
        attempt: row.u32("gate_attempt")?,
        number: row.u32("gate_number")?,
    })
}

/// The last window of each entry and attempt; the rows come in order.
fn windows(rows: &[Row]) -> Result<BTreeMap<(EntryId, u32), WindowRecord>, StoreError> {
    let mut windows = BTreeMap::new();
    for row in rows {
        let window = WindowRecord {
            code: row.text("code")?,
            opened_seq: row.seq("opened_seq")?,
            close_seq: row.seq_opt("close_seq")?,
            closed_at: row.millis_opt("closed_at")?,
        };
        windows.insert((row.id("entry_id")?, row.u32("attempt")?), window);
    }
    Ok(windows)
}

fn seat(row: &Row) -> Result<SeatRecord, StoreError> {
    Ok(SeatRecord {
        id: row.id("seat_id")?,
        number: row.u32("number")?,
        class: row.text("class")?,
        person: row.text("person")?,
    })
}

fn deduction(row: &Row) -> Result<DeductionRecord, StoreError> {
    Ok(DeductionRecord {
        id: row.text("deduction_id")?,
        entry: row.id("entry_id")?,
        points: row.text("points")?,
        reason: row.text("reason")?,
    })
}

fn sheet(row: &Row) -> Result<SheetRecord, StoreError> {
    Ok(SheetRecord {
        op: row.id("op_id")?,
        entry: row.id("entry_id")?,
        seat: row.id("seat_id")?,
        attempt: row.u32("attempt")?,
        abstained: row.text("kind")? == "abstain",
        marks: row.json("marks")?,
        device: row.id("device_id")?,
        recorded_at: row.millis("recorded_at")?,
        received_at: row.millis("received_at")?,
        carried: row.text_opt("carrier_id")?.is_some(),
        standing: row.json("standing")?,
        decided: 0 < row.int("decisions")?,
    })
}

fn unreadable(row: &Row) -> Result<UnreadableRecord, StoreError> {
    let reason = serde_json::Value::String(row.text("reason")?);
    Ok(UnreadableRecord {
        seat: row.id("seat_id")?,
        device: row.id("device_id")?,
        received_at: row.millis("received_at")?,
        carried: row.text_opt("carrier_id")?.is_some(),
        reason: serde_json::from_value(reason).unwrap_or(RejectReason::Unknown),
    })
}

fn wrong(column: &str) -> StoreError {
    StoreError::Row {
        column: column.to_owned(),
    }
}

impl ContestRecord {
    /// Entries that perform.
    #[must_use]
    pub fn entries_count(&self) -> u32 {
        count(self.entries.iter().filter(|entry| !entry.withdrawn))
    }
}
