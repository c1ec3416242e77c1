//! What came from phones and could not be entered: shown as it came, and decided about by an
//! account. Whatever is decided, the op itself stays.

use super::view::said;
use crate::service::act::{Act, reason as reason_of};
use crate::service::error::ServiceError;
use crate::service::month::entry::OVERTAKEN;
use crate::service::month::field::From;
use crate::store::{Row, Tx, params, statements};
use app::backend::{KeptFigure, KeptFigures, KeptOp};
use domain::ids::{OpId, SeasonId};
use serde_json::json;
use sync::protocol::{CredentialState, FieldAct, FieldFigures, QuarantineReason, Standing};

statements! {
    KEPT = "select o.op_id, o.received_at, o.body, o.standing, l.holder, k.entered, k.reason
        from field_op o join link l on l.link_id = o.link_id
        left join kept_decision k on k.op_id = o.op_id
        where l.season_id = $1 and o.standing like '%quarantined%'
        order by case when k.op_id is null then 0 else 1 end, o.server_seq desc limit 300";
    KEPT_ONE = "select o.link_id, o.body, k.entered from field_op o
        join link l on l.link_id = o.link_id
        left join kept_decision k on k.op_id = o.op_id
        where o.op_id = $1 and l.season_id = $2 and o.standing like '%quarantined%'";
    KEPT_DECIDE = "insert into kept_decision
            (op_id, county_id, entered, reason, account_id, decided_at)
        values ($1, $2, $3, $4, $5, $6)";
    KEPT_INDICATOR = "select name from indicator where indicator_id = $1 and county_id = $2";
    KEPT_UNIT = "select u.name, (select f.value from figure f
            where f.unit_id = u.unit_id and f.indicator_id = $2 and f.period = $3
            order by f.revision desc limit 1) as value
        from unit u where u.unit_id = $1 and u.county_id = $4";
}

/// What waits in a season and what was decided, newest first.
///
/// # Errors
/// The database failed.
pub(super) async fn list(tx: &mut Tx, season: SeasonId) -> Result<Vec<KeptOp>, ServiceError> {
    let mut kept = Vec::new();
    for row in tx.rows(KEPT, &params![season]).await? {
        let body = row.text("body")?;
        let entered = row.int_opt("entered")?;
        let reason = row.text_opt("reason")?.unwrap_or_default();
        let said = act_of(&body);
        kept.push(KeptOp {
            op: row.id("op_id")?,
            may_enter: said.as_ref().is_some_and(may_enter),
            holder: row.text("holder")?,
            at: row.millis("received_at")?,
            reason: match row.json("standing")? {
                Standing::Quarantined { reason } => reason,
                _ => QuarantineReason::Unknown,
            },
            figures: match &said {
                Some(FieldAct::Figures(one)) => figures(tx, one).await?,
                _ => None,
            },
            body,
            decided: entered.map(|entered| (entered == 1, reason)),
        });
    }
    Ok(kept)
}

/// Who may confirm decides about a record on the month's desk, in their own name.
fn may_enter(said: &FieldAct) -> bool {
    matches!(said, FieldAct::Figures(_) | FieldAct::Reply { .. })
}

fn act_of(body: &str) -> Option<FieldAct> {
    serde_json::from_str(&said(body)?).ok()
}

async fn figures(tx: &mut Tx, of: &FieldFigures) -> Result<Option<KeptFigures>, ServiceError> {
    let county = tx.county();
    let known = tx
        .row_opt(KEPT_INDICATOR, &params![of.indicator, county])
        .await?;
    let Some(indicator) = known else {
        return Ok(None);
    };
    let mut rows = Vec::with_capacity(of.figures.len());
    for figure in &of.figures {
        let asked = params![figure.unit, of.indicator, of.period.to_string(), county];
        let unit: Option<Row> = tx.row_opt(KEPT_UNIT, &asked).await?;
        let Some(unit) = unit else {
            return Ok(None);
        };
        rows.push(KeptFigure {
            unit: unit.text("name")?,
            value: figure.value.clone(),
            now: unit.text_opt("value")?.unwrap_or_default(),
        });
    }
    Ok(Some(KeptFigures {
        indicator: indicator.text("name")?,
        period: of.period,
        rows,
    }))
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
        let said = act_of(&row.text("body")?).filter(may_enter);
        let said = said.ok_or(ServiceError::NotFound("op"))?;
        if let FieldAct::Figures(one) = &said {
            let known = figures(tx, one)
                .await?
                .ok_or(ServiceError::NotFound("op"))?;
            if !known.rows.iter().map(|row| &row.now).eq(saw) {
                return Err(ServiceError::Conflict(OVERTAKEN));
            }
        }
        let from = From {
            link: row.id("link_id")?,
            op_id: op,
            // The account answers for it, not the card.
            card: CredentialState::Active,
            exception: Some(act.account),
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
