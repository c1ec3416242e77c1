//! The demo's own time: it stands still until the story moves on, so that the demo is the same
//! whenever it is made.

use crate::clock::Clock;
use domain::ids::Millis;
use std::sync::atomic::{AtomicU64, Ordering};

/// What the two clocks of the server show in the story.
pub struct StoryClock {
    wall: AtomicU64,
}

impl StoryClock {
    #[must_use]
    pub fn at(start: Millis) -> Self {
        Self {
            wall: AtomicU64::new(start.0),
        }
    }

    /// Sets the time; the story only moves forward.
    pub fn set(&self, now: Millis) {
        self.wall.store(now.0, Ordering::SeqCst);
    }

    /// Lets some seconds pass.
    pub fn pass(&self, seconds: u64) {
        self.wall.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }
}

impl Clock for StoryClock {
    fn wall(&self) -> Millis {
        Millis(self.wall.load(Ordering::SeqCst))
    }

    /// The two clocks agree, so no gate of the story reports a jump.
    fn monotonic_ms(&self) -> u64 {
        self.wall().0
    }

    fn run(&self) -> &str {
        "demo"
    }
}
