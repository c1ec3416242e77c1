//! The append-only log, for one batch: reads each op, checks its seal, and writes it down exactly
//! as it came.

use super::admit::Rules;
use super::{Bearer, malformed};
use crate::service::error::ServiceError;
use crate::service::holder::Holder;
use crate::service::sheets::{self, Arrival, Place, PlaceFacts};
use crate::service::siblings::Siblings;
use crate::store::{StoreError, Tx, params, statements};
use domain::ids::{ContestId, EntryId, Millis, OpId, SeatId, Seq};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use sha2::Sha256;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use sync::protocol::{
    Change, OP_BYTES_MAX, OP_VERSION, Op, OpFault, Outcome, RejectReason, SheetFrame, SignedOp,
    Standing,
};

pub(super) struct Log {
    bearer: Bearer,
    /// Every credential of the seat: an op is the device's whose key it was sealed with.
    holders: Vec<Holder>,
    rules: Rules,
    now: Millis,
    /// The versions that places hold already, by entry and attempt.
    siblings: BTreeMap<(EntryId, u32), Siblings>,
    /// Whether places that are not among them are empty.
    has_all: bool,
    /// Ops that were not taken yet.
    left: u32,
    /// The number of the next new op, once numbers were taken for those that are left.
    next_seq: Option<Seq>,
    last_seq: Option<Seq>,
    entries: BTreeSet<EntryId>,
    kept_malformed: bool,
}

statements! {
    OP_BY_ID = "select o.body, o.server_seq, o.received_at, s.standing
        from op o join sheet s on s.op_id = o.op_id where o.op_id = $1";
    OP_ADD = "insert into op
        (op_id, county_id, server_seq, contest_id, seat_id, device_id, device_seq, body, mac,
            credential_id, carrier_id, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict do nothing";
    SHEET_ADD = "insert into sheet
        (op_id, county_id, sheet_id, contest_id, entry_id, seat_id, attempt, version, kind,
            replaces, marks, charter_version, offline, device_id, recorded_at, received_at,
            server_seq, arrival, standing, state)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
            $19, $20)";
}

impl Log {
    /// Reads what `count` ops will be judged by: for one its own place alone, when it comes; for
    /// several those of the whole seat at once, since each statement costs more than its rows.
    pub(super) async fn open(
        tx: &mut Tx,
        bearer: Bearer,
        holders: Vec<Holder>,
        count: u32,
        now: Millis,
    ) -> Result<Self, ServiceError> {
        let mut rules = Rules::load(tx, bearer.holder.contest, bearer.seat).await?;
        let has_all = 1 < count;
        let mut siblings = BTreeMap::new();
        if has_all {
            rules.load_gates(tx).await?;
            siblings = Siblings::of_seat(tx, bearer.seat).await?;
        }
        Ok(Self {
            bearer,
            holders,
            rules,
            now,
            siblings,
            has_all,
            left: count,
            next_seq: None,
            last_seq: None,
            entries: BTreeSet::new(),
            kept_malformed: false,
        })
    }

    /// Takes one op, and says what became of it. An op that is refused leaves the others alone.
    pub(super) async fn take(
        &mut self,
        tx: &mut Tx,
        signed: &SignedOp,
    ) -> Result<(Option<OpId>, Outcome), ServiceError> {
        let taken = self.take_one(tx, signed).await;
        self.left = self.left.saturating_sub(1);
        taken
    }

    async fn take_one(
        &mut self,
        tx: &mut Tx,
        signed: &SignedOp,
    ) -> Result<(Option<OpId>, Outcome), ServiceError> {
        match self.read(signed) {
            Ok(read) => {
                let op_id = read.op.op_id;
                let outcome = match self.keep(tx, signed, &read).await? {
                    Ok(outcome) => outcome,
                    Err(reason) => Outcome::Rejected { reason },
                };
                Ok((Some(op_id), outcome))
            }
            Err((op_id, reason)) => {
                if malformed::is_unreadable(reason) {
                    self.kept_malformed |=
                        malformed::keep(tx, &self.bearer, signed, reason, self.now).await?;
                }
                Ok((op_id, Outcome::Rejected { reason }))
            }
        }
    }

    pub(super) fn contest(&self) -> ContestId {
        self.bearer.holder.contest
    }

    pub(super) fn seat(&self) -> SeatId {
        self.bearer.seat
    }

    /// The number of the last op that is new, if one is.
    pub(super) fn last_seq(&self) -> Option<Seq> {
        self.last_seq
    }

    pub(super) fn kept_malformed(&self) -> bool {
        self.kept_malformed
    }

    /// The entry that all ops were about, if it was one.
    pub(super) fn only_entry(&self) -> Option<EntryId> {
        let first = self.entries.first().copied();
        first.filter(|_| self.entries.len() == 1)
    }

    /// All that can be said without the database.
    fn read(&self, signed: &SignedOp) -> Result<ReadOp, (Option<OpId>, RejectReason)> {
        if OP_BYTES_MAX < signed.body.len() {
            return Err((None, RejectReason::TooLarge));
        }
        let peek: Peek = serde_json::from_str(&signed.body).unwrap_or_default();
        let Some(sealer) = self.sealer(signed) else {
            return Err((peek.op_id, RejectReason::BadMac));
        };
        if OP_VERSION < peek.v {
            return Err((peek.op_id, RejectReason::NewerVersion));
        }
        let op: Op = serde_json::from_str(&signed.body)
            .map_err(|_| (peek.op_id, RejectReason::Malformed))?;
        let refuse = |reason| Err((Some(op.op_id), reason));
        if op.contest != self.contest() {
            return refuse(RejectReason::UnknownContest);
        }
        if op.seat != self.seat() || op.device != sealer.device {
            return refuse(RejectReason::NotYourSeat);
        }
        match op.check() {
            Ok(_) => Ok(ReadOp { op, sealer }),
            Err(OpFault::NewerVersion | OpFault::UnknownChange) => {
                refuse(RejectReason::NewerVersion)
            }
            Err(_) => refuse(RejectReason::Malformed),
        }
    }

    /// The credential whose key the seal fits. A device pushes its own ops only.
    fn sealer(&self, signed: &SignedOp) -> Option<Holder> {
        let is_allowed = |holder: &&Holder| {
            self.bearer.carrier.is_some() || holder.device == self.bearer.holder.device
        };
        let mut allowed = self.holders.iter().rev().filter(is_allowed);
        allowed
            .find(|holder| fits(signed, &holder.seat_key))
            .cloned()
    }

    async fn keep(
        &mut self,
        tx: &mut Tx,
        signed: &SignedOp,
        read: &ReadOp,
    ) -> Result<Result<Outcome, RejectReason>, ServiceError> {
        let ReadOp { op, sealer } = read;
        // `check` has passed, so there is a frame.
        let Some(frame) = op.change.frame() else {
            return Ok(Err(RejectReason::NewerVersion));
        };
        let credential = self.standing_of(sealer);
        let admitted = self.rules.admit(tx, op, &frame, credential).await?;
        let Some((admission, facts)) = admitted else {
            return Ok(Err(RejectReason::UnknownEntry));
        };
        let seq = self.number(tx).await?;
        if !self.add(tx, signed, read, seq).await? {
            return known(tx, signed, op.op_id).await;
        }
        let arrival = Arrival {
            op: op.op_id,
            replaces: frame.replaces,
            seq,
            admission,
        };
        let standing = self.place(tx, &frame, facts, arrival).await?;
        self.add_sheet(tx, op, &frame, &arrival, &standing).await?;
        self.entries.insert(frame.entry);
        self.last_seq = Some(seq);
        Ok(Ok(Outcome::Applied {
            seq,
            at: self.now,
            standing,
        }))
    }

    /// The next number of the log. Numbers for all ops that are left are taken at once; those of
    /// ops that turn out not to be new stay unused.
    async fn number(&mut self, tx: &mut Tx) -> Result<Seq, StoreError> {
        let seq = match self.next_seq {
            Some(seq) => seq,
            None => {
                let last = tx.next_seq(self.left).await?;
                Seq(last.0 + 1 - u64::from(self.left))
            }
        };
        self.next_seq = Some(Seq(seq.0 + 1));
        Ok(seq)
    }

    /// Places the version among those of its seat, entry and attempt.
    async fn place(
        &mut self,
        tx: &mut Tx,
        frame: &SheetFrame<'_>,
        facts: PlaceFacts,
        arrival: Arrival,
    ) -> Result<Standing, ServiceError> {
        let place = Place {
            entry: frame.entry,
            attempt: frame.attempt,
            seat: self.bearer.seat,
        };
        let siblings = match self.siblings.entry((frame.entry, frame.attempt)) {
            Entry::Occupied(siblings) => siblings.into_mut(),
            Entry::Vacant(empty) if self.has_all => empty.insert(Siblings::default()),
            Entry::Vacant(unread) => unread.insert(Siblings::load(tx, place).await?),
        };
        Ok(siblings.add(tx, place, facts, arrival).await?)
    }

    /// A device that paired anew still is the seat, whichever of its keys it sealed with.
    fn standing_of(&self, sealer: &Holder) -> domain::stage::Credential {
        let held = self.holders.iter().find(|holder| {
            holder.device == sealer.device
                && holder.credential() == domain::stage::Credential::Active
        });
        held.unwrap_or(sealer).credential()
    }

    /// Writes an op down. False: its id or its number is there already.
    async fn add(
        &self,
        tx: &mut Tx,
        signed: &SignedOp,
        read: &ReadOp,
        seq: Seq,
    ) -> Result<bool, ServiceError> {
        let ReadOp { op, sealer } = read;
        let county = tx.county();
        let row = params![
            op.op_id,
            county,
            seq,
            op.contest,
            op.seat,
            op.device,
            op.device_seq.0,
            signed.body.as_str(),
            signed.mac.as_str(),
            sealer.credential,
            self.bearer.carrier,
            self.now,
        ];
        Ok(0 < tx.execute(OP_ADD, &row).await?)
    }

    async fn add_sheet(
        &self,
        tx: &mut Tx,
        op: &Op,
        frame: &SheetFrame<'_>,
        arrival: &Arrival,
        standing: &Standing,
    ) -> Result<(), ServiceError> {
        let county = tx.county();
        let kind = match op.change {
            Change::Abstain(_) => "abstain",
            Change::Seal(_) | Change::Unknown => "seal",
        };
        let marks = serde_json::to_string(frame.marks).unwrap_or_default();
        let row = params![
            op.op_id,
            county,
            frame.sheet_id,
            op.contest,
            frame.entry,
            op.seat,
            frame.attempt,
            frame.version,
            kind,
            frame.replaces,
            marks,
            frame.charter_version,
            frame.offline.is_some(),
            op.device,
            op.recorded_at,
            self.now,
            arrival.seq,
            sheets::json(&arrival.admission.into()),
            sheets::json(standing),
            sheets::state(standing),
        ];
        tx.execute(SHEET_ADD, &row).await?;
        Ok(())
    }
}

/// What to say of an op whose id or number is there already.
async fn known(
    tx: &mut Tx,
    signed: &SignedOp,
    op_id: OpId,
) -> Result<Result<Outcome, RejectReason>, ServiceError> {
    let Some(row) = tx.row_opt(OP_BY_ID, &params![op_id]).await? else {
        return Ok(Err(RejectReason::SeqReused));
    };
    if row.text("body")? != signed.body {
        return Ok(Err(RejectReason::IdReused));
    }
    Ok(Ok(Outcome::Duplicate {
        seq: row.seq("server_seq")?,
        at: row.millis("received_at")?,
        standing: row.json("standing")?,
    }))
}

/// An op that could be read, and the credential that sealed it.
struct ReadOp {
    op: Op,
    sealer: Holder,
}

/// What can be said of a body that may be of a newer shape.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Peek {
    v: u32,
    op_id: Option<OpId>,
}

/// Whether the seal over the body's exact bytes was made with this key. Takes the same time
/// whatever is wrong.
fn fits(signed: &SignedOp, seat_key: &str) -> bool {
    let (Some(key), Some(mac)) = (unhex(seat_key), unhex(&signed.mac)) else {
        return false;
    };
    let Ok(mut hmac) = Hmac::<Sha256>::new_from_slice(&key) else {
        return false;
    };
    hmac.update(signed.body.as_bytes());
    hmac.verify_slice(&mac).is_ok()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}
