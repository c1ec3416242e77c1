//! A checked charter. Invariant: whatever is in one is consistent, so nobody checks again: keys
//! are unique, ranges are sound, every named class and criterion exists.

use super::draft::CharterDraft;
use super::error::{CharterError, CharterErrors};
use crate::mark::Mark;
use crate::number::{Decimal, NumberError};
use serde::{Deserialize, Serialize};

/// The rules of one contest. Serialised, it is its draft; read back, it is checked again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CharterDraft", into = "CharterDraft")]
pub struct Charter {
    pub(super) draft: CharterDraft,
    pub(super) criteria: Vec<Criterion>,
    pub(super) classes: Vec<VoterClass>,
    pub(super) trim_by: TrimBy,
    pub(super) missing: Missing,
    pub(super) class_absent: ClassAbsent,
    pub(super) floor: Decimal,
    pub(super) rounding: Rounding,
    pub(super) tie_on: TieOn,
    pub(super) ties: Vec<TieStep>,
    pub(super) rank_style: RankStyle,
    pub(super) phases: Vec<Phase>,
    pub(super) offline: Offline,
}

/// What a judge marks, from `min` to `max` in steps of `step`. It travels to the pads as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    pub key: String,
    pub name: String,
    /// Default 0.
    pub min: Mark,
    pub max: Mark,
    pub step: Mark,
    /// What a mark is multiplied with; default 1.
    pub factor: Decimal,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
}

/// What a range of marks means in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    pub from: Mark,
    pub to: Mark,
    pub name: String,
    pub text: String,
}

/// A class of voters with its own weight (XY-6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoterClass {
    pub key: String,
    pub name: String,
    /// Default 1. As given; weights are never normalised.
    pub weight: Decimal,
    /// Indexes of the criteria that it marks, ascending; default all.
    pub criteria: Vec<usize>,
    pub aggregate: Aggregate,
    pub trim: Option<Trim>,
}

/// How the numbers of a panel become one. Default mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aggregate {
    Mean,
    Median,
    Sum,
}

/// Strikes exactly `high` and `low` numbers from a panel of at least `min_panel`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trim {
    pub high: usize,
    pub low: usize,
    /// Default 5; above `high + low`.
    pub min_panel: usize,
    pub below: BelowMinPanel,
}

/// What happens when the panel is too small for the trim. Default untrimmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BelowMinPanel {
    Untrimmed,
    Hold,
}

/// What the trim strikes: seat totals, or marks criterion by criterion. Default seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrimBy {
    Seat,
    Criterion,
}

/// What a missing mark inside a counted sheet does. Default exclude.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    Exclude,
    Hold,
    Zero,
}

/// What a class without any sheet does. Default hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassAbsent {
    Hold,
    Reweight,
}

/// Where numbers are rounded, half away from zero. `places` (default 2) is the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    pub places: u32,
    /// The aggregate of one criterion, before its factor.
    pub panel: Option<u32>,
    /// The aggregate of one criterion, times its factor.
    pub factored: Option<u32>,
    /// The value of a class.
    pub class: Option<u32>,
}

/// Which scores are equal: rounded ones, or those before the last rounding. Default rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieOn {
    Rounded,
    Exact,
}

/// One step of the tie ladder. Indexes are those of the charter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieStep {
    UntrimmedMean,
    Class(usize),
    Criterion(usize),
    FewerDeductions,
    /// 评委复投: cannot be computed; the place is shared until it was held.
    RunOff,
    Shared,
}

/// How places go on after a shared one: 1, 1, 3 or 1, 1, 2. Default standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RankStyle {
    Standard,
    Dense,
}

/// A part of an entry's time on the arena, such as 汇报 or 答问 (ES-9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    pub key: String,
    pub name: String,
    pub seconds: u32,
}

/// When a sheet that was sealed without network needs a person (domain rules 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offline {
    /// How long after the close a sheet may have been sealed; default 120.
    pub tolerance_seconds: u32,
    /// Quarantines every offline sheet without a gate code.
    pub strict: bool,
}

/// Why a mark is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum MarkError {
    #[error("{0}")]
    Number(NumberError),
    #[error("below the least mark {min}")]
    BelowMin { min: Mark },
    #[error("above the largest mark {max}")]
    AboveMax { max: Mark },
    #[error("not on a step of {step} from {min}")]
    OffStep { min: Mark, step: Mark },
}

impl Charter {
    /// Checks a draft. All faults at once, each with its path.
    pub fn from_draft(draft: CharterDraft) -> Result<Charter, Vec<CharterError>> {
        super::check::check(draft)
    }

    /// What its author wrote.
    #[must_use]
    pub fn draft(&self) -> &CharterDraft {
        &self.draft
    }

    #[must_use]
    pub fn title(&self) -> &str {
        &self.draft.title
    }

    #[must_use]
    pub fn version(&self) -> &str {
        &self.draft.version
    }

    /// Where the rule comes from.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.draft.source.as_deref()
    }

    #[must_use]
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    #[must_use]
    pub fn classes(&self) -> &[VoterClass] {
        &self.classes
    }

    #[must_use]
    pub fn trim_by(&self) -> TrimBy {
        self.trim_by
    }

    #[must_use]
    pub fn missing(&self) -> Missing {
        self.missing
    }

    #[must_use]
    pub fn class_absent(&self) -> ClassAbsent {
        self.class_absent
    }

    /// Whether an entry may carry a multiplier; default no.
    #[must_use]
    pub fn multiplier_allowed(&self) -> bool {
        self.draft.multiplier.unwrap_or(false)
    }

    /// No score is below it; default 0.
    #[must_use]
    pub fn floor(&self) -> Decimal {
        self.floor
    }

    #[must_use]
    pub fn rounding(&self) -> Rounding {
        self.rounding
    }

    #[must_use]
    pub fn tie_on(&self) -> TieOn {
        self.tie_on
    }

    /// The ladder; empty means that equal scores share their place.
    #[must_use]
    pub fn ties(&self) -> &[TieStep] {
        &self.ties
    }

    #[must_use]
    pub fn rank_style(&self) -> RankStyle {
        self.rank_style
    }

    #[must_use]
    pub fn phases(&self) -> &[Phase] {
        &self.phases
    }

    #[must_use]
    pub fn offline(&self) -> Offline {
        self.offline
    }

    /// Whether public pages may carry the names of persons; default no.
    #[must_use]
    pub fn names_public(&self) -> bool {
        self.draft.names_public.unwrap_or(false)
    }

    #[must_use]
    pub fn class_index(&self, key: &str) -> Option<usize> {
        self.classes.iter().position(|class| class.key == key)
    }

    #[must_use]
    pub fn criterion_index(&self, key: &str) -> Option<usize> {
        self.criteria
            .iter()
            .position(|criterion| criterion.key == key)
    }

    /// The key of a class, empty beyond the end.
    #[must_use]
    pub fn class_key(&self, index: usize) -> &str {
        self.classes.get(index).map_or("", |class| &class.key)
    }

    /// The key of a criterion, empty beyond the end.
    #[must_use]
    pub fn criterion_key(&self, index: usize) -> &str {
        self.criteria
            .get(index)
            .map_or("", |criterion| &criterion.key)
    }
}

impl Criterion {
    /// Reads a mark and checks that the criterion has it.
    pub fn parse_mark(&self, text: &str) -> Result<Mark, MarkError> {
        self.check_mark(text.parse().map_err(MarkError::Number)?)
    }

    /// Checks that the criterion has this mark.
    pub fn check_mark(&self, mark: Mark) -> Result<Mark, MarkError> {
        let Criterion { min, max, step, .. } = *self;
        if mark < min {
            return Err(MarkError::BelowMin { min });
        }
        if mark > max {
            return Err(MarkError::AboveMax { max });
        }
        if (mark.milli() - min.milli()) % step.milli() != 0 {
            return Err(MarkError::OffStep { min, step });
        }
        Ok(mark)
    }

    /// The level whose range a mark falls into; at a shared border the higher one.
    #[must_use]
    pub fn level(&self, mark: Mark) -> Option<&Level> {
        let fitting = self
            .levels
            .iter()
            .filter(|level| level.from <= mark && mark <= level.to);
        fitting.max_by_key(|level| level.from)
    }
}

impl TieStep {
    /// The code as the recount prints it: `untrimmed_mean`, `class:A`, `criterion:effect`.
    #[must_use]
    pub fn code(self, charter: &Charter) -> String {
        match self {
            TieStep::UntrimmedMean => "untrimmed_mean".to_owned(),
            TieStep::Class(class) => format!("class:{}", charter.class_key(class)),
            TieStep::Criterion(index) => format!("criterion:{}", charter.criterion_key(index)),
            TieStep::FewerDeductions => "fewer_deductions".to_owned(),
            TieStep::RunOff => "run_off".to_owned(),
            TieStep::Shared => "shared".to_owned(),
        }
    }
}

impl TryFrom<CharterDraft> for Charter {
    type Error = CharterErrors;

    fn try_from(draft: CharterDraft) -> Result<Charter, CharterErrors> {
        Charter::from_draft(draft).map_err(CharterErrors)
    }
}

impl From<Charter> for CharterDraft {
    fn from(charter: Charter) -> CharterDraft {
        charter.draft
    }
}
