//! Asks the gate rule about an arriving sheet: gathers what is true of its contest and gate, and
//! lets `domain::stage` decide.

use crate::service::error::ServiceError;
use crate::store::{Row, StoreError, Tx, params, statements};
use domain::charter::{Charter, CharterDraft};
use domain::ids::{ContestId, EntryId, SeatId};
use domain::mark::Mark;
use domain::stage::{
    Admission, Close, ContestFacts, ContestState, Credential, GateFacts, GateState, Quarantine,
    SealFacts, SealedOffline, Window, admit,
};
use std::collections::BTreeMap;
use sync::protocol::{Op, SheetFrame, SheetMark, Standing};

/// The rules of one contest, for the sheets of one seat.
pub(super) struct Rules {
    contest: ContestId,
    state: ContestState,
    charter: Charter,
    charter_version: u32,
    /// The criteria that the seat's class marks, as indexes.
    criteria: Vec<usize>,
    gates: BTreeMap<EntryId, Gate>,
}

struct Gate {
    state: GateState,
    attempt: u32,
    windows: Vec<Window>,
}

statements! {
    CONTEST_RULES = "select c.state, c.charter_json, c.charter_version, s.class
        from contest c join seat s on s.contest_id = c.contest_id
        where c.contest_id = $1 and s.seat_id = $2";
    ENTRY_GATE = "select gate_state, gate_attempt from entry
        where entry_id = $1 and contest_id = $2";
    ENTRY_WINDOWS = "select * from gate_window
        where entry_id = $1 and attempt = $2 order by number";
}

impl Rules {
    pub(super) async fn load(
        tx: &mut Tx,
        contest: ContestId,
        seat: SeatId,
    ) -> Result<Self, ServiceError> {
        let row = tx.row_opt(CONTEST_RULES, &params![contest, seat]).await?;
        let row = row.ok_or(ServiceError::NotFound("seat"))?;
        let draft: CharterDraft = row.json("charter_json")?;
        let charter = Charter::from_draft(draft).map_err(|_| wrong("charter_json"))?;
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
            gates: BTreeMap::new(),
        })
    }

    /// The gate rule's word on a sheet; None if the contest has no such entry. Withdrawals,
    /// recusals and absences are left out: they may be taken back, so they are asked again each
    /// time the sheet is placed.
    pub(super) async fn admit(
        &mut self,
        tx: &mut Tx,
        op: &Op,
        frame: &SheetFrame<'_>,
        credential: Credential,
    ) -> Result<Option<Standing>, ServiceError> {
        if !self.gates.contains_key(&frame.entry) {
            let Some(gate) = gate(tx, self.contest, frame.entry).await? else {
                return Ok(None);
            };
            self.gates.insert(frame.entry, gate);
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
        Ok(Some(admission.into()))
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

async fn gate(
    tx: &mut Tx,
    contest: ContestId,
    entry: EntryId,
) -> Result<Option<Gate>, ServiceError> {
    let Some(row) = tx.row_opt(ENTRY_GATE, &params![entry, contest]).await? else {
        return Ok(None);
    };
    let attempt = row.u32("gate_attempt")?;
    let state = GateState::from_code(&row.text("gate_state")?);
    let windows = tx.rows(ENTRY_WINDOWS, &params![entry, attempt]).await?;
    let windows: Result<_, StoreError> = windows.iter().map(window).collect();
    Ok(Some(Gate {
        state: state.ok_or_else(|| wrong("gate_state"))?,
        attempt,
        windows: windows?,
    }))
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

fn wrong(column: &str) -> StoreError {
    StoreError::Row {
        column: column.to_owned(),
    }
}
