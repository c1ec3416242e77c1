//! A slip or a talk as it goes through the house (GY-18): proposed by a posted month, issued or set
//! aside by a person, replied to, closed by a second person. Each step stays.

use serde::{Deserialize, Serialize};

/// Where a matter stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlipState {
    /// A posted month proposes it, and nobody has decided.
    #[default]
    Proposed,
    Issued,
    /// Issued, past its day, and without a reply.
    Overdue,
    Replied,
    Closed,
    /// Somebody decided that nothing is issued, and why.
    SetAside,
}

/// What happens to an issued one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlipStep {
    Reply,
    Close,
    /// Wants a reply again, by another day.
    Reopen,
}

impl SlipState {
    /// In the order of a matter's life.
    pub const ALL: [Self; 6] = [
        Self::Proposed,
        Self::Issued,
        Self::Overdue,
        Self::Replied,
        Self::Closed,
        Self::SetAside,
    ];

    /// Where an issued one stands after these steps. Days are written `2026-07-12`; the last day
    /// itself is still in time.
    #[must_use]
    pub fn after(steps: &[SlipStep], due: &str, today: &str) -> Self {
        match steps.last() {
            Some(SlipStep::Close) => Self::Closed,
            Some(SlipStep::Reply) => Self::Replied,
            Some(SlipStep::Reopen) | None if due < today => Self::Overdue,
            Some(SlipStep::Reopen) | None => Self::Issued,
        }
    }

    /// A reply may be added until it is closed; what nobody replied to is not closed.
    #[must_use]
    pub fn allows(self, step: SlipStep) -> bool {
        match step {
            SlipStep::Reply => matches!(self, Self::Issued | Self::Overdue | Self::Replied),
            SlipStep::Close => self == Self::Replied,
            SlipStep::Reopen => self == Self::Closed,
        }
    }

    /// As addresses spell it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Issued => "issued",
            Self::Overdue => "overdue",
            Self::Replied => "replied",
            Self::Closed => "closed",
            Self::SetAside => "set_aside",
        }
    }

    /// `None` for any other word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::SlipStep::{Close, Reopen, Reply};
    use super::*;

    #[test]
    fn the_last_step_and_the_day_say_where_it_stands() {
        let state = |steps: &[SlipStep], today| SlipState::after(steps, "2026-07-12", today);
        assert_eq!(state(&[], "2026-07-12"), SlipState::Issued);
        assert_eq!(state(&[], "2026-07-13"), SlipState::Overdue);
        assert_eq!(state(&[Reply], "2026-07-13"), SlipState::Replied);
        assert_eq!(state(&[Reply, Close], "2026-07-13"), SlipState::Closed);
        let again = [Reply, Close, Reopen];
        assert_eq!(state(&again, "2026-07-12"), SlipState::Issued);
        assert_eq!(state(&again, "2026-08-01"), SlipState::Overdue);
    }

    #[test]
    fn only_what_was_replied_to_is_closed_and_only_what_is_closed_is_reopened() {
        let allowed = |step| {
            SlipState::ALL
                .into_iter()
                .filter(move |one| one.allows(step))
        };
        use SlipState::{Closed, Issued, Overdue, Replied};
        assert!(allowed(Reply).eq([Issued, Overdue, Replied]));
        assert!(allowed(Close).eq([Replied]));
        assert!(allowed(Reopen).eq([Closed]));
        assert_eq!(SlipState::from_word("set_aside"), Some(SlipState::SetAside));
    }
}
