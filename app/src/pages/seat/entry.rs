//! One contestant a view: the pad while the entry may be marked, the sealed sheet when it is
//! there, and otherwise the reason why there is nothing to do.

use super::frame::Frame;
use super::list::ModeNotice;
use super::scope::{Scope, with_seat};
use super::score_pad::ScorePad;
use super::sealed::SealedSheet;
use crate::components::bar::Back;
use crate::components::icon::Icon;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, live};
use crate::paths;
use crate::prefs::lang;
use crate::text;
use domain::ids::EntryId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use sync::offline_mode::{MayScore, WhyNot};

#[component]
pub fn Entry() -> impl IntoView {
    with_seat(|scope| {
        let entry = entry_of_address();
        let kind = Kept::new(move || entry.get().map(|entry| (entry, kind(scope, entry))));
        live(move || match kind.get() {
            Some((entry, Kind::Score)) => view! { <ScorePad scope entry /> }.mounted(),
            Some((entry, Kind::Sheet)) => view! { <SealedSheet scope entry /> }.mounted(),
            Some((entry, Kind::Nothing(why))) => nothing(scope, entry, why),
            None => unknown(scope),
        })
        .mounted()
    })
}

/// The entry that the address names.
pub fn entry_of_address() -> Kept<Option<EntryId>> {
    let params = use_params_map();
    Kept::new(move || params.with(|params| params.get("entry")?.parse().ok()))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Score,
    /// A sealed sheet, or a draft that can no longer be sealed.
    Sheet,
    Nothing(Option<WhyNot>),
}

fn kind(scope: Scope, entry: EntryId) -> Kind {
    let Some(overlay) = scope.overlay(entry) else {
        return Kind::Nothing(None);
    };
    let has_draft = scope.draft(entry).is_some();
    match (overlay.may_score, &overlay.current) {
        (MayScore::No(why @ (WhyNot::Withdrawn | WhyNot::Recused)), _) => Kind::Nothing(Some(why)),
        (MayScore::No(_), Some(_)) => Kind::Sheet,
        (MayScore::No(WhyNot::Closed), None) => Kind::Sheet,
        (MayScore::No(_), None) if has_draft => Kind::Sheet,
        (MayScore::No(why), None) => Kind::Nothing(Some(why)),
        (_, Some(_)) if !has_draft => Kind::Sheet,
        (_, _) => Kind::Score,
    }
}

/// The way back from any page of an entry.
pub fn back_to_list(scope: Scope) -> Back {
    Back {
        href: paths::seat(scope.seat),
        label: text::pad_to_list(lang()),
    }
}

fn nothing(scope: Scope, entry: EntryId, why: Option<WhyNot>) -> Mounted {
    let lang = lang();
    let (icon, sentence) = match why {
        Some(WhyNot::Recused) => ("hand", text::pad_recused(lang)),
        Some(WhyNot::Withdrawn) => ("x", text::pad_withdrawn(lang)),
        Some(WhyNot::NotYet) => ("clock", text::pad_not_yet(lang)),
        Some(WhyNot::Closed) => ("lock", text::seat_closed_blank(lang)),
        None => return unknown(scope),
    };
    let reason = live(move || {
        scope
            .entry(entry)
            .and_then(|entry| entry.recused)
            .map(|recusal| recusal.reason)
    });
    let title = Signal::derive(move || scope.seat_name());
    view! {
        <Frame title back=back_to_list(scope)>
            <Who scope entry />
            {(why == Some(WhyNot::NotYet)).then(|| view! { <ModeNotice scope /> })}
            <section class="sheet empty" data-state="empty">
                <div class="ring"><Icon name=icon /></div>
                <p><b>{sentence}</b></p>
                <p class="sub">{reason}</p>
                <a class="btn" href=paths::seat(scope.seat)>{text::pad_to_list(lang)}</a>
            </section>
        </Frame>
    }
    .mounted()
}

fn unknown(scope: Scope) -> Mounted {
    let lang = lang();
    let title = Signal::derive(move || scope.seat_name());
    view! {
        <Frame title back=back_to_list(scope)>
            <section class="sheet empty" data-state="error">
                <div class="ring"><Icon name="warn" /></div>
                <p><b>{text::pad_unknown(lang)}</b></p>
                <a class="btn" href=paths::seat(scope.seat)>{text::pad_to_list(lang)}</a>
            </section>
        </Frame>
    }
    .mounted()
}

/// Who is marked: order number, name, topic.
#[component]
pub fn Who(scope: Scope, entry: EntryId) -> impl IntoView {
    let lang = lang();
    let entry = Kept::new(move || scope.entry(entry));
    let count = Kept::new(move || scope.read(|view, _| view.entries.len()).unwrap_or_default());
    let position = live(move || entry.with(|entry| entry.as_ref().map(|entry| entry.position)));
    let name = move || entry.with(|entry| entry.as_ref().map(|entry| entry.name.clone()));
    let length = move || name().map(|name| width(&name).to_string());
    let topic = live(move || {
        entry.with(|entry| {
            let topic = &entry.as_ref()?.topic;
            (!topic.is_empty()).then(|| text::pad_topic(lang, topic))
        })
    });
    view! {
        <section class="who" aria-label=text::pad_who(lang)>
            <p class="who-no">
                {position}
                <small>{live(move || text::pad_of(lang, count.get()))}</small>
            </p>
            <div class="who-main">
                <h2 class="who-name" data-n=live(length)>
                    {name}
                </h2>
                <p class="note">{topic}</p>
            </div>
        </section>
    }
    .mounted()
}

/// Length of a name in full-width characters, as the style sheet sizes it: 1 to 24.
fn width(name: &str) -> usize {
    let halves: usize = name.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    halves.div_ceil(2).clamp(1, 24)
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn a_name_is_measured_by_its_characters() {
        assert_eq!(width("青禾镇"), 3);
        assert_eq!(width("A组 1"), 3);
        assert_eq!(width(""), 1);
        assert_eq!(width(&"镇".repeat(40)), 24);
    }
}
