//! What one seat did for one entry, read from recusals, absences and sheets, and the counts that
//! follow from it (R10).

use super::{ContestRecord, EntryRecord, SeatRecord, SheetRecord};
use app::backend::{DeskSheet, SheetsTally};
use domain::stage::GateState;
use std::collections::BTreeMap;
use sync::protocol::Standing;

use domain::ids::{EntryId, SeatId};

/// The sheets of the current attempts, by entry and seat.
pub struct Places<'a> {
    record: &'a ContestRecord,
    sheets: BTreeMap<(EntryId, SeatId), Vec<&'a SheetRecord>>,
}

impl ContestRecord {
    /// Sorts the sheets of the current attempts by entry and seat.
    #[must_use]
    pub fn places(&self) -> Places<'_> {
        let attempts: BTreeMap<EntryId, u32> = self
            .entries
            .iter()
            .map(|entry| (entry.id, entry.gate.attempt))
            .collect();
        let mut sheets: BTreeMap<(EntryId, SeatId), Vec<&SheetRecord>> = BTreeMap::new();
        for sheet in &self.sheets {
            if attempts.get(&sheet.entry) == Some(&sheet.attempt) {
                sheets
                    .entry((sheet.entry, sheet.seat))
                    .or_default()
                    .push(sheet);
            }
        }
        Places {
            record: self,
            sheets,
        }
    }

    /// Why the seat does not mark the entry, if it does not.
    #[must_use]
    pub fn recusal(&self, seat: SeatId, entry: EntryId) -> Option<&str> {
        self.recusals.get(&(seat, entry)).map(String::as_str)
    }

    /// Why the seat is not there for the entry, or for any.
    #[must_use]
    pub fn absence(&self, seat: SeatId, entry: EntryId) -> Option<&str> {
        let whole = self.absences.get(&(seat, None));
        whole
            .or_else(|| self.absences.get(&(seat, Some(entry))))
            .map(String::as_str)
    }
}

impl<'a> Places<'a> {
    /// The version that counts for this entry and seat, if one does. An abstention does too.
    #[must_use]
    pub fn counted(&self, entry: EntryId, seat: SeatId) -> Option<&'a SheetRecord> {
        let is_counted = |sheet: &&SheetRecord| {
            matches!(
                sheet.standing,
                Standing::Counted | Standing::CountedOffline { .. }
            )
        };
        self.sheets(entry, seat).iter().copied().find(is_counted)
    }

    /// What the desk shows at the crossing of an entry and a seat.
    #[must_use]
    pub fn state(&self, entry: EntryId, seat: SeatId) -> DeskSheet {
        if self.record.recusal(seat, entry).is_some() {
            return DeskSheet::Recused;
        }
        let sheets = self.sheets(entry, seat);
        if let Some(sheet) = self.counted(entry, seat) {
            return match sheet.standing {
                _ if sheet.abstained => DeskSheet::Abstained,
                Standing::CountedOffline { .. } => DeskSheet::Offline,
                _ => DeskSheet::Received,
            };
        }
        let has = |test: fn(&Standing) -> bool| sheets.iter().any(|sheet| test(&sheet.standing));
        if has(|standing| matches!(standing, Standing::Conflict { .. })) {
            DeskSheet::Conflict
        } else if has(|standing| matches!(standing, Standing::Quarantined { .. })) {
            DeskSheet::Quarantined
        } else if self.record.absence(seat, entry).is_some() {
            DeskSheet::Absent
        } else if sheets
            .iter()
            .any(|sheet| sheet.decided && sheet.standing == Standing::Void)
        {
            DeskSheet::Void
        } else {
            DeskSheet::Missing
        }
    }

    /// 应收/实收/计入/隔离 of one entry; nothing is expected before its gate has been opened.
    #[must_use]
    pub fn tally(&self, entry: &EntryRecord) -> SheetsTally {
        let mut tally = SheetsTally::default();
        let is_open = entry.gate.state != GateState::Pending && !entry.withdrawn;
        for seat in self.record.seats.iter().filter(|_| is_open) {
            let state = self.state(entry.id, seat.id);
            let is_expected = !matches!(state, DeskSheet::Recused | DeskSheet::Absent);
            let is_counted = self.counted(entry.id, seat.id).is_some();
            let is_received = is_expected && !self.sheets(entry.id, seat.id).is_empty();
            tally.expected += u32::from(is_expected);
            tally.received += u32::from(is_received);
            tally.counted += u32::from(is_expected && is_counted);
        }
        let held = |sheet: &&SheetRecord| sheet.entry == entry.id && sheet.standing.needs_person();
        tally.quarantined = super::count(self.record.sheets.iter().filter(held));
        tally
    }

    /// The counts of the whole contest.
    #[must_use]
    pub fn tally_all(&self) -> SheetsTally {
        let tallies = self.record.entries.iter().map(|entry| self.tally(entry));
        tallies.fold(SheetsTally::default(), |sum, tally| SheetsTally {
            expected: sum.expected + tally.expected,
            received: sum.received + tally.received,
            counted: sum.counted + tally.counted,
            quarantined: sum.quarantined + tally.quarantined,
        })
    }

    /// Places of one entry that are neither counted nor explained: a result without them needs a
    /// reason (R10).
    #[must_use]
    pub fn outstanding(&self, entry: &EntryRecord) -> u32 {
        if entry.gate.state == GateState::Pending || entry.withdrawn {
            return 0;
        }
        let is_outstanding = |seat: &&SeatRecord| {
            matches!(
                self.state(entry.id, seat.id),
                DeskSheet::Missing | DeskSheet::Quarantined | DeskSheet::Conflict
            )
        };
        super::count(self.record.seats.iter().filter(is_outstanding))
    }

    #[must_use]
    pub fn outstanding_all(&self) -> u32 {
        self.record
            .entries
            .iter()
            .map(|entry| self.outstanding(entry))
            .sum()
    }

    fn sheets(&self, entry: EntryId, seat: SeatId) -> &[&'a SheetRecord] {
        self.sheets.get(&(entry, seat)).map_or(&[], Vec::as_slice)
    }
}
