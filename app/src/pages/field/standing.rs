//! Where something stands that was said, in a word and why.

use crate::components::icon::Icon;
use crate::mounted::{IntoMounted, Mounted};
use crate::pages::seat::words::{PlaceWords, op_words};
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::outbox::OpState;
use sync::protocol::Standing;

/// Where an op stands. What was received and not entered waits for an account, not for a jury.
pub fn field_words(state: &OpState, lang: Lang) -> PlaceWords {
    let mut words = op_words(state, lang);
    if let OpState::Acknowledged(ack) = state
        && matches!(ack.standing, Standing::Quarantined { .. })
    {
        text::field_kept_word(lang).clone_into(&mut words.word);
        words.why = Some(text::field_kept_why(lang).to_owned());
        words.tone = "wait";
    }
    words
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
