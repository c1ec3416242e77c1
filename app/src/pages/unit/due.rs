//! What is due of a unit. It is for the unit alone, so the server puts none of it into this page:
//! it comes from the unit's card, where the phone at hand holds it, without network too.

use crate::backend::UnitPage;
use crate::components::icon::Icon;
use crate::format;
use crate::pad::pad;
use crate::pad::view::HolderRow;
use crate::paths;
use crate::text::{self, Lang};
use domain::ids::SeatId;
use leptos::prelude::*;
use sync::protocol::Owed;

/// The cards of this unit that the phone holds, the one with the most to answer first.
fn card_of(page: &UnitPage) -> Signal<Option<(SeatId, Owed)>> {
    let (holders, unit) = (pad().holders, page.unit.id);
    Signal::derive(move || {
        let holders = holders.get().unwrap_or_default().into_iter();
        let of_unit =
            |one: HolderRow| Some((one.seat, one.owed.filter(|owed| owed.unit == Some(unit))?));
        holders
            .filter_map(of_unit)
            .max_by_key(|(_, owed)| owed.count)
    })
}

/// How much waits for an answer, and by when, before everything else.
pub fn due(lang: Lang, page: &UnitPage) -> AnyView {
    let card = card_of(page);
    let line = move || {
        let (seat, owed) = card.get().filter(|(_, owed)| 0 < owed.count)?;
        let words = match owed.until.as_str() {
            "" => text::unit_owed(lang, owed.count),
            until => text::unit_owed_until(lang, owed.count, format::day(lang, until)),
        };
        let view = view! {
            <p class="say no-print" data-tone="wait" role="status">
                <Icon name="slip" />
                <span>
                    {words} " "
                    <a class="inline" rel="external" href=paths::field(seat)>
                        {text::unit_owed_open(lang)}
                    </a>
                </span>
            </p>
        };
        Some(view.into_any())
    };
    line.into_any()
}

/// What a unit gets and answers stands on the page of its card, which this phone may hold.
pub fn own_card(lang: Lang, page: &UnitPage) -> AnyView {
    let card = card_of(page);
    let href = move || {
        card.get()
            .map_or(paths::SEATS.to_owned(), |(seat, _)| paths::field(seat))
    };
    view! {
        <div class="head no-print"><h2>{text::unit_own(lang)}</h2></div>
        <section class="sheet stack no-print" data-kind="text" data-gap="2">
            <p>
                <a class="btn" data-size="small" rel="external" href=href>
                    <Icon name="slip" />
                    {text::unit_own_open(lang)}
                </a>
            </p>
            <p class="note">{text::unit_own_text(lang)}</p>
        </section>
    }
    .into_any()
}
