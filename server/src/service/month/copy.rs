//! A new season takes over what another one is played by: groups, pairs, indicators and the day up
//! to which departments report, beside its charter, and nothing of its results (GY-1).

use super::season::Season;
use crate::service::act::Act;
use crate::service::error::ServiceError;
use crate::store::{Tx, params, statements};
use domain::ids::SeasonId;

statements! {
    ENTRY_DAY_COPY = "update season set entry_day =
            (select s.entry_day from season s where s.season_id = $2)
        where season_id = $1";
    GROUPS_TO_COPY = "select unit_group_id as id from unit_group
        where county_id = $1 and season = $2";
    GROUP_COPY = "insert into unit_group (unit_group_id, county_id, season, name, unit_id)
        select $1, county_id, $2, name, unit_id from unit_group where unit_group_id = $3";
    PAIRS_TO_COPY = "select unit_pair_id as id from unit_pair
        where county_id = $1 and season = $2";
    PAIR_COPY = "insert into unit_pair
            (unit_pair_id, county_id, season, unit_id, rival_id, position)
        select $1, county_id, $2, unit_id, rival_id, position from unit_pair
        where unit_pair_id = $3";
    INDICATORS_TO_COPY = "select indicator_id as id from indicator
        where county_id = $1 and season = $2";
    /// Without the month by which a target has to be met, which was the last season's.
    INDICATOR_COPY = "insert into indicator (indicator_id, county_id, season, code, name, measure,
            weight, better, rule, cadence, gate, public, source, position, against,
            dimension, groups)
        select $1, county_id, $2, code, name, measure, weight, better, rule, cadence, gate,
            public, source, position, against, dimension, groups
        from indicator where indicator_id = $3";
}

/// Copies it into this season, which is new.
///
/// # Errors
/// The database failed.
pub(super) async fn copy(
    tx: &mut Tx,
    act: &Act,
    from: &Season,
    (season, name): (SeasonId, &str),
) -> Result<(), ServiceError> {
    let county = tx.county();
    tx.execute(ENTRY_DAY_COPY, &params![season, from.id])
        .await?;
    let of_last = params![county, from.name.as_str()];
    for (rows, copy) in [
        (GROUPS_TO_COPY, GROUP_COPY),
        (PAIRS_TO_COPY, PAIR_COPY),
        (INDICATORS_TO_COPY, INDICATOR_COPY),
    ] {
        for row in tx.rows(rows, &of_last).await? {
            let row = params![act.uuid(), name, row.text("id")?];
            tx.execute(copy, &row).await?;
        }
    }
    Ok(())
}
