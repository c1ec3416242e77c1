//! The buttons that issue cards.

use crate::backend::{LinkCommand, LinkRow, LinksPage};
use crate::pages::admin::acts::{Acts, Ask, AskField, FieldKind, ask_button};
use crate::text::{self, Lang};
use domain::month::Day;
use leptos::prelude::*;
use std::sync::Arc;

pub fn issue(lang: Lang, page: &LinksPage, acts: Acts<LinkCommand>) -> AnyView {
    let sources = page.sources_without;
    let sources = (0 < sources).then(|| {
        let words = text::links_issue_sources(lang, sources);
        let act = text::links_issue_sources_act(lang);
        for_all(lang, page, acts, (words, act), |until| {
            LinkCommand::IssueSources { until }
        })
    });
    let units = page.units_without;
    let units = (0 < units).then(|| {
        let words = text::links_issue_units(lang, units);
        let act = text::links_issue_units_act(lang);
        for_all(lang, page, acts, (words, act), |until| {
            LinkCommand::IssueUnits { until }
        })
    });
    view! {
        {ask_button(acts, inspector(lang, page.until))}
        {ask_button(acts, confirmer(lang, page))}
        {sources}
        {units}
    }
    .into_any()
}

/// Cards for all that have none: asks until when they work, and says how many there will be.
fn for_all(
    lang: Lang,
    page: &LinksPage,
    acts: Acts<LinkCommand>,
    (words, act): (String, &'static str),
    command: fn(String) -> LinkCommand,
) -> AnyView {
    let ask = Ask {
        title: words,
        body: String::new(),
        fields: vec![last_day(lang, page.until)],
        act,
        stops: false,
        command: Arc::new(move |values| command(value(values, 0))),
    };
    ask_button(acts, ask)
}

/// The last day on which a card works.
pub fn last_day(lang: Lang, until: Day) -> AskField {
    AskField {
        hint: text::links_last_day_hint(lang),
        value: until.to_string(),
        ..AskField::line(text::links_last_day(lang))
    }
}

fn value(values: &[String], at: usize) -> String {
    values.get(at).cloned().unwrap_or_default()
}

fn holder(lang: Lang, hint: &'static str) -> AskField {
    AskField {
        hint,
        ..AskField::line(text::links_holder(lang))
    }
}

fn inspector(lang: Lang, until: Day) -> Ask<LinkCommand> {
    Ask {
        title: text::links_issue_inspector(lang).to_owned(),
        body: String::new(),
        fields: vec![
            holder(lang, text::links_holder_hint(lang)),
            last_day(lang, until),
        ],
        act: text::links_issue_inspector(lang),
        stops: false,
        command: Arc::new(|values| LinkCommand::IssueInspector {
            holder: value(values, 0),
            until: value(values, 1),
        }),
    }
}

fn confirmer(lang: Lang, page: &LinksPage) -> Ask<LinkCommand> {
    let all = (String::new(), text::links_scope_all(lang).to_owned());
    let groups = page.groups.iter().map(|name| (name.clone(), name.clone()));
    let scope = AskField {
        kind: FieldKind::Choice([all].into_iter().chain(groups).collect()),
        is_required: false,
        ..AskField::line(text::links_scope(lang))
    };
    Ask {
        title: text::links_issue_confirmer(lang).to_owned(),
        body: text::links_confirmer_body(lang).to_owned(),
        fields: vec![
            holder(lang, text::links_confirmer_hint(lang)),
            scope,
            last_day(lang, page.until),
        ],
        act: text::links_issue_confirmer(lang),
        stops: false,
        command: Arc::new(|values| LinkCommand::IssueConfirmer {
            holder: value(values, 0),
            group: value(values, 1),
            until: value(values, 2),
        }),
    }
}

/// A card in place of an old one. It works as long as that one would, unless that is over.
pub fn again(lang: Lang, page: &LinksPage, link: &LinkRow) -> Ask<LinkCommand> {
    let id = link.id;
    let until = match link.until < page.today {
        true => page.until,
        false => link.until,
    };
    Ask {
        title: text::links_reissue(lang).to_owned(),
        body: text::links_reissue_body(lang).to_owned(),
        fields: vec![last_day(lang, until)],
        act: text::links_reissue(lang),
        stops: false,
        command: Arc::new(move |values| LinkCommand::Reissue {
            link: id,
            until: value(values, 0),
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
