//! Versions of one sheet, that is of one (entry, attempt, seat). A version takes the place of the
//! one it names; two that do not name each other are a conflict, and a person decides. Two
//! devices on one seat are the usual way to it, but which device it was decides nothing.
//!
//! Invariant: never last-write-wins, and every version is kept (R25, D-5).

use super::{Admission, Quarantine};
use crate::ids::OpId;
use thiserror::Error;

/// A version that is on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    pub op: OpId,
    pub replaces: Option<OpId>,
    pub placing: Placing,
}

/// What a version is among its siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placing {
    /// The gate rule alone decides on it.
    Alone(Admission),
    /// 两份不一致: beside at least one other; none of them counts.
    Contested(Admission),
    Superseded {
        by: OpId,
    },
    /// A person chose another one.
    Rejected {
        chosen: OpId,
    },
    /// A person chose this one.
    Chosen,
}

/// What an arrival changes: the place of the new version, and the new places of older ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    pub new: Placing,
    pub others: Vec<(OpId, Placing)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ChooseError {
    #[error("the chosen version is not one of the live ones")]
    NotLive,
}

impl Placing {
    /// Whether it is the sheet, or may become it by a decision.
    pub fn is_live(&self) -> bool {
        match self {
            Placing::Alone(_) | Placing::Contested(_) | Placing::Chosen => true,
            Placing::Superseded { .. } | Placing::Rejected { .. } => false,
        }
    }

    /// Whether the sheet enters the result as things stand.
    pub fn counts(&self) -> bool {
        matches!(
            self,
            Placing::Alone(Admission::Counted { .. }) | Placing::Chosen
        )
    }
}

/// Places an arriving version among those already there. `current` is in order of arrival and
/// holds all versions of this (entry, attempt, seat); `admission` is the gate rule's word on the
/// new one.
pub fn supersede(current: &[Version], new: &NewVersion, admission: Admission) -> Settlement {
    if let Some(by) = replaced_before_it_came(current, new.op) {
        return Settlement {
            new: Placing::Superseded { by },
            others: Vec::new(),
        };
    }
    if !contends(admission) {
        // A late sheet waits beside the one that counts and does not disturb it.
        return Settlement {
            new: Placing::Alone(admission),
            others: Vec::new(),
        };
    }
    let named = current.iter().find(|version| {
        takes_place(admission) && version.placing.is_live() && Some(version.op) == new.replaces
    });
    let named = named.map(|version| version.op);
    let rivals = current.iter().filter(|version| is_rival(&version.placing));
    let rivals: Vec<&Version> = rivals.filter(|version| Some(version.op) != named).collect();
    let superseded = named.map(|op| (op, Placing::Superseded { by: new.op }));
    let mut others: Vec<(OpId, Placing)> = superseded.into_iter().collect();
    if rivals.is_empty() {
        return Settlement {
            new: Placing::Alone(admission),
            others,
        };
    }
    others.extend(
        rivals
            .iter()
            .map(|rival| (rival.op, contested(&rival.placing))),
    );
    Settlement {
        new: Placing::Contested(admission),
        others,
    }
}

/// The version that arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewVersion {
    pub op: OpId,
    pub replaces: Option<OpId>,
}

/// A person chooses one of the live versions; the others stay on record and do not count.
pub fn choose(current: &[Version], chosen: OpId) -> Result<Vec<(OpId, Placing)>, ChooseError> {
    let live: Vec<&Version> = current.iter().filter(|v| v.placing.is_live()).collect();
    if !live.iter().any(|version| version.op == chosen) {
        return Err(ChooseError::NotLive);
    }
    let placed = live.into_iter().map(|version| match version.op {
        op if op == chosen => (op, Placing::Chosen),
        op => (op, Placing::Rejected { chosen }),
    });
    Ok(placed.collect())
}

/// Versions may arrive out of order (a file that was carried, then the phone itself).
fn replaced_before_it_came(current: &[Version], op: OpId) -> Option<OpId> {
    let successor = current.iter().find(|version| {
        version.replaces == Some(op)
            && match version.placing {
                Placing::Alone(admission) | Placing::Contested(admission) => takes_place(admission),
                Placing::Superseded { .. } | Placing::Rejected { .. } | Placing::Chosen => true,
            }
    });
    successor.map(|version| version.op)
}

/// Whether this arrival can put another version in doubt. A sheet from a seat that was taken over
/// can: both devices were the seat when they sealed. What the gate rule kept out cannot.
fn contends(admission: Admission) -> bool {
    match admission {
        Admission::Counted { .. } => true,
        Admission::Quarantined(reason) => reason == Quarantine::CredentialReplaced,
        Admission::KeptNotCounted(_) => false,
    }
}

/// Whether it takes the place of the version it names: only what counts by itself does.
fn takes_place(admission: Admission) -> bool {
    matches!(admission, Admission::Counted { .. })
}

/// The mirror of [`contends`], so that the order of arrival decides nothing.
fn is_rival(placing: &Placing) -> bool {
    match placing {
        Placing::Alone(admission) => contends(*admission),
        Placing::Contested(_) | Placing::Chosen => true,
        Placing::Superseded { .. } | Placing::Rejected { .. } => false,
    }
}

fn contested(placing: &Placing) -> Placing {
    match placing {
        Placing::Alone(admission) | Placing::Contested(admission) => Placing::Contested(*admission),
        // A person's choice was made without knowing of this one, so it is asked again.
        Placing::Chosen => Placing::Contested(Admission::Counted { mark: None }),
        Placing::Superseded { .. } | Placing::Rejected { .. } => *placing,
    }
}

#[cfg(test)]
mod tests;
