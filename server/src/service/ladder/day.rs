//! Days as people write them, `2026-07-12`, in China's one time zone.

use crate::service::error::ServiceError;
use domain::ids::Millis;
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::{format_description, offset};

const FORMAT: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// The day in which a moment lies; empty for moments that no calendar has.
#[must_use]
pub fn day_of(at: Millis) -> String {
    let seconds = i64::try_from(at.0 / 1_000).unwrap_or(i64::MAX);
    let at = OffsetDateTime::from_unix_timestamp(seconds);
    let at = at.ok().and_then(|at| at.checked_to_offset(offset!(+8)));
    at.and_then(|at| at.format(FORMAT).ok()).unwrap_or_default()
}

/// A day that somebody entered, trimmed.
///
/// # Errors
/// It is none.
pub fn entered(field: &str, text: &str) -> Result<String, ServiceError> {
    let text = text.trim();
    let day = time::Date::parse(text, FORMAT);
    let day = day.map_err(|_| ServiceError::invalid(field, "not_a_day"))?;
    day.format(FORMAT)
        .map_err(|_| ServiceError::invalid(field, "not_a_day"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_that_of_china_and_one_that_is_entered_has_to_be_one() {
        assert_eq!(day_of(Millis(1_793_494_800_000)), "2026-11-01");
        // Eight in the evening UTC is the next day.
        assert_eq!(day_of(Millis(951_854_400_000)), "2000-03-01");
        assert_eq!(entered("due", " 2026-11-01 ").expect("a day"), "2026-11-01");
        for wrong in ["2026-13-01", "2026-02-30", "明天", ""] {
            assert!(entered("due", wrong).is_err(), "{wrong}");
        }
    }
}
