//! Tables that leave the house: CSV and XLSX. Invariant: no cell is ever a formula, so a name like
//! `=1+1` stays a name when somebody opens the file (formula injection).

use super::error::ServiceError;
use domain::number::Decimal;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// The content type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The mark by which Excel knows that a CSV file is UTF-8.
const MARK: &str = "\u{feff}";
/// What makes a spreadsheet take a cell for a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// Digits that a spreadsheet keeps of a number.
const DIGITS_MAX: usize = 15;
/// Columns are as wide as their header, within reason (characters; a Chinese one is two wide).
const WIDTH_MIN: usize = 8;
const WIDTH_MAX: usize = 40;

/// One table with a header line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The sheet's name in a workbook.
    pub name: String,
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// How many of the first columns name a row, in a workbook. They are text and stay in view;
    /// those behind them are open to numbers and formulas. Zero: all columns are alike.
    pub labels: u16,
}

impl Table {
    #[must_use]
    pub fn new(name: &str, header: &[&str]) -> Self {
        let header = header.iter().map(|cell| (*cell).to_owned()).collect();
        Self {
            name: name.to_owned(),
            header,
            rows: Vec::new(),
            labels: 0,
        }
    }

    /// The table as a CSV file that Excel opens without being asked for an encoding.
    ///
    /// # Errors
    /// `Internal`: the table could not be written into memory.
    pub fn csv(&self) -> Result<Vec<u8>, ServiceError> {
        let mut writer = csv::Writer::from_writer(MARK.as_bytes().to_vec());
        for row in std::iter::once(&self.header).chain(&self.rows) {
            let cells = row.iter().map(|cell| harmless(cell));
            writer
                .write_record(cells)
                .map_err(|error| ServiceError::Internal(error.into()))?;
        }
        writer
            .into_inner()
            .map_err(|error| ServiceError::Internal(anyhow::anyhow!("{error}")))
    }
}

/// Tables as one workbook, a sheet each. Numbers are numbers, everything else is text.
///
/// # Errors
/// `Internal`: the workbook could not be written into memory.
pub fn workbook(tables: &[Table]) -> Result<Vec<u8>, ServiceError> {
    write(tables).map_err(|error| ServiceError::Internal(error.into()))
}

/// A cell that no spreadsheet takes for a formula. A number stays as it is, minus sign included.
#[must_use]
pub fn harmless(cell: &str) -> String {
    let is_number = cell.parse::<Decimal>().is_ok();
    if !is_number && cell.starts_with(FORMULA_STARTS) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn write(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Text format, so that a code such as 001 keeps its zeros when somebody types it in.
    let text = Format::new().set_num_format("@");
    let head = Format::new().set_bold().set_num_format("@");
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&table.name)?;
        for (column, cell) in (0_u16..).zip(&table.header) {
            if table.labels == 0 || column < table.labels {
                sheet.set_column_format(column, &text)?;
            }
            sheet.set_column_width(column, width(table, usize::from(column)))?;
            sheet.write_string_with_format(0, column, cell, &head)?;
        }
        for (row, cells) in (1_u32..).zip(&table.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                match number(cell).filter(|_| table.labels <= column) {
                    Some((number, format)) => {
                        let format = Format::new().set_num_format(format);
                        sheet.write_number_with_format(row, column, number, &format)?;
                    }
                    None if cell.is_empty() => {}
                    None => {
                        sheet.write_string(row, column, cell)?;
                    }
                }
            }
        }
        sheet.set_freeze_panes(1, table.labels)?;
    }
    workbook.save_to_buffer()
}

/// A cell that is a number, with the format that shows it as it is written. One of more digits than
/// a spreadsheet keeps is none: it stays as it is, as text.
#[must_use]
pub fn number(cell: &str) -> Option<(f64, String)> {
    let places = decimal_places(cell)?;
    if DIGITS_MAX < cell.bytes().filter(u8::is_ascii_digit).count() {
        return None;
    }
    let (point, zeros) = (if places == 0 { "" } else { "." }, "0".repeat(places));
    // What a spreadsheet calculates with is a float anyway; the file of record is the posted JSON,
    // whose numbers are text.
    let number = cell.parse::<f64>().unwrap_or_default();
    Some((number, format!("0{point}{zeros}")))
}

/// How many decimals a cell shows if it is a number; a code with leading zeros is none.
fn decimal_places(cell: &str) -> Option<usize> {
    cell.parse::<Decimal>().ok()?;
    let digits = cell.trim_start_matches('-');
    if digits.starts_with('0') && digits.len() > 1 && !digits.starts_with("0.") {
        return None;
    }
    Some(
        digits
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len()),
    )
}

fn width(table: &Table, column: usize) -> u32 {
    let cells = std::iter::once(&table.header).chain(&table.rows);
    column_width(cells.filter_map(|row| row.get(column)))
}

/// How wide a column has to be for its cells, within reason.
#[must_use]
pub fn column_width<'a>(cells: impl Iterator<Item = &'a String>) -> u32 {
    let wide = |cell: &String| cell.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    let widest = cells.map(wide).max().unwrap_or(0_usize);
    let width = (widest + 2).clamp(WIDTH_MIN, WIDTH_MAX);
    u32::try_from(width).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_looks_like_a_formula_stays_a_name() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@sum"), "'@sum");
        assert_eq!(harmless("-1.5"), "-1.5");
        assert_eq!(harmless("青禾镇"), "青禾镇");
    }

    #[test]
    fn a_csv_file_begins_with_the_mark_and_its_header() {
        let mut table = Table::new("x", &["entry", "name"]);
        table.rows.push(vec!["1".to_owned(), "a,\"b\"".to_owned()]);
        let text = String::from_utf8(table.csv().expect("memory holds it")).expect("it is UTF-8");
        assert_eq!(text, "\u{feff}entry,name\n1,\"a,\"\"b\"\"\"\n");
    }

    #[test]
    fn a_code_with_leading_zeros_is_no_number() {
        assert_eq!(decimal_places("007"), None);
        assert_eq!(decimal_places("-0.50"), Some(2));
        assert_eq!(decimal_places("0"), Some(0));
        assert_eq!(decimal_places("第1"), None);
    }
}
