//! How evenly the unit does: of each public indicator's points how many it got, drawn on spokes
//! against the mean of its group, and as a table.

use crate::components::chart::radar::{SPOKES_MIN, Spoke, radar};
use crate::components::chart::thousandths;
use crate::components::figure_table::figure_table;
use crate::components::markup::Markup;
use crate::format;
use crate::text::{self, Lang};
use domain::number::Decimal;
use leptos::prelude::*;
use std::cmp::Reverse;
use sync::posted_month::{PostedCell, PostedGroup, PostedIndicator, PostedMonth, PostedUnit};

/// More spokes than these cannot be told apart on a phone.
const SPOKES_MAX: usize = 12;
const WHOLE: i64 = 1000;

/// A spoke with what it is of.
struct Row<'a> {
    indicator: &'a PostedIndicator,
    points: Option<&'a str>,
    spoke: Spoke,
}

/// Nothing with less than three indicators that score, and nothing of a peer from outside.
pub fn profile(
    lang: Lang,
    month: &PostedMonth,
    group: &PostedGroup,
    unit: &PostedUnit,
) -> Option<AnyView> {
    let rows = rows(month, group, unit);
    if rows.len() < SPOKES_MIN || unit.external {
        return None;
    }
    let spokes: Vec<_> = rows.iter().map(|row| row.spoke).collect();
    let items: Vec<_> = rows
        .iter()
        .map(|row| {
            let name = row.indicator.name.clone();
            text::unit_profile_item(lang, name, share(row.spoke.share))
        })
        .collect();
    let list = items.join(text::unit_list_comma(lang));
    let label = text::unit_profile_label(lang, list, unit.name.clone());
    let key: Vec<_> = items
        .into_iter()
        .map(|item| view! { <li>{item}</li> })
        .collect();
    let view = view! {
        <div class="head"><h2>{text::unit_profile(lang)}</h2></div>
        <section class="sheet" data-kind="text">
            {radar(&spokes, label)}
            <ol class="radar-key">{key}</ol>
            <details class="fold">
                <summary>{text::unit_numbers(lang)}</summary>
                {table(lang, &rows)}
            </details>
        </section>
        <p class="note pad-x block-gap">{text::unit_profile_hint(lang)}</p>
    };
    Some(view.into_any())
}

/// The indicators that score, the weightiest ones where they are too many, in their order.
fn rows<'a>(month: &'a PostedMonth, group: &'a PostedGroup, unit: &'a PostedUnit) -> Vec<Row<'a>> {
    let weight = |indicator: &PostedIndicator| indicator.weight.parse::<Decimal>().ok();
    let scored = month.asked_of(group);
    let mut scored: Vec<_> = scored
        .filter(|(_, indicator)| weight(indicator) != Some(Decimal::ZERO))
        .collect();
    scored.sort_by_key(|(_, indicator)| Reverse(weight(indicator)));
    scored.truncate(SPOKES_MAX);
    scored.sort_by_key(|(at, _)| *at);
    let row = |(at, indicator): (usize, &'a PostedIndicator)| {
        let own = unit.cells.get(at);
        let members = group.units.iter().filter(|unit| !unit.external);
        let cells = members.filter_map(|unit| unit.cells.get(at));
        let shares: Vec<i32> = cells.filter_map(|cell| share_of(indicator, cell)).collect();
        Row {
            indicator,
            points: own.and_then(|cell| cell.points.as_deref()),
            spoke: Spoke {
                share: own.and_then(|cell| share_of(indicator, cell)),
                mean: mean(&shares),
            },
        }
    };
    scored.into_iter().map(row).collect()
}

/// Points of the points at most, in thousandths.
fn share_of(indicator: &PostedIndicator, cell: &PostedCell) -> Option<i32> {
    let points = thousandths(cell.points.as_deref()?)?;
    let share = points
        .checked_mul(WHOLE)?
        .checked_div(thousandths(&indicator.weight)?)?;
    i32::try_from(share.clamp(0, WHOLE)).ok()
}

fn mean(shares: &[i32]) -> Option<i32> {
    let count = i32::try_from(shares.len()).ok()?;
    shares.iter().sum::<i32>().checked_div(count)
}

/// `96.4%`, or a dash.
fn share(thousandths: Option<i32>) -> String {
    let percent = |share: i32| format!("{}.{}%", share / 10, share % 10);
    thousandths.map_or_else(|| "—".to_owned(), percent)
}

fn table(lang: Lang, rows: &[Row<'_>]) -> AnyView {
    let heads = [
        text::unit_col_points(lang),
        text::unit_col_weight(lang),
        text::unit_col_share(lang),
        text::unit_col_mean(lang),
    ];
    let heads = heads.map(str::to_owned).to_vec();
    let mut lines = Markup::new();
    for row in rows {
        let figures = [
            row.points.map_or_else(|| "—".to_owned(), format::figure),
            row.indicator.weight.clone(),
            share(row.spoke.share),
            share(row.spoke.mean),
        ];
        lines
            .tags("<tr><th scope=\"row\">")
            .words(&row.indicator.name);
        lines.tags("</th>");
        for figure in &figures {
            lines.tags("<td data-num>").words(figure).tags("</td>");
        }
        lines.tags("</tr>");
    }
    figure_table(
        text::unit_profile(lang).to_owned(),
        text::unit_col_indicator(lang),
        heads,
        lines,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::month::indicator::{Against, Better, Rule};

    fn indicator(weight: &str) -> PostedIndicator {
        PostedIndicator {
            code: String::new(),
            name: String::new(),
            measure: String::new(),
            weight: weight.to_owned(),
            better: Better::Higher,
            rule: Rule::Target,
            against: Against::Base,
            public: true,
            groups: Vec::new(),
        }
    }

    fn cell(points: Option<&str>) -> PostedCell {
        PostedCell {
            points: points.map(str::to_owned),
            ..PostedCell::default()
        }
    }

    #[test]
    fn a_share_is_of_the_weight_and_what_has_no_points_has_none() {
        for (points, weight, expected) in [
            (Some("24.10"), "25", Some(964)),
            (Some("0.00"), "25", Some(0)),
            (None, "25", None),
            (Some("3"), "0", None),
            (Some("-3"), "10", Some(0)),
        ] {
            assert_eq!(share_of(&indicator(weight), &cell(points)), expected);
        }
    }

    #[test]
    fn a_share_is_told_with_one_decimal() {
        assert_eq!(share(Some(964)), "96.4%");
        assert_eq!(share(None), "—");
        assert_eq!((mean(&[900, 1000]), mean(&[])), (Some(950), None));
    }
}
