//! The photo of a record of merit points (ES-3). The op names it by what it holds, and the bytes
//! follow by a request of their own, so that a batch stays small and a record never waits for them.

use serde::{Deserialize, Serialize};

/// Bytes of a photo, as the phone made it smaller.
pub const PHOTO_BYTES_MAX: usize = 600 * 1024;
/// Pixels of its longer side.
pub const PHOTO_SIDE_MAX: u32 = 1280;

/// Which bytes a photo is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoName {
    /// In hex.
    pub sha256: String,
    /// Bytes.
    pub size: u32,
}

impl PhotoName {
    /// It can name a photo that would be taken.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        self.sha256.len() == 64
            && self.sha256.bytes().all(is_hex)
            && (1..=PHOTO_BYTES_MAX).contains(&size)
    }
}

/// Where the photo of a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoState {
    /// Still on the phone.
    Missing,
    /// The server has it.
    Here,
    #[serde(other)]
    Unknown,
}
