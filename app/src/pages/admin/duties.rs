//! What waits for the account that is signed in, each as a link to where it is done (GY-15).

use crate::backend::Duty;
use crate::components::icon::Icon;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::month::slip::SlipState;
use leptos::prelude::*;

/// Nothing where nothing waits.
pub fn list(lang: Lang, duties: &[Duty]) -> AnyView {
    if duties.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = duties.iter().map(|duty| row(lang, duty)).collect();
    view! {
        <div class="head">
            <h2>{text::duty_title(lang)}</h2>
            <span class="sub">{text::duty_count(lang, duties.len())}</span>
        </div>
        <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
    }
    .into_any()
}

fn row(lang: Lang, duty: &Duty) -> AnyView {
    let (icon, href, words) = match duty {
        Duty::CloseMonth(season, period) => (
            "board",
            paths::month_desk(*season, *period),
            text::duty_close_month(lang, format::month(lang, *period)),
        ),
        Duty::PostMonth(season, period) => (
            "board",
            paths::month_desk(*season, *period),
            text::duty_post_month(lang, format::month(lang, *period)),
        ),
        Duty::ConfirmRecords(season, period, count) => (
            "pen",
            paths::month_desk(*season, *period),
            text::duty_confirm(lang, format::month(lang, *period), *count),
        ),
        Duty::Slips(season, state, count) => {
            let words = match state {
                SlipState::Proposed => text::duty_decide(lang, *count),
                SlipState::Replied => text::duty_close(lang, *count),
                _ => text::duty_overdue(lang, *count),
            };
            ("slip", paths::slips(*season, *state), words)
        }
    };
    view! {
        <li>
            <a class="row" href=href>
                <span class="row-no"><Icon name=icon /></span>
                <span class="row-main"><span class="row-name">{words}</span></span>
            </a>
        </li>
    }
    .into_any()
}
