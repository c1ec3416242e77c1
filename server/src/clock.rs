//! The two clocks of the server. Both come in from outside, so that a test can make one jump.

use domain::ids::Millis;
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use uuid::Uuid;

pub trait Clock: Send + Sync {
    /// The time of day, which may jump.
    fn wall(&self) -> Millis;

    /// Milliseconds since this process started, which only grow.
    fn monotonic_ms(&self) -> u64;

    /// Names this run of the process: readings of two runs cannot be compared.
    fn run(&self) -> &str;
}

/// The machine's own.
pub struct SystemClock {
    started: Instant,
    run: String,
}

impl SystemClock {
    #[must_use]
    pub fn new() -> Self {
        Self {
            started: Instant::now(),
            run: Uuid::now_v7().to_string(),
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn wall(&self) -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        Millis(since.map_or(0, |since| whole_ms(since.as_millis())))
    }

    fn monotonic_ms(&self) -> u64 {
        whole_ms(self.started.elapsed().as_millis())
    }

    fn run(&self) -> &str {
        &self.run
    }
}

fn whole_ms(ms: u128) -> u64 {
    u64::try_from(ms).unwrap_or(u64::MAX)
}
