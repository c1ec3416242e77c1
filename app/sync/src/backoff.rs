//! How long to wait before the next try: doubled each time, capped, spread by a random number
//! that the shell passes in, so that 300 phones do not come back in the same second (D-25).

/// The shortest wait between two tries.
pub const RETRY_MS_MIN: u64 = 1_000;
/// The longest wait that a phone chooses by itself.
pub const RETRY_MS_MAX: u64 = 60_000;
/// The longest wait that a server may ask for.
pub const RETRY_AFTER_MS_MAX: u64 = 5 * 60_000;

const _: () = assert!(0 < RETRY_MS_MIN);
const _: () = assert!(2 * RETRY_MS_MIN < RETRY_MS_MAX);
const _: () = assert!(RETRY_MS_MAX <= RETRY_AFTER_MS_MAX);

/// The wait after `failures` failures in a row: between half the doubled step and all of it.
pub fn retry_ms(failures: u32, jitter: u32) -> u64 {
    let doubled = 1_u64.checked_shl(failures.min(32)).unwrap_or(u64::MAX);
    let step = RETRY_MS_MIN.saturating_mul(doubled).min(RETRY_MS_MAX);
    let half = step / 2;
    half + u64::from(jitter) % (half + 1)
}

/// The same, when the server has said how long to stay away. The spread is kept.
pub fn retry_after_ms(failures: u32, jitter: u32, asked_ms: Option<u64>) -> u64 {
    let own = retry_ms(failures, jitter);
    let asked = asked_ms.unwrap_or(0).min(RETRY_AFTER_MS_MAX);
    if asked <= own {
        own
    } else {
        asked + u64::from(jitter) % (RETRY_MS_MIN + 1)
    }
}

/// A row of well-spread numbers from the shell's one random number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jitter(u64);

impl Jitter {
    pub fn new(random: u32) -> Self {
        Self(u64::from(random))
    }

    pub fn next_u32(&mut self) -> u32 {
        // SplitMix64, whose high half is well mixed.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_never_leaves_its_limits() {
        for failures in [0, 1, 2, 5, 31, 32, 33, u32::MAX] {
            for jitter in [0, 1, 12_345, u32::MAX] {
                let wait = retry_ms(failures, jitter);
                assert!(
                    (RETRY_MS_MIN / 2..=RETRY_MS_MAX).contains(&wait),
                    "{failures} {wait}"
                );
                assert!(failures == 0 || RETRY_MS_MIN <= wait);
            }
        }
    }

    #[test]
    fn waits_grow_and_spread() {
        assert_eq!((retry_ms(1, 0), retry_ms(1, 1_000)), (1_000, 2_000));
        assert_eq!((retry_ms(3, 0), retry_ms(3, 4_000)), (4_000, 8_000));
        assert_eq!((retry_ms(20, 0), retry_ms(20, 30_000)), (30_000, 60_000));
    }

    #[test]
    fn a_server_may_ask_for_more_time_up_to_its_own_limit() {
        assert_eq!(retry_after_ms(1, 0, None), 1_000);
        assert_eq!(retry_after_ms(1, 0, Some(500)), 1_000);
        assert_eq!(retry_after_ms(1, 0, Some(20_000)), 20_000);
        assert_eq!(retry_after_ms(1, 0, Some(u64::MAX)), RETRY_AFTER_MS_MAX);
    }

    #[test]
    fn phones_that_fail_together_come_back_apart() {
        let mut waits: Vec<u64> = (0..300)
            .map(|phone| retry_ms(5, Jitter::new(phone).next_u32()))
            .collect();
        waits.sort_unstable();
        waits.dedup();
        assert!(280 < waits.len());
    }
}
