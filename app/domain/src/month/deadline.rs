//! How near a last day is (P9, P10): what is nearly due and what is overdue stands out, by a word
//! and a colour.

use super::day::Day;

/// Days before the last one from which on it is near (P10).
pub const NEAR_DAYS: u32 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    Ahead,
    /// 将到期: the last day, or one of the [`NEAR_DAYS`] before it.
    Near,
    /// 逾期: the last day is over.
    Past,
}

impl Deadline {
    /// The last day itself is still in time.
    #[must_use]
    pub fn of(last: Day, today: Day) -> Self {
        if last < today {
            Self::Past
        } else if last <= today.plus(NEAR_DAYS) {
            Self::Near
        } else {
            Self::Ahead
        }
    }
}
