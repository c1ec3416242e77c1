//! The rules of a contest as data: criteria, voter classes, trim, rounding, ties, phases. A
//! [`CharterDraft`] is what somebody wrote; a [`Charter`] is one that was checked, and there is
//! no other way to get one.

mod check;
mod draft;
mod error;
mod presets;
mod rules;

pub use draft::{
    CharterDraft, ClassDraft, Count, CriterionDraft, LevelDraft, OfflineDraft, PhaseDraft,
    RoundingDraft, StagesDraft, TieDraft, TrimDraft,
};
pub use error::{CharterError, CharterErrors, CharterReason};
pub use presets::{Preset, presets};
pub use rules::{
    Aggregate, BelowMinPanel, Charter, ClassAbsent, Criterion, Level, MarkError, Missing, Offline,
    Phase, RankStyle, Rounding, TieOn, TieStep, Trim, TrimBy, VoterClass,
};
