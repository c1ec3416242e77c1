//! Group robots that are told what is posted: which boards, and whether it arrives.

use crate::api::month::load_hooks;
use crate::backend::{HookCommand, HookKind, HookRow};
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::format;
use crate::pages::admin::acts::{Acts, Ask, AskDialog, AskField, FieldKind, ask_button};
use crate::text::{self, Lang};
use leptos::prelude::*;
use std::sync::Arc;

pub fn hooks(lang: Lang) -> AnyView {
    let acts = Acts::of_hooks();
    let again = Signal::derive(move || acts.done.get());
    let content = current(load_hooks, again, RwSignal::new(false), move |hooks| {
        view! { {move || hooks.with(|hooks| list(lang, hooks, acts))} }.into_any()
    });
    view! {
        <div class="head"><h2>{text::hooks_title(lang)}</h2></div>
        <p class="note pad-x">{text::hooks_note(lang)}</p>
        {content}
        <p class="cluster pad-x block-gap">{ask_button(acts, add(lang))}</p>
        <AskDialog acts />
    }
    .into_any()
}

fn list(lang: Lang, hooks: &[HookRow], acts: Acts<HookCommand>) -> AnyView {
    if hooks.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = hooks.iter().map(|hook| row(lang, hook, acts)).collect();
    view! { <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section> }.into_any()
}

fn row(lang: Lang, hook: &HookRow, acts: Acts<HookCommand>) -> AnyView {
    let sent = match hook.last_sent_at {
        Some(at) => text::hooks_sent(lang, format::moment(lang, at)),
        None => text::hooks_never(lang).to_owned(),
    };
    let place = [kind(lang, hook.kind).to_owned(), hook.host.clone(), sent];
    let trouble = (!hook.error.is_empty()).then(|| {
        let left = hook.waiting + hook.failed;
        view! {
            <p class="say" data-tone="wait">
                <Icon name="warn" />
                <span>{text::hooks_trouble(lang, hook.error.clone(), left)}</span>
            </p>
        }
    });
    let repeat = (0 < hook.failed).then(|| {
        let name = hook.name.clone();
        button(text::hooks_again(lang), acts, HookCommand::Again { name })
    });
    view! {
        <li class="row">
            <div class="row-main">
                <p class="row-name">{hook.name.clone()}</p>
                <p class="row-text">{place.join(text::home_comma(lang))}</p>
                {trouble}
                <p class="cluster">
                    {switches(lang, hook, acts)} {repeat} {ask_button(acts, remove(lang, hook))}
                </p>
            </div>
        </li>
    }
    .into_any()
}

/// A switch for each board.
fn switches(lang: Lang, hook: &HookRow, acts: Acts<HookCommand>) -> AnyView {
    let switched = |contests: bool, months: bool| HookCommand::Switch {
        name: hook.name.clone(),
        contests,
        months,
    };
    let (contests, months) = (hook.contests, hook.months);
    view! {
        {toggle(text::hooks_contests(lang), contests, acts, switched(!contests, months))}
        {toggle(text::hooks_months(lang), months, acts, switched(contests, !months))}
    }
    .into_any()
}

fn toggle(
    words: &'static str,
    is_on: bool,
    acts: Acts<HookCommand>,
    command: HookCommand,
) -> AnyView {
    let pressed = if is_on { "true" } else { "false" };
    let icon = is_on.then(|| view! { <Icon name="check" /> });
    view! {
        <button
            class="btn"
            type="button"
            data-size="small"
            aria-pressed=pressed
            on:click=move |_| acts.run(command.clone())
        >
            {icon}
            {words}
        </button>
    }
    .into_any()
}

fn button(words: &'static str, acts: Acts<HookCommand>, command: HookCommand) -> AnyView {
    view! {
        <button
            class="btn"
            type="button"
            data-size="small"
            on:click=move |_| acts.run(command.clone())
        >
            {words}
        </button>
    }
    .into_any()
}

fn kind(lang: Lang, kind: HookKind) -> &'static str {
    match kind {
        HookKind::Wecom => text::hooks_wecom(lang),
        HookKind::Dingtalk => text::hooks_dingtalk(lang),
        HookKind::Feishu => text::hooks_feishu(lang),
    }
}

fn add(lang: Lang) -> Ask<HookCommand> {
    let kinds = [
        ("wecom", HookKind::Wecom),
        ("dingtalk", HookKind::Dingtalk),
        ("feishu", HookKind::Feishu),
    ];
    let kinds = kinds.map(|(word, known)| (word.to_owned(), kind(lang, known).to_owned()));
    let choice = AskField {
        kind: FieldKind::Choice(kinds.to_vec()),
        ..AskField::line(text::hooks_kind(lang))
    };
    let secret = AskField {
        hint: text::hooks_secret_hint(lang),
        is_required: false,
        ..AskField::line(text::hooks_secret(lang))
    };
    let fields = vec![
        AskField::line(text::hooks_name(lang)),
        choice,
        AskField::line(text::hooks_address(lang)),
        secret,
    ];
    Ask {
        title: text::hooks_add(lang).to_owned(),
        body: text::hooks_add_body(lang).to_owned(),
        fields,
        act: text::hooks_add(lang),
        stops: false,
        command: Arc::new(|values| {
            let value = |at: usize| values.get(at).cloned().unwrap_or_default();
            HookCommand::Add {
                name: value(0),
                kind: value(1),
                address: value(2),
                secret: value(3),
            }
        }),
    }
}

fn remove(lang: Lang, hook: &HookRow) -> Ask<HookCommand> {
    let name = hook.name.clone();
    Ask {
        title: text::hooks_remove(lang).to_owned(),
        body: text::hooks_remove_body(lang, hook.name.clone()),
        fields: Vec::new(),
        act: text::hooks_remove(lang),
        stops: true,
        command: Arc::new(move |_| HookCommand::Remove { name: name.clone() }),
    }
}
