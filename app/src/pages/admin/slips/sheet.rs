//! One slip or talk: what it says, what happened to it, and what comes next.

use super::paper::paper;
use super::{acts, number, slip_param, slip_tag, state_word};
use crate::api::ladder::load_slip;
use crate::backend::{Capability, SlipCommand, SlipPage, SlipStepRow};
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::components::state::error_state;
use crate::error::{AppError, Code};
use crate::pages::admin::acts::{Acts, Ask, AskDialog, AskField, ask_button};
use crate::pages::admin::nav::{County, back_to_slips, county_links};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::SlipId;
use domain::month::charter::Document;
use domain::month::slip::{SlipState, SlipStep};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn SlipSheet() -> impl IntoView {
    match slip_param() {
        Some(slip) => page(slip),
        None => error_state(&AppError::new(Code::NotFound)),
    }
}

fn page(slip: SlipId) -> AnyView {
    let lang = lang();
    let acts = acts();
    let again = Signal::derive(move || acts.done.get());
    let content = current(
        move || load_slip(slip),
        again,
        RwSignal::new(false),
        move |page| view! { {move || page.with(|page| sheet(lang, slip, page, acts))} }.into_any(),
    );
    view! {
        <StaffPage
            title=text::slip_title(lang)
            back=back_to_slips()
            links=county_links(County::Slips)
        >
            <main id="main">{content}</main>
            <AskDialog acts />
        </StaffPage>
    }
    .into_any()
}

fn sheet(lang: Lang, slip: SlipId, page: &SlipPage, acts: Acts<SlipCommand>) -> AnyView {
    let state = page.row.state;
    let (tone, word) = match state {
        // It waits for the account that closes it.
        SlipState::Replied => (Some("wait"), state_word(lang, state)),
        state => slip_tag(lang, state, &page.row.due, &page.today),
    };
    let corrected = page.row.is_corrected.then(|| {
        view! {
            <p class="say" data-tone="wait">
                <Icon name="warn" /><span>{text::slip_corrected(lang)}</span>
            </p>
        }
    });
    let paper = paper(lang, page);
    let paragraphs = paper.paragraphs.into_iter();
    let paragraphs: Vec<_> = paragraphs.map(|words| view! { <p>{words}</p> }).collect();
    view! {
        <div class="head">
            <h2>{page.row.unit_name.clone()} " " {number(lang, &page.row)}</h2>
            <span class="tag" data-tone=tone>{word}</span>
        </div>
        {corrected}
        <section class="sheet stack" data-kind="text">
            {paragraphs}
            <p class="sub">
                {text::slip_edition(
                    lang,
                    format::month(lang, page.row.matter.period),
                    page.row.edition,
                )}
            </p>
        </section>
        <p class="cluster pad-x block-gap">
            <a class="btn" data-size="small" href=paths::slip_print(slip)>
                <Icon name="print" />
                {text::contest_print(lang)}
            </a>
            <a class="btn" data-size="small" href=paths::slip_docx(slip) download="" rel="external">
                {text::slip_docx(lang)}
            </a>
        </p>
        {steps(lang, page)}
        {next(lang, slip, page, acts)}
    }
    .into_any()
}

fn steps(lang: Lang, page: &SlipPage) -> AnyView {
    let issued = view! {
        <li class="row">
            <span class="row-no"><Icon name="slip" /></span>
            <div class="row-main">
                <p class="row-name">{text::slip_step_issue(lang)}</p>
                <p class="row-text">
                    {text::slip_step_by(
                        lang,
                        format::moment(lang, page.issued_at),
                        page.issued_by.clone(),
                    )}
                </p>
            </div>
        </li>
    };
    let is_talk = page.row.document == Document::Talk;
    let rows: Vec<_> = page
        .steps
        .iter()
        .map(|one| step(lang, one, is_talk))
        .collect();
    view! {
        <div class="head"><h2>{text::slip_steps(lang)}</h2></div>
        <section class="sheet"><ol class="ledger" role="list">{issued} {rows}</ol></section>
    }
    .into_any()
}

fn step(lang: Lang, step: &SlipStepRow, is_talk: bool) -> AnyView {
    let day = format::day(lang, &step.day);
    let (icon, name, line) = match step.step {
        SlipStep::Reply => {
            let name = match is_talk {
                true => text::slip_step_talk(lang),
                false => text::slip_step_reply(lang),
            };
            (
                "pen",
                name,
                text::slip_step_who(lang, day, step.who.clone()),
            )
        }
        SlipStep::Close => ("check", text::slip_step_close(lang), String::new()),
        SlipStep::Reopen => (
            "undo",
            text::slip_step_reopen(lang),
            text::slip_step_due(lang, day),
        ),
    };
    let at = format::moment(lang, step.at);
    let by = match step.by.is_empty() {
        true => text::slip_step_by_unit(lang, at),
        false => text::slip_step_by(lang, at, step.by.clone()),
    };
    let line = (!line.is_empty()).then(|| view! { <p class="row-text">{line}</p> });
    view! {
        <li class="row">
            <span class="row-no"><Icon name=icon /></span>
            <div class="row-main">
                <p class="row-name">{name}</p>
                {line}
                <p>{step.words.clone()}</p>
                <p class="row-text">{by}</p>
            </div>
        </li>
    }
    .into_any()
}

/// What this account may do with it now.
fn next(lang: Lang, slip: SlipId, page: &SlipPage, acts: Acts<SlipCommand>) -> AnyView {
    let state = page.row.state;
    let may = |any: &[Capability]| any.iter().any(|one| page.may.contains(one));
    let is_entered = may(&[Capability::Organise, Capability::Confirm]);
    let confirms = may(&[Capability::Confirm]);
    let reply = (is_entered && state.allows(SlipStep::Reply))
        .then(|| ask_button(acts, reply(lang, slip, page)));
    let close = match confirms && state.allows(SlipStep::Close) {
        true if page.is_own => {
            view! { <p class="sub">{text::slip_close_other(lang)}</p> }.into_any()
        }
        true => ask_button(acts, close(lang, slip)),
        false => ().into_any(),
    };
    let reopen =
        (confirms && state.allows(SlipStep::Reopen)).then(|| ask_button(acts, reopen(lang, slip)));
    view! { <div class="cluster pad-x block-gap">{reply} {close} {reopen}</div> }.into_any()
}

fn reply(lang: Lang, slip: SlipId, page: &SlipPage) -> Ask<SlipCommand> {
    let is_talk = page.row.document == Document::Talk;
    let (title, body, who) = if is_talk {
        (
            text::slip_reply_talk(lang),
            text::slip_reply_body_talk(lang),
            text::slip_who_talk(lang),
        )
    } else {
        (
            text::slip_reply(lang),
            text::slip_reply_body(lang),
            text::slip_who(lang),
        )
    };
    let who = AskField {
        hint: text::slip_who_hint(lang),
        ..AskField::line(who)
    };
    let day = AskField {
        value: page.today.clone(),
        ..AskField::line(text::slip_day(lang))
    };
    Ask {
        title: title.to_owned(),
        body: body.to_owned(),
        fields: vec![who, day, AskField::line(text::slip_words(lang))],
        act: title,
        stops: false,
        command: Arc::new(move |values| {
            let value = |at: usize| values.get(at).cloned().unwrap_or_default();
            SlipCommand::Reply {
                slip,
                who: value(0),
                day: value(1),
                words: value(2),
            }
        }),
    }
}

fn close(lang: Lang, slip: SlipId) -> Ask<SlipCommand> {
    Ask {
        title: text::slip_close(lang).to_owned(),
        body: text::slip_close_body(lang).to_owned(),
        fields: vec![AskField::line(text::slip_close_words(lang))],
        act: text::slip_close(lang),
        stops: false,
        command: Arc::new(move |values| SlipCommand::Close {
            slip,
            words: values.first().cloned().unwrap_or_default(),
        }),
    }
}

fn reopen(lang: Lang, slip: SlipId) -> Ask<SlipCommand> {
    let due = AskField {
        hint: text::slip_last_day_hint(lang),
        ..AskField::line(text::slip_last_day(lang))
    };
    Ask {
        title: text::slip_reopen(lang).to_owned(),
        body: text::slip_reopen_body(lang).to_owned(),
        fields: vec![AskField::reason(true), due],
        act: text::slip_reopen(lang),
        stops: false,
        command: Arc::new(move |values| {
            let value = |at: usize| values.get(at).cloned().unwrap_or_default();
            SlipCommand::Reopen {
                slip,
                reason: value(0),
                due: value(1),
            }
        }),
    }
}
