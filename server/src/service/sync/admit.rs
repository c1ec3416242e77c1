//! Asks the gate rule about an arriving sheet: gathers what is true of its contest and gate, and
//! lets `domain::stage` decide.

use super::{charter, wrong};
use crate::service::error::ServiceError;
use crate::service::sheets::PlaceFacts;
use crate::store::{Row, StoreError, Tx, params, statements};
use domain::charter::Charter;
use domain::ids::{ContestId, EntryId, SeatId};
use domain::mark::Mark;
use domain::stage::{
    Admission, Close, ContestFacts, ContestState, Credential, GateFacts, GateState, Quarantine,
    SealFacts, SealedOffline, Window, admit,
};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use sync::protocol::{Op, SheetFrame, SheetMark};

/// The rules of one contest, for the sheets of one seat.
pub(super) struct Rules {
    contest: ContestId,
    seat: SeatId,
    state: ContestState,
    charter: Charter,
    charter_version: u32,
    /// The criteria that the seat's class marks, as indexes.
    criteria: Vec<usize>,
    gates: BTreeMap<EntryId, Gate>,
    /// Whether those are the gates of all entries.
    has_all: bool,
}

struct Gate {
    state: GateState,
    attempt: u32,
    windows: Vec<Window>,
    /// What is true of the seat's place there, but for `archived`.
    facts: PlaceFacts,
}

/// A row for each window of an entry's present attempt, and one without where there is none.
macro_rules! select_gates {
    ($which:literal) => {
        concat!(
            "select e.entry_id, e.gate_state, e.gate_attempt, e.withdrawn,
                (select count(*) from recusal r
                    where r.seat_id = $2 and r.entry_id = e.entry_id) as recused,
                (select count(*) from absence a
                    where a.contest_id = e.contest_id and a.seat_id = $2
                    and (a.entry_id is null or a.entry_id = e.entry_id)) as absent,
                w.number, w.code, w.opened_seq, w.close_seq, w.closed_at, w.clock_jumped
            from entry e
            left join gate_window w on w.entry_id = e.entry_id and w.attempt = e.gate_attempt
            where e.contest_id = $1",
            $which,
            " order by e.entry_id, w.number"
        )
    };
}

statements! {
    CONTEST_RULES = "select c.state, c.charter_json, c.charter_version, s.class
        from contest c join seat s on s.contest_id = c.contest_id
        where c.contest_id = $1 and s.seat_id = $2";
    ENTRY_GATE = select_gates!(" and e.entry_id = $3");
    ENTRY_GATES = select_gates!("");
}

impl Rules {
    pub(super) async fn load(
        tx: &mut Tx,
        contest: ContestId,
        seat: SeatId,
    ) -> Result<Self, ServiceError> {
        let row = tx.row_opt(CONTEST_RULES, &params![contest, seat]).await?;
        let row = row.ok_or(ServiceError::NotFound("seat"))?;
        let charter = charter(&row)?;
        let class = charter.class_index(&row.text("class")?);
        let class = class.and_then(|index| charter.classes().get(index));
        let state = ContestState::from_code(&row.text("state")?);
        Ok(Self {
            contest,
            state: state.ok_or_else(|| wrong("state"))?,
            criteria: class
                .map(|class| class.criteria.clone())
                .unwrap_or_default(),
            charter,
            charter_version: row.u32("charter_version")?,
            seat,
            gates: BTreeMap::new(),
            has_all: false,
        })
    }

    /// Reads all gates at once, for a batch.
    pub(super) async fn load_gates(&mut self, tx: &mut Tx) -> Result<(), ServiceError> {
        let rows = tx
            .rows(ENTRY_GATES, &params![self.contest, self.seat])
            .await?;
        self.has_all = true;
        self.read_gates(&rows)
    }

    /// The gate rule's word on a sheet, and what is true of its place; None if the contest has no
    /// such entry. The word leaves out withdrawals, recusals and absences: they may be taken back,
    /// so they are asked again each time the sheet is placed.
    pub(super) async fn admit(
        &mut self,
        tx: &mut Tx,
        op: &Op,
        frame: &SheetFrame<'_>,
        credential: Credential,
    ) -> Result<Option<(Admission, PlaceFacts)>, ServiceError> {
        if !self.has_all && !self.gates.contains_key(&frame.entry) {
            let of_entry = params![self.contest, self.seat, frame.entry];
            let rows = tx.rows(ENTRY_GATE, &of_entry).await?;
            self.read_gates(&rows)?;
        }
        let Some(gate) = self.gates.get(&frame.entry) else {
            return Ok(None);
        };
        let admission = match self.ask(op, frame, credential, gate) {
            Admission::Counted { .. } if !self.takes(frame.marks) => {
                Admission::Quarantined(Quarantine::Malformed)
            }
            admission => admission,
        };
        let facts = PlaceFacts {
            archived: frame.attempt < gate.attempt,
            ..gate.facts
        };
        Ok(Some((admission, facts)))
    }

    fn read_gates(&mut self, rows: &[Row]) -> Result<(), ServiceError> {
        for row in rows {
            let entry = row.id("entry_id")?;
            let gate = match self.gates.entry(entry) {
                Entry::Occupied(gate) => gate.into_mut(),
                Entry::Vacant(place) => place.insert(gate(row)?),
            };
            if row.int_opt("number")?.is_some() {
                gate.windows.push(window(row)?);
            }
        }
        Ok(())
    }

    fn ask(
        &self,
        op: &Op,
        frame: &SheetFrame<'_>,
        credential: Credential,
        gate: &Gate,
    ) -> Admission {
        let offline = frame.offline.map(|offline| SealedOffline {
            last_seq: offline.last_seq,
            clock_offset_ms: offline.clock_offset_ms,
        });
        let sheet = SealFacts {
            attempt: frame.attempt,
            charter_version: frame.charter_version,
            recorded_at: op.recorded_at,
            offline,
            gate_code: frame.gate_code,
            credential,
        };
        let gate = GateFacts {
            state: gate.state,
            attempt: gate.attempt,
            windows: &gate.windows,
        };
        let rule = self.charter.offline();
        let contest = ContestFacts {
            state: self.state,
            charter_version: self.charter_version,
            strict: rule.strict,
            tolerance_ms: u64::from(rule.tolerance_seconds) * 1_000,
            entry_withdrawn: false,
            recused: false,
            absent: false,
        };
        admit(&sheet, &gate, &contest)
    }

    /// Whether the charter has these criteria for the seat's class, and these marks. What is
    /// missing is the charter's own business.
    fn takes(&self, marks: &[SheetMark]) -> bool {
        marks.iter().all(|mark| {
            let index = self.charter.criterion_index(&mark.criterion);
            let index = index.filter(|index| self.criteria.contains(index));
            let criterion = index.and_then(|index| self.charter.criteria().get(index));
            criterion.is_some_and(|criterion| {
                mark.millis
                    .is_none_or(|millis| criterion.check_mark(Mark(millis)).is_ok())
            })
        })
    }
}

/// A gate without its windows.
fn gate(row: &Row) -> Result<Gate, StoreError> {
    let state = GateState::from_code(&row.text("gate_state")?);
    Ok(Gate {
        state: state.ok_or_else(|| wrong("gate_state"))?,
        attempt: row.u32("gate_attempt")?,
        windows: Vec::new(),
        facts: PlaceFacts {
            withdrawn: row.flag("withdrawn")?,
            recused: row.flag("recused")?,
            absent: row.flag("absent")?,
            archived: false,
        },
    })
}

fn window(row: &Row) -> Result<Window, StoreError> {
    let close = match (row.seq_opt("close_seq")?, row.millis_opt("closed_at")?) {
        (Some(seq), Some(at)) => Some(Close {
            seq,
            at,
            clock_jumped: row.flag("clock_jumped")?,
        }),
        _ => None,
    };
    Ok(Window {
        opened_seq: row.seq("opened_seq")?,
        code: Some(row.text("code")?),
        close,
    })
}
