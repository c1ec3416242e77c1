//! Where a unit is weak in a posted month: what a slip is about (GY-18), and what a hearing asks
//! for (GY-15).

use domain::number::Decimal;
use std::cmp::Reverse;
use sync::posted_month::{PostedCell, PostedIndicator, PostedMonth, PostedUnit};

/// The indicators that cost the unit points, those that cost most first; of equal ones the first as
/// the registry has them.
#[must_use]
pub fn lost<'a>(
    month: &'a PostedMonth,
    unit: &'a PostedUnit,
) -> Vec<(&'a PostedIndicator, &'a PostedCell)> {
    let number = |text: &str| text.parse::<Decimal>().ok().map(Decimal::micros);
    let cells = month.indicators.iter().zip(&unit.cells);
    let lost = cells.filter_map(|(one, cell)| {
        let points = cell.points.as_deref().and_then(number)?;
        let lost = number(&one.weight)?.checked_sub(points)?;
        (0 < lost).then_some((lost, (one, cell)))
    });
    let mut lost: Vec<_> = lost.collect();
    lost.sort_by_key(|(lost, _)| Reverse(*lost));
    lost.into_iter().map(|(_, cell)| cell).collect()
}
