//! The unit that holds a season (主办单位): a township or a bureau may run a contest of its own with
//! the same engine (GY-23). It is named where the season is, and changes nothing else.

use crate::service::error::ServiceError;
use crate::store::{StoreError, Tx, params, statements};
use app::backend::SponsorChoice;
use domain::ids::{SeasonId, UnitId};

statements! {
    /// Other counties take places among the figures and hold nothing. What lies below a unit is
    /// told apart by the name above it.
    SPONSORS = "select u.unit_id, u.name, p.name as parent from unit u
        left join unit p on p.unit_id = u.parent_id and p.level <> 'county'
        where u.county_id = $1 and u.level <> 'county' order by u.position, u.code";
    SPONSOR_KNOWN = "select name from unit
        where unit_id = $1 and county_id = $2 and level <> 'county'";
    SPONSOR_SET = "update season set sponsor_id = $2 where season_id = $1";
}

/// The units that may hold a season, in the roster's order.
///
/// # Errors
/// The database failed.
pub(super) async fn choices(tx: &mut Tx) -> Result<Vec<SponsorChoice>, StoreError> {
    let county = tx.county();
    let rows = tx.rows(SPONSORS, &params![county]).await?;
    let choices = rows.iter().map(|row| {
        Ok(SponsorChoice {
            unit: row.id("unit_id")?,
            name: row.text("name")?,
            parent: row.text_opt("parent")?.unwrap_or_default(),
        })
    });
    choices.collect()
}

/// Says who holds a season that is new. Without a unit it is the county's.
///
/// # Errors
/// The unit is none of the county's, or the database failed.
pub(super) async fn put(
    tx: &mut Tx,
    season: SeasonId,
    sponsor: Option<UnitId>,
) -> Result<(), ServiceError> {
    let Some(sponsor) = sponsor else {
        return Ok(());
    };
    let known = params![sponsor, tx.county()];
    if tx.row_opt(SPONSOR_KNOWN, &known).await?.is_none() {
        return Err(ServiceError::invalid("sponsor", "unknown_unit"));
    }
    tx.execute(SPONSOR_SET, &params![season, sponsor]).await?;
    Ok(())
}
