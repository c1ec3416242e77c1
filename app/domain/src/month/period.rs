//! Which month: a year and a month, written `2026-07`.

use super::day::Day;
use crate::ratio::Ratio;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

const MONTHS: u8 = 12;
const MONTHS_OF_QUARTER: u8 = 3;
const QUARTERS: u8 = 4;

/// A month. Later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    year: u16,
    month: u8,
}

/// The text is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month (such as 2026-07)")]
pub struct NoPeriod;

impl Period {
    /// No later one can be written.
    pub const LAST: Self = Self {
        year: 9999,
        month: MONTHS,
    };

    /// The month in which a day lies.
    #[must_use]
    pub fn of(day: Day) -> Self {
        let (year, month, _) = day.civil();
        let period = u16::try_from(year).ok().zip(u8::try_from(month).ok());
        period
            .and_then(|(year, month)| Self::new(year, month))
            .unwrap_or(Self::LAST)
    }

    #[must_use]
    pub fn first_day(self) -> Day {
        Day::first_of(self.year, self.month)
    }

    #[must_use]
    pub fn last_day(self) -> Day {
        let (year, month) = match self.month {
            MONTHS => (self.year + 1, 1),
            month => (self.year, month + 1),
        };
        Day::first_of(year, month).minus(1)
    }

    /// `None` unless the month is 1 to 12 and the year has four digits.
    #[must_use]
    pub fn new(year: u16, month: u8) -> Option<Self> {
        let is_right = (1000..=9999).contains(&year) && (1..=MONTHS).contains(&month);
        is_right.then_some(Self { year, month })
    }

    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// `None` after the last month of 9999.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        match self.month {
            MONTHS => Self::new(self.year + 1, 1),
            month => Self::new(self.year, month + 1),
        }
    }

    /// `None` before the first month of the first year.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        match self.month {
            1 => Self::new(self.year.checked_sub(1)?, MONTHS),
            month => Self::new(self.year, month - 1),
        }
    }

    /// The same month of the year before. `None` before the first year.
    #[must_use]
    pub fn year_before(self) -> Option<Self> {
        Self::new(self.year.checked_sub(1)?, self.month)
    }

    #[must_use]
    pub fn ends_a_quarter(self) -> bool {
        self.month.is_multiple_of(MONTHS_OF_QUARTER)
    }

    /// 1 to 4.
    #[must_use]
    pub fn quarter(self) -> u8 {
        self.month.div_ceil(MONTHS_OF_QUARTER)
    }

    /// The first month whose checkpoint (季度目标, ZR-5) holds in this one: a quarter's holds until
    /// another is given, and never in the next quarter. `None` in the last quarter, whose end is
    /// the year's and its target with it.
    #[must_use]
    pub fn checkpoints_since(self) -> Option<Self> {
        let before = self.quarter() - 1;
        let first = Self {
            year: self.year,
            month: before * MONTHS_OF_QUARTER + 1,
        };
        (self.quarter() < QUARTERS).then_some(first)
    }

    /// How much of the year is over when the month is: 7/12 at the end of July (序时进度).
    #[must_use]
    pub fn share_of_year(self) -> Ratio {
        Ratio::scaled(i64::from(self.month), i64::from(MONTHS))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let (year, month) = text.split_once('-').ok_or(NoPeriod)?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return Err(NoPeriod);
        }
        let year = year.parse().map_err(|_| NoPeriod)?;
        Self::new(year, month.parse().map_err(|_| NoPeriod)?).ok_or(NoPeriod)
    }
}

impl TryFrom<String> for Period {
    type Error = NoPeriod;

    fn try_from(text: String) -> Result<Self, NoPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_as_it_is_written() {
        let july: Period = "2026-07".parse().expect("a month");
        assert_eq!((july.to_string(), july.month()), ("2026-07".to_owned(), 7));
        for wrong in [
            "2026-7",
            "2026-13",
            "2026-00",
            "26-07",
            "2026/07",
            "2026-0７",
            "",
        ] {
            assert_eq!(wrong.parse::<Period>(), Err(NoPeriod), "{wrong}");
        }
    }

    /// ZR-5: 一季度, 二季度 and 三季度 have one; the year's target is the fourth's.
    #[test]
    fn a_checkpoint_holds_to_the_end_of_its_quarter_and_the_last_quarter_has_none() {
        let since = |month| {
            let period = Period::new(2026, month).expect("a month");
            let since = period.checkpoints_since().map(Period::month);
            (period.quarter(), since)
        };
        let all: Vec<_> = (1..=12).map(since).collect();
        for (month, quarter) in (1..).zip([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]) {
            let first = (quarter < 4).then_some(quarter * 3 - 2);
            assert_eq!(all[month - 1], (quarter, first), "{month}");
        }
    }

    #[test]
    fn december_is_followed_by_january_and_the_year_is_over() {
        let december = Period::new(2026, 12).expect("a month");
        assert_eq!(december.next(), Period::new(2027, 1));
        assert_eq!(december.share_of_year(), Ratio::ONE);
        assert!(december.ends_a_quarter());
        assert_eq!(Period::new(9999, 12).and_then(Period::next), None);
    }
}
