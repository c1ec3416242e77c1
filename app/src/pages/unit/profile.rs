//! How evenly the unit does: its points by dimension, drawn on spokes against the mean of its
//! group, and as a table that unfolds each dimension to what it comes from.

use super::axes::{Axis, By, axes, is_drawn, share};
use crate::backend::UnitPage;
use crate::components::chart::radar::radar;
use crate::components::figure_table::figure_table;
use crate::components::markup::Markup;
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::posted_month::{PostedGroup, PostedMonth, PostedUnit};

/// Nothing where there is nothing to hold against the group, and nothing of a peer from outside.
pub fn profile(
    lang: Lang,
    page: &UnitPage,
    month: &PostedMonth,
    group: &PostedGroup,
    unit: &PostedUnit,
) -> Option<AnyView> {
    let (by, axes) = axes(lang, month, group, (unit, page.dimensions.as_ref()));
    if axes.is_empty() || unit.external {
        return None;
    }
    let (title, hint) = words(lang, by);
    let table = table(lang, by, &axes);
    let is_drawn = is_drawn(&axes);
    let content = match is_drawn {
        true => drawn(lang, by, (&axes, unit), table),
        false => table,
    };
    // Records of others than those on a list are nobody's business.
    let is_closed = by == By::Merit && unit.listed.is_none();
    let closed = is_closed.then(|| {
        view! { <p class="note pad-x block-gap">{text::unit_records_closed(lang)}</p> }
    });
    let hint = is_drawn.then(|| view! { <p class="note pad-x block-gap">{hint}</p> });
    let view = view! {
        <div class="head"><h2>{title}</h2></div>
        <section class="sheet" data-kind="text">{content}</section>
        {hint}
        {closed}
    };
    Some(view.into_any())
}

/// The heading, and what a drawing means.
fn words(lang: Lang, by: By) -> (&'static str, &'static str) {
    match by {
        By::Indicator => (text::unit_profile(lang), text::unit_profile_hint(lang)),
        By::Dimension => (text::unit_dimensions(lang), text::unit_profile_hint(lang)),
        By::Merit => (text::unit_merits(lang), text::unit_merits_hint(lang)),
    }
}

/// The drawing with its key, and the table folded below it.
fn drawn(lang: Lang, by: By, (axes, unit): (&[Axis], &PostedUnit), table: AnyView) -> AnyView {
    let spokes: Vec<_> = axes.iter().map(|axis| axis.spoke).collect();
    let items: Vec<_> = axes
        .iter()
        .map(|axis| {
            let figure = match by {
                By::Merit => axis.figures.first().cloned().unwrap_or_default(),
                By::Indicator | By::Dimension => share(axis.spoke.share),
            };
            text::unit_profile_item(lang, axis.name.clone(), figure)
        })
        .collect();
    let list = items.join(text::unit_list_comma(lang));
    let (title, _) = words(lang, by);
    let label = text::unit_profile_label(lang, list, unit.name.clone(), title);
    let key: Vec<_> = items
        .into_iter()
        .map(|item| view! { <li>{item}</li> })
        .collect();
    view! {
        {radar(&spokes, label)}
        <ol class="radar-key">{key}</ol>
        <details class="fold">
            <summary>{text::unit_numbers(lang)}</summary>
            {table}
        </details>
    }
    .into_any()
}

fn table(lang: Lang, by: By, axes: &[Axis]) -> AnyView {
    let (points, mean) = (text::unit_col_points(lang), text::unit_col_mean(lang));
    let (first, heads) = match by {
        By::Merit => (text::unit_col_dimension(lang), vec![points, mean]),
        By::Indicator | By::Dimension => {
            let first = match by {
                By::Indicator => text::unit_col_indicator(lang),
                By::Dimension | By::Merit => text::unit_col_dimension(lang),
            };
            let (weight, share) = (text::unit_col_weight(lang), text::unit_col_share(lang));
            (first, vec![points, weight, share, mean])
        }
    };
    let mut lines = Markup::new();
    for axis in axes {
        lines.tags("<tr><th scope=\"row\">").words(&axis.name);
        row(&mut lines, &axis.figures);
        for (name, figures) in &axis.parts {
            lines.tags("<tr data-part><th scope=\"row\">").words(name);
            row(&mut lines, figures);
        }
    }
    let (title, _) = words(lang, by);
    let heads = heads.into_iter().map(str::to_owned).collect();
    figure_table(title.to_owned(), first, heads, lines)
}

/// The figures behind a head, and the row's end.
fn row(lines: &mut Markup, figures: &[String]) {
    lines.tags("</th>");
    for figure in figures {
        lines.tags("<td data-num>").words(figure).tags("</td>");
    }
    lines.tags("</tr>");
}
