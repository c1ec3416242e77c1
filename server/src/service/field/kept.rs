//! What came from phones and could not be entered: shown in words ([`said`]), and decided about by
//! an account. Whatever is decided, the op itself stays.

mod said;

use super::photo;
use super::view;
use crate::service::act::{Act, reason as reason_of};
use crate::service::error::ServiceError;
use crate::service::holder::kind;
use crate::service::month::entry::OVERTAKEN;
use crate::service::month::field::From;
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::{KeptOp, KeptSaid};
use domain::ids::{Millis, OpId, SeasonId};
use said::Known;
use serde_json::json;
use sync::protocol::{CredentialState, FieldAct, Op, QuarantineReason, Standing};

statements! {
    KEPT = "select o.op_id, o.received_at, o.body, o.standing, o.carrier_id, l.holder, l.kind,
            k.entered, k.reason, p.size as photo, p.received_at as photo_at
        from field_op o join link l on l.link_id = o.link_id
        left join photo p on p.op_id = o.op_id
        left join kept_decision k on k.op_id = o.op_id
        where l.season_id = $1 and o.standing like '%quarantined%'
        order by case when k.op_id is null then 0 else 1 end, o.server_seq desc limit 300";
    KEPT_COUNT = "select count(*) as n from field_op o
        join link l on l.link_id = o.link_id
        left join kept_decision k on k.op_id = o.op_id
        where l.season_id = $1 and k.op_id is null and o.standing like '%quarantined%'";
    KEPT_ONE = "select o.link_id, o.body, o.received_at, k.entered from field_op o
        join link l on l.link_id = o.link_id
        left join kept_decision k on k.op_id = o.op_id
        where o.op_id = $1 and l.season_id = $2 and o.standing like '%quarantined%'";
    KEPT_DECIDE = "insert into kept_decision
            (op_id, county_id, entered, reason, account_id, decided_at)
        values ($1, $2, $3, $4, $5, $6)";
}

/// What waits in a season and what was decided, newest first.
///
/// # Errors
/// The database failed.
pub(super) async fn list(tx: &mut Tx, season: SeasonId) -> Result<Vec<KeptOp>, ServiceError> {
    let (mut kept, mut known) = (Vec::new(), Known::default());
    for row in tx.rows(KEPT, &params![season]).await? {
        let body = row.text("body")?;
        let op = serde_json::from_str::<Op>(&body).ok();
        let sealed_at = op.as_ref().map(|op| op.recorded_at);
        let said = match op.as_ref().and_then(act_of) {
            Some(said) => known.said(tx, season, said).await?,
            None => KeptSaid::Unread(body),
        };
        kept.push(kept_op(&row, sealed_at, said)?);
    }
    Ok(kept)
}

fn kept_op(row: &Row, sealed_at: Option<Millis>, said: KeptSaid) -> Result<KeptOp, StoreError> {
    let entered = row.int_opt("entered")?;
    let reason = row.text_opt("reason")?.unwrap_or_default();
    Ok(KeptOp {
        op: row.id("op_id")?,
        holder: row.text("holder")?,
        kind: kind(&row.text("kind")?),
        sealed_at,
        at: row.millis("received_at")?,
        is_carried: row.text_opt("carrier_id")?.is_some(),
        reason: match row.json("standing")? {
            Standing::Quarantined { reason } => reason,
            _ => QuarantineReason::Unknown,
        },
        said,
        photo: photo::state(row)?,
        decided: entered.map(|entered| (entered == 1, reason)),
    })
}

/// How much waits in a season.
///
/// # Errors
/// The database failed.
pub(in crate::service) async fn count(tx: &mut Tx, season: SeasonId) -> Result<u32, ServiceError> {
    Ok(tx.row(KEPT_COUNT, &params![season]).await?.u32("n")?)
}

fn act_of(op: &Op) -> Option<FieldAct> {
    serde_json::from_str(view::said(op)?).ok()
}

/// Enters an op as an exception, or leaves it out; either way with a reason, and once. What is
/// entered over values must be entered over those that the account `saw`, in their order.
///
/// # Errors
/// There is no such op, it was decided about, other values are there by now, or it cannot be
/// entered now either.
pub(super) async fn decide(
    tx: &mut Tx,
    act: &Act,
    (season, op): (SeasonId, OpId),
    (saw, reason): (Option<&[String]>, &str),
) -> Result<(), ServiceError> {
    let reason = reason_of(reason)?;
    let row = tx.row_opt(KEPT_ONE, &params![op, season]).await?;
    let row = row.ok_or(ServiceError::NotFound("op"))?;
    if row.int_opt("entered")?.is_some() {
        return Err(ServiceError::Conflict("kept_decided"));
    }
    if let Some(saw) = saw {
        let said = serde_json::from_str(&row.text("body")?).ok();
        let said = said.as_ref().and_then(act_of);
        let said = said.ok_or(ServiceError::NotFound("op"))?;
        let kept = Known::default().said(tx, season, said.clone()).await?;
        if !kept.may_be_entered() {
            return Err(ServiceError::NotFound("op"));
        }
        if kept.values_now() != saw {
            return Err(ServiceError::Conflict(OVERTAKEN));
        }
        let from = From {
            link: row.id("link_id")?,
            op_id: op,
            // The account answers for it, not the card.
            card: CredentialState::Active,
            exception: Some(act.account),
            came_at: row.millis("received_at")?,
            now: act.now,
        };
        from.enter(tx, &said).await?;
    }
    let is_entered = saw.is_some();
    let decision = params![op, tx.county(), is_entered, reason, act.account, act.now];
    tx.execute(KEPT_DECIDE, &decision).await?;
    let what = json!({ "do": "decide_kept", "op": op, "is_entered": is_entered });
    act.audit(tx, None, &what).await
}
