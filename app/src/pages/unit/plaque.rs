//! The one large figure of the page: the unit's place, with the list it is on at its side.

use crate::components::standing::{flag, handed, moved_words, movement, streak};
use crate::format;
use crate::pages::month::list_name;
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::posted_month::{PostedFlags, PostedGroup, PostedMonth, PostedUnit};

pub fn plaque(lang: Lang, month: &PostedMonth, group: &PostedGroup, unit: &PostedUnit) -> AnyView {
    // Once the black list is down, nobody's page tells who was on it and who was not.
    let none = match month.taken_down {
        0 => text::unit_none(lang),
        _ => text::unit_black_over(lang),
    };
    let (name, kind) = unit
        .listed
        .map_or((none, "none"), |listed| list_name(lang, listed));
    let heading = text::unit_heading(lang, format::month(lang, month.period));
    view! {
        <section class="plaque" data-board=kind aria-labelledby="place">
            <p class="spine"><span class="spine-in">{name}</span></p>
            <div class="plaque-main">
                <h3 id="place">{heading}</h3>
                <div class="plaque-rank">
                    {rank(lang, unit)}
                    <p class="plaque-side">{side(lang, month, group, unit)}</p>
                </div>
                {flags(lang, month, group, unit)}
            </div>
        </section>
    }
    .into_any()
}

fn rank(lang: Lang, unit: &PostedUnit) -> AnyView {
    match unit.rank {
        Some(rank) => view! {
            <p class="rank">
                {text::unit_rank_before(lang)} " " <span class="num">{rank}</span> " "
                {text::unit_rank_after(lang)}
            </p>
        }
        .into_any(),
        None if unit.external => {
            view! { <p class="rank"><b>{text::standings_external(lang)}</b></p> }.into_any()
        }
        None => view! { <p class="rank"><b>{text::result_held(lang)}</b></p> }.into_any(),
    }
}

fn side(lang: Lang, month: &PostedMonth, group: &PostedGroup, unit: &PostedUnit) -> AnyView {
    let was = unit
        .rank
        .zip(unit.moved)
        .and_then(|(rank, moved)| u32::try_from(i64::from(rank).checked_add(moved)?).ok())
        .map(|rank| text::unit_was(lang, rank));
    let score = unit
        .score
        .as_deref()
        .map(|score| text::unit_score(lang, format::figure(score)));
    let in_year = unit.moved_in_year.zip(month.period.year_before());
    let in_year = in_year.map(|(moved, period)| {
        text::unit_in_year(lang, format::month(lang, period), moved_words(lang, moved))
    });
    let more: Vec<_> = in_year
        .into_iter()
        .chain(score)
        .chain(streak(lang, unit.first_in_a_row))
        .map(|line| view! { <span>{line}</span> })
        .collect();
    view! {
        <span class="note">{text::unit_of(lang, group.name.clone(), group.ranked())}</span>
        <span><b>{movement(lang, unit.moved)}</b> " " {was}</span>
        {more}
    }
    .into_any()
}

/// The flags that the unit holds at the month's end.
fn flags(
    lang: Lang,
    month: &PostedMonth,
    group: &PostedGroup,
    unit: &PostedUnit,
) -> Option<AnyView> {
    let held = |flags: &PostedFlags| -> Vec<AnyView> {
        let own = flags
            .hand_overs
            .iter()
            .filter(|one| one.to == Some(unit.unit));
        own.map(|one| {
            let line = handed(lang, month, one);
            let flag = flag(lang, flags, one.number);
            view! { <li>{flag} " " <span class="note">{line}</span></li> }.into_any()
        })
        .collect()
    };
    let held: Vec<_> = group.flags.iter().flat_map(held).collect();
    (!held.is_empty()).then(|| view! { <ul class="flags" role="list">{held}</ul> }.into_any())
}
