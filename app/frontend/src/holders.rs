//! The small database that lists who holds a credential on this device: seats and hosts. It also
//! remembers the device id that a card was paired with, so that a lost answer does not look like
//! another device.

use crate::idb::{Db, META};
use crate::json;
use app::pad::view::HolderRow;
use domain::ids::{CardId, ContestId, DeviceId, SeatId};
use serde::{Deserialize, Serialize};
use sync::outbox::StoreFault;
use sync::protocol::{HolderKind, Owed};
use uuid::Uuid;

const NAME: &str = "leitai";
const V: u32 = 1;
const HOLDER: &str = "holder:";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolderRecord {
    #[serde(default)]
    pub kind: HolderKind,
    /// Nil for a host.
    pub seat: SeatId,
    pub contest: ContestId,
    #[serde(default)]
    pub contest_title: String,
    #[serde(default)]
    pub number: Option<u32>,
    #[serde(default)]
    pub class_name: String,
    #[serde(default)]
    pub pending: usize,
    #[serde(default)]
    pub owed: Option<Owed>,
}

pub struct Holders(Db);

impl Holders {
    pub fn new() -> Self {
        Self(Db::new(NAME.to_owned()))
    }

    pub async fn all(&self) -> Result<Vec<HolderRecord>, StoreFault> {
        let records = self.0.all(META).await?;
        let holders = records
            .iter()
            .filter(|record| record.id.starts_with(HOLDER));
        Ok(holders
            .filter_map(|record| json::read(&record.body))
            .collect())
    }

    pub async fn put(&self, holder: &HolderRecord) -> Result<(), StoreFault> {
        let body = json::write(holder).ok_or(StoreFault::Unavailable)?;
        let key = match holder.kind {
            HolderKind::Host => format!("{HOLDER}host:{}", holder.contest),
            _ => key(holder.seat),
        };
        self.0.put(META, &key, V, &body).await
    }

    pub async fn remove(&self, seat: SeatId) -> Result<(), StoreFault> {
        self.0.remove(META, &key(seat)).await
    }

    /// The device id for a card: kept before it is used, and the same at the next try.
    pub async fn device_of(&self, card: CardId) -> Result<DeviceId, StoreFault> {
        let key = format!("card:{card}");
        let known = self.0.get(META, &key).await?;
        if let Some(device) = known.and_then(|body| json::read(&body)) {
            return Ok(device);
        }
        let device = DeviceId(Uuid::now_v7());
        let body = json::write(&device).ok_or(StoreFault::Unavailable)?;
        self.0.put(META, &key, V, &body).await?;
        Ok(device)
    }
}

fn key(seat: SeatId) -> String {
    format!("{HOLDER}{seat}")
}

impl From<HolderRecord> for HolderRow {
    fn from(record: HolderRecord) -> Self {
        Self {
            kind: record.kind,
            seat: record.seat,
            contest: record.contest,
            contest_title: record.contest_title,
            number: record.number,
            class_name: record.class_name,
            pending: record.pending,
            owed: record.owed,
        }
    }
}
