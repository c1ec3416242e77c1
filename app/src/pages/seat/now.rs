//! The block on top of the list: the entry whose gate is open, or the next one when the pad goes
//! on alone. Once its sheet is sealed it says where that sheet lies.

use super::list_row::progress;
use super::scope::Scope;
use super::words::place_words;
use crate::components::icon::Icon;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, live};
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::EntryId;
use leptos::prelude::*;
use sync::draft::sealed_total;
use sync::offline_mode::{MayScore, Mode};
use sync::overlay::{EntryOverlay, EntryStatus};
use sync::protocol::CredentialState;

/// What the block says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Block {
    entry: EntryId,
    name: String,
    /// The order number, or the total of the sealed sheet.
    figure: String,
    sentence: String,
    button: &'static str,
    is_done: bool,
}

#[component]
pub fn Now(scope: Scope) -> impl IntoView {
    let lang = lang();
    let block = Kept::new(move || block(scope, lang));
    let is_lost = Kept::new(move || {
        let state = scope.read(|view, _| view.credential.state);
        !matches!(
            state,
            Some(CredentialState::Active | CredentialState::Unknown)
        )
    });
    live(move || match block.get() {
        // Another device has the seat: whoever opens a row may still mark, nobody is led to.
        _ if is_lost.get() => ().mounted(),
        Some(block) => shown(scope, block, lang),
        None => view! {
            <p class="say"><Icon name="clock" /><span>{idle(scope, lang)}</span></p>
        }
        .mounted(),
    })
}

fn shown(scope: Scope, block: Block, lang: Lang) -> Mounted {
    let href = paths::pad(scope.seat, block.entry);
    let (state, kind) = if block.is_done {
        (Some("done"), None)
    } else {
        (None, Some("main"))
    };
    view! {
        <section class="now ring" data-state=state aria-label=text::seat_now(lang)>
            <h2>{block.name}</h2>
            <span class="num">{block.figure}</span>
            <p class="sub wide">{block.sentence}</p>
            <a class="btn" data-kind=kind href=href>{block.button}<Icon name="next" /></a>
        </section>
    }
    .mounted()
}

/// A pad alone waits for nobody: when nothing is left to mark, it has been through the order.
fn idle(scope: Scope, lang: Lang) -> &'static str {
    match scope.pad.mode.with(|mode| mode.mode()) {
        Mode::Alone => text::seat_all_through(lang),
        Mode::Following | Mode::Offered => text::seat_nobody(lang),
    }
}

fn block(scope: Scope, lang: Lang) -> Option<Block> {
    let overlay = scope.entries.with(|entries| pick(entries).cloned())?;
    let entry = scope.entry(overlay.entry)?;
    let block = Block {
        entry: entry.id,
        name: entry.name,
        figure: entry.position.to_string(),
        sentence: String::new(),
        button: text::seat_start(lang),
        is_done: false,
    };
    if let (Some(sheet), false) = (&overlay.current, overlay.drafting) {
        let total = scope.read(|_, rules| {
            sealed_total(&rules.refs(), &sheet.marks).map(|total| rules.sum_text(total))
        })?;
        let words = place_words(&sheet.place, lang);
        return Some(Block {
            name: text::seat_submitted(lang, &block.name),
            figure: total.unwrap_or_else(|| "—".to_owned()),
            sentence: text::seat_submitted_state(lang, words.word),
            button: text::seat_look(lang),
            is_done: true,
            ..block
        });
    }
    let (done, all) = progress(scope, &overlay).unwrap_or_default();
    let sentence = match (overlay.drafting, overlay.may_score) {
        (true, _) if done == all => text::seat_not_submitted(lang).to_owned(),
        (true, _) => text::seat_drafting(lang, done, all.saturating_sub(done)),
        (false, MayScore::Yes) => text::seat_open_now(lang).to_owned(),
        (false, _) => text::seat_alone_next(lang).to_owned(),
    };
    let button = if overlay.drafting {
        text::seat_go_on(lang)
    } else {
        block.button
    };
    Some(Block {
        sentence,
        button,
        ..block
    })
}

/// The open gate leads. A pad alone takes the first entry that has no sheet.
fn pick(entries: &[EntryOverlay]) -> Option<&EntryOverlay> {
    let open = entries
        .iter()
        .find(|entry| entry.may_score == MayScore::Yes);
    let begun = |entry: &&EntryOverlay| {
        matches!(entry.may_score, MayScore::Offline | MayScore::Late)
            && entry.status == EntryStatus::Drafting
    };
    let blank = |entry: &&EntryOverlay| {
        entry.may_score == MayScore::Offline && entry.status == EntryStatus::Blank
    };
    open.or_else(|| entries.iter().find(begun))
        .or_else(|| entries.iter().find(blank))
}
