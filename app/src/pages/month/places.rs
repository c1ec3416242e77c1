//! The places of each group.

use crate::components::ranking::place;
use crate::components::standing::{movement, streak};
use crate::text::{self, Lang};
use crate::{format, paths};
use leptos::prelude::*;
use sync::posted_month::{PostedGroup, PostedMonth, PostedUnit};

pub fn groups(lang: Lang, month: &PostedMonth) -> AnyView {
    let groups: Vec<_> = month
        .groups
        .iter()
        .map(|group| self::group(lang, group))
        .collect();
    groups.into_any()
}

fn group(lang: Lang, group: &PostedGroup) -> AnyView {
    let rows: Vec<_> = group.units.iter().map(|unit| row(lang, unit)).collect();
    view! {
        <div class="head">
            <h2>{group.name.clone()}</h2>
            <span class="sub">{text::standings_count(lang, group.units.len())}</span>
        </div>
        <section class="sheet"><ol class="ledger" role="list">{rows}</ol></section>
    }
    .into_any()
}

fn row(lang: Lang, unit: &PostedUnit) -> AnyView {
    let line = streak(lang, unit.first_in_a_row)
        .map(|words| view! { <span class="row-text">{words}</span> });
    view! {
        <li>
            <a class="row" href=paths::unit(unit.unit)>
                {place(unit.rank)}
                <span class="row-main">
                    <span class="row-name">{unit.name.clone()}</span>
                    {line}
                </span>
                <span class="row-end">{score(lang, unit)}</span>
            </a>
        </li>
    }
    .into_any()
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
