//! How many documents each unit got in the season, and how long it has been behind (GY-18).

use crate::backend::{SlipsPage, UnitSlips};
use crate::text::{self, Lang};
use leptos::prelude::*;

pub fn units(lang: Lang, page: &SlipsPage) -> AnyView {
    if page.units.is_empty() {
        return ().into_any();
    }
    let slips: u32 = page.units.iter().map(|unit| unit.slips).sum();
    let talks: Option<u32> = page.units.iter().map(|unit| unit.talks).sum();
    let sum = match talks {
        Some(talks) => text::slip_units_sum_talks(lang, slips, talks),
        None => text::slip_units_sum(lang, slips),
    };
    let head = talks.map(|_| view! { <th scope="col" data-num="">{text::slip_talks(lang)}</th> });
    let rows: Vec<_> = page.units.iter().map(|unit| row(lang, unit)).collect();
    view! {
        <div class="head">
            <h2>{text::slip_units(lang)}</h2>
            <span class="sub">{sum}</span>
        </div>
        <div class="table-box" tabindex="0" role="region" aria-label=text::slip_units_table(lang)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{text::slip_unit(lang)}</th>
                        <th scope="col" data-num="">{text::slip_slips(lang)}</th>
                        {head}
                        <th scope="col" data-num="">{text::slip_in_a_row(lang)}</th>
                        <th scope="col">{text::slip_group(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(lang: Lang, unit: &UnitSlips) -> AnyView {
    let talks = unit
        .talks
        .map(|talks| view! { <td class="num" data-num="">{talks}</td> });
    let behind = match unit.behind {
        0 => "—".to_owned(),
        months => text::slip_in_a_row_n(lang, months),
    };
    view! {
        <tr>
            <th scope="row">{unit.name.clone()}</th>
            <td class="num" data-num="">{unit.slips}</td>
            {talks}
            <td data-num="">{behind}</td>
            <td>{unit.group.clone()}</td>
        </tr>
    }
    .into_any()
}
