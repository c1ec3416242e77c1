//! What is wrong with a row: file, line, column and reason.

use domain::charter::MarkError;
use domain::number::NumberError;
use domain::scoring::InputError;
use std::fmt;

/// One fault of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    /// Counted from 1; the header is line 1.
    pub line: u64,
    /// Counted from 1, with its name; `None` for the row as a whole.
    pub column: Option<(usize, String)>,
    pub reason: RowReason,
}

/// Why a row is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowReason {
    #[error("the file has no header line")]
    NoHeader,
    #[error("the column \"{0}\" is missing")]
    NoColumn(&'static str),
    #[error("is no column of this file")]
    UnknownColumn,
    #[error("is there twice")]
    ColumnTwice,
    #[error("has {found} fields, the header has {wanted}")]
    FieldCount { found: usize, wanted: usize },
    #[error("is not UTF-8")]
    NotUtf8,
    #[error("{0}")]
    Csv(String),
    #[error("is empty")]
    Empty,
    #[error("\"{key}\" is there already, on line {line}")]
    Repeated { key: String, line: u64 },
    #[error("there is no {what} \"{key}\"")]
    Unknown { what: &'static str, key: String },
    #[error("\"{text}\" is not one of {allowed}")]
    Word { text: String, allowed: &'static str },
    #[error("\"{text}\" is {error}")]
    Number { text: String, error: NumberError },
    #[error("\"{text}\" is {error}")]
    Mark { text: String, error: MarkError },
    #[error("must not be negative")]
    Negative,
    #[error("the charter allows no multiplier")]
    NoMultiplier,
    #[error("class {class} does not mark this criterion")]
    NotMarked { class: String },
    #[error("a counted sheet names its criterion")]
    CountedWithoutCriterion,
    #[error("a mark without a criterion")]
    MarkWithoutCriterion,
    #[error("this entry and seat have the criterion already, on line {line}")]
    SecondMark { line: u64 },
    #[error("this entry and seat have a row without a criterion, on line {line}; it stands alone")]
    NotAlone { line: u64 },
    #[error("this sheet is \"{state}\" on line {line}; all its rows bear one state")]
    TwoStates { state: &'static str, line: u64 },
    #[error("{0}")]
    Input(InputError),
}

impl Problem {
    /// A fault of a file as a whole.
    #[must_use]
    pub fn whole(file: &str, reason: RowReason) -> Problem {
        Problem {
            file: file.to_owned(),
            line: 1,
            column: None,
            reason,
        }
    }
}

impl fmt::Display for Problem {
    /// `sheets.csv:12:4: mark: "11" is above the largest mark 10`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        if let Some((index, name)) = &self.column {
            write!(f, ":{index}: {name}")?;
        }
        write!(f, ": {}", self.reason)
    }
}
