//! Reads single values of a draft and gathers every fault with its path. A reader that finds a
//! fault answers with a harmless value, so that the rest of the draft is still checked.

use crate::charter::draft::Count;
use crate::charter::error::{CharterError, CharterReason};
use crate::mark::Mark;
use crate::number::Decimal;
use std::fmt::Display;

/// Longest title, name or descriptor, in characters.
const TEXT_CHARS_MAX: usize = 500;
/// Longest key, in characters.
const KEY_CHARS_MAX: usize = 64;

/// The faults found so far.
#[derive(Default)]
pub(super) struct Faults(pub(super) Vec<CharterError>);

impl Faults {
    pub(super) fn add(&mut self, path: impl Into<String>, reason: CharterReason) {
        self.0.push(CharterError {
            path: path.into(),
            reason,
        });
    }

    /// A text that must be there.
    pub(super) fn text(&mut self, path: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(path, CharterReason::Missing);
        }
        self.length(path, text, TEXT_CHARS_MAX);
    }

    /// A text that may be empty.
    pub(super) fn length(&mut self, path: &str, text: &str, max: usize) {
        if text.chars().count() > max {
            self.add(path, CharterReason::TooLong { max });
        }
    }

    pub(super) fn optional_text(&mut self, path: &str, text: &str) {
        self.length(path, text, TEXT_CHARS_MAX);
    }

    /// A key: a name in files, so nothing in it may be invisible, and no colon, which joins keys.
    pub(super) fn key(&mut self, path: &str, key: &str) {
        if key.is_empty() {
            return self.add(path, CharterReason::Missing);
        }
        self.length(path, key, KEY_CHARS_MAX);
        let bad = key.trim() != key || key.contains(|c: char| c.is_control() || c == ':');
        if bad {
            self.add(
                path,
                CharterReason::BadKey {
                    key: key.to_owned(),
                },
            );
        }
    }

    /// Reports every key that stands a second time.
    pub(super) fn unique<'a>(&mut self, path: &str, keys: impl Iterator<Item = &'a str>) {
        let mut seen = std::collections::BTreeSet::new();
        for (index, key) in keys.enumerate() {
            if !key.is_empty() && !seen.insert(key) {
                let reason = CharterReason::Duplicate {
                    key: key.to_owned(),
                };
                self.add(format!("{path}[{index}].key"), reason);
            }
        }
    }

    pub(super) fn at_most(&mut self, path: &str, count: usize, max: usize) {
        if count > max {
            self.add(path, CharterReason::TooMany { max });
        }
    }

    pub(super) fn decimal(&mut self, path: &str, text: &str) -> Option<Decimal> {
        match text.parse() {
            Ok(decimal) => Some(decimal),
            Err(error) => {
                self.add(
                    path,
                    CharterReason::Number {
                        text: text.to_owned(),
                        error,
                    },
                );
                None
            }
        }
    }

    /// A decimal that is not negative.
    pub(super) fn amount(
        &mut self,
        path: &str,
        text: Option<&str>,
        default: Decimal,
    ) -> Option<Decimal> {
        let Some(text) = text else {
            return Some(default);
        };
        let decimal = self.decimal(path, text)?;
        if decimal.is_negative() {
            self.add(path, CharterReason::Negative);
            return None;
        }
        Some(decimal)
    }

    pub(super) fn mark(&mut self, path: &str, text: &str) -> Option<Mark> {
        let decimal = self.decimal(path, text)?;
        match Mark::try_from(decimal) {
            Ok(mark) => Some(mark),
            Err(error) => {
                self.add(
                    path,
                    CharterReason::Number {
                        text: text.to_owned(),
                        error,
                    },
                );
                None
            }
        }
    }

    /// A whole number from `min` to `max`.
    pub(super) fn count(
        &mut self,
        path: &str,
        count: Option<&Count>,
        default: u32,
        (min, max): (u32, u32),
    ) -> u32 {
        let Some(Count(text)) = count else {
            return default;
        };
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let negative = text
            .strip_prefix('-')
            .is_some_and(|rest| rest.parse::<u64>().is_ok());
        match text.parse::<u32>() {
            Ok(value) if digits && (min..=max).contains(&value) => return value,
            _ if digits || negative => self.add(path, out_of_range(min, max)),
            _ => self.add(path, CharterReason::NotWhole { text: text.clone() }),
        }
        default
    }

    /// One word of a list; the first is the default.
    pub(super) fn word<T: Copy>(
        &mut self,
        path: &str,
        text: Option<&str>,
        words: &[(&str, T)],
        default: T,
    ) -> T {
        let Some(text) = text else { return default };
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return *value;
        }
        let allowed = words.iter().map(|(word, _)| (*word).to_owned()).collect();
        self.add(
            path,
            CharterReason::UnknownWord {
                text: text.to_owned(),
                allowed,
            },
        );
        default
    }
}

fn out_of_range(min: impl Display, max: impl Display) -> CharterReason {
    CharterReason::OutOfRange {
        min: min.to_string(),
        max: max.to_string(),
    }
}
