//! Times as the interface writes them. China keeps one time zone, so a fixed offset is exact and
//! no time zone data is needed in the browser.

use crate::text::{self, Lang};
use domain::ids::Millis;
use domain::month::day::Day;

const MINUTE_MS: u64 = 60_000;
const DAY_MINUTES: u64 = 24 * 60;
/// Beijing is eight hours ahead of UTC, all year.
const OFFSET_MINUTES: u64 = 8 * 60;

/// `10:32`.
#[must_use]
pub fn clock(at: Millis) -> String {
    let minute = (at.0 / MINUTE_MS + OFFSET_MINUTES) % DAY_MINUTES;
    format!("{}:{:02}", minute / 60, minute % 60)
}

/// `10月18日 10:32`.
#[must_use]
pub fn day_and_clock(at: Millis, lang: Lang) -> String {
    let (_, month, day) = date(at);
    text::app_day(lang, clock(at), day, month)
}

/// Year, month and day in Beijing.
#[must_use]
pub fn date(at: Millis) -> (u64, u64, u64) {
    let (year, month, day) = Day::of(at).civil();
    let number = |part: i64| u64::try_from(part).unwrap_or(0);
    (number(year), number(month), number(day))
}

/// The day in Beijing as `2026-07-12`, which orders as days do.
#[must_use]
pub fn day(at: Millis) -> String {
    Day::of(at).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(at: u64, date_expected: (u64, u64, u64), clock_expected: &str) {
        assert_eq!(
            (date(Millis(at)), clock(Millis(at)).as_str()),
            (date_expected, clock_expected)
        );
    }

    #[test]
    fn times_are_told_in_beijing() {
        check(0, (1970, 1, 1), "8:00");
        check(951_782_400_000, (2000, 2, 29), "8:00");
        check(951_840_000_000, (2000, 3, 1), "0:00");
        check(1_792_290_720_000, (2026, 10, 18), "10:32");
        check(1_798_732_740_000, (2026, 12, 31), "23:59");
    }

    #[test]
    fn a_day_is_that_of_china() {
        assert_eq!(day(Millis(1_793_494_800_000)), "2026-11-01");
        // Eight in the evening UTC is the next day.
        assert_eq!(day(Millis(951_854_400_000)), "2000-03-01");
    }

    #[test]
    fn a_day_is_written_as_the_reader_writes_it() {
        let at = Millis(1_792_290_720_000);
        assert_eq!(day_and_clock(at, Lang::Zh), "10月18日 10:32");
        assert_eq!(day_and_clock(at, Lang::En), "18/10 10:32");
    }
}
