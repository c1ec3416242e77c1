//! The places of the last months, drawn and as a table.

use crate::backend::{UnitMonth, UnitPage, UnitTally};
use crate::components::chart::ranks::{RankPoint, ranks};
use crate::components::standing::signed;
use crate::format;
use crate::text::{self, Lang};
use domain::month::period::Period;
use leptos::prelude::*;

const MONTHS_MAX: usize = 12;

pub fn course(lang: Lang, page: &UnitPage) -> Option<AnyView> {
    let from = page.course.len().saturating_sub(MONTHS_MAX);
    let course = page.course.get(from..)?;
    if course.is_empty() {
        return None;
    }
    let calendar = calendar(course);
    let points: Vec<_> = calendar
        .iter()
        .map(|(period, month)| RankPoint {
            label: format::month_of_year(lang, *period).to_owned(),
            rank: month.and_then(|month| month.rank),
        })
        .collect();
    let of = course
        .iter()
        .map(|month| month.of)
        .max()
        .unwrap_or_default();
    let label = label(lang, &page.unit.name, course);
    let rows: Vec<_> = course.iter().rev().map(|month| row(lang, month)).collect();
    let view = view! {
        {page.tally.as_ref().map(|tally| self::tally(lang, tally))}
        <div class="head"><h2>{text::unit_course(lang)}</h2></div>
        <section class="sheet" data-kind="text">
            {ranks(&points, of, label)}
            <details class="fold">
                <summary>{text::unit_numbers(lang)}</summary>
                {table(lang, rows)}
            </details>
        </section>
    };
    Some(view.into_any())
}

/// What the unit won over the season, in large figures; what it never won is left out.
fn tally(lang: Lang, tally: &UnitTally) -> AnyView {
    let flags = tally.flags.iter();
    let flags = flags.map(|(name, months)| (*months, text::unit_tally_flag(lang, name.clone())));
    let counts = [
        (tally.firsts, text::unit_tally_firsts(lang).to_owned()),
        (tally.top_three, text::unit_tally_top(lang).to_owned()),
        (tally.red, text::unit_tally_red(lang).to_owned()),
    ];
    let counts = counts
        .into_iter()
        .chain(flags)
        .filter(|(count, _)| *count > 0);
    let merit = (
        signed(&tally.merit),
        text::unit_tally_merit(lang).to_owned(),
    );
    let figures = counts.map(|(count, words)| (count.to_string(), words));
    let figures: Vec<_> = figures
        .chain([merit])
        .map(|(figure, words)| view! { <p><b class="num">{figure}</b> {words}</p> })
        .collect();
    view! {
        <div class="head"><h2>{text::unit_tally(lang, tally.months)}</h2></div>
        <section class="sheet"><div class="tally">{figures}</div></section>
    }
    .into_any()
}

/// The last year of the course, with the months between that were not posted.
fn calendar(course: &[UnitMonth]) -> Vec<(Period, Option<&UnitMonth>)> {
    let mut months = Vec::new();
    let mut posted = course.iter().peekable();
    let mut next = posted.peek().map(|month| month.period);
    while let (Some(period), Some(_)) = (next, posted.peek()) {
        let found = posted.next_if(|month| month.period <= period);
        months.push((period, found));
        next = period.next();
    }
    months.split_off(months.len().saturating_sub(MONTHS_MAX))
}

fn label(lang: Lang, name: &str, course: &[UnitMonth]) -> String {
    let months: Vec<_> = course
        .iter()
        .map(|month| {
            let period = format::month(lang, month.period);
            match month.rank {
                Some(rank) => text::unit_course_month(lang, period, rank),
                None => text::unit_course_none(lang, period),
            }
        })
        .collect();
    text::unit_course_label(lang, months.join(text::unit_list_comma(lang)), name)
}

fn table(lang: Lang, rows: Vec<AnyView>) -> AnyView {
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=text::unit_course(lang)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{text::unit_col_month(lang)}</th>
                        <th scope="col" data-num="">{text::unit_col_rank(lang)}</th>
                        <th scope="col" data-num="">{text::unit_col_of(lang)}</th>
                        <th scope="col" data-num="">{text::unit_col_score(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(lang: Lang, month: &UnitMonth) -> AnyView {
    let rank = month
        .rank
        .map_or_else(|| "—".to_owned(), |rank| rank.to_string());
    let score = month
        .score
        .as_deref()
        .map_or_else(|| "—".to_owned(), format::figure);
    view! {
        <tr>
            <th scope="row">{format::month(lang, month.period)}</th>
            <td data-num="">{rank}</td>
            <td data-num="">{month.of}</td>
            <td data-num="">{score}</td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(period: &str) -> UnitMonth {
        UnitMonth {
            period: period.parse().expect("a month"),
            rank: Some(1),
            of: 9,
            score: None,
        }
    }

    #[test]
    fn a_month_that_was_not_posted_is_a_gap() {
        let course = ["2025-11", "2026-02"].map(month);
        let found: Vec<_> = calendar(&course)
            .into_iter()
            .map(|(period, month)| (period.to_string(), month.is_some()))
            .collect();
        let expected = [
            ("2025-11", true),
            ("2025-12", false),
            ("2026-01", false),
            ("2026-02", true),
        ];
        assert_eq!(
            found,
            expected.map(|(period, posted)| (period.to_owned(), posted))
        );
    }

    #[test]
    fn the_drawing_shows_one_year() {
        assert_eq!(
            calendar(&["2024-01", "2026-02"].map(month)).len(),
            MONTHS_MAX
        );
        assert!(calendar(&[]).is_empty());
    }
}
