//! Seasons (赛季): the rules of a row of months.

use super::copy::copy;
use super::{months, sponsor};
use crate::service::act::{Act, text_of};
use crate::service::audience::Reader;
use crate::service::calendar::in_effect;
use crate::service::error::ServiceError;
use crate::service::permission;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::{Capability, MonthStage, MonthState, SeasonBegin, SeasonCard, SeasonsPage};
use domain::ids::{Millis, SeasonId, UnitId};
use domain::month::audience::Surface;
use domain::month::season_months::SeasonMonths;
use domain::month::{Day, Period, SeasonCharter};
use futures::FutureExt as _;
use serde_json::json;
use std::collections::BTreeMap;
use sync::posted_month::PostedMonth;

/// Characters of a season's name.
pub const NAME_MAX: usize = 20;

statements! {
    SEASON = "select s.*, h.name as sponsor from season s
        left join unit h on h.unit_id = s.sponsor_id
        where s.season_id = $1 and s.county_id = $2";
    SEASONS = "select s.*, h.name as sponsor, (select count(*) from unit_group g
                where g.county_id = s.county_id and g.season = s.name) as units,
            (select count(*) from indicator i
                where i.county_id = s.county_id and i.season = s.name) as indicators
        from season s left join unit h on h.unit_id = s.sponsor_id
        where s.county_id = $1 order by s.name desc";
    FOLLOWED = "select s.season_id, s.name from season s
        join season n on n.follows = s.season_id where n.season_id = $1";
    /// Other seasons go on from it, and have posted months.
    IS_FOLLOWED = "select p.period from season n join posted_month p on p.season_id = n.season_id
        where n.follows = $1 limit 1";
    /// Another season goes on from the same one, and has posted months.
    IS_RIVALLED = "select p.period from season own
        join season n on n.follows = own.follows and n.season_id <> own.season_id
        join posted_month p on p.season_id = n.season_id
        where own.season_id = $1 limit 1";
    /// In how many months of the season each unit had a place, by their newest editions.
    MONTHS_PLACED = "select f.unit_id, count(*) as months from posted_unit f
        where f.season_id = $1 and f.period <= $2 and f.rank is not null and f.edition =
            (select max(q.edition) from posted_month q
                where q.season_id = f.season_id and q.period = f.period)
        group by f.unit_id";
    FOLLOW = "update season set follows = $2 where season_id = $1";
    SEASON_ADD = "insert into season
        (season_id, county_id, name, charter_json, charter_version, created_at, entry_day)
        values ($1, $2, $3, $4, 1, $5, $6)";
    MONTHS_WITH_FIGURES = "select distinct i.season, f.period from figure f
        join indicator i on i.indicator_id = f.indicator_id where f.county_id = $1";
    MONTHS_WITH_RECORDS = "select distinct season_id, period from merit where county_id = $1";
    MONTHS_CLOSED = "select season_id, period from closed_month where county_id = $1";
    MONTHS_POSTED = "select distinct season_id, period from posted_month where county_id = $1";
}

/// A season and its rules.
#[derive(Clone, Debug)]
pub struct Season {
    pub id: SeasonId,
    pub name: String,
    pub charter: SeasonCharter,
    pub charter_version: u32,
    pub opened_at: Millis,
    /// As somebody said (GY-3).
    pub months: Option<SeasonMonths>,
    /// The name of the unit that holds it (GY-23), or empty.
    pub sponsor: String,
}

impl Season {
    /// # Errors
    /// There is no such season, or the database failed.
    pub(crate) async fn load(tx: &mut Tx, id: SeasonId) -> Result<Self, ServiceError> {
        let county = tx.county();
        let row = tx.row_opt(SEASON, &params![id, county]).await?;
        Ok(Self::read(&row.ok_or(ServiceError::NotFound("season"))?)?)
    }

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("season_id")?,
            name: row.text("name")?,
            charter: row.json("charter_json")?,
            charter_version: row.u32("charter_version")?,
            opened_at: row.millis("created_at")?,
            months: months_of(row)?,
            sponsor: row.text_opt("sponsor")?.unwrap_or_default(),
        })
    }
}

/// What a season's row says of its months.
pub(crate) fn months_of(row: &Row) -> Result<Option<SeasonMonths>, StoreError> {
    let months = (row.id_opt("first_month")?, row.id_opt("last_month")?);
    let (Some(from), Some(to)) = months else {
        return Ok(None);
    };
    Ok(Some(SeasonMonths { from, to }))
}

/// The organiser's list, with the months and the sponsors that a new season is offered.
///
/// # Errors
/// The database failed.
pub async fn page(store: &Store, now: Millis) -> Result<SeasonsPage, ServiceError> {
    let period = Period::of(Day::of(now));
    let january = Period::new(period.year(), 1).unwrap_or(period);
    Ok(SeasonsPage {
        seasons: list(store, now).await?,
        sponsors: sponsor::choices(&mut store.read().await?).await?,
        year: SeasonMonths::year_from(january),
    })
}

/// The rules of every season.
///
/// # Errors
/// The database failed.
pub async fn charters(store: &Store) -> Result<BTreeMap<SeasonId, SeasonCharter>, ServiceError> {
    let mut tx = store.read().await?;
    let county = tx.county();
    let rows = tx.rows(SEASONS, &params![county]).await?;
    let charters = rows
        .iter()
        .map(|row| Ok((row.id("season_id")?, row.json("charter_json")?)));
    charters.collect()
}

/// Every season with its months, newest first.
///
/// # Errors
/// The database failed.
pub async fn list(store: &Store, now: Millis) -> Result<Vec<SeasonCard>, ServiceError> {
    let mut tx = store.read().await?;
    let county = tx.county();
    let rows = tx.rows(SEASONS, &params![county]).await?;
    let mut cards = Vec::with_capacity(rows.len());
    for row in &rows {
        let season = Season::read(row)?;
        let next = in_effect(&mut tx, &season).await?.following();
        cards.push(SeasonCard {
            dates: season.months,
            next,
            id: season.id,
            name: season.name,
            title: season.charter.title,
            sponsor: row.id_opt("sponsor_id")?,
            units: row.u32("units")?,
            indicators: row.u32("indicators")?,
            months: Vec::new(),
        });
    }
    // A later stage overwrites an earlier one. The month that is on is always there to work on,
    // unless the season is over or has not begun.
    let mut stages: BTreeMap<(SeasonId, Period), MonthStage> = BTreeMap::new();
    let period = Period::of(Day::of(now));
    let is_on = |card: &&SeasonCard| card.dates.is_none_or(|months| months.contains(period));
    let current = cards.iter().filter(is_on).map(|card| (card.id, period));
    stages.extend(current.map(|month| (month, MonthStage::Open)));
    for row in tx.rows(MONTHS_WITH_FIGURES, &params![county]).await? {
        let name = row.text("season")?;
        if let Some(card) = cards.iter().find(|card| card.name == name) {
            stages.insert((card.id, row.id("period")?), MonthStage::Open);
        }
    }
    for (sql, stage) in [
        (MONTHS_WITH_RECORDS, MonthStage::Open),
        (MONTHS_POSTED, MonthStage::Posted),
        (MONTHS_CLOSED, MonthStage::Closed),
    ] {
        for row in tx.rows(sql, &params![county]).await? {
            stages.insert((row.id("season_id")?, row.id("period")?), stage);
        }
    }
    for ((season, period), stage) in stages.into_iter().rev() {
        if let Some(card) = cards.iter_mut().find(|card| card.id == season) {
            card.months.push(MonthState { period, stage });
        }
    }
    Ok(cards)
}

/// Opens a season with a preset's rules, or with all that another one is played by. `sponsor` is
/// the unit that holds it; `None`: the county.
///
/// # Errors
/// The name is empty, too long or taken, there is no season to copy, the months overlap with those
/// of the season that it follows, the sponsor is none of the county's units, or the database
/// failed.
pub async fn open(
    store: &Store,
    act: &Act,
    name: &str,
    begin: SeasonBegin,
    months: Option<SeasonMonths>,
    sponsor: Option<UnitId>,
) -> Result<SeasonId, ServiceError> {
    let (act, name) = (act.clone(), text_of("name", name, NAME_MAX)?);
    store
        .write(move |tx| {
            async move {
                permission::may(tx, act.account, &[Capability::Organise]).await?;
                let season = begin_in(tx, &act, &name, begin).await?;
                months::put(tx, season, months).await?;
                sponsor::put(tx, season, sponsor).await?;
                Ok(season)
            }
            .boxed()
        })
        .await
}

async fn begin_in(
    tx: &mut Tx,
    act: &Act,
    name: &str,
    begin: SeasonBegin,
) -> Result<SeasonId, ServiceError> {
    match begin {
        SeasonBegin::Preset(preset) => open_in(tx, act, name, &preset.charter()).await,
        SeasonBegin::Copy(from) => {
            let from = Season::load(tx, from).await?;
            open_like(tx, act, name, &from).await
        }
        SeasonBegin::Follow(from) => {
            let from = Season::load(tx, from).await?;
            let season = open_like(tx, act, name, &from).await?;
            follow(tx, season, from.id).await?;
            Ok(season)
        }
    }
}

async fn open_like(
    tx: &mut Tx,
    act: &Act,
    name: &str,
    from: &Season,
) -> Result<SeasonId, ServiceError> {
    let season = open_in(tx, act, name, &from.charter).await?;
    copy(tx, act, from, (season, name)).await?;
    Ok(season)
}

/// A flag has one holder, so two seasons do not both go on from the same one.
pub(crate) async fn follow(
    tx: &mut Tx,
    season: SeasonId,
    before: SeasonId,
) -> Result<(), ServiceError> {
    if tx.row_opt(IS_FOLLOWED, &params![before]).await?.is_some() {
        return Err(ServiceError::Conflict("season_followed"));
    }
    tx.execute(FOLLOW, &params![season, before]).await?;
    Ok(())
}

/// Refuses a post where another season, opened meanwhile, has gone on from the same one: both would
/// hand over the same flags.
///
/// # Errors
/// There is such a season, or the database failed.
pub(super) async fn follows_alone(tx: &mut Tx, season: SeasonId) -> Result<(), ServiceError> {
    match tx.row_opt(IS_RIVALLED, &params![season]).await? {
        Some(_) => Err(ServiceError::Conflict("season_followed")),
        None => Ok(()),
    }
}

/// The seasons that this one follows, the nearest first, with their names.
///
/// # Errors
/// The database failed.
pub(super) async fn followed(
    tx: &mut Tx,
    season: SeasonId,
) -> Result<Vec<(SeasonId, String)>, StoreError> {
    let mut seasons = Vec::new();
    let mut next = season;
    while let Some(row) = tx.row_opt(FOLLOWED, &params![next]).await? {
        next = row.id("season_id")?;
        seasons.push((next, row.text("name")?));
    }
    Ok(seasons)
}

/// The month without what it is held against (▲▼, 同比, ZR-6), where that is of a season that the
/// reader may not see: one that is public does not tell of one that is not.
///
/// # Errors
/// The database failed.
pub(super) async fn as_seen_by(
    tx: &mut Tx,
    reader: &Reader,
    month: PostedMonth,
) -> Result<PostedMonth, StoreError> {
    let followed = followed(tx, month.season).await?;
    let mut seasons = followed.iter().map(|(season, _)| *season);
    if seasons.all(|season| reader.sees(season, Surface::Board)) {
        return Ok(month);
    }
    let until = params![month.season, month.period.to_string()];
    let mut placed: BTreeMap<UnitId, u32> = BTreeMap::new();
    for row in tx.rows(MONTHS_PLACED, &until).await? {
        placed.insert(row.id("unit_id")?, row.u32("months")?);
    }
    Ok(month.without_followed(&placed))
}

/// The same with others in one transaction, for a name that was checked.
///
/// # Errors
/// The name is taken, or the database failed.
pub(crate) async fn open_in(
    tx: &mut Tx,
    act: &Act,
    name: &str,
    charter: &SeasonCharter,
) -> Result<SeasonId, ServiceError> {
    let (id, county) = (SeasonId(act.uuid()), tx.county());
    let text = json!(charter).to_string();
    let row = params![id, county, name, text, act.now, charter.entry_day()];
    match tx.execute(SEASON_ADD, &row).await {
        Err(StoreError::Exists) => return Err(ServiceError::invalid("name", "taken")),
        done => done?,
    };
    let what = json!({ "do": "open_season", "season": id, "name": name });
    act.audit(tx, None, &what).await?;
    Ok(id)
}
