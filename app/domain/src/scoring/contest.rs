//! A whole contest at once.

use super::entry::score_entry;
use super::input::{ContestInput, InputError, SheetInput};
use super::outcome::{ContestResult, EntryResult, EntryScore};
use super::rank::rank;
use crate::charter::Charter;

/// Scores and places every entry.
///
/// # Errors
/// An index that names nothing, or a second sheet for one entry and seat.
pub fn score_contest(charter: &Charter, input: &ContestInput) -> Result<ContestResult, InputError> {
    check(charter, input)?;
    let scores = scores(charter, input)?;
    let standings = rank(charter, &scores);
    let mut scores: Vec<Option<EntryScore>> = scores.into_iter().map(Some).collect();
    let entries = standings
        .into_iter()
        .filter_map(|standing| {
            let score = scores.get_mut(standing.entry)?.take()?;
            Some(EntryResult { standing, score })
        })
        .collect();
    Ok(ContestResult { entries })
}

fn check(charter: &Charter, input: &ContestInput) -> Result<(), InputError> {
    for (seat, &super::SeatInput { class }) in input.seats.iter().enumerate() {
        if class >= charter.classes().len() {
            return Err(InputError::UnknownClass { seat, class });
        }
    }
    for (index, sheet) in input.sheets.iter().enumerate() {
        let &SheetInput { entry, seat, .. } = sheet;
        if entry >= input.entries.len() {
            return Err(InputError::UnknownEntry {
                sheet: index,
                entry,
            });
        }
        if seat >= input.seats.len() {
            return Err(InputError::UnknownSeat { sheet: index, seat });
        }
    }
    Ok(())
}

fn scores(charter: &Charter, input: &ContestInput) -> Result<Vec<EntryScore>, InputError> {
    let mut order: Vec<usize> = (0..input.sheets.len()).collect();
    order.sort_by_key(|index| input.sheets[*index].entry);
    let mut order = order.into_iter().peekable();
    let mut slots: Vec<Option<&SheetInput>> = vec![None; input.seats.len()];
    let mut scores = Vec::with_capacity(input.entries.len());
    for (entry, rules) in input.entries.iter().enumerate() {
        let mut filled: Vec<usize> = Vec::new();
        while let Some(index) = order.next_if(|index| input.sheets[*index].entry == entry) {
            let sheet = &input.sheets[index];
            if slots[sheet.seat].replace(sheet).is_some() {
                return Err(InputError::SecondSheet { sheet: index });
            }
            filled.push(sheet.seat);
        }
        scores.push(score_entry(charter, &input.seats, entry, rules, &slots));
        for seat in filled {
            slots[seat] = None;
        }
    }
    Ok(scores)
}
