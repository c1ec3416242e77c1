//! What groups decided about their flags (GY-6), before the second person posts. Nobody has to wait
//! for them.

use crate::backend::{GroupFlags, MonthDesk, MonthStage};
use crate::components::icon::Icon;
use crate::format;
use crate::pages::admin::acts::AskField;
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::protocol::FlagDecision;

pub fn flags(lang: Lang, desk: &MonthDesk) -> AnyView {
    if desk.flags.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = desk.flags.iter().map(|one| row(lang, desk, one)).collect();
    view! {
        <div class="head"><h2>{text::month_flags(lang)}</h2></div>
        <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
    }
    .into_any()
}

fn row(lang: Lang, desk: &MonthDesk, group: &GroupFlags) -> AnyView {
    let (tone, word) = match &group.decision {
        None if desk.stage == MonthStage::Closed => (Some("wait"), text::month_flags_none(lang)),
        None => (None, text::month_flags_no_word(lang)),
        Some(decision) if decision.is_agreed => (Some("ok"), text::field_flags_agreed(lang)),
        Some(_) => (Some("alarm"), text::month_flags_objected(lang)),
    };
    let said = match &group.decision {
        Some(decision) => words_of(lang, decision),
        None => group.holders.join(text::home_comma(lang)),
    };
    let other = group.other.as_ref().map(|other| {
        let word = match other.is_agreed {
            true => text::field_flags_agreed(lang),
            false => text::month_flags_objected(lang),
        };
        let words = [word.to_owned(), words_of(lang, other)].join(text::home_comma(lang));
        view! { <p class="row-text">{text::month_flags_other(lang, words)}</p> }
    });
    view! {
        <li class="row">
            <span class="row-no"><Icon name="flag" /></span>
            <div class="row-main">
                <p class="row-name">{group.group.clone()}</p>
                <p class="row-text">{said}</p>
                {other}
            </div>
            <div class="row-end"><span class="tag" data-tone=tone>{word}</span></div>
        </li>
    }
    .into_any()
}

/// The reason of an objection, who said it, and when.
fn words_of(lang: Lang, decision: &FlagDecision) -> String {
    let at = format::moment(lang, decision.at);
    let parts = [decision.reason.clone(), decision.who.clone(), at];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(text::home_comma(lang))
}

/// Asked of the second person where a group objects: why it is posted all the same.
pub fn despite(lang: Lang, objecting: &[String]) -> Option<AskField> {
    (!objecting.is_empty()).then(|| AskField {
        hint: text::month_despite_hint(lang),
        ..AskField::line(text::month_despite(lang))
    })
}
