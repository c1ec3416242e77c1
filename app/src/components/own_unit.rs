//! The unit that a device remembers, as the first row of the pages that one comes in by.

use crate::backend::OwnUnit;
use crate::components::icon::Icon;
use crate::components::ranking::place;
use crate::components::standing::movement;
use crate::pages::month::list_name;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::month::board::Listed;
use leptos::prelude::*;

/// The unit that this device shows first: its place, before everything else.
pub fn own_unit(lang: Lang, own: &OwnUnit) -> AnyView {
    let rank = own.month.as_ref().and_then(|month| month.rank);
    let line = match &own.month {
        Some(month) => [
            format::month_of_year(lang, month.period).to_owned(),
            text::unit_of(lang, own.group.clone(), month.of),
        ]
        .join(text::home_comma(lang)),
        None => text::unit_empty(lang).to_owned(),
    };
    let listed = own.listed.map(|listed| {
        let tone = (listed == Listed::Red).then_some("honour");
        view! { <span class="tag" data-tone=tone>{list_name(lang, listed).0}</span> }
    });
    view! {
        <section class="sheet block-gap" aria-label=text::boards_own(lang)>
            <ul class="ledger" role="list">
                <li>
                    <a class="row" data-mine="" href=paths::unit(own.id)>
                        {place(rank)}
                        <span class="row-main">
                            <span class="row-name">{own.name.clone()}</span>
                            <span class="row-text">{line} " " {movement(lang, own.moved)}</span>
                        </span>
                        <span class="row-end">{listed} <Icon name="next" /></span>
                    </a>
                </li>
            </ul>
        </section>
    }
    .into_any()
}
