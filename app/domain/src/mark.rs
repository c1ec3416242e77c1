//! One seat's number for one criterion, as integer milli-points. "No mark" is `Option::None`,
//! which is another type than zero (domain rules 0-5: missing is not zero).

use crate::number::{Decimal, NumberError, write_scaled};
use crate::ratio::Ratio;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Decimals a mark may carry.
pub const MARK_DECIMALS: usize = 3;
/// The largest magnitude of a mark, in whole points: far beyond any contest, and small enough that
/// a sum over a county's worth of sheets stays inside 128 bits.
pub const MARK_WHOLE_MAX: i64 = 1_000_000;

const MILLI: i64 = 1_000;
const MICROS_PER_MILLI: i64 = 1_000;

/// Milli-points: 8.5 points are `Mark(8500)`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Mark(pub i64);

impl Mark {
    pub const ZERO: Mark = Mark(0);
    /// No mark is larger in magnitude.
    pub const LIMIT: Mark = Mark(MARK_WHOLE_MAX * MILLI);

    #[must_use]
    pub fn milli(self) -> i64 {
        self.0
    }

    #[must_use]
    pub fn ratio(self) -> Ratio {
        Ratio::scaled(self.0, MILLI)
    }
}

impl TryFrom<Decimal> for Mark {
    type Error = NumberError;

    fn try_from(decimal: Decimal) -> Result<Mark, NumberError> {
        if decimal.micros() % MICROS_PER_MILLI != 0 {
            return Err(NumberError::TooManyDecimals { max: MARK_DECIMALS });
        }
        let mark = Mark(decimal.micros() / MICROS_PER_MILLI);
        if Mark::LIMIT.0 < mark.0.abs() {
            return Err(NumberError::TooLarge {
                max: MARK_WHOLE_MAX,
            });
        }
        Ok(mark)
    }
}

impl FromStr for Mark {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Mark, NumberError> {
        Mark::try_from(text.parse::<Decimal>()?)
    }
}

impl fmt::Display for Mark {
    /// As short as it can be written: `8.5`, `20`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.0, MILLI, MARK_DECIMALS)
    }
}
