//! What waits for an account (GY-15): acts that it has the capability for, and that are not the
//! second half of what it began itself.

use super::error::ServiceError;
use super::ladder::read;
use super::month::season::{list, period_of};
use super::permission;
use crate::store::{Store, Tx, params, statements};
use app::backend::{Capability, Duty, MonthStage, SlipsPage};
use domain::ids::{AccountId, Millis};
use domain::month::Period;
use domain::month::slip::SlipState;

statements! {
    CLOSED_BY_OTHERS = "select season_id, period from closed_month
        where county_id = $1 and account_id <> $2 order by period";
    /// A month that is closed takes no confirmation.
    RECORDED_BY_OTHERS = "select m.season_id, m.period, count(*) as n from merit m
        where m.county_id = $1 and (m.recorded_by is null or m.recorded_by <> $2)
            and m.state = 'recorded'
            and not exists (select 1 from closed_month c
                where c.season_id = m.season_id and c.period = m.period)
        group by m.season_id, m.period order by m.period";
    REPLIED_OF_OTHERS = "select count(*) as n from slip s
        where s.season_id = $1 and s.account_id <> $2 and (s.document = 'slip' or $3 = 1)
            and (select t.kind from slip_step t where t.slip_id = s.slip_id
                order by t.position desc limit 1) = 'reply'";
}

/// What waits for this account, in the order in which a month goes.
///
/// # Errors
/// The database failed.
pub async fn of(store: &Store, account: AccountId, now: Millis) -> Result<Vec<Duty>, ServiceError> {
    let may = permission::capabilities(&mut store.read().await?, account).await?;
    let mut duties = Vec::new();
    if may.contains(&Capability::Confirm) {
        duties.extend(records(&mut store.read().await?, account).await?);
    }
    if may.contains(&Capability::Organise) {
        duties.extend(months(store, now).await?);
    }
    if may.contains(&Capability::Publish) {
        duties.extend(closed(&mut store.read().await?, account).await?);
    }
    if may.contains(&Capability::Confirm) || may.contains(&Capability::Organise) {
        let asked = (None, SlipState::default());
        let page = read::slips(store, account, asked, now).await?;
        duties.extend(slips(&mut store.read().await?, account, &page).await?);
    }
    Ok(duties)
}

/// Months that are over, hold something, and are not closed; the earliest first.
async fn months(store: &Store, now: Millis) -> Result<Vec<Duty>, ServiceError> {
    let current = period_of(now);
    let mut duties = Vec::new();
    for season in list(store, now).await? {
        let open = season.months.iter().rev();
        let open = open.filter(|month| month.stage == MonthStage::Open);
        let is_over = |period: Period| current.is_some_and(|current| period < current);
        let over = open.filter(|month| is_over(month.period));
        duties.extend(over.map(|month| Duty::CloseMonth(season.id, month.period)));
    }
    Ok(duties)
}

async fn closed(tx: &mut Tx, account: AccountId) -> Result<Vec<Duty>, ServiceError> {
    let asked = params![tx.county(), account];
    let mut duties = Vec::new();
    for row in tx.rows(CLOSED_BY_OTHERS, &asked).await? {
        duties.push(Duty::PostMonth(row.id("season_id")?, row.id("period")?));
    }
    Ok(duties)
}

async fn records(tx: &mut Tx, account: AccountId) -> Result<Vec<Duty>, ServiceError> {
    let asked = params![tx.county(), account];
    let mut duties = Vec::new();
    for row in tx.rows(RECORDED_BY_OTHERS, &asked).await? {
        let (season, period) = (row.id("season_id")?, row.id("period")?);
        duties.push(Duty::ConfirmRecords(season, period, row.u32("n")?));
    }
    Ok(duties)
}

/// Of the newest season: what is to be decided, whose reply is overdue, and what another account
/// issued and has its reply.
async fn slips(
    tx: &mut Tx,
    account: AccountId,
    page: &SlipsPage,
) -> Result<Vec<Duty>, ServiceError> {
    let Some(season) = &page.season else {
        return Ok(Vec::new());
    };
    let mut waiting = Vec::new();
    let counts = || SlipState::ALL.into_iter().zip(&page.counts);
    let count = |asked| counts().find(|(state, _)| *state == asked);
    let count = |asked| count(asked).map_or(0, |(_, count)| *count);
    if page.may.contains(&Capability::Confirm) {
        let reads_talks = page.may.contains(&Capability::Talks);
        let asked = params![season.id, account, reads_talks];
        let replied = tx.row(REPLIED_OF_OTHERS, &asked).await?.u32("n")?;
        waiting.push((SlipState::Proposed, count(SlipState::Proposed)));
        waiting.push((SlipState::Replied, replied));
    }
    waiting.push((SlipState::Overdue, count(SlipState::Overdue)));
    let waiting = waiting.into_iter().filter(|(_, count)| 0 < *count);
    Ok(waiting
        .map(|(state, count)| Duty::Slips(season.id, state, count))
        .collect())
}
