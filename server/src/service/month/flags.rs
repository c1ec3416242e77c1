//! Who held which flag since when (GY-13), over the posted months of a season in their newest
//! edition.

use super::Month;
use crate::service::audience::Reader;
use crate::service::error::ServiceError;
use crate::store::{Store, params, statements};
use app::backend::{FlagCourse, FlagStay, FlagTimeline};
use domain::ids::SeasonId;
use domain::month::Period;
use domain::month::audience::Surface;
use domain::month::flag::HandOver;
use sync::posted_month::{PostedFlags, PostedGroup, PostedMonth};

statements! {
    /// Oldest first.
    MONTHS_UNTIL = "select p.snapshot from posted_month p
        where p.season_id = $1 and p.period <= $2 and p.edition = (select max(q.edition)
            from posted_month q where q.season_id = p.season_id and q.period = p.period)
        order by p.period";
}

/// The course of every flag that is there in this month.
///
/// # Errors
/// The month was not posted, or the database failed.
pub async fn timeline(
    store: &Store,
    reader: &Reader,
    season: SeasonId,
    at: Period,
) -> Result<FlagTimeline, ServiceError> {
    reader.may(season, Surface::Board)?;
    let months = months(store, (season, at)).await?;
    let last = months.last().filter(|month| month.period == at);
    let last = last.ok_or(ServiceError::NotFound("month"))?;
    let course = |(group, flags, flag): (&PostedGroup, &PostedFlags, &HandOver)| FlagCourse {
        group: group.name.clone(),
        name: flags.name.clone(),
        side: flags.side,
        number: flag.number,
        stays: stays(&months, (&group.name, &flags.name, flag.number)),
    };
    Ok(FlagTimeline {
        title: last.title.clone(),
        period: at,
        flags: last.hand_overs().map(course).collect(),
        has_units: reader.sees(season, Surface::Unit),
    })
}

async fn months(store: &Store, (season, at): Month) -> Result<Vec<PostedMonth>, ServiceError> {
    let mut tx = store.read().await?;
    let rows = tx
        .rows(MONTHS_UNTIL, &params![season, at.to_string()])
        .await?;
    let months = rows.iter().map(|row| row.json("snapshot"));
    Ok(months.collect::<Result<_, _>>()?)
}

/// The holders of one flag, one after the other. A month that was not posted neither ends a stay
/// nor counts.
fn stays(months: &[PostedMonth], (group, name, number): (&str, &str, u32)) -> Vec<FlagStay> {
    let mut stays: Vec<FlagStay> = Vec::new();
    for month in months {
        let found = month.hand_overs().find(|(of, flags, flag)| {
            (of.name.as_str(), flags.name.as_str(), flag.number) == (group, name, number)
        });
        let Some((_, _, flag)) = found else { continue };
        let unit_name = flag.to.map(|unit| month.name(unit)).unwrap_or_default();
        match stays.last_mut().filter(|stay| stay.unit == flag.to) {
            Some(stay) => {
                stay.until = month.period;
                stay.months += 1;
                unit_name.clone_into(&mut stay.name);
            }
            None => stays.push(FlagStay {
                unit: flag.to,
                name: unit_name.to_owned(),
                since: month.period,
                until: month.period,
                months: 1,
            }),
        }
    }
    stays
}
