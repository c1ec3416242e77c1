//! A day of the calendar, written `2026-07-12`. Days are counted, so that they can be added and
//! compared. China keeps one time zone, so a moment's day needs no more than an offset.

use crate::ids::Millis;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Beijing is eight hours ahead of UTC, all year.
const OFFSET_MS: i64 = 8 * 60 * 60 * 1_000;
/// Days from 0000-03-01 to 1970-01-01.
const TO_EPOCH: i64 = 719_468;
const ERA_DAYS: i64 = 146_097;

/// A day. Later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(i64);

/// The text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day (such as 2026-07-12)")]
pub struct NoDay;

impl Day {
    /// `None` unless the calendar has it and the year has four digits.
    #[must_use]
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        if !(1000..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        let made = Self::from_civil(year, month, day);
        (made.civil() == (year, month, day)).then_some(made)
    }

    /// The first day of a month, which every month has.
    pub(super) fn first_of(year: u16, month: u8) -> Self {
        Self::from_civil(i64::from(year), i64::from(month), 1)
    }

    /// Howard Hinnant's days-from-civil: years begin in March, so that a leap day comes last.
    fn from_civil(year: i64, month: i64, day: i64) -> Self {
        let year = year - i64::from(month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * ERA_DAYS + day_of_era - TO_EPOCH)
    }

    /// The day in Beijing.
    #[must_use]
    pub fn of(at: Millis) -> Self {
        let at = i64::try_from(at.0).unwrap_or(i64::MAX - OFFSET_MS);
        Self((at + OFFSET_MS) / DAY_MS)
    }

    /// Year, month and day.
    #[must_use]
    pub fn civil(self) -> (i64, i64, i64) {
        // Howard Hinnant's civil-from-days.
        let days = self.0 + TO_EPOCH;
        let era = days.div_euclid(ERA_DAYS);
        let day_of_era = days.rem_euclid(ERA_DAYS);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        (year_of_era + era * 400 + i64::from(month <= 2), month, day)
    }

    #[must_use]
    pub fn year(self) -> i64 {
        self.civil().0
    }

    /// When it begins in Beijing; zero for a day before 1970.
    #[must_use]
    pub fn begins(self) -> Millis {
        Millis(u64::try_from(self.0 * DAY_MS - OFFSET_MS).unwrap_or(0))
    }

    /// So many days later.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self(self.0 + i64::from(days))
    }

    /// So many days earlier.
    #[must_use]
    pub fn minus(self, days: u32) -> Self {
        Self(self.0 - i64::from(days))
    }

    /// Days since Monday.
    #[must_use]
    pub fn since_monday(self) -> u32 {
        // 1970-01-01 was a Thursday.
        u32::try_from((self.0 + 3).rem_euclid(7)).unwrap_or(0)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = NoDay;

    fn from_str(text: &str) -> Result<Self, NoDay> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| {
            let part = parts.next().filter(|part| part.len() == digits);
            let part = part.filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
            part.and_then(|part| part.parse().ok()).ok_or(NoDay)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        match parts.next() {
            None => Self::new(year, month, day).ok_or(NoDay),
            Some(_) => Err(NoDay),
        }
    }
}

impl TryFrom<String> for Day {
    type Error = NoDay;

    fn try_from(text: String) -> Result<Self, NoDay> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn a_day_is_read_as_it_is_written() {
        for text in ["2026-07-12", "2024-02-29", "2000-02-29", "1969-12-31"] {
            assert_eq!(day(text).to_string(), text);
        }
        for wrong in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-04-31",
            "2026-1-01",
            "26-01-01",
            "2026-01-01-01",
            "明天",
            "",
        ] {
            assert_eq!(wrong.parse::<Day>(), Err(NoDay), "{wrong}");
        }
    }

    #[test]
    fn a_moments_day_is_that_of_china() {
        assert_eq!(Day::of(Millis(0)), day("1970-01-01"));
        // Eight in the evening UTC is the next day.
        assert_eq!(Day::of(Millis(951_854_400_000)), day("2000-03-01"));
        assert_eq!(Day::of(day("2026-11-01").begins()), day("2026-11-01"));
        let before = Millis(day("2026-11-01").begins().0 - 1);
        assert_eq!(Day::of(before), day("2026-10-31"));
    }

    #[test]
    fn days_are_added_over_the_ends_of_months_and_years() {
        assert_eq!(day("2026-12-03").plus(90), day("2027-03-03"));
        assert_eq!(day("2027-12-03").plus(90), day("2028-03-02"), "a leap year");
        assert_eq!(day("2026-03-01").minus(1), day("2026-02-28"));
        assert_eq!(day("2024-03-01").minus(1), day("2024-02-29"));
        assert_eq!(day("2026-11-22").since_monday(), 6);
        assert_eq!(day("2026-11-23").since_monday(), 0);
    }
}
