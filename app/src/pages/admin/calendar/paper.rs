//! What stands on the document of a duty (GY-15), for the page that is printed and for the Word
//! file alike.

use super::{assessment, hearing, span_months, speeches};
use crate::backend::{DutySheet, SheetMonth, SheetPlace, SlipRow, WeakFigure};
use crate::pages::admin::slips::{number, state_word};
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::month::cadence::Output;
use domain::month::period::Period;
use domain::month::slip::SlipState;

/// A document from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// 表态发言名单, 过堂记录, 考评通报.
    pub title: &'static str,
    /// Whose, of which contest, season and span.
    pub facts: String,
    /// What it was made from, and the rules by which.
    pub lines: Vec<String>,
    pub parts: Vec<Part>,
    /// Who signs at its foot.
    pub signs: [&'static str; 2],
}

/// A table under its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub title: String,
    pub heads: Vec<Head>,
    /// A cell for each head; a line break is one on paper as well.
    pub rows: Vec<Vec<String>>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub words: String,
    /// Its part of the width, as against the other columns.
    pub share: u32,
    /// Its cells hold sentences, or are filled in by hand.
    pub is_wide: bool,
    /// Where its numbers come from.
    pub href: Option<String>,
}

impl Head {
    /// Of numbers and names.
    pub(super) fn of(words: &str, share: u32) -> Self {
        Self {
            words: words.to_owned(),
            share,
            is_wide: false,
            href: None,
        }
    }

    /// Of sentences.
    pub(super) fn wide(words: &str, share: u32) -> Self {
        Self {
            is_wide: true,
            ..Self::of(words, share)
        }
    }

    /// Of what a posted month says.
    pub(super) fn month(lang: Lang, sheet: &DutySheet, month: &SheetMonth, share: u32) -> Self {
        Self {
            href: Some(paths::month_desk(sheet.season, month.period)),
            ..Self::of(&format::month(lang, month.period), share)
        }
    }
}

/// The document, or what it says as long as no month of its span is posted.
#[must_use]
pub fn paper(lang: Lang, sheet: &DutySheet) -> Paper {
    let mut lines = sources(lang, sheet);
    let parts = if sheet.months.is_empty() {
        Vec::new()
    } else {
        let (rules, parts) = match sheet.output {
            Output::Hearing => hearing::write(lang, sheet),
            Output::Assessment => assessment::write(lang, sheet),
            _ => speeches::write(lang, sheet),
        };
        lines.extend(rules);
        parts
    };
    Paper {
        title: title(lang, sheet.output),
        facts: facts(lang, sheet),
        lines,
        parts,
        signs: [
            text::duty_sheet_written_by(lang),
            text::duty_sheet_checked_by(lang),
        ],
    }
}

/// What the document of a duty is called.
#[must_use]
pub fn title(lang: Lang, output: Output) -> &'static str {
    match output {
        Output::Hearing => text::duty_sheet_hearing(lang),
        Output::Assessment => text::duty_sheet_assessment(lang),
        _ => text::duty_sheet_speeches(lang),
    }
}

fn facts(lang: Lang, sheet: &DutySheet) -> String {
    let facts = [
        sheet.county.clone(),
        sheet.title.clone(),
        text::posted_season(lang, sheet.season_name.clone()),
        format!("{} {}", sheet.rule, span_months(lang, sheet.span)),
    ];
    facts.join(" · ")
}

/// Which editions it was made from, and what of its span is not out.
fn sources(lang: Lang, sheet: &DutySheet) -> Vec<String> {
    let comma = text::unit_list_comma(lang);
    let listed = |months: Vec<String>| months.join(comma);
    let month = |month: &SheetMonth| {
        let (name, day) = (
            format::month(lang, month.period),
            format::day_of(lang, month.posted_at),
        );
        text::duty_sheet_month(lang, day, month.edition, name)
    };
    let posted = listed(sheet.months.iter().map(month).collect());
    let named = |months: &mut dyn Iterator<Item = Period>| {
        listed(months.map(|one| format::month(lang, one)).collect())
    };
    let unposted = named(&mut sheet.unposted.iter().copied());
    let outside = named(&mut sheet.outside.iter().copied());
    let over = sheet.months.iter().filter(|month| month.is_black_over);
    let over = named(&mut over.map(|month| month.period));
    let mut lines = vec![match sheet.months.is_empty() {
        true => text::duty_sheet_none(lang).to_owned(),
        false => text::duty_sheet_from(lang, posted),
    }];
    if !unposted.is_empty() {
        lines.push(text::duty_sheet_unposted(lang, unposted));
    }
    if !outside.is_empty() {
        lines.push(text::duty_sheet_outside(lang, outside));
    }
    if !over.is_empty() && sheet.output == Output::Assessment {
        lines.push(text::duty_sheet_black_over(lang, over));
    }
    lines
}

/// 第 3 名（共 12 家）, or that a figure was missing.
pub(super) fn place(lang: Lang, place: &SheetPlace) -> String {
    match place.rank {
        Some(rank) => text::duty_sheet_place(lang, place.of, rank),
        None => text::duty_sheet_no_place(lang).to_owned(),
    }
}

/// Indicators with their completion.
pub(super) fn weak(lang: Lang, weak: &[WeakFigure]) -> String {
    let figure = |one: &WeakFigure| {
        let said = match &one.completion {
            _ if !one.is_reported => text::standings_not_reported(lang).to_owned(),
            Some(done) => format!("{}%", format::figure(done)),
            None => String::new(),
        };
        format!("{} {said}", one.indicator).trim_end().to_owned()
    };
    let figures: Vec<String> = weak.iter().map(figure).collect();
    figures.join(text::unit_list_comma(lang))
}

/// How many there are and how many of them are open, then each by its number; a stroke for none.
pub(in crate::pages::admin) fn slips_words(lang: Lang, slips: &[SlipRow]) -> String {
    if slips.is_empty() {
        return text::duty_sheet_not_there(lang).to_owned();
    }
    let open = slips.iter().filter(|slip| slip.state != SlipState::Closed);
    let head = text::duty_sheet_slips_of(lang, slips.len(), open.count());
    let slip = |slip: &SlipRow| {
        let state = state_word(lang, slip.state);
        text::duty_sheet_slip(lang, number(lang, slip), state)
    };
    let lines = std::iter::once(head).chain(slips.iter().map(slip));
    lines.collect::<Vec<_>>().join("\n")
}
