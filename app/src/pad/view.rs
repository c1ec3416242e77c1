//! What the pad's pages read. Every value here is a snapshot; whoever wants it changed sends a
//! command.

use super::rules::SeatRules;
use domain::ids::{ContestId, Millis, SeatId};
use std::sync::Arc;
use sync::offline_mode::OfflineMode;
use sync::protocol::{HolderKind, Owed, PairRefusal, SeatView};

/// One holder of a credential on this device, as the small database that lists them knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderRow {
    pub kind: HolderKind,
    /// Nil for a host; outside contests its link.
    pub seat: SeatId,
    /// Nil outside contests.
    pub contest: ContestId,
    /// Empty until the first download.
    pub contest_title: String,
    pub number: Option<u32>,
    pub class_name: String,
    pub pending: usize,
    /// Of a unit's card: what it has to answer, as of the last download.
    pub owed: Option<Owed>,
}

/// The seat that the page is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SeatLoad {
    #[default]
    Opening,
    /// This device never claimed it, or its data was cleared.
    NotHere,
    /// Its database does not open.
    Failed,
    Open(Arc<OpenSeat>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct OpenSeat {
    pub seat: SeatId,
    pub contest: ContestId,
    pub paired_at: Millis,
    /// `None` until the first download.
    pub downloaded: Option<Downloaded>,
}

/// What was downloaded for a seat.
#[derive(Clone, Debug, PartialEq)]
pub struct Downloaded {
    pub view: SeatView,
    /// `None` if this build cannot read the charter.
    pub rules: Option<SeatRules>,
}

/// When this pad last heard of the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Server time of the last answer.
    pub answered_at: Option<Millis>,
    /// The latest request had no answer of ours.
    pub silent: bool,
    /// Server time minus this device's.
    pub clock_offset_ms: Option<i64>,
}

/// What kind of place this is to score in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeviceView {
    /// https or localhost; without it a browser has neither signatures nor an offline shell.
    pub secure: Option<bool>,
    pub wechat: bool,
    pub service_worker: bool,
    pub persisted: Option<bool>,
    pub used_bytes: Option<u64>,
    pub quota_bytes: Option<u64>,
    /// A draft or a note could not be written.
    pub draft_fault: bool,
}

/// How one check of the pre-flight came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckState {
    #[default]
    Busy,
    Yes,
    /// Worth knowing; it hinders nothing.
    Note,
    No,
}

/// 可离线: what this device needs to score without network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// The running order; the number of entries.
    pub order: (CheckState, usize),
    /// The charter and its version.
    pub charter: (CheckState, u32),
    /// The seat's credential and key.
    pub seat: CheckState,
    /// Page and code are kept by the worker, and both are of one build.
    pub shell: CheckState,
    /// A test record was written strictly and read back.
    pub storage: CheckState,
    /// The browser promised to keep the data.
    pub persisted: CheckState,
    /// Server time minus device time.
    pub clock: (CheckState, i64),
}

impl Readiness {
    /// The verdict. A note is no obstacle.
    #[must_use]
    pub fn verdict(&self) -> CheckState {
        let needed = [
            self.order.0,
            self.charter.0,
            self.seat,
            self.shell,
            self.storage,
        ];
        if needed.contains(&CheckState::No) {
            CheckState::No
        } else if needed.contains(&CheckState::Busy) {
            CheckState::Busy
        } else {
            CheckState::Yes
        }
    }
}

/// How claiming a seat stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PairState {
    #[default]
    Idle,
    Busy,
    Refused(PairRefusal),
    /// No answer of ours; nothing was claimed as far as this device knows.
    Unreachable,
    /// The device could not keep the credential.
    NotSaved,
    Done(Claimed),
}

/// What was claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    Seat(SeatId),
    Host(ContestId),
    /// An inspector's or a unit's place.
    Field(SeatId),
}

/// Whether a newer build waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Update {
    #[default]
    None,
    Waiting,
    /// A sheet is open here or in another tab, so it has to wait.
    Vetoed,
    Dismissed,
}

/// A mode that has heard nothing yet.
#[must_use]
pub fn silent() -> OfflineMode {
    OfflineMode::new(Millis(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: Readiness = Readiness {
        order: (CheckState::Yes, 9),
        charter: (CheckState::Yes, 1),
        seat: CheckState::Yes,
        shell: CheckState::Yes,
        storage: CheckState::Yes,
        persisted: CheckState::Note,
        clock: (CheckState::Note, 0),
    };

    #[test]
    fn a_refused_persist_is_a_note_and_not_a_failure() {
        assert_eq!(READY.verdict(), CheckState::Yes);
    }

    #[test]
    fn one_missing_part_makes_the_pad_not_ready() {
        let no_shell = Readiness {
            shell: CheckState::No,
            order: (CheckState::Busy, 0),
            ..READY
        };
        assert_eq!(no_shell.verdict(), CheckState::No);
        let reading = Readiness {
            storage: CheckState::Busy,
            ..READY
        };
        assert_eq!(reading.verdict(), CheckState::Busy);
        assert_eq!(Readiness::default().verdict(), CheckState::Busy);
    }
}
