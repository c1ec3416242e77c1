//! From a draft to a charter: every fault at once, each with its path. Nothing is repaired.

mod classes;
mod criteria;
mod faults;

use super::draft::{CharterDraft, PhaseDraft, RoundingDraft, TieDraft};
use super::error::{CharterError, CharterReason};
use super::rules::{
    Charter, ClassAbsent, Criterion, Missing, Offline, Phase, RankStyle, Rounding, TieOn, TieStep,
    TrimBy, VoterClass,
};
use crate::number::Decimal;
use faults::Faults;

const PLACES_MAX: u32 = 6;
const PLACES_DEFAULT: u32 = 2;
const PHASES_MAX: usize = 32;
const LADDER_MAX: usize = 32;
const DAY_SECONDS: u32 = 86_400;
const TOLERANCE_SECONDS_DEFAULT: u32 = 120;

pub(super) fn check(draft: CharterDraft) -> Result<Charter, Vec<CharterError>> {
    let mut faults = Faults::default();
    faults.text("title", &draft.title);
    faults.text("version", &draft.version);
    faults.optional_text("source", draft.source.as_deref().unwrap_or_default());
    let criteria = criteria::criteria(&mut faults, &draft.criteria);
    let classes = classes::classes(&mut faults, &draft.classes, &criteria);
    classes::full_mark(&mut faults, draft.full_mark.as_deref(), &criteria, &classes);
    let (trim_by, missing, class_absent) = panel_words(&mut faults, &draft);
    let (tie_on, rank_style) = rank_words(&mut faults, &draft);
    let floor = match &draft.floor {
        Some(text) => faults.decimal("floor", text).unwrap_or_default(),
        None => Decimal::ZERO,
    };
    let rounding = rounding(&mut faults, &draft.rounding, trim_by);
    let ties = ladder(&mut faults, &draft.ties, &criteria, &classes);
    let phases = phases(&mut faults, &draft.phases);
    let offline = offline(&mut faults, &draft);
    if !faults.0.is_empty() {
        return Err(faults.0);
    }
    Ok(Charter {
        criteria,
        classes,
        trim_by,
        missing,
        class_absent,
        floor,
        rounding,
        tie_on,
        ties,
        rank_style,
        phases,
        offline,
        draft,
    })
}

fn panel_words(faults: &mut Faults, draft: &CharterDraft) -> (TrimBy, Missing, ClassAbsent) {
    let trim_by = [("seat", TrimBy::Seat), ("criterion", TrimBy::Criterion)];
    let missing = [
        ("exclude", Missing::Exclude),
        ("hold", Missing::Hold),
        ("zero", Missing::Zero),
    ];
    let absent = [
        ("hold", ClassAbsent::Hold),
        ("reweight", ClassAbsent::Reweight),
    ];
    (
        faults.word("trim_by", draft.trim_by.as_deref(), &trim_by, TrimBy::Seat),
        faults.word(
            "missing",
            draft.missing.as_deref(),
            &missing,
            Missing::Exclude,
        ),
        faults.word(
            "class_absent",
            draft.class_absent.as_deref(),
            &absent,
            ClassAbsent::Hold,
        ),
    )
}

fn rank_words(faults: &mut Faults, draft: &CharterDraft) -> (TieOn, RankStyle) {
    let tie_on = [("rounded", TieOn::Rounded), ("exact", TieOn::Exact)];
    let rank = [
        ("standard", RankStyle::Standard),
        ("dense", RankStyle::Dense),
    ];
    (
        faults.word("tie_on", draft.tie_on.as_deref(), &tie_on, TieOn::Rounded),
        faults.word("rank", draft.rank.as_deref(), &rank, RankStyle::Standard),
    )
}

fn rounding(faults: &mut Faults, draft: &RoundingDraft, trim_by: TrimBy) -> Rounding {
    let range = (0, PLACES_MAX);
    let places = faults.count(
        "rounding.places",
        draft.places.as_ref(),
        PLACES_DEFAULT,
        range,
    );
    faults.word(
        "rounding.mode",
        draft.mode.as_deref(),
        &[("half-up", ())],
        (),
    );
    let stages = &draft.stages;
    // Seat totals carry the factors inside: there is no panel of one criterion to round.
    for (name, stage) in [("panel", &stages.panel), ("factored", &stages.factored)] {
        if stage.is_some() && trim_by == TrimBy::Seat {
            faults.add(
                format!("rounding.stages.{name}"),
                CharterReason::OnlyByCriterion,
            );
        }
    }
    let mut stage = |name: &str, count: &Option<_>| {
        let path = format!("rounding.stages.{name}");
        count
            .as_ref()
            .map(|count| faults.count(&path, Some(count), PLACES_DEFAULT, range))
    };
    Rounding {
        places,
        panel: stage("panel", &stages.panel),
        factored: stage("factored", &stages.factored),
        class: stage("class", &stages.class),
    }
}

fn ladder(
    faults: &mut Faults,
    drafts: &[TieDraft],
    criteria: &[Criterion],
    classes: &[VoterClass],
) -> Vec<TieStep> {
    faults.at_most("ties", drafts.len(), LADDER_MAX);
    let mut steps: Vec<TieStep> = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let path = format!("ties[{index}]");
        let Some(step) = step(faults, &path, draft, criteria, classes) else {
            continue;
        };
        let last = steps.last().copied();
        let unreachable = last == Some(TieStep::Shared)
            || last == Some(TieStep::RunOff) && step != TieStep::Shared;
        if unreachable {
            let step = drafts[index - 1].step.clone();
            faults.add(path, CharterReason::Unreachable { step });
        } else if steps.contains(&step) {
            faults.add(
                path,
                CharterReason::Duplicate {
                    key: draft.step.clone(),
                },
            );
        } else {
            steps.push(step);
        }
    }
    steps
}

fn step(
    faults: &mut Faults,
    path: &str,
    draft: &TieDraft,
    criteria: &[Criterion],
    classes: &[VoterClass],
) -> Option<TieStep> {
    let words = [
        ("untrimmed_mean", Some(TieStep::UntrimmedMean)),
        ("class", Some(TieStep::Class(0))),
        ("criterion", Some(TieStep::Criterion(0))),
        ("fewer_deductions", Some(TieStep::FewerDeductions)),
        ("run_off", Some(TieStep::RunOff)),
        ("shared", Some(TieStep::Shared)),
    ];
    let step = faults.word(&format!("{path}.step"), Some(&draft.step), &words, None)?;
    let key_path = format!("{path}.key");
    let found = |position: Option<usize>, make: fn(usize) -> TieStep| position.map(make);
    let named = match (step, &draft.key) {
        (TieStep::Class(_) | TieStep::Criterion(_), None) => {
            faults.add(key_path, CharterReason::Missing);
            return None;
        }
        (TieStep::Class(_), Some(key)) => found(
            classes.iter().position(|class| class.key == *key),
            TieStep::Class,
        ),
        (TieStep::Criterion(_), Some(key)) => found(
            criteria.iter().position(|item| item.key == *key),
            TieStep::Criterion,
        ),
        (_, Some(_)) => {
            faults.add(key_path, CharterReason::KeyNotWanted);
            return None;
        }
        (step, None) => return Some(step),
    };
    if named.is_none() {
        let key = draft.key.clone().unwrap_or_default();
        faults.add(key_path, CharterReason::UnknownKey { key });
    }
    named
}

fn phases(faults: &mut Faults, drafts: &[PhaseDraft]) -> Vec<Phase> {
    faults.at_most("phases", drafts.len(), PHASES_MAX);
    faults.unique("phases", drafts.iter().map(|draft| draft.key.as_str()));
    let mut phases = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let path = format!("phases[{index}]");
        faults.key(&format!("{path}.key"), &draft.key);
        faults.text(&format!("{path}.name"), &draft.name);
        let seconds_path = format!("{path}.seconds");
        if draft.seconds.is_none() {
            faults.add(&seconds_path, CharterReason::Missing);
        }
        let range = (1, DAY_SECONDS);
        let seconds = faults.count(&seconds_path, draft.seconds.as_ref(), 1, range);
        phases.push(Phase {
            key: draft.key.clone(),
            name: draft.name.clone(),
            seconds,
        });
    }
    phases
}

fn offline(faults: &mut Faults, draft: &CharterDraft) -> Offline {
    let tolerance_seconds = faults.count(
        "offline.tolerance_seconds",
        draft.offline.tolerance_seconds.as_ref(),
        TOLERANCE_SECONDS_DEFAULT,
        (0, DAY_SECONDS),
    );
    Offline {
        tolerance_seconds,
        strict: draft.offline.strict.unwrap_or(false),
    }
}
