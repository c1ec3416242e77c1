//! Numbers as people type them, read alike wherever they do: in a cell of a file that is imported
//! and on a department's phone. Nothing is guessed; what cannot be read is answered with its code.

use domain::number::{Decimal, NumberError};

/// The full-width forms stand in the order of ASCII, this far behind it.
pub const WIDE_FROM_ASCII: u32 = 0xFEE0;
/// The digits between two thousands separators.
const THOUSAND_DIGITS: usize = 3;
/// Millionths: 150 % as a share.
const SHARE_MICROS_MAX: i64 = 1_500_000;

/// A number, and whether a percent sign stood behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    pub value: Decimal,
    pub percent: bool,
}

/// Why a text is no figure of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureFault {
    /// No number, by the code of what is wrong.
    Number(&'static str),
    /// A percent sign, where the indicator is not measured in percent.
    Percent,
    /// A unit of measure behind the number.
    Measured,
}

/// Full-width signs become plain ones, for what holds a number or a month.
#[must_use]
pub fn plain_signs(text: &str) -> String {
    let plain = |letter| match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - WIDE_FROM_ASCII).unwrap_or(letter),
        // The minus sign proper, and what a Chinese keyboard gives for a point.
        '\u{2212}' => '-',
        '。' => '.',
        _ => letter,
    };
    text.chars().map(plain).collect()
}

/// A number as people write it: full-width digits and signs, a plus, thousands separators, a
/// percent sign, whose number stays as it is (`81.7%` is 81.7).
///
/// # Errors
/// The code of what is wrong.
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

/// A figure of an indicator that is measured so: 亿元, %, 个. A percent sign says something only of
/// what is measured in percent, and nobody guesses which other unit of measure is meant.
///
/// # Errors
/// It is no number, or what stands behind it does not fit.
pub fn figure(text: &str, measure: &str) -> Result<Number, FigureFault> {
    let text = text.trim();
    if is_measured(text) {
        return Err(FigureFault::Measured);
    }
    let number = number(text).map_err(FigureFault::Number)?;
    match number.percent && !is_percent(measure) {
        true => Err(FigureFault::Percent),
        false => Ok(number),
    }
}

/// Whether an indicator is measured in percent.
#[must_use]
pub fn is_percent(measure: &str) -> bool {
    plain_signs(measure) == "%"
}

/// Whether figures of one indicator in percent may all be shares: between 0 and 1.5, not all of
/// them whole, and none with a percent sign (0.817 for 81.7 %). Then a person is asked.
#[must_use]
pub fn may_be_shares(numbers: &[Number]) -> bool {
    let may_be = |one: &Number| {
        let micros = one.value.micros();
        !one.percent && (0..=SHARE_MICROS_MAX).contains(&micros)
    };
    numbers.iter().all(may_be) && numbers.iter().any(|one| !is_whole(*one))
}

/// Whether there is nothing behind the point.
#[must_use]
pub fn is_whole(number: Number) -> bool {
    number.value.micros() % 1_000_000 == 0
}

/// Whether a unit of measure stands behind a number: `12.5亿元`. Nobody guesses which one is meant.
fn is_measured(text: &str) -> bool {
    let text = plain_signs(text);
    let is_of_number = |letter: char| letter.is_ascii_digit() || ",.+-%".contains(letter);
    let end = text.find(|letter| !is_of_number(letter));
    let (digits, measure) = text.split_at(end.unwrap_or(text.len()));
    // A blank before a percent sign is none.
    let is_measure = !matches!(measure.trim(), "" | "%");
    is_measure && !measure.contains(|c: char| c.is_ascii_digit()) && number(digits).is_ok()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = |text| number(text).map(|number| (number.value.to_string(), number.percent));
        for (text, expected, percent) in [
            ("12.5", "12.5", false),
            ("１２．５", "12.5", false),
            ("12。5", "12.5", false),
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
    fn a_figure_has_no_measure_but_the_percent_of_its_own_indicator() {
        let read = |text, measure| figure(text, measure).map(|one| one.value.to_string());
        let is = |value: &str| Ok(value.to_owned());
        assert_eq!(read(" 81.7％ ", "%"), is("81.7"));
        assert_eq!(read("81.7 %", "％"), is("81.7"));
        assert_eq!(read("81.7", "%"), is("81.7"));
        assert_eq!(read("12.50", "亿元"), is("12.5"));
        assert_eq!(read("12.5%", "亿元"), Err(FigureFault::Percent));
        assert_eq!(read("12.5 %", ""), Err(FigureFault::Percent));
        for text in ["12.5亿元", "－３ 件", "1,234万元", "5%左右"] {
            assert_eq!(read(text, "亿元"), Err(FigureFault::Measured), "{text}");
        }
        for text in ["", "约12", "亿元", "1,5亿元", "12亿3", "5%%"] {
            let fault = Err(FigureFault::Number("not_a_number"));
            assert_eq!(read(text, "亿元"), fault, "{text}");
        }
    }

    #[test]
    fn small_figures_without_a_percent_sign_may_be_shares() {
        let may_be = |texts: &[&str]| {
            let numbers = texts.iter().map(|text| number(text).expect("a number"));
            may_be_shares(&numbers.collect::<Vec<_>>())
        };
        assert!(may_be(&["0.817", "1", "1.5"]));
        assert!(!may_be(&[]));
        assert!(!may_be(&["0", "1"]), "all of them whole");
        assert!(!may_be(&["0.817", "81.7"]));
        assert!(!may_be(&["0.817%"]), "it says so");
        assert!(!may_be(&["-0.5"]));
    }
}
