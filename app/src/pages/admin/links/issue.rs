//! The buttons that issue cards.

use crate::backend::{LinkCommand, LinksPage};
use crate::pages::admin::acts::{Acts, Ask, AskField, FieldKind, ask_button};
use crate::text::{self, Lang};
use leptos::prelude::*;
use std::sync::Arc;

pub fn issue(lang: Lang, page: &LinksPage, acts: Acts<LinkCommand>) -> AnyView {
    let sources = page.sources_without.len();
    let sources = (0 < sources).then(|| {
        let words = text::links_issue_sources(lang, sources);
        at_once(acts, words, LinkCommand::IssueSources)
    });
    let units = page.without.len();
    let units = (0 < units).then(|| {
        let words = text::links_issue_units(lang, units);
        at_once(acts, words, LinkCommand::IssueUnits)
    });
    view! {
        {ask_button(acts, inspector(lang))}
        {ask_button(acts, confirmer(lang, &page.groups))}
        {sources}
        {units}
    }
    .into_any()
}

fn at_once(acts: Acts<LinkCommand>, words: String, command: LinkCommand) -> AnyView {
    view! {
        <button
            class="btn"
            data-size="small"
            type="button"
            aria-busy=move || acts.busy.get().then_some("true")
            on:click=move |_| acts.run(command.clone())
        >
            {words}
        </button>
    }
    .into_any()
}

fn holder(lang: Lang, hint: &'static str) -> AskField {
    AskField {
        hint,
        ..AskField::line(text::links_holder(lang))
    }
}

fn inspector(lang: Lang) -> Ask<LinkCommand> {
    Ask {
        title: text::links_issue_inspector(lang).to_owned(),
        body: String::new(),
        fields: vec![holder(lang, text::links_holder_hint(lang))],
        act: text::links_issue_inspector(lang),
        stops: false,
        command: Arc::new(|values| LinkCommand::IssueInspector {
            holder: values.first().cloned().unwrap_or_default(),
        }),
    }
}

fn confirmer(lang: Lang, groups: &[String]) -> Ask<LinkCommand> {
    let all = (String::new(), text::links_scope_all(lang).to_owned());
    let groups = groups.iter().map(|name| (name.clone(), name.clone()));
    let scope = AskField {
        kind: FieldKind::Choice([all].into_iter().chain(groups).collect()),
        is_required: false,
        ..AskField::line(text::links_scope(lang))
    };
    Ask {
        title: text::links_issue_confirmer(lang).to_owned(),
        body: text::links_confirmer_body(lang).to_owned(),
        fields: vec![holder(lang, text::links_confirmer_hint(lang)), scope],
        act: text::links_issue_confirmer(lang),
        stops: false,
        command: Arc::new(|values| {
            let value = |at: usize| values.get(at).cloned().unwrap_or_default();
            LinkCommand::IssueConfirmer {
                holder: value(0),
                group: value(1),
            }
        }),
    }
}

/// Until which day of the following month departments enter figures.
pub fn entry_day(lang: Lang, now: u32) -> Ask<LinkCommand> {
    Ask {
        title: text::links_entry_day_set(lang).to_owned(),
        body: text::links_entry_day_body(lang).to_owned(),
        fields: vec![AskField {
            kind: FieldKind::Number,
            hint: text::links_entry_day_hint(lang),
            value: now.to_string(),
            ..AskField::line(text::links_entry_day_label(lang))
        }],
        act: text::links_entry_day_set(lang),
        stops: false,
        command: Arc::new(|values| LinkCommand::SetEntryDay {
            // What is no number is no day either, and is refused by its field.
            day: values
                .first()
                .and_then(|value| value.parse().ok())
                .unwrap_or_default(),
        }),
    }
}
