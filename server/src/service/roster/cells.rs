//! Cells that are numbers, shares, months or one of a few words. What cannot be read is answered
//! with its code; nothing is guessed.

use super::columns::{Column, TableKind};
use super::file::Row;
use super::plan::Plan;
use super::text::plain_signs;
use domain::month::Period;
use domain::number::{Decimal, NumberError};

/// The digits between two thousands separators.
const THOUSAND_DIGITS: usize = 3;

/// A number, and whether a percent sign stood behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    pub value: Decimal,
    pub percent: bool,
}

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

/// A number as people write it: full-width digits and signs, a plus, thousands separators, a
/// percent sign, whose number stays as it is (`81.7%` is 81.7).
///
/// # Errors
/// The code of what is wrong. So with the functions below.
pub fn number(text: &str) -> Result<Number, &'static str> {
    let text = plain_signs(text);
    let (digits, percent) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim_end(), true),
        None => (text.as_str(), false),
    };
    let digits = match digits.strip_prefix('+') {
        Some(signed) if signed.starts_with('-') => return Err("not_a_number"),
        Some(digits) => digits,
        None => digits,
    };
    let digits = without_separators(digits).ok_or("not_a_number")?;
    let value = digits.parse().map_err(|error| match error {
        NumberError::NotANumber => "not_a_number",
        NumberError::TooManyDecimals { .. } => "too_many_decimals",
        NumberError::TooLarge { .. } => "number_too_large",
    })?;
    Ok(Number { value, percent })
}

/// Whether a unit of measure stands behind a number: `12.5亿元`. Nobody guesses which one is meant.
pub fn is_measured(text: &str) -> bool {
    let text = plain_signs(text);
    let is_of_number = |letter: char| letter.is_ascii_digit() || ",.+-%".contains(letter);
    let end = text.find(|letter| !is_of_number(letter));
    let (digits, measure) = text.split_at(end.unwrap_or(text.len()));
    !measure.is_empty() && !measure.contains(|c: char| c.is_ascii_digit()) && number(digits).is_ok()
}

/// A part of one, written as such or in percent: `0.05` and `5%` are the same.
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

/// `1,234,567.8` as `1234567.8`. `None`: a comma stands where none belongs, such as in `1,5`.
fn without_separators(text: &str) -> Option<String> {
    let whole_end = text.find('.').unwrap_or(text.len());
    let (whole, rest) = text.split_at(whole_end);
    let mut groups = whole.trim_start_matches('-').split(',');
    let first = groups.next().map_or(0, str::len);
    let has_separator = whole.contains(',');
    let is_right = (1..=THOUSAND_DIGITS).contains(&first)
        && groups.all(|group| group.len() == THOUSAND_DIGITS);
    let is_number = !has_separator || is_right;
    is_number.then(|| whole.replace(',', "") + rest)
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
    fn numbers_are_read_as_people_write_them() {
        let read = |text| number(text).map(|number| (number.value.to_string(), number.percent));
        for (text, expected, percent) in [
            ("12.5", "12.5", false),
            ("１２．５", "12.5", false),
            ("－３", "-3", false),
            ("\u{2212}3", "-3", false),
            ("＋4", "4", false),
            ("123,456.7", "123456.7", false),
            ("-1，234", "-1234", false),
            ("81.7％", "81.7", true),
            ("81.7 %", "81.7", true),
        ] {
            assert_eq!(read(text), Ok((expected.to_owned(), percent)), "{text}");
        }
        for (text, code) in [
            ("", "not_a_number"),
            ("约12", "not_a_number"),
            ("1,5", "not_a_number"),
            ("1234,567", "not_a_number"),
            (",123", "not_a_number"),
            ("1.234,5", "not_a_number"),
            ("+-1", "not_a_number"),
            ("5%%", "not_a_number"),
            ("0.1234567", "too_many_decimals"),
            ("100000000001", "number_too_large"),
        ] {
            assert_eq!(read(text), Err(code), "{text}");
        }
    }

    #[test]
    fn a_unit_of_measure_behind_a_number_is_seen() {
        for text in ["12.5亿元", "－３ 件", "1,234万元", "5%左右"] {
            assert!(is_measured(text), "{text}");
        }
        for text in ["", "12.5", "约12", "亿元", "1,5亿元", "12亿3", "5%%"] {
            assert!(!is_measured(text), "{text}");
        }
    }

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
    fn yes_and_no_are_few_words() {
        assert_eq!((yes_or_no("是"), yes_or_no("TRUE")), (Ok(true), Ok(true)));
        assert_eq!((yes_or_no(""), yes_or_no("否")), (Ok(false), Ok(false)));
        assert_eq!(yes_or_no("也许"), Err("not_yes_or_no"));
    }
}
