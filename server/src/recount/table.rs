//! A CSV file with named columns. Columns are found by name, in any order; unknown ones are
//! refused, because a misspelt optional column would otherwise silently change a result.

use super::problem::{Problem, RowReason};
use csv::{ByteRecord, Reader, ReaderBuilder};

/// A file whose header was read.
pub(super) struct Table<'a> {
    file: &'a str,
    bytes: &'a [u8],
    reader: Reader<&'a [u8]>,
    header: Vec<String>,
    /// The field of each wanted column, in the order they were wanted.
    fields: Vec<Option<usize>>,
}

/// One row, good so far.
pub(super) struct Row<'a> {
    file: &'a str,
    header: &'a [String],
    fields: &'a [Option<usize>],
    record: &'a ByteRecord,
    pub(super) line: u64,
}

impl<'a> Table<'a> {
    /// Reads the header, past a byte order mark. `None` after a fault, since no row can be read
    /// then.
    pub(super) fn open(
        file: &'a str,
        bytes: &'a [u8],
        required: &[&'static str],
        optional: &[&'static str],
        problems: &mut Vec<Problem>,
    ) -> Option<Table<'a>> {
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(bytes);
        let before = problems.len();
        let header: Vec<String> = match reader.byte_headers() {
            Ok(header) => header
                .iter()
                .map(|name| String::from_utf8_lossy(name).into_owned())
                .collect(),
            Err(error) => {
                problems.push(Problem::whole(file, RowReason::Csv(error.to_string())));
                return None;
            }
        };
        if header.is_empty() {
            problems.push(Problem::whole(file, RowReason::NoHeader));
            return None;
        }
        for (index, name) in header.iter().enumerate() {
            let reason = if header.iter().take(index).any(|other| other == name) {
                RowReason::ColumnTwice
            } else if required.iter().chain(optional).any(|wanted| wanted == name) {
                continue;
            } else {
                RowReason::UnknownColumn
            };
            let column = Some((index + 1, name.clone()));
            problems.push(Problem {
                file: file.to_owned(),
                line: 1,
                column,
                reason,
            });
        }
        let field = |wanted: &&str| header.iter().position(|name| name == wanted);
        for wanted in required.iter().filter(|wanted| field(wanted).is_none()) {
            problems.push(Problem::whole(file, RowReason::NoColumn(wanted)));
        }
        let fields = required.iter().chain(optional).map(field).collect();
        (problems.len() == before).then_some(Table {
            file,
            bytes,
            reader,
            header,
            fields,
        })
    }

    /// Calls `visit` with every row that has as many fields as the header.
    pub(super) fn each(
        mut self,
        problems: &mut Vec<Problem>,
        mut visit: impl FnMut(&Row<'_>, &mut Vec<Problem>),
    ) {
        let mut record = ByteRecord::new();
        let mut lines = Lines {
            bytes: self.bytes,
            offset: 0,
            line: 1,
        };
        loop {
            match self.reader.read_byte_record(&mut record) {
                Ok(false) => return,
                Ok(true) => {}
                Err(error) => {
                    let line = lines.at(error.position().map_or(0, csv::Position::byte));
                    let reason = RowReason::Csv(error.to_string());
                    let file = self.file.to_owned();
                    problems.push(Problem {
                        file,
                        line,
                        column: None,
                        reason,
                    });
                    return;
                }
            }
            let row = Row {
                file: self.file,
                header: &self.header,
                fields: &self.fields,
                record: &record,
                line: lines.at(record.position().map_or(0, csv::Position::byte)),
            };
            if record.len() == self.header.len() {
                visit(&row, problems);
                continue;
            }
            let (found, wanted) = (record.len(), self.header.len());
            problems.push(row.problem(RowReason::FieldCount { found, wanted }));
        }
    }
}

impl Row<'_> {
    /// The text of the n-th wanted column, empty where the file has no such column. `None` after
    /// a fault was added.
    pub(super) fn text(&self, column: usize, problems: &mut Vec<Problem>) -> Option<&str> {
        let Some(field) = self.fields.get(column).copied().flatten() else {
            return Some("");
        };
        let bytes = self.record.get(field).unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(_) => {
                problems.push(self.at(column, RowReason::NotUtf8));
                None
            }
        }
    }

    /// A text that must not be empty.
    pub(super) fn key(&self, column: usize, problems: &mut Vec<Problem>) -> Option<&str> {
        let text = self.text(column, problems)?;
        if text.is_empty() {
            problems.push(self.at(column, RowReason::Empty));
            return None;
        }
        Some(text)
    }

    /// A fault in the n-th wanted column.
    pub(super) fn at(&self, column: usize, reason: RowReason) -> Problem {
        let field = self.fields.get(column).copied().flatten();
        let column = field.and_then(|field| Some((field + 1, self.header.get(field)?.clone())));
        Problem {
            column,
            ..self.problem(reason)
        }
    }

    /// A fault of the row as a whole.
    pub(super) fn problem(&self, reason: RowReason) -> Problem {
        Problem {
            file: self.file.to_owned(),
            line: self.line,
            column: None,
            reason,
        }
    }
}

/// Counts lines on the way through a file. The reader's own count stands before the blank lines
/// and the half of a Windows line end that it skips next.
struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the first row at or after `byte`, which only grows.
    fn at(&mut self, byte: u64) -> u64 {
        let target = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(&next) = self.bytes.get(self.offset) {
            if self.offset >= target && next != b'\n' && next != b'\r' {
                break;
            }
            self.line += u64::from(next == b'\n');
            self.offset += 1;
        }
        self.line
    }
}
