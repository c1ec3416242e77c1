//! What is said of leaders: who leads, which units are theirs, and where they were. Every word
//! stays on record.

use super::{Known, known, units};
use crate::service::act::{Act, REASON_MAX, day as day_of, reason as reason_of, text_of};
use crate::service::calendar::in_effect;
use crate::service::error::ServiceError;
use crate::service::month::season::Season;
use crate::service::permission;
use crate::store::{Store, Tx, params, statements};
use app::backend::{Capability, LeaderCommand};
use domain::ids::{AccountId, LeaderId, SeasonId, UnitId};
use domain::month::charter::NAME_MAX;
use domain::month::leader::Bound;
use domain::month::{Day, Period};
use futures::FutureExt as _;
use serde_json::json;

statements! {
    LEADER_ADD = "insert into leader
            (leader_id, county_id, season_id, name, post, added_by, at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    LEADER_ACCOUNT = "select account_id from account where county_id = $1 and login = $2";
    LEADER_SAY = "insert into leader_act (leader_id, position, county_id, kind, unit_id, period,
            day, struck, words, account_id, at, own_account_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
}

/// A word about a leader; what it has nothing of stays empty.
#[derive(Default)]
struct Word {
    kind: &'static str,
    unit: Option<UnitId>,
    period: Option<Period>,
    day: Option<Day>,
    struck: Option<u32>,
    /// The leader's own.
    account: Option<AccountId>,
    words: String,
}

impl Word {
    fn account(account: Option<AccountId>) -> Self {
        Self {
            kind: "account",
            account,
            ..Self::default()
        }
    }
}

/// Puts on record what is said of a leader.
///
/// # Errors
/// The account does not organise, nor is it the leader's where a visit is told; the charter asks
/// for no leaders; it stands so already; or what was entered is wrong.
pub async fn command(
    store: &Store,
    act: &Act,
    season: SeasonId,
    command: LeaderCommand,
) -> Result<(), ServiceError> {
    let act = act.clone();
    store
        .write(move |tx| async move { command_in(tx, &act, season, command).await }.boxed())
        .await
}

async fn command_in(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    command: LeaderCommand,
) -> Result<(), ServiceError> {
    let (organise, leaders) = ([Capability::Organise], known(tx, season).await?);
    let (season, id) = (Season::load(tx, season).await?, id_of(&command));
    let leader = leaders.iter().find(|leader| Some(leader.id) == id);
    // The leader tells its own visits.
    let is_own = leader.is_some_and(|leader| leader.account == Some(act.account));
    let tells = matches!(
        command,
        LeaderCommand::Visit { .. } | LeaderCommand::Strike { .. }
    );
    if !(is_own && tells) {
        permission::may(tx, act.account, &organise).await?;
    }
    if season.charter.leaders.is_none() {
        return Err(ServiceError::Conflict("no_leaders"));
    }
    if let LeaderCommand::Add { name, post, login } = &command {
        return add(tx, act, (&season, &leaders), (name, post, login)).await;
    }
    let leader = leader.ok_or(ServiceError::NotFound("leader"))?;
    let word = word(tx, act, (&season, leader), command).await?;
    say(tx, act, (season.id, leader.id, leader.last + 1), word).await
}

/// Whom a command is about, if somebody is there already.
fn id_of(command: &LeaderCommand) -> Option<LeaderId> {
    match command {
        LeaderCommand::Add { .. } => None,
        LeaderCommand::Account { leader, .. }
        | LeaderCommand::Bind { leader, .. }
        | LeaderCommand::Release { leader, .. }
        | LeaderCommand::Visit { leader, .. }
        | LeaderCommand::Strike { leader, .. } => Some(*leader),
    }
}

async fn add(
    tx: &mut Tx,
    act: &Act,
    (season, leaders): (&Season, &[Known]),
    (name, post, login): (&str, &str, &str),
) -> Result<(), ServiceError> {
    let name = text_of("name", name, NAME_MAX)?;
    let post = text_of("post", post, REASON_MAX)?;
    let mut same = leaders.iter();
    if same.any(|known| known.name == name && known.post == post) {
        return Err(ServiceError::Conflict("exists"));
    }
    let account = account(tx, login).await?;
    let (id, county) = (LeaderId(act.uuid()), tx.county());
    let row = params![id, county, season.id, name, post, act.account, act.now];
    tx.execute(LEADER_ADD, &row).await?;
    let what = json!({ "do": "leader_add", "season": season.id, "leader": id });
    act.audit(tx, None, &what).await?;
    match account {
        Some(_) => say(tx, act, (season.id, id, 1), Word::account(account)).await,
        None => Ok(()),
    }
}

/// The account of this login; none where it is empty.
async fn account(tx: &mut Tx, login: &str) -> Result<Option<AccountId>, ServiceError> {
    let (county, login) = (tx.county(), login.trim().to_lowercase());
    if login.is_empty() {
        return Ok(None);
    }
    let row = tx.row_opt(LEADER_ACCOUNT, &params![county, login]).await?;
    let row = row.ok_or_else(|| ServiceError::invalid("login", "unknown_login"))?;
    Ok(Some(row.id("account_id")?))
}

/// What a command says, if it may be said.
async fn word(
    tx: &mut Tx,
    act: &Act,
    (season, leader): (&Season, &Known),
    command: LeaderCommand,
) -> Result<Word, ServiceError> {
    match command {
        LeaderCommand::Bind { unit, from, .. } => {
            let mut units = units(tx, season).await?.into_iter();
            let known = units.find(|(known, _)| *known == unit);
            known.ok_or(ServiceError::NotFound("unit"))?;
            let from = of_season(tx, season, ("from", &from)).await?;
            bind(leader, unit, from)
        }
        LeaderCommand::Release {
            unit,
            until,
            reason,
            ..
        } => {
            let until = of_season(tx, season, ("until", &until)).await?;
            release(leader, (unit, until), reason_of(&reason)?)
        }
        LeaderCommand::Visit {
            unit, day, words, ..
        } => {
            let (day, words) = (day_of("day", &day)?, text_of("words", &words, REASON_MAX)?);
            visit(leader, (unit, day, words), Day::of(act.now))
        }
        LeaderCommand::Strike {
            position, reason, ..
        } => strike(leader, position, reason_of(&reason)?),
        LeaderCommand::Account { login, .. } | LeaderCommand::Add { login, .. } => {
            match account(tx, &login).await? {
                same if same == leader.account => Err(ServiceError::Conflict("nothing_changed")),
                account => Ok(Word::account(account)),
            }
        }
    }
}

fn bind(leader: &Known, unit: UnitId, from: Period) -> Result<Word, ServiceError> {
    let mut same = leader.bound.iter().map(|known| &known.bound);
    let overlaps =
        |bound: &Bound| bound.unit == unit && bound.until.is_none_or(|until| from < until);
    match same.any(overlaps) {
        true => Err(ServiceError::Conflict("unit_bound")),
        false => Ok(Word {
            kind: "bound",
            unit: Some(unit),
            period: Some(from),
            ..Word::default()
        }),
    }
}

fn release(
    leader: &Known,
    (unit, until): (UnitId, Period),
    words: String,
) -> Result<Word, ServiceError> {
    let mut bound = leader.bound.iter().map(|known| &known.bound);
    let bound = bound.find(|bound| bound.unit == unit && bound.until.is_none());
    match bound.ok_or(ServiceError::Conflict("nothing_changed"))? {
        bound if until < bound.from => Err(ServiceError::invalid("until", "until_before")),
        _ => Ok(Word {
            kind: "released",
            unit: Some(unit),
            period: Some(until),
            words,
            ..Word::default()
        }),
    }
}

/// A visit is to a unit of the leader's, not in the future, and stands once.
fn visit(
    leader: &Known,
    (unit, day, words): (UnitId, Day, String),
    today: Day,
) -> Result<Word, ServiceError> {
    if today < day {
        return Err(ServiceError::invalid("day", "day_ahead"));
    }
    if !leader.is_bound(unit, Period::of(day)) {
        return Err(ServiceError::invalid("unit", "not_bound"));
    }
    let visits = leader.visits.iter();
    let mut standing = visits.filter(|(_, visit)| visit.struck.is_none());
    match standing.any(|(of, visit)| (*of, visit.day) == (unit, day)) {
        true => Err(ServiceError::Conflict("visit_twice")),
        false => Ok(Word {
            kind: "visited",
            unit: Some(unit),
            day: Some(day),
            words,
            ..Word::default()
        }),
    }
}

fn strike(leader: &Known, position: u32, words: String) -> Result<Word, ServiceError> {
    let mut visits = leader.visits.iter().map(|(_, visit)| visit);
    let visit = visits.find(|visit| visit.position == position);
    match visit.ok_or(ServiceError::NotFound("visit"))?.struck {
        Some(_) => Err(ServiceError::Conflict("nothing_changed")),
        None => Ok(Word {
            kind: "struck",
            struck: Some(position),
            words,
            ..Word::default()
        }),
    }
}

/// A month of the season.
async fn of_season(
    tx: &mut Tx,
    season: &Season,
    (at, month): (&str, &str),
) -> Result<Period, ServiceError> {
    let months = in_effect(tx, season).await?;
    let period = month.parse().ok().filter(|period| months.contains(*period));
    period.ok_or_else(|| ServiceError::invalid(at, "other_month"))
}

async fn say(
    tx: &mut Tx,
    act: &Act,
    (season, leader, position): (SeasonId, LeaderId, u32),
    word: Word,
) -> Result<(), ServiceError> {
    let county = tx.county();
    let row = params![
        leader,
        position,
        county,
        word.kind,
        word.unit,
        word.period.map(|period| period.to_string()),
        word.day.map(|day| day.to_string()),
        word.struck.map(i64::from),
        word.words,
        act.account,
        act.now,
        word.account
    ];
    tx.execute(LEADER_SAY, &row).await?;
    let what = json!({ "do": format!("leader_{}", word.kind), "season": season,
        "leader": leader });
    act.audit(tx, None, &what).await
}
