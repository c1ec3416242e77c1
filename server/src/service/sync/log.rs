//! The append-only log, for a group of pushes: knows what is in it already, numbers what is new,
//! and writes it down exactly as it came, with one statement for many rows.

use super::admit::Rules;
use super::seal::ReadOp;
use super::{Bearer, Push};
use crate::service::error::ServiceError;
use crate::service::sheets::{self, Arrival, Place};
use crate::service::siblings::Siblings;
use crate::store::{Row, StoreError, Tx, Value, params, statements_of_rows};
use domain::ids::{CountyId, DeviceId, EntryId, Millis, OpId, SeatId, Seq};
use domain::stage::Admission;
use std::collections::{BTreeMap, BTreeSet};
use sync::protocol::{Change, Op, Outcome, RejectReason, SheetFrame, SignedOp, Standing};

pub(super) struct Log<'a> {
    /// Ops that are in the log, of those that came.
    known: BTreeMap<OpId, Known>,
    /// Numbers of devices that are in the log, of those that came.
    numbers: BTreeSet<(SeatId, DeviceId, u64)>,
    /// The versions that the places hold.
    siblings: BTreeMap<Place, Siblings>,
    next_seq: Seq,
    added: Vec<Added<'a>>,
}

/// What the log says of an op.
struct Known {
    body: String,
    seq: Seq,
    at: Millis,
}

/// An op on its way to the log.
struct Added<'a> {
    op: &'a Op,
    frame: SheetFrame<'a>,
    signed: &'a SignedOp,
    read: &'a ReadOp,
    bearer: &'a Bearer,
    seq: Seq,
    at: Millis,
    admission: Admission,
}

statements_of_rows! {
    KNOWN = "with came (op_id, seat_id, device_id, device_seq) as (values",
        "(cast($1 as text), cast($2 as text), cast($3 as text), cast($4 as bigint))",
        ") select o.op_id, o.seat_id, o.device_id, o.device_seq, o.body, o.server_seq,
            o.received_at
        from came cross join op o where o.op_id = came.op_id
            or (o.seat_id = came.seat_id and o.device_id = came.device_id
                and o.device_seq = came.device_seq)";
    OP_ADD = "insert into op (op_id, county_id, server_seq, contest_id, seat_id, device_id,
            device_seq, body, mac, credential_id, carrier_id, received_at)
        select * from (values",
        "(cast($1 as text), cast($2 as text), cast($3 as bigint), cast($4 as text),
            cast($5 as text), cast($6 as text), cast($7 as bigint), cast($8 as text),
            cast($9 as text), cast($10 as text), cast($11 as text), cast($12 as bigint))",
        ") as came where column1 is not null";
    SHEET_ADD = "insert into sheet (op_id, county_id, sheet_id, contest_id, entry_id, seat_id,
            attempt, version, kind, replaces, marks, charter_version, offline, device_id,
            recorded_at, received_at, server_seq, arrival, standing, state)
        select * from (values",
        "(cast($1 as text), cast($2 as text), cast($3 as text), cast($4 as text),
            cast($5 as text), cast($6 as text), cast($7 as bigint), cast($8 as bigint),
            cast($9 as text), cast($10 as text), cast($11 as text), cast($12 as bigint),
            cast($13 as bigint), cast($14 as text), cast($15 as bigint), cast($16 as bigint),
            cast($17 as bigint), cast($18 as text), cast($19 as text), cast($20 as text))",
        ") as came where column1 is not null";
}

impl<'a> Log<'a> {
    /// Reads what is there already of some ops and their places, and what `rules` say of their
    /// gates. Takes numbers for all of them; those of ops that turn out not to be new stay unused.
    pub(super) async fn open(
        tx: &mut Tx,
        rules: &mut Rules,
        ops: &[(&Op, SheetFrame<'_>)],
    ) -> Result<Self, ServiceError> {
        let came = ops.iter().map(|(op, _)| {
            let number = op.device_seq.0;
            params![op.op_id, op.seat, op.device, number]
        });
        let entries = ops.iter().map(|(_, frame)| frame.entry).collect();
        let [arrivals, decisions] = Siblings::ask(ops.iter().map(|(op, frame)| place(op, frame)));
        let gates = Rules::ask_gates(entries);
        let batch = [tx.ask_seq(), gates, KNOWN.ask(came), arrivals, decisions];
        let [seq, gates, came, arrivals, decisions] = tx.batch(batch).await?;
        tx.hear_seq(&seq)?;
        rules.read_gates(&gates)?;
        let count = u32::try_from(ops.len()).unwrap_or(u32::MAX);
        let last = tx.next_seq(count).await?;
        let mut log = Self {
            known: BTreeMap::new(),
            numbers: BTreeSet::new(),
            siblings: Siblings::read(&arrivals, &decisions)?,
            next_seq: Seq(last.0 + 1 - u64::from(count)),
            added: Vec::with_capacity(ops.len()),
        };
        for row in came {
            log.read_known(&row)?;
        }
        Ok(log)
    }

    fn read_known(&mut self, row: &Row) -> Result<(), StoreError> {
        let number = row.u64("device_seq")?;
        self.numbers
            .insert((row.id("seat_id")?, row.id("device_id")?, number));
        let op = Known {
            body: row.text("body")?,
            seq: row.seq("server_seq")?,
            at: row.millis("received_at")?,
        };
        self.known.insert(row.id("op_id")?, op);
        Ok(())
    }

    /// Takes one op, and says what became of it.
    pub(super) fn take(
        &mut self,
        rules: &Rules,
        push: &'a Push,
        (signed, read): (&'a SignedOp, &'a ReadOp),
    ) -> Outcome {
        let reject = |reason| Outcome::Rejected { reason };
        let op = &read.op;
        // It was checked, so there is a frame.
        let Some(frame) = op.change.frame() else {
            return reject(RejectReason::NewerVersion);
        };
        let Some((admission, facts)) = rules.admit(op, &frame, &read.sealer) else {
            return reject(RejectReason::UnknownEntry);
        };
        let place = place(op, &frame);
        if let Some(known) = self.known.get(&op.op_id) {
            return match known.body == signed.body {
                true => self.duplicate(place, op.op_id, known),
                false => reject(RejectReason::IdReused),
            };
        }
        let number = (op.seat, op.device, op.device_seq.0);
        if !self.numbers.insert(number) {
            return reject(RejectReason::SeqReused);
        }
        let (seq, at) = (self.next_seq, push.now);
        self.next_seq = Seq(seq.0 + 1);
        let arrival = Arrival {
            op: op.op_id,
            replaces: frame.replaces,
            seq,
            admission,
        };
        let siblings = self.siblings.entry(place).or_default();
        let standing = siblings.add(facts, arrival);
        let body = signed.body.clone();
        self.known.insert(op.op_id, Known { body, seq, at });
        self.added.push(Added {
            op,
            frame,
            signed,
            read,
            bearer: &push.bearer,
            seq,
            at,
            admission,
        });
        Outcome::Applied { seq, at, standing }
    }

    /// New ops so far.
    pub(super) fn len(&self) -> usize {
        self.added.len()
    }

    /// The entries and the last number of the new ops after the first `before`, if there are any.
    pub(super) fn since(&self, before: usize) -> Option<(BTreeSet<EntryId>, Seq)> {
        let added = self.added.get(before..)?;
        let entries = added.iter().map(|added| added.frame.entry).collect();
        Some((entries, added.last()?.seq))
    }

    /// Writes down what is new, and what it changed for the versions beside it.
    pub(super) async fn store(&self, tx: &mut Tx) -> Result<(), ServiceError> {
        let county = tx.county();
        let sheet = |added: &Added<'_>| {
            let siblings = self.siblings.get(&place(added.op, &added.frame));
            let standing = siblings.and_then(|siblings| siblings.standing(added.op.op_id));
            added.sheet(county, standing.unwrap_or(&Standing::Unknown))
        };
        let ops = OP_ADD.ask(self.added.iter().map(|added| added.op(county)));
        let sheets = SHEET_ADD.ask(self.added.iter().map(sheet));
        tx.batch([ops, sheets]).await?;
        for siblings in self.siblings.values() {
            siblings.store(tx).await?;
        }
        Ok(())
    }

    fn duplicate(&self, place: Place, op: OpId, known: &Known) -> Outcome {
        let siblings = self.siblings.get(&place);
        let standing = siblings.and_then(|siblings| siblings.standing(op));
        Outcome::Duplicate {
            seq: known.seq,
            at: known.at,
            standing: standing.cloned().unwrap_or(Standing::Unknown),
        }
    }
}

impl Added<'_> {
    fn op(&self, county: CountyId) -> [Value; 12] {
        params![
            self.op.op_id,
            county,
            self.seq,
            self.op.contest,
            self.op.seat,
            self.op.device,
            self.op.device_seq.0,
            self.signed.body.as_str(),
            self.signed.mac.as_str(),
            self.read.sealer.credential,
            self.bearer.carrier,
            self.at,
        ]
    }

    fn sheet(&self, county: CountyId, standing: &Standing) -> [Value; 20] {
        let kind = match self.op.change {
            Change::Abstain(_) => "abstain",
            Change::Seal(_) | Change::Field(_) | Change::Unknown => "seal",
        };
        let marks = serde_json::to_string(self.frame.marks).unwrap_or_default();
        params![
            self.op.op_id,
            county,
            self.frame.sheet_id,
            self.op.contest,
            self.frame.entry,
            self.op.seat,
            self.frame.attempt,
            self.frame.version,
            kind,
            self.frame.replaces,
            marks,
            self.frame.charter_version,
            self.frame.offline.is_some(),
            self.op.device,
            self.op.recorded_at,
            self.at,
            self.seq,
            sheets::json(&self.admission.into()),
            sheets::json(standing),
            sheets::state(standing),
        ]
    }
}

fn place(op: &Op, frame: &SheetFrame<'_>) -> Place {
    Place {
        entry: frame.entry,
        attempt: frame.attempt,
        seat: op.seat,
    }
}
