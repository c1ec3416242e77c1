//! What is wrong with a charter, where, and with the data that a translated sentence needs.

use crate::number::NumberError;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One fault of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct CharterError {
    /// Such as `criteria[2].step`.
    pub path: String,
    pub reason: CharterReason,
}

/// All faults of a draft, for places that take one error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharterErrors(pub Vec<CharterError>);

/// Why a value is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum CharterReason {
    #[error("is missing")]
    Missing,
    #[error("is longer than {max} characters")]
    TooLong { max: usize },
    #[error("has more than {max} items")]
    TooMany { max: usize },
    #[error("\"{text}\" is {error}")]
    Number { text: String, error: NumberError },
    #[error("\"{text}\" is not a whole number")]
    NotWhole { text: String },
    #[error("must be from {min} to {max}")]
    OutOfRange { min: String, max: String },
    #[error("must not be negative")]
    Negative,
    #[error("must be above {than}")]
    NotAbove { than: String },
    #[error("cannot be reached from {min} in steps of {step}")]
    OffStep { min: String, step: String },
    #[error("\"{text}\" is not one of {}", allowed.join(", "))]
    UnknownWord { text: String, allowed: Vec<String> },
    #[error("\"{key}\" holds a blank at an end, a control character or a colon")]
    BadKey { key: String },
    #[error("\"{key}\" is there twice")]
    Duplicate { key: String },
    #[error("there is no \"{key}\"")]
    UnknownKey { key: String },
    #[error("overlaps {other}")]
    Overlap { other: String },
    #[error("the criteria of class {class} total {total}, not {full_mark}")]
    WrongTotal {
        class: String,
        total: String,
        full_mark: String,
    },
    #[error("the weights of all classes are zero")]
    NoWeight,
    #[error("no class marks this criterion")]
    Unmarked,
    #[error("has an effect only with trim_by = \"criterion\"")]
    OnlyByCriterion,
    #[error("takes no key")]
    KeyNotWanted,
    #[error("nothing after {step} is ever reached")]
    Unreachable { step: String },
}

impl fmt::Display for CharterErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for CharterErrors {}
