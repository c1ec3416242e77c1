//! The judge's own order of all sheets with a total, and where the one under review stands in it.

use super::scope::Scope;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, live};
use crate::prefs::lang;
use crate::text;
use domain::ids::EntryId;
use leptos::prelude::*;
use sync::draft::{SheetSum, own_ranking, sealed_total};

#[component]
pub fn OwnOrder(scope: Scope, entry: EntryId, total: Kept<Option<SheetSum>>) -> impl IntoView {
    let lang = lang();
    let order = Kept::new(move || order(scope, entry, total.get()));
    live(move || {
        let order = order.get();
        let place = order.iter().find(|row| row.3).map(|row| row.0)?;
        let count = order.len();
        let rows = order.into_iter().map(|(rank, name, figure, is_this)| {
            let class = if is_this { "ring" } else { "" };
            let on = is_this.then_some("");
            view! {
                <li class=class data-on=on>
                    <span>{rank}</span><span>{name}</span><span>{figure}</span>
                </li>
            }
            .mounted()
        });
        Some(
            view! {
                <div class="head">
                    <h2>{text::pad_own_order(lang)}</h2>
                    <span class="sub">{text::pad_own_place(lang, count, place)}</span>
                </div>
                <ol class="order" role="list">{rows.collect_view()}</ol>
            }
            .mounted(),
        )
    })
}

/// Rank, name, total, and whether it is this sheet.
fn order(
    scope: Scope,
    entry: EntryId,
    total: Option<SheetSum>,
) -> Vec<(u32, String, String, bool)> {
    let rows = scope.read(|view, rules| {
        let refs = rules.refs();
        let mut totals: Vec<(EntryId, SheetSum)> = scope.entries.with(|entries| {
            let others = entries.iter().filter(|other| other.entry != entry);
            others
                .filter_map(|other| {
                    let sheet = other.current.as_ref()?;
                    Some((other.entry, sealed_total(&refs, &sheet.marks)?))
                })
                .collect()
        });
        totals.extend(total.map(|total| (entry, total)));
        let ranked = own_ranking(&totals).into_iter();
        ranked
            .map(|(rank, id, total)| {
                let name = view.entries.iter().find(|known| known.id == id);
                let name = name.map(|known| known.name.clone()).unwrap_or_default();
                (rank, name, rules.sum_text(total), id == entry)
            })
            .collect()
    });
    rows.unwrap_or_default()
}
