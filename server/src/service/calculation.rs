//! The computed result of a contest: what the arithmetic gets, and what it answers. Invariant: an
//! entry whose gate is not closed never enters, so no number of it exists anywhere.

use super::contests::{self, Posted};
use super::desk::page::{deductions, marks};
use super::error::ServiceError;
use super::record::{ContestRecord, EntryRecord, Places, SeatRecord, load};
use crate::store::Store;
use app::backend::{CalculatedEntry, CalculatedSeat, Calculation, DeskSheet};
use domain::ids::ContestId;
use domain::number::Decimal;
use domain::scoring::{
    ContestInput, ContestResult, EntryInput, SeatInput, SheetInput, SheetState, score_contest,
};
use sync::protocol::Standing;

/// A contest computed: the result's indices are places in `entries` and in the record's seats.
pub struct Computed<'a> {
    pub entries: Vec<&'a EntryRecord>,
    pub input: ContestInput,
    pub result: ContestResult,
}

/// The calculation with the names that belong to its indices.
///
/// # Errors
/// There is no such contest, or the database failed.
pub async fn calculation(store: &Store, id: ContestId) -> Result<Calculation, ServiceError> {
    let mut tx = store.read().await?;
    let record = load(&mut tx, id).await?;
    let posted = contests::posted(&mut tx, id).await?;
    let places = record.places();
    let computed = compute(&record, &places)?;
    let entries = &computed.entries;
    let seat = |seat: &SeatRecord| CalculatedSeat {
        id: seat.id,
        number: seat.number,
        person: seat.person.clone(),
        class: record.charter.class_index(&seat.class).unwrap_or_default(),
        offline: offline(&places, entries, seat),
    };
    let entry = |entry: &&EntryRecord| CalculatedEntry {
        id: entry.id,
        position: entry.position,
        name: entry.name.clone(),
        deductions: deductions(&record, entry.id),
    };
    Ok(Calculation {
        card: contests::card(store, &record),
        charter: record.charter.draft().clone(),
        entries: entries.iter().map(entry).collect(),
        seats: record.seats.iter().map(seat).collect(),
        sheets: computed.input.sheets,
        result: computed.result,
        tally: places.tally_all(),
        not_closed: record.gates_not_closed(),
        posted: posted.is_some(),
        check_code: posted.as_ref().map(Posted::check_code).unwrap_or_default(),
    })
}

/// Computes what can be computed now.
///
/// # Errors
/// A stored number or class that the charter does not know.
pub fn compute<'a>(
    record: &'a ContestRecord,
    places: &Places<'_>,
) -> Result<Computed<'a>, ServiceError> {
    let entries: Vec<&EntryRecord> = record.entries.iter().filter(|e| e.is_settled()).collect();
    let input = input(record, places, &entries)?;
    let result = score_contest(&record.charter, &input)
        .map_err(|error| ServiceError::Internal(anyhow::Error::new(error)))?;
    Ok(Computed {
        entries,
        input,
        result,
    })
}

fn input(
    record: &ContestRecord,
    places: &Places<'_>,
    entries: &[&EntryRecord],
) -> Result<ContestInput, ServiceError> {
    let mut input = ContestInput::default();
    for seat in &record.seats {
        let class = record.charter.class_index(&seat.class);
        let class = class.ok_or_else(|| unreadable("a seat's class"))?;
        input.seats.push(SeatInput { class });
    }
    for (index, entry) in entries.iter().enumerate() {
        input.entries.push(entry_input(record, entry)?);
        let seats = record.seats.iter().enumerate();
        let sheets = seats.filter_map(|(at, seat)| {
            let (state, marks) = sheet(record, places, entry, seat)?;
            Some(SheetInput {
                entry: index,
                seat: at,
                state,
                marks,
            })
        });
        input.sheets.extend(sheets);
    }
    Ok(input)
}

fn entry_input(record: &ContestRecord, entry: &EntryRecord) -> Result<EntryInput, ServiceError> {
    let decimal = |text: &str| text.parse::<Decimal>().map_err(|_| unreadable("a number"));
    let multiplier = Some(entry.multiplier.as_str()).filter(|text| !text.is_empty());
    let of_entry = record
        .deductions
        .iter()
        .filter(|deduction| deduction.entry == entry.id);
    let deductions = of_entry.map(|deduction| decimal(&deduction.points));
    Ok(EntryInput {
        multiplier: multiplier.map(decimal).transpose()?,
        withdrawn: entry.withdrawn,
        deductions: deductions.collect::<Result<_, _>>()?,
    })
}

/// A seat's sheet as the arithmetic takes it. None: the seat has nothing on record.
fn sheet(
    record: &ContestRecord,
    places: &Places<'_>,
    entry: &EntryRecord,
    seat: &SeatRecord,
) -> Option<(SheetState, Vec<Option<domain::mark::Mark>>)> {
    let marked = |state| Some((state, Vec::new()));
    match places.state(entry.id, seat.id) {
        DeskSheet::Recused => marked(SheetState::Recused),
        DeskSheet::Abstained => marked(SheetState::Abstain),
        DeskSheet::Absent => marked(SheetState::Absent),
        DeskSheet::Void => marked(SheetState::Void),
        DeskSheet::Received | DeskSheet::Offline => {
            let sheet = places.counted(entry.id, seat.id)?;
            Some((SheetState::Counted, marks(&record.charter, sheet)))
        }
        // Neither counts before a person decides, so the seat has no sheet yet.
        DeskSheet::Missing | DeskSheet::Quarantined | DeskSheet::Conflict => None,
    }
}

/// The entries whose counted sheet of this seat came late from a pad without network.
fn offline(places: &Places<'_>, entries: &[&EntryRecord], seat: &SeatRecord) -> Vec<usize> {
    let is_offline = |entry: &EntryRecord| {
        let sheet = places.counted(entry.id, seat.id);
        sheet.is_some_and(|sheet| matches!(sheet.standing, Standing::CountedOffline { .. }))
    };
    let late = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| is_offline(entry));
    late.map(|(index, _)| index).collect()
}

fn unreadable(what: &'static str) -> ServiceError {
    ServiceError::Internal(anyhow::anyhow!("{what} in the database cannot be read"))
}
