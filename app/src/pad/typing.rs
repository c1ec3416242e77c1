//! What keys make of a mark while it is typed. A number that is still short is no error yet.

use super::rules::mark_places;
use domain::charter::{Criterion, MarkError};
use domain::mark::Mark;

/// Characters that a mark may have; further digits are not taken.
const TEXT_MAX: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// 0 to 9.
    Digit(u8),
    Point,
    Back,
}

/// What a typed text is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    Empty,
    Mark(Mark),
    /// No mark, but more digits may make it one.
    Unfinished,
    Wrong(MarkError),
}

/// The text after a key.
#[must_use]
pub fn press(text: &str, key: Key) -> String {
    let mut text = text.to_owned();
    match key {
        Key::Back => {
            text.pop();
        }
        Key::Digit(digit) if text.len() < TEXT_MAX => {
            if text == "0" {
                text.clear();
            }
            text.push(char::from(b'0' + digit.min(9)));
        }
        Key::Point if text.is_empty() => text.push_str("0."),
        Key::Point if !text.contains('.') && text.len() < TEXT_MAX => text.push('.'),
        Key::Digit(_) | Key::Point => {}
    }
    text
}

/// Reads a text that may still grow.
#[must_use]
pub fn read(criterion: &Criterion, text: &str) -> Typed {
    match finish(criterion, text) {
        Typed::Wrong(error) if may_grow(criterion, text, error) => Typed::Unfinished,
        typed => typed,
    }
}

/// Reads a text that is left as it is.
#[must_use]
pub fn finish(criterion: &Criterion, text: &str) -> Typed {
    let number = text.strip_suffix('.').unwrap_or(text);
    if number.is_empty() {
        return Typed::Empty;
    }
    match criterion.parse_mark(number) {
        Ok(mark) => Typed::Mark(mark),
        Err(error) => Typed::Wrong(error),
    }
}

fn may_grow(criterion: &Criterion, text: &str, error: MarkError) -> bool {
    let decimals = text.split_once('.').map(|(_, decimals)| decimals.len());
    let places = usize::try_from(mark_places(criterion)).unwrap_or(usize::MAX);
    let another_decimal = 0 < places && decimals.is_none_or(|decimals| decimals < places);
    match error {
        MarkError::BelowMin { .. } => decimals.is_none() || another_decimal,
        MarkError::OffStep { .. } => another_decimal || decimals.is_none(),
        MarkError::AboveMax { .. } | MarkError::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn criterion(min: i64, max: i64, step: i64) -> Criterion {
        Criterion {
            key: "a".to_owned(),
            name: "亮点".to_owned(),
            min: Mark(min),
            max: Mark(max),
            step: Mark(step),
            factor: domain::number::Decimal::ONE,
            levels: Vec::new(),
        }
    }

    fn typed(keys: &str) -> String {
        keys.chars().fold(String::new(), |text, key| {
            let key = match key {
                '<' => Key::Back,
                '.' => Key::Point,
                digit => Key::Digit(
                    digit
                        .to_digit(10)
                        .and_then(|d| u8::try_from(d).ok())
                        .unwrap_or(0),
                ),
            };
            press(&text, key)
        })
    }

    #[test]
    fn keys_build_a_number() {
        assert_eq!(typed("17.5"), "17.5");
        assert_eq!(typed(".5"), "0.5");
        assert_eq!(typed("1..5"), "1.5");
        assert_eq!(typed("05"), "5");
        assert_eq!(typed("175<<"), "1");
        assert_eq!(typed("<"), "");
        assert_eq!(typed("123456789").len(), TEXT_MAX);
    }

    #[test]
    fn each_text_on_the_way_to_a_mark_is_no_error() {
        let half = criterion(0, 20_000, 500);
        assert_eq!(read(&half, ""), Typed::Empty);
        assert_eq!(read(&half, "1"), Typed::Mark(Mark(1_000)));
        assert_eq!(read(&half, "17."), Typed::Mark(Mark(17_000)));
        assert_eq!(read(&half, "17.5"), Typed::Mark(Mark(17_500)));
        let quarter = criterion(0, 20_000, 250);
        assert_eq!(read(&quarter, "17.2"), Typed::Unfinished);
        assert_eq!(
            read(&criterion(60_000, 100_000, 1_000), "9"),
            Typed::Unfinished
        );
    }

    #[test]
    fn what_no_further_digit_can_mend_is_wrong_at_once() {
        let half = criterion(0, 20_000, 500);
        let max = Mark(20_000);
        assert_eq!(read(&half, "25"), Typed::Wrong(MarkError::AboveMax { max }));
        assert!(matches!(
            read(&half, "17.3"),
            Typed::Wrong(MarkError::OffStep { .. })
        ));
    }

    #[test]
    fn what_is_left_unfinished_is_wrong() {
        let high = criterion(60_000, 100_000, 1_000);
        assert!(matches!(
            finish(&high, "9"),
            Typed::Wrong(MarkError::BelowMin { .. })
        ));
        assert_eq!(finish(&high, "90."), Typed::Mark(Mark(90_000)));
    }
}
