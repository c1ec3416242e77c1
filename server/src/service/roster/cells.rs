//! Cells that are shares, months or one of a few words. What cannot be read is answered
//! with its code; nothing is guessed. Numbers are read as on a phone, by `sync::typed`.

use super::columns::{Column, TableKind};
use super::file::Row;
use super::plan::Plan;
use domain::month::{Day, Period};
use domain::number::Decimal;
use domain::worklist::WorkKind;
use sync::typed::{Number, number, plain_signs};

/// Reads one cell of a row; what is wrong with it becomes a problem.
pub fn read<T, C: AsRef<str>>(
    plan: &mut Plan,
    (kind, row): (TableKind, &Row),
    column: Column,
    reader: impl FnOnce(&str) -> Result<T, C>,
) -> Option<T> {
    match reader(row.get(column)) {
        Ok(value) => Some(value),
        Err(code) => {
            plan.problems.push(row.problem(kind, column, code.as_ref()));
            None
        }
    }
}

/// What a cell says that takes back what is known.
const CLEAR: [(&[&str], ()); 1] = [(&["清空", "clear"], ())];

/// Whether a cell takes back what is known; an empty one leaves it.
pub fn is_cleared(text: &str) -> bool {
    one_of(text, &CLEAR).is_some()
}

/// A part of one, written as such or in percent: `0.05` and `5%` are the same.
///
/// # Errors
/// The code of what is wrong. So with the functions below.
pub fn share(text: &str) -> Result<Decimal, &'static str> {
    let Number { value, percent } = number(text)?;
    let share = match (percent, value.micros() % 100) {
        (false, _) => Some(value),
        (true, 0) => Decimal::from_micros(value.micros() / 100),
        (true, _) => return Err("too_many_decimals"),
    };
    let is_share = |share: &Decimal| (Decimal::ZERO..=Decimal::ONE).contains(share);
    share.filter(is_share).ok_or("not_a_share")
}

/// A month: `2026-07`, `2026/7`, `2026年7月`, or its first day, which is what a spreadsheet makes
/// of them.
pub fn month(text: &str) -> Result<Period, &'static str> {
    let text = plain_signs(text);
    let mut parts = text
        .trim_end_matches('月')
        .split(['-', '/', '年'])
        .map(str::trim);
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let is_right = parts.next().is_none() && day.is_none_or(|day| whole(day, 1..=2) == Some(1));
    let year = year.and_then(|year| whole(year, 4..=4));
    let month = month.and_then(|month| whole(month, 1..=2)?.try_into().ok());
    year.zip(month)
        .filter(|_| is_right)
        .and_then(|(year, month)| Period::new(year, month))
        .ok_or("not_a_month")
}

/// A day: `2026-07-12`, `2026/7/12` or `2026年7月12日`.
pub fn day(text: &str) -> Result<Day, &'static str> {
    let text = plain_signs(text);
    let mut parts = text
        .trim_end_matches('日')
        .split(['-', '/', '年', '月'])
        .map(str::trim);
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let year = year.and_then(|year| whole(year, 4..=4));
    let month = month.and_then(|month| whole(month, 1..=2));
    let day = day.and_then(|day| whole(day, 1..=2));
    let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else {
        return Err("not_a_day");
    };
    let day = format!("{year:04}-{month:02}-{day:02}").parse();
    day.map_err(|_| "not_a_day")
}

/// What an item of a worklist is.
pub fn work_kind(text: &str) -> Result<WorkKind, &'static str> {
    const WORDS: [(&[&str], WorkKind); 3] = [
        (&["问题", "problem"], WorkKind::Problem),
        (&["事项", "matter"], WorkKind::Matter),
        (&["项目", "project"], WorkKind::Project),
    ];
    one_of(text, &WORDS).ok_or("unknown_work_kind")
}

/// 是 or 否; an empty cell is 否.
pub fn yes_or_no(text: &str) -> Result<bool, &'static str> {
    const WORDS: [(&[&str], bool); 2] = [
        (&["是", "yes", "y", "true", "1", "√"], true),
        (&["", "否", "no", "n", "false", "0", "×"], false),
    ];
    one_of(text, &WORDS).ok_or("not_yes_or_no")
}

/// What a word stands for, whatever the case and width of its letters.
pub fn one_of<T: Copy>(text: &str, words: &[(&[&str], T)]) -> Option<T> {
    let text = plain_signs(text).to_lowercase();
    let is_meant = |(words, _): &&(&[&str], T)| words.contains(&text.as_str());
    words.iter().find(is_meant).map(|(_, value)| *value)
}

/// A whole number of so many digits.
fn whole(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<u16> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    (is_plain && digits.contains(&text.len()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_part_of_one_or_so_many_percent() {
        let read = |text| share(text).map(|share| share.to_string());
        for (text, expected) in [("0.05", "0.05"), ("5%", "0.05"), ("100%", "1"), ("0", "0")] {
            assert_eq!(read(text), Ok(expected.to_owned()), "{text}");
        }
        assert_eq!(read("5"), Err("not_a_share"));
        assert_eq!(read("-5%"), Err("not_a_share"));
        assert_eq!(read("0.00001%"), Err("too_many_decimals"));
    }

    #[test]
    fn a_month_is_read_in_every_common_form_and_a_day_in_it_is_none() {
        for text in [
            "2026-07",
            "2026-7",
            "2026/7",
            "2026／07",
            "2026年7月",
            "2026年07月",
            "2026-07-01",
        ] {
            let month = month(text).map(|month| month.to_string());
            assert_eq!(month.as_deref(), Ok("2026-07"), "{text}");
        }
        for text in [
            "",
            "7月",
            "2026",
            "2026-13",
            "26-7",
            "2026-07-12",
            "2026.7",
            "2026-+7",
        ] {
            assert_eq!(month(text), Err("not_a_month"), "{text}");
        }
    }

    #[test]
    fn a_day_is_read_however_it_was_typed() {
        for text in ["2026-07-02", "2026/7/2", "２０２６年7月2日", "2026-7-2"] {
            let day = day(text).map(|day| day.to_string());
            assert_eq!(day.as_deref(), Ok("2026-07-02"), "{text}");
        }
        for text in ["", "7月2日", "2026-07", "2026-02-30", "2026-07-02-1"] {
            assert_eq!(day(text), Err("not_a_day"), "{text}");
        }
    }

    #[test]
    fn yes_and_no_are_few_words() {
        assert_eq!((yes_or_no("是"), yes_or_no("TRUE")), (Ok(true), Ok(true)));
        assert_eq!((yes_or_no(""), yes_or_no("否")), (Ok(false), Ok(false)));
        assert_eq!(yes_or_no("也许"), Err("not_yes_or_no"));
    }
}
