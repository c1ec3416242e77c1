//! What was measured, how it became points, and every figure of every unit.

use super::heat::{field, key};
use crate::components::figure_table::figure_table;
use crate::components::markup::Markup;
use crate::components::standing::{checkpoint_words, movement_tags, signed};
use crate::format;
use crate::text::{self, Lang};
use domain::month::Period;
use domain::month::indicator::{Better, Rule};
use domain::number::Decimal;
use leptos::prelude::*;
use sync::posted_month::{PostedCell, PostedGroup, PostedIndicator, PostedMonth, PostedUnit};

/// The indicators, each with its weight and its rule in words.
pub fn indicators(lang: Lang, month: &PostedMonth) -> Option<AnyView> {
    if month.indicators.is_empty() {
        return None;
    }
    let rows: Vec<_> = month
        .indicators
        .iter()
        .zip(1_u32..)
        .map(|(indicator, number)| row(lang, number, indicator))
        .collect();
    let version = text::contest_version(lang, month.title.clone(), month.charter_version);
    let source = (!month.source.is_empty()).then(|| {
        let line = text::contest_source(lang, month.source.clone());
        view! { <p class="note pad-x">{line}</p> }
    });
    let view = view! {
        <div class="head"><h2 id="indicators">{text::standings_indicators(lang)}</h2></div>
        <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
        <p class="note pad-x block-gap">{version}</p>
        {source}
    };
    Some(view.into_any())
}

fn row(lang: Lang, number: u32, indicator: &PostedIndicator) -> AnyView {
    let is_scored = indicator.weight.parse::<Decimal>() != Ok(Decimal::ZERO);
    let (weight, rule) = if is_scored {
        let weight = text::standings_weight(lang, indicator.weight.clone());
        (Some(weight), rule_line(lang, indicator))
    } else {
        (None, text::standings_not_scored(lang).to_owned())
    };
    let rule = match indicator.dimension.as_str() {
        // Said already by its own name.
        dimension if dimension.is_empty() || dimension == indicator.name => rule,
        dimension => [dimension, &rule].join(text::home_comma(lang)),
    };
    let lower = (indicator.better == Better::Lower).then(|| {
        view! { <span class="tag">{text::standings_lower(lang)}</span> }
    });
    let names = &indicator.groups;
    let groups = (!names.is_empty()).then(|| {
        let words = text::standings_asked_of(lang, names.join(text::unit_list_comma(lang)));
        view! { <p class="row-text">{words}</p> }
    });
    view! {
        <li class="row">
            <span class="row-no">{number}</span>
            <div class="row-main">
                <p class="row-name">{with_measure(lang, indicator)} " " {lower}</p>
                <p class="row-text">{rule}</p>
                {groups}
            </div>
            <div class="row-end"><span class="sub">{weight}</span></div>
        </li>
    }
    .into_any()
}

fn rule_line(lang: Lang, indicator: &PostedIndicator) -> String {
    let rule = rule(lang, &indicator.rule);
    match indicator.against.is_base() {
        true => rule,
        false => [rule, text::standings_by_raised(lang).to_owned()].join(text::home_comma(lang)),
    }
}

/// How figures become points, in words.
fn rule(lang: Lang, rule: &Rule) -> String {
    let share = |part: &Decimal| format::share(&part.to_string());
    match rule {
        Rule::Target => text::standings_rule_target(lang).to_owned(),
        Rule::Rank { step } => text::standings_rule_rank(lang, share(step)),
        Rule::Mixed { target, step } => {
            text::standings_rule_mixed(lang, share(step), share(target))
        }
        Rule::Pace { step } => text::standings_rule_pace(lang, share(step)),
    }
}

/// An indicator's name, and what it is measured in.
#[must_use]
pub fn with_measure(lang: Lang, indicator: &PostedIndicator) -> String {
    let (name, measure) = (indicator.name.clone(), indicator.measure.clone());
    if measure.is_empty() {
        return name;
    }
    text::standings_measured(lang, measure, name)
}

/// Units by indicators, a table for each group: places are inside a group.
pub fn matrix(lang: Lang, month: &PostedMonth) -> Option<AnyView> {
    if month.indicators.is_empty() {
        return None;
    }
    let groups = month.groups.iter();
    let groups: Vec<_> = groups.map(|one| group(lang, month, one)).collect();
    let view = view! {
        <div class="head"><h2 id="matrix">{text::standings_matrix(lang)}</h2></div>
        {key(lang, month)}
        {groups}
        <p class="note pad-x block-gap">{text::standings_matrix_hint(lang)}</p>
    };
    Some(view.into_any())
}

/// The group as a field of colours over its table, or the table alone where no figure can be held
/// against anything. Nothing of a group that no indicator is asked of.
fn group(lang: Lang, month: &PostedMonth, group: &PostedGroup) -> Option<AnyView> {
    month.asked_of(group).next()?;
    let table = table(lang, month, group);
    let content = match field(lang, month, group) {
        Some(field) => view! {
            {field}
            <details class="fold pad-x">
                <summary>{text::standings_heat_table(lang)}</summary>
                {table}
            </details>
        }
        .into_any(),
        None => table,
    };
    let view = view! {
        <h3 class="sub pad-x block-gap">{group.name.clone()}</h3>
        {content}
    };
    Some(view.into_any())
}

fn table(lang: Lang, month: &PostedMonth, group: &PostedGroup) -> AnyView {
    let heads: Vec<_> = month
        .asked_of(group)
        .map(|(_, indicator)| with_measure(lang, indicator))
        .collect();
    let mut rows = Markup::new();
    for unit in &group.units {
        unit_row(&mut rows, lang, (month, group, unit));
    }
    let label = text::standings_matrix_of(lang, group.name.clone());
    figure_table(label, text::standings_unit(lang), heads, rows)
}

fn unit_row(
    to: &mut Markup,
    lang: Lang,
    (month, group, unit): (&PostedMonth, &PostedGroup, &PostedUnit),
) {
    to.tags("<tr><th scope=\"row\">")
        .words(&unit.name)
        .tags("</th>");
    for (_, cell) in month.figures(group, unit) {
        to.tags("<td data-num>");
        self::cell(to, lang, month.period, cell);
        to.tags("</td>");
    }
    to.tags("</tr>");
}

fn cell(to: &mut Markup, lang: Lang, period: Period, cell: &PostedCell) {
    let Some(value) = &cell.value else {
        let words = text::standings_not_reported(lang);
        to.tags("—<span class=\"vh\">").words(words).tags("</span>");
        return;
    };
    let completion = cell.completion.as_ref();
    let completion = completion.map(|done| format!("{}%", format::figure(done)));
    let raised = cell.raised_completion.as_deref();
    let raised = raised.map(|done| text::standings_raised(lang, format::figure(done)));
    let rank = cell.rank.map(|rank| text::standings_place(lang, rank));
    let growth = cell.growth.as_deref();
    let growth = growth.map(|growth| text::standings_growth(lang, signed(growth)));
    let parts = [
        completion,
        raised,
        checkpoint_words(lang, period, cell),
        growth,
        rank,
    ];
    let line: Vec<_> = parts.into_iter().flatten().collect();
    to.tags("<b>").words(&format::figure(value)).tags("</b>");
    to.tags("<span class=\"cell-line\">");
    to.words(&line.join(text::home_comma(lang))).tags(" ");
    if let Some(moved) = cell.moved {
        to.tags("<span class=\"move\">");
        movement_tags(to, lang, moved);
        to.tags("</span>");
    }
    to.tags("</span>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_told_in_shares() {
        let decimal = |text: &str| text.parse().expect("a decimal");
        let mixed = Rule::Mixed {
            target: decimal("0.6"),
            step: decimal("0.05"),
        };
        assert_eq!(
            rule(Lang::Zh, &mixed),
            "达到目标得 60%，其余看名次，每低一名少 5%"
        );
        let pace = Rule::Pace {
            step: decimal("0.02"),
        };
        assert_eq!(
            rule(Lang::Zh, &pace),
            "跟上序时得满分，每落后 1 个百分点少 2%"
        );
    }
}
