//! The judges' phones of the demo: each holds a seat and pushes sealed sheets the way a real one
//! does.

use super::marks::{Wanted, marks, sealed_at};
use crate::assets::hex;
use crate::service::chance::Chance;
use crate::service::error::ServiceError;
use crate::service::holder::{self, CREDENTIAL_MS, token_hash};
use crate::service::pairing::{CREDENTIAL_ADD, REPLACE};
use crate::service::record::{ContestRecord, EntryRecord, SeatRecord};
use crate::service::sync::push;
use crate::store::{Store, Tx, Value, params};
use domain::charter::Charter;
use domain::ids::{
    CardId, ContestId, CredentialId, DeviceId, LinkId, Millis, OpId, SeatId, SheetId,
};
use futures::FutureExt as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use sync::protocol::{
    Change, DeviceSeq, OP_VERSION, OfflineSeal, Op, SealedSheet, SheetMark, SignedOp,
};

/// One phone that was paired with a seat.
pub struct Phone {
    contest: ContestId,
    seat: SeatRecord,
    charter: Charter,
    charter_version: u32,
    credential: CredentialId,
    device: DeviceId,
    token: String,
    key: [u8; 32],
    ops: u64,
}

/// How a sheet is sealed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seal {
    /// The pad could not hear the host; the last sequence it had heard of.
    pub offline: Option<OfflineSeal>,
    pub recorded_at: Millis,
}

/// How a phone comes to its seat.
#[derive(Clone, Copy)]
pub struct Take<'a> {
    pub card: CardId,
    /// The phone that it takes the seat over from (接管).
    pub from: Option<&'a Phone>,
    pub now: Millis,
}

impl Phone {
    /// Pairs a phone with the card of a seat. The ids and keys are those of the demo, so pairing
    /// itself, which makes them by chance, is passed by.
    ///
    /// # Errors
    /// The database failed.
    pub async fn pair(
        store: &Store,
        chance: &Chance,
        record: &ContestRecord,
        seat: &SeatRecord,
        Take { card, from, now }: Take<'_>,
    ) -> Result<Self, ServiceError> {
        let (device, key) = (DeviceId(chance.uuid(now)), chance.bytes::<32>());
        let credential = CredentialId(chance.uuid(now));
        let token = hex(&chance.bytes::<32>());
        let row = params![
            credential,
            store.county().id,
            record.id,
            "seat",
            seat.id,
            card,
            device,
            token_hash(&token),
            hex(&key),
            now,
            from.map(|_| now),
            from.map(|phone| phone.device),
            Millis(now.0 + CREDENTIAL_MS),
            None::<LinkId>,
        ];
        let replaced = from.map(|phone| phone.credential);
        store
            .write(move |tx| put(tx, row, replaced).boxed())
            .await?;
        Ok(Self {
            contest: record.id,
            seat: seat.clone(),
            charter: record.charter.clone(),
            charter_version: record.charter_version,
            credential,
            device,
            token,
            key,
            ops: 0,
        })
    }

    #[must_use]
    pub fn seat(&self) -> u32 {
        self.seat.number
    }

    #[must_use]
    pub fn seat_id(&self) -> SeatId {
        self.seat.id
    }

    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// What the phone shows to push, for a push over HTTP.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    #[must_use]
    pub fn class(&self) -> &str {
        &self.seat.class
    }

    /// What this seat would give an entry.
    #[must_use]
    pub fn marks(&self, wanted: Wanted) -> Vec<SheetMark> {
        marks(&self.charter, &self.seat.class, wanted)
    }

    /// Seals a sheet for an entry. It is on the phone then, and nowhere else.
    ///
    /// # Errors
    /// It could not be written as JSON.
    pub fn seal(
        &mut self,
        chance: &Chance,
        entry: &EntryRecord,
        marks: Vec<SheetMark>,
        seal: Seal,
    ) -> Result<SignedOp, ServiceError> {
        self.ops += 1;
        let sheet = SealedSheet {
            sheet_id: SheetId(chance.uuid(seal.recorded_at)),
            entry: entry.id,
            attempt: entry.gate.attempt,
            gate: entry.gate.number,
            version: 1,
            replaces: None,
            charter_version: self.charter_version,
            marks,
            offline: seal.offline,
            gate_code: None,
        };
        let op = Op {
            v: OP_VERSION,
            op_id: OpId(chance.uuid(seal.recorded_at)),
            contest: self.contest,
            seat: self.seat.id,
            device: self.device,
            device_seq: DeviceSeq(self.ops),
            recorded_at: seal.recorded_at,
            change: Change::Seal(sheet),
        };
        let body = serde_json::to_string(&op).map_err(|e| ServiceError::Internal(e.into()))?;
        let mac = self.mac(&body)?;
        Ok(SignedOp { body, mac })
    }

    /// Sends what was sealed.
    ///
    /// # Errors
    /// The database failed.
    pub async fn send(
        &self,
        store: &Store,
        ops: Vec<SignedOp>,
        now: Millis,
    ) -> Result<(), ServiceError> {
        let holder = holder::by_token(store, &self.token, now).await?;
        let holder = holder.ok_or(ServiceError::NotFound("credential"))?;
        push(store, holder, ops, now).await?;
        Ok(())
    }

    /// Seals while the gate is open, and sends at once.
    ///
    /// # Errors
    /// The database failed.
    pub async fn mark(
        &mut self,
        store: &Store,
        chance: &Chance,
        entry: &EntryRecord,
        marks: Vec<SheetMark>,
        opened: Millis,
    ) -> Result<(), ServiceError> {
        let recorded_at = sealed_at(opened, self.seat.number);
        let op = self.seal(
            chance,
            entry,
            marks,
            Seal {
                offline: None,
                recorded_at,
            },
        )?;
        self.send(store, vec![op], recorded_at).await
    }

    fn mac(&self, body: &str) -> Result<String, ServiceError> {
        let mac = Hmac::<Sha256>::new_from_slice(&self.key);
        let mut mac = mac.map_err(|e| ServiceError::Internal(e.into()))?;
        mac.update(body.as_bytes());
        Ok(hex(&mac.finalize().into_bytes()))
    }
}

async fn put(
    tx: &mut Tx,
    row: impl AsRef<[Value]>,
    replaced: Option<CredentialId>,
) -> Result<(), ServiceError> {
    if let Some(replaced) = replaced {
        tx.execute(REPLACE, &params![replaced]).await?;
    }
    tx.execute(CREDENTIAL_ADD, row.as_ref()).await?;
    Ok(())
}
