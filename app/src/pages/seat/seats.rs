//! The seats of this device, with what waits of each.

use super::frame::Frame;
use crate::components::icon::Icon;
use crate::mounted::{IntoMounted, Mounted, live};
use crate::pad::pad;
use crate::pad::view::HolderRow;
use crate::paths;
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;
use sync::protocol::HolderKind;

#[component]
pub fn Seats() -> impl IntoView {
    let lang = lang();
    let pad = pad();
    let list = live(move || match pad.holders.get() {
        None => view! { <section class="sheet" aria-busy="true"></section> }.mounted(),
        Some(holders) if holders.is_empty() => none_yet(),
        Some(holders) => rows(holders),
    });
    view! {
        <Frame title=text::seat_seats(lang)>
            {list}
        </Frame>
    }
    .mounted()
}

fn none_yet() -> Mounted {
    let lang = lang();
    view! {
        <section class="sheet empty" data-state="empty">
            <div class="ring"><Icon name="seat" /></div>
            <p><b>{text::seat_none(lang)}</b></p>
            <p class="sub">{text::seat_none_body(lang)}</p>
        </section>
    }
    .mounted()
}

fn rows(holders: Vec<HolderRow>) -> Mounted {
    let rows = holders.into_iter().map(row).collect_view();
    view! {
        <div class="head"><h2>{text::seat_on_device(lang())}</h2></div>
        <section class="sheet"><ol class="ledger" role="list">{rows}</ol></section>
    }
    .mounted()
}

fn row(holder: HolderRow) -> impl IntoView {
    let lang = lang();
    let number = holder
        .number
        .map_or_else(|| "—".to_owned(), |number| number.to_string());
    let title = if holder.contest_title.is_empty() {
        text::seat_no_order(lang).to_owned()
    } else {
        holder.contest_title
    };
    let waiting = (0 < holder.pending).then(|| {
        view! {
            <span class="tag" data-tone="wait">
                <Icon name="up" />
                {text::sync_queued(lang, holder.pending)}
            </span>
        }
        .mounted()
    });
    let owed = holder.owed.filter(|owed| 0 < owed.count).map(|owed| {
        view! {
            <span class="tag" data-tone="wait">
                <Icon name="slip" />
                {text::seat_owed(lang, owed.count)}
            </span>
        }
        .mounted()
    });
    let (href, role) = match holder.kind {
        HolderKind::Host => (
            paths::host(holder.contest),
            text::host_title(lang).to_owned(),
        ),
        kind if kind.is_field() => (paths::field(holder.seat), holder.class_name),
        _ => (paths::seat(holder.seat), holder.class_name),
    };
    view! {
        <li>
            <a class="row" href=href>
                <span class="row-no">{number}</span>
                <span class="row-main">
                    <span class="row-name">{title}</span>
                    <span class="row-text">{role}</span>
                </span>
                <span class="row-end">{owed} {waiting}</span>
            </a>
        </li>
    }
    .mounted()
}
