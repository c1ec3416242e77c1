//! Files that staff have sent and not yet applied. They lie in memory for half an hour: a dry run
//! is for looking at, and what was looked at is exactly what is applied.

use app::backend::UploadId;
use domain::ids::{AccountId, Millis};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Uploads that are kept at once; the oldest goes first.
pub const UPLOADS_MAX: usize = 20;
/// How long one is kept.
pub const KEPT_MS: u64 = 30 * 60 * 1_000;
/// Bytes of one file.
pub const UPLOAD_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Characters of a file's name.
pub const FILE_NAME_MAX: usize = 100;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadKind {
    Roster,
    Charter,
    HandOver,
}

#[derive(Clone, Debug)]
pub struct Upload {
    pub id: UploadId,
    pub kind: UploadKind,
    pub file: String,
    pub bytes: Arc<[u8]>,
    /// Who sent it; nobody else sees it.
    pub account: AccountId,
    at: Millis,
}

#[derive(Debug, Default)]
pub struct Uploads {
    kept: Mutex<VecDeque<Upload>>,
}

impl UploadKind {
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "roster" => Some(Self::Roster),
            "charter" => Some(Self::Charter),
            "handover" => Some(Self::HandOver),
            _ => None,
        }
    }
}

impl Uploads {
    /// Keeps a file and names it.
    pub fn keep(
        &self,
        kind: UploadKind,
        file: &str,
        bytes: Vec<u8>,
        account: AccountId,
        now: Millis,
    ) -> UploadId {
        let upload = Upload {
            id: Uuid::now_v7().to_string(),
            kind,
            file: file
                .chars()
                .filter(|c| !c.is_control())
                .take(FILE_NAME_MAX)
                .collect(),
            bytes: bytes.into(),
            account,
            at: now,
        };
        let id = upload.id.clone();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        forget_old(&mut kept, now);
        if UPLOADS_MAX <= kept.len() {
            kept.pop_front();
        }
        kept.push_back(upload);
        id
    }

    /// A file by its name, for the account that sent it.
    pub fn get(&self, id: &str, account: AccountId, now: Millis) -> Option<Upload> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        forget_old(&mut kept, now);
        kept.iter()
            .find(|upload| upload.id == id && upload.account == account)
            .cloned()
    }
}

fn forget_old(kept: &mut VecDeque<Upload>, now: Millis) {
    // A clock that jumped back keeps files longer, which harms nobody.
    kept.retain(|upload| now.0.saturating_sub(upload.at.0) <= KEPT_MS);
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: AccountId = AccountId(Uuid::nil());

    fn keep(uploads: &Uploads, now: u64) -> UploadId {
        uploads.keep(UploadKind::Roster, "a.csv", vec![1], ACCOUNT, Millis(now))
    }

    #[test]
    fn a_file_is_kept_for_half_an_hour() {
        let uploads = Uploads::default();
        let id = keep(&uploads, 1_000);
        assert!(uploads.get(&id, ACCOUNT, Millis(1_000 + KEPT_MS)).is_some());
        assert!(uploads.get(&id, ACCOUNT, Millis(1_001 + KEPT_MS)).is_none());
    }

    #[test]
    fn the_oldest_makes_room_and_another_account_sees_nothing() {
        let uploads = Uploads::default();
        let ids: Vec<UploadId> = (0..21).map(|_| keep(&uploads, 1)).collect();
        assert!(uploads.get(&ids[0], ACCOUNT, Millis(1)).is_none());
        assert!(uploads.get(&ids[1], ACCOUNT, Millis(1)).is_some());
        let other = AccountId(Uuid::max());
        assert!(uploads.get(&ids[1], other, Millis(1)).is_none());
    }
}
