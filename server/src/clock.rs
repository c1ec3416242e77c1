//! The two clocks of the server, and the calendar of China. Both clocks come in from outside, so
//! that a test can make one jump.

use domain::ids::Millis;
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use time::format_description::well_known::Iso8601;
use time::macros::offset;
use time::{Date, OffsetDateTime};
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

/// The day in China on which a moment lies.
#[must_use]
pub fn date(at: Millis) -> Option<Date> {
    let seconds = i64::try_from(at.0 / 1_000).ok()?;
    let at = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
    Some(at.to_offset(offset!(+8)).date())
}

/// The same as `2026-07-12`; empty for a time that no calendar holds.
#[must_use]
pub fn day(at: Millis) -> String {
    let day = date(at).map(|date| date.format(&Iso8601::DATE).unwrap_or_default());
    day.unwrap_or_default()
}

fn whole_ms(ms: u128) -> u64 {
    u64::try_from(ms).unwrap_or(u64::MAX)
}
