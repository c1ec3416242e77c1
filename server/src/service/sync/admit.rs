//! Asks the gate rule about arriving sheets: gathers what is true of their contests, seats and
//! gates, once for a whole group of pushes, and lets `domain::stage` decide.

use super::{Push, charter, wrong};
use crate::service::error::ServiceError;
use crate::service::holder::{Holder, holder};
use crate::service::sheets::PlaceFacts;
use crate::store::{Asked, Row, StoreError, Tx, params, statements_of_rows};
use domain::charter::Charter;
use domain::ids::{ContestId, EntryId, Millis, SeatId};
use domain::mark::Mark;
use domain::stage::{
    Admission, Close, ContestFacts, ContestState, Credential, GateFacts, GateState, Quarantine,
    SealFacts, SealedOffline, Window, admit,
};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use sync::protocol::{Op, SheetFrame, SheetMark};

/// What the sheets of a group are judged by.
#[derive(Default)]
pub(super) struct Rules {
    contests: BTreeMap<ContestId, Contest>,
    seats: BTreeMap<SeatId, Seat>,
    gates: BTreeMap<EntryId, Gate>,
    recusals: BTreeSet<(SeatId, EntryId)>,
    /// Without an entry, from the whole contest.
    absences: BTreeSet<(SeatId, Option<EntryId>)>,
}

struct Contest {
    state: ContestState,
    charter: Charter,
    charter_version: u32,
}

#[derive(Default)]
struct Seat {
    class: String,
    /// Every credential that it was ever given, oldest first.
    holders: Vec<Holder>,
}

struct Gate {
    contest: ContestId,
    withdrawn: bool,
    state: GateState,
    attempt: u32,
    windows: Vec<Window>,
}

statements_of_rows! {
    CONTESTS = "with asked (contest_id) as (values", "(cast($1 as text))",
        ") select k.contest_id, k.state, k.charter_json, k.charter_version
        from asked cross join contest k where k.contest_id = asked.contest_id";
    SEATS = "with asked (seat_id) as (values", "(cast($1 as text))",
        ") select c.*, k.posted_at, s.class
        from asked cross join seat s
        join credential c on c.seat_id = s.seat_id and c.contest_id = s.contest_id
        join contest k on k.contest_id = s.contest_id
        where s.seat_id = asked.seat_id order by c.paired_at, c.credential_id";
    /// A row for each window of an entry's present attempt, and one without where there is none.
    GATES = "with asked (entry_id) as (values", "(cast($1 as text))",
        ") select e.contest_id, e.entry_id, e.withdrawn, e.gate_state, e.gate_attempt,
            w.number, w.code, w.opened_seq, w.close_seq, w.closed_at, w.clock_jumped
        from asked cross join entry e
        left join gate_window w on w.entry_id = e.entry_id and w.attempt = e.gate_attempt
        where e.entry_id = asked.entry_id order by w.number";
    AWAY = "with asked (contest_id, seat_id) as (values", "(cast($1 as text), cast($2 as text))",
        ") select r.seat_id, r.entry_id, 1 as recused from asked cross join recusal r
            where r.seat_id = asked.seat_id
        union all select a.seat_id, a.entry_id, 0 as recused from asked cross join absence a
            where a.contest_id = asked.contest_id and a.seat_id = asked.seat_id";
}

impl Rules {
    /// What is true of the contests and seats of some pushes.
    pub(super) async fn load(tx: &mut Tx, pushes: &[Push]) -> Result<Self, ServiceError> {
        let asked: BTreeSet<_> = pushes.iter().map(|push| push.bearer.place()).collect();
        let contests: BTreeSet<ContestId> = asked.iter().map(|(contest, _)| *contest).collect();
        let batch = [
            CONTESTS.ask(contests.into_iter().map(|contest| params![contest])),
            SEATS.ask(asked.iter().map(|(_, seat)| params![*seat])),
            AWAY.ask(asked.iter().map(|(contest, seat)| params![*contest, *seat])),
        ];
        let [contests, seats, away] = tx.batch(batch).await?;
        let mut rules = Self::default();
        for row in contests {
            rules.contests.insert(row.id("contest_id")?, contest(&row)?);
        }
        let now = pushes.iter().map(|push| push.now).max();
        for row in seats {
            rules.read_seat(&row, now.unwrap_or_default())?;
        }
        for row in away {
            rules.read_away(&row)?;
        }
        Ok(rules)
    }

    /// What is to be asked of the database for the gates of some entries.
    pub(super) fn ask_gates(entries: BTreeSet<EntryId>) -> Asked<'static> {
        GATES.ask(entries.into_iter().map(|entry| params![entry]))
    }

    /// What it answers.
    pub(super) fn read_gates(&mut self, rows: &[Row]) -> Result<(), StoreError> {
        for row in rows {
            let gate = match self.gates.entry(row.id("entry_id")?) {
                Entry::Occupied(gate) => gate.into_mut(),
                Entry::Vacant(place) => place.insert(gate(row)?),
            };
            if row.int_opt("number")?.is_some() {
                gate.windows.push(window(row)?);
            }
        }
        Ok(())
    }

    /// Every credential of a seat.
    pub(super) fn holders(&self, seat: SeatId) -> Result<&[Holder], ServiceError> {
        let seat = self
            .seats
            .get(&seat)
            .ok_or(ServiceError::NotFound("seat"))?;
        Ok(&seat.holders)
    }

    /// The gate rule's word on a sheet, and what is true of its place; None if the contest has no
    /// such entry. The word leaves out withdrawals, recusals and absences: they may be taken back,
    /// so they are asked again each time the sheet is placed.
    pub(super) fn admit(
        &self,
        op: &Op,
        frame: &SheetFrame<'_>,
        sealer: &Holder,
    ) -> Option<(Admission, PlaceFacts)> {
        let gate = self.gates.get(&frame.entry);
        let gate = gate.filter(|gate| gate.contest == op.contest)?;
        let (contest, seat) = (self.contests.get(&op.contest)?, self.seats.get(&op.seat)?);
        let admission = match ask(op, frame, seat.standing_of(sealer), (contest, gate)) {
            Admission::Counted { .. } if !contest.takes(&seat.class, frame.marks) => {
                Admission::Quarantined(Quarantine::Malformed)
            }
            admission => admission,
        };
        let is_absent = |entry| self.absences.contains(&(op.seat, entry));
        let facts = PlaceFacts {
            withdrawn: gate.withdrawn,
            recused: self.recusals.contains(&(op.seat, frame.entry)),
            absent: is_absent(None) || is_absent(Some(frame.entry)),
            archived: frame.attempt < gate.attempt,
        };
        Some((admission, facts))
    }

    fn read_seat(&mut self, row: &Row, now: Millis) -> Result<(), StoreError> {
        let seat = self.seats.entry(row.id("seat_id")?).or_default();
        seat.class = row.text("class")?;
        seat.holders.push(holder(row, now)?);
        Ok(())
    }

    fn read_away(&mut self, row: &Row) -> Result<(), StoreError> {
        let seat = row.id("seat_id")?;
        if row.flag("recused")? {
            self.recusals.insert((seat, row.id("entry_id")?));
        } else {
            self.absences.insert((seat, row.id_opt("entry_id")?));
        }
        Ok(())
    }
}

impl Seat {
    /// A device that paired anew still is the seat, whichever of its keys it sealed with.
    fn standing_of(&self, sealer: &Holder) -> Credential {
        let held = self.holders.iter().find(|holder| {
            holder.device == sealer.device && holder.credential() == Credential::Active
        });
        held.unwrap_or(sealer).credential()
    }
}

impl Contest {
    /// Whether the charter has these criteria for a class, and these marks. What is missing is the
    /// charter's own business.
    fn takes(&self, class: &str, marks: &[SheetMark]) -> bool {
        let class = self.charter.class_index(class);
        let class = class.and_then(|index| self.charter.classes().get(index));
        let criteria = class.map_or(&[][..], |class| &class.criteria);
        marks.iter().all(|mark| {
            let index = self.charter.criterion_index(&mark.criterion);
            let index = index.filter(|index| criteria.contains(index));
            let criterion = index.and_then(|index| self.charter.criteria().get(index));
            criterion.is_some_and(|criterion| {
                mark.millis
                    .is_none_or(|millis| criterion.check_mark(Mark(millis)).is_ok())
            })
        })
    }
}

fn ask(
    op: &Op,
    frame: &SheetFrame<'_>,
    credential: Credential,
    (contest, gate): (&Contest, &Gate),
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
    let rule = contest.charter.offline();
    let contest = ContestFacts {
        state: contest.state,
        charter_version: contest.charter_version,
        strict: rule.strict,
        tolerance_ms: u64::from(rule.tolerance_seconds) * 1_000,
        entry_withdrawn: false,
        recused: false,
        absent: false,
    };
    admit(&sheet, &gate, &contest)
}

fn contest(row: &Row) -> Result<Contest, StoreError> {
    let state = ContestState::from_code(&row.text("state")?);
    Ok(Contest {
        state: state.ok_or_else(|| wrong("state"))?,
        charter: charter(row)?,
        charter_version: row.u32("charter_version")?,
    })
}

/// A gate without its windows.
fn gate(row: &Row) -> Result<Gate, StoreError> {
    let state = GateState::from_code(&row.text("gate_state")?);
    Ok(Gate {
        contest: row.id("contest_id")?,
        withdrawn: row.flag("withdrawn")?,
        state: state.ok_or_else(|| wrong("gate_state"))?,
        attempt: row.u32("gate_attempt")?,
        windows: Vec::new(),
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
