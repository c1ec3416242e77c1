//! The places of each group.

use crate::backend::MonthPage;
use crate::components::ranking::place;
use crate::components::standing::{movement, streak};
use crate::text::{self, Lang};
use crate::{format, paths};
use leptos::prelude::*;
use sync::posted_month::{PostedGroup, PostedUnit};

pub fn groups(lang: Lang, page: &MonthPage) -> AnyView {
    let groups = page.month.groups.iter();
    let groups: Vec<_> = groups
        .map(|group| self::group(lang, group, page.has_units))
        .collect();
    groups.into_any()
}

fn group(lang: Lang, group: &PostedGroup, has_units: bool) -> AnyView {
    let units = group.units.iter();
    let rows: Vec<_> = units.map(|unit| row(lang, unit, has_units)).collect();
    view! {
        <div class="head">
            <h2>{group.name.clone()}</h2>
            <span class="sub">{text::standings_count(lang, group.units.len())}</span>
        </div>
        <section class="sheet"><ol class="ledger" role="list">{rows}</ol></section>
    }
    .into_any()
}

/// The way to the unit's page, for whoever may open that.
fn row(lang: Lang, unit: &PostedUnit, has_page: bool) -> AnyView {
    let line = streak(lang, unit.first_in_a_row)
        .map(|words| view! { <span class="row-text">{words}</span> });
    let content = view! {
        {place(unit.rank)}
        <span class="row-main">
            <span class="row-name">{unit.name.clone()}</span>
            {line}
        </span>
        <span class="row-end">{score(lang, unit)}</span>
    };
    match has_page {
        true => {
            view! { <li><a class="row" href=paths::unit(unit.unit)>{content}</a></li> }.into_any()
        }
        false => view! { <li class="row">{content}</li> }.into_any(),
    }
}

fn score(lang: Lang, unit: &PostedUnit) -> AnyView {
    match &unit.score {
        Some(score) => view! {
            <span class="num">{format::figure(score)}</span>
            {movement(lang, unit.moved)}
        }
        .into_any(),
        None if unit.external => {
            view! { <span class="tag">{text::standings_external(lang)}</span> }.into_any()
        }
        None => view! { <span class="tag">{text::result_held(lang)}</span> }.into_any(),
    }
}
