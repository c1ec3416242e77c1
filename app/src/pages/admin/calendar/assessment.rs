//! 考评通报: what the months of a half-year or a year come to for each unit (ES-4, GY-10), and month
//! by month what the sums are made of.

use super::paper::{Head, Part, slips_words};
use super::year;
use crate::backend::{DutySheet, OutcomeDecision, SheetGroup, SheetOutcome, SheetPlace, SheetUnit};
use crate::components::standing::signed;
use crate::format;
use crate::text::{self, Lang};
use domain::month::board::Listed;

/// The rules, and two tables for each group.
pub(super) fn write(lang: Lang, sheet: &DutySheet) -> (Vec<String>, Vec<Part>) {
    let today = format::day_with_year(lang, &sheet.today.to_string());
    let mut rules = vec![text::duty_sheet_rule_mean(lang).to_owned()];
    match &sheet.year {
        Some(of_year) => rules.extend(year::rules(lang, of_year)),
        None => rules.push(text::duty_sheet_rule_place(lang).to_owned()),
    }
    rules.push(text::duty_sheet_rule_slips(lang, today));
    rules.push(text::duty_sheet_rule_nothing(lang).to_owned());
    let parts = sheet.groups.iter().flat_map(|group| {
        let built = sheet.year.as_ref();
        let built = built.map(|of_year| year::built(lang, of_year, group));
        let parts = [
            Some(sums(lang, sheet, group)),
            built,
            Some(course(lang, sheet, group)),
        ];
        parts.into_iter().flatten()
    });
    (rules, parts.chain(outcomes(lang, sheet)).collect())
}

/// In the order of the places; who has none comes last.
pub(super) fn ranked(group: &SheetGroup) -> Vec<&SheetUnit> {
    let mut units: Vec<&SheetUnit> = group.units.iter().collect();
    units.sort_by_key(|unit| unit.place.unwrap_or(u32::MAX));
    units
}

fn sums(lang: Lang, sheet: &DutySheet, group: &SheetGroup) -> Part {
    let mut heads = vec![
        Head::of(text::posted_col_rank(lang), 2),
        Head::of(text::posted_col_unit(lang), 4),
        Head::of(text::duty_sheet_months(lang), 2),
        Head::of(score_head(lang, sheet), 3),
        Head::of(text::duty_sheet_mean_rank(lang), 2),
        Head::of(text::duty_sheet_merit(lang), 3),
        Head::of(text::duty_sheet_firsts(lang), 2),
        Head::of(text::duty_sheet_top_three(lang), 2),
        Head::of(text::standings_flags(lang), 4),
        Head::of(text::standings_red(lang), 2),
        Head::of(text::standings_black(lang), 2),
        Head::of(text::duty_sheet_behind_months(lang), 2),
    ];
    heads.push(match sheet.reads_talks {
        true => Head::wide(text::duty_sheet_slips_and_talks(lang), 6),
        false => Head::wide(text::duty_sheet_slips(lang), 6),
    });
    let units = ranked(group).into_iter();
    Part {
        title: text::duty_sheet_sums(lang, group.name.clone(), group.units.len()),
        heads,
        rows: units.map(|unit| sum_row(lang, sheet, unit)).collect(),
    }
}

/// What the places go by.
fn score_head(lang: Lang, sheet: &DutySheet) -> &'static str {
    match sheet.year {
        Some(_) => text::year_score(lang),
        None => text::duty_sheet_mean_score(lang),
    }
}

fn sum_row(lang: Lang, sheet: &DutySheet, unit: &SheetUnit) -> Vec<String> {
    let count = |is_it: fn(&SheetPlace) -> bool| {
        let months = unit.months(sheet).filter(|(_, place)| is_it(place));
        months.count().to_string()
    };
    let mean = |mean: Option<&str>| mean.map(format::figure).unwrap_or_default();
    let tally = &unit.tally;
    let flags = tally.flags.iter();
    let flags = flags.map(|(name, months)| text::duty_sheet_flag(lang, *months, name.clone()));
    vec![
        unit.place
            .map(|place| place.to_string())
            .unwrap_or_default(),
        unit.name.clone(),
        format!("{}/{}", count(|place| place.score.is_some()), tally.months),
        mean(unit.score()),
        mean(unit.mean_rank.as_deref()),
        signed(&tally.merit),
        tally.firsts.to_string(),
        tally.top_three.to_string(),
        flags.collect::<Vec<_>>().join("\n"),
        tally.red.to_string(),
        count(|place| place.listed == Some(Listed::Black)),
        count(|place| place.is_behind),
        slips_words(lang, &unit.slips),
    ]
}

/// What the sums are made of.
fn course(lang: Lang, sheet: &DutySheet, group: &SheetGroup) -> Part {
    let months = sheet.months.iter();
    let months = months.map(|month| Head::month(lang, sheet, month, 2));
    let unit = Head::of(text::posted_col_unit(lang), 3);
    let units = ranked(group).into_iter();
    let rows = units.map(|unit| {
        let course = unit.course.iter().map(|place| cell(lang, place.as_ref()));
        std::iter::once(unit.name.clone()).chain(course).collect()
    });
    Part {
        title: text::duty_sheet_course(lang, group.name.clone()),
        heads: std::iter::once(unit).chain(months).collect(),
        rows: rows.collect(),
    }
}

/// Place, score, net points, and what else counts, below one another.
pub(in crate::pages::admin) fn cell(lang: Lang, place: Option<&SheetPlace>) -> String {
    let Some(place) = place else {
        return text::duty_sheet_not_there(lang).to_owned();
    };
    let mut lines = vec![match place.rank {
        Some(rank) => text::standings_place(lang, rank),
        None => text::duty_sheet_no_place(lang).to_owned(),
    }];
    lines.extend(place.score.as_deref().map(format::figure));
    lines.push(signed(&place.merit));
    lines.extend(place.flags.iter().cloned());
    lines.extend(place.listed.map(|listed| match listed {
        Listed::Red => text::standings_red(lang).to_owned(),
        Listed::Black => text::standings_black(lang).to_owned(),
    }));
    if place.is_behind {
        lines.push(text::duty_sheet_is_behind(lang).to_owned());
    }
    lines.join("\n")
}

/// What the figures propose, and what was decided of it; nothing where the charter has none.
fn outcomes(lang: Lang, sheet: &DutySheet) -> Option<Part> {
    let row = |one: &SheetOutcome| {
        let decisions = one.decisions.iter();
        let decisions = decisions.map(|decision| decided(lang, decision));
        vec![
            one.action.clone(),
            one.group.clone(),
            one.name.clone(),
            outcome_basis(lang, sheet, one),
            decisions.collect::<Vec<_>>().join("\n"),
        ]
    };
    let heads = vec![
        Head::wide(text::duty_sheet_action(lang), 5),
        Head::of(text::posted_col_group(lang), 3),
        Head::of(text::posted_col_unit(lang), 3),
        Head::wide(text::duty_sheet_basis(lang), 5),
        Head::wide(text::duty_sheet_decision(lang), 8),
    ];
    (!sheet.outcomes.is_empty()).then(|| Part {
        title: text::duty_sheet_outcomes(lang).to_owned(),
        heads,
        rows: sheet.outcomes.iter().map(row).collect(),
    })
}

/// Place and score, or that a correction took the proposal back.
pub(super) fn outcome_basis(lang: Lang, sheet: &DutySheet, one: &SheetOutcome) -> String {
    let score = one.score.as_deref().map(format::figure);
    match (one.place, score) {
        (Some(place), Some(score)) if one.is_proposed => match sheet.year {
            Some(_) => text::duty_sheet_by_score(lang, place, score),
            None => text::duty_sheet_by_mean(lang, score, place),
        },
        _ => text::duty_sheet_not_proposed(lang).to_owned(),
    }
}

/// 采纳 or 不采纳, why, who and when.
pub(super) fn decided(lang: Lang, decision: &OutcomeDecision) -> String {
    let word = match decision.is_taken {
        true => text::duty_sheet_taken(lang),
        false => text::duty_sheet_left(lang),
    };
    let (by, at) = (decision.by.clone(), format::moment(lang, decision.at));
    text::duty_sheet_decided_by(lang, by, decision.reason.clone(), at, word)
}
