//! What readers see of the months: what was posted, in its newest edition, and of that what is
//! public. Which seasons a reader may see of what is asked first (see [`Reader`]).

use super::Month;
use super::posting::{Posted, newest};
use super::season::as_seen_by;
use crate::config::Config;
use crate::service::audience::Reader;
use crate::service::error::ServiceError;
use crate::service::qr;
use crate::store::{Row, Store, StoreError, params, statements};
use app::backend::{Correction, MonthPage, MonthPoster, Printed};
use app::paths;
use domain::month::Period;
use domain::month::audience::Surface;
use domain::month::day::Day;
use sync::posted_month::black_until;

statements! {
    EDITIONS_FROM = "select * from posted_month
        where season_id = $1 and period = $2 and $3 <= edition order by edition";
    PERIODS = "select distinct period from posted_month where season_id = $1 order by period";
}

/// The last day of the black list of a month that was posted.
pub(super) fn black_until_of(row: &Row) -> Result<Day, StoreError> {
    let frozen = row.text("black_until")?.parse().ok();
    Ok(black_until(frozen, row.millis("posted_at")?))
}

/// A month on this day, with what may stand on a public page.
///
/// # Errors
/// There is no such thing for this reader, or the database failed. So with each of the functions
/// below.
pub async fn month(
    store: &Store,
    reader: &Reader,
    at: Month,
    today: Day,
) -> Result<MonthPage, ServiceError> {
    reader.may(at.0, Surface::Board)?;
    let mut page = posted_page(store, reader, at, today).await?;
    page.month = page.month.for_everybody(today);
    page.has_bulletin = reader.is_offered_bulletin(at.0);
    page.has_units = reader.sees(at.0, Surface::Unit);
    Ok(page)
}

/// What changed since the edition that a poster on a wall says it is (ES-5); nothing of one that
/// was never posted. An old edition is shown to nobody: a correction may take somebody off a list.
pub async fn printed(
    store: &Store,
    reader: &Reader,
    (season, at): Month,
    edition: u32,
) -> Result<Option<Printed>, ServiceError> {
    reader.may(season, Surface::Board)?;
    let mut tx = store.read().await?;
    let rows = tx
        .rows(EDITIONS_FROM, &params![season, at.to_string(), edition])
        .await?;
    let mut corrections = Vec::new();
    let mut is_known = false;
    for row in &rows {
        let month = Posted::read(row)?.month;
        match month.edition == edition {
            true => is_known = true,
            false => corrections.push(Correction {
                edition: month.edition,
                posted_at: month.posted_at,
                words: month.correction,
            }),
        }
    }
    Ok(is_known.then_some(Printed {
        edition,
        corrections,
    }))
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
    let mut page = posted_page(store, reader, at, today).await?;
    // A bulletin has no people on it (ES-4).
    page.month = page.month.without_teams();
    if !reader.is_staff() {
        page.month = page.month.for_everybody(today);
    }
    Ok(page)
}

async fn posted_page(
    store: &Store,
    reader: &Reader,
    (season, at): Month,
    today: Day,
) -> Result<MonthPage, ServiceError> {
    let mut tx = store.read().await?;
    let posted = newest(&mut tx, (season, at)).await?;
    let mut posted = posted.ok_or(ServiceError::NotFound("month"))?;
    posted.month = as_seen_by(&mut tx, reader, posted.month).await?;
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
        has_units: false,
        printed: None,
    })
}

/// A month for the wall, with a code that leads to its page and says which edition hangs there.
pub async fn poster(
    store: &Store,
    reader: &Reader,
    config: &Config,
    (season, at): Month,
    today: Day,
) -> Result<MonthPoster, ServiceError> {
    let page = month(store, reader, (season, at), today).await?;
    let path = paths::month_printed(season, at, page.month.edition);
    let url = config.address(&reader.way(season, Surface::Board, &path));
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
