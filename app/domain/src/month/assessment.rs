//! What the months of a half-year or a year come to (ES-4, GY-10): means of what was posted, exact
//! and rounded once. A month without a number is no zero: it is left out of sum and count alike.

use super::ranking::places;
use crate::ratio::{Ratio, TooLarge};

/// Decimals of a mean as it is printed.
pub const MEAN_PLACES: u32 = 2;

/// The sum over the count; nothing where there is no number.
///
/// # Errors
/// The sum is beyond what fits.
pub fn mean(numbers: &[Ratio]) -> Result<Option<Ratio>, TooLarge> {
    let mut sum = Ratio::ZERO;
    for number in numbers {
        sum = sum.plus(*number)?;
    }
    let count = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    match count {
        0 => Ok(None),
        _ => sum.over(Ratio::scaled(count, 1)).map(Some),
    }
}

/// Places inside of a group by the mean as it is printed, the greatest first: who reads the same
/// number beside two names reads the same place.
#[must_use]
pub fn standing(means: &[Option<Ratio>]) -> Vec<Option<u32>> {
    let printed = |mean: &Option<Ratio>| mean.map(|mean| mean.round(MEAN_PLACES));
    places(&means.iter().map(printed).collect::<Vec<_>>())
}
