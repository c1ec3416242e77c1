//! What stands around a page's content: the bar, the ground it scrolls on, the tabs below.

use crate::components::bar::{Back, Bar};
use crate::components::icon::Icon;
use crate::components::scale_switch::ScaleButton;
use crate::components::sync_slip::{Slip, SyncSlip};
use crate::paths;
use crate::prefs::lang;
use crate::text;
use domain::ids::Millis;
use leptos::prelude::*;
use leptos_meta::Title;

/// The tab that a public page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Boards,
    Contests,
}

/// This page is a copy that the phone kept, for want of a network. The browser provides it.
#[derive(Clone, Copy)]
pub struct OldCopy {
    /// When the server made it.
    pub at: Millis,
    /// Asks the server once more.
    pub again: Callback<()>,
}

impl OldCopy {
    fn slip(self) -> AnyView {
        let slip = Signal::stored(Slip::OldCopy(self.at));
        view! { <SyncSlip slip on_press=self.again /> }.into_any()
    }
}

/// A page for anybody: it works without script, and nothing personal is in it.
#[component]
pub fn PublicPage(
    title: &'static str,
    #[prop(into, optional)] context: Signal<String>,
    #[prop(optional)] back: Option<Back>,
    #[prop(optional)] tab: Option<Tab>,
    /// Stands in the bar before the type scale.
    #[prop(optional)]
    slip: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let slip = slip.or_else(|| use_context::<OldCopy>().map(OldCopy::slip));
    let bar = bar(title.to_owned().into(), context, back, slip);
    view! {
        <Title text=title />
        <div class="page">
            {bar}
            <main id="main">{children()}</main>
            {tabs(tab)}
        </div>
    }
    .into_any()
}

fn bar(
    title: Signal<String>,
    context: Signal<String>,
    back: Option<Back>,
    slip: Option<AnyView>,
) -> AnyView {
    let scale = view! { <ScaleButton /> }.into_any();
    match back {
        Some(back) => view! { <Bar title context back>{slip} {scale}</Bar> }.into_any(),
        None => view! { <Bar title context>{slip} {scale}</Bar> }.into_any(),
    }
}

fn tabs(current: Option<Tab>) -> impl IntoView {
    let lang = lang();
    let tabs = [
        (
            Tab::Boards,
            paths::BOARDS,
            "board",
            text::app_tab_boards(lang),
        ),
        (
            Tab::Contests,
            paths::HOME,
            "ring",
            text::app_tab_contests(lang),
        ),
    ];
    let tabs = tabs.map(|(tab, href, icon, word)| {
        let current = (current == Some(tab)).then_some("page");
        view! { <a href=href aria-current=current><Icon name=icon />{word}</a> }
    });
    view! { <nav class="tabs no-print" aria-label=text::app_main_nav(lang)>{tabs}</nav> }
}

/// A link of a page's navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavLink {
    pub href: String,
    pub icon: &'static str,
    pub word: &'static str,
    pub is_current: bool,
}

/// A page for the organiser: navigation in the bar, and the same links as tabs below where the bar
/// has no room for them. `kind` is the page's layout, as the style names it.
#[component]
pub fn StaffPage(
    #[prop(into)] title: Signal<String>,
    #[prop(into, optional)] context: Signal<String>,
    #[prop(optional)] back: Option<Back>,
    #[prop(optional)] kind: Option<&'static str>,
    /// Stands in the bar: how fresh the page is.
    #[prop(optional)]
    slip: Option<AnyView>,
    links: Vec<NavLink>,
    children: Children,
) -> impl IntoView {
    let label = text::app_main_nav(lang());
    let in_bar: Vec<_> = links
        .iter()
        .map(|link| {
            let current = link.is_current.then_some("page");
            view! { <a href=link.href.clone() aria-current=current>{link.word}</a> }
        })
        .collect();
    let nav = view! { <nav class="bar-nav no-print" aria-label=label>{in_bar}</nav> }.into_any();
    let below: Vec<_> = links
        .iter()
        .map(|link| {
            let current = link.is_current.then_some("page");
            view! {
                <a
                    href=link.href.clone()
                    aria-current=current
                >
                    <Icon name=link.icon />{link.word}
                </a>
            }
        })
        .collect();
    view! {
        <Title text=title />
        <div class="page" data-kind=kind>
            {bar(title, context, back, Some(view! { {nav} {slip} }.into_any()))}
            {children()}
            <nav class="tabs no-print" data-narrow="" aria-label=label>{below}</nav>
        </div>
    }
    .into_any()
}
