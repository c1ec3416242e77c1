//! The append-only log, for one batch: reads each op, checks its seal, and writes it down exactly
//! as it came.

use super::Bearer;
use super::admit::Rules;
use crate::assets::hex;
use crate::service::error::ServiceError;
use crate::service::holder::Holder;
use crate::service::sheets::{self, Place};
use crate::store::{Tx, params, statements};
use domain::ids::{ContestId, EntryId, Millis, OpId, SeatId, Seq};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use sync::protocol::{
    Change, OP_BYTES_MAX, OP_VERSION, Op, OpFault, Outcome, RejectReason, SheetFrame, SignedOp,
    Standing,
};
use uuid::Uuid;

/// Unreadable ops of one seat that are kept. A pad that sends more is broken, and keeps its own.
const MALFORMED_MAX: i64 = 500;

pub(super) struct Log {
    bearer: Bearer,
    /// Every credential of the seat: an op is the device's whose key it was sealed with.
    holders: Vec<Holder>,
    rules: Rules,
    now: Millis,
    entries: BTreeSet<EntryId>,
    kept_malformed: bool,
}

statements! {
    OP_BY_ID = "select o.body, o.server_seq, o.received_at, s.standing
        from op o join sheet s on s.op_id = o.op_id where o.op_id = $1";
    OP_BY_NUMBER = "select op_id from op
        where seat_id = $1 and device_id = $2 and device_seq = $3";
    OP_ADD = "insert into op
        (op_id, county_id, server_seq, contest_id, seat_id, device_id, device_seq, body, mac,
            credential_id, carrier_id, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    SHEET_ADD = "insert into sheet
        (op_id, county_id, sheet_id, contest_id, entry_id, seat_id, attempt, version, kind,
            replaces, marks, charter_version, offline, device_id, recorded_at, received_at,
            server_seq, arrival, standing, state)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
            '', 'received')";
    STANDING = "select standing from sheet where op_id = $1";
    MALFORMED_COUNT = "select count(*) as kept from malformed where seat_id = $1";
    MALFORMED_ADD = "insert into malformed
        (malformed_id, county_id, contest_id, seat_id, device_id, body_hash, body, mac, reason,
            credential_id, carrier_id, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (seat_id, body_hash) do nothing";
}

impl Log {
    pub(super) async fn open(
        tx: &mut Tx,
        bearer: Bearer,
        holders: Vec<Holder>,
        now: Millis,
    ) -> Result<Self, ServiceError> {
        let rules = Rules::load(tx, bearer.holder.contest, bearer.seat).await?;
        Ok(Self {
            bearer,
            holders,
            rules,
            now,
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
                if is_unreadable(reason) {
                    self.keep_malformed(tx, signed, reason).await?;
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
        if let Some(row) = tx.row_opt(OP_BY_ID, &params![op.op_id]).await? {
            if row.text("body")? != signed.body {
                return Ok(Err(RejectReason::IdReused));
            }
            return Ok(Ok(Outcome::Duplicate {
                seq: row.seq("server_seq")?,
                at: row.millis("received_at")?,
                standing: row.json("standing")?,
            }));
        }
        let number = params![op.seat, op.device, op.device_seq.0];
        if tx.row_opt(OP_BY_NUMBER, &number).await?.is_some() {
            return Ok(Err(RejectReason::SeqReused));
        }
        // `check` has passed, so there is a frame.
        let Some(frame) = op.change.frame() else {
            return Ok(Err(RejectReason::NewerVersion));
        };
        let credential = self.standing_of(sealer);
        let Some(arrival) = self.rules.admit(tx, op, &frame, credential).await? else {
            return Ok(Err(RejectReason::UnknownEntry));
        };
        let seq = tx.next_seq(1).await?;
        self.add(tx, signed, read, seq).await?;
        self.add_sheet(tx, op, &frame, seq, &arrival).await?;
        let place = Place {
            entry: frame.entry,
            attempt: frame.attempt,
            seat: op.seat,
        };
        sheets::settle_place(tx, place).await?;
        let row = tx.row(STANDING, &params![op.op_id]).await?;
        self.entries.insert(frame.entry);
        Ok(Ok(Outcome::Applied {
            seq,
            at: self.now,
            standing: row.json("standing")?,
        }))
    }

    /// A device that paired anew still is the seat, whichever of its keys it sealed with.
    fn standing_of(&self, sealer: &Holder) -> domain::stage::Credential {
        let held = self.holders.iter().find(|holder| {
            holder.device == sealer.device
                && holder.credential() == domain::stage::Credential::Active
        });
        held.unwrap_or(sealer).credential()
    }

    async fn add(
        &self,
        tx: &mut Tx,
        signed: &SignedOp,
        read: &ReadOp,
        seq: Seq,
    ) -> Result<(), ServiceError> {
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
        tx.execute(OP_ADD, &row).await?;
        Ok(())
    }

    async fn add_sheet(
        &self,
        tx: &mut Tx,
        op: &Op,
        frame: &SheetFrame<'_>,
        seq: Seq,
        arrival: &Standing,
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
            seq,
            sheets::json(arrival),
        ];
        tx.execute(SHEET_ADD, &row).await?;
        Ok(())
    }

    async fn keep_malformed(
        &mut self,
        tx: &mut Tx,
        signed: &SignedOp,
        reason: RejectReason,
    ) -> Result<(), ServiceError> {
        let kept = tx.row(MALFORMED_COUNT, &params![self.bearer.seat]).await?;
        if MALFORMED_MAX <= kept.int("kept")? {
            return Ok(());
        }
        let hash = hex(&Sha256::digest(format!("{}\n{}", signed.body, signed.mac)));
        let text = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let reason = serde_json::to_string(&reason).unwrap_or_default();
        let county = tx.county();
        let row = params![
            Uuid::now_v7(),
            county,
            self.bearer.holder.contest,
            self.bearer.seat,
            self.bearer.holder.device,
            hash,
            text(&signed.body),
            text(&signed.mac),
            reason.trim_matches('"'),
            self.bearer.holder.credential,
            self.bearer.carrier,
            self.now,
        ];
        self.kept_malformed |= 0 < tx.execute(MALFORMED_ADD, &row).await?;
        Ok(())
    }
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

/// Refusals that a person is shown, because the sheet may be in there and nobody else has it.
fn is_unreadable(reason: RejectReason) -> bool {
    matches!(
        reason,
        RejectReason::Malformed
            | RejectReason::BadMac
            | RejectReason::NewerVersion
            | RejectReason::TooLarge
    )
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
