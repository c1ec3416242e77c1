//! What the month comes to: the lists, each group's places, and what follows for whom.

use super::comparison::comparison;
use crate::backend::{MonthDesk, MonthStage};
use crate::components::standing::{movement, signed};
use crate::format;
use crate::pages::unit::rounded;
use crate::text::{self, Lang};
use domain::month::board::Listed;
use leptos::prelude::*;
use sync::posted_month::{PostedGroup, PostedUnit};

pub fn outcome(lang: Lang, desk: &MonthDesk) -> AnyView {
    let title = match desk.stage {
        MonthStage::Posted if !desk.is_changed => text::month_result(lang),
        _ => text::month_preview(lang),
    };
    let groups: Vec<_> = desk
        .month
        .groups
        .iter()
        .map(|one| group(lang, one))
        .collect();
    view! {
        <div class="head"><h2>{title}</h2></div>
        <section class="sheet" data-kind="text">
            <dl class="facts">
                <dt>{text::month_red(lang)}</dt>
                <dd>{listed(lang, desk, Listed::Red)}</dd>
                <dt>{text::month_black(lang)}</dt>
                <dd>{listed(lang, desk, Listed::Black)}</dd>
            </dl>
        </section>
        {comparison(lang, desk)}
        {groups}
    }
    .into_any()
}

fn listed(lang: Lang, desk: &MonthDesk, which: Listed) -> String {
    let units = desk.month.listed(which).into_iter();
    let names: Vec<_> = units.map(|(_, unit)| unit.name.clone()).collect();
    match names.is_empty() {
        true => text::month_nobody(lang).to_owned(),
        false => names.join(text::home_comma(lang)),
    }
}

fn group(lang: Lang, group: &PostedGroup) -> AnyView {
    let own = group.units.iter().filter(|unit| !unit.external);
    let rounded = own.clone().find_map(|unit| rounded(lang, unit));
    let rounded = rounded.map(|words| view! { <p class="note pad-x block-gap">{words}</p> });
    let rows: Vec<_> = own.map(|unit| row(lang, unit)).collect();
    view! {
        <div class="head">
            <h3>{group.name.clone()}</h3>
            <span class="sub">{text::month_units(lang, rows.len())}</span>
        </div>
        <section class="sheet"><ol class="ledger" role="list">{rows}</ol></section>
        {rounded}
    }
    .into_any()
}

fn row(lang: Lang, unit: &PostedUnit) -> AnyView {
    let formula = unit.figures.as_ref().map(|figures| {
        let (bonus, merit) = (format::figure(&unit.bonus), signed(&unit.merit));
        text::month_formula(lang, bonus, figures, merit)
    });
    let behind = (0 < unit.behind_in_a_row).then(|| {
        let words = text::month_behind(lang, unit.behind_in_a_row);
        view! { <span class="tag" data-tone="wait">{words}</span> }
    });
    let due: Vec<_> = unit
        .due
        .iter()
        .map(|name| view! { <span class="tag">{name.clone()}</span> })
        .collect();
    let score = unit.score.as_deref().map(format::figure);
    let rank = unit
        .rank
        .map_or_else(|| "—".to_owned(), |rank| rank.to_string());
    view! {
        <li class="row">
            <span class="row-no num">{rank}</span>
            <div class="row-main">
                <p class="row-name">{unit.name.clone()}</p>
                <p class="row-text">{formula}</p>
                <p class="cluster">{behind} {due}</p>
            </div>
            <div class="row-end">
                <b class="num">{score.unwrap_or_else(|| text::month_no_place(lang).to_owned())}</b>
                {movement(lang, unit.moved)}
            </div>
        </li>
    }
    .into_any()
}
