//! Sheets of an XLSX workbook as text cells. The file comes from a browser, so its size is bounded
//! before anything is unpacked, and cells are read one by one: a workbook may claim a million
//! columns.

use super::file::{COLUMNS_MAX, Grid, ROWS_MAX};
use calamine::{DataRef, ExcelDateTime, Reader as _, Style, Xlsx};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Bytes of all parts of a workbook when unpacked.
pub const UNPACKED_BYTES_MAX: u64 = 40 * 1024 * 1024;
/// How much smaller a packed part may be; text packs to a tenth, a bomb to a thousandth.
pub const RATIO_MAX: u64 = 100;
/// Below this nobody cares about the ratio: a sheet of blanks packs well.
const RATIO_FREE_BYTES: u64 = 1024 * 1024;
const PARTS_MAX: usize = 200;
const SHEETS_MAX: usize = 20;

/// The sheets of a workbook, or the code of what is wrong with it.
///
/// # Errors
/// The file is no workbook, or is larger inside than any roster.
pub fn grids(bytes: &[u8]) -> Result<Vec<Grid>, &'static str> {
    check_size(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| "not_a_workbook")?;
    let names = workbook.sheet_names();
    let names: Vec<String> = names.into_iter().take(SHEETS_MAX).collect();
    names.iter().map(|name| grid(&mut workbook, name)).collect()
}

/// Unpacks each part into nothing and counts: what the file says of its own sizes is not believed.
fn check_size(bytes: &[u8]) -> Result<(), &'static str> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| "not_a_workbook")?;
    if PARTS_MAX < archive.len() {
        return Err("too_large_inside");
    }
    let mut left = UNPACKED_BYTES_MAX;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| "not_a_workbook")?;
        let packed = part.compressed_size();
        let mut part = part.take(left + 1);
        let size = std::io::copy(&mut part, &mut std::io::sink()).map_err(|_| "not_a_workbook")?;
        let is_bomb = RATIO_FREE_BYTES < size && RATIO_MAX * packed.max(1) < size;
        if left < size || is_bomb {
            return Err("too_large_inside");
        }
        left -= size;
    }
    Ok(())
}

fn grid(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Grid, &'static str> {
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut cells = workbook
        .worksheet_cells_reader(name)
        .map_err(|_| "not_a_workbook")?;
    let styles: Vec<bool> = cells.styles().iter().map(is_percent).collect();
    while let Some((cell, style)) = cells
        .next_cell_with_style_id()
        .map_err(|_| "not_a_workbook")?
    {
        let (row, column) = cell.get_position();
        let is_percent = styles.get(style).copied().unwrap_or_default();
        let text = text_of(cell.get_value(), is_percent);
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if text.is_empty() || COLUMNS_MAX <= column {
            continue;
        }
        let row = rows.entry(row.saturating_add(1)).or_default();
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        if let Some(slot) = row.get_mut(column) {
            *slot = text;
        }
        if ROWS_MAX + 1 < rows.len() {
            return Err("too_many_rows");
        }
    }
    Ok(Grid {
        name: name.to_owned(),
        rows: rows.into_iter().collect(),
    })
}

/// Whether a cell of this style shows a hundredfold with a percent sign: one that is not quoted and
/// not escaped.
fn is_percent(style: &Style) -> bool {
    let Some(format) = &style.number_format else {
        return false;
    };
    let (mut letters, mut is_quoted) = (format.format_code.chars(), false);
    while let Some(letter) = letters.next() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '%' if !is_quoted => return true,
            '\\' | '_' | '*' if !is_quoted => {
                letters.next();
            }
            _ => {}
        }
    }
    false
}

/// A whole number in a cell is a float to Excel; a code such as 3 must not read as 3.0. What is
/// shown as 81.7% lies there as 0.817.
fn text_of(value: &DataRef<'_>, is_percent: bool) -> String {
    const HUNDRED: f64 = 100.0;
    match value {
        DataRef::Int(number) if is_percent => format!("{}%", number.saturating_mul(100)),
        DataRef::Float(number) if is_percent => format!("{}%", as_shown(number * HUNDRED)),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => as_shown(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(is_true) => is_true.to_string(),
        DataRef::DateTime(date) => day_of(*date),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// To the 15 digits that a spreadsheet shows: behind them stands what a formula's binary fractions
/// left over, such as 12.340000000000002.
fn as_shown(number: f64) -> String {
    let shown = format!("{number:.14e}").parse().unwrap_or(number);
    shown.to_string()
}

/// `2026-07-01`: a month that somebody types becomes the first day of it.
fn day_of(date: ExcelDateTime) -> String {
    if date.is_duration() {
        return date.to_string();
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn a_number_reads_as_the_spreadsheet_shows_it() {
        assert_eq!(as_shown(12.340_000_000_000_002), "12.34");
        assert_eq!(as_shown(0.1 + 0.2), "0.3");
        assert_eq!(as_shown(3.0), "3");
        assert_eq!(as_shown(-123_456.789_012), "-123456.789012");
    }

    #[test]
    fn a_date_reads_as_its_day() {
        let july = ExcelDateTime::new(46_204.0, ExcelDateTimeType::DateTime, false);
        assert_eq!(day_of(july), "2026-07-01");
    }
}
