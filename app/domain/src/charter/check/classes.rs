//! Checks voter classes, their trim, and that criteria and weights add up.

use super::faults::Faults;
use crate::charter::draft::{ClassDraft, TrimDraft};
use crate::charter::error::CharterReason;
use crate::charter::rules::{Aggregate, BelowMinPanel, Criterion, Trim, VoterClass};
use crate::number::Decimal;
use crate::ratio::Ratio;

const CLASSES_MAX: usize = 16;
const STRUCK_MAX: u32 = 1_000;
const PANEL_MAX: u32 = 1_000_000;
/// The least panel that is trimmed when the charter does not say (domain rules 2).
const MIN_PANEL_DEFAULT: u32 = 5;

pub(super) fn classes(
    faults: &mut Faults,
    drafts: &[ClassDraft],
    criteria: &[Criterion],
) -> Vec<VoterClass> {
    if drafts.is_empty() {
        faults.add("classes", CharterReason::Missing);
    }
    faults.at_most("classes", drafts.len(), CLASSES_MAX);
    faults.unique("classes", drafts.iter().map(|draft| draft.key.as_str()));
    let classes: Vec<VoterClass> = drafts
        .iter()
        .enumerate()
        .map(|(index, draft)| class(faults, index, draft, criteria))
        .collect();
    if !classes.is_empty() && classes.iter().all(|class| class.weight == Decimal::ZERO) {
        faults.add("classes", CharterReason::NoWeight);
    }
    for index in 0..criteria.len() {
        let marked = classes.iter().any(|class| class.criteria.contains(&index));
        if !marked && !classes.is_empty() {
            faults.add(format!("criteria[{index}]"), CharterReason::Unmarked);
        }
    }
    classes
}

/// XY-4: a preset whose criteria must total 100 says so, and is refused when they do not.
pub(super) fn full_mark(
    faults: &mut Faults,
    text: Option<&str>,
    criteria: &[Criterion],
    classes: &[VoterClass],
) {
    let Some(full_mark) = text.and_then(|text| faults.decimal("full_mark", text)) else {
        return;
    };
    for class in classes {
        let marked = class
            .criteria
            .iter()
            .filter_map(|index| criteria.get(*index));
        let total = marked.map(|item| item.max.ratio().times(item.factor.ratio()));
        let total = total.sum_checked();
        if total != Ok(full_mark.ratio()) {
            let reason = CharterReason::WrongTotal {
                class: class.key.clone(),
                total: total.map(shortest).unwrap_or_default(),
                full_mark: full_mark.to_string(),
            };
            faults.add("full_mark", reason);
        }
    }
}

fn class(
    faults: &mut Faults,
    index: usize,
    draft: &ClassDraft,
    criteria: &[Criterion],
) -> VoterClass {
    let path = format!("classes[{index}]");
    faults.key(&format!("{path}.key"), &draft.key);
    faults.text(&format!("{path}.name"), &draft.name);
    let weight_path = format!("{path}.weight");
    let weight = faults.amount(&weight_path, draft.weight.as_deref(), Decimal::ONE);
    let words = [
        ("mean", Aggregate::Mean),
        ("median", Aggregate::Median),
        ("sum", Aggregate::Sum),
    ];
    let aggregate_path = format!("{path}.aggregate");
    let aggregate = draft.aggregate.as_deref();
    VoterClass {
        key: draft.key.clone(),
        name: draft.name.clone(),
        // A weight that could not be read is not also "no weight at all".
        weight: weight.unwrap_or(Decimal::ONE),
        criteria: marked(faults, &format!("{path}.criteria"), draft, criteria),
        aggregate: faults.word(&aggregate_path, aggregate, &words, Aggregate::Mean),
        trim: draft
            .trim
            .as_ref()
            .map(|draft| trim(faults, &format!("{path}.trim"), draft)),
    }
}

fn marked(
    faults: &mut Faults,
    path: &str,
    draft: &ClassDraft,
    criteria: &[Criterion],
) -> Vec<usize> {
    let Some(keys) = &draft.criteria else {
        return (0..criteria.len()).collect();
    };
    if keys.is_empty() {
        faults.add(path, CharterReason::Missing);
    }
    let mut marked = Vec::new();
    for (position, key) in keys.iter().enumerate() {
        let path = format!("{path}[{position}]");
        match criteria.iter().position(|criterion| criterion.key == *key) {
            None => faults.add(path, CharterReason::UnknownKey { key: key.clone() }),
            Some(index) if marked.contains(&index) => {
                faults.add(path, CharterReason::Duplicate { key: key.clone() });
            }
            Some(index) => marked.push(index),
        }
    }
    marked.sort_unstable();
    marked
}

fn trim(faults: &mut Faults, path: &str, draft: &TrimDraft) -> Trim {
    let mut count = |name: &str, count, default, range| {
        faults.count(&format!("{path}.{name}"), count, default, range)
    };
    let high = count("high", draft.high.as_ref(), 0, (0, STRUCK_MAX));
    let low = count("low", draft.low.as_ref(), 0, (0, STRUCK_MAX));
    let min_panel = count(
        "min_panel",
        draft.min_panel.as_ref(),
        MIN_PANEL_DEFAULT,
        (1, PANEL_MAX),
    );
    if min_panel <= high + low {
        let reason = CharterReason::NotAbove {
            than: (high + low).to_string(),
        };
        faults.add(format!("{path}.min_panel"), reason);
    }
    let words = [
        ("untrimmed", BelowMinPanel::Untrimmed),
        ("hold", BelowMinPanel::Hold),
    ];
    let below_path = format!("{path}.below");
    let below = draft.below.as_deref();
    Trim {
        high: high as usize,
        low: low as usize,
        min_panel: min_panel as usize,
        below: faults.word(&below_path, below, &words, BelowMinPanel::Untrimmed),
    }
}

trait SumChecked {
    fn sum_checked(self) -> Result<Ratio, crate::ratio::TooLarge>;
}

impl<I: Iterator<Item = Result<Ratio, crate::ratio::TooLarge>>> SumChecked for I {
    fn sum_checked(mut self) -> Result<Ratio, crate::ratio::TooLarge> {
        self.try_fold(Ratio::ZERO, |sum, term| sum.plus(term?))
    }
}

fn shortest(total: Ratio) -> String {
    let fixed = total.to_fixed(6);
    fixed.trim_end_matches('0').trim_end_matches('.').to_owned()
}
