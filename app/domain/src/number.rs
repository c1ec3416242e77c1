//! Numbers as people write them: a decimal point, at most six decimals, held as an integer.
//! Invariant: a float never touches them, so what was authored is what is computed with.

use crate::ratio::Ratio;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Decimals a number may carry (domain rules 2.1 Numbers).
pub const DECIMALS_MAX: usize = 6;
/// The largest magnitude of a number, in wholes: a county's product in 元. The largest power of ten
/// whose tenfold still fits into 64 bits as millionths, as the comparison of a figure with its
/// history asks for; what is computed of several such numbers is a checked [`Ratio`].
pub const WHOLE_MAX: i64 = 100_000_000_000;

const MICRO: i64 = 1_000_000;

/// A weight, factor, multiplier, deduction or floor, in millionths.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal(i64);

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum NumberError {
    #[error("not a number (digits and a decimal point, such as 8.5)")]
    NotANumber,
    #[error("more than {max} decimals")]
    TooManyDecimals { max: usize },
    #[error("larger than {max} in magnitude")]
    TooLarge { max: i64 },
}

impl Decimal {
    pub const ZERO: Decimal = Decimal(0);
    pub const ONE: Decimal = Decimal(MICRO);

    /// From millionths. `None` beyond [`WHOLE_MAX`].
    #[must_use]
    pub fn from_micros(micros: i64) -> Option<Decimal> {
        (micros.unsigned_abs() <= WHOLE_MAX.unsigned_abs() * MICRO.unsigned_abs())
            .then_some(Decimal(micros))
    }

    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    #[must_use]
    pub fn ratio(self) -> Ratio {
        Ratio::scaled(self.0, MICRO)
    }
}

impl FromStr for Decimal {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Decimal, NumberError> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        let mut parts = digits.splitn(2, |byte| *byte == b'.');
        let whole = parts.next().unwrap_or_default();
        let fraction = parts.next();
        // "8." and ".5" are slips of the pen as often as numbers, so neither is guessed at.
        if whole.is_empty() || fraction.is_some_and(<[u8]>::is_empty) {
            return Err(NumberError::NotANumber);
        }
        let fraction = fraction.unwrap_or_default();
        if !whole.iter().chain(fraction).all(u8::is_ascii_digit) {
            return Err(NumberError::NotANumber);
        }
        if fraction.len() > DECIMALS_MAX {
            return Err(NumberError::TooManyDecimals { max: DECIMALS_MAX });
        }
        let too_large = NumberError::TooLarge { max: WHOLE_MAX };
        let mut micros: i64 = 0;
        let padding = DECIMALS_MAX - fraction.len();
        for byte in whole
            .iter()
            .chain(fraction)
            .chain(b"000000".iter().take(padding))
        {
            let digit = i64::from(byte - b'0');
            micros = micros
                .checked_mul(10)
                .and_then(|value| value.checked_add(digit))
                .ok_or(too_large)?;
        }
        Decimal::from_micros(if negative { -micros } else { micros }).ok_or(too_large)
    }
}

impl fmt::Display for Decimal {
    /// As short as it can be written: `0.6`, `20`, `-1.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.0, MICRO, DECIMALS_MAX)
    }
}

impl TryFrom<String> for Decimal {
    type Error = NumberError;

    fn try_from(text: String) -> Result<Decimal, NumberError> {
        text.parse()
    }
}

impl From<Decimal> for String {
    fn from(decimal: Decimal) -> String {
        decimal.to_string()
    }
}

/// Writes `value / scale` without trailing zeros; `scale` is ten to the power of `decimals`.
pub(crate) fn write_scaled(
    f: &mut fmt::Formatter<'_>,
    value: i64,
    scale: i64,
    decimals: usize,
) -> fmt::Result {
    let sign = if value < 0 { "-" } else { "" };
    let magnitude = value.unsigned_abs();
    let scale = scale.unsigned_abs();
    let (whole, fraction) = (magnitude / scale, magnitude % scale);
    if fraction == 0 {
        return write!(f, "{sign}{whole}");
    }
    let digits = format!("{fraction:0decimals$}");
    write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
}
