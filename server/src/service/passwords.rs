//! Passwords: argon2id at a cost that two cores bear, never more than two at a time.

use super::error::ServiceError;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// Memory of one hash in KiB.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes at the same time: each takes a core and its memory.
const AT_ONCE: usize = 2;
/// Characters of a password.
const CHARS_MIN: usize = 10;
const CHARS_MAX: usize = 200;
/// Letters of a printed password, four times five.
const PRINTED_GROUPS: usize = 4;
const PRINTED_LETTERS: usize = 5;
/// None of them is easily taken for another.
const ALPHABET: &[u8; 30] = b"abcdefghjkmnpqrstuvwxyz3456789";

const _: () = assert!(CHARS_MIN <= PRINTED_GROUPS * PRINTED_LETTERS);

/// Hashes and checks passwords off the threads that answer requests.
pub struct Passwords {
    permits: Semaphore,
}

impl Passwords {
    #[must_use]
    pub fn new() -> Self {
        Self {
            permits: Semaphore::new(AT_ONCE),
        }
    }

    /// A PHC string.
    ///
    /// # Errors
    /// The machine has no memory for it.
    pub async fn hash(&self, password: &str) -> Result<String, ServiceError> {
        let password = password.to_owned();
        self.run(move || {
            let hash = hasher()?.hash_password(password.as_bytes());
            Ok(hash.map_err(internal)?.to_string())
        })
        .await
    }

    /// Whether a password is the one of a PHC string.
    ///
    /// # Errors
    /// The machine has no memory for it.
    pub async fn is_right(&self, password: &str, hash: &str) -> Result<bool, ServiceError> {
        if CHARS_MAX < password.chars().count() {
            return Ok(false);
        }
        let (password, hash) = (password.to_owned(), hash.to_owned());
        self.run(move || {
            let hash = PasswordHash::new(&hash).map_err(internal)?;
            Ok(hasher()?
                .verify_password(password.as_bytes(), &hash)
                .is_ok())
        })
        .await
    }

    /// Takes as long as a check, so that a login that does not exist is not told by its time.
    ///
    /// # Errors
    /// As a check.
    pub async fn waste(&self, password: &str) -> Result<(), ServiceError> {
        let password: String = password.chars().take(CHARS_MAX).collect();
        self.hash(&password).await.map(|_| ())
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let _permit = self.permits.acquire().await.map_err(internal)?;
        tokio::task::spawn_blocking(work).await.map_err(internal)?
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

/// What a new password must be.
///
/// # Errors
/// It is too short, too long, or the old one.
pub(super) fn check_new(old: &str, new: &str) -> Result<(), ServiceError> {
    let chars = new.chars().count();
    if chars < CHARS_MIN {
        return Err(ServiceError::invalid("new", "too_short"));
    }
    if CHARS_MAX < chars {
        return Err(ServiceError::invalid("new", "too_long"));
    }
    if old == new {
        return Err(ServiceError::invalid("new", "same_password"));
    }
    Ok(())
}

/// A password to be printed once: 98 bits, in groups that can be read out.
pub(super) fn one_time_password() -> String {
    let group = || -> String {
        let letter = || ALPHABET[rand::random_range(0..ALPHABET.len())] as char;
        (0..PRINTED_LETTERS).map(|_| letter()).collect()
    };
    let groups: Vec<String> = (0..PRINTED_GROUPS).map(|_| group()).collect();
    groups.join("-")
}

fn hasher() -> Result<Argon2<'static>, ServiceError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn internal(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Internal(anyhow::anyhow!("{error}"))
}
