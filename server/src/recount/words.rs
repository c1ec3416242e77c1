//! The recount in words, for a person at a terminal.

use super::files::Hall;
use super::report::MORE_PLACES;
use domain::charter::{Charter, TieStep};
use domain::ratio::{Ratio, TooLarge};
use domain::scoring::{ContestResult, EntryResult, HoldReason, Note};
use std::fmt::Write as _;

/// One block of lines for each entry, ordered by rank, then file order.
pub(super) fn text(charter: &Charter, hall: &Hall, result: &ContestResult) -> String {
    let mut text = format!("{} (version {})\n", charter.title(), charter.version());
    if let Some(source) = charter.source() {
        let _ = writeln!(text, "Source: {source}");
    }
    for entry in &result.entries {
        // Writing to a string cannot fail.
        let _ = write_entry(&mut text, charter, hall, entry);
    }
    text
}

fn write_entry(
    text: &mut String,
    charter: &Charter,
    hall: &Hall,
    result: &EntryResult,
) -> std::fmt::Result {
    let places = charter.rounding().places;
    let score = &result.score;
    let fixed = |value: Option<Ratio>, places: u32| {
        value.map_or("-".to_owned(), |value| value.to_fixed(places))
    };
    let rank = result
        .standing
        .rank
        .map_or("-".to_owned(), |rank| rank.to_string());
    let named = hall.entries.get(score.entry);
    let (key, name) = named.map_or(("", ""), |named| (&named.key, &named.name));
    writeln!(text)?;
    writeln!(
        text,
        "{rank}. {key} {name}  score {}",
        fixed(score.score, places)
    )?;
    writeln!(
        text,
        "   untrimmed mean {}",
        fixed(score.untrimmed_mean, places + MORE_PLACES)
    )?;
    for class in &score.classes {
        writeln!(
            text,
            "   class {}: {}; valid {}/{}, kept {}",
            charter.class_key(class.class),
            fixed(class.value, places + MORE_PLACES),
            class.panel.valid,
            class.panel.eligible,
            class.panel.kept,
        )?;
    }
    if !score.deductions.is_empty() {
        writeln!(
            text,
            "   deductions {}",
            score.deduction_total.to_fixed(places)
        )?;
    }
    for step in &result.standing.ties {
        writeln!(text, "   tie: {}", step_words(charter, *step))?;
    }
    for note in result.notes() {
        writeln!(text, "   note: {}", note_words(charter, hall, note))?;
    }
    Ok(())
}

fn step_words(charter: &Charter, step: TieStep) -> String {
    match step {
        TieStep::UntrimmedMean => "set apart by the untrimmed mean".to_owned(),
        TieStep::Class(class) => format!("set apart by class {}", charter.class_key(class)),
        TieStep::Criterion(index) => {
            format!("set apart by criterion {}", charter.criterion_key(index))
        }
        TieStep::FewerDeductions => "set apart by fewer deductions".to_owned(),
        TieStep::RunOff => "shared until a run-off".to_owned(),
        TieStep::Shared => "shared".to_owned(),
    }
}

fn note_words(charter: &Charter, hall: &Hall, note: &Note) -> String {
    let class = |index: &usize| charter.class_key(*index);
    match note {
        Note::PartialPanel {
            class: index,
            valid,
            eligible,
            seats,
        } => format!(
            "class {}: {valid} valid of {eligible} eligible, of {seats} seats",
            class(index)
        ),
        Note::BelowMinPanel {
            class: index,
            criterion,
            valid,
            min_panel,
        } => format!(
            "class {}{}: {valid} valid, fewer than {min_panel}, so nothing was struck",
            class(index),
            about(charter, *criterion)
        ),
        Note::SumNotScaled {
            class: index,
            valid,
            seats,
        } => {
            format!(
                "class {}: the sum of {valid} of {seats} seats, not scaled up",
                class(index)
            )
        }
        Note::MissingExcluded {
            class: index,
            marks,
        } => {
            format!("class {}: {marks} missing mark(s) left out", class(index))
        }
        Note::MissingAsZero {
            class: index,
            marks,
        } => {
            format!(
                "class {}: {marks} missing mark(s) counted as zero",
                class(index)
            )
        }
        Note::ClassReweighted { class: index } => {
            format!(
                "class {} is wholly absent; the others share its weight",
                class(index)
            )
        }
        Note::FloorApplied => "raised to the floor".to_owned(),
        Note::Withdrawn => "withdrawn".to_owned(),
        Note::Held(reason) => format!("held: {}", hold_words(charter, hall, reason)),
        Note::RunOffNeeded => "a run-off is needed".to_owned(),
    }
}

fn hold_words(charter: &Charter, hall: &Hall, reason: &HoldReason) -> String {
    let seat = |index: &usize| hall.seats.get(*index).map_or("", String::as_str);
    let class = |index: &usize| charter.class_key(*index);
    match reason {
        HoldReason::MissingMark {
            seat: index,
            criterion,
            ..
        } => {
            format!(
                "seat {} has no mark{}",
                seat(index),
                about(charter, Some(*criterion))
            )
        }
        HoldReason::MissingSheet { seat: index, .. } => {
            format!("seat {} has no sheet", seat(index))
        }
        HoldReason::BelowMinPanel {
            class: index,
            criterion,
            valid,
            min_panel,
        } => format!(
            "class {}{}: {valid} valid, fewer than {min_panel}",
            class(index),
            about(charter, *criterion)
        ),
        HoldReason::ClassAbsent { class: index } => {
            format!("class {} is wholly absent", class(index))
        }
        HoldReason::CriterionUnmarked {
            class: index,
            criterion,
        } => {
            format!(
                "class {} has no mark{}",
                class(index),
                about(charter, Some(*criterion))
            )
        }
        HoldReason::NoWeight => "no class that is present has any weight".to_owned(),
        HoldReason::TooLarge => TooLarge.to_string(),
    }
}

fn about(charter: &Charter, criterion: Option<usize>) -> String {
    criterion
        .map(|index| format!(" for {}", charter.criterion_key(index)))
        .unwrap_or_default()
}
