//! Which pads were heard of, and when: kept in memory, because a heartbeat must not cost a flush to
//! disk, and written down seldom, so that the desk knows it after a restart.

use crate::store::{Store, StoreError, params, statements};
use domain::ids::{CredentialId, Millis, Seq};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// A pad that was heard of within this time is online (domain rules 2: 20 s without an answer).
pub const ONLINE_MS: u64 = 20_000;
/// A pad that has not heard of a change for longer than this is 滞后 (R7).
pub const BEHIND_MS: u64 = 5_000;

const _: () = assert!(BEHIND_MS < ONLINE_MS);

/// What a pad said of itself last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    pub last_seen: Millis,
    /// Sheets that it still holds.
    pub pending: u32,
    /// The last sequence that it has heard of.
    pub last_seq: Seq,
}

#[derive(Debug, Default)]
pub struct Presences {
    book: Mutex<Book>,
}

#[derive(Debug, Default)]
struct Book {
    seen: BTreeMap<CredentialId, Presence>,
    /// Not yet written down.
    fresh: BTreeMap<CredentialId, Presence>,
}

statements! {
    SEEN = "update credential set last_seen_at = $2, pending = $3, last_seq = $4
        where credential_id = $1";
}

impl Presences {
    /// Notes what a pad said.
    pub fn hear(&self, credential: CredentialId, presence: Presence) {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        book.fresh.insert(credential, presence);
        book.seen.insert(credential, presence);
    }

    /// What the pad of a credential said last, since this server started.
    #[must_use]
    pub fn of(&self, credential: CredentialId) -> Option<Presence> {
        let book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        book.seen.get(&credential).copied()
    }

    /// Writes down what was heard since the last time.
    ///
    /// # Errors
    /// The database failed; it is heard of again with the next heartbeat.
    pub async fn flush(&self, store: &Store) -> Result<(), StoreError> {
        let fresh = {
            let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut book.fresh)
        };
        if fresh.is_empty() {
            return Ok(());
        }
        store
            .write(move |tx| {
                Box::pin(async move {
                    for (credential, presence) in fresh {
                        let Presence {
                            last_seen,
                            pending,
                            last_seq,
                        } = presence;
                        let row = params![credential, last_seen, pending, last_seq];
                        tx.execute(SEEN, &row).await?;
                    }
                    Ok(())
                })
            })
            .await
    }
}

impl Presence {
    #[must_use]
    pub fn is_online(&self, now: Millis) -> bool {
        now.0.saturating_sub(self.last_seen.0) <= ONLINE_MS
    }
}
