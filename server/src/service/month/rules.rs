//! A season's charter as a file: written out, changed by whoever keeps the server, and read in
//! again. Months that were closed keep the charter that they were closed by.

use super::posting::outdate;
use super::season::Season;
use super::text_of;
use crate::service::act::audit_server;
use crate::service::error::ServiceError;
use crate::store::{Store, Tx, params, statements};
use app::error::Detail;
use domain::ids::Millis;
use domain::month::SeasonCharter;
use futures::FutureExt as _;
use serde_json::json;

statements! {
    SEASON_OF_NAME = "select season_id from season where county_id = $1 and name = $2";
    CHARTER_SET = "update season set charter_json = $2, charter_version = $3 where season_id = $1";
}

/// The charter of the season of this name, as JSON for people.
///
/// # Errors
/// There is no such season, or the database failed.
pub async fn written(store: &Store, name: &str) -> Result<String, ServiceError> {
    let season = of_name(&mut store.read().await?, name).await?;
    serde_json::to_string_pretty(&season.charter)
        .map_err(|error| ServiceError::Internal(error.into()))
}

/// Takes the charter over, and answers its version. Whatever is wrong with it is said by its key.
///
/// # Errors
/// There is no such season, the text is no charter, or the charter is wrong.
pub async fn set(
    store: &Store,
    (name, text): (&str, &str),
    now: Millis,
) -> Result<u32, ServiceError> {
    let charter: SeasonCharter = serde_json::from_str(text)
        .map_err(|error| ServiceError::invalid("charter", error.to_string()))?;
    let faults = charter.faults();
    if !faults.is_empty() {
        let details = faults.into_iter().map(|fault| Detail {
            at: fault.key,
            message: fault.code.to_owned(),
        });
        return Err(ServiceError::Invalid(details.collect()));
    }
    let (name, text) = (name.to_owned(), text_of(&charter)?);
    store
        .write(move |tx| {
            async move {
                let season = of_name(tx, &name).await?;
                if season.charter == charter {
                    return Err(ServiceError::Conflict("nothing_changed"));
                }
                let version = season.charter_version + 1;
                let row = params![season.id, text, version];
                tx.execute(CHARTER_SET, &row).await?;
                // Who may read pages that were kept is ruled anew.
                outdate(tx).await?;
                let before = text_of(&season.charter)?;
                let what = json!({
                    "do": "set_charter", "season": season.id, "version": version,
                    "before": before,
                });
                audit_server(tx, &what, now).await?;
                Ok(version)
            }
            .boxed()
        })
        .await
}

async fn of_name(tx: &mut Tx, name: &str) -> Result<Season, ServiceError> {
    let asked = params![tx.county(), name];
    let row = tx.row_opt(SEASON_OF_NAME, &asked).await?;
    let row = row.ok_or(ServiceError::NotFound("season"))?;
    Season::load(tx, row.id("season_id")?).await
}
