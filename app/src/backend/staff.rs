//! Staff accounts and their sessions.

use domain::ids::{AccountId, Millis};
use serde::{Deserialize, Serialize};

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    pub account: AccountId,
    pub login: String,
    /// The password is the printed one-time password and has to be changed first.
    pub must_change_password: bool,
}

/// One session of the signed-in account, so that a lost tablet can be signed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Names the session without being its secret.
    pub id: String,
    pub started_at: Millis,
    pub last_seen: Millis,
    /// The browser, in a few words.
    pub device: String,
    pub current: bool,
}
