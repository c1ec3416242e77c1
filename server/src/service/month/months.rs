//! The first and the last month of a season (GY-3): said where it is begun, and changed by an
//! organiser with a reason that stays on record.

use super::season::Season;
use crate::service::act::{Act, reason as reason_of};
use crate::service::error::ServiceError;
use crate::service::permission;
use crate::store::{StoreError, Tx, params, statements};
use app::backend::Capability;
use domain::ids::SeasonId;
use domain::month::Period;
use domain::month::season_months::SeasonMonths;
use serde_json::json;

statements! {
    MONTHS_SET = "update season set first_month = $2, last_month = $3 where season_id = $1";
    /// What stays in the season whatever is said.
    MONTHS_KEPT = "select min(period) as first, max(period) as last from (
            select period from posted_month where season_id = $1
            union select period from closed_month where season_id = $1) as kept";
    LAST_OF_FOLLOWED = "select s.last_month from season s
        join season n on n.follows = s.season_id where n.season_id = $1";
    FIRST_OF_FOLLOWING = "select min(first_month) as first from season where follows = $1";
}

/// What an organiser typed: `2026-01` and `2026-12`, or nothing twice.
///
/// # Errors
/// One of them is no month, or they are not in order.
pub(crate) fn read(from: &str, to: &str) -> Result<Option<SeasonMonths>, ServiceError> {
    let (from, to) = (from.trim(), to.trim());
    if from.is_empty() && to.is_empty() {
        return Ok(None);
    }
    let month = |at, text: &str| {
        let period = text.parse::<Period>();
        period.map_err(|_| ServiceError::invalid(at, "not_a_month"))
    };
    let months = SeasonMonths::new(month("from", from)?, month("to", to)?);
    months.map(Some).ok_or_else(wrong)
}

fn wrong() -> ServiceError {
    ServiceError::invalid("to", "season_months")
}

/// Says them of a season that is new, or was checked otherwise.
///
/// # Errors
/// A month that was closed or posted would lie outside, or the season would overlap with one that
/// it follows or that follows it.
pub(crate) async fn put(
    tx: &mut Tx,
    season: SeasonId,
    months: Option<SeasonMonths>,
) -> Result<(), ServiceError> {
    if let Some(months) = months {
        let kept = tx.row(MONTHS_KEPT, &params![season]).await?;
        let kept: [Option<Period>; 2] = [kept.id_opt("first")?, kept.id_opt("last")?];
        let is_kept = kept.into_iter().flatten().all(|one| months.contains(one));
        if !is_kept || overlaps(tx, season, months).await? {
            return Err(wrong());
        }
    }
    let [first, last] = [months.map(|one| one.from), months.map(|one| one.to)];
    let [first, last] = [first, last].map(|period| period.map(String::from));
    tx.execute(MONTHS_SET, &params![season, first, last])
        .await?;
    Ok(())
}

async fn overlaps(tx: &mut Tx, season: SeasonId, months: SeasonMonths) -> Result<bool, StoreError> {
    let before = tx.row_opt(LAST_OF_FOLLOWED, &params![season]).await?;
    let before: Option<Period> = match before {
        Some(row) => row.id_opt("last_month")?,
        None => None,
    };
    let after = tx.row(FIRST_OF_FOLLOWING, &params![season]).await?;
    let after: Option<Period> = after.id_opt("first")?;
    let is_behind = before.is_none_or(|last| last < months.from);
    Ok(!is_behind || after.is_some_and(|first| first <= months.to))
}

/// Changes them, or takes them back.
///
/// # Errors
/// The account does not organise, no reason was given, nothing would change, or the months are not
/// right.
pub(crate) async fn set(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    (from, to, reason): (&str, &str, &str),
) -> Result<(), ServiceError> {
    permission::may(tx, act.account, &[Capability::Organise]).await?;
    let season = Season::load(tx, season).await?;
    let reason = reason_of(reason)?;
    let months = read(from, to)?;
    if months == season.months {
        return Err(ServiceError::Conflict("nothing_changed"));
    }
    put(tx, season.id, months).await?;
    let what = json!({ "do": "set_season_months", "season": season.id, "before": season.months,
        "after": months, "reason": reason });
    act.audit(tx, None, &what).await
}
