//! What the desk hears beside the numbers that everybody does: how many sheets have come, and how
//! the pads are.

use super::error::ServiceError;
use super::presence::{BEHIND_MS, Presence, Presences};
use super::record;
use crate::store::{Row, StoreError, Tx, params, statements};
use domain::ids::{ContestId, CredentialId, Millis, Seq};
use sync::protocol::PadCounts;

statements! {
    LIVE_CONTEST = "select changed_seq from contest where contest_id = $1 and county_id = $2";
    LIVE_CHANGED_AT = "select at from event where seq = $1";
    LIVE_PADS = "select credential_id, last_seen_at, pending, last_seq from credential
        where contest_id = $1 and kind = 'seat' and state = 'active'";
}

/// The number of the last change that everybody may hear; `NotFound` for an unknown contest.
///
/// # Errors
/// There is no such contest, or the database failed.
pub async fn changed(tx: &mut Tx, contest: ContestId) -> Result<Seq, ServiceError> {
    let county = tx.county();
    let row = tx
        .row_opt(LIVE_CONTEST, &params![contest, county])
        .await?
        .ok_or(ServiceError::NotFound("contest"))?;
    Ok(row.seq("changed_seq")?)
}

/// 实收 and 应收 of a contest.
///
/// # Errors
/// The database failed.
pub async fn tally(tx: &mut Tx, contest: ContestId) -> Result<(u32, u32), ServiceError> {
    let record = record::load(tx, contest).await?;
    let tally = record.places().tally_all();
    Ok((tally.received, tally.expected))
}

/// How the pads of a contest are.
///
/// # Errors
/// The database failed.
pub async fn pads(
    tx: &mut Tx,
    contest: ContestId,
    presences: &Presences,
    now: Millis,
) -> Result<PadCounts, ServiceError> {
    let changed = changed(tx, contest).await?;
    let changed_at = tx.row_opt(LIVE_CHANGED_AT, &params![changed]).await?;
    let changed_at = changed_at.map(|row| row.millis("at")).transpose()?;
    let is_old_news = BEHIND_MS < now.0.saturating_sub(changed_at.unwrap_or_default().0);
    let mut counts = PadCounts::default();
    for row in tx.rows(LIVE_PADS, &params![contest]).await? {
        let presence = presence(&row, presences)?;
        counts.pending += presence.pending;
        if !presence.is_online(now) {
            counts.offline += 1;
        } else if is_old_news && presence.last_seq < changed {
            counts.behind += 1;
        } else {
            counts.online += 1;
        }
    }
    Ok(counts)
}

fn presence(row: &Row, presences: &Presences) -> Result<Presence, StoreError> {
    let credential: CredentialId = row.id("credential_id")?;
    if let Some(heard) = presences.of(credential) {
        return Ok(heard);
    }
    Ok(Presence {
        last_seen: row.millis_opt("last_seen_at")?.unwrap_or_default(),
        pending: row.u32("pending")?,
        last_seq: row.seq("last_seq")?,
    })
}
