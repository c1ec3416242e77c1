//! `leitai recount`: a result from files alone, by the same code that computes it in the hall.
//! Anybody who holds the files can check a posted result (domain rules 2.1 Files and --json).

mod files;
mod problem;
mod report;
mod sheets;
mod table;
mod words;

use crate::charter_file::{self, CharterFault};
use clap::Args;
use domain::charter::Charter;
use domain::scoring::score_contest;
use std::path::{Path, PathBuf};

pub use problem::{Problem, RowReason};

/// Where the files are.
#[derive(Args, Clone, Debug)]
pub struct RecountArgs {
    /// The charter (TOML).
    #[arg(long, value_name = "C.toml")]
    pub charter: PathBuf,
    /// Columns entry, name, multiplier, state.
    #[arg(long, value_name = "E.csv")]
    pub entries: PathBuf,
    /// Columns seat, class.
    #[arg(long, value_name = "S.csv")]
    pub seats: PathBuf,
    /// Columns entry, seat, criterion, mark, state.
    #[arg(long, value_name = "M.csv")]
    pub sheets: PathBuf,
    /// Columns entry, points, reason.
    #[arg(long, value_name = "D.csv")]
    pub deductions: Option<PathBuf>,
    /// Prints JSON instead of words.
    #[arg(long)]
    pub json: bool,
}

/// Why there is no result. There is never a partial one.
#[derive(Debug, thiserror::Error)]
pub enum RecountError {
    #[error("{file}: cannot be read")]
    Unreadable {
        file: String,
        #[source]
        source: std::io::Error,
    },
    #[error("{}", charter_lines(file, faults))]
    BadCharter {
        file: String,
        faults: Vec<CharterFault>,
    },
    #[error("{}", lines(problems))]
    BadRows { problems: Vec<Problem> },
}

/// Reads the files, computes, and prints to a string that ends with a line end.
///
/// # Errors
/// Everything that is wrong with the files; the command line answers it with exit code 2.
pub fn run(args: &RecountArgs) -> Result<String, RecountError> {
    let charter = charter(&args.charter)?;
    let texts = files::Texts {
        entries: read(&args.entries)?,
        seats: read(&args.seats)?,
        sheets: read(&args.sheets)?,
        deductions: args.deductions.as_deref().map(read).transpose()?,
    };
    let hall =
        files::hall(&charter, &texts).map_err(|problems| RecountError::BadRows { problems })?;
    let result = score_contest(&charter, &hall.input).map_err(|error| RecountError::BadRows {
        problems: vec![Problem::whole(&texts.sheets.name, RowReason::Input(error))],
    })?;
    Ok(match args.json {
        true => report::json(&charter, &hall, &result),
        false => words::text(&charter, &hall, &result),
    })
}

fn charter(path: &Path) -> Result<Charter, RecountError> {
    let files::Text { name: file, bytes } = read(path)?;
    let parsed = match std::str::from_utf8(&bytes) {
        Ok(text) => charter_file::parse(text),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
            let message = "is not UTF-8".to_owned();
            Err(vec![CharterFault::Syntax {
                line,
                column: 1,
                message,
            }])
        }
    };
    parsed.map_err(|faults| RecountError::BadCharter { file, faults })
}

fn read(path: &Path) -> Result<files::Text, RecountError> {
    let name = path.display().to_string();
    match std::fs::read(path) {
        Ok(bytes) => Ok(files::Text { name, bytes }),
        Err(source) => Err(RecountError::Unreadable { file: name, source }),
    }
}

fn charter_lines(file: &str, faults: &[CharterFault]) -> String {
    let line = |fault: &CharterFault| format!("{file}: {fault}");
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn lines(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}
