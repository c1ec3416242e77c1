//! What is wrong with a charter or a number, in the reader's language. The engine words its faults
//! in English, each with its data; here they are read back by their pattern. One that matches no
//! pattern is shown as the engine wrote it, so nothing is ever swallowed.

use crate::text::{self, Lang};

type Sentence = fn(Lang, &[&str]) -> String;

/// The engine's words, with a gap for each datum, and the sentence they become.
const PATTERNS: [(&str, Sentence); 20] = [
    ("is missing", |lang, _| {
        text::charter_missing(lang).to_owned()
    }),
    ("is longer than {} characters", |lang, data| {
        text::charter_too_long(lang, data[0])
    }),
    ("has more than {} items", |lang, data| {
        text::charter_too_many(lang, data[0])
    }),
    ("\"{}\" is not a number{}", |lang, data| {
        text::charter_not_a_number(lang, data[0])
    }),
    ("\"{}\" is more than {} decimals", |lang, data| {
        text::charter_decimals(lang, data[1], data[0])
    }),
    ("\"{}\" is larger than {} in magnitude", |lang, data| {
        text::charter_too_large(lang, data[1], data[0])
    }),
    ("\"{}\" is not a whole number", |lang, data| {
        text::charter_not_whole(lang, data[0])
    }),
    ("\"{}\" is not one of {}", |lang, data| {
        text::charter_not_one_of(lang, data[1], data[0])
    }),
    ("\"{}\" holds a blank{}", |lang, data| {
        text::charter_bad_key(lang, data[0])
    }),
    ("\"{}\" is there twice", |lang, data| {
        text::charter_twice(lang, data[0])
    }),
    ("there is no \"{}\"", |lang, data| {
        text::charter_no_such(lang, data[0])
    }),
    ("must be from {} to {}", |lang, data| {
        text::charter_range(lang, data[1], data[0])
    }),
    ("must not be negative", |lang, _| {
        text::charter_negative(lang).to_owned()
    }),
    ("must be above {}", |lang, data| {
        text::charter_above(lang, data[0])
    }),
    ("cannot be reached from {} in steps of {}", |lang, data| {
        text::charter_off_step(lang, data[0], data[1])
    }),
    ("overlaps {}", |lang, data| {
        text::charter_overlaps(lang, data[0])
    }),
    ("the criteria of class {} total {}, not {}", |lang, data| {
        text::charter_wrong_total(lang, data[0], data[2], data[1])
    }),
    ("the weights of all classes are zero", |lang, _| {
        text::charter_no_weight(lang).to_owned()
    }),
    ("no class marks this criterion", |lang, _| {
        text::charter_unmarked(lang).to_owned()
    }),
    ("not a number{}", |lang, _| {
        text::charter_plain_number(lang).to_owned()
    }),
];

/// The engine's words as a sentence, where they follow a pattern.
#[must_use]
pub fn charter_fault(lang: Lang, words: &str) -> Option<String> {
    let mut found = PATTERNS.iter();
    found.find_map(|(pattern, sentence)| Some(sentence(lang, &gaps(pattern, words)?)))
}

/// What stands in the gaps of a pattern, if the words follow it.
fn gaps<'a>(pattern: &str, words: &'a str) -> Option<Vec<&'a str>> {
    let mut parts = pattern.split("{}");
    let mut rest = words.strip_prefix(parts.next()?)?;
    let parts: Vec<&str> = parts.collect();
    let mut found = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let end = if index + 1 == parts.len() && part.is_empty() {
            rest.len()
        } else {
            rest.find(part)?
        };
        found.push(&rest[..end]);
        rest = &rest[end + part.len()..];
    }
    rest.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::charter::{Charter, CharterDraft, CharterReason};
    use domain::number::NumberError;

    #[track_caller]
    fn check(reason: &CharterReason, expected: &str) {
        let words = reason.to_string();
        assert_eq!(
            charter_fault(Lang::Zh, &words).as_deref(),
            Some(expected),
            "{words}"
        );
    }

    #[test]
    fn a_fault_of_the_engine_is_told_in_chinese_with_its_data() {
        check(&CharterReason::Missing, "没有写。");
        check(
            &CharterReason::OutOfRange {
                min: "0".to_owned(),
                max: "6".to_owned(),
            },
            "要在 0 到 6 之间。",
        );
        check(
            &CharterReason::Number {
                text: "0,6".to_owned(),
                error: NumberError::NotANumber,
            },
            "“0,6”不是数字，写成 8.5 这样。",
        );
        check(
            &CharterReason::WrongTotal {
                class: "A".to_owned(),
                total: "95".to_owned(),
                full_mark: "100".to_owned(),
            },
            "A 的评分项合计 95 分，不是 100 分。",
        );
    }

    #[test]
    fn every_fault_of_an_empty_charter_has_a_sentence() {
        let faults = Charter::from_draft(CharterDraft::default()).unwrap_err();
        for fault in faults {
            let words = fault.reason.to_string();
            assert!(charter_fault(Lang::Zh, &words).is_some(), "{words}");
        }
    }

    #[test]
    fn words_without_a_pattern_are_left_alone() {
        assert_eq!(
            charter_fault(Lang::Zh, "string values must be quoted"),
            None
        );
    }
}
