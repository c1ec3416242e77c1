//! 演示: what is on a page of the demo county can never be taken for a real result.

use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;

/// Provided by the server where the county is a demo.
#[derive(Clone, Copy, Debug)]
pub struct Demo;

/// Lies over the whole page, on the screen and on paper. It stands in the document and not in a
/// page, so nothing that a page does takes it away.
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
    .into_any()
}
