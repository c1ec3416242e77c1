//! 与上月相比: who comes onto a list and who leaves it, which flags change hands, who moves most, and
//! what follows for whom, before it is posted.

use crate::backend::{
    Comparison, FlagChange, FollowChange, ListChange, MonthDesk, MonthStage, PlaceChange,
};
use crate::components::standing::movement;
use crate::format;
use crate::text::{self, Lang};
use leptos::prelude::*;

/// Nothing of a month that was posted as it is.
pub fn comparison(lang: Lang, desk: &MonthDesk) -> Option<AnyView> {
    if desk.stage == MonthStage::Posted && !desk.is_changed {
        return None;
    }
    let Some(comparison) = &desk.comparison else {
        let none = text::month_against_none(lang);
        return Some(view! { <p class="note pad-x block-gap">{none}</p> }.into_any());
    };
    let content = match comparison.is_empty() {
        true => {
            let same = text::month_against_same(lang);
            view! { <p class="note pad-x block-gap">{same}</p> }.into_any()
        }
        false => view! {
            {lists(lang, comparison)}
            {flags(lang, &comparison.flags)}
            {places(lang, comparison)}
            {follows(lang, &comparison.follows)}
        }
        .into_any(),
    };
    let view = view! {
        <div class="head"><h2>{against(lang, desk, comparison)}</h2></div>
        {content}
    };
    Some(view.into_any())
}

fn against(lang: Lang, desk: &MonthDesk, comparison: &Comparison) -> String {
    let month = format::month(lang, comparison.period);
    if comparison.period == desk.period {
        return text::month_against_edition(lang, comparison.edition);
    }
    match comparison.period.next() == Some(desk.period) {
        true => text::month_against_before(lang, month),
        false => text::month_against_earlier(lang, month),
    }
}

/// A table of what changes: what it is of, its heads and its rows.
fn table(label: &'static str, heads: &[&'static str], rows: Vec<AnyView>) -> AnyView {
    let heads: Vec<_> = heads
        .iter()
        .map(|head| view! { <th scope="col">{*head}</th> })
        .collect();
    view! {
        <div class="head"><h3>{label}</h3></div>
        <div class="table-box" tabindex="0" role="region" aria-label=label>
            <table class="table" data-kind="changes">
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn lists(lang: Lang, comparison: &Comparison) -> AnyView {
    let of = |name: &'static str, change: &ListChange| {
        [
            (text::month_against_joins(lang, name), change.joins.clone()),
            (
                text::month_against_leaves(lang, name),
                change.leaves.clone(),
            ),
        ]
    };
    let rows = [
        of(text::month_red(lang), &comparison.red),
        of(text::month_black(lang), &comparison.black),
    ];
    let rows = rows.into_iter().flatten();
    let rows: Vec<_> = rows
        .filter(|(_, names)| !names.is_empty())
        .map(|(change, names)| {
            let names = names.join(text::unit_list_comma(lang));
            view! { <tr><th scope="row" class="nw">{change}</th><td data-wrap="">{names}</td></tr> }
                .into_any()
        })
        .collect();
    if rows.is_empty() {
        let same = text::month_against_lists_same(lang);
        return view! { <p class="note pad-x block-gap">{same}</p> }.into_any();
    }
    let heads = [
        text::month_against_list(lang),
        text::month_against_units(lang),
    ];
    table(text::month_against_lists(lang), &heads, rows)
}

fn flags(lang: Lang, flags: &[FlagChange]) -> Option<AnyView> {
    let holder = |name: &Option<String>| match name {
        Some(name) => name.clone(),
        None => text::standings_with_organiser(lang).to_owned(),
    };
    let row = |flag: &FlagChange| {
        let to = match flag.is_kept {
            true => text::standings_kept(lang).to_owned(),
            false => holder(&flag.to),
        };
        view! {
            <tr>
                <th scope="row">
                    {text::standings_flag(lang, flag.number, flag.name.clone())}
                    <span class="cell-line">{flag.group.clone()}</span>
                </th>
                <td>{holder(&flag.from)}</td>
                <td>{to}</td>
            </tr>
        }
        .into_any()
    };
    let heads = [
        text::month_against_flag(lang),
        text::month_against_from(lang),
        text::month_against_to(lang),
    ];
    let rows: Vec<_> = flags.iter().map(row).collect();
    (!rows.is_empty()).then(|| table(text::month_against_flags(lang), &heads, rows))
}

fn places(lang: Lang, comparison: &Comparison) -> Option<AnyView> {
    if comparison.places.is_empty() {
        return None;
    }
    let place = |place: Option<u32>| place.map_or_else(|| "—".to_owned(), |at| at.to_string());
    let row = |one: &PlaceChange| {
        view! {
            <tr>
                {unit(&one.name, &one.group)}
                <td class="num">{format!("{} → {}", place(one.before), place(one.now))}</td>
                <td>{movement(lang, one.moved())}</td>
            </tr>
        }
        .into_any()
    };
    let heads = [
        text::month_against_units(lang),
        text::month_against_place(lang),
        text::month_against_moved(lang),
    ];
    let rows = comparison.places.iter().map(row).collect();
    let more = comparison.more_places;
    let more = (0 < more).then(|| {
        let words = text::month_against_places_more(lang, more);
        view! { <p class="note pad-x block-gap">{words}</p> }
    });
    let table = table(text::month_against_places(lang), &heads, rows);
    Some(view! { {table} {more} }.into_any())
}

fn follows(lang: Lang, follows: &[FollowChange]) -> Option<AnyView> {
    let row = |one: &FollowChange| {
        let behind = one.is_newly_behind.then(|| {
            let words = text::month_against_behind(lang);
            view! { <span class="tag" data-tone="wait">{words}</span> }
        });
        let due = (!one.due.is_empty()).then(|| {
            let documents = one.due.join(text::unit_list_comma(lang));
            text::month_against_proposed(lang, documents)
        });
        view! {
            <tr>
                {unit(&one.name, &one.group)}
                <td>{behind} " " {due}</td>
            </tr>
        }
        .into_any()
    };
    let heads = [
        text::month_against_units(lang),
        text::month_against_follow(lang),
    ];
    let rows: Vec<_> = follows.iter().map(row).collect();
    (!rows.is_empty()).then(|| table(text::month_against_follows(lang), &heads, rows))
}

fn unit(name: &str, group: &str) -> AnyView {
    view! {
        <th scope="row">
            {name.to_owned()} <span class="cell-line">{group.to_owned()}</span>
        </th>
    }
    .into_any()
}
