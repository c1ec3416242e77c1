//! Figures as a matrix: a row for each unit, a column for each indicator, and a sheet for each part
//! of a figure. Every cell becomes a row of the table of figures that remembers where it stood.

use super::columns::{Column, TableKind, column_of, is_ignored};
use super::file::{ROWS_MAX, Row, Table, cell, headers};
use app::backend::ImportProblem;
use std::collections::BTreeMap;
use std::sync::Arc;

const KIND: TableKind = TableKind::Figures;
/// The parts of a figure, each with the sheet of its name.
pub const PARTS: [Column; 4] = [
    Column::Value,
    Column::Target,
    Column::Raised,
    Column::Checkpoint,
];
/// Whose figures a row holds.
pub const OF_ROW: [Column; 3] = [Column::Season, Column::Period, Column::Unit];
/// The header of the units' names, which are for people alone.
pub const NAME: &str = "单位名称";
/// What stands in a cell whose unit is in a group that the indicator is not asked of.
pub const NOT_ASKED: &str = "不考核";
/// Cells of one sheet: many more than a county has.
const CELLS_MAX: usize = 50_000;

/// Where a row of figures stood as one cell of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The sheet's name.
    pub sheet: String,
    pub part: Column,
    /// The header of the cell's column.
    pub header: String,
}

impl Place {
    /// Turns the place of a problem into the matrix's own. An indicator stands in the header.
    pub fn say(&self, column: Column, problem: &mut ImportProblem) {
        problem.table.clone_from(&self.sheet);
        if !OF_ROW.contains(&column) {
            problem.column.clone_from(&self.header);
        }
        if column == Column::Indicator {
            problem.row = 1;
        }
    }
}

/// What a matrix calls an indicator: `XM 项目投资（亿元）`. Its code comes first.
#[must_use]
pub fn header(code: &str, name: &str, measure: &str) -> String {
    match measure {
        "" => format!("{code} {name}"),
        measure => format!("{code} {name}（{measure}）"),
    }
}

/// The part of figures that a sheet or file of this name holds.
#[must_use]
pub fn part_of(name: &str) -> Option<Column> {
    let name = name.trim().to_lowercase();
    let stem = name.strip_suffix(".csv").unwrap_or(&name);
    let is_named = |part: &Column| column_of(KIND, stem) == Some(*part);
    PARTS.into_iter().find(is_named)
}

/// The cells of a sheet, each as a row of figures.
#[must_use]
pub fn table(
    part: Column,
    sheet: &str,
    header: &[String],
    rows: &[(u32, Vec<String>)],
) -> (Option<Table>, Vec<ImportProblem>) {
    let (of_row, indicators, mut problems) = columns(sheet, header);
    let problem = |code: &str| ImportProblem {
        table: sheet.to_owned(),
        value: rows.len().to_string(),
        code: code.to_owned(),
        ..ImportProblem::default()
    };
    if ROWS_MAX < rows.len() || CELLS_MAX < rows.len() * indicators.len() {
        problems.push(problem("too_many_rows"));
        return (None, problems);
    }
    let headers = Arc::new(headers(&of_row, header));
    let mut read = Vec::new();
    for (number, cells) in rows {
        let of_row = of_row.iter().filter_map(|(at, column)| {
            let (text, _) = cell(cells.get(*at))?;
            Some((*column, text))
        });
        let of_row: BTreeMap<Column, String> = of_row.collect();
        for (at, header) in &indicators {
            let Some((text, code)) = cell(cells.get(*at)) else {
                continue;
            };
            let mut row = Row {
                number: *number,
                cells: of_row.clone(),
                headers: headers.clone(),
                place: Some(Place {
                    sheet: sheet.to_owned(),
                    part,
                    header: header.clone(),
                }),
            };
            row.cells.insert(Column::Indicator, header.clone());
            row.cells.insert(part, text);
            problems.extend(code.map(|code| row.problem(KIND, part, code)));
            read.push(row);
        }
    }
    let table = Table {
        kind: KIND,
        parts: vec![part],
        rows: read,
    };
    (Some(table), problems)
}

/// Where what stands, by the header of its column.
type Columns<T> = Vec<(usize, T)>;

fn columns(
    sheet: &str,
    header: &[String],
) -> (Columns<Column>, Columns<String>, Vec<ImportProblem>) {
    let (mut of_row, mut indicators) = (Columns::new(), Columns::new());
    let mut problems = Vec::new();
    let problem = |column: &str, code: &str| ImportProblem {
        table: sheet.to_owned(),
        row: 1,
        column: column.to_owned(),
        value: column.to_owned(),
        code: code.to_owned(),
        near: Vec::new(),
        units: Vec::new(),
    };
    for (at, name) in header.iter().enumerate() {
        let column = column_of(KIND, name).filter(|column| OF_ROW.contains(column));
        let is_twice = match column {
            Some(column) => of_row.iter().any(|(_, other)| *other == column),
            None => indicators.iter().any(|(_, other)| other == name),
        };
        match column {
            _ if is_twice => problems.push(problem(name, "column_twice")),
            Some(column) => of_row.push((at, column)),
            None if is_ignored(name) || name == NAME => {}
            None => indicators.push((at, name.clone())),
        }
    }
    for column in OF_ROW {
        if !of_row.iter().any(|(_, other)| *other == column) {
            problems.push(problem(column.chinese_name(), "missing_column"));
        }
    }
    (of_row, indicators, problems)
}

#[cfg(test)]
mod tests {
    use super::super::file::read;
    use super::*;

    #[test]
    fn every_filled_cell_is_a_figure_that_knows_its_place() {
        let text = "赛季,月份,单位编码,单位名称,XM 项目（亿元）,NB\n\
                    2026,2026-07,01,青禾镇,12.5,\n2026,2026-07,02,石桥乡,,３\n";
        let (tables, problems) = read("完成值.csv", text.as_bytes());
        assert_eq!((problems.len(), tables.len()), (0, 1));
        let cell = |row: &Row| {
            let texts = [Column::Unit, Column::Indicator, Column::Value];
            (row.number, texts.map(|column| row.get(column).to_owned()))
        };
        let cells: Vec<_> = tables[0].rows.iter().map(cell).collect();
        let texts = |texts: [&str; 3]| texts.map(str::to_owned);
        assert_eq!(cells[0], (2, texts(["01", "XM 项目（亿元）", "12.5"])));
        assert_eq!(cells[1], (3, texts(["02", "NB", "3"])));
        let place = |column| {
            let problem = tables[0].rows[0].problem(KIND, column, "x");
            (problem.table, problem.row, problem.column)
        };
        let sheet = || "完成值.csv".to_owned();
        assert_eq!(
            place(Column::Value),
            (sheet(), 2, "XM 项目（亿元）".to_owned())
        );
        assert_eq!(place(Column::Unit), (sheet(), 2, "单位编码".to_owned()));
        assert_eq!(
            place(Column::Indicator),
            (sheet(), 1, "XM 项目（亿元）".to_owned())
        );
    }

    #[test]
    fn what_is_wrong_with_the_header_of_a_matrix_is_named() {
        let (_, problems) = read("目标值.csv", "月份,单位,月份,XM,XM\n".as_bytes());
        let codes = problems
            .iter()
            .map(|one| (one.column.as_str(), one.code.as_str()));
        let expected = [
            ("月份", "column_twice"),
            ("XM", "column_twice"),
            ("赛季", "missing_column"),
        ];
        assert_eq!(codes.collect::<Vec<_>>(), expected);
    }
}
