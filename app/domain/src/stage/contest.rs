//! The state of a contest. Invariant: what is posted stays posted; a later change is a correction.

use thiserror::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContestState {
    /// Being set up; pads see nothing yet.
    Draft,
    /// Pads may pair and download the order; charter and roster may still change.
    Ready,
    /// The first gate has opened: the charter is frozen.
    Open,
    /// All gates are closed; the result may be computed and seen by the organiser.
    Closed,
    /// The snapshot is out. Until the result states come, this is also "confirmed".
    Posted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ContestError {
    #[error("a contest cannot go from {from:?} to {to:?}")]
    NotAllowed {
        from: ContestState,
        to: ContestState,
    },
    #[error("a gate is still open")]
    GateOpen,
    #[error("sheets are outstanding, and no reason is given")]
    ReasonMissing { outstanding: u32 },
}

/// What is missing when somebody closes or posts, and why they do it all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outstanding<'a> {
    pub gates_open: u32,
    pub sheets: u32,
    pub reason: &'a str,
}

impl ContestState {
    pub fn to(self, to: ContestState) -> Result<ContestState, ContestError> {
        use ContestState::{Closed, Draft, Open, Posted, Ready};
        match (self, to) {
            (Draft, Ready) | (Ready, Draft) => Ok(to),
            (Ready, Open) => Ok(to),
            (Open, Closed) | (Closed, Open) => Ok(to),
            (Closed, Posted) => Ok(to),
            (from, to) => Err(ContestError::NotAllowed { from, to }),
        }
    }

    /// Closing with sheets outstanding is an explicit act with a reason (R10).
    pub fn close(self, outstanding: Outstanding<'_>) -> Result<ContestState, ContestError> {
        let closed = self.to(ContestState::Closed)?;
        outstanding.check()?;
        Ok(closed)
    }

    /// Posting with sheets outstanding is an explicit act with a reason (R10).
    pub fn post(self, outstanding: Outstanding<'_>) -> Result<ContestState, ContestError> {
        let posted = self.to(ContestState::Posted)?;
        outstanding.check()?;
        Ok(posted)
    }

    /// The charter freezes when the first gate of the contest opens.
    pub fn charter_frozen(self) -> bool {
        match self {
            ContestState::Draft | ContestState::Ready => false,
            ContestState::Open | ContestState::Closed | ContestState::Posted => true,
        }
    }

    /// Whether gates may be opened or reopened.
    pub fn takes_gates(self) -> bool {
        match self {
            ContestState::Ready | ContestState::Open | ContestState::Closed => true,
            ContestState::Draft | ContestState::Posted => false,
        }
    }

    /// The computed result is visible after the close and not before (R1).
    pub fn result_visible(self) -> bool {
        matches!(self, ContestState::Closed | ContestState::Posted)
    }

    pub fn code(self) -> &'static str {
        match self {
            ContestState::Draft => "draft",
            ContestState::Ready => "ready",
            ContestState::Open => "open",
            ContestState::Closed => "closed",
            ContestState::Posted => "posted",
        }
    }

    pub fn from_code(code: &str) -> Option<ContestState> {
        use ContestState::{Closed, Draft, Open, Posted, Ready};
        [Draft, Ready, Open, Closed, Posted]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

impl Outstanding<'_> {
    fn check(&self) -> Result<(), ContestError> {
        if 0 < self.gates_open {
            return Err(ContestError::GateOpen);
        }
        if 0 < self.sheets && self.reason.trim().is_empty() {
            return Err(ContestError::ReasonMissing {
                outstanding: self.sheets,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::ContestState::{Closed, Draft, Open, Posted, Ready};
    use super::*;

    const ALL: [ContestState; 5] = [Draft, Ready, Open, Closed, Posted];

    #[test]
    fn a_contest_takes_only_the_six_steps() {
        let mut allowed = Vec::new();
        for from in ALL {
            allowed.extend(
                ALL.into_iter()
                    .filter_map(|to| from.to(to).ok().map(|to| (from, to))),
            );
        }
        let steps = [
            (Draft, Ready),
            (Ready, Draft),
            (Ready, Open),
            (Open, Closed),
            (Closed, Open),
        ];
        assert_eq!(allowed, [&steps[..], &[(Closed, Posted)]].concat());
    }

    #[test]
    fn posting_with_sheets_outstanding_needs_a_reason() {
        let silent = Outstanding {
            gates_open: 0,
            sheets: 2,
            reason: "  ",
        };
        let told = Outstanding {
            reason: "3 号席设备损坏",
            ..silent
        };
        let missing = ContestError::ReasonMissing { outstanding: 2 };
        assert_eq!(Closed.post(silent), Err(missing));
        assert_eq!(Closed.post(told), Ok(Posted));
        assert_eq!(Open.close(silent), Err(missing));
        assert_eq!(Open.close(told), Ok(Closed));
    }

    #[test]
    fn nothing_closes_while_a_gate_is_open() {
        let open = Outstanding {
            gates_open: 1,
            sheets: 0,
            reason: "",
        };
        assert_eq!(Open.close(open), Err(ContestError::GateOpen));
    }

    #[test]
    fn the_charter_freezes_with_the_first_gate() {
        assert_eq!(
            ALL.map(ContestState::charter_frozen),
            [false, false, true, true, true]
        );
    }

    #[test]
    fn a_result_is_visible_after_the_close_and_not_before() {
        assert_eq!(
            ALL.map(ContestState::result_visible),
            [false, false, false, true, true]
        );
    }

    #[test]
    fn codes_lead_back_to_their_state() {
        assert_eq!(
            ALL.map(|state| ContestState::from_code(state.code())),
            ALL.map(Some)
        );
        assert_eq!(ContestState::from_code("Draft"), None);
    }
}
