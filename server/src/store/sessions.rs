//! Staff sessions as rows. Only a hash of the id is kept, and a session that was revoked stays so:
//! saving updates a row and never makes one.

use super::{Store, StoreError, params};
use crate::clock::Clock;
use crate::service::accounts::{SESSION_ACCOUNT, SESSION_DEVICE};
use crate::service::holder::token_hash;
use crate::store::statements::statements;
use async_trait::async_trait;
use domain::ids::Millis;
use std::fmt;
use std::sync::Arc;
use time::OffsetDateTime;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

/// A session ends so long after it was used last, and so long after it began.
pub const IDLE_MS: u64 = 3 * 24 * 60 * 60 * 1_000;
pub const ABSOLUTE_MS: u64 = 14 * 24 * 60 * 60 * 1_000;
/// Its use is written down this often at most.
const TOUCH_MS: u64 = 5 * 60 * 1_000;

const _: () = assert!(TOUCH_MS < IDLE_MS && IDLE_MS < ABSOLUTE_MS);

#[derive(Clone)]
pub struct Sessions {
    store: Store,
    clock: Arc<dyn Clock>,
}

statements! {
    SESSION_ADD = "insert into session
        (session_hash, county_id, account_id, body, device, started_at, last_seen_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $6, $7)";
    SESSION_SAVE = "update session set account_id = $2, body = $3, device = $4
        where session_hash = $1";
    SESSION_LOAD = "select body, started_at, last_seen_at, expires_at from session
        where session_hash = $1 and expires_at > $2";
    SESSION_TOUCH = "update session set last_seen_at = $2, expires_at = $3
        where session_hash = $1";
    SESSION_DELETE = "delete from session where session_hash = $1";
}

impl Sessions {
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    async fn run(&self, sql: &'static str, row: Vec<super::Value>) -> Result<()> {
        self.store
            .write(move |tx| Box::pin(async move { tx.execute(sql, &row).await.map(|_| ()) }))
            .await
            .map_err(|error: StoreError| failed(&error))
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let now = self.clock.wall();
        let (account, device, body) = parts(record)?;
        let county = self.store.county().id;
        let expires_at = Millis(now.0.saturating_add(IDLE_MS));
        // 128 random bits do not meet twice; were they to, the insert fails and nobody is let in.
        let hash = token_hash(&record.id.to_string());
        let row = params![hash, county, account, body, device, now, expires_at];
        self.run(SESSION_ADD, row.to_vec()).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let (account, device, body) = parts(record)?;
        let hash = token_hash(&record.id.to_string());
        self.run(SESSION_SAVE, params![hash, account, body, device].to_vec())
            .await
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = self.clock.wall();
        let hash = token_hash(&id.to_string());
        let mut tx = self.store.read().await.map_err(|error| failed(&error))?;
        let row = tx.row_opt(SESSION_LOAD, &params![hash.as_str(), now]).await;
        let Some(row) = row.map_err(|error| failed(&error))? else {
            return Ok(None);
        };
        drop(tx);
        let read = |column| row.u64(column).map_err(|error| failed(&error));
        let (started_at, last_seen_at) = (read("started_at")?, read("last_seen_at")?);
        if last_seen_at.saturating_add(TOUCH_MS) < now.0 {
            let ends = now.0.saturating_add(IDLE_MS);
            let expires_at = Millis(ends.min(started_at.saturating_add(ABSOLUTE_MS)));
            self.run(SESSION_TOUCH, params![hash, now, expires_at].to_vec())
                .await?;
        }
        Ok(Some(Record {
            id: *id,
            data: row.json("body").map_err(|error| failed(&error))?,
            expiry_date: moment(Millis(read("expires_at")?)),
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let hash = token_hash(&id.to_string());
        self.run(SESSION_DELETE, params![hash].to_vec()).await
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions")
    }
}

/// Account, browser and body of a record.
fn parts(record: &Record) -> Result<(Option<String>, String, String)> {
    let text = |key: &str| {
        let value = record.data.get(key).and_then(|value| value.as_str());
        value.map(str::to_owned)
    };
    let body = serde_json::to_string(&record.data);
    let body = body.map_err(|error| Error::Encode(error.to_string()))?;
    let device = text(SESSION_DEVICE).unwrap_or_default();
    Ok((text(SESSION_ACCOUNT), device, body))
}

fn moment(at: Millis) -> OffsetDateTime {
    let seconds = i64::try_from(at.0 / 1_000).unwrap_or(i64::MAX);
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn failed(error: &StoreError) -> Error {
    Error::Backend(error.to_string())
}
