//! What becomes of a sheet that arrives: the pure rule of 离线补传 and 隔离 (D-41).
//!
//! Invariant: sequence numbers decide. A time accepts nothing and drops nothing; at most it sends
//! an offline sheet to a person.

use super::{Close, ContestState, GateState, Window};
use crate::ids::{Millis, Seq};

/// A server clock that moves by more than this against the monotonic one has jumped.
pub const CLOCK_JUMP_MS_MAX: u64 = 5_000;
/// How long after the close a corrected sealing time may lie, unless the charter says otherwise.
pub const SEAL_TOLERANCE_MS: u64 = 2 * 60 * 1_000;

const _: () = assert!(CLOCK_JUMP_MS_MAX < SEAL_TOLERANCE_MS);

/// What the sheet says of itself, and who brought it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealFacts<'a> {
    pub attempt: u32,
    pub charter_version: u32,
    /// The device's clock at sealing.
    pub recorded_at: Millis,
    /// `None`: the pad was online, so the gate had to be open.
    pub offline: Option<SealedOffline>,
    pub gate_code: Option<&'a str>,
    pub credential: Credential,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedOffline {
    /// The last server sequence the pad had heard of.
    pub last_seq: Seq,
    /// Server time minus device time at the last contact; `None` if never measured.
    pub clock_offset_ms: Option<i64>,
}

/// The state of the credential that sealed the sheet (R6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    Active,
    /// Another device took the seat over.
    Replaced,
    /// The organiser withdrew or re-issued the card.
    Withdrawn,
}

/// The gate of the entry the sheet is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GateFacts<'a> {
    pub state: GateState,
    pub attempt: u32,
    /// The windows of the current attempt, in order; empty while the gate is pending.
    pub windows: &'a [Window],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContestFacts {
    pub state: ContestState,
    pub charter_version: u32,
    /// 严格模式: no offline sheet counts without a code.
    pub strict: bool,
    pub tolerance_ms: u64,
    pub entry_withdrawn: bool,
    /// The seat is recused for this entry (XY-7).
    pub recused: bool,
    /// The organiser recorded the seat as absent.
    pub absent: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Counts; with a mark it is 离线补传.
    Counted {
        mark: Option<OfflineNote>,
    },
    /// 隔离: a person decides on the record.
    Quarantined(Quarantine),
    KeptNotCounted(Kept),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfflineNote {
    /// Why the sealing time was not compared with the close.
    pub time_not_tested: Option<TimeNotTested>,
    /// A code that was announced in the hall proves that the gate was open.
    pub by_code: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeNotTested {
    ServerClockJumped,
    OffsetUnknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quarantine {
    HeardOfClose,
    AttemptArchived,
    /// An attempt that has not begun: the pad is ahead of the server, or lies.
    AttemptUnknown,
    SealedAfterClose,
    StrictWithoutCode,
    /// Sealed by a pad that was online, while the gate was not open.
    GateNotOpen,
    Posted,
    CharterVersion {
        sheet: u32,
        contest: u32,
    },
    CredentialReplaced,
    CredentialWithdrawn,
    /// The seat was recorded as absent, and yet a sheet has come.
    SeatAbsent,
    /// It could be read, but does not fit the charter.
    Malformed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    EntryWithdrawn,
    Recused,
}

impl Quarantine {
    /// `late`: it came, or was sealed, when its gate was no longer (or not yet) open.
    pub fn is_late(self) -> bool {
        match self {
            Quarantine::HeardOfClose
            | Quarantine::AttemptArchived
            | Quarantine::SealedAfterClose
            | Quarantine::GateNotOpen
            | Quarantine::Posted => true,
            Quarantine::AttemptUnknown
            | Quarantine::StrictWithoutCode
            | Quarantine::CharterVersion { .. }
            | Quarantine::CredentialReplaced
            | Quarantine::CredentialWithdrawn
            | Quarantine::SeatAbsent
            | Quarantine::Malformed => false,
        }
    }
}

/// Decides on one arriving sheet. Where several reasons hold, the one that a person must know
/// first is given: whether the result is out, who sent it, which attempt and rules it was for,
/// and only then when it was sealed.
pub fn admit(sheet: &SealFacts<'_>, gate: &GateFacts<'_>, contest: &ContestFacts) -> Admission {
    if let Some(kept) = keep_aside(contest) {
        return Admission::KeptNotCounted(kept);
    }
    if let Some(reason) = refuse_by_record(sheet, gate, contest) {
        return Admission::Quarantined(reason);
    }
    match sheet.offline {
        None if gate.state == GateState::Open => Admission::Counted { mark: None },
        None => Admission::Quarantined(Quarantine::GateNotOpen),
        Some(offline) => admit_offline(sheet, offline, gate, contest),
    }
}

/// Compares how far the server's two clocks moved between opening and closing. Without a
/// monotonic reading (the server was restarted in between) nothing can be said, so it jumped.
pub fn clock_jumped(wall_elapsed_ms: i64, monotonic_elapsed_ms: Option<u64>) -> bool {
    let Some(monotonic) = monotonic_elapsed_ms else {
        return true;
    };
    let difference = i128::from(wall_elapsed_ms) - i128::from(monotonic);
    u128::from(CLOCK_JUMP_MS_MAX) < difference.unsigned_abs()
}

fn keep_aside(contest: &ContestFacts) -> Option<Kept> {
    if contest.entry_withdrawn {
        return Some(Kept::EntryWithdrawn);
    }
    contest.recused.then_some(Kept::Recused)
}

fn refuse_by_record(
    sheet: &SealFacts<'_>,
    gate: &GateFacts<'_>,
    contest: &ContestFacts,
) -> Option<Quarantine> {
    if contest.state == ContestState::Posted {
        return Some(Quarantine::Posted);
    }
    match sheet.credential {
        Credential::Replaced => return Some(Quarantine::CredentialReplaced),
        Credential::Withdrawn => return Some(Quarantine::CredentialWithdrawn),
        Credential::Active => {}
    }
    if contest.absent {
        return Some(Quarantine::SeatAbsent);
    }
    if sheet.attempt < gate.attempt {
        return Some(Quarantine::AttemptArchived);
    }
    if gate.attempt < sheet.attempt {
        return Some(Quarantine::AttemptUnknown);
    }
    (sheet.charter_version != contest.charter_version).then_some(Quarantine::CharterVersion {
        sheet: sheet.charter_version,
        contest: contest.charter_version,
    })
}

fn admit_offline(
    sheet: &SealFacts<'_>,
    offline: SealedOffline,
    gate: &GateFacts<'_>,
    contest: &ContestFacts,
) -> Admission {
    let by_code = sheet
        .gate_code
        .is_some_and(|code| is_announced(code, gate.windows));
    if heard_of_close(offline.last_seq, gate.windows) {
        // A code can be remembered; the close cannot be unheard.
        return Admission::Quarantined(Quarantine::HeardOfClose);
    }
    if contest.strict && !by_code {
        return Admission::Quarantined(Quarantine::StrictWithoutCode);
    }
    let close = gate.windows.last().and_then(|window| window.close);
    let timing = match close {
        Some(close) if !by_code => test_time(sheet.recorded_at, offline, close, contest),
        _ => Timing::NothingToTest,
    };
    match timing {
        Timing::After => Admission::Quarantined(Quarantine::SealedAfterClose),
        Timing::NotTested(why) => counted_offline(Some(why), by_code),
        Timing::Before | Timing::NothingToTest => counted_offline(None, by_code),
    }
}

fn counted_offline(time_not_tested: Option<TimeNotTested>, by_code: bool) -> Admission {
    Admission::Counted {
        mark: Some(OfflineNote {
            time_not_tested,
            by_code,
        }),
    }
}

fn is_announced(code: &str, windows: &[Window]) -> bool {
    windows
        .iter()
        .any(|window| window.code.as_deref() == Some(code))
}

/// The last thing that the pad had heard about this gate was a close.
fn heard_of_close(last_seq: Seq, windows: &[Window]) -> bool {
    let heard_of = windows.iter().rfind(|window| window.opened_seq <= last_seq);
    let close = heard_of.and_then(|window| window.close);
    close.is_some_and(|close| close.seq <= last_seq)
}

enum Timing {
    NothingToTest,
    NotTested(TimeNotTested),
    Before,
    After,
}

fn test_time(
    recorded_at: Millis,
    offline: SealedOffline,
    close: Close,
    contest: &ContestFacts,
) -> Timing {
    if close.clock_jumped {
        return Timing::NotTested(TimeNotTested::ServerClockJumped);
    }
    let Some(offset_ms) = offline.clock_offset_ms else {
        return Timing::NotTested(TimeNotTested::OffsetUnknown);
    };
    let sealed_at = i128::from(recorded_at.0) + i128::from(offset_ms);
    let latest = i128::from(close.at.0) + i128::from(contest.tolerance_ms);
    if latest < sealed_at {
        Timing::After
    } else {
        Timing::Before
    }
}

#[cfg(test)]
mod tests;
