//! Posting a result, correcting it, and taking it away on paper or in files.

use crate::backend::{Calculation, DeskCommand};
use crate::components::icon::Icon;
use crate::pages::admin::acts::{Acts, Ask, AskField, blocked_button};
use crate::paths;
use crate::text::{self, Lang};
use leptos::prelude::*;
use std::sync::Arc;

pub fn post(lang: Lang, page: &Calculation, acts: Acts) -> AnyView {
    if page.not_closed > 0 || page.result.entries.is_empty() {
        let blocked = blocked_button(text::calc_post(lang), text::calc_post_blocked(lang));
        return view! { <div class="pad-x block-gap">{blocked}</div> }.into_any();
    }
    let missing = page.tally.expected.saturating_sub(page.tally.counted);
    let words = if page.posted {
        text::calc_correct(lang)
    } else {
        text::calc_post(lang)
    };
    let body = match (page.posted, missing) {
        (true, _) => text::calc_correct_body(lang).to_owned(),
        (false, 0) => text::calc_post_body(lang).to_owned(),
        (false, missing) => text::calc_post_missing(lang, missing),
    };
    let needs_reason = page.posted || missing > 0;
    let reason = if page.posted {
        AskField {
            hint: "",
            ..AskField::line(text::calc_what_changed(lang))
        }
    } else {
        AskField::reason(true)
    };
    let ask = Ask {
        title: words.to_owned(),
        body,
        fields: if needs_reason {
            vec![reason]
        } else {
            Vec::new()
        },
        act: words,
        stops: false,
        command: Arc::new(|values| DeskCommand::Post {
            reason: values.first().cloned().unwrap_or_default(),
        }),
    };
    let kind = if page.posted { None } else { Some("call") };
    view! {
        <div class="pad-x block-gap">
            <button
                class="btn"
                type="button"
                data-wide=""
                data-size="big"
                data-kind=kind
                on:click=move |_| acts.ask(ask.clone())
            >
                {words}
            </button>
        </div>
    }
    .into_any()
}

pub fn files(lang: Lang, page: &Calculation) -> AnyView {
    let id = page.card.id;
    let posted = page.posted.then(|| {
        view! {
            <p class="frozen">
                <Icon
                    name="lock"
                /><span>{text::contest_frozen(lang, page.check_code.clone())}</span>
            </p>
            <p class="cluster pad-x">
                <a
                    class="btn"
                    data-size="small"
                    href=paths::contest(id)
                >
                    {text::desk_public(lang)}
                </a>
                <a
                    class="btn"
                    data-size="small"
                    href=paths::screen(id)
                    target="_blank"
                    rel="external"
                >
                    {text::contest_screen(lang)}
                </a>
            </p>
        }
    });
    let files = [
        ("result.xlsx", text::calc_file_result(lang)),
        ("sheets.csv", text::calc_file_sheets(lang)),
        ("recount.zip", text::calc_file_recount(lang)),
    ];
    let files = files.map(|(file, words)| {
        view! {
            <a
                class="btn"
                data-size="small"
                href=paths::export(id, file)
                rel="external"
                download=""
            >
                {words}
            </a>
        }
    });
    view! {
        {posted}
        <div class="head no-print"><h2>{text::calc_files(lang)}</h2></div>
        <div class="cluster pad-x no-print">
            <a class="btn" data-size="small" href=paths::print_sheets(id)>
                <Icon name="print" />
                {text::calc_print(lang)}
            </a>
            {files}
        </div>
    }
    .into_any()
}
