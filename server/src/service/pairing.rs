//! 领取席位 and 接管: a card and its digits become a device's credential (R6). Nothing else pairs,
//! and opening a card's link changes nothing.

use super::act::audit_device;
use super::error::ServiceError;
use super::holder::{CREDENTIAL_MS, kind, token_hash};
use crate::assets::hex;
use crate::store::{Change, Row, Store, Tx, params, statements};
use domain::ids::{ContestId, CredentialId, DeviceId, LinkId, Millis, SeatId};
use serde_json::json;
use subtle::ConstantTimeEq as _;
use sync::protocol::{
    LiveKind, PROTOCOL_VERSION, PROTOCOL_VERSION_MIN, PairRefusal, PairRequest, PairResponse,
    Preflight, SeatKey, speaks,
};
use time::format_description::well_known::Iso8601;
use uuid::Uuid;

/// Wrong digits in a row until the organiser has to unlock the card.
pub const TRIES_MAX: u32 = 5;
/// Bytes of a token and of a seat key.
const TOKEN_BYTES: usize = 32;

statements! {
    CARD = "select d.*, c.title, c.held_on, c.posted_at, s.name as season,
            l.expires_at as link_expires_at
        from card d
        left join contest c on c.contest_id = d.contest_id
        left join link l on l.link_id = d.link_id
        left join season s on s.season_id = l.season_id
        where d.card_id = $1 and d.county_id = $2";
    FAILS_SET = "update card set fails = $2, locked = $3 where card_id = $1";
    ACTIVE = "select credential_id, device_id, paired_at, last_seen_at from credential
        where state = 'active' and (seat_id = $1 or ($1 is null and card_id = $2))";
    REPLACE = "update credential set state = 'replaced' where credential_id = $1";
    CREDENTIAL_ADD = "insert into credential
        (credential_id, county_id, contest_id, kind, seat_id, card_id, device_id, token_hash,
            seat_key, state, paired_at, took_over_at, took_over_from, expires_at, last_seen_at,
            link_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'active', $10, $11, $12, $13, $10, $14)";
    PREFLIGHT_SET = "update credential set preflight = $2, last_seen_at = $3
        where credential_id = $1";
    CARDS_WITHDRAW = "update card set withdrawn = 1
        where contest_id = $1 and coalesce(seat_id, '') = coalesce($2, '')";
    CREDENTIALS_WITHDRAW = "update credential set state = 'withdrawn'
        where contest_id = $1 and coalesce(seat_id, '') = coalesce($2, '') and state = 'active'";
    CARDS_UNLOCK = "update card set fails = 0, locked = 0
        where contest_id = $1 and coalesce(seat_id, '') = coalesce($2, '') and withdrawn = 0";
}

/// Pairs a device, or says why not. The same card and digits work again only as a take-over.
///
/// # Errors
/// The database failed.
pub async fn pair(
    store: &Store,
    request: PairRequest,
    now: Millis,
) -> Result<Result<PairResponse, PairRefusal>, ServiceError> {
    if !speaks(request.protocol) {
        let min_protocol = PROTOCOL_VERSION_MIN;
        return Ok(Err(PairRefusal::Protocol { min_protocol }));
    }
    store
        .write(move |tx| Box::pin(async move { pair_in(tx, &request, now).await }))
        .await
}

/// Keeps the 可离线 report of a pad.
///
/// # Errors
/// The database failed.
pub async fn keep_preflight(
    store: &Store,
    (credential, contest): (CredentialId, Option<ContestId>),
    report: Preflight,
    now: Millis,
) -> Result<(), ServiceError> {
    let report = serde_json::to_string(&report).map_err(|e| ServiceError::Internal(e.into()))?;
    store
        .write(move |tx| {
            Box::pin(async move {
                tx.execute(PREFLIGHT_SET, &params![credential, report, now])
                    .await?;
                if let Some(contest) = contest {
                    tx.emit(Change::new(contest, LiveKind::Pads), now).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Takes a card and its credential away, a seat's or, without a seat, the host's: it neither pairs
/// nor pulls any more. What a pad still pushes is kept and counts for nothing without a person.
///
/// # Errors
/// The database failed.
pub async fn withdraw_card(
    tx: &mut Tx,
    contest: ContestId,
    seat: Option<SeatId>,
    now: Millis,
) -> Result<(), ServiceError> {
    let whose = params![contest, seat];
    tx.execute(CARDS_WITHDRAW, &whose).await?;
    tx.execute(CREDENTIALS_WITHDRAW, &whose).await?;
    tx.emit(pads_changed(contest, seat), now).await?;
    Ok(())
}

/// Lets a locked card be tried again, a seat's or the host's.
///
/// # Errors
/// The database failed.
pub async fn unlock_card(
    tx: &mut Tx,
    contest: ContestId,
    seat: Option<SeatId>,
    now: Millis,
) -> Result<(), ServiceError> {
    tx.execute(CARDS_UNLOCK, &params![contest, seat]).await?;
    tx.emit(Change::new(contest, LiveKind::Pads), now).await?;
    Ok(())
}

/// What desks hear of a card or a credential, and the seat that it is about.
fn pads_changed(contest: ContestId, seat: Option<SeatId>) -> Change {
    let change = Change::new(contest, LiveKind::Pads);
    match seat {
        Some(seat) => change.seat(seat),
        None => change,
    }
}

/// A card as pairing sees it.
struct Card {
    /// None outside contests.
    contest: Option<ContestId>,
    /// The contest's title, or the season's name.
    title: String,
    kind: String,
    seat: Option<SeatId>,
    link: Option<LinkId>,
    fails: u32,
    expires_at: Millis,
}

async fn pair_in(
    tx: &mut Tx,
    request: &PairRequest,
    now: Millis,
) -> Result<Result<PairResponse, PairRefusal>, ServiceError> {
    let county = tx.county();
    let row = tx.row_opt(CARD, &params![request.card, county]).await?;
    // Whoever lacks the secret learns nothing of the card, and cannot lock it.
    let row = row.filter(|row| is_text(row, "secret", &request.secret));
    let Some(row) = row else {
        return Ok(Err(PairRefusal::UnknownCard));
    };
    let card = card(&row, now)?;
    if row.flag("withdrawn")? {
        return Ok(Err(PairRefusal::Withdrawn));
    }
    if row.flag("locked")? {
        return Ok(Err(PairRefusal::Locked));
    }
    if card.expires_at < now {
        return Ok(Err(PairRefusal::ContestOver));
    }
    if !is_text(&row, "digits", &request.digits) {
        return count_wrong_try(tx, request, &card, now).await.map(Err);
    }
    give(tx, request, &card, now).await
}

async fn count_wrong_try(
    tx: &mut Tx,
    request: &PairRequest,
    card: &Card,
    now: Millis,
) -> Result<PairRefusal, ServiceError> {
    let fails = card.fails.saturating_add(1);
    let left = TRIES_MAX.saturating_sub(fails);
    tx.execute(FAILS_SET, &params![request.card, fails, left == 0])
        .await?;
    if 0 < left {
        return Ok(PairRefusal::WrongDigits { left });
    }
    if let Some(contest) = card.contest {
        tx.emit(Change::new(contest, LiveKind::Pads), now).await?;
    }
    Ok(PairRefusal::Locked)
}

async fn give(
    tx: &mut Tx,
    request: &PairRequest,
    card: &Card,
    now: Millis,
) -> Result<Result<PairResponse, PairRefusal>, ServiceError> {
    let active = tx.rows(ACTIVE, &params![card.seat, request.card]).await?;
    let mut replaced: Option<DeviceId> = None;
    for row in &active {
        let device: DeviceId = row.id("device_id")?;
        if device == request.device {
            // The answer to an earlier try was lost, or the page was opened twice.
            continue;
        }
        if !request.takeover {
            return Ok(Err(PairRefusal::Taken {
                paired_at: row.millis("paired_at")?,
                last_seen: row.millis_opt("last_seen_at")?,
            }));
        }
        replaced = Some(device);
    }
    for row in &active {
        let old: CredentialId = row.id("credential_id")?;
        tx.execute(REPLACE, &params![old]).await?;
    }
    tx.execute(FAILS_SET, &params![request.card, 0_u32, false])
        .await?;
    let response = add_credential(tx, request, card, replaced, now).await?;
    record(tx, request, card, replaced, now).await?;
    if let Some(contest) = card.contest {
        tx.emit(pads_changed(contest, card.seat), now).await?;
    }
    Ok(Ok(response))
}

async fn add_credential(
    tx: &mut Tx,
    request: &PairRequest,
    card: &Card,
    replaced: Option<DeviceId>,
    now: Millis,
) -> Result<PairResponse, ServiceError> {
    let (county, credential) = (tx.county(), CredentialId(Uuid::now_v7()));
    let (token, seat_key) = (random_hex(), random_hex());
    let row = params![
        credential,
        county,
        card.contest,
        card.kind.as_str(),
        card.seat,
        request.card,
        request.device,
        token_hash(&token),
        seat_key.as_str(),
        now,
        replaced.map(|_| now),
        replaced,
        card.expires_at,
        card.link,
    ];
    tx.execute(CREDENTIAL_ADD, &row).await?;
    Ok(PairResponse {
        protocol: PROTOCOL_VERSION,
        credential,
        token,
        seat_key: SeatKey(seat_key),
        kind: kind(&card.kind),
        seat: card.place(),
        contest: card.contest.unwrap_or(ContestId(Uuid::nil())),
        contest_title: card.title.clone(),
        expires_at: card.expires_at,
        server_time: now,
        replaced,
    })
}

/// Both devices of a take-over are named on the record (R6).
async fn record(
    tx: &mut Tx,
    request: &PairRequest,
    card: &Card,
    replaced: Option<DeviceId>,
    now: Millis,
) -> Result<(), ServiceError> {
    let what = if replaced.is_some() {
        "take_over"
    } else {
        "pair"
    };
    let act = json!({
        "do": what, "seat": card.seat, "link": card.link, "replaced": replaced,
    });
    audit_device(tx, card.contest, request.device, &act, now).await
}

impl Card {
    /// Its seat, or outside contests its link under the same name; nil for a host.
    fn place(&self) -> SeatId {
        let link = self.link.map(|link| SeatId(link.0));
        self.seat.or(link).unwrap_or(SeatId(Uuid::nil()))
    }
}

fn card(row: &Row, now: Millis) -> Result<Card, ServiceError> {
    let title = row.text_opt("title")?;
    let expires_at = match row.millis_opt("link_expires_at")? {
        Some(expires_at) => expires_at,
        None => contest_card_expires_at(row, now)?,
    };
    Ok(Card {
        contest: row.id_opt("contest_id")?,
        title: match title {
            Some(title) => title,
            None => row.text("season")?,
        },
        kind: row.text("kind")?,
        seat: row.id_opt("seat_id")?,
        link: row.id_opt("link_id")?,
        fails: row.u32("fails")?,
        expires_at,
    })
}

fn contest_card_expires_at(row: &Row, now: Millis) -> Result<Millis, ServiceError> {
    let held_at = held_at(&row.text("held_on")?);
    let over_at = match row.millis_opt("posted_at")? {
        Some(posted_at) => posted_at,
        None => now.max(held_at.unwrap_or(now)),
    };
    Ok(Millis(over_at.0.saturating_add(CREDENTIAL_MS)))
}

/// The day of the contest, where it was written as one.
fn held_at(held_on: &str) -> Option<Millis> {
    let day = time::Date::parse(held_on, &Iso8601::DATE).ok()?;
    let seconds = u64::try_from(day.midnight().assume_utc().unix_timestamp()).ok()?;
    Some(Millis(seconds.saturating_mul(1_000)))
}

/// Compares without telling by its time how much was right.
fn is_text(row: &Row, column: &str, given: &str) -> bool {
    let stored = row.text(column).unwrap_or_default();
    !stored.is_empty() && bool::from(stored.as_bytes().ct_eq(given.as_bytes()))
}

fn random_hex() -> String {
    let bytes: [u8; TOKEN_BYTES] = rand::random();
    hex(&bytes)
}
