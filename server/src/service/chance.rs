//! Where ids, digits and secrets come from: the machine's randomness, or for the demo county a
//! fixed row of numbers, so that the demo is the same on every machine.

use domain::ids::Millis;
use sha2::{Digest as _, Sha256};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::{Builder, Uuid};

/// Bytes of a card's secret.
const SECRET_BYTES: usize = 16;

/// Cheap to clone; clones of a fixed one share their count.
#[derive(Clone, Debug)]
pub struct Chance {
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    Machine,
    Fixed {
        seed: &'static str,
        count: Arc<Mutex<u64>>,
    },
}

impl Chance {
    /// Unguessable: for everything but the demo.
    #[must_use]
    pub fn machine() -> Self {
        Self {
            source: Source::Machine,
        }
    }

    /// The same numbers for the same seed. Whoever knows the seed knows every secret, so the demo's
    /// cards protect nothing.
    #[must_use]
    pub fn fixed(seed: &'static str) -> Self {
        Self {
            source: Source::Fixed {
                seed,
                count: Arc::new(Mutex::new(0)),
            },
        }
    }

    /// An id; from the machine, its order is the order of making.
    #[must_use]
    pub fn uuid(&self, now: Millis) -> Uuid {
        match &self.source {
            Source::Machine => Uuid::now_v7(),
            Source::Fixed { .. } => {
                let random = self.bytes::<10>();
                Builder::from_unix_timestamp_millis(now.0, &random).into_uuid()
            }
        }
    }

    /// Four digits, as under the fold of a card.
    #[must_use]
    pub fn digits(&self) -> String {
        let number = u32::from_be_bytes(self.bytes::<4>());
        format!("{:04}", number % 10_000)
    }

    /// A card's secret in hex.
    #[must_use]
    pub fn secret(&self) -> String {
        crate::assets::hex(&self.bytes::<SECRET_BYTES>())
    }

    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        match &self.source {
            Source::Machine => rand::random(),
            Source::Fixed { seed, count } => {
                let mut count = count.lock().unwrap_or_else(PoisonError::into_inner);
                *count += 1;
                let hash = Sha256::digest(format!("{seed} {count}"));
                let mut bytes = [0; N];
                for (byte, hashed) in bytes.iter_mut().zip(hash) {
                    *byte = hashed;
                }
                bytes
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_chance_repeats_itself_and_a_machine_does_not() {
        let (one, two) = (Chance::fixed("a"), Chance::fixed("a"));
        assert_eq!(one.uuid(Millis(7)), two.uuid(Millis(7)));
        assert_ne!(one.secret(), one.secret());
        assert_ne!(Chance::fixed("b").secret(), Chance::fixed("a").secret());
        assert_ne!(Chance::machine().secret(), Chance::machine().secret());
    }

    #[test]
    fn digits_are_always_four() {
        let chance = Chance::fixed("digits");
        assert!((0..200).all(|_| chance.digits().len() == 4));
    }
}
