//! What waits for an account (GY-15): acts that it has the capability for, and that are not the
//! second half of what it began itself.

use super::calendar;
use super::error::ServiceError;
use super::field;
use super::ladder::read::seasons;
use super::leaders;
use super::month::season::{charters, list};
use super::month::stale;
use super::permission;
use super::worklist;
use crate::store::{Store, Tx, params, statements};
use app::backend::{CalendarRow, Capability, Duties, Duty, MonthStage, SeasonName};
use domain::ids::{AccountId, Millis, SeasonId};
use domain::month::cadence::DutyState;
use domain::month::deadline::Deadline;
use domain::month::slip::SlipState;
use domain::month::{Day, Period};
use domain::worklist::WorkState;

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
    /// Nor a decision. Who confirmed a record does not decide the appeal against it.
    APPEALED_OF_OTHERS = "select m.season_id, m.period, count(*) as n from appeal a
        join merit m on m.merit_id = a.merit_id
        where m.county_id = $1 and (m.decided_by is null or m.decided_by <> $2)
            and a.state = 'open' and m.state = 'confirmed'
            and not exists (select 1 from closed_month c
                where c.season_id = m.season_id and c.period = m.period)
        group by m.season_id, m.period order by m.period";
    /// Of the newest edition of each month, neither issued nor set aside. $2 is 1 for who may read
    /// talks; so below.
    SLIPS_PROPOSED = "select count(*) as n from proposal p
        where p.season_id = $1 and (p.document = 'slip' or $2 = 1)
            and p.edition = (select max(q.edition) from posted_month q
                where q.season_id = p.season_id and q.period = p.period)
            and not exists (select 1 from slip s where s.season_id = p.season_id
                and s.period = p.period and s.unit_id = p.unit_id and s.rule = p.rule)
            and not exists (select 1 from proposal_aside a where a.season_id = p.season_id
                and a.period = p.period and a.unit_id = p.unit_id and a.rule = p.rule)";
    /// Issued or opened again, and past the day by which a reply is wanted.
    SLIPS_OVERDUE = "select count(*) as n from slip s
        where s.season_id = $1 and (s.document = 'slip' or $2 = 1)
            and coalesce((select t.kind from slip_step t where t.slip_id = s.slip_id
                order by t.position desc limit 1), 'reopen') = 'reopen'
            and coalesce((select t.day from slip_step t where t.slip_id = s.slip_id
                and t.kind = 'reopen' order by t.position desc limit 1), s.due) < $3";
    SLIPS_REPLIED = "select count(*) as n from slip s
        where s.season_id = $1 and (s.document = 'slip' or $2 = 1) and s.account_id <> $3
            and (select t.kind from slip_step t where t.slip_id = s.slip_id
                order by t.position desc limit 1) = 'reply'";
}

/// What waits for this account: what is overdue first, otherwise in the order in which a month
/// goes.
///
/// # Errors
/// The database failed.
pub async fn of(store: &Store, account: AccountId, now: Millis) -> Result<Duties, ServiceError> {
    let (mut tx, today) = (store.read().await?, Day::of(now));
    let may = permission::capabilities(&mut tx, account).await?;
    let (seasons, _) = seasons(&mut tx).await?;
    let mut duties = Vec::new();
    if may.contains(&Capability::Confirm) {
        duties.extend(of_months(&mut tx, account, RECORDED_BY_OTHERS, Duty::ConfirmRecords).await?);
        duties.extend(of_months(&mut tx, account, APPEALED_OF_OTHERS, Duty::DecideAppeals).await?);
    }
    if may.contains(&Capability::Organise) {
        duties.extend(months(store, now).await?);
        for season in &seasons {
            duties.extend(left_behind(&mut tx, season, &store.county().name).await?);
        }
    }
    if may.contains(&Capability::Publish) {
        duties.extend(closed(&mut tx, account).await?);
    }
    for season in &seasons {
        duties.extend(slips(&mut tx, account, &may, (season, today)).await?);
        duties.extend(works(&mut tx, account, &may, (season, today)).await?);
    }
    let visits = leaders::due(&mut tx, account, (&seasons, today)).await?;
    let visits = visits.into_iter();
    duties.extend(visits.map(|(season, name, owed)| Duty::Visits(season, name, owed)));
    duties.extend(of_calendar(
        calendar::due(&mut tx, &may, today).await?,
        today,
    ));
    duties.sort_by_key(|duty| !duty.is_overdue());
    Ok(Duties { duties, seasons })
}

/// Months that are over, hold something, are to be posted, and are not closed; the earliest first.
async fn months(store: &Store, now: Millis) -> Result<Vec<Duty>, ServiceError> {
    let current = Period::of(Day::of(now));
    let mut duties = Vec::new();
    let charters = charters(store).await?;
    for season in list(store, now).await? {
        let is_posted = |period| {
            charters
                .get(&season.id)
                .is_none_or(|rules| rules.posts(period))
        };
        let open = season.months.iter().rev();
        let open = open.filter(|month| month.stage == MonthStage::Open);
        let over = open.filter(|month| month.period < current && is_posted(month.period));
        duties.extend(over.map(|month| Duty::CloseMonth(season.id, month.period)));
    }
    Ok(duties)
}

/// What nobody would see otherwise: that a posted month has to follow what was entered or corrected
/// since, and what phones brought that could not be entered.
async fn left_behind(
    tx: &mut Tx,
    season: &SeasonName,
    county: &str,
) -> Result<Vec<Duty>, ServiceError> {
    let behind = stale::to_correct(tx, season.id, county).await?;
    let behind = behind.into_iter();
    let mut duties: Vec<_> = behind
        .map(|period| Duty::CorrectMonth(season.id, period))
        .collect();
    let kept = field::kept_count(tx, season.id).await?;
    duties.extend((0 < kept).then(|| Duty::Kept(season.clone(), kept)));
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

/// How many things wait in each month.
async fn of_months(
    tx: &mut Tx,
    account: AccountId,
    sql: &'static str,
    duty: fn(SeasonId, Period, u32) -> Duty,
) -> Result<Vec<Duty>, ServiceError> {
    let asked = params![tx.county(), account];
    let mut duties = Vec::new();
    for row in tx.rows(sql, &asked).await? {
        let (season, period) = (row.id("season_id")?, row.id("period")?);
        duties.push(duty(season, period, row.u32("n")?));
    }
    Ok(duties)
}

/// Of a season: what is to be decided, what another account issued and has its reply, and whose
/// reply is overdue.
async fn slips(
    tx: &mut Tx,
    account: AccountId,
    may: &[Capability],
    (of, today): (&SeasonName, Day),
) -> Result<Vec<Duty>, ServiceError> {
    let (confirms, organises) = (Capability::Confirm, Capability::Organise);
    if !may.contains(&confirms) && !may.contains(&organises) {
        return Ok(Vec::new());
    }
    let season = of.id;
    let reads_talks = may.contains(&Capability::Talks);
    let mut waiting = Vec::new();
    if may.contains(&confirms) {
        let proposed = tx
            .row(SLIPS_PROPOSED, &params![season, reads_talks])
            .await?;
        waiting.push((SlipState::Proposed, proposed.u32("n")?));
        let asked = params![season, reads_talks, account];
        let replied = tx.row(SLIPS_REPLIED, &asked).await?;
        waiting.push((SlipState::Replied, replied.u32("n")?));
    }
    let asked = params![season, reads_talks, today.to_string()];
    let overdue = tx.row(SLIPS_OVERDUE, &asked).await?;
    waiting.push((SlipState::Overdue, overdue.u32("n")?));
    let waiting = waiting.into_iter().filter(|(_, count)| 0 < *count);
    Ok(waiting
        .map(|(state, count)| Duty::Slips(of.clone(), state, count))
        .collect())
}

/// Of a season's worklist: what another account asked to be struck, and what is overdue.
async fn works(
    tx: &mut Tx,
    account: AccountId,
    may: &[Capability],
    (season, today): (&SeasonName, Day),
) -> Result<Vec<Duty>, ServiceError> {
    if !may.contains(&Capability::Confirm) && !may.contains(&Capability::Organise) {
        return Ok(Vec::new());
    }
    let (asked, overdue) = worklist::waiting(tx, account, (season, today)).await?;
    let waiting = [
        (Capability::Confirm, WorkState::Asked, asked),
        (Capability::Organise, WorkState::Active, overdue),
    ];
    let waiting = waiting.into_iter();
    let waiting = waiting.filter(|(owner, _, count)| may.contains(owner) && 0 < *count);
    Ok(waiting
        .map(|(_, state, count)| Duty::Work(season.clone(), state, count))
        .collect())
}

/// One for each row of the charter: the earliest, and how many are overdue.
fn of_calendar(rows: Vec<(SeasonId, CalendarRow)>, today: Day) -> Vec<Duty> {
    let mut duties: Vec<Duty> = Vec::new();
    for (of, row) in rows {
        let is_late = row.state == DutyState::Overdue;
        let of_row = duties.iter_mut().find_map(|duty| match duty {
            Duty::Calendar {
                season,
                rule,
                overdue,
                ..
            } if (*season, &*rule) == (of, &row.rule) => Some(overdue),
            _ => None,
        });
        match of_row {
            Some(overdue) => *overdue += u32::from(is_late),
            None => duties.push(Duty::Calendar {
                season: of,
                rule: row.rule,
                output: row.output,
                span: row.span,
                window: row.window,
                overdue: u32::from(is_late),
                is_near: Deadline::of(row.window.to, today) == Deadline::Near,
            }),
        }
    }
    duties
}
