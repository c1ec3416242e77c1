//! One entry in the judge's list: its place in the order, and the state of the seat's own sheet.

use super::scope::Scope;
use super::words::place_words;
use crate::components::icon::Icon;
use crate::mounted::IntoMounted;
use crate::paths;
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::draft::sealed_total;
use sync::offline_mode::{MayScore, WhyNot};
use sync::overlay::{EntryOverlay, EntryStatus};
use sync::protocol::EntryView;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    position: u32,
    name: String,
    text: String,
    /// `None`: there is nothing to open.
    href: Option<String>,
    /// The total of the sealed sheet.
    figure: Option<String>,
    tag: Option<Tag>,
    is_current: bool,
    is_off: bool,
    pub is_sealed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Tag {
    tone: &'static str,
    icon: &'static str,
    word: String,
}

/// All entries in running order.
pub fn rows(scope: Scope, lang: Lang) -> Vec<Row> {
    scope.entries.with(|overlays| {
        scope
            .read(|view, _| {
                let pairs = view.entries.iter().zip(overlays);
                pairs
                    .map(|(entry, overlay)| row(scope, entry, overlay, lang))
                    .collect()
            })
            .unwrap_or_default()
    })
}

fn row(scope: Scope, entry: &EntryView, overlay: &EntryOverlay, lang: Lang) -> Row {
    let is_off = matches!(
        overlay.status,
        EntryStatus::Withdrawn | EntryStatus::Recused
    );
    let figure = overlay.current.as_ref().and_then(|sheet| {
        scope.read(|_, rules| {
            sealed_total(&rules.refs(), &sheet.marks).map(|total| rules.sum_text(total))
        })?
    });
    Row {
        position: entry.position,
        name: entry.name.clone(),
        text: subtitle(entry, overlay, lang),
        href: (!is_off).then(|| paths::pad(scope.seat, entry.id)),
        figure,
        tag: tag(scope, overlay, lang),
        is_current: overlay.may_score == MayScore::Yes,
        is_off,
        is_sealed: overlay.current.is_some(),
    }
}

fn subtitle(entry: &EntryView, overlay: &EntryOverlay, lang: Lang) -> String {
    match (&overlay.status, overlay.may_score) {
        (EntryStatus::Recused, _) => entry
            .recused
            .as_ref()
            .map(|recusal| recusal.reason.clone())
            .unwrap_or_default(),
        (EntryStatus::Blank, MayScore::No(WhyNot::Closed)) => {
            text::seat_closed_blank(lang).to_owned()
        }
        (EntryStatus::Drafting, MayScore::No(WhyNot::Closed)) => {
            text::seat_closed_draft(lang).to_owned()
        }
        _ => String::new(),
    }
}

fn tag(scope: Scope, overlay: &EntryOverlay, lang: Lang) -> Option<Tag> {
    let tag = |tone, icon, word: &str| {
        Some(Tag {
            tone,
            icon,
            word: word.to_owned(),
        })
    };
    match overlay.status {
        EntryStatus::Withdrawn => tag("wait", "x", text::seat_entry_withdrawn(lang)),
        EntryStatus::Recused => tag("wait", "hand", text::seat_recused(lang)),
        EntryStatus::Blank => match overlay.may_score {
            MayScore::Yes => tag("ok", "pen", text::seat_open(lang)),
            MayScore::Offline => tag("wait", "pen", text::seat_may_offline(lang)),
            MayScore::Late => tag("wait", "lock", text::seat_may_late(lang)),
            MayScore::No(WhyNot::Closed) => tag("wait", "lock", text::seat_closed(lang)),
            MayScore::No(_) => None,
        },
        EntryStatus::Drafting => {
            let (done, all) = progress(scope, overlay)?;
            let word = text::seat_progress(lang, all, done);
            Some(Tag {
                tone: "ok",
                icon: "pen",
                word,
            })
        }
        EntryStatus::Sealed | EntryStatus::Received => {
            let words = place_words(&overlay.current.as_ref()?.place, lang);
            Some(Tag {
                tone: words.tone,
                icon: words.icon,
                word: words.word,
            })
        }
        EntryStatus::Attention => tag("alarm", "warn", text::pad_attention(lang)),
    }
}

/// Criteria marked so far, of all.
pub fn progress(scope: Scope, overlay: &EntryOverlay) -> Option<(usize, usize)> {
    let draft = scope.draft(overlay.entry)?;
    scope.read(|_, rules| {
        let refs = rules.refs();
        let marked = |key: &str| draft.mark(key).is_some_and(|mark| mark.millis.is_some());
        (
            refs.iter()
                .filter(|criterion| marked(&criterion.key))
                .count(),
            refs.len(),
        )
    })
}

#[component]
pub fn RowView(row: Row) -> impl IntoView {
    let figure = row
        .figure
        .map(|figure| view! { <span class="num">{figure}</span> }.mounted());
    let tag = row.tag.map(|tag| {
        view! { <span class="tag" data-tone=tag.tone><Icon name=tag.icon />{tag.word}</span> }
            .mounted()
    });
    let subtitle = (!row.text.is_empty())
        .then(|| view! { <span class="row-text">{row.text}</span> }.mounted());
    let inner = view! {
        <span class="row-no">{row.position}</span>
        <span class="row-main"><span class="row-name">{row.name}</span>{subtitle}</span>
        <span class="row-end">{figure}{tag}</span>
    }
    .mounted();
    let current = row.is_current.then_some("true");
    match row.href {
        Some(href) => {
            view! { <li><a class="row" href=href aria-current=current>{inner}</a></li> }.mounted()
        }
        None => {
            let off = row.is_off.then_some("");
            view! { <li class="row" data-off=off>{inner}</li> }.mounted()
        }
    }
}
