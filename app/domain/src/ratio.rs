//! Exact fractions. Invariant: lowest terms, a positive denominator, and sizes small enough that
//! comparing, rounding and printing cannot overflow; whatever would grow beyond is [`TooLarge`].

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// Numerator and denominator stay below this, so ten times a remainder still fits into 128 bits.
const TERM_MAX: u128 = 10_u128.pow(37);
/// The value itself stays below this, so that it still fits when scaled to [`PLACES_MAX`].
const VALUE_MAX: u128 = 10_u128.pow(24);
/// The most decimals that a fraction is rounded or printed to.
pub const PLACES_MAX: u32 = 12;

const _: () = assert!(VALUE_MAX.ilog10() + PLACES_MAX < TERM_MAX.ilog10());
const _: () = assert!(TERM_MAX < u128::MAX / 10);

/// `num / den` in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ratio {
    num: i128,
    den: i128,
}

/// A result that does not fit. The engine turns it into a held entry, never into a wrong number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the number is too large for exact arithmetic")]
pub struct TooLarge;

impl Ratio {
    pub const ZERO: Ratio = Ratio { num: 0, den: 1 };
    pub const ONE: Ratio = Ratio { num: 1, den: 1 };

    /// A fraction in lowest terms. A zero denominator is [`TooLarge`].
    pub fn new(num: i128, den: i128) -> Result<Ratio, TooLarge> {
        if den == 0 {
            return Err(TooLarge);
        }
        let shared = gcd(num.unsigned_abs(), den.unsigned_abs());
        let negative = (num < 0) != (den < 0);
        bounded(
            negative,
            num.unsigned_abs() / shared,
            den.unsigned_abs() / shared,
        )
    }

    /// `value / scale`; any 64-bit pair fits, and a scale of zero counts as one.
    #[must_use]
    pub fn scaled(value: i64, scale: i64) -> Ratio {
        let scale = if scale == 0 { 1 } else { scale };
        Ratio::new(i128::from(value), i128::from(scale)).unwrap_or(Ratio::ZERO)
    }

    #[must_use]
    pub fn numerator(self) -> i128 {
        self.num
    }

    #[must_use]
    pub fn denominator(self) -> i128 {
        self.den
    }

    /// Both terms, where a product of two such fits without a check.
    fn small(self) -> Option<(i128, i128)> {
        let fits = i64::try_from(self.num).is_ok() && i64::try_from(self.den).is_ok();
        fits.then_some((self.num, self.den))
    }

    #[must_use]
    pub fn is_zero(self) -> bool {
        self.num == 0
    }

    #[must_use]
    pub fn negated(self) -> Ratio {
        Ratio {
            num: -self.num,
            den: self.den,
        }
    }

    pub fn plus(self, other: Ratio) -> Result<Ratio, TooLarge> {
        if self.den == other.den {
            let num = self.num.checked_add(other.num).ok_or(TooLarge)?;
            return Ratio::new(num, self.den);
        }
        // Dividing by the shared part first keeps the intermediate products small.
        let shared = to_signed(gcd(self.den.unsigned_abs(), other.den.unsigned_abs()))?;
        let left = self.num.checked_mul(other.den / shared).ok_or(TooLarge)?;
        let right = other.num.checked_mul(self.den / shared).ok_or(TooLarge)?;
        let den = (self.den / shared).checked_mul(other.den).ok_or(TooLarge)?;
        Ratio::new(left.checked_add(right).ok_or(TooLarge)?, den)
    }

    pub fn minus(self, other: Ratio) -> Result<Ratio, TooLarge> {
        self.plus(other.negated())
    }

    pub fn times(self, other: Ratio) -> Result<Ratio, TooLarge> {
        let left = to_signed(gcd(self.num.unsigned_abs(), other.den.unsigned_abs()))?;
        let right = to_signed(gcd(other.num.unsigned_abs(), self.den.unsigned_abs()))?;
        let num = (self.num / left)
            .checked_mul(other.num / right)
            .ok_or(TooLarge)?;
        let den = (self.den / right)
            .checked_mul(other.den / left)
            .ok_or(TooLarge)?;
        bounded(num < 0, num.unsigned_abs(), den.unsigned_abs())
    }

    /// Division; by zero is [`TooLarge`].
    pub fn over(self, other: Ratio) -> Result<Ratio, TooLarge> {
        if other.num == 0 {
            return Err(TooLarge);
        }
        let sign = if other.num < 0 { -1 } else { 1 };
        self.times(Ratio {
            num: other.den * sign,
            den: other.num * sign,
        })
    }

    /// Rounded to `places` decimals (at most [`PLACES_MAX`]), half away from zero.
    #[must_use]
    pub fn round(self, places: u32) -> Ratio {
        let places = places.min(PLACES_MAX);
        let scale = 10_i128.pow(places);
        Ratio::new(self.round_scaled(places), scale).unwrap_or(self)
    }

    /// The rounded value as an integer in units of the last decimal.
    #[must_use]
    pub fn round_scaled(self, places: u32) -> i128 {
        let den = self.den.unsigned_abs();
        let mut scaled = self.num.unsigned_abs() / den;
        let mut rest = self.num.unsigned_abs() % den;
        for _ in 0..places.min(PLACES_MAX) {
            rest *= 10;
            scaled = scaled * 10 + rest / den;
            rest %= den;
        }
        if rest * 2 >= den {
            scaled += 1;
        }
        let scaled = i128::try_from(scaled).unwrap_or(i128::MAX);
        if self.num < 0 { -scaled } else { scaled }
    }

    /// With exactly `places` decimals, rounded half away from zero; zero has no sign.
    #[must_use]
    pub fn to_fixed(self, places: u32) -> String {
        let places = places.min(PLACES_MAX);
        let scaled = self.round_scaled(places);
        let sign = if scaled < 0 { "-" } else { "" };
        let scale = 10_u128.pow(places);
        let (whole, fraction) = (scaled.unsigned_abs() / scale, scaled.unsigned_abs() % scale);
        if places == 0 {
            return format!("{sign}{whole}");
        }
        let width = places as usize;
        format!("{sign}{whole}.{fraction:0width$}")
    }
}

impl Default for Ratio {
    fn default() -> Ratio {
        Ratio::ZERO
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        if self.den == other.den {
            return self.num.cmp(&other.num);
        }
        if let (Some(left), Some(right)) = (self.small(), other.small()) {
            return (left.0 * right.1).cmp(&(right.0 * left.1));
        }
        match (
            self.num.checked_mul(other.den),
            other.num.checked_mul(self.den),
        ) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => compare_by_remainders(*self, *other),
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Ratio {
    /// The exact fraction: `89/7`, or `12` when it is whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.den {
            1 => write!(f, "{}", self.num),
            den => write!(f, "{}/{den}", self.num),
        }
    }
}

impl FromStr for Ratio {
    type Err = TooLarge;

    fn from_str(text: &str) -> Result<Ratio, TooLarge> {
        let (num, den) = text.split_once('/').unwrap_or((text, "1"));
        let num = num.parse().map_err(|_| TooLarge)?;
        Ratio::new(num, den.parse().map_err(|_| TooLarge)?)
    }
}

impl TryFrom<String> for Ratio {
    type Error = TooLarge;

    fn try_from(text: String) -> Result<Ratio, TooLarge> {
        text.parse()
    }
}

impl From<Ratio> for String {
    fn from(ratio: Ratio) -> String {
        ratio.to_string()
    }
}

fn bounded(negative: bool, num: u128, den: u128) -> Result<Ratio, TooLarge> {
    if num > TERM_MAX || den > TERM_MAX || num / den > VALUE_MAX {
        return Err(TooLarge);
    }
    let num = to_signed(num)?;
    Ok(Ratio {
        num: if negative { -num } else { num },
        den: to_signed(den)?,
    })
}

fn to_signed(value: u128) -> Result<i128, TooLarge> {
    i128::try_from(value).map_err(|_| TooLarge)
}

/// Compares whole parts, then the reciprocals of what is left: exact, and nothing grows.
fn compare_by_remainders(left: Ratio, right: Ratio) -> Ordering {
    let (mut left, mut right) = ((left.num, left.den), (right.num, right.den));
    loop {
        let whole = left.0.div_euclid(left.1).cmp(&right.0.div_euclid(right.1));
        let rests = (left.0.rem_euclid(left.1), right.0.rem_euclid(right.1));
        match (whole, rests) {
            (Ordering::Equal, (0, rest)) => return 0.cmp(&rest),
            (Ordering::Equal, (_, 0)) => return Ordering::Greater,
            // a/b < c/d exactly when d/c < b/a.
            (Ordering::Equal, _) => {
                (left, right) = ((right.1, rests.1), (left.1, rests.0));
            }
            (decided, _) => return decided,
        }
    }
}

/// The greatest common divisor, at least one. Most terms fit into 64 bits, where it is fast.
fn gcd(left: u128, right: u128) -> u128 {
    let (mut left, mut right) = (left, right);
    while right != 0 {
        if let (Ok(small), Ok(smaller)) = (u64::try_from(left), u64::try_from(right)) {
            return u128::from(gcd_small(small, smaller));
        }
        (left, right) = (right, left % right);
    }
    left.max(1)
}

fn gcd_small(left: u64, right: u64) -> u64 {
    let (mut left, mut right) = (left, right);
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}
