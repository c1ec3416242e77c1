//! The score of one entry: classes, weights, multiplier, deductions, floor, rounding, in this
//! order (domain rules 2.1 Order). It depends on this entry's sheets alone, so one added sheet
//! costs one entry.

use super::class::{ClassWork, criterion_alone, empty_class, score_class};
use super::column::Hall;
use super::input::{EntryInput, SeatInput, SheetInput};
use super::note::{HoldReason, Note};
use super::outcome::{ClassScore, EntryScore, Status};
use crate::charter::{Charter, ClassAbsent, TieStep};
use crate::mark::Mark;
use crate::number::Decimal;
use crate::ratio::{Ratio, TooLarge};

/// Scores entry `index`. `sheets` holds each seat's sheet in the order of `seats`; seats beyond
/// its end have none.
#[must_use]
pub fn score_entry(
    charter: &Charter,
    seats: &[SeatInput],
    index: usize,
    entry: &EntryInput,
    sheets: &[Option<&SheetInput>],
) -> EntryScore {
    let hall = Hall {
        charter,
        seats,
        sheets,
    };
    if entry.withdrawn {
        let notes = vec![Note::Withdrawn];
        return unscored(
            hall,
            index,
            entry,
            Status::Withdrawn,
            empty_classes(hall),
            notes,
        );
    }
    score(hall, index, entry).unwrap_or_else(|TooLarge| {
        let notes = vec![Note::Held(HoldReason::TooLarge)];
        unscored(hall, index, entry, Status::Held, empty_classes(hall), notes)
    })
}

/// What one sheet totals, and how many marks it still lacks: the judge's own running total.
#[must_use]
pub fn sheet_total(charter: &Charter, class: usize, marks: &[Option<Mark>]) -> (Ratio, usize) {
    let marked = charter
        .classes()
        .get(class)
        .map(|class| class.criteria.as_slice());
    let mut total = Ratio::ZERO;
    let mut missing = 0;
    for &index in marked.unwrap_or_default() {
        let Some(criterion) = charter.criteria().get(index) else {
            continue;
        };
        let Some(mark) = marks.get(index).copied().flatten() else {
            missing += 1;
            continue;
        };
        let term = mark.ratio().times(criterion.factor.ratio());
        total = term.and_then(|term| total.plus(term)).unwrap_or(total);
    }
    (total, missing)
}

fn score(hall: Hall<'_>, index: usize, entry: &EntryInput) -> Result<EntryScore, TooLarge> {
    let classes = hall.charter.classes().iter().enumerate();
    let mut works = classes
        .map(|(class, rules)| score_class(hall, class, rules))
        .collect::<Result<Vec<ClassWork>, TooLarge>>()?;
    let mut notes: Vec<Note> = works
        .iter_mut()
        .flat_map(|work| work.notes.drain(..))
        .collect();
    let mut holds: Vec<HoldReason> = works
        .iter_mut()
        .flat_map(|work| work.holds.drain(..))
        .collect();
    weigh(hall.charter, &mut works, &mut notes, &mut holds)?;
    let held = !holds.is_empty();
    notes.extend(holds.into_iter().map(Note::Held));
    let mut result = unscored(hall, index, entry, Status::Held, Vec::new(), notes);
    if !held {
        fill(hall, &mut result, &works)?;
    }
    result.classes = works.into_iter().map(|work| work.score).collect();
    Ok(result)
}

/// Gives every class that is present its weight, and handles the absent ones.
fn weigh(
    charter: &Charter,
    works: &mut [ClassWork],
    notes: &mut Vec<Note>,
    holds: &mut Vec<HoldReason>,
) -> Result<(), TooLarge> {
    let mut total = Ratio::ZERO;
    let mut present = Ratio::ZERO;
    for (work, class) in works.iter().zip(charter.classes()) {
        total = total.plus(class.weight.ratio())?;
        if work.score.panel.valid > 0 {
            present = present.plus(class.weight.ratio())?;
        }
    }
    let absent = |work: &&ClassWork| work.score.panel.valid == 0;
    let absent: Vec<usize> = works
        .iter()
        .filter(absent)
        .map(|work| work.score.class)
        .collect();
    let reweight = charter.class_absent() == ClassAbsent::Reweight;
    if absent.len() == works.len() || !reweight {
        holds.extend(
            absent
                .iter()
                .map(|class| HoldReason::ClassAbsent { class: *class }),
        );
    } else {
        notes.extend(
            absent
                .iter()
                .map(|class| Note::ClassReweighted { class: *class }),
        );
        if present.is_zero() {
            holds.push(HoldReason::NoWeight);
        }
    }
    let scale = if absent.is_empty() || !reweight || present.is_zero() {
        Ratio::ONE
    } else {
        total.over(present)?
    };
    for (work, class) in works.iter_mut().zip(charter.classes()) {
        let Some(value) = work.score.value else {
            continue;
        };
        let weight = class.weight.ratio().times(scale)?;
        work.score.weight = Some(weight);
        work.score.contribution = Some(weight.times(value)?);
    }
    Ok(())
}

/// From the weighted sum to the rounded score.
fn fill(hall: Hall<'_>, result: &mut EntryScore, works: &[ClassWork]) -> Result<(), TooLarge> {
    let floor = hall.charter.floor().ratio();
    let multiplier = result.multiplier.ratio();
    let weighted = weighted(works, |work| work.score.value)?;
    let reduced = weighted.times(multiplier)?.minus(result.deduction_total)?;
    if reduced < floor {
        result.notes.push(Note::FloorApplied);
    }
    let exact = reduced.max(floor);
    let untrimmed = self::weighted(works, |work| work.untrimmed)?
        .times(multiplier)?
        .max(floor);
    result.status = Status::Scored;
    result.weighted_sum = Some(weighted);
    result.exact = Some(exact);
    result.score = Some(exact.round(hall.charter.rounding().places));
    result.untrimmed_mean = Some(untrimmed);
    let mut tie_values = Vec::with_capacity(hall.charter.ties().len());
    for step in hall.charter.ties() {
        tie_values.push(match *step {
            TieStep::UntrimmedMean => Some(untrimmed),
            TieStep::Class(class) => works.get(class).and_then(|work| work.score.value),
            TieStep::Criterion(criterion) => Some(alone(hall, works, criterion)?),
            TieStep::FewerDeductions => Some(result.deduction_total),
            TieStep::RunOff | TieStep::Shared => None,
        });
    }
    result.tie_values = tie_values;
    Ok(())
}

/// Sum of weight x class over the classes that entered.
fn weighted(
    works: &[ClassWork],
    value: impl Fn(&ClassWork) -> Option<Ratio>,
) -> Result<Ratio, TooLarge> {
    works.iter().try_fold(Ratio::ZERO, |sum, work| {
        match (work.score.weight, value(work)) {
            (Some(weight), Some(value)) => sum.plus(weight.times(value)?),
            _ => Ok(sum),
        }
    })
}

/// The score from one criterion alone, without multiplier and deductions.
fn alone(hall: Hall<'_>, works: &[ClassWork], criterion: usize) -> Result<Ratio, TooLarge> {
    let mut sum = Ratio::ZERO;
    for (work, class) in works.iter().zip(hall.charter.classes()) {
        let Some(weight) = work.score.weight else {
            continue;
        };
        if !class.criteria.contains(&criterion) {
            continue;
        }
        if let Some(value) = criterion_alone(hall, work.score.class, class, criterion)? {
            sum = sum.plus(weight.times(value)?)?;
        }
    }
    Ok(sum)
}

fn unscored(
    hall: Hall<'_>,
    index: usize,
    entry: &EntryInput,
    status: Status,
    classes: Vec<ClassScore>,
    notes: Vec<Note>,
) -> EntryScore {
    let multiplier = entry
        .multiplier
        .filter(|_| hall.charter.multiplier_allowed());
    let total: i128 = entry
        .deductions
        .iter()
        .map(|points| i128::from(points.micros()))
        .sum();
    EntryScore {
        entry: index,
        status,
        score: None,
        exact: None,
        untrimmed_mean: None,
        classes,
        weighted_sum: None,
        multiplier: multiplier.unwrap_or(Decimal::ONE),
        deductions: entry.deductions.clone(),
        deduction_total: Ratio::new(total, i128::from(Decimal::ONE.micros())).unwrap_or_default(),
        tie_values: vec![None; hall.charter.ties().len()],
        notes,
    }
}

fn empty_classes(hall: Hall<'_>) -> Vec<ClassScore> {
    (0..hall.charter.classes().len())
        .map(|class| empty_class(hall, class))
        .collect()
}
