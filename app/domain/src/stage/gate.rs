//! The gate: the window in which the panel marks one entry in one attempt. The host opens and
//! closes it (封卷); until the result is posted it may be reopened, or begun anew (重来, R8).

use super::ContestState;
use crate::ids::{Millis, Seq};
use thiserror::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateState {
    Pending,
    Open,
    Closed,
}

/// One entry's gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    pub state: GateState,
    /// From 1; one more each time the attempt is aborted and begun anew.
    pub attempt: u32,
    /// How often the gate was opened, over all attempts; 0 before the first time.
    pub number: u32,
}

/// One stretch in which the gate of the current attempt stood open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    pub opened_seq: Seq,
    /// Four digits that were announced while this window was open.
    pub code: Option<String>,
    pub close: Option<Close>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Close {
    pub seq: Seq,
    /// The server's clock at the close.
    pub at: Millis,
    /// The server's clock jumped in this window, see [`super::clock_jumped`].
    pub clock_jumped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum GateError {
    #[error("a gate cannot {act:?} while it is {state:?}")]
    NotAllowed { act: GateAct, state: GateState },
    #[error("no gate moves while the contest is {0:?}")]
    Contest(ContestState),
    #[error("the entry is withdrawn")]
    Withdrawn,
    #[error("no reason is given")]
    ReasonMissing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateAct {
    Open,
    Close,
    Reopen,
    Restart,
}

impl Gate {
    pub fn new() -> Self {
        Self {
            state: GateState::Pending,
            attempt: 1,
            number: 0,
        }
    }

    pub fn open(self, contest: ContestState, withdrawn: bool) -> Result<Gate, GateError> {
        contest_takes_gates(contest)?;
        if withdrawn {
            return Err(GateError::Withdrawn);
        }
        self.to(GateAct::Open)
    }

    pub fn close(self) -> Result<Gate, GateError> {
        self.to(GateAct::Close)
    }

    /// Until posted, and with a reason.
    pub fn reopen(self, contest: ContestState, reason: &str) -> Result<Gate, GateError> {
        contest_takes_gates(contest)?;
        check_reason(reason)?;
        self.to(GateAct::Reopen)
    }

    /// Archives the attempt with its sheets; the entry performs once more (R8).
    pub fn restart(self, contest: ContestState, reason: &str) -> Result<Gate, GateError> {
        contest_takes_gates(contest)?;
        check_reason(reason)?;
        self.to(GateAct::Restart)
    }

    fn to(self, act: GateAct) -> Result<Gate, GateError> {
        use GateState::{Closed, Open, Pending};
        let number_next = self.number.saturating_add(1);
        match (act, self.state) {
            (GateAct::Open, Pending) | (GateAct::Reopen, Closed) => Ok(Gate {
                state: Open,
                number: number_next,
                ..self
            }),
            (GateAct::Close, Open) => Ok(Gate {
                state: Closed,
                ..self
            }),
            (GateAct::Restart, Open | Closed) => Ok(Gate {
                state: Pending,
                attempt: self.attempt.saturating_add(1),
                ..self
            }),
            (act, state) => Err(GateError::NotAllowed { act, state }),
        }
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}

impl GateState {
    pub fn code(self) -> &'static str {
        match self {
            GateState::Pending => "pending",
            GateState::Open => "open",
            GateState::Closed => "closed",
        }
    }

    pub fn from_code(code: &str) -> Option<GateState> {
        use GateState::{Closed, Open, Pending};
        [Pending, Open, Closed]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

fn contest_takes_gates(contest: ContestState) -> Result<(), GateError> {
    if contest.takes_gates() {
        Ok(())
    } else {
        Err(GateError::Contest(contest))
    }
}

fn check_reason(reason: &str) -> Result<(), GateError> {
    if reason.trim().is_empty() {
        Err(GateError::ReasonMissing)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEST: ContestState = ContestState::Open;

    fn opened() -> Gate {
        Gate::new()
            .open(CONTEST, false)
            .expect("a pending gate opens")
    }

    #[test]
    fn a_gate_is_closed_by_default_and_opens_once() {
        assert_eq!(Gate::new().state, GateState::Pending);
        assert_eq!(
            opened(),
            Gate {
                state: GateState::Open,
                attempt: 1,
                number: 1
            }
        );
        let again = GateError::NotAllowed {
            act: GateAct::Open,
            state: GateState::Open,
        };
        assert_eq!(opened().open(CONTEST, false), Err(again));
    }

    #[test]
    fn reopening_needs_a_reason_and_gives_the_window_a_new_number() {
        let closed = opened().close().expect("an open gate closes");
        assert_eq!(closed.reopen(CONTEST, " "), Err(GateError::ReasonMissing));
        let again = Gate {
            state: GateState::Open,
            attempt: 1,
            number: 2,
        };
        assert_eq!(closed.reopen(CONTEST, "漏评"), Ok(again));
    }

    #[test]
    fn no_gate_is_reopened_after_posting() {
        let closed = opened().close().expect("an open gate closes");
        let posted = ContestState::Posted;
        assert_eq!(
            closed.reopen(posted, "漏评"),
            Err(GateError::Contest(posted))
        );
        assert_eq!(
            closed.restart(posted, "重来"),
            Err(GateError::Contest(posted))
        );
    }

    #[test]
    fn restarting_begins_a_new_attempt_behind_a_closed_gate() {
        let again = Gate {
            state: GateState::Pending,
            attempt: 2,
            number: 1,
        };
        assert_eq!(opened().restart(CONTEST, "设备故障"), Ok(again));
        let pending = GateError::NotAllowed {
            act: GateAct::Restart,
            state: GateState::Pending,
        };
        assert_eq!(Gate::new().restart(CONTEST, "设备故障"), Err(pending));
    }

    #[test]
    fn no_gate_opens_for_a_withdrawn_entry_or_in_a_draft() {
        assert_eq!(Gate::new().open(CONTEST, true), Err(GateError::Withdrawn));
        let draft = ContestState::Draft;
        assert_eq!(
            Gate::new().open(draft, false),
            Err(GateError::Contest(draft))
        );
    }

    #[test]
    fn codes_lead_back_to_their_state() {
        for state in [GateState::Pending, GateState::Open, GateState::Closed] {
            assert_eq!(GateState::from_code(state.code()), Some(state));
        }
    }
}
