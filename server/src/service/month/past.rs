//! What the posted months of a season left for the later ones.

use super::Month;
use crate::assets::hex;
use crate::service::error::ServiceError;
use crate::store::{StoreError, Tx, params, statements};
use domain::ids::SeasonId;
use domain::month::{Past, Period};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

statements! {
    SEASON_PASTS = "select p.period, p.past from posted_month p
        where p.season_id = $1 and p.edition = (select max(q.edition)
            from posted_month q where q.season_id = p.season_id and q.period = p.period)";
    LATER_POSTED = "select period from posted_month
        where season_id = $1 and $2 < period limit 1";
}

/// For each posted month its [`Past`] as the JSON that was stored, of its newest edition.
#[derive(Clone, Debug, Default)]
pub struct Pasts(BTreeMap<Period, String>);

impl Pasts {
    /// # Errors
    /// The database failed.
    pub(super) async fn load(tx: &mut Tx, season: SeasonId) -> Result<Self, StoreError> {
        let rows = tx.rows(SEASON_PASTS, &params![season]).await?;
        let past = rows
            .iter()
            .map(|row| Ok((row.id("period")?, row.text("past")?)));
        Ok(Self(past.collect::<Result<_, StoreError>>()?))
    }

    /// A month that is about to be posted takes its place.
    pub(super) fn put(&mut self, period: Period, past: String) {
        self.0.insert(period, past);
    }

    /// The months before this one, in their order.
    ///
    /// # Errors
    /// One of them cannot be read.
    pub(super) fn before(&self, period: Period) -> Result<Vec<Past>, ServiceError> {
        let earlier = self.0.range(..period);
        let past = earlier.map(|(_, past)| serde_json::from_str(past));
        past.collect::<Result<_, _>>()
            .map_err(|error| ServiceError::Internal(anyhow::Error::new(error)))
    }

    /// Names what [`Self::before`] gives.
    pub(super) fn hash_before(&self, period: Period) -> String {
        let mut hash = Sha256::new();
        for (period, past) in self.0.range(..period) {
            hash.update(period.to_string());
            hash.update(past);
        }
        hex(&hash.finalize())
    }
}

/// Whether a later month of the season is posted.
///
/// # Errors
/// The database failed.
pub(super) async fn is_late(tx: &mut Tx, month: Month) -> Result<bool, StoreError> {
    let row = tx
        .row_opt(LATER_POSTED, &params![month.0, month.1.to_string()])
        .await?;
    Ok(row.is_some())
}
