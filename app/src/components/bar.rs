//! The app bar: where one is, the way back, and on its right whatever the page puts there (the
//! sync slip, the type scale).

use crate::components::icon::Icon;
use crate::mounted::live;
use leptos::prelude::*;

/// The way back: where to, and its name for assistive technology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    pub href: String,
    pub label: &'static str,
}

#[component]
pub fn Bar(
    #[prop(into)] title: Signal<String>,
    /// The second line.
    #[prop(into, optional)]
    context: Signal<String>,
    #[prop(optional)] back: Option<Back>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let back = back.map(|back| {
        view! {
            <a class="bar-back" href=back.href aria-label=back.label><Icon name="back" /></a>
        }
    });
    let context = live(move || {
        let context = context.get();
        (!context.is_empty()).then(|| view! { <p>{context}</p> })
    });
    view! {
        <header class="bar">
            {back}
            <div class="bar-title"><h1>{title}</h1>{context}</div>
            {children.map(|children| children())}
        </header>
    }
}
