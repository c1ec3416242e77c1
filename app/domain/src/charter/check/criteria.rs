//! Checks criteria and their levels.

use super::faults::Faults;
use crate::charter::draft::{CriterionDraft, LevelDraft};
use crate::charter::error::CharterReason;
use crate::charter::rules::{Criterion, Level};
use crate::mark::Mark;
use crate::number::Decimal;

const CRITERIA_MAX: usize = 40;
const LEVELS_MAX: usize = 12;

pub(super) fn criteria(faults: &mut Faults, drafts: &[CriterionDraft]) -> Vec<Criterion> {
    if drafts.is_empty() {
        faults.add("criteria", CharterReason::Missing);
    }
    faults.at_most("criteria", drafts.len(), CRITERIA_MAX);
    faults.unique("criteria", drafts.iter().map(|draft| draft.key.as_str()));
    drafts
        .iter()
        .enumerate()
        .map(|(index, draft)| criterion(faults, index, draft))
        .collect()
}

fn criterion(faults: &mut Faults, index: usize, draft: &CriterionDraft) -> Criterion {
    let path = format!("criteria[{index}]");
    faults.key(&format!("{path}.key"), &draft.key);
    faults.text(&format!("{path}.name"), &draft.name);
    let min = match &draft.min {
        Some(text) => faults.mark(&format!("{path}.min"), text),
        None => Some(Mark::ZERO),
    };
    let max = required_mark(faults, &format!("{path}.max"), draft.max.as_deref());
    let step = required_mark(faults, &format!("{path}.step"), draft.step.as_deref());
    let factor_path = format!("{path}.factor");
    let factor = faults.amount(&factor_path, draft.factor.as_deref(), Decimal::ONE);
    if let (Some(min), Some(max)) = (min, max) {
        range(faults, &path, (min, max), step);
        levels_inside(faults, &path, (min, max), &draft.levels);
    }
    Criterion {
        key: draft.key.clone(),
        name: draft.name.clone(),
        min: min.unwrap_or_default(),
        max: max.unwrap_or_default(),
        // Never zero, so that a mark can always be divided by it.
        step: step.filter(|step| *step > Mark::ZERO).unwrap_or(Mark(1)),
        factor: factor.unwrap_or(Decimal::ONE),
        levels: levels(faults, &path, &draft.levels),
    }
}

fn required_mark(faults: &mut Faults, path: &str, text: Option<&str>) -> Option<Mark> {
    if text.is_none() {
        faults.add(path, CharterReason::Missing);
    }
    faults.mark(path, text?)
}

fn range(faults: &mut Faults, path: &str, (min, max): (Mark, Mark), step: Option<Mark>) {
    if max <= min {
        let reason = CharterReason::NotAbove {
            than: min.to_string(),
        };
        return faults.add(format!("{path}.max"), reason);
    }
    let Some(step) = step else { return };
    if step <= Mark::ZERO {
        let reason = CharterReason::NotAbove {
            than: Mark::ZERO.to_string(),
        };
        return faults.add(format!("{path}.step"), reason);
    }
    if (max.milli() - min.milli()) % step.milli() != 0 {
        let (min, step) = (min.to_string(), step.to_string());
        faults.add(format!("{path}.max"), CharterReason::OffStep { min, step });
    }
}

fn levels(faults: &mut Faults, path: &str, drafts: &[LevelDraft]) -> Vec<Level> {
    faults.at_most(&format!("{path}.levels"), drafts.len(), LEVELS_MAX);
    let mut levels: Vec<Level> = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let path = format!("{path}.levels[{index}]");
        faults.text(&format!("{path}.name"), &draft.name);
        faults.optional_text(&format!("{path}.text"), &draft.text);
        let from = faults.mark(&format!("{path}.from"), &draft.from);
        let to = faults.mark(&format!("{path}.to"), &draft.to);
        let (Some(from), Some(to)) = (from, to) else {
            continue;
        };
        if to < from {
            faults.add(
                format!("{path}.to"),
                CharterReason::NotAbove {
                    than: from.to_string(),
                },
            );
            continue;
        }
        // Rubrics on paper say 14-17 and 17-20, so a shared border is no overlap.
        if let Some(other) = levels
            .iter()
            .find(|other| from < other.to && other.from < to)
        {
            faults.add(
                path,
                CharterReason::Overlap {
                    other: other.name.clone(),
                },
            );
        }
        levels.push(Level {
            from,
            to,
            name: draft.name.clone(),
            text: draft.text.clone(),
        });
    }
    levels
}

fn levels_inside(faults: &mut Faults, path: &str, (min, max): (Mark, Mark), drafts: &[LevelDraft]) {
    for (index, draft) in drafts.iter().enumerate() {
        for (name, text) in [("from", &draft.from), ("to", &draft.to)] {
            // What is no number is reported where the level is read.
            let Ok(mark) = text.parse::<Mark>() else {
                continue;
            };
            if mark < min || mark > max {
                let (min, max) = (min.to_string(), max.to_string());
                let reason = CharterReason::OutOfRange { min, max };
                faults.add(format!("{path}.levels[{index}].{name}"), reason);
            }
        }
    }
}
