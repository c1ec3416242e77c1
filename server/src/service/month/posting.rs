//! Close and post. One account closes, which computes and freezes; another posts what was frozen.
//! Invariant: an edition that was posted never changes; what changed afterwards is a further
//! edition that says so.

use super::Month;
use super::record::MonthRecord;
use super::snapshot::{changes, differs, snapshot};
use crate::assets::hex;
use crate::service::act::{Act, REASON_MAX, optional_text};
use crate::service::contests::check_code;
use crate::service::error::ServiceError;
use crate::service::ladder::proposals;
use crate::store::{Row, StoreError, Tx, params, statements, statements_of_rows};
use domain::ids::{AccountId, Millis};
use domain::month::board::Listed;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use sync::posted_month::PostedMonth;

statements! {
    IS_CLOSED = "select period from closed_month where season_id = $1 and period = $2";
    PAST_SINCE = "select period from posted_month
        where season_id = $1 and period < $2 and posted_at >= $3 limit 1";
    CLOSED = "select * from closed_month where season_id = $1 and period = $2";
    CLOSED_ADD = "insert into closed_month
        (season_id, period, county_id, snapshot, past, account_id, closed_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    CLOSED_REMOVE = "delete from closed_month where season_id = $1 and period = $2";
    MONTH_NEWEST = "select * from posted_month where season_id = $1 and period = $2
        order by edition desc limit 1";
    MONTH_ADD = "insert into posted_month (season_id, period, edition, county_id, snapshot, hash,
            past, closed_by, posted_by, posted_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

statements_of_rows! {
    PLACE_ADD = "insert into posted_unit (season_id, period, edition, unit_id, county_id,
            group_name, of_units, rank, score, listed)
        select * from (values",
        "(cast($1 as text), cast($2 as text), cast($3 as bigint), cast($4 as text),
            cast($5 as text), cast($6 as text), cast($7 as bigint), cast($8 as bigint),
            cast($9 as text), cast($10 as text))",
        ") as came where column1 is not null";
}

/// A month that waits for the second person.
pub struct Closed {
    pub month: PostedMonth,
    /// Names exactly this close, so that nobody posts another one than they saw.
    pub code: String,
    closed_at: Millis,
    past: String,
    pub account: AccountId,
}

/// A frozen month with the hash of its bytes.
pub struct Posted {
    pub month: PostedMonth,
    pub hash: String,
}

impl Posted {
    pub fn check_code(&self) -> String {
        check_code(&self.hash)
    }

    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            month: row.json("snapshot")?,
            hash: row.text("hash")?,
        })
    }
}

pub(super) async fn closed(
    tx: &mut Tx,
    (season, period): Month,
) -> Result<Option<Closed>, ServiceError> {
    let row = tx
        .row_opt(CLOSED, &params![season, period.to_string()])
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let text = row.text("snapshot")?;
    Ok(Some(Closed {
        code: check_code(&hex(&Sha256::digest(text.as_bytes()))),
        closed_at: row.millis("closed_at")?,
        month: row.json("snapshot")?,
        past: row.text("past")?,
        account: row.id("account_id")?,
    }))
}

pub(super) async fn is_closed(tx: &mut Tx, month: Month) -> Result<bool, ServiceError> {
    let row = tx
        .row_opt(IS_CLOSED, &params![month.0, month.1.to_string()])
        .await?;
    Ok(row.is_some())
}

/// The newest edition of a month.
pub(crate) async fn newest(
    tx: &mut Tx,
    (season, period): Month,
) -> Result<Option<Posted>, ServiceError> {
    let row = tx
        .row_opt(MONTH_NEWEST, &params![season, period.to_string()])
        .await?;
    Ok(row.as_ref().map(Posted::read).transpose()?)
}

/// Computes the month and lays it before the second person. What is missing needs a reason.
pub(super) async fn close(
    tx: &mut Tx,
    act: &Act,
    month: Month,
    reason: &str,
    county: &str,
) -> Result<(), ServiceError> {
    let reason = optional_text("reason", reason, REASON_MAX)?;
    if is_closed(tx, month).await? {
        return Err(ServiceError::Conflict("month_closed"));
    }
    let record = MonthRecord::load(tx, month.0, month.1).await?;
    if record.groups.is_empty() {
        return Err(ServiceError::Conflict("no_units"));
    }
    let result = record.compute()?;
    let mut snapshot = snapshot(&record, &result, county);
    let missing = snapshot.missing as usize + record.unconfirmed();
    if 0 < missing && reason.is_empty() {
        return Err(ServiceError::invalid(
            "reason",
            format!("missing:{missing}"),
        ));
    }
    snapshot.missing_reason.clone_from(&reason);
    let past = json!(result.past(&record.season.charter)).to_string();
    let (text, county) = (text_of(&snapshot)?, tx.county());
    let period = month.1.to_string();
    let row = params![month.0, period, county, text, past, act.account, act.now];
    tx.execute(CLOSED_ADD, &row).await?;
    audit(
        tx,
        act,
        "close_month",
        month,
        json!({ "reason": reason, "missing": missing }),
    )
    .await
}

/// Takes a close back: figures and records may move again.
pub(super) async fn reopen(tx: &mut Tx, act: &Act, month: Month) -> Result<(), ServiceError> {
    let removed = tx
        .execute(CLOSED_REMOVE, &params![month.0, month.1.to_string()])
        .await?;
    if removed == 0 {
        return Err(ServiceError::Conflict("month_not_closed"));
    }
    audit(tx, act, "reopen_month", month, json!({})).await
}

/// Posts what was closed, by a second person.
pub(super) async fn post(
    tx: &mut Tx,
    act: &Act,
    month: Month,
    (code, reason): (&str, &str),
) -> Result<(), ServiceError> {
    let reason = optional_text("reason", reason, REASON_MAX)?;
    let closed = closed(tx, month).await?;
    let closed = closed.ok_or(ServiceError::Conflict("month_not_closed"))?;
    if closed.account == act.account {
        return Err(ServiceError::Conflict("same_account"));
    }
    if closed.code != code {
        return Err(ServiceError::Conflict("month_changed"));
    }
    let since = params![month.0, month.1.to_string(), closed.closed_at];
    if tx.row_opt(PAST_SINCE, &since).await?.is_some() {
        return Err(ServiceError::Conflict("past_changed"));
    }
    let mut posted = closed.month;
    posted.posted_at = act.now;
    if let Some(before) = newest(tx, month).await? {
        posted.edition = before.month.edition + 1;
        posted.correction = correction(&before.month, &posted, reason)?;
    }
    let text = text_of(&posted)?;
    let hash = hex(&Sha256::digest(text.as_bytes()));
    let (period, county) = (month.1.to_string(), tx.county());
    let row = params![
        month.0,
        period,
        posted.edition,
        county,
        text,
        &hash,
        closed.past,
        closed.account,
        act.account,
        act.now
    ];
    tx.execute(MONTH_ADD, &row).await?;
    let places = places(&posted, month, county);
    tx.batch([PLACE_ADD.ask(places)]).await?;
    proposals::write(tx, &posted).await?;
    tx.execute(CLOSED_REMOVE, &params![month.0, month.1.to_string()])
        .await?;
    let more = json!({ "edition": posted.edition, "check_code": check_code(&hash) });
    audit(tx, act, "post_month", month, more).await
}

fn correction(
    before: &PostedMonth,
    after: &PostedMonth,
    reason: String,
) -> Result<String, ServiceError> {
    if !differs(before, after) {
        return Err(ServiceError::Conflict("nothing_changed"));
    }
    if reason.is_empty() {
        return Err(ServiceError::invalid("reason", "empty"));
    }
    let lines = std::iter::once(reason).chain(changes(before, after));
    Ok(lines.collect::<Vec<_>>().join("；"))
}

fn places(
    posted: &PostedMonth,
    month: Month,
    county: domain::ids::CountyId,
) -> Vec<[crate::store::Value; 10]> {
    let own = posted.units().filter(|(_, unit)| !unit.external);
    let place = |(group, unit): (
        &sync::posted_month::PostedGroup,
        &sync::posted_month::PostedUnit,
    )| {
        let listed = match unit.listed {
            Some(Listed::Red) => "red",
            Some(Listed::Black) => "black",
            None => "",
        };
        params![
            month.0,
            month.1.to_string(),
            posted.edition,
            unit.unit,
            county,
            group.name.as_str(),
            group.ranked(),
            unit.rank.map(i64::from),
            unit.score.clone().unwrap_or_default(),
            listed,
        ]
    };
    own.map(place).collect()
}

fn text_of(month: &PostedMonth) -> Result<String, ServiceError> {
    serde_json::to_string(month).map_err(|error| ServiceError::Internal(anyhow::Error::new(error)))
}

async fn audit(
    tx: &mut Tx,
    act: &Act,
    what: &str,
    (season, period): Month,
    mut more: serde_json::Value,
) -> Result<(), ServiceError> {
    more["do"] = json!(what);
    more["season"] = json!(season);
    more["period"] = json!(period);
    act.audit(tx, None, &more).await
}

/// The month that a row is of.
pub(super) fn month_of(row: &Row) -> Result<Month, StoreError> {
    Ok((row.id("season_id")?, row.id("period")?))
}
