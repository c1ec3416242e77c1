//! What a person must know about a computed score, as codes with data. The interface turns them
//! into sentences; nothing here is a text that anybody reads.

use crate::charter::Charter;
use serde::{Deserialize, Serialize};

/// One remark on an entry. All numbers named `class`, `criterion` and `seat` are indexes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Fewer sheets entered than the class has seats (有效评委 n/N).
    PartialPanel {
        class: usize,
        valid: usize,
        eligible: usize,
        seats: usize,
    },
    /// The panel was too small for the trim, so nothing was struck.
    BelowMinPanel {
        class: usize,
        criterion: Option<usize>,
        valid: usize,
        min_panel: usize,
    },
    /// The class adds marks up and some seat is missing; the sum was not scaled.
    SumNotScaled {
        class: usize,
        valid: usize,
        seats: usize,
    },
    /// Missing marks were left out.
    MissingExcluded { class: usize, marks: usize },
    /// Missing marks counted zero, because the charter says so.
    MissingAsZero { class: usize, marks: usize },
    /// No sheet of the class entered; its weight went to the other classes.
    ClassReweighted { class: usize },
    /// The score was raised to the floor.
    FloorApplied,
    /// The entry was withdrawn; its sheets are kept and not counted.
    Withdrawn,
    /// There is no score, and this is why.
    Held(HoldReason),
    /// Still equal after the ladder: the place is shared until a run-off (评委复投) decides.
    RunOffNeeded,
}

/// Why an entry has no score (待定).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// A counted sheet lacks a mark, and the charter holds then.
    MissingMark {
        class: usize,
        seat: usize,
        criterion: usize,
    },
    /// A seat is absent, or has no sheet, and the charter holds then.
    MissingSheet { class: usize, seat: usize },
    /// The panel is smaller than the trim needs, and the charter holds then.
    BelowMinPanel {
        class: usize,
        criterion: Option<usize>,
        valid: usize,
        min_panel: usize,
    },
    /// No sheet of the class entered.
    ClassAbsent { class: usize },
    /// Nobody of the class marked this criterion.
    CriterionUnmarked { class: usize, criterion: usize },
    /// No class that is present has any weight.
    NoWeight,
    /// The exact fraction does not fit; see [`crate::ratio::TooLarge`].
    TooLarge,
}

impl Note {
    /// The code as the recount prints it: `below_min_panel:A`, `held:class_absent:B`.
    #[must_use]
    pub fn code(&self, charter: &Charter) -> String {
        let class = |index: &usize| charter.class_key(*index);
        match self {
            Note::PartialPanel { class: c, .. } => format!("partial_panel:{}", class(c)),
            Note::BelowMinPanel {
                class: c,
                criterion,
                ..
            } => {
                format!(
                    "below_min_panel:{}{}",
                    class(c),
                    suffix(charter, *criterion)
                )
            }
            Note::SumNotScaled { class: c, .. } => format!("sum_not_scaled:{}", class(c)),
            Note::MissingExcluded { class: c, .. } => format!("missing_excluded:{}", class(c)),
            Note::MissingAsZero { class: c, .. } => format!("missing_as_zero:{}", class(c)),
            Note::ClassReweighted { class: c } => format!("class_reweighted:{}", class(c)),
            Note::FloorApplied => "floor_applied".to_owned(),
            Note::Withdrawn => "withdrawn".to_owned(),
            Note::Held(reason) => format!("held:{}", reason.code(charter)),
            Note::RunOffNeeded => "run_off_needed".to_owned(),
        }
    }
}

impl HoldReason {
    fn code(&self, charter: &Charter) -> String {
        let class = |index: &usize| charter.class_key(*index);
        match self {
            HoldReason::MissingMark { class: c, .. } => format!("missing_mark:{}", class(c)),
            HoldReason::MissingSheet { class: c, .. } => format!("missing_sheet:{}", class(c)),
            HoldReason::BelowMinPanel {
                class: c,
                criterion,
                ..
            } => {
                format!(
                    "below_min_panel:{}{}",
                    class(c),
                    suffix(charter, *criterion)
                )
            }
            HoldReason::ClassAbsent { class: c } => format!("class_absent:{}", class(c)),
            HoldReason::CriterionUnmarked {
                class: c,
                criterion,
            } => {
                format!(
                    "criterion_unmarked:{}{}",
                    class(c),
                    suffix(charter, Some(*criterion))
                )
            }
            HoldReason::NoWeight => "no_weight".to_owned(),
            HoldReason::TooLarge => "too_large".to_owned(),
        }
    }
}

fn suffix(charter: &Charter, criterion: Option<usize>) -> String {
    criterion
        .map(|index| format!(":{}", charter.criterion_key(index)))
        .unwrap_or_default()
}
