//! Until when a card works: as whoever issues it says, otherwise for its season and the weeks
//! after it, in which the last month is still entered, appealed against and answered.

use crate::service::act::day as entered_day;
use crate::service::calendar::season_span;
use crate::service::error::ServiceError;
use crate::service::month::season::Season;
use crate::store::Tx;
use domain::ids::Millis;
use domain::month::Day;

/// Days after the end of a season's last month.
const AFTER_DAYS: u32 = 35;
/// Days from today, for a season that is over.
const DAYS: u32 = 400;
/// A card that was forgotten stops working at some time.
const DAYS_MAX: u32 = 800;

/// The last day of a card that is issued today, where nothing else is said.
///
/// # Errors
/// The database failed.
pub(super) async fn usual(tx: &mut Tx, season: &Season, today: Day) -> Result<Day, ServiceError> {
    let end = season_span(tx, season).await?.to.plus(AFTER_DAYS);
    Ok(match today < end {
        true => end,
        false => today.plus(DAYS),
    })
}

/// When a card stops working: `until` is its last day, such as `2027-02-04`, or empty.
///
/// # Errors
/// It is no day, is over, or lies too far ahead.
pub(super) async fn end(
    tx: &mut Tx,
    season: &Season,
    until: &str,
    now: Millis,
) -> Result<Millis, ServiceError> {
    let today = Day::of(now);
    let last = match until.trim().is_empty() {
        true => usual(tx, season, today).await?,
        false => entered_day("until", until)?,
    };
    if last < today {
        return Err(ServiceError::invalid("until", "day_past"));
    }
    if today.plus(DAYS_MAX) < last {
        return Err(ServiceError::invalid("until", "day_far"));
    }
    Ok(last.plus(1).begins())
}
