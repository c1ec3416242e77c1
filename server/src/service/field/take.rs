//! Push: what a link's phone sealed, taken op by op. An op that could be read lies in the log
//! whatever becomes of it; what it says is entered when it can be, and never twice.

use super::photo;
use crate::service::error::ServiceError;
use crate::service::holder::{Holder, of_link};
use crate::service::month::entry;
use crate::service::month::field::From;
use crate::service::sync::Bearer;
use crate::service::sync::seal::{self, ReadOp};
use crate::store::{Row, Store, Tx, params, statements};
use domain::ids::{AccountId, ContestId, LinkId, Millis, OpId, SeatId, Seq};
use serde_json::json;
use sync::protocol::{
    Change, FieldAct, HandOver, OpOutcome, Outcome, QuarantineReason, RejectReason, SignedOp,
    Standing,
};
use uuid::Uuid;

statements! {
    KNOWN = "select op_id, body, server_seq, received_at, standing from field_op
        where op_id = $1 or (link_id = $2 and device_id = $3 and device_seq = $4)";
    DRAFT = "select op_id from field_op where link_id = $1 and device_id = $2 and draft = $3
        and carries = 1";
    OP_ADD = "insert into field_op (op_id, county_id, server_seq, link_id, device_id, device_seq,
            body, mac, credential_id, carrier_id, draft, carries, standing, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
}

/// Takes a device's own ops.
///
/// # Errors
/// The database failed; then nothing of the batch was kept.
pub async fn push(
    store: &Store,
    (holder, link): (Holder, LinkId),
    ops: Vec<SignedOp>,
    now: Millis,
) -> Result<Vec<OpOutcome>, ServiceError> {
    let bearer = bearer(holder, link, None);
    store
        .write(move |tx| Box::pin(async move { take(tx, (&bearer, link), &ops, now).await }))
        .await
}

/// Takes the ops of a file that staff carry. `None`: its place is no link's.
///
/// # Errors
/// The device was never given this link, or the database failed.
pub async fn carry(
    tx: &mut Tx,
    staff: AccountId,
    file: &HandOver,
    now: Millis,
) -> Result<Option<Vec<OpOutcome>>, ServiceError> {
    if file.contest != ContestId(Uuid::nil()) {
        return Ok(None);
    }
    let link = LinkId(file.seat.0);
    let holders = of_link(tx, link, now).await?;
    let holder = holders
        .into_iter()
        .rfind(|holder| holder.device == file.device);
    let holder = holder.ok_or(ServiceError::NotFound("device"))?;
    let bearer = bearer(holder, link, Some(staff));
    take(tx, (&bearer, link), &file.ops, now).await.map(Some)
}

fn bearer(holder: Holder, link: LinkId, carrier: Option<AccountId>) -> Bearer {
    Bearer {
        holder,
        // On the wire a link stands where a seat does.
        seat: SeatId(link.0),
        carrier,
    }
}

async fn take(
    tx: &mut Tx,
    (bearer, link): (&Bearer, LinkId),
    ops: &[SignedOp],
    now: Millis,
) -> Result<Vec<OpOutcome>, ServiceError> {
    let holders = of_link(tx, link, now).await?;
    let mut outcomes = Vec::with_capacity(ops.len());
    for (signed, index) in ops.iter().zip(0_u32..) {
        let (op_id, outcome) = match seal::read(bearer, &holders, signed) {
            Err((op_id, reason)) => (op_id, Outcome::Rejected { reason }),
            Ok(read) => {
                let came = Came {
                    link,
                    read,
                    signed,
                    carrier: bearer.carrier,
                    now,
                };
                (Some(came.read.op.op_id), came.take(tx).await?)
            }
        };
        outcomes.push(OpOutcome {
            index,
            op_id,
            outcome,
        });
    }
    Ok(outcomes)
}

/// One op that could be read.
struct Came<'a> {
    link: LinkId,
    read: ReadOp,
    signed: &'a SignedOp,
    carrier: Option<AccountId>,
    now: Millis,
}

impl Came<'_> {
    async fn take(&self, tx: &mut Tx) -> Result<Outcome, ServiceError> {
        let op = &self.read.op;
        let key = params![op.op_id, self.link, op.device, op.device_seq.0];
        if let Some(known) = tx.row_opt(KNOWN, &key).await? {
            return self.known(&known);
        }
        let said = match &op.change {
            Change::Field(text) => serde_json::from_str::<FieldAct>(text).ok(),
            _ => None,
        };
        let draft = said.as_ref().map(FieldAct::draft).unwrap_or_default();
        let standing = match &said {
            None => Standing::Quarantined {
                reason: QuarantineReason::Malformed,
            },
            Some(said) => self.enter(tx, said).await?,
        };
        let seq = tx.next_seq(1).await?;
        self.keep(tx, seq, draft, &standing).await?;
        photo::announce(tx, (self.link, op.op_id), said.as_ref()).await?;
        Ok(Outcome::Applied {
            seq,
            at: self.now,
            standing,
        })
    }

    fn known(&self, known: &Row) -> Result<Outcome, ServiceError> {
        let reject = |reason| Ok(Outcome::Rejected { reason });
        if known.id::<OpId>("op_id")? != self.read.op.op_id {
            return reject(RejectReason::SeqReused);
        }
        if known.text("body")? != self.signed.body {
            return reject(RejectReason::IdReused);
        }
        Ok(Outcome::Duplicate {
            seq: known.seq("server_seq")?,
            at: known.millis("received_at")?,
            standing: known.json("standing")?,
        })
    }

    /// Enters what the op says. The same draft may have been sealed in two pages, and counts once.
    async fn enter(&self, tx: &mut Tx, said: &FieldAct) -> Result<Standing, ServiceError> {
        let op = &self.read.op;
        let same = params![self.link, op.device, said.draft()];
        if let Some(first) = tx.row_opt(DRAFT, &same).await? {
            let by = first.id("op_id")?;
            return Ok(Standing::Superseded { by });
        }
        let from = From {
            link: self.link,
            op_id: op.op_id,
            card: self.read.sealer.state,
            exception: None,
            came_at: self.now,
            now: self.now,
        };
        // What cannot be entered is kept and shown.
        let reason = match from.enter(tx, said).await {
            Ok(()) => return Ok(Standing::Counted),
            Err(ServiceError::Conflict(entry::WINDOW_OVER | "month_closed")) => {
                QuarantineReason::SealedAfterClose
            }
            Err(ServiceError::Conflict(
                entry::OVERTAKEN | "merit_decided" | "appealed" | "slip_state" | "flags_decided",
            )) => QuarantineReason::Overtaken,
            Err(ServiceError::Conflict(entry::CARD_GONE)) => QuarantineReason::CredentialReplaced,
            Err(
                ServiceError::Invalid(_)
                | ServiceError::NotFound(_)
                | ServiceError::Forbidden
                | ServiceError::Conflict(_),
            ) => QuarantineReason::Malformed,
            Err(error) => return Err(error),
        };
        Ok(Standing::Quarantined { reason })
    }

    async fn keep(
        &self,
        tx: &mut Tx,
        seq: Seq,
        draft: u64,
        standing: &Standing,
    ) -> Result<(), ServiceError> {
        let (op, county) = (&self.read.op, tx.county());
        let row = params![
            op.op_id,
            county,
            seq,
            self.link,
            op.device,
            op.device_seq.0,
            self.signed.body.as_str(),
            self.signed.mac.as_str(),
            self.read.sealer.credential,
            self.carrier,
            draft,
            *standing == Standing::Counted,
            json!(standing).to_string(),
            self.now,
        ];
        tx.execute(OP_ADD, &row).await?;
        Ok(())
    }
}
