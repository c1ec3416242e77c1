//! The photo of a record as staff see it: small, and whole behind a tap.

use crate::paths;
use crate::text::{self, Lang};
use domain::ids::OpId;
use leptos::prelude::*;
use sync::protocol::PhotoState;

pub fn photo(lang: Lang, op: OpId, state: Option<PhotoState>) -> AnyView {
    let Some(state) = state else {
        return ().into_any();
    };
    if state != PhotoState::Here {
        return view! { <p class="row-text">{text::field_photo_missing(lang)}</p> }.into_any();
    }
    let address = paths::photo(op);
    let source = address.clone();
    view! {
        <p>
            <a href=address rel="external" target="_blank">
                <img src=source width="120" loading="lazy" alt=text::field_photo_of(lang) />
            </a>
        </p>
    }
    .into_any()
}
