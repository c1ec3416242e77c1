//! Who holds a seat, the gates, or a link outside contests: a device's credential, known by its
//! token.

use super::error::ServiceError;
use crate::assets::hex;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use domain::ids::{ContestId, CredentialId, DeviceId, LinkId, Millis, SeatId};
use domain::stage::Credential;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use sync::protocol::{CredentialState, HolderKind};
use uuid::Uuid;

/// How long a credential outlives its contest: a phone may come back weeks later.
pub const CREDENTIAL_DAYS: u64 = 90;
pub const CREDENTIAL_MS: u64 = CREDENTIAL_DAYS * 24 * 60 * 60 * 1_000;

/// Holders that are remembered: every phone of many halls.
const HOLDERS_MAX: usize = 20_000;

/// A credential as the database knows it. It never carries the token, which only the device has.
#[derive(Clone)]
pub struct Holder {
    pub credential: CredentialId,
    /// Nil outside contests.
    pub contest: ContestId,
    pub kind: HolderKind,
    /// None for a host's, and outside contests.
    pub seat: Option<SeatId>,
    /// An inspector's or a unit's.
    pub link: Option<LinkId>,
    pub device: DeviceId,
    pub state: CredentialState,
    pub expires_at: Millis,
    pub took_over_at: Option<Millis>,
    pub seat_key: String,
}

statements! {
    BY_TOKEN = "select c.*, k.posted_at from credential c
        left join contest k on k.contest_id = c.contest_id
        where c.token_hash = $1 and c.county_id = $2";
    OF_SEAT = "select c.*, k.posted_at from credential c
        join contest k on k.contest_id = c.contest_id
        where c.seat_id = $1 and c.contest_id = $2 order by c.paired_at, c.credential_id";
    OF_LINK = "select c.*, null as posted_at from credential c
        where c.link_id = $1 order by c.paired_at, c.credential_id";
}

/// The holder of a token, in whichever state; None for a token that nobody was given.
///
/// # Errors
/// The database failed.
pub async fn by_token(
    store: &Store,
    token: &str,
    now: Millis,
) -> Result<Option<Holder>, ServiceError> {
    by_hash(store, &token_hash(token), now).await
}

async fn by_hash(store: &Store, hash: &str, now: Millis) -> Result<Option<Holder>, ServiceError> {
    let of_token = params![hash, store.county().id];
    let row = store.row_opt(BY_TOKEN, &of_token).await?;
    let holder = row.map(|row| holder(&row, now)).transpose()?;
    Ok(holder)
}

/// Holders that were asked for lately, by the hash of their token. Whose a token is never changes,
/// and a credential is never removed; its state does change, so nobody may go by that.
#[derive(Default)]
pub struct Holders {
    known: Mutex<HashMap<String, Holder>>,
}

impl Holders {
    /// Whose a token is, as long as it has not expired for all that is known; otherwise as
    /// [`by_token`]. The state may be an old one.
    ///
    /// # Errors
    /// The database failed.
    pub async fn whose(
        &self,
        store: &Store,
        token: &str,
        now: Millis,
    ) -> Result<Option<Holder>, ServiceError> {
        let hash = token_hash(token);
        let known = self.known().get(&hash).cloned();
        // A credential expires later than it was known to, never sooner.
        if let Some(holder) = known.filter(|holder| now <= holder.expires_at) {
            return Ok(Some(holder));
        }
        let found = by_hash(store, &hash, now).await?;
        if let Some(holder) = &found {
            let mut known = self.known();
            if HOLDERS_MAX <= known.len() {
                known.clear();
            }
            known.insert(hash, holder.clone());
        }
        Ok(found)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, Holder>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Holders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Holders")
    }
}

/// Every credential that a seat was ever given, oldest first.
pub(super) async fn of_seat(
    tx: &mut Tx,
    contest: ContestId,
    seat: SeatId,
    now: Millis,
) -> Result<Vec<Holder>, StoreError> {
    let rows = tx.rows(OF_SEAT, &params![seat, contest]).await?;
    rows.iter().map(|row| holder(row, now)).collect()
}

/// Every credential that a link was ever given, oldest first.
pub(super) async fn of_link(
    tx: &mut Tx,
    link: LinkId,
    now: Millis,
) -> Result<Vec<Holder>, StoreError> {
    let rows = tx.rows(OF_LINK, &params![link]).await?;
    rows.iter().map(|row| holder(row, now)).collect()
}

/// What lies in the database instead of a token.
#[must_use]
pub fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token))
}

impl Holder {
    /// The state as the gate rule asks for it. An expired credential was never taken away.
    pub(super) fn credential(&self) -> Credential {
        match self.state {
            CredentialState::Replaced => Credential::Replaced,
            CredentialState::Withdrawn => Credential::Withdrawn,
            CredentialState::Active | CredentialState::Expired | CredentialState::Unknown => {
                Credential::Active
            }
        }
    }
}

/// What a card or a credential is for, as the database writes it.
pub(super) fn kind(code: &str) -> HolderKind {
    match code {
        "seat" => HolderKind::Seat,
        "host" => HolderKind::Host,
        "inspector" => HolderKind::Inspector,
        "unit" => HolderKind::Unit,
        "source" => HolderKind::Source,
        "confirmer" => HolderKind::Confirmer,
        _ => HolderKind::Unknown,
    }
}

/// Reads a row of a credential, with `posted_at` of its contest.
pub(super) fn holder(row: &Row, now: Millis) -> Result<Holder, StoreError> {
    let paired_for = row.u64("expires_at")?;
    let expires_at = match row.millis_opt("posted_at")? {
        Some(posted_at) => Millis(paired_for.max(posted_at.0.saturating_add(CREDENTIAL_MS))),
        None => Millis(paired_for),
    };
    let state = match row.text("state")?.as_str() {
        "replaced" => CredentialState::Replaced,
        "withdrawn" => CredentialState::Withdrawn,
        _ if expires_at < now => CredentialState::Expired,
        _ => CredentialState::Active,
    };
    Ok(Holder {
        credential: row.id("credential_id")?,
        contest: row.id_opt("contest_id")?.unwrap_or(ContestId(Uuid::nil())),
        kind: kind(&row.text("kind")?),
        seat: row.id_opt("seat_id")?,
        link: row.id_opt("link_id")?,
        device: row.id("device_id")?,
        state,
        expires_at,
        took_over_at: row.millis_opt("took_over_at")?,
        seat_key: row.text("seat_key")?,
    })
}
