//! Whoever comes from a poster on a wall reads whether that is still right (ES-5). The page is the
//! newest edition whatever hangs there.

use crate::backend::{Correction, MonthPage, Printed};
use crate::components::icon::Icon;
use crate::format;
use crate::text::{self, Lang};
use leptos::prelude::*;

/// The poster's edition is not the newest one.
pub fn is_outdated(page: &MonthPage) -> bool {
    let printed = page.printed.as_ref();
    printed.is_some_and(|printed| !printed.corrections.is_empty())
}

pub fn printed(lang: Lang, page: &MonthPage) -> Option<AnyView> {
    let printed = page.printed.as_ref()?;
    let view = match printed.corrections.last() {
        Some(newest) => outdated(lang, printed, newest),
        None => {
            let code = page.check_code.clone();
            let words = text::posted_printed_same(lang, code, printed.edition);
            view! {
                <p class="say" data-tone="ok"><Icon name="check" /><span>{words}</span></p>
            }
            .into_any()
        }
    };
    Some(view)
}

fn outdated(lang: Lang, printed: &Printed, newest: &Correction) -> AnyView {
    let day = format::day_of(lang, newest.posted_at);
    let words = text::posted_printed_newer(lang, day, printed.edition, newest.edition);
    let changes: Vec<_> = printed
        .corrections
        .iter()
        .map(|one| {
            let words = one.words.clone();
            view! { <li>{text::posted_printed_change(lang, one.edition, words)}</li> }
        })
        .collect();
    view! {
        <p class="say" data-tone="wait"><Icon name="warn" /><span>{words}</span></p>
        <ul class="reasons pad-x block-gap" role="list">{changes}</ul>
    }
    .into_any()
}
