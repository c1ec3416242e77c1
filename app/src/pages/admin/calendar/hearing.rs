//! 过堂记录: every unit of a group with its places in the span, where it is weak, what was issued for
//! it and is still open, and room for what the hearing finds and decides.

use super::paper::{Head, Part, slips_words, weak};
use crate::backend::{DutySheet, SheetGroup, SheetPlace, SheetUnit};
use crate::format;
use crate::text::{self, Lang};

/// The rules, and a table for each group.
pub(super) fn write(lang: Lang, sheet: &DutySheet) -> (Vec<String>, Vec<Part>) {
    let today = format::day_with_year(lang, &sheet.today.to_string());
    let rules = vec![
        text::duty_sheet_rule_weak(lang).to_owned(),
        text::duty_sheet_rule_slips(lang, today),
    ];
    let parts = sheet.groups.iter().map(|group| part(lang, sheet, group));
    (rules, parts.collect())
}

fn part(lang: Lang, sheet: &DutySheet, group: &SheetGroup) -> Part {
    let months = sheet.months.iter();
    let months = months.map(|month| Head::month(lang, sheet, month, 2));
    let mut heads = vec![Head::of(text::posted_col_unit(lang), 3)];
    heads.extend(months);
    heads.extend([
        Head::wide(text::duty_sheet_weak(lang), 4),
        Head::wide(text::duty_sheet_slips(lang), 4),
        Head::wide(text::duty_sheet_found(lang), 4),
        Head::wide(text::duty_sheet_decided(lang), 4),
    ]);
    let title = text::duty_sheet_group(lang, group.name.clone(), group.units.len());
    let rows = group.units.iter().map(|unit| row(lang, sheet, unit));
    Part {
        title,
        heads,
        rows: rows.collect(),
    }
}

fn row(lang: Lang, sheet: &DutySheet, unit: &SheetUnit) -> Vec<String> {
    let newest = unit.months(sheet).next_back();
    let newest = newest.map(|(_, place)| weak(lang, &place.weak));
    let mut row = vec![unit.name.clone()];
    row.extend(unit.course.iter().map(|one| cell(lang, one.as_ref())));
    row.extend([
        newest.unwrap_or_default(),
        slips_words(lang, &unit.slips),
        String::new(),
        String::new(),
    ]);
    row
}

/// Place and score below one another; a stroke where it was in no group.
fn cell(lang: Lang, place: Option<&SheetPlace>) -> String {
    let Some(place) = place else {
        return text::duty_sheet_not_there(lang).to_owned();
    };
    let rank = match place.rank {
        Some(rank) => text::standings_place(lang, rank),
        None => text::duty_sheet_no_place(lang).to_owned(),
    };
    let score = place.score.as_deref().map(format::figure);
    let lines = std::iter::once(rank).chain(score);
    lines.collect::<Vec<_>>().join("\n")
}
