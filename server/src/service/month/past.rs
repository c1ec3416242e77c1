//! What the posted months of a season, and of those that it follows, left for the later ones.

use super::Month;
use super::registry::Registry;
use super::season::followed;
use crate::assets::hex;
use crate::service::error::ServiceError;
use crate::store::{StoreError, Tx, params, statements};
use domain::ids::{SeasonId, UnitId};
use domain::month::{Past, Period};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

statements! {
    SEASON_PASTS = "select p.period, p.past from posted_month p
        where p.season_id = $1 and p.edition = (select max(q.edition)
            from posted_month q where q.season_id = p.season_id and q.period = p.period)";
    HOLDER_NAME = "select name from unit where unit_id = $1 and county_id = $2";
    LATER_POSTED = "select p.period from posted_month p
        join season s on s.season_id = p.season_id
        where (p.season_id = $1 or s.follows = $1) and $2 < p.period limit 1";
}

/// For each posted month its [`Past`] as the JSON that was stored, of its newest edition.
#[derive(Clone, Debug, Default)]
pub struct Pasts {
    own: BTreeMap<Period, String>,
    /// Of the seasons that this one follows; where two have the same month, of the nearer one.
    earlier: BTreeMap<Period, String>,
    /// The names of those seasons, the nearest first.
    seasons: Vec<String>,
}

/// The months before one of them, in their order.
#[derive(Clone, Debug, Default)]
pub struct Before {
    pub own: Vec<Past>,
    pub earlier: Vec<Past>,
}

impl Pasts {
    /// # Errors
    /// The database failed.
    pub(super) async fn load(tx: &mut Tx, season: SeasonId) -> Result<Self, StoreError> {
        let mut pasts = Self::default();
        read(tx, season, &mut pasts.own).await?;
        for (season, name) in followed(tx, season).await? {
            read(tx, season, &mut pasts.earlier).await?;
            pasts.seasons.push(name);
        }
        Ok(pasts)
    }

    /// The seasons that this one follows, the nearest first.
    pub(super) fn seasons(&self) -> &[String] {
        &self.seasons
    }

    /// A month that is about to be posted takes its place.
    pub(super) fn put(&mut self, period: Period, past: String) {
        self.own.insert(period, past);
    }

    /// # Errors
    /// One of them cannot be read.
    pub(super) fn before(&self, period: Period) -> Result<Before, ServiceError> {
        let read = |(_, past): (&Period, &String)| {
            serde_json::from_str(past)
                .map_err(|error| ServiceError::Internal(anyhow::Error::new(error)))
        };
        Ok(Before {
            own: self
                .own
                .range(..period)
                .map(read)
                .collect::<Result<_, _>>()?,
            earlier: self.earlier(period).map(read).collect::<Result<_, _>>()?,
        })
    }

    /// Names what [`Self::before`] gives.
    pub(super) fn hash_before(&self, period: Period) -> String {
        let mut hash = Sha256::new();
        for (period, past) in self.earlier(period).chain(self.own.range(..period)) {
            hash.update(period.to_string());
            hash.update(past);
        }
        hex(&hash.finalize())
    }

    /// A month that both seasons have is the own one's, and so is what follows it.
    fn earlier(&self, period: Period) -> impl Iterator<Item = (&Period, &String)> {
        let first = self.own.keys().next().copied().unwrap_or(period);
        self.earlier.range(..first.min(period))
    }
}

async fn read(
    tx: &mut Tx,
    season: SeasonId,
    into: &mut BTreeMap<Period, String>,
) -> Result<(), StoreError> {
    for row in tx.rows(SEASON_PASTS, &params![season]).await? {
        let past = row.text("past")?;
        into.entry(row.id("period")?).or_insert(past);
    }
    Ok(())
}

/// The names of a month's units, and of those that hold a flag from before and have left.
pub(super) async fn names(
    tx: &mut Tx,
    registry: &Registry,
    before: &Before,
) -> Result<BTreeMap<UnitId, String>, StoreError> {
    let county = tx.county();
    let members = registry.members().map(|one| (one.unit, one.name.clone()));
    let mut names: BTreeMap<UnitId, String> = members.collect();
    let newest = before.own.last().or(before.earlier.last()).into_iter();
    for holder in newest
        .flat_map(|past| &past.flags)
        .filter_map(|flag| flag.holder)
    {
        if names.contains_key(&holder) {
            continue;
        }
        if let Some(row) = tx.row_opt(HOLDER_NAME, &params![holder, county]).await? {
            names.insert(holder, row.text("name")?);
        }
    }
    Ok(names)
}

/// Whether a later month is posted, of the season or of one that follows it.
///
/// # Errors
/// The database failed.
pub(super) async fn is_late(tx: &mut Tx, month: Month) -> Result<bool, StoreError> {
    let row = tx
        .row_opt(LATER_POSTED, &params![month.0, month.1.to_string()])
        .await?;
    Ok(row.is_some())
}
