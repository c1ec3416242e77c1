//! The season's calendar (GY-15): the charter's cadences over the season's months, and what was
//! done of each duty: what exists says so, or a person does. What a person said stays on record.

pub mod docx;
mod outcome;
pub mod sheet;
mod year;

use super::act::{Act, REASON_MAX, reason as reason_of, text_of};
use super::error::ServiceError;
use super::month::months;
use super::month::season::Season;
use super::permission;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::{CalendarCommand, CalendarPage, CalendarRow, Capability, DutyDone, GoneDuty};
use domain::ids::{AccountId, Millis, SeasonId};
use domain::month::cadence::{Duty, DutyState, Output, Span, duties};
use domain::month::season_months::SeasonMonths;
use domain::month::{Day, Period};
use futures::FutureExt as _;
use serde_json::json;
use std::collections::BTreeMap;

statements! {
    /// The months of a season in which anything is there.
    MONTHS_THERE = "select min(period) as earliest, max(period) as latest from (
            select f.period from figure f join indicator i on i.indicator_id = f.indicator_id
                where f.county_id = $1 and i.season = $2
            union select period from merit where season_id = $3
            union select period from posted_month where season_id = $3) as there";
    DUTY_ACTS = "select d.rule, d.span, d.kind, d.words, d.at, a.login from duty_act d
        join account a on a.account_id = d.account_id
        where d.season_id = $1 order by d.position";
    DUTY_LAST = "select position, kind from duty_act
        where season_id = $1 and rule = $2 and span = $3 order by position desc limit 1";
    DUTY_ADD = "insert into duty_act
            (season_id, rule, span, position, county_id, kind, words, account_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    MONTHS_OUT = "select period, min(posted_at) as at from posted_month
        where season_id = $1 group by period";
    DAYS_OF_RECORDS = "select day, count(*) as n from merit
        where season_id = $1 and state <> 'void' group by day";
    SEASON_IDS = "select season_id from season where county_id = $1 order by name desc";
}

/// What says that duties were done.
struct Known {
    said: BTreeMap<(String, Day), DutyDone>,
    posted: BTreeMap<Period, Millis>,
    records: BTreeMap<Day, u32>,
}

/// The calendar of a season.
///
/// # Errors
/// There is no such season, or the database failed.
pub async fn page(
    store: &Store,
    account: AccountId,
    season: SeasonId,
    today: Day,
) -> Result<CalendarPage, ServiceError> {
    let mut tx = store.read().await?;
    let may = permission::capabilities(&mut tx, account).await?;
    let season = Season::load(&mut tx, season).await?;
    let months = in_effect(&mut tx, &season).await?;
    let known = Known::load(&mut tx, season.id).await?;
    let rows = rows(&known, (&season, months.span()), today);
    Ok(CalendarPage {
        dates: season.months,
        months,
        season: season.id,
        gone: known.gone(&rows),
        rows,
        season_name: season.name,
        today,
        may,
    })
}

/// What is due, not done, and owed by whoever may do this: of the newest season, and of others that
/// are on.
///
/// # Errors
/// The database failed.
pub(super) async fn due(
    tx: &mut Tx,
    may: &[Capability],
    today: Day,
) -> Result<Vec<(SeasonId, CalendarRow)>, ServiceError> {
    let county = tx.county();
    let mut due = Vec::new();
    for (at, row) in tx
        .rows(SEASON_IDS, &params![county])
        .await?
        .iter()
        .enumerate()
    {
        let season = Season::load(tx, row.id("season_id")?).await?;
        let span = season_span(tx, &season).await?;
        if at > 0 && !span.contains(today) {
            continue;
        }
        let known = Known::load(tx, season.id).await?;
        let rows = rows(&known, (&season, span), today).into_iter();
        let is_due = |row: &CalendarRow| matches!(row.state, DutyState::Open | DutyState::Overdue);
        let owed = rows.filter(|row| is_due(row) && may.contains(&row.owner));
        due.extend(owed.map(|row| (season.id, row)));
    }
    Ok(due)
}

/// What comes of a season's calendar in these days, for whoever has a part in it: what is not done
/// yet, and inspections until their days are over, since one record is not all of them.
///
/// # Errors
/// There is no such season, or the database failed.
pub(super) async fn open_now(
    tx: &mut Tx,
    season: SeasonId,
    outputs: &[Output],
    today: Day,
) -> Result<Vec<CalendarRow>, ServiceError> {
    let season = Season::load(tx, season).await?;
    let span = season_span(tx, &season).await?;
    let known = Known::load(tx, season.id).await?;
    let is_open = |row: &CalendarRow| {
        let goes_on = row.output == Output::Records && row.state == DutyState::Done;
        let is_open = row.state == DutyState::Open || goes_on;
        is_open && row.window.contains(today) && outputs.contains(&row.output)
    };
    let rows = rows(&known, (&season, span), today).into_iter();
    Ok(rows.filter(is_open).collect())
}

/// Puts on record what a person says of a duty.
///
/// # Errors
/// The account does not owe it, its window has not begun, it stands so already, or nothing was
/// said.
pub async fn command(
    store: &Store,
    act: &Act,
    season: SeasonId,
    command: CalendarCommand,
) -> Result<(), ServiceError> {
    let act = act.clone();
    store
        .write(move |tx| async move { command_in(tx, &act, season, command).await }.boxed())
        .await
}

/// The same with others in one transaction.
pub(crate) async fn command_in(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    command: CalendarCommand,
) -> Result<(), ServiceError> {
    let (rule, span, kind, words) = match command {
        CalendarCommand::SetMonths { from, to, reason } => {
            return months::set(tx, act, season, (&from, &to, &reason)).await;
        }
        CalendarCommand::Outcome(word) => return outcome::decide(tx, act, season, word).await,
        CalendarCommand::Year(word) => return year::command(tx, act, season, word).await,
        CalendarCommand::Done { rule, span, words } => {
            (rule, span, "done", text_of("words", &words, REASON_MAX)?)
        }
        CalendarCommand::Undo { rule, span, reason } => (rule, span, "undone", reason_of(&reason)?),
    };
    let season = Season::load(tx, season).await?;
    let of_season = season_span(tx, &season).await?;
    let duties = duties(&season.charter.cadence, of_season);
    let mut duties = duties.into_iter();
    let duty = duties.find(|duty| duty.rule.name == rule && duty.span.from == span);
    let duty = duty.ok_or(ServiceError::NotFound("duty"))?;
    permission::may(tx, act.account, &[duty.rule.owner.into()]).await?;
    if duty.state(false, Day::of(act.now)) == DutyState::Ahead {
        return Err(ServiceError::Conflict("nothing_to_decide"));
    }
    let key = params![season.id, rule.as_str(), span.to_string()];
    let last = tx.row_opt(DUTY_LAST, &key).await?;
    let (position, stands) = match &last {
        Some(row) => (row.u32("position")?, row.text("kind")?),
        None => (0, "undone".to_owned()),
    };
    if stands == kind {
        return Err(ServiceError::Conflict("nothing_changed"));
    }
    let county = tx.county();
    let row = params![
        season.id,
        rule.as_str(),
        span.to_string(),
        position + 1,
        county,
        kind,
        words,
        act.account,
        act.now
    ];
    tx.execute(DUTY_ADD, &row).await?;
    let what = json!({ "do": "duty", "season": season.id, "rule": rule, "span": span,
        "kind": kind });
    act.audit(tx, None, &what).await
}

fn rows(known: &Known, (season, span): (&Season, Span), today: Day) -> Vec<CalendarRow> {
    let duties = duties(&season.charter.cadence, span).into_iter();
    let row = |duty: Duty<'_>| {
        let done = known.done(&duty);
        CalendarRow {
            rule: duty.rule.name.clone(),
            owner: duty.rule.owner.into(),
            output: duty.rule.output,
            span: duty.span,
            window: duty.window,
            state: duty.state(done.is_some(), today),
            done,
        }
    };
    duties.map(row).collect()
}

/// The days of the season's months.
pub(super) async fn season_span(tx: &mut Tx, season: &Season) -> Result<Span, ServiceError> {
    Ok(in_effect(tx, season).await?.span())
}

/// The season's months as somebody said (GY-3). Where nobody did, a year from the first one, which
/// is the one in which it was opened or an earlier one of which something is there; longer where
/// later months are there.
pub(super) async fn in_effect(tx: &mut Tx, season: &Season) -> Result<SeasonMonths, StoreError> {
    if let Some(months) = season.months {
        return Ok(months);
    }
    let opened = Period::of(Day::of(season.opened_at));
    let asked = params![tx.county(), season.name.as_str(), season.id];
    let there = tx.row(MONTHS_THERE, &asked).await?;
    let first = there.id_opt::<Period>("earliest")?;
    let mut months = SeasonMonths::year_from(first.map_or(opened, |first| first.min(opened)));
    let latest = there.id_opt::<Period>("latest")?;
    months.to = latest.map_or(months.to, |latest| latest.max(months.to));
    Ok(months)
}

impl Known {
    async fn load(tx: &mut Tx, season: SeasonId) -> Result<Self, StoreError> {
        let of_season = params![season];
        let mut known = Self {
            said: BTreeMap::new(),
            posted: BTreeMap::new(),
            records: BTreeMap::new(),
        };
        for row in tx.rows(DUTY_ACTS, &of_season).await? {
            let key = (row.text("rule")?, row.id("span")?);
            match row.text("kind")?.as_str() {
                "done" => known.said.insert(key, said(&row)?),
                _ => known.said.remove(&key),
            };
        }
        for row in tx.rows(MONTHS_OUT, &of_season).await? {
            known.posted.insert(row.id("period")?, row.millis("at")?);
        }
        for row in tx.rows(DAYS_OF_RECORDS, &of_season).await? {
            known.records.insert(row.id("day")?, row.u32("n")?);
        }
        Ok(known)
    }

    /// What stands as said of duties that the charter does not ask for, by their names and spans.
    fn gone(&self, rows: &[CalendarRow]) -> Vec<GoneDuty> {
        let is_asked = |rule: &str, from: Day| {
            let mut rows = rows.iter();
            rows.any(|row| row.rule == rule && row.span.from == from)
        };
        let said = self.said.iter();
        let gone = said.filter(|((rule, from), _)| !is_asked(rule, *from));
        let gone = gone.map(|((rule, from), done)| GoneDuty {
            rule: rule.clone(),
            from: *from,
            done: done.clone(),
        });
        gone.collect()
    }

    fn done(&self, duty: &Duty<'_>) -> Option<DutyDone> {
        let key = (duty.rule.name.clone(), duty.span.from);
        let said = self.said.get(&key).cloned();
        said.or_else(|| self.follows(duty))
    }

    /// What exists says that it was done: a posting of the span's last month, or a record with a
    /// day in the span.
    fn follows(&self, duty: &Duty<'_>) -> Option<DutyDone> {
        match duty.rule.output {
            Output::Posting => {
                let at = *self.posted.get(&Period::of(duty.span.to))?;
                Some(DutyDone::Posted { at })
            }
            Output::Records => {
                let days = self.records.range(duty.span.from..=duty.span.to);
                let count: u32 = days.map(|(_, count)| count).sum();
                (0 < count).then_some(DutyDone::Recorded { count })
            }
            Output::Speeches | Output::Hearing | Output::Assessment => None,
        }
    }
}

fn said(row: &Row) -> Result<DutyDone, StoreError> {
    Ok(DutyDone::Said {
        by: row.text("login")?,
        at: row.millis("at")?,
        words: row.text("words")?,
    })
}
