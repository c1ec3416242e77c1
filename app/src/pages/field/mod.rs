//! Outside contests: an inspector's records (检查记录), and what a unit sees of its own and may
//! appeal against. Like a pad it starts from the offline shell and seals into the outbox.

mod form;
mod own;
mod points;
mod records;
mod work;

use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, live};
use crate::pad::PadHandle;
use crate::pages::seat::frame::Frame;
use crate::pages::seat::scope::with_field;
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;
use work::Work;

#[component]
pub fn Field() -> impl IntoView {
    with_field(page)
}

fn page(pad: PadHandle) -> Mounted {
    let work = Work::new(pad);
    let lang = lang();
    let is_unit = Kept::new(move || work.read(|view| view.seat.class == "unit") == Some(true));
    let title = Signal::derive(move || {
        let title = match is_unit.get() {
            true => text::field_title_unit(lang),
            false => text::field_title_inspector(lang),
        };
        title.to_owned()
    });
    let context = Signal::derive(move || {
        work.read(|view| format!("{} · {}", view.contest.title, view.seat.class_name))
            .unwrap_or_default()
    });
    let content = live(move || match is_unit.get() {
        true => own::own(work),
        false => records::records(work),
    });
    let dock = live(move || (!is_unit.get()).then(|| records::dock(work))).mounted();
    view! { <Frame title context dock>{content}</Frame> }.mounted()
}
