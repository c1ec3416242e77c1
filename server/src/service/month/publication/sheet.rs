//! Sheets of a workbook as people read and print them: a title and lines above the table, a header
//! of one or two rows that stays in sight, and A4 on its side.

use super::words;
use crate::service::error::ServiceError;
use crate::service::month::posting::Posted;
use crate::service::table::{column_width, number};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// A4, as Excel counts papers.
const PAPER_A4: u8 = 9;
/// Characters that a sheet's name may have at most, and those that it may not.
const NAME_CHARS_MAX: usize = 31;
const NAME_FORBIDDEN: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

/// A column, or several below one name.
pub struct Head {
    name: String,
    parts: Vec<&'static str>,
}

impl Head {
    pub fn one(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            parts: Vec::new(),
        }
    }

    pub fn over(name: String, parts: Vec<&'static str>) -> Self {
        Self { name, parts }
    }

    fn columns(&self) -> usize {
        self.parts.len().max(1)
    }
}

pub struct Sheet {
    pub name: String,
    pub header: Vec<Head>,
    /// A cell for each column; numbers become numbers, everything else stays text.
    pub rows: Vec<Vec<String>>,
    /// Columns on the left that stay in sight.
    pub frozen: u16,
}

/// A workbook whose sheets all begin with what it is, and of which edition. The same edition always
/// gives the same bytes.
///
/// # Errors
/// `Internal`: it could not be written into memory.
pub fn workbook(posted: &Posted, what: &str, sheets: &[Sheet]) -> Result<Vec<u8>, ServiceError> {
    write(posted, what, sheets).map_err(|error| ServiceError::Internal(error.into()))
}

fn write(posted: &Posted, what: &str, sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let (title, lines) = (words::title(&posted.month, what), words::preface(posted));
    let seconds = i64::try_from(posted.month.posted_at.0 / 1_000).unwrap_or_default();
    let created = ExcelDateTime::from_timestamp(seconds)?;
    let properties = DocProperties::new().set_title(&title);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties.set_creation_datetime(&created));
    let large = Format::new().set_bold().set_font_size(16);
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let name = free_name(&sheet.name, &names);
        let page = workbook.add_worksheet();
        page.set_name(&name)?;
        names.push(name);
        page.write_string_with_format(0, 0, &title, &large)?;
        let mut row = 1;
        for line in &lines {
            page.write_string(row, 0, line)?;
            row += 1;
        }
        let first = header(page, row, sheet)?;
        page.set_freeze_panes(first, sheet.frozen)?;
        page.set_repeat_rows(row, first - 1)?;
        for (row, cells) in (first..).zip(&sheet.rows) {
            body_row(page, row, cells)?;
        }
        page.set_landscape().set_paper_size(PAPER_A4);
        page.set_print_fit_to_pages(1, 0);
    }
    workbook.save_to_buffer()
}

/// Writes the header from `row` on, and gives the row below it.
fn header(page: &mut Worksheet, row: u32, sheet: &Sheet) -> Result<u32, XlsxError> {
    let format = bordered()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center);
    let depth = u32::from(sheet.header.iter().any(|head| !head.parts.is_empty()));
    let mut column = 0_u16;
    for head in &sheet.header {
        let last = column + u16::try_from(head.columns()).unwrap_or(u16::MAX) - 1;
        let bottom = if head.parts.is_empty() {
            row + depth
        } else {
            row
        };
        if (row, column) == (bottom, last) {
            page.write_string_with_format(row, column, &head.name, &format)?;
        } else {
            page.merge_range(row, column, bottom, last, &head.name, &format)?;
        }
        for (column, part) in (column..).zip(&head.parts) {
            page.write_string_with_format(row + 1, column, *part, &format)?;
        }
        for column in column..=last {
            let at = usize::from(column);
            let cells = sheet.rows.iter().filter_map(|row| row.get(at));
            let own = (head.parts.is_empty()).then_some(&head.name);
            page.set_column_width(column, column_width(own.into_iter().chain(cells)))?;
        }
        column = last + 1;
    }
    Ok(row + depth + 1)
}

fn body_row(page: &mut Worksheet, row: u32, cells: &[String]) -> Result<(), XlsxError> {
    for (column, cell) in (0_u16..).zip(cells) {
        match number(cell) {
            Some((number, format)) => {
                let format = bordered().set_num_format(format);
                page.write_number_with_format(row, column, number, &format)?;
            }
            None => {
                page.write_string_with_format(row, column, cell, &bordered().set_text_wrap())?;
            }
        }
    }
    Ok(())
}

fn bordered() -> Format {
    Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
}

/// A name that Excel takes and no other sheet has, whatever a group is called.
fn free_name(wanted: &str, taken: &[String]) -> String {
    let shown = wanted.trim_matches('\'').chars();
    let shown = shown.filter(|char| !NAME_FORBIDDEN.contains(char) && !char.is_control());
    let base: String = shown.collect();
    let base = if base.trim().is_empty() { "表" } else { &base };
    let is_free = |name: &String| {
        let same = |each: &String| each.to_lowercase() == name.to_lowercase();
        !taken.iter().any(same)
    };
    let numbered = |number: usize| {
        let end = if number == 1 {
            String::new()
        } else {
            format!("（{number}）")
        };
        let room = NAME_CHARS_MAX - end.chars().count();
        base.chars()
            .take(room)
            .chain(end.chars())
            .collect::<String>()
    };
    // Among one more name than are taken, one is free.
    let mut names = (1..=taken.len() + 1).map(numbered);
    names.find(is_free).unwrap_or_else(|| base.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheets_name_is_one_that_excel_takes() {
        let taken = ["乡镇组".to_owned(), "AB".to_owned()];
        assert_eq!(free_name("园区组", &taken), "园区组");
        assert_eq!(free_name("乡镇组", &taken), "乡镇组（2）");
        assert_eq!(
            free_name("ab", &taken),
            "ab（2）",
            "case does not tell names apart"
        );
        assert_eq!(free_name("甲/乙[丙]", &[]), "甲乙丙");
        assert_eq!(free_name("''", &[]), "表");
        assert_eq!(free_name(&"长".repeat(40), &[]).chars().count(), 31);
        let long = "长".repeat(31);
        let second = free_name(&long, std::slice::from_ref(&long));
        assert!(second.ends_with("（2）") && second.chars().count() == 31);
    }
}
