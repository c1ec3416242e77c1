//! Close and post, by two accounts.

use crate::backend::{MeritState, MonthCommand, MonthDesk, MonthStage};
use crate::components::icon::Icon;
use crate::pages::admin::acts::{Acts, Ask, AskField, blocked_button};
use crate::paths;
use crate::text::{self, Lang};
use leptos::prelude::*;
use std::sync::Arc;

pub fn acts(lang: Lang, desk: &MonthDesk, acts: Acts<MonthCommand>) -> AnyView {
    let next = match desk.stage {
        MonthStage::Open => main(acts, close(lang, desk), "main"),
        MonthStage::Closed => closed(lang, desk, acts),
        MonthStage::Posted if desk.is_changed => main(acts, close(lang, desk), "main"),
        MonthStage::Posted => ().into_any(),
    };
    let posted = (!desk.check_code.is_empty()).then(|| {
        view! {
            <p class="frozen">
                <Icon name="lock" />
                <span>{text::contest_frozen(lang, desk.check_code.clone())}</span>
            </p>
            <p class="cluster pad-x">
                <a class="btn" data-size="small" href=paths::month(desk.season, desk.period)>
                    {text::desk_public(lang)}
                </a>
            </p>
        }
    });
    view! { <div class="pad-x block-gap stack">{next}</div> {posted} }.into_any()
}

/// The one act that comes next.
fn main(acts: Acts<MonthCommand>, ask: Ask<MonthCommand>, kind: &'static str) -> AnyView {
    let words = ask.act;
    view! {
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
    }
    .into_any()
}

fn closed(lang: Lang, desk: &MonthDesk, acts: Acts<MonthCommand>) -> AnyView {
    let post = if desk.is_own_close {
        blocked_button(text::month_post(lang), text::month_post_other(lang))
    } else {
        main(acts, post(lang, desk), "call")
    };
    view! {
        {post}
        <button class="btn" type="button" on:click=move |_| acts.run(MonthCommand::Reopen)>
            {text::month_reopen(lang)}
        </button>
    }
    .into_any()
}

fn close(lang: Lang, desk: &MonthDesk) -> Ask<MonthCommand> {
    let figures: usize = desk.missing.iter().map(|row| row.units.len()).sum();
    let waits = desk
        .merits
        .iter()
        .filter(|merit| merit.state == MeritState::Recorded);
    let missing = figures + waits.count();
    let (body, fields) = match missing {
        0 => (text::month_close_body(lang).to_owned(), Vec::new()),
        missing => (
            text::month_close_missing(lang, missing),
            vec![AskField::reason(true)],
        ),
    };
    Ask {
        title: text::month_close(lang).to_owned(),
        body,
        fields,
        act: text::month_close(lang),
        stops: false,
        command: Arc::new(|values| MonthCommand::Close {
            reason: values.first().cloned().unwrap_or_default(),
        }),
    }
}

fn post(lang: Lang, desk: &MonthDesk) -> Ask<MonthCommand> {
    let is_correction = !desk.check_code.is_empty();
    let code = desk.close_code.clone();
    let (words, body, fields) = if is_correction {
        let what = AskField::line(text::calc_what_changed(lang));
        (
            text::month_correct(lang),
            text::month_correct_body(lang),
            vec![what],
        )
    } else {
        (
            text::month_post(lang),
            text::month_post_body(lang),
            Vec::new(),
        )
    };
    Ask {
        title: words.to_owned(),
        body: body.to_owned(),
        fields,
        act: words,
        stops: false,
        command: Arc::new(move |values| MonthCommand::Post {
            code: code.clone(),
            reason: values.first().cloned().unwrap_or_default(),
        }),
    }
}
