//! 榜单: every posted month that a reader may see, by season, with the newest one of the chosen
//! season.

use super::Month;
use super::posting::month_of;
use super::read::black_until_of;
use crate::service::audience::Reader;
use crate::service::error::ServiceError;
use crate::service::roster::level;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::{GroupFirst, MonthBoards, MonthCard, SeasonChoice};
use domain::ids::SeasonId;
use domain::month::audience::Surface;
use domain::month::day::Day;
use std::collections::BTreeMap;

statements! {
    /// Newest first; of those of one month the one that was posted last.
    POSTED_PERIODS = "select p.season_id, p.period, max(p.edition) as edition, s.name
        from posted_month p join season s on s.season_id = p.season_id
        where p.county_id = $1 group by p.season_id, p.period, s.name
        order by p.period desc, max(p.posted_at) desc, s.name";
    SEASON_LEVELS = "select distinct g.season, u.level from unit_group g
        join unit u on u.unit_id = g.unit_id where g.county_id = $1";
    MONTH_CARD = "select p.edition, p.posted_at, p.black_until, s.name, s.charter_json,
            h.name as sponsor,
            (select count(*) from posted_unit u where u.season_id = p.season_id
                and u.period = p.period and u.edition = p.edition and u.listed = 'red') as red,
            (select count(*) from posted_unit u where u.season_id = p.season_id
                and u.period = p.period and u.edition = p.edition and u.listed = 'black') as black
        from posted_month p join season s on s.season_id = p.season_id
        left join unit h on h.unit_id = s.sponsor_id
        where p.season_id = $1 and p.period = $2 and p.edition = $3";
    FIRSTS = "select f.group_name, f.unit_id, f.score, u.name
        from posted_unit f join unit u on u.unit_id = f.unit_id
        where f.season_id = $1 and f.period = $2 and f.edition = $3 and f.rank = 1
        order by f.group_name, u.position";
}

/// A posted month, by its newest edition.
type Known = (Month, u32);

/// The boards of the season that was asked for, or of the one whose month is the newest where none
/// was, or none that the reader may see.
///
/// # Errors
/// The database failed.
pub async fn boards(
    store: &Store,
    reader: &Reader,
    asked: Option<SeasonId>,
    today: Day,
) -> Result<MonthBoards, ServiceError> {
    let mut tx = store.read().await?;
    let county = tx.county();
    let mut levels = levels(&mut tx).await?;
    let (mut seasons, mut known): (Vec<SeasonChoice>, Vec<Known>) = Default::default();
    for row in tx.rows(POSTED_PERIODS, &params![county]).await? {
        let month = month_of(&row)?;
        if !reader.sees(month.0, Surface::Board) {
            continue;
        }
        if seasons.iter().all(|season| season.id != month.0) {
            let name = row.text("name")?;
            seasons.push(SeasonChoice {
                id: month.0,
                levels: levels.remove(&name).unwrap_or_default(),
                name,
            });
        }
        known.push((month, row.u32("edition")?));
    }
    let asked = asked.filter(|asked| seasons.iter().any(|season| season.id == *asked));
    let chosen = asked.or_else(|| seasons.first().map(|season| season.id));
    known.retain(|((season, _), _)| Some(*season) == chosen);
    let newest = match known.first() {
        Some(newest) => Some(card(&mut tx, reader, *newest, today).await?),
        None => None,
    };
    let months = known.into_iter();
    Ok(MonthBoards {
        seasons,
        newest,
        months: months.map(|((_, at), edition)| (at, edition)).collect(),
    })
}

/// For each season by its name the levels of its units, from the top.
async fn levels(tx: &mut Tx) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let mut levels: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let county = tx.county();
    for row in tx.rows(SEASON_LEVELS, &params![county]).await? {
        let codes = levels.entry(row.text("season")?).or_default();
        codes.push(row.text("level")?);
    }
    for codes in levels.values_mut() {
        codes.sort_by_key(|code| level::order(code));
    }
    Ok(levels)
}

async fn card(
    tx: &mut Tx,
    reader: &Reader,
    ((season, period), edition): Known,
    today: Day,
) -> Result<MonthCard, ServiceError> {
    let key = params![season, period.to_string(), edition];
    let firsts = tx.rows(FIRSTS, &key).await?;
    let firsts: Result<Vec<GroupFirst>, StoreError> = firsts.iter().map(first).collect();
    let row = tx.row(MONTH_CARD, &key).await?;
    let charter: domain::month::SeasonCharter = row.json("charter_json")?;
    let posted_at = row.millis("posted_at")?;
    let until = black_until_of(&row)?;
    Ok(MonthCard {
        season,
        season_name: row.text("name")?,
        sponsor: row.text_opt("sponsor")?.unwrap_or_default(),
        title: charter.title,
        period,
        edition,
        posted_at,
        firsts: firsts?,
        red: row.u32("red")?,
        black: row.u32("black")?,
        black_over: until < today,
        has_units: reader.sees(season, Surface::Unit),
    })
}

fn first(row: &Row) -> Result<GroupFirst, StoreError> {
    Ok(GroupFirst {
        group: row.text("group_name")?,
        unit: row.id("unit_id")?,
        name: row.text("name")?,
        score: row.text("score")?,
    })
}
