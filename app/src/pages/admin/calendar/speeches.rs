//! 表态发言名单: who was behind in a month of the span says what it will do; who was ahead says how
//! it came there (P4).

use super::paper::{Head, Part, place, weak};
use crate::backend::{DutySheet, SheetGroup, SheetMonth, SheetPlace, SheetUnit};
use crate::format;
use crate::text::{self, Lang};

/// The rules, and two tables for each group.
pub(super) fn write(lang: Lang, sheet: &DutySheet) -> (Vec<String>, Vec<Part>) {
    let rules = vec![
        text::duty_sheet_rule_behind(lang).to_owned(),
        text::duty_sheet_rule_ahead(lang).to_owned(),
    ];
    let parts = sheet.groups.iter().flat_map(|group| {
        let ahead = part(
            lang,
            group,
            text::duty_sheet_ahead(lang, group.name.clone()),
            (text::duty_sheet_basis(lang), text::duty_sheet_points(lang)),
            |unit| ahead(lang, sheet, group, unit),
        );
        let behind = part(
            lang,
            group,
            text::duty_sheet_behind(lang, group.name.clone()),
            (text::duty_sheet_why(lang), text::duty_sheet_words(lang)),
            |unit| behind(lang, sheet, unit),
        );
        [ahead, behind]
    });
    (rules, parts.collect())
}

/// The units of which there is something to say, with room for what they say. A group without any
/// says so.
fn part(
    lang: Lang,
    group: &SheetGroup,
    title: String,
    (why, said): (&str, &str),
    lines: impl Fn(&SheetUnit) -> Vec<String>,
) -> Part {
    let rows = group.units.iter().filter_map(|unit| {
        let lines = lines(unit);
        let row = || {
            let blank = String::new();
            vec![unit.name.clone(), lines.join("\n"), blank.clone(), blank]
        };
        (!lines.is_empty()).then(row)
    });
    let mut rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        rows.push(vec![text::duty_sheet_nobody(lang).to_owned()]);
    }
    Part {
        title,
        heads: vec![
            Head::of(text::posted_col_unit(lang), 3),
            Head::wide(why, 9),
            Head::wide(said, 6),
            Head::of(text::duty_sheet_signature(lang), 3),
        ],
        rows,
    }
}

/// A line for each month in which the ladder counts it as behind.
fn behind(lang: Lang, sheet: &DutySheet, unit: &SheetUnit) -> Vec<String> {
    let months = unit.months(sheet).filter(|(_, place)| place.is_behind);
    let line = |(month, at): (&SheetMonth, &SheetPlace)| {
        let said = said(lang, month, place(lang, at));
        match at.weak.is_empty() {
            true => said,
            false => text::duty_sheet_with_weak(lang, said, weak(lang, &at.weak)),
        }
    };
    months.map(line).collect()
}

/// A line for each month at whose end it held a flag for the first; in a group without such flags,
/// for each month in which it was the first.
fn ahead(lang: Lang, sheet: &DutySheet, group: &SheetGroup, unit: &SheetUnit) -> Vec<String> {
    let months = unit.months(sheet).filter(|(_, at)| match group.has_flags {
        true => !at.flags.is_empty(),
        false => at.rank == Some(1),
    });
    let line = |(month, at): (&SheetMonth, &SheetPlace)| {
        let said = said(lang, month, place(lang, at));
        let names = at.flags.join(text::unit_list_comma(lang));
        match at.flags.is_empty() {
            true => said,
            false => text::duty_sheet_with_flags(lang, names, said),
        }
    };
    months.map(line).collect()
}

fn said(lang: Lang, month: &SheetMonth, words: String) -> String {
    text::duty_sheet_in_month(lang, format::month(lang, month.period), words)
}
