//! What the desk sees of cards and pads: who has claimed a seat, and whether the pad would work
//! without network.

use crate::service::error::ServiceError;
use crate::service::presence::{ONLINE_MS, Presences};
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::{CardState, Pairing};
use domain::ids::{CardId, ContestId, CredentialId, Millis, SeatId};
use std::collections::BTreeMap;
use sync::protocol::Preflight;

/// A seat's card, or the host's.
#[derive(Clone, Debug)]
pub struct CardRecord {
    pub id: CardId,
    pub secret: String,
    pub digits: String,
    pub locked: bool,
    pub withdrawn: bool,
}

/// The device that holds a seat or is the host's, as the database knows it.
#[derive(Clone, Debug)]
pub struct PadRecord {
    pub credential: CredentialId,
    pub paired_at: Millis,
    pub last_seen: Option<Millis>,
    pub pending: u32,
    pub preflight: Option<Preflight>,
    pub took_over_at: Option<Millis>,
}

/// What the server heard of a pad last, fresher than its row.
pub trait Hearing: Send + Sync {
    /// When it was heard of, and how many sheets it then held.
    fn heard(&self, credential: CredentialId) -> Option<(Millis, u32)>;
}

impl Hearing for Presences {
    fn heard(&self, credential: CredentialId) -> Option<(Millis, u32)> {
        self.of(credential)
            .map(|presence| (presence.last_seen, presence.pending))
    }
}

statements! {
    CARDS = "select * from card where contest_id = $1 and kind = 'seat'
        order by issued_at, card_id";
    PADS = "select * from credential where contest_id = $1 and kind = 'seat' and state = 'active'
        order by paired_at, credential_id";
    HOST_CARD = "select * from card where contest_id = $1 and kind = 'host'
        order by issued_at desc, card_id desc limit 1";
    HOST_PAD = "select * from credential
        where contest_id = $1 and kind = 'host' and state = 'active'
        order by paired_at desc, credential_id desc limit 1";
}

/// The newest card of each seat.
///
/// # Errors
/// The database failed.
pub async fn cards(
    tx: &mut Tx,
    contest: ContestId,
) -> Result<BTreeMap<SeatId, CardRecord>, ServiceError> {
    let mut cards = BTreeMap::new();
    for row in tx.rows(CARDS, &params![contest]).await? {
        if let Some(seat) = row.id_opt("seat_id")? {
            cards.insert(seat, card(&row)?);
        }
    }
    Ok(cards)
}

/// The pad that holds each seat.
///
/// # Errors
/// The database failed.
pub async fn pads(
    tx: &mut Tx,
    contest: ContestId,
    hearing: &dyn Hearing,
) -> Result<BTreeMap<SeatId, PadRecord>, ServiceError> {
    let mut pads = BTreeMap::new();
    for row in tx.rows(PADS, &params![contest]).await? {
        if let Some(seat) = row.id_opt("seat_id")? {
            pads.insert(seat, heard_pad(&row, hearing)?);
        }
    }
    Ok(pads)
}

/// The newest card of the host.
///
/// # Errors
/// The database failed.
pub async fn host_card(
    tx: &mut Tx,
    contest: ContestId,
) -> Result<Option<CardRecord>, ServiceError> {
    let row = tx.row_opt(HOST_CARD, &params![contest]).await?;
    Ok(row.map(|row| card(&row)).transpose()?)
}

/// The tablet of the host.
///
/// # Errors
/// The database failed.
pub async fn host_pad(
    tx: &mut Tx,
    contest: ContestId,
    hearing: &dyn Hearing,
) -> Result<Option<PadRecord>, ServiceError> {
    let row = tx.row_opt(HOST_PAD, &params![contest]).await?;
    Ok(row.map(|row| heard_pad(&row, hearing)).transpose()?)
}

impl CardRecord {
    #[must_use]
    pub fn state(&self) -> CardState {
        match (self.withdrawn, self.locked) {
            (true, _) => CardState::Withdrawn,
            (false, true) => CardState::Locked,
            (false, false) => CardState::Issued,
        }
    }
}

impl PadRecord {
    /// The pad as the desk shows it, for a contest at these versions.
    #[must_use]
    pub fn pairing(&self, charter_version: u32, roster_version: u32, now: Millis) -> Pairing {
        let preflight = self.preflight.as_ref();
        let is_online = |seen: Millis| now.0.saturating_sub(seen.0) <= ONLINE_MS;
        Pairing {
            paired_at: self.paired_at,
            last_seen: self.last_seen,
            online: self.last_seen.is_some_and(is_online),
            pending: self.pending,
            ready: preflight
                .is_some_and(|preflight| preflight.is_ready(charter_version, roster_version)),
            preflight: self.preflight.clone(),
            took_over_at: self.took_over_at,
        }
    }
}

pub(in crate::service) fn card(row: &Row) -> Result<CardRecord, StoreError> {
    Ok(CardRecord {
        id: row.id("card_id")?,
        secret: row.text("secret")?,
        digits: row.text("digits")?,
        locked: row.flag("locked")?,
        withdrawn: row.flag("withdrawn")?,
    })
}

pub(in crate::service) fn heard_pad(
    row: &Row,
    hearing: &dyn Hearing,
) -> Result<PadRecord, StoreError> {
    let mut pad = pad(row)?;
    if let Some((seen, pending)) = hearing.heard(pad.credential) {
        (pad.last_seen, pad.pending) = (Some(seen), pending);
    }
    Ok(pad)
}

fn pad(row: &Row) -> Result<PadRecord, StoreError> {
    let preflight = row.text_opt("preflight")?;
    Ok(PadRecord {
        credential: row.id("credential_id")?,
        paired_at: row.millis("paired_at")?,
        last_seen: row.millis_opt("last_seen_at")?,
        pending: row.u32("pending")?,
        // A report of a shape that this build does not know is no report.
        preflight: preflight.and_then(|text| serde_json::from_str(&text).ok()),
        took_over_at: row.millis_opt("took_over_at")?,
    })
}
