//! What became of a sheet on the server, in words the pad can show. The rule itself is
//! `domain::stage`; these are only its names on the wire.

use domain::ids::OpId;
use domain::stage::{Admission, Kept, Placing, Quarantine};
use serde::{Deserialize, Serialize};

/// Where one received version of a sheet stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Counted,
    /// Counted, and marked 离线补传.
    CountedOffline {
        /// The time test was left out (a clock jumped, or the offset was never measured).
        #[serde(default)]
        time_not_tested: bool,
        #[serde(default)]
        by_code: bool,
    },
    /// 隔离: kept; a person decides.
    Quarantined {
        reason: QuarantineReason,
    },
    /// 两份不一致: kept beside others; none of them counts until a person chooses.
    Conflict {
        #[serde(default)]
        with: Vec<OpId>,
    },
    KeptNotCounted {
        reason: KeptReason,
    },
    /// An older version; a later one that names it has taken its place.
    Superseded {
        by: OpId,
    },
    /// Set aside by a person, or its attempt was archived.
    Void,
    #[serde(other)]
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuarantineReason {
    HeardOfClose,
    AttemptArchived,
    AttemptUnknown,
    SealedAfterClose,
    StrictWithoutCode,
    GateNotOpen,
    Posted,
    CharterVersion {
        sheet: u32,
        contest: u32,
    },
    CredentialReplaced,
    CredentialWithdrawn,
    SeatAbsent,
    Malformed,
    /// Outside contests: somebody else entered another value meanwhile.
    Overtaken,
    #[serde(other)]
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptReason {
    EntryWithdrawn,
    Recused,
    #[serde(other)]
    Unknown,
}

impl Standing {
    /// The standing of a version at its place; `with` are the other live ones if it is contested.
    pub fn of(placing: &Placing, with: Vec<OpId>) -> Self {
        match placing {
            Placing::Alone(admission) => (*admission).into(),
            Placing::Contested(_) => Standing::Conflict { with },
            Placing::Superseded { by } => Standing::Superseded { by: *by },
            Placing::Rejected { .. } => Standing::Void,
            Placing::Chosen => Standing::Counted,
        }
    }

    /// Whether a person has to look at it.
    pub fn needs_person(&self) -> bool {
        match self {
            Standing::Quarantined { .. } | Standing::Conflict { .. } => true,
            Standing::Counted
            | Standing::CountedOffline { .. }
            | Standing::KeptNotCounted { .. }
            | Standing::Superseded { .. }
            | Standing::Void
            | Standing::Unknown => false,
        }
    }
}

impl From<Admission> for Standing {
    fn from(admission: Admission) -> Self {
        match admission {
            Admission::Counted { mark: None } => Standing::Counted,
            Admission::Counted { mark: Some(note) } => Standing::CountedOffline {
                time_not_tested: note.time_not_tested.is_some(),
                by_code: note.by_code,
            },
            Admission::Quarantined(reason) => Standing::Quarantined {
                reason: reason.into(),
            },
            Admission::KeptNotCounted(reason) => Standing::KeptNotCounted {
                reason: reason.into(),
            },
        }
    }
}

impl From<Quarantine> for QuarantineReason {
    fn from(reason: Quarantine) -> Self {
        match reason {
            Quarantine::HeardOfClose => Self::HeardOfClose,
            Quarantine::AttemptArchived => Self::AttemptArchived,
            Quarantine::AttemptUnknown => Self::AttemptUnknown,
            Quarantine::SealedAfterClose => Self::SealedAfterClose,
            Quarantine::StrictWithoutCode => Self::StrictWithoutCode,
            Quarantine::GateNotOpen => Self::GateNotOpen,
            Quarantine::Posted => Self::Posted,
            Quarantine::CharterVersion { sheet, contest } => {
                Self::CharterVersion { sheet, contest }
            }
            Quarantine::CredentialReplaced => Self::CredentialReplaced,
            Quarantine::CredentialWithdrawn => Self::CredentialWithdrawn,
            Quarantine::SeatAbsent => Self::SeatAbsent,
            Quarantine::Malformed => Self::Malformed,
        }
    }
}

impl From<Kept> for KeptReason {
    fn from(reason: Kept) -> Self {
        match reason {
            Kept::EntryWithdrawn => Self::EntryWithdrawn,
            Kept::Recused => Self::Recused,
        }
    }
}
