//! The state of one version of a sheet. Invariant: no state means "gone"; what was sealed once
//! stays on record.

use thiserror::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetState {
    /// On the pad only; the one state in which marks change.
    Draft,
    /// Signed and closed by the judge (封签), still on the pad.
    Sealed,
    /// On the server's disk.
    Received,
    /// Admitted by the gate rule; only such sheets may be counted (R20).
    Confirmed,
    /// Enters the result.
    Counted,
    /// Kept aside until a person decides. A late sheet is one of these.
    Quarantined,
    /// A later version that names this one has taken its place.
    Superseded,
    /// Kept and not counted: withdrawn entry, recused seat, archived attempt, or a person's act.
    Void,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SheetError {
    #[error("a sheet cannot go from {from:?} to {to:?}")]
    NotAllowed { from: SheetState, to: SheetState },
}

impl SheetState {
    pub fn to(self, to: SheetState) -> Result<SheetState, SheetError> {
        use SheetState::{
            Confirmed, Counted, Draft, Quarantined, Received, Sealed, Superseded, Void,
        };
        match (self, to) {
            (Draft, Sealed) | (Sealed, Received) => Ok(to),
            (Received, Confirmed | Quarantined | Void) => Ok(to),
            (Confirmed, Counted) => Ok(to),
            // A second version, a conflict with another device, a withdrawal or a new attempt.
            (Confirmed | Counted, Superseded | Quarantined | Void) => Ok(to),
            // A person decides on the record.
            (Quarantined, Confirmed | Superseded | Void) => Ok(to),
            // A withdrawn entry is taken back, a recusal lifted: the gate rule is asked again.
            (Void, Received) => Ok(to),
            (from, to) => Err(SheetError::NotAllowed { from, to }),
        }
    }

    /// Ranking reads these and no others.
    pub fn counts(self) -> bool {
        self == SheetState::Counted
    }

    /// Whether the server holds it (实收).
    pub fn is_received(self) -> bool {
        !matches!(self, SheetState::Draft | SheetState::Sealed)
    }

    pub fn code(self) -> &'static str {
        match self {
            SheetState::Draft => "draft",
            SheetState::Sealed => "sealed",
            SheetState::Received => "received",
            SheetState::Confirmed => "confirmed",
            SheetState::Counted => "counted",
            SheetState::Quarantined => "quarantined",
            SheetState::Superseded => "superseded",
            SheetState::Void => "void",
        }
    }

    pub fn from_code(code: &str) -> Option<SheetState> {
        ALL.into_iter().find(|state| state.code() == code)
    }
}

const ALL: [SheetState; 8] = [
    SheetState::Draft,
    SheetState::Sealed,
    SheetState::Received,
    SheetState::Confirmed,
    SheetState::Counted,
    SheetState::Quarantined,
    SheetState::Superseded,
    SheetState::Void,
];

#[cfg(test)]
mod tests {
    use super::SheetState::{
        Confirmed, Counted, Draft, Quarantined, Received, Sealed, Superseded, Void,
    };
    use super::*;

    #[track_caller]
    fn check(from: SheetState, to_expected: &[SheetState]) {
        let to: Vec<_> = ALL.into_iter().filter(|to| from.to(*to).is_ok()).collect();
        assert_eq!(to, to_expected, "from {from:?}");
    }

    #[test]
    fn a_sheet_takes_only_the_steps_of_the_table() {
        check(Draft, &[Sealed]);
        check(Sealed, &[Received]);
        check(Received, &[Confirmed, Quarantined, Void]);
        check(Confirmed, &[Counted, Quarantined, Superseded, Void]);
        check(Counted, &[Quarantined, Superseded, Void]);
        check(Quarantined, &[Confirmed, Superseded, Void]);
        check(Superseded, &[]);
        check(Void, &[Received]);
    }

    #[test]
    fn nothing_returns_to_the_judge_once_sealed() {
        assert!(ALL.into_iter().all(|from| from.to(Draft).is_err()));
    }

    #[test]
    fn a_quarantined_sheet_counts_only_by_way_of_a_decision() {
        assert!(Quarantined.to(Counted).is_err());
        assert_eq!(
            Quarantined
                .to(Confirmed)
                .and_then(|state| state.to(Counted)),
            Ok(Counted)
        );
    }

    #[test]
    fn codes_lead_back_to_their_state() {
        assert_eq!(
            ALL.map(|state| SheetState::from_code(state.code())),
            ALL.map(Some)
        );
    }
}
