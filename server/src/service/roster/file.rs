//! An uploaded roster file as rows of text: a workbook with a sheet for each table, or one CSV
//! file. Nothing is interpreted here but headers; whatever cannot be read is a problem with its
//! place.

use super::columns::{Column, TableKind, column_of, is_ignored};
use super::matrix;
use super::text::{decode, normalise};
use app::backend::ImportProblem;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows of one table; a county has some hundreds of units.
pub const ROWS_MAX: usize = 5_000;
/// A table of a month has one for each indicator.
pub const COLUMNS_MAX: usize = 200;
/// Characters of one cell.
pub const CELL_CHARS_MAX: usize = 100;
/// Problems that a report lists; one that has more was made for something else.
pub const PROBLEMS_MAX: usize = 500;

/// One table as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub kind: TableKind,
    /// The sheets of a matrix that it is made of; empty where each row is a row of the file.
    pub parts: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A row with something in it. Columns that the file lacks read as empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// As the spreadsheet counts: the header is row 1.
    pub number: u32,
    pub(super) cells: BTreeMap<Column, String>,
    pub(super) headers: Arc<Headers>,
    /// Where it stands, if it is one cell of a matrix.
    pub(super) place: Option<matrix::Place>,
}

/// What the file calls its columns.
pub type Headers = BTreeMap<Column, String>;

/// A sheet of cells before its columns are known.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// The sheet's name, or the file's.
    pub name: String,
    /// Row number from 1, and its cells.
    pub rows: Vec<(u32, Vec<String>)>,
}

impl Table {
    /// Whether the two are sheets of one matrix: one has the values, the other the targets.
    fn goes_with(&self, other: &Self) -> bool {
        let mut new = other.parts.iter();
        let is_matrix = !self.parts.is_empty() && !other.parts.is_empty();
        is_matrix && new.all(|part| !self.parts.contains(part))
    }
}

impl Row {
    #[must_use]
    pub fn get(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", String::as_str)
    }

    /// A problem of this row, with the value that is wrong. Its column goes by the file's own
    /// name, which is what the person looks for.
    #[must_use]
    pub fn problem(&self, kind: TableKind, column: Column, code: &str) -> ImportProblem {
        let header = self.headers.get(&column).map(String::as_str);
        let mut problem = ImportProblem {
            table: kind.name().to_owned(),
            row: self.number,
            column: header.unwrap_or(kind.header(column)).to_owned(),
            value: self.get(column).to_owned(),
            code: code.to_owned(),
            near: Vec::new(),
            units: Vec::new(),
        };
        if let Some(place) = &self.place {
            place.say(column, &mut problem);
        }
        problem
    }
}

/// Reads a file. The problems are those of the file itself; its rows are checked by
/// [`super::plan`].
#[must_use]
pub fn read(name: &str, bytes: &[u8]) -> (Vec<Table>, Vec<ImportProblem>) {
    // Every workbook of today is a zip, and no CSV file begins like one.
    let grids = if bytes.starts_with(b"PK\x03\x04") {
        super::workbook::grids(bytes)
    } else {
        csv_grid(name, bytes).map(|grid| vec![grid])
    };
    match grids {
        Err(code) => (Vec::new(), vec![file_problem(name, code)]),
        Ok(grids) => tables(name, &grids),
    }
}

/// A problem of the file as a whole.
#[must_use]
pub fn file_problem(value: &str, code: &str) -> ImportProblem {
    ImportProblem {
        value: value.to_owned(),
        code: code.to_owned(),
        ..ImportProblem::default()
    }
}

fn tables(name: &str, grids: &[Grid]) -> (Vec<Table>, Vec<ImportProblem>) {
    let (mut tables, mut problems) = (Vec::<Table>::new(), Vec::new());
    for grid in grids.iter().filter(|grid| !grid.rows.is_empty()) {
        let (table, found) = table(grid);
        problems.extend(found);
        let Some(table) = table else { continue };
        match tables.iter_mut().find(|other| other.kind == table.kind) {
            Some(other) if other.goes_with(&table) => {
                other.parts.extend(table.parts);
                other.rows.extend(table.rows);
            }
            Some(_) => problems.push(file_problem(&grid.name, "table_twice")),
            None => tables.push(table),
        }
    }
    if tables.is_empty() && problems.is_empty() {
        problems.push(file_problem(name, "no_table"));
    }
    (tables, problems)
}

fn table(grid: &Grid) -> (Option<Table>, Vec<ImportProblem>) {
    let Some(((_, header), rows)) = grid.rows.split_first() else {
        return (None, Vec::new());
    };
    let header: Vec<String> = header.iter().map(|cell| normalise(cell)).collect();
    if let Some(part) = matrix::part_of(&grid.name) {
        return matrix::table(part, &grid.name, &header, rows);
    }
    let kind = TableKind::of_name(&grid.name).or_else(|| TableKind::of_headers(&header));
    let Some(kind) = kind else {
        return (None, vec![file_problem(&grid.name, "unknown_table")]);
    };
    let (columns, mut problems) = columns(kind, &header);
    if ROWS_MAX < rows.len() {
        problems.push(ImportProblem {
            table: kind.name().to_owned(),
            ..file_problem(&rows.len().to_string(), "too_many_rows")
        });
        return (None, problems);
    }
    let headers = Arc::new(headers(&columns, &header));
    let mut read = Vec::with_capacity(rows.len());
    for (number, cells) in rows {
        let mut row = Row {
            number: *number,
            headers: headers.clone(),
            ..Row::default()
        };
        let found = fill(&mut row, kind, cells, &columns);
        problems.extend(found);
        if !row.cells.is_empty() {
            read.push(row);
        }
    }
    let table = Table {
        kind,
        parts: Vec::new(),
        rows: read,
    };
    (Some(table), problems)
}

/// Where each column stands, and what is wrong with the header.
fn columns(kind: TableKind, header: &[String]) -> (Vec<(usize, Column)>, Vec<ImportProblem>) {
    let (mut columns, mut problems) = (Vec::<(usize, Column)>::new(), Vec::new());
    let problem = |column: &str, value: &str, code: &str| ImportProblem {
        table: kind.name().to_owned(),
        row: 1,
        column: column.to_owned(),
        value: value.to_owned(),
        code: code.to_owned(),
        near: Vec::new(),
        units: Vec::new(),
    };
    for (at, name) in header.iter().enumerate() {
        match column_of(kind, name) {
            Some(column) if columns.iter().any(|(_, other)| *other == column) => {
                problems.push(problem(name, name, "column_twice"));
            }
            Some(column) => columns.push((at, column)),
            None if is_ignored(name) => {}
            None => problems.push(problem(name, name, "unknown_column")),
        }
    }
    for column in kind.required() {
        if !columns.iter().any(|(_, other)| other == column) {
            let name = kind.header(*column);
            problems.push(problem(name, name, "missing_column"));
        }
    }
    (columns, problems)
}

/// The file's names of the columns.
pub(super) fn headers(columns: &[(usize, Column)], header: &[String]) -> Headers {
    let named = columns
        .iter()
        .filter_map(|(at, column)| Some((*column, header.get(*at)?.clone())));
    named.collect()
}

/// Puts the cells into the row; what is wrong with them is a problem.
fn fill(
    row: &mut Row,
    kind: TableKind,
    cells: &[String],
    columns: &[(usize, Column)],
) -> Vec<ImportProblem> {
    let mut problems = Vec::new();
    for (at, column) in columns {
        let Some((text, code)) = cell(cells.get(*at)) else {
            continue;
        };
        row.cells.insert(*column, text);
        if let Some(code) = code {
            problems.push(row.problem(kind, *column, code));
        }
    }
    problems
}

/// A cell's text, cut to what is kept, and the code of what is wrong with it. `None`: it is empty.
pub(super) fn cell(cell: Option<&String>) -> Option<(String, Option<&'static str>)> {
    let text = normalise(cell.map_or("", String::as_str));
    let code = fault(&text);
    let text: String = text.chars().take(CELL_CHARS_MAX).collect();
    (!text.is_empty()).then_some((text, code))
}

fn fault(text: &str) -> Option<&'static str> {
    if CELL_CHARS_MAX < text.chars().count() {
        return Some("too_long");
    }
    if text.chars().any(char::is_control) {
        return Some("control_character");
    }
    // A row of the template that nobody has replaced.
    if text.starts_with(super::template::EXAMPLE) {
        return Some("example");
    }
    // What Excel leaves where a formula failed.
    let failed = [
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!",
    ];
    failed.contains(&text).then_some("cell_error")
}

fn csv_grid(name: &str, bytes: &[u8]) -> Result<Grid, &'static str> {
    let text = decode(bytes).ok_or("unreadable_encoding")?;
    if text.contains('\0') {
        return Err("not_a_table");
    }
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains('\t') && !first.contains(',') {
        b'\t'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    // A quoted cell may hold line ends: a row's number is its line less those before it.
    let mut line_ends_inside = 0;
    for record in reader.records() {
        let record = record.map_err(|_| "not_a_table")?;
        let line = record.position().map_or(0, |begin| line_of(&text, begin));
        let number = u32::try_from(line.saturating_sub(line_ends_inside)).unwrap_or(u32::MAX);
        let cells: Vec<String> = record.iter().take(COLUMNS_MAX).map(str::to_owned).collect();
        let inside = |cell: &String| u64::try_from(cell.matches('\n').count()).unwrap_or(0);
        line_ends_inside += cells.iter().map(inside).sum::<u64>();
        rows.push((number, cells));
        if ROWS_MAX + 1 < rows.len() {
            return Err("too_many_rows");
        }
    }
    Ok(Grid {
        name: name.to_owned(),
        rows,
    })
}

/// The line that a record begins on. The reader says where it began to look, which may be on the
/// blank lines before it.
fn line_of(text: &str, begin: &csv::Position) -> u64 {
    let at = usize::try_from(begin.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    let skipped = blank.filter(|byte| **byte == b'\n').count();
    begin.line() + u64::try_from(skipped).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(name: &str, text: &str) -> Vec<String> {
        let (_, problems) = read(name, text.as_bytes());
        problems.into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn rows_are_numbered_as_the_spreadsheet_shows_them() {
        let text = "code,name,level,parent\nA,甲\n\n\"B\nb\",乙\nC,丙\n";
        let (tables, _) = read("units.csv", text.as_bytes());
        let numbers: Vec<u32> = tables[0].rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [2, 4, 5]);
    }

    #[test]
    fn headers_are_found_by_name_in_any_order() {
        let (tables, problems) = read(
            "单位.csv",
            "级别,备注,名称,代码\n村,x,东村,０１\n".as_bytes(),
        );
        assert_eq!(problems, []);
        let row = &tables[0].rows[0];
        assert_eq!(
            (row.get(Column::Code), row.get(Column::Name)),
            ("01", "东村")
        );
    }

    #[test]
    fn unknown_missing_and_repeated_columns_are_named() {
        let text = "code,名称,代码,colour\nA,甲,A,red\n";
        assert_eq!(
            codes("units.csv", text),
            ["column_twice", "unknown_column", "missing_column"]
        );
    }

    #[test]
    fn a_file_that_is_no_table_is_refused_as_a_whole() {
        assert_eq!(codes("x.csv", "a\0b"), ["not_a_table"]);
        assert_eq!(codes("x.csv", "colour\nred\n"), ["unknown_table"]);
        assert_eq!(codes("x.csv", ""), ["no_table"]);
    }

    #[test]
    fn a_cell_that_holds_an_excel_error_is_named() {
        assert_eq!(
            codes("units.csv", "code,name,level\n#N/A,甲,村\n"),
            ["cell_error"]
        );
    }
}
