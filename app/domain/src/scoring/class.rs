//! One voter class's part of one entry: panel, columns, value, and what stands in its way.

use super::column::{Hall, RawColumn};
use super::note::{HoldReason, Note};
use super::outcome::{ClassScore, Column, OutReason, Panel};
use crate::charter::{Aggregate, Charter, Missing, TrimBy, VoterClass};
use crate::ratio::{Ratio, TooLarge};

/// A class before weights.
pub(super) struct ClassWork {
    pub(super) score: ClassScore,
    /// Its value with the trim off.
    pub(super) untrimmed: Option<Ratio>,
    pub(super) notes: Vec<Note>,
    pub(super) holds: Vec<HoldReason>,
}

/// Panel, columns and value of class `index` (domain rules 2.1 Panel, Trim, Order).
pub(super) fn score_class(
    hall: Hall<'_>,
    index: usize,
    class: &VoterClass,
) -> Result<ClassWork, TooLarge> {
    let mut columns = match hall.charter.trim_by() {
        TrimBy::Seat => vec![hall.totals(index, &class.criteria)],
        TrimBy::Criterion => class
            .criteria
            .iter()
            .map(|criterion| hall.marks(index, *criterion))
            .collect(),
    };
    let mut panel = panel(hall, index, &columns);
    let holds = holds(hall, index, class, &columns, panel);
    let notes = notes(hall.charter, index, class, &columns, panel);
    if !holds.is_empty() || panel.valid == 0 {
        let columns = columns
            .into_iter()
            .map(|column| column.into_column(None, None))
            .collect::<Result<Vec<Column>, TooLarge>>()?;
        let score = unscored(index, panel, columns);
        return Ok(ClassWork {
            score,
            untrimmed: None,
            notes,
            holds,
        });
    }
    for column in &mut columns {
        column.strike(class.trim);
    }
    let untrimmed = columns.iter().map(|column| {
        let value = column.untrimmed(class.aggregate)?;
        Ok(staged(hall.charter, column.criterion, value)?.1)
    });
    let untrimmed = class_value(hall.charter, untrimmed)?;
    let columns = columns
        .into_iter()
        .map(|column| {
            let value = column.aggregate(class.aggregate)?;
            let (aggregate, factored) = staged(hall.charter, column.criterion, value)?;
            column.into_column(aggregate, factored)
        })
        .collect::<Result<Vec<Column>, TooLarge>>()?;
    panel.kept = columns
        .iter()
        .map(|column| column.kept)
        .min()
        .unwrap_or_default();
    let value = class_value(
        hall.charter,
        columns.iter().map(|column| Ok(column.factored)),
    )?;
    let score = ClassScore {
        value,
        ..unscored(index, panel, columns)
    };
    Ok(ClassWork {
        score,
        untrimmed,
        notes,
        holds,
    })
}

/// The class's value from one criterion alone, as if the charter had no other.
pub(super) fn criterion_alone(
    hall: Hall<'_>,
    index: usize,
    class: &VoterClass,
    criterion: usize,
) -> Result<Option<Ratio>, TooLarge> {
    let mut column = match hall.charter.trim_by() {
        TrimBy::Seat => hall.totals(index, &[criterion]),
        TrimBy::Criterion => hall.marks(index, criterion),
    };
    column.strike(class.trim);
    let value = column.aggregate(class.aggregate)?;
    let (_, factored) = staged(hall.charter, column.criterion, value)?;
    class_value(hall.charter, std::iter::once(Ok(factored)))
}

/// The panel of a class whose sheets are not counted.
pub(super) fn empty_class(hall: Hall<'_>, index: usize) -> ClassScore {
    unscored(index, panel(hall, index, &[]), Vec::new())
}

fn unscored(class: usize, panel: Panel, columns: Vec<Column>) -> ClassScore {
    ClassScore {
        class,
        panel,
        value: None,
        weight: None,
        contribution: None,
        columns,
    }
}

fn panel(hall: Hall<'_>, class: usize, columns: &[RawColumn]) -> Panel {
    let seats = hall.seats_of(class).count();
    let recused = hall
        .seats_of(class)
        .filter(|seat| is_out(hall, *seat, OutReason::Recused));
    let eligible = seats - recused.count();
    // A sheet enters when at least one of its numbers does.
    let entered = |line: usize| columns.iter().any(|column| column.lines[line].entered());
    let lines = columns.first().map_or(0, |column| column.lines.len());
    let valid = (0..lines).filter(|line| entered(*line)).count();
    let kept = columns
        .iter()
        .map(RawColumn::valid)
        .min()
        .unwrap_or_default();
    Panel {
        seats,
        eligible,
        valid,
        kept,
    }
}

fn is_out(hall: Hall<'_>, seat: usize, reason: OutReason) -> bool {
    hall.out(seat) == Some(reason)
}

fn holds(
    hall: Hall<'_>,
    index: usize,
    class: &VoterClass,
    columns: &[RawColumn],
    panel: Panel,
) -> Vec<HoldReason> {
    let mut holds = Vec::new();
    if hall.charter.missing() == Missing::Hold {
        for &(seat, criterion) in columns.iter().flat_map(|column| &column.missing) {
            holds.push(HoldReason::MissingMark {
                class: index,
                seat,
                criterion,
            });
        }
        for seat in hall.seats_of(index) {
            if is_out(hall, seat, OutReason::Absent) || is_out(hall, seat, OutReason::NoSheet) {
                holds.push(HoldReason::MissingSheet { class: index, seat });
            }
        }
    }
    // A class without any sheet is absent, which is another rule.
    if panel.valid == 0 {
        return holds;
    }
    for column in columns {
        let valid = column.valid();
        if let (0, Some(criterion)) = (valid, column.criterion) {
            holds.push(HoldReason::CriterionUnmarked {
                class: index,
                criterion,
            });
        } else if column.held_below(class.trim) {
            let min_panel = class.trim.map_or(0, |trim| trim.min_panel);
            let criterion = column.criterion;
            holds.push(HoldReason::BelowMinPanel {
                class: index,
                criterion,
                valid,
                min_panel,
            });
        }
    }
    holds
}

fn notes(
    charter: &Charter,
    index: usize,
    class: &VoterClass,
    columns: &[RawColumn],
    panel: Panel,
) -> Vec<Note> {
    let mut notes = Vec::new();
    let Panel {
        seats,
        eligible,
        valid,
        ..
    } = panel;
    if valid < seats {
        notes.push(Note::PartialPanel {
            class: index,
            valid,
            eligible,
            seats,
        });
    }
    let marks: usize = columns.iter().map(|column| column.missing.len()).sum();
    match charter.missing() {
        Missing::Exclude if marks > 0 => {
            notes.push(Note::MissingExcluded {
                class: index,
                marks,
            });
        }
        Missing::Zero if marks > 0 => notes.push(Note::MissingAsZero {
            class: index,
            marks,
        }),
        _ => {}
    }
    if valid == 0 {
        return notes;
    }
    for column in columns {
        let valid = column.valid();
        if column.too_small(class.trim) && !column.held_below(class.trim) {
            let min_panel = class.trim.map_or(0, |trim| trim.min_panel);
            let criterion = column.criterion;
            notes.push(Note::BelowMinPanel {
                class: index,
                criterion,
                valid,
                min_panel,
            });
        }
    }
    let valid = columns
        .iter()
        .map(RawColumn::valid)
        .min()
        .unwrap_or_default();
    if class.aggregate == Aggregate::Sum && valid < seats {
        notes.push(Note::SumNotScaled {
            class: index,
            valid,
            seats,
        });
    }
    notes
}

/// [round panel] -> x factor -> [round factored]. Seat totals carry their factors already.
fn staged(
    charter: &Charter,
    criterion: Option<usize>,
    aggregate: Option<Ratio>,
) -> Result<(Option<Ratio>, Option<Ratio>), TooLarge> {
    let Some(criterion) = criterion.and_then(|index| charter.criteria().get(index)) else {
        return Ok((aggregate, aggregate));
    };
    let Some(aggregate) = aggregate else {
        return Ok((None, None));
    };
    let rounding = charter.rounding();
    let aggregate = rounded(aggregate, rounding.panel);
    let factored = rounded(
        aggregate.times(criterion.factor.ratio())?,
        rounding.factored,
    );
    Ok((Some(aggregate), Some(factored)))
}

/// Sum over the columns -> [round class]. `None` as soon as one column has no value.
fn class_value(
    charter: &Charter,
    columns: impl Iterator<Item = Result<Option<Ratio>, TooLarge>>,
) -> Result<Option<Ratio>, TooLarge> {
    let mut sum = Ratio::ZERO;
    for value in columns {
        let Some(value) = value? else { return Ok(None) };
        sum = sum.plus(value)?;
    }
    Ok(Some(rounded(sum, charter.rounding().class)))
}

fn rounded(value: Ratio, places: Option<u32>) -> Ratio {
    places.map_or(value, |places| value.round(places))
}
