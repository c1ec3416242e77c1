//! Who a season could still give cards to.

use crate::service::error::ServiceError;
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::UnitCard;
use domain::ids::SeasonId;

statements! {
    LINKS_WITHOUT = "select u.unit_id, u.name, g.name as group_name from unit_group g
        join unit u on u.unit_id = g.unit_id
        where g.county_id = $1 and g.season = $2 and u.level <> 'county' and not exists
            (select 1 from link l where l.unit_id = u.unit_id and l.season_id = $3)
        order by g.name, u.position, u.code";
    SOURCES_WITHOUT = "select distinct i.source from indicator i
        where i.county_id = $1 and i.season = $2 and i.source <> '' and not exists
            (select 1 from link l
                where l.kind = 'source' and l.holder = i.source and l.season_id = $3)
        order by i.source";
    LINK_GROUPS = "select distinct name from unit_group where county_id = $1 and season = $2
        order by name";
}

/// Units of the season that no card was ever issued for.
pub(super) async fn units(
    tx: &mut Tx,
    season: SeasonId,
    name: &str,
) -> Result<Vec<UnitCard>, ServiceError> {
    let county = tx.county();
    let rows = tx
        .rows(LINKS_WITHOUT, &params![county, name, season])
        .await?;
    let unit = |row: &Row| {
        Ok(UnitCard {
            id: row.id("unit_id")?,
            name: row.text("name")?,
            parent: String::new(),
            group: row.text("group_name")?,
            initials: String::new(),
        })
    };
    rows.iter().map(unit).collect()
}

/// Departments that no card was ever issued for.
pub(super) async fn sources(
    tx: &mut Tx,
    season: SeasonId,
    name: &str,
) -> Result<Vec<String>, ServiceError> {
    let asked = params![tx.county(), name, season];
    let rows = tx.rows(SOURCES_WITHOUT, &asked).await?;
    let sources: Result<_, StoreError> = rows.iter().map(|row| row.text("source")).collect();
    Ok(sources?)
}

/// The season's groups, each of which may have a confirmer of its own.
pub(super) async fn groups(tx: &mut Tx, season: &str) -> Result<Vec<String>, ServiceError> {
    let rows = tx.rows(LINK_GROUPS, &params![tx.county(), season]).await?;
    let groups: Result<_, StoreError> = rows.iter().map(|row| row.text("name")).collect();
    Ok(groups?)
}
