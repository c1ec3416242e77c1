//! What readers see of the months: what was posted, in its newest edition, and of that what is
//! public. Which seasons a reader may see of what is asked first (see [`Reader`]).

use super::Month;
use super::posting::{month_of, newest};
use crate::config::Config;
use crate::service::audience::Reader;
use crate::service::error::ServiceError;
use crate::service::qr;
use crate::store::{Store, StoreError, params, statements};
use app::backend::{GroupFirst, MonthCard, MonthPage, MonthPoster};
use app::paths;
use domain::ids::SeasonId;
use domain::month::Period;
use domain::month::audience::Surface;
use domain::month::day::Day;
use std::collections::BTreeMap;
use sync::posted_month::black_until;

/// Months in the public list, newest first.
const LIST_MAX: u32 = 60;

statements! {
    MONTH_CARDS = "select p.season_id, p.period, p.edition, p.posted_at, p.black_until, s.name,
            s.charter_json,
            (select count(*) from posted_unit u where u.season_id = p.season_id
                and u.period = p.period and u.edition = p.edition and u.listed = 'red') as red,
            (select count(*) from posted_unit u where u.season_id = p.season_id
                and u.period = p.period and u.edition = p.edition and u.listed = 'black') as black
        from posted_month p join season s on s.season_id = p.season_id
        where p.county_id = $1 and p.edition = (select max(q.edition) from posted_month q
            where q.season_id = p.season_id and q.period = p.period)
        order by p.period desc, p.posted_at desc limit $2";
    FIRSTS = "select f.season_id, f.period, f.edition, f.group_name, f.unit_id, f.score, u.name
        from posted_unit f join unit u on u.unit_id = f.unit_id
        where f.county_id = $1 and f.rank = 1 order by f.group_name, u.position";
    PERIODS = "select distinct period from posted_month where season_id = $1 order by period";
}

/// Every posted month that the reader may see.
///
/// # Errors
/// The database failed. So with each of the functions below, or there is no such thing.
pub async fn months(
    store: &Store,
    reader: &Reader,
    today: Day,
) -> Result<Vec<MonthCard>, ServiceError> {
    let mut tx = store.read().await?;
    let county = tx.county();
    let mut firsts: BTreeMap<(SeasonId, Period, u32), Vec<GroupFirst>> = BTreeMap::new();
    for row in tx.rows(FIRSTS, &params![county]).await? {
        let (season, period) = month_of(&row)?;
        let key = (season, period, row.u32("edition")?);
        firsts.entry(key).or_default().push(GroupFirst {
            group: row.text("group_name")?,
            unit: row.id("unit_id")?,
            name: row.text("name")?,
            score: row.text("score")?,
        });
    }
    let mut cards = Vec::new();
    for row in tx.rows(MONTH_CARDS, &params![county, LIST_MAX]).await? {
        let (season, period) = month_of(&row)?;
        if !reader.sees(season, Surface::Board) {
            continue;
        }
        let edition = row.u32("edition")?;
        let charter: domain::month::SeasonCharter = row.json("charter_json")?;
        let posted_at = row.millis("posted_at")?;
        let until = black_until(row.text("black_until")?.parse().ok(), posted_at);
        cards.push(MonthCard {
            season,
            season_name: row.text("name")?,
            title: charter.title,
            period,
            edition,
            posted_at,
            firsts: firsts
                .remove(&(season, period, edition))
                .unwrap_or_default(),
            red: row.u32("red")?,
            black: row.u32("black")?,
            black_over: until < today,
        });
    }
    Ok(cards)
}

/// A month on this day, with what may stand on a public page.
pub async fn month(
    store: &Store,
    reader: &Reader,
    at: Month,
    today: Day,
) -> Result<MonthPage, ServiceError> {
    reader.may(at.0, Surface::Board)?;
    let mut page = posted_page(store, at, today).await?;
    page.month = page.month.for_everybody(today);
    page.has_bulletin = reader.is_offered_bulletin(at.0);
    Ok(page)
}

/// A month as it was posted, to be handed out: all of it for staff, and what is public where the
/// charter opens the bulletin to others. A black list whose time is over is not handed out any
/// more.
pub async fn bulletin(
    store: &Store,
    reader: &Reader,
    at: Month,
    today: Day,
) -> Result<MonthPage, ServiceError> {
    reader.may(at.0, Surface::Bulletin)?;
    let mut page = posted_page(store, at, today).await?;
    if !reader.is_staff() {
        page.month = page.month.for_everybody(today);
    }
    Ok(page)
}

async fn posted_page(
    store: &Store,
    (season, at): Month,
    today: Day,
) -> Result<MonthPage, ServiceError> {
    let mut tx = store.read().await?;
    let posted = newest(&mut tx, (season, at)).await?;
    let mut posted = posted.ok_or(ServiceError::NotFound("month"))?;
    // Slips and talks are no part of a bulletin, and not for every account.
    let units = posted
        .month
        .groups
        .iter_mut()
        .flat_map(|group| &mut group.units);
    units.for_each(|unit| unit.due.clear());
    let rows = tx.rows(PERIODS, &params![season]).await?;
    let periods: Result<Vec<Period>, StoreError> =
        rows.iter().map(|row| row.id("period")).collect();
    let periods = periods?;
    Ok(MonthPage {
        check_code: posted.check_code(),
        month: posted.month.shown_on(today),
        before: periods.iter().rev().find(|period| **period < at).copied(),
        after: periods.iter().find(|period| at < **period).copied(),
        has_bulletin: false,
    })
}

/// A month for the wall, with a code that leads to its page.
pub async fn poster(
    store: &Store,
    reader: &Reader,
    config: &Config,
    (season, at): Month,
    today: Day,
) -> Result<MonthPoster, ServiceError> {
    let page = month(store, reader, (season, at), today).await?;
    let url = config.address(&month_way(reader, (season, at)));
    // An address that no code can hold is printed as words alone.
    let (qr_path, qr_size) = qr::draw(&url)
        .map(|code| (code.path, code.size))
        .unwrap_or_default();
    Ok(MonthPoster {
        page,
        url,
        qr_path,
        qr_size,
    })
}

/// The path of a month's page, to pass on.
#[must_use]
pub fn month_way(reader: &Reader, (season, period): Month) -> String {
    reader.way(season, Surface::Board, &paths::month(season, period))
}
