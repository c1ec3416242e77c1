//! Outside contests: an inspector's records (检查记录), a confirmer's look at them, a department's
//! figures (录数), and what a unit sees of its own, appeals against and replies to. Like a pad it
//! starts from the offline shell and seals into the outbox.

mod ask;
mod confirm;
mod due;
mod entry;
mod flags;
mod form;
mod indicators;
mod items;
mod kept;
mod own;
mod photo;
mod points;
mod records;
mod replies;
mod sheet;
mod slips;
mod standing;
mod work;

use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, live};
use crate::pad::PadHandle;
use crate::pages::seat::frame::Frame;
use crate::pages::seat::scope::with_field;
use crate::prefs::lang;
use crate::text;
use entry::Entry;
use leptos::prelude::*;
use work::Work;

#[component]
pub fn Field() -> impl IntoView {
    with_field(page)
}

/// What the card is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Inspector,
    Unit,
    Source,
    Confirmer,
}

fn role(class: &str) -> Role {
    match class {
        "unit" => Role::Unit,
        "source" => Role::Source,
        "confirmer" => Role::Confirmer,
        _ => Role::Inspector,
    }
}

fn page(pad: PadHandle) -> Mounted {
    let work = Work::new(pad);
    let lang = lang();
    let role = Kept::new(move || work.read(|view| role(&view.seat.class)));
    let role = move || role.get().unwrap_or(Role::Inspector);
    let title = Signal::derive(move || {
        let title = match role() {
            Role::Unit => text::field_title_unit(lang),
            Role::Inspector => text::field_title_inspector(lang),
            Role::Source => text::field_title_source(lang),
            Role::Confirmer => text::field_title_confirmer(lang),
        };
        title.to_owned()
    });
    let context = Signal::derive(move || {
        work.read(|view| format!("{} · {}", view.contest.title, view.seat.class_name))
            .unwrap_or_default()
    });
    let entry = Entry::new(work);
    let content = live(move || match role() {
        Role::Unit => own::own(work),
        Role::Inspector => records::records(work),
        Role::Source => entry::entry(entry),
        Role::Confirmer => confirm::confirm(work),
    });
    // Not above a form: whoever writes is at work.
    let is_writing = work.is_writing();
    let due = live(move || match is_writing.get() {
        true => None,
        false => due::due(work, lang),
    });
    let dock = live(move || match role() {
        Role::Inspector => Some(records::dock(work)),
        Role::Source => Some(entry::dock(entry)),
        Role::Unit | Role::Confirmer => None,
    })
    .mounted();
    view! { <Frame title context dock>{due} {content} {kept::kept(work)}</Frame> }.mounted()
}
