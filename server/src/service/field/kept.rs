//! What came from phones and could not be entered: shown as it came, and decided about by an
//! account. Whatever is decided, the op itself stays.

use super::photo;
use super::view::said;
use crate::service::act::{Act, reason as reason_of};
use crate::service::error::ServiceError;
use crate::service::month::entry::OVERTAKEN;
use crate::service::month::field::From;
use crate::store::{Tx, params, statements};
use app::backend::{KeptFigure, KeptFigures, KeptOp};
use domain::ids::{IndicatorId, OpId, SeasonId, UnitId};
use domain::month::Period;
use serde_json::json;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use sync::protocol::{
    CredentialState, FieldAct, FieldFigure, FieldFigures, QuarantineReason, Standing,
};

statements! {
    KEPT = "select o.op_id, o.received_at, o.body, o.standing, l.holder, k.entered, k.reason,
            p.size as photo, p.received_at as photo_at
        from field_op o join link l on l.link_id = o.link_id
        left join photo p on p.op_id = o.op_id
        left join kept_decision k on k.op_id = o.op_id
        where l.season_id = $1 and o.standing like '%quarantined%'
        order by case when k.op_id is null then 0 else 1 end, o.server_seq desc limit 300";
    KEPT_COUNT = "select count(*) as n from field_op o
        join link l on l.link_id = o.link_id
        left join kept_decision k on k.op_id = o.op_id
        where l.season_id = $1 and k.op_id is null and o.standing like '%quarantined%'";
    KEPT_ONE = "select o.link_id, o.body, k.entered from field_op o
        join link l on l.link_id = o.link_id
        left join kept_decision k on k.op_id = o.op_id
        where o.op_id = $1 and l.season_id = $2 and o.standing like '%quarantined%'";
    KEPT_DECIDE = "insert into kept_decision
            (op_id, county_id, entered, reason, account_id, decided_at)
        values ($1, $2, $3, $4, $5, $6)";
    KEPT_INDICATOR = "select name from indicator where indicator_id = $1 and county_id = $2";
    /// Every unit with its newest value of an indicator and month.
    KEPT_UNITS = "select u.unit_id, u.name, (select f.value from figure f
            where f.unit_id = u.unit_id and f.indicator_id = $1 and f.period = $2
            order by f.revision desc limit 1) as value
        from unit u where u.county_id = $3";
}

/// What waits in a season and what was decided, newest first.
///
/// # Errors
/// The database failed.
pub(super) async fn list(tx: &mut Tx, season: SeasonId) -> Result<Vec<KeptOp>, ServiceError> {
    let (mut kept, mut known) = (Vec::new(), Known::default());
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
                Some(FieldAct::Figures(one)) => known.figures(tx, one).await?,
                _ => None,
            },
            body,
            photo: photo::state(&row)?,
            decided: entered.map(|entered| (entered == 1, reason)),
        });
    }
    Ok(kept)
}

/// How much waits in a season.
///
/// # Errors
/// The database failed.
pub(in crate::service) async fn count(tx: &mut Tx, season: SeasonId) -> Result<u32, ServiceError> {
    Ok(tx.row(KEPT_COUNT, &params![season]).await?.u32("n")?)
}

/// Who may confirm decides about a record on the month's desk, in their own name.
fn may_enter(said: &FieldAct) -> bool {
    matches!(said, FieldAct::Figures(_) | FieldAct::Reply { .. })
}

fn act_of(body: &str) -> Option<FieldAct> {
    serde_json::from_str(&said(body)?).ok()
}

/// What is there of an indicator and month.
struct There {
    indicator: String,
    /// Name and value of each unit; the value is empty where there is none.
    units: BTreeMap<UnitId, (String, String)>,
}

/// One reading for all ops that are about the same indicator and month; `None`: it is not there.
#[derive(Default)]
struct Known(BTreeMap<(IndicatorId, Period), Option<There>>);

impl Known {
    /// The op's values beside those that are there. `None`: it names what is not there any more.
    async fn figures(
        &mut self,
        tx: &mut Tx,
        of: &FieldFigures,
    ) -> Result<Option<KeptFigures>, ServiceError> {
        let key = (of.indicator, of.period);
        if let Entry::Vacant(vacant) = self.0.entry(key) {
            vacant.insert(there(tx, key).await?);
        }
        let there = self.0.get(&key).and_then(Option::as_ref);
        Ok(there.and_then(|there| there.beside(of)))
    }
}

impl There {
    fn beside(&self, of: &FieldFigures) -> Option<KeptFigures> {
        let row = |figure: &FieldFigure| {
            let (unit, now) = self.units.get(&figure.unit)?.clone();
            let value = figure.value.clone();
            Some(KeptFigure { unit, value, now })
        };
        Some(KeptFigures {
            indicator: self.indicator.clone(),
            period: of.period,
            rows: of.figures.iter().map(row).collect::<Option<_>>()?,
        })
    }
}

async fn there(
    tx: &mut Tx,
    (indicator, period): (IndicatorId, Period),
) -> Result<Option<There>, ServiceError> {
    let county = tx.county();
    let row = tx
        .row_opt(KEPT_INDICATOR, &params![indicator, county])
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let mut units = BTreeMap::new();
    let asked = params![indicator, period.to_string(), county];
    for unit in tx.rows(KEPT_UNITS, &asked).await? {
        let value = unit.text_opt("value")?.unwrap_or_default();
        units.insert(unit.id("unit_id")?, (unit.text("name")?, value));
    }
    Ok(Some(There {
        indicator: row.text("name")?,
        units,
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
            let known = Known::default().figures(tx, one).await?;
            let known = known.ok_or(ServiceError::NotFound("op"))?;
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
