//! 演示: what is on a page of the demo county can never be taken for a real result.

use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;

/// Lies over the whole page, on the screen and on paper.
#[component]
pub fn Watermark() -> impl IntoView {
    view! {
        <svg class="watermark" aria-hidden="true">
            <pattern
                id="demo"
                width="260"
                height="180"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(-24)"
            >
                <text x="20" y="90">{text::app_demo(lang())}</text>
            </pattern>
            <rect width="100%" height="100%" fill="url(#demo)"></rect>
        </svg>
    }
}

/// The watermark where the data says so.
#[must_use]
pub fn watermark(demo: bool) -> AnyView {
    demo.then(|| view! { <Watermark /> }).into_any()
}
