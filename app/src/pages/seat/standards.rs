//! The wording of every level of the criterion at work, and the judge's private note, which stays
//! on this device.

use super::scope::Scope;
use super::working::Working;
use crate::components::dialog::Dialog;
use crate::components::slider::level_words;
use crate::mounted::{IntoMounted, act, live};
use crate::pad::Command;
use crate::prefs::lang;
use crate::text;
use domain::ids::EntryId;
use leptos::prelude::*;

#[component]
pub fn Standards(working: Working, open: RwSignal<bool>) -> impl IntoView {
    let lang = lang();
    let name = move || working.with_current(|c| c.name.clone()).unwrap_or_default();
    let title = Signal::derive(move || text::pad_standards_of(lang, name()));
    let levels = move || {
        working.with_current(|criterion| {
            let rows = criterion.levels.iter().map(|level| {
                let words = level_words(lang, criterion, level);
                let name = level.name.clone();
                view! { <li><b>{name}</b>" "{words}</li> }.mounted()
            });
            let scale = text::pad_scale(lang, criterion.max, criterion.min, criterion.step);
            view! {
                <p class="sub">{scale}</p>
                <ul class="level-list" role="list">{rows.collect_view()}</ul>
            }
            .mounted()
        })
    };
    view! {
        <Dialog
            open
            title
            acts=move || {
                view! {
                    <button class="btn" data-kind="main" on:click=act(move |_| open.set(false))>
                        {text::prefs_close(lang)}
                    </button>
                }.mounted()
            }
        >
            {live(levels)}
            <PrivateNote scope=working.scope entry=working.entry />
        </Dialog>
    }
    .mounted()
}

/// The private note. It never leaves the phone, and goes with the seat's database.
#[component]
pub fn PrivateNote(scope: Scope, entry: EntryId) -> impl IntoView {
    let lang = lang();
    let pad = scope.pad;
    let words = pad
        .notes
        .with_untracked(|notes| notes.get(&entry).cloned().unwrap_or_default());
    let keep = act(move |event| pad.send(Command::Note(entry, event_target_value(&event))));
    view! {
        <div class="field">
            <label class="lab" for="note">{text::pad_note(lang)}</label>
            <textarea class="input" id="note" rows="3" aria-describedby="note-why" on:input=keep>
                {words}
            </textarea>
            <p class="field-hint" id="note-why">{text::pad_note_why(lang)}</p>
        </div>
    }
    .mounted()
}
