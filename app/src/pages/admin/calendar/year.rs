//! How the score of a half-year or a year comes about (GY-10, WZ-12), on the paper of an
//! assessment.

use super::assessment::ranked;
use super::paper::{Head, Part};
use crate::backend::{ContestPoints, PartScore, SheetGroup, SheetUnit, SheetYear, UnitYear};
use crate::components::standing::signed;
use crate::format;
use crate::text::{self, Lang};
use domain::month::charter::Side;
use domain::month::year::PlacePoints;
use domain::number::Decimal;

/// The rule of the score, the table of contests, and its cap.
pub(super) fn rules(lang: Lang, year: &SheetYear) -> Vec<String> {
    let rule = &year.rule;
    let mut parts = vec![months_part(lang, year)];
    parts.extend(part_names(lang, year));
    let mut lines = Vec::new();
    if year.shows_contests() {
        parts.push(text::year_points_part(lang).to_owned());
        let rows = rule.contests.iter().map(|row| place_points(lang, row));
        let rows: Vec<String> = rows.collect();
        lines.push(text::year_table(
            lang,
            rows.join(text::unit_list_comma(lang)),
        ));
        let cap = rule.contests_cap.map(|cap| cap.to_string());
        lines.extend(cap.map(|cap| text::year_cap(lang, cap)));
    }
    let parts = parts.join("＋");
    lines.insert(0, text::year_rule(lang, parts, year.charter_version));
    lines
}

/// What the score of each unit is made of.
pub(super) fn built(lang: Lang, year: &SheetYear, group: &SheetGroup) -> Part {
    let mut heads = vec![
        Head::of(text::posted_col_rank(lang), 2),
        Head::of(text::posted_col_unit(lang), 4),
        Head::of(&months_part(lang, year), 4),
    ];
    heads.extend(part_names(lang, year).map(|name| Head::of(&name, 4)));
    heads.extend([
        Head::wide(text::year_contests(lang), 8),
        Head::of(text::year_contests_sum(lang), 3),
        Head::of(text::year_score(lang), 3),
    ]);
    let units = ranked(group).into_iter();
    let rows = units.filter_map(|unit| Some(row(lang, year, unit, unit.year.as_ref()?)));
    Part {
        title: text::year_built(lang, group.name.clone()),
        heads,
        rows: rows.collect(),
    }
}

fn row(lang: Lang, year: &SheetYear, unit: &SheetUnit, of: &UnitYear) -> Vec<String> {
    let place = unit.place.map(|place| place.to_string());
    let mut cells = vec![place.unwrap_or_default(), unit.name.clone()];
    cells.push(weighed(
        lang,
        unit.mean_score.as_deref(),
        of.months.as_deref(),
    ));
    let part = |part: &Option<PartScore>| {
        let part = part.as_ref();
        let score = part.map(|part| part.score.as_str());
        let words = weighed(lang, score, part.map(|part| part.weighed.as_str()));
        let basis = part.map(|part| part.basis.clone());
        std::iter::once(words)
            .chain(basis)
            .collect::<Vec<_>>()
            .join("\n")
    };
    cells.extend(of.parts.iter().map(part));
    let contests = of.contests.iter();
    let contests = contests.map(|(at, points)| contest(lang, year, *at, points));
    cells.push(contests.collect::<Vec<_>>().join("\n"));
    cells.push(signed(&of.contests_sum));
    cells.push(match &of.score {
        Some(score) => format::figure(score),
        None => text::duty_sheet_no_place(lang).to_owned(),
    });
    cells
}

/// A number, and what is left of it at its weight.
fn weighed(lang: Lang, score: Option<&str>, weighed: Option<&str>) -> String {
    match (score, weighed) {
        (Some(score), Some(weighed)) => {
            text::year_weighed(lang, format::figure(score), format::figure(weighed))
        }
        _ => text::year_missing(lang).to_owned(),
    }
}

fn contest(lang: Lang, year: &SheetYear, at: usize, points: &ContestPoints) -> String {
    let contest = year.contests.get(at);
    let title = contest.map(|contest| contest.title.clone());
    let (of, rank) = (points.of, points.rank);
    let title = title.unwrap_or_default();
    text::year_contest_points(lang, of, signed(&points.points), rank, title)
}

fn months_part(lang: Lang, year: &SheetYear) -> String {
    text::year_months_part(lang, year.rule.months.to_string())
}

fn part_names(lang: Lang, year: &SheetYear) -> impl Iterator<Item = String> {
    let parts = year.rule.parts.iter();
    parts.map(move |part| text::year_part(lang, part.name.clone(), part.weight.to_string()))
}

/// A row of the conversion table.
fn place_points(lang: Lang, row: &PlacePoints) -> String {
    let (from, to) = (row.from, row.to);
    let points = points(row.points);
    match row.side {
        Side::Top if from == to => text::year_from_first(lang, from, points),
        Side::Top => text::year_from_first_to(lang, from, points, to),
        Side::Bottom if from == to => text::year_from_last(lang, from, points),
        Side::Bottom => text::year_from_last_to(lang, from, points, to),
    }
}

fn points(points: Decimal) -> String {
    signed(&points.to_string())
}
