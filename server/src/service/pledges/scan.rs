//! The signed paper itself, as a JPEG or PDF. It is kept once and never exchanged: what was signed
//! is what anybody finds.

use super::known;
use crate::assets::hex;
use crate::service::act::Act;
use crate::service::error::ServiceError;
use crate::service::month::season::Season;
use crate::service::permission;
use crate::store::{Store, Tx, params, statements};
use app::backend::Capability;
use domain::ids::{PledgeId, SeasonId};
use futures::FutureExt as _;
use serde_json::json;
use sha2::{Digest as _, Sha256};

statements! {
    PLEDGE_SEASON = "select season_id from pledge where pledge_id = $1 and county_id = $2";
    SCAN_SHA = "select sha256 from pledge_scan where pledge_id = $1";
    SCAN_ADD = "insert into pledge_scan (pledge_id, county_id, sha256, bytes, account_id, at)
        values ($1, $2, $3, $4, $5, $6)";
    SCAN_BYTES = "select bytes from pledge_scan where pledge_id = $1 and county_id = $2";
}

/// What a paper may be, by how its bytes begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanKind {
    Jpeg,
    Pdf,
}

impl ScanKind {
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            _ => None,
        }
    }

    /// As it is served.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Pdf => "application/pdf",
        }
    }
}

/// The season of a pledge, for the page to go back to.
///
/// # Errors
/// There is no such pledge, or the database failed.
pub async fn season(store: &Store, pledge: PledgeId) -> Result<SeasonId, ServiceError> {
    let mut tx = store.read().await?;
    season_in(&mut tx, pledge).await
}

async fn season_in(tx: &mut Tx, pledge: PledgeId) -> Result<SeasonId, ServiceError> {
    let asked = params![pledge, tx.county()];
    let row = tx.row_opt(PLEDGE_SEASON, &asked).await?;
    Ok(row
        .ok_or(ServiceError::NotFound("pledge"))?
        .id("season_id")?)
}

/// Keeps the paper of a pledge. The same bytes again change nothing.
///
/// # Errors
/// The account does not organise; the charter has no pledges; the pledge was withdrawn, or has
/// another paper; or the bytes are neither JPEG nor PDF.
pub async fn put(
    store: &Store,
    act: &Act,
    pledge: PledgeId,
    bytes: Vec<u8>,
) -> Result<(), ServiceError> {
    let (act, sha256) = (act.clone(), hex(&Sha256::digest(&bytes)));
    if ScanKind::of(&bytes).is_none() {
        return Err(ServiceError::invalid("file", "no_scan"));
    }
    let put = store.write(move |tx| {
        async move {
            permission::may(tx, act.account, &[Capability::Organise]).await?;
            let season = season_in(tx, pledge).await?;
            is_on(tx, season).await?;
            let all = known(tx, season).await?;
            let standing = |known: &&super::Known| known.pledge.withdrawn.is_none();
            let of_id = |known: &&super::Known| known.pledge.id == pledge;
            if all.iter().filter(standing).find(of_id).is_none() {
                return Err(ServiceError::Conflict("nothing_to_decide"));
            }
            if let Some(row) = tx.row_opt(SCAN_SHA, &params![pledge]).await? {
                return match row.text("sha256")? == sha256 {
                    true => Ok(()),
                    false => Err(ServiceError::Conflict("exists")),
                };
            }
            let county = tx.county();
            let what = json!({ "do": "pledge_scan", "pledge": pledge, "sha256": sha256 });
            let row = params![pledge, county, sha256, bytes, act.account, act.now];
            tx.execute(SCAN_ADD, &row).await?;
            act.audit(tx, None, &what).await
        }
        .boxed()
    });
    put.await
}

/// The paper of a pledge, and what it is.
///
/// # Errors
/// There is none, the charter has no pledges any more, or the database failed.
pub async fn of_staff(
    store: &Store,
    pledge: PledgeId,
) -> Result<(ScanKind, Vec<u8>), ServiceError> {
    let mut tx = store.read().await?;
    let season = season_in(&mut tx, pledge).await?;
    is_on(&mut tx, season).await?;
    let asked = params![pledge, tx.county()];
    let row = tx.row_opt(SCAN_BYTES, &asked).await?;
    let bytes = row.ok_or(ServiceError::NotFound("scan"))?.bytes("bytes")?;
    let kind = ScanKind::of(&bytes).ok_or(ServiceError::NotFound("scan"))?;
    Ok((kind, bytes))
}

async fn is_on(tx: &mut Tx, season: SeasonId) -> Result<(), ServiceError> {
    match Season::load(tx, season).await?.charter.pledges {
        true => Ok(()),
        false => Err(ServiceError::NotFound("pledge")),
    }
}
