//! Where something stands that was said, and why; what a phone refused can be tried again.

use super::work::Work;
use crate::components::icon::Icon;
use crate::mounted::{IntoMounted, Mounted, act};
use crate::pad::Command;
use crate::pages::seat::words::{PlaceWords, op_words};
use crate::text::{self, Lang};
use domain::ids::OpId;
use leptos::prelude::*;
use sync::outbox::{OpState, OpView, StoreFault};
use sync::protocol::Standing;

/// Where an op stands. What was received and not entered waits for an account, not for a jury; and
/// what the disk refused is no mark.
pub fn field_words(state: &OpState, lang: Lang) -> PlaceWords {
    let mut words = op_words(state, lang);
    let why = match state {
        OpState::Acknowledged(ack) if matches!(ack.standing, Standing::Quarantined { .. }) => {
            text::field_kept_word(lang).clone_into(&mut words.word);
            words.tone = "wait";
            text::field_kept_why(lang)
        }
        OpState::NotSaved(StoreFault::Quota) => text::field_fault_quota(lang),
        OpState::NotSaved(StoreFault::Unavailable) => text::field_fault_store(lang),
        _ => return words,
    };
    words.why = Some(why.to_owned());
    words
}

/// What is on its way from this phone, or was refused and can be tried again.
pub fn on_its_way(work: Work, lang: Lang, op: &OpView) -> Mounted {
    let line = tag_line(field_words(&op.state, lang));
    let again = refused(op).map(|op| again(work, lang, op));
    view! { {line} {again} }.mounted()
}

/// An op that somebody has to try again.
pub fn refused(op: &OpView) -> Option<OpId> {
    matches!(op.state, OpState::NotSaved(_) | OpState::NeedsAttention(_)).then_some(op.op_id)
}

pub fn again(work: Work, lang: Lang, op: OpId) -> Mounted {
    let again = move |_| work.pad.send(Command::Retry(op));
    view! {
        <button type="button" class="btn" data-size="small" on:click=act(again)>
            {text::seat_again(lang)}
        </button>
    }
    .mounted()
}

/// The word as a tag, and why beside it.
pub fn tag_line(words: PlaceWords) -> Mounted {
    view! {
        <p class="row-text">
            <span class="tag" data-tone=words.tone><Icon name=words.icon />{words.word}</span>
            " " {words.why}
        </p>
    }
    .mounted()
}
