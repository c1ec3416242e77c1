//! Posted months that come to something else since an earlier one was posted or corrected (GY-19).
//! They stay as they are until somebody corrects them: one act closes them all, each after the one
//! before it, and the second person posts them in that order.

use super::closing::close_record;
use super::group_flags;
use super::past::Pasts;
use super::posting::{Closed, closed, newest, post_closed};
use super::record::MonthRecord;
use super::snapshot::{changes, differs, snapshot};
use crate::assets::hex;
use crate::service::act::Act;
use crate::service::contests::check_code;
use crate::service::error::ServiceError;
use crate::store::{Tx, params, statements};
use app::backend::StaleMonth;
use domain::ids::{AccountId, SeasonId};
use domain::month::Period;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use sync::posted_month::PostedMonth;

statements! {
    POSTED_AFTER = "select p.period, p.past_hash from posted_month p
        where p.season_id = $1 and p.edition = (select max(q.edition)
            from posted_month q where q.season_id = p.season_id and q.period = p.period)
        order by p.period";
    /// Months that have a figure or a decision from after their newest posting, and are not closed
    /// again. A target holds through its year, so an earlier month's figure counts as well.
    TOUCHED_SINCE = "select p.period from posted_month p
        join season s on s.season_id = p.season_id
        where p.season_id = $1 and p.edition = (select max(q.edition)
                from posted_month q where q.season_id = p.season_id and q.period = p.period)
            and not exists (select 1 from closed_month c
                where c.season_id = p.season_id and c.period = p.period)
            and (exists (select 1 from merit m where m.season_id = p.season_id
                    and m.period = p.period and m.decided_at > p.posted_at)
                or exists (select 1 from figure f
                    join indicator i on i.indicator_id = f.indicator_id
                    where f.county_id = s.county_id and f.period <= p.period
                        and substr(f.period, 1, 4) = substr(p.period, 1, 4)
                        and i.season = s.name and f.created_at > p.posted_at))
        order by p.period";
}

/// One of them.
pub(super) struct Stale {
    pub period: Period,
    posted: PostedMonth,
    next: Next,
}

/// What would be posted.
enum Next {
    Waits {
        closed: Box<Closed>,
        /// The groups that object to their flags in it.
        objecting: Vec<String>,
    },
    Computed {
        record: Box<MonthRecord>,
        month: Box<PostedMonth>,
    },
}

/// The months of a season that have to follow, in their order. Each is computed as if those before
/// it were corrected; `pasts` are the season's, as they are posted.
pub(super) async fn stale(
    tx: &mut Tx,
    (season, mut pasts): (SeasonId, Pasts),
    county: &str,
) -> Result<Vec<Stale>, ServiceError> {
    let mut stale = Vec::new();
    for row in tx.rows(POSTED_AFTER, &params![season]).await? {
        let (period, hash) = (row.id("period")?, row.text("past_hash")?);
        // An earlier build did not keep it.
        if hash.is_empty() || hash == pasts.hash_before(period) {
            continue;
        }
        let month = (season, period);
        let posted = newest(tx, month).await?;
        let posted = posted.ok_or(ServiceError::NotFound("month"))?.month;
        if let Some(closed) = closed(tx, month).await? {
            pasts.put(period, closed.past.clone());
            let objecting = group_flags::objecting(tx, month, &closed.code).await?;
            let closed = Box::new(closed);
            let next = Next::Waits { closed, objecting };
            stale.push(Stale {
                period,
                posted,
                next,
            });
            continue;
        }
        let record = MonthRecord::load_after(tx, month, &pasts).await?;
        let result = record.compute()?;
        let now = snapshot(&record, &result, county);
        if differs(&posted, &now) {
            let past = json!(result.past(&record.registry.charter)).to_string();
            pasts.put(period, past);
            let next = Next::Computed {
                record: Box::new(record),
                month: Box::new(now),
            };
            stale.push(Stale {
                period,
                posted,
                next,
            });
        }
    }
    Ok(stale)
}

/// Posted months that would come to something else by now, whatever it is that changed, and that
/// nobody has closed again.
///
/// # Errors
/// The database failed.
pub(crate) async fn to_correct(
    tx: &mut Tx,
    season: SeasonId,
    county: &str,
) -> Result<Vec<Period>, ServiceError> {
    let pasts = Pasts::load(tx, season).await?;
    let stale = stale(tx, (season, pasts.clone()), county).await?;
    let stale = stale.into_iter();
    let stale = stale.filter(|one| matches!(one.next, Next::Computed { .. }));
    let mut behind: BTreeSet<Period> = stale.map(|one| one.period).collect();
    for row in tx.rows(TOUCHED_SINCE, &params![season]).await? {
        let period = row.id("period")?;
        if behind.contains(&period) {
            continue;
        }
        let record = MonthRecord::load_after(tx, (season, period), &pasts).await?;
        let now = snapshot(&record, &record.compute()?, county);
        if let Some(posted) = newest(tx, (season, period)).await?
            && differs(&posted.month, &now)
        {
            behind.insert(period);
        }
    }
    Ok(behind.into_iter().collect())
}

impl Stale {
    pub(super) fn row(&self, account: AccountId) -> StaleMonth {
        let (next, closed_by, objecting) = match &self.next {
            Next::Waits { closed, objecting } => {
                (&closed.month, Some(closed.account), objecting.clone())
            }
            Next::Computed { month, .. } => (&**month, None, Vec::new()),
        };
        StaleMonth {
            period: self.period,
            changes: changes(&self.posted, next),
            waits: closed_by.is_some(),
            is_own: closed_by == Some(account),
            objecting,
        }
    }
}

/// Names the closes of all of them. Empty while one of them is not closed.
pub(super) fn code(stale: &[Stale]) -> String {
    let mut hash = Sha256::new();
    for one in stale {
        match &one.next {
            Next::Waits { closed, .. } => hash.update(&closed.code),
            Next::Computed { .. } => return String::new(),
        }
    }
    check_code(&hex(&hash.finalize()))
}

pub(super) async fn close(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    reason: &str,
    county: &str,
) -> Result<(), ServiceError> {
    let pasts = Pasts::load(tx, season).await?;
    let stale = stale(tx, (season, pasts), county).await?;
    if stale.is_empty() {
        return Err(ServiceError::Conflict("nothing_changed"));
    }
    for one in stale {
        let Next::Computed { record, .. } = one.next else {
            return Err(ServiceError::Conflict("month_closed"));
        };
        let reason = match reason.trim() {
            "" => &one.posted.missing_reason,
            reason => reason,
        };
        close_record(tx, act, &record, (reason, ""), county).await?;
    }
    Ok(())
}

pub(super) async fn post(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    (seen, reason, despite): (&str, &str, &str),
    county: &str,
) -> Result<(), ServiceError> {
    let pasts = Pasts::load(tx, season).await?;
    let stale = stale(tx, (season, pasts), county).await?;
    let code = code(&stale);
    if stale.is_empty() || code.is_empty() {
        return Err(ServiceError::Conflict("month_not_closed"));
    }
    if code != seen {
        return Err(ServiceError::Conflict("month_changed"));
    }
    for one in stale {
        if let Next::Waits { closed, .. } = one.next {
            post_closed(tx, act, (season, one.period), *closed, (reason, despite)).await?;
        }
    }
    Ok(())
}
