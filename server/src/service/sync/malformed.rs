//! What came and cannot be taken as an op, though a sheet may be in it: kept and shown, because
//! nobody else has it.

use super::Bearer;
use crate::assets::hex;
use crate::service::error::ServiceError;
use crate::store::{Tx, params, statements};
use domain::ids::Millis;
use sha2::{Digest as _, Sha256};
use sync::protocol::{RejectReason, SignedOp};
use uuid::Uuid;

/// Unreadable ops of one seat that are kept. A pad that sends more is broken, and keeps its own.
const MALFORMED_MAX: i64 = 500;

statements! {
    MALFORMED_COUNT = "select count(*) as kept from malformed where seat_id = $1";
    MALFORMED_ADD = "insert into malformed
        (malformed_id, county_id, contest_id, seat_id, device_id, body_hash, body, mac, reason,
            credential_id, carrier_id, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (seat_id, body_hash) do nothing";
}

/// Refusals that a person is shown, because the sheet may be in there and nobody else has it.
pub(super) fn is_unreadable(reason: RejectReason) -> bool {
    matches!(
        reason,
        RejectReason::Malformed
            | RejectReason::BadMac
            | RejectReason::NewerVersion
            | RejectReason::TooLarge
    )
}

/// Keeps it, and tells whether it is new.
pub(super) async fn keep(
    tx: &mut Tx,
    bearer: &Bearer,
    signed: &SignedOp,
    reason: RejectReason,
    now: Millis,
) -> Result<bool, ServiceError> {
    let kept = tx.row(MALFORMED_COUNT, &params![bearer.seat]).await?;
    if MALFORMED_MAX <= kept.int("kept")? {
        return Ok(false);
    }
    let hash = hex(&Sha256::digest(format!("{}\n{}", signed.body, signed.mac)));
    let text = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let reason = serde_json::to_string(&reason).unwrap_or_default();
    let county = tx.county();
    let row = params![
        Uuid::now_v7(),
        county,
        bearer.holder.contest,
        bearer.seat,
        bearer.holder.device,
        hash,
        text(&signed.body),
        text(&signed.mac),
        reason.trim_matches('"'),
        bearer.holder.credential,
        bearer.carrier,
        now,
    ];
    Ok(0 < tx.execute(MALFORMED_ADD, &row).await?)
}
