//! Post. One account closes, which computes and freezes; another posts what was frozen.
//! Invariant: an edition that was posted never changes; what changed afterwards is a further
//! edition that says so.

use super::Month;
use super::group_flags;
use super::past::{Pasts, is_late};
use super::registry::Registry;
use super::season::{Season, followed, follows_alone};
use super::snapshot::{changes, differs};
use super::{audit, text_of};
use crate::assets::hex;
use crate::service::act::{Act, REASON_MAX, optional_text};
use crate::service::contests::check_code;
use crate::service::error::ServiceError;
use crate::service::ladder::proposals;
use crate::service::notify::{self, Board};
use crate::store::{Row, Store, StoreError, Tx, Value, params, statements, statements_of_rows};
use domain::ids::{AccountId, CountyId};
use domain::month::audience::Audience;
use domain::month::board::Listed;
use domain::month::day::Day;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use sync::posted_month::{PostedGroup, PostedMonth, PostedUnit};

statements! {
    IS_POSTED = "select 1 as is_posted from posted_month
        where season_id = $1 and period = $2 and edition = 1";
    IS_CLOSED = "select period from closed_month where season_id = $1 and period = $2";
    CLOSED = "select * from closed_month where season_id = $1 and period = $2";
    CLOSED_REMOVE = "delete from closed_month where season_id = $1 and period = $2";
    MONTH_NEWEST = "select * from posted_month where season_id = $1 and period = $2
        order by edition desc limit 1";
    MONTH_BEFORE = "select * from posted_month where season_id = $1 and period < $2
        order by period desc, edition desc limit 1";
    /// How many editions were posted, of all months, and charters set.
    POSTED_NUMBER = "select value from counter where county_id = $1 and name = 'posted_months'";
    POSTED_NUMBER_UP = "insert into counter (county_id, name, value)
        values ($1, 'posted_months', 1)
        on conflict (county_id, name) do update set value = counter.value + 1";
    MONTH_EDITION = "select * from posted_month
        where season_id = $1 and period = $2 and edition = $3";
    MONTH_ADD = "insert into posted_month (season_id, period, edition, county_id, snapshot, hash,
            past, registry, past_hash, closed_by, posted_by, posted_at, black_until)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
}

statements_of_rows! {
    PLACE_ADD = "insert into posted_unit (season_id, period, edition, unit_id, county_id,
            group_name, of_units, rank, score, listed, merit, flags)
        select * from (values",
        "(cast($1 as text), cast($2 as text), cast($3 as bigint), cast($4 as text),
            cast($5 as text), cast($6 as text), cast($7 as bigint), cast($8 as bigint),
            cast($9 as text), cast($10 as text), cast($11 as text), cast($12 as text))",
        ") as came where column1 is not null";
}

/// A month that waits for the second person.
pub struct Closed {
    pub month: PostedMonth,
    /// Names exactly this close, so that nobody posts another one than they saw.
    pub code: String,
    /// [`domain::month::Past`] as JSON.
    pub past: String,
    /// [`super::registry::Registry`] as JSON.
    registry: String,
    /// Names the earlier months that it was computed after.
    past_hash: String,
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
        month: row.json("snapshot")?,
        past: row.text("past")?,
        registry: row.text("registry")?,
        past_hash: row.text("past_hash")?,
        account: row.id("account_id")?,
    }))
}

pub(super) async fn is_closed(tx: &mut Tx, month: Month) -> Result<bool, ServiceError> {
    is_there(tx, IS_CLOSED, month).await
}

/// Whether the month was ever posted.
pub(super) async fn is_posted(tx: &mut Tx, month: Month) -> Result<bool, ServiceError> {
    is_there(tx, IS_POSTED, month).await
}

async fn is_there(tx: &mut Tx, sql: &'static str, month: Month) -> Result<bool, ServiceError> {
    let key = params![month.0, month.1.to_string()];
    Ok(tx.row_opt(sql, &key).await?.is_some())
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

/// The newest edition of the last posted month before this one, of the season or else of the
/// nearest one that it follows and that has any.
pub(super) async fn newest_before(
    tx: &mut Tx,
    (season, period): Month,
) -> Result<Option<Posted>, ServiceError> {
    if let Some(own) = own_before(tx, (season, period)).await? {
        return Ok(Some(own));
    }
    for (season, _) in followed(tx, season).await? {
        if let Some(earlier) = own_before(tx, (season, period)).await? {
            return Ok(Some(earlier));
        }
    }
    Ok(None)
}

async fn own_before(tx: &mut Tx, (season, period): Month) -> Result<Option<Posted>, ServiceError> {
    let asked = params![season, period.to_string()];
    let row = tx.row_opt(MONTH_BEFORE, &asked).await?;
    Ok(row.as_ref().map(Posted::read).transpose()?)
}

/// The edition of this number, or the newest one.
pub(super) async fn edition(
    tx: &mut Tx,
    (season, period): Month,
    number: Option<u32>,
) -> Result<Option<Posted>, ServiceError> {
    let Some(number) = number else {
        return newest(tx, (season, period)).await;
    };
    let key = params![season, period.to_string(), number];
    let row = tx.row_opt(MONTH_EDITION, &key).await?;
    Ok(row.as_ref().map(Posted::read).transpose()?)
}

/// Rises with every edition of a month that is posted, and with every charter that is set, since
/// that says who may read them.
///
/// # Errors
/// The database failed.
pub async fn posted_number(store: &Store) -> Result<u64, StoreError> {
    let county = store.county().id;
    let row = store.row_opt(POSTED_NUMBER, &params![county]).await?;
    row.map_or(Ok(0), |row| row.u64("value"))
}

/// Puts an end to pages that were kept.
pub(super) async fn outdate(tx: &mut Tx) -> Result<(), StoreError> {
    let county = tx.county();
    tx.execute(POSTED_NUMBER_UP, &params![county]).await?;
    Ok(())
}

/// Posts what was closed, by a second person.
pub(super) async fn post(
    tx: &mut Tx,
    act: &Act,
    month: Month,
    (code, reason, despite): (&str, &str, &str),
) -> Result<(), ServiceError> {
    let closed = closed(tx, month).await?;
    let closed = closed.ok_or(ServiceError::Conflict("month_not_closed"))?;
    if closed.account != act.account && closed.code != code {
        return Err(ServiceError::Conflict("month_changed"));
    }
    post_closed(tx, act, month, closed, (reason, despite)).await
}

/// Posts this close, which the account has seen. A correction needs a reason, and so does a post
/// to whose flags a group objects (`despite`).
pub(super) async fn post_closed(
    tx: &mut Tx,
    act: &Act,
    month: Month,
    closed: Closed,
    (reason, despite): (&str, &str),
) -> Result<(), ServiceError> {
    let reason = optional_text("reason", reason, REASON_MAX)?;
    if closed.account == act.account {
        return Err(ServiceError::Conflict("same_account"));
    }
    follows_alone(tx, month.0).await?;
    let pasts = Pasts::load(tx, month.0).await?;
    if closed.past_hash != pasts.hash_before(month.1) {
        return Err(ServiceError::Conflict("past_changed"));
    }
    let objected = group_flags::weighed(tx, month, &closed.code, despite).await?;
    let registry = serde_json::from_str(&closed.registry);
    let registry: Registry = registry.map_err(|error| ServiceError::Internal(error.into()))?;
    let mut posted = closed.month;
    posted.posted_at = act.now;
    posted.late = is_late(tx, month).await?;
    let until = Day::of(act.now).plus(registry.charter.black_days);
    posted.black_until = Some(until);
    if let Some(before) = newest(tx, month).await? {
        posted.black_until = Some(before.month.black_until());
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
        closed.registry,
        closed.past_hash,
        closed.account,
        act.account,
        act.now,
        posted.black_until().to_string()
    ];
    tx.execute(MONTH_ADD, &row).await?;
    outdate(tx).await?;
    let places = places(&posted, month, county);
    tx.batch([PLACE_ADD.ask(places)]).await?;
    proposals::write(tx, &posted, &registry).await?;
    group_flags::posted(tx, month, (&closed.code, posted.edition)).await?;
    tx.execute(CLOSED_REMOVE, &params![month.0, month.1.to_string()])
        .await?;
    announce(tx, act, month, &posted).await?;
    let mut more = json!({ "edition": posted.edition, "check_code": check_code(&hash) });
    if let Some((groups, despite)) = objected {
        more["objecting"] = json!(groups);
        more["despite"] = json!(despite);
    }
    audit(tx, act, "post_month", month, more).await
}

/// Tells the groups' robots, as far as the groups may read it. Where the board is by link, they are
/// told without an address: the plain one is not there for who has not opened the link, and its key
/// is for the county to hand out.
async fn announce(
    tx: &mut Tx,
    act: &Act,
    month: Month,
    posted: &PostedMonth,
) -> Result<(), ServiceError> {
    let path = match Season::load(tx, month.0).await?.charter.audience.board {
        Audience::Public => app::paths::month(month.0, month.1),
        Audience::Link => String::new(),
        Audience::Staff => return Ok(()),
    };
    notify::enqueue(tx, act, Board::Months, (&announced(posted), &path)).await
}

/// What a group is told: that it is out. No unit, and no words that somebody wrote.
fn announced(posted: &PostedMonth) -> String {
    let (year, month) = (posted.period.year(), posted.period.month());
    let head = format!("{} {}\n{year}年{month}月", posted.county, posted.title);
    match posted.edition {
        1 => format!("{head}结果已发布"),
        edition => format!("{head}更正（第{edition}版）"),
    }
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
    // Of a close by another registry than before.
    let by_today = Some(after.correction.clone()).filter(|line| !line.is_empty());
    let lines = [Some(reason), by_today].into_iter().flatten();
    let lines = lines.chain(changes(before, after));
    Ok(lines.collect::<Vec<_>>().join("；"))
}

fn places(posted: &PostedMonth, month: Month, county: CountyId) -> Vec<[Value; 12]> {
    let own = posted.units().filter(|(_, unit)| !unit.external);
    let place = |(group, unit): (&PostedGroup, &PostedUnit)| {
        let held: Vec<&str> = group.held_by(unit.unit).collect();
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
            unit.merit.as_str(),
            json!(held).to_string(),
        ]
    };
    own.map(place).collect()
}

/// The month that a row is of.
pub(super) fn month_of(row: &Row) -> Result<Month, StoreError> {
    Ok((row.id("season_id")?, row.id("period")?))
}
