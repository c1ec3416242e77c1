//! Close: computes the month and lays it before the second person, frozen. Until it is posted or
//! taken back, nothing of the month moves.

use super::Month;
use super::past::is_late;
use super::posting::{CLOSED_REMOVE, is_closed};
use super::record::MonthRecord;
use super::registry::Registry;
use super::snapshot::snapshot;
use super::{audit, text_of};
use crate::service::act::{Act, REASON_MAX, optional_text, reason as reason_of};
use crate::service::error::ServiceError;
use crate::store::{Tx, params, statements};
use app::backend::RegistryPart;
use serde_json::json;

statements! {
    CLOSED_ADD = "insert into closed_month (season_id, period, county_id, snapshot, past, registry,
            past_hash, account_id, closed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

/// Computes the month and lays it before the second person. What is missing needs a reason. A
/// month that was posted is computed by what its newest edition keeps.
pub(super) async fn close(
    tx: &mut Tx,
    act: &Act,
    month: Month,
    reason: &str,
    county: &str,
) -> Result<(), ServiceError> {
    let record = open_record(tx, month, false).await?;
    close_record(tx, act, &record, (reason, ""), county).await
}

/// The same for a correction that follows the season's registry of today. What is another one by
/// then, and why it is taken over, stands in the correction.
pub(super) async fn close_by_today(
    tx: &mut Tx,
    act: &Act,
    month: Month,
    (reason, why): (&str, &str),
    county: &str,
) -> Result<(), ServiceError> {
    let why = reason_of(why)?;
    let kept = Registry::kept(tx, month).await?;
    let record = open_record(tx, month, true).await?;
    let newer = kept.map(|kept| kept.differs(&record.registry));
    let newer = newer.filter(|parts| !parts.is_empty());
    let newer = newer.ok_or(ServiceError::Conflict("nothing_changed"))?;
    let parts: Vec<&str> = newer.into_iter().map(part_name).collect();
    let by_today = format!("改按现在的{}计算：{why}", parts.join("、"));
    close_record(tx, act, &record, (reason, &by_today), county).await
}

fn part_name(part: RegistryPart) -> &'static str {
    match part {
        RegistryPart::Charter => "规则",
        RegistryPart::Groups => "分组",
        RegistryPart::Pairs => "结对",
        RegistryPart::Indicators => "指标",
        RegistryPart::Teams => "队伍",
    }
}

async fn open_record(
    tx: &mut Tx,
    month: Month,
    by_today: bool,
) -> Result<MonthRecord, ServiceError> {
    if is_closed(tx, month).await? {
        return Err(ServiceError::Conflict("month_closed"));
    }
    let record = match by_today {
        true => MonthRecord::load_by_today(tx, month).await?,
        false => MonthRecord::load(tx, month).await?,
    };
    match record.registry.groups.is_empty() {
        true => Err(ServiceError::Conflict("no_units")),
        false => Ok(record),
    }
}

/// Freezes what the record comes to. `by_today` stands in the correction, where it is one.
pub(super) async fn close_record(
    tx: &mut Tx,
    act: &Act,
    record: &MonthRecord,
    (reason, by_today): (&str, &str),
    county: &str,
) -> Result<(), ServiceError> {
    let reason = optional_text("reason", reason, REASON_MAX)?;
    let result = record.compute()?;
    let mut snapshot = snapshot(record, &result, county);
    let missing = snapshot.missing as usize + record.undecided();
    if 0 < missing && reason.is_empty() {
        return Err(ServiceError::invalid(
            "reason",
            format!("missing:{missing}"),
        ));
    }
    snapshot.missing_reason.clone_from(&reason);
    snapshot.correction = by_today.to_owned();
    snapshot.late = is_late(tx, (record.season, record.period)).await?;
    let past = json!(result.past(&record.registry.charter)).to_string();
    let (text, registry) = (text_of(&snapshot)?, text_of(&record.registry)?);
    let (county, period) = (tx.county(), record.period.to_string());
    let row = params![
        record.season,
        period,
        county,
        text,
        past,
        registry,
        record.past_hash.as_str(),
        act.account,
        act.now
    ];
    tx.execute(CLOSED_ADD, &row).await?;
    let more = json!({ "reason": reason, "missing": missing, "by_today": by_today });
    audit(tx, act, "close_month", (record.season, record.period), more).await
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
