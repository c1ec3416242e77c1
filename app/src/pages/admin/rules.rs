//! 规则: the charter of a season as text. What a change would do is looked at before it counts.

use crate::api::rules::{command_rules, load_rules};
use crate::backend::{RuleChange, RulesCommand, RulesPage};
use crate::components::frame::StaffPage;
use crate::components::loaded::current;
use crate::components::state::Failure;
use crate::error::AppError;
use crate::pages::admin::nav::{County, back_to_months, county_links};
use crate::pages::admin::season_page::of_season;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::SeasonId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is being written, and what the server said of it.
#[derive(Clone, Copy)]
struct Form {
    season: SeasonId,
    text: RwSignal<String>,
    reason: RwSignal<String>,
    /// Of the text as it was looked at; nothing after another letter.
    changes: RwSignal<Option<Vec<RuleChange>>>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    /// Rises with every change that counts.
    done: RwSignal<u64>,
}

#[component]
pub fn Rules() -> impl IntoView {
    of_season(page)
}

fn page(season: SeasonId) -> AnyView {
    let lang = lang();
    let form = Form {
        season,
        text: RwSignal::new(String::new()),
        reason: RwSignal::new(String::new()),
        changes: RwSignal::new(None),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
        done: RwSignal::new(0),
    };
    let again = Signal::derive(move || form.done.get());
    let content = current(
        move || load_rules(season),
        again,
        RwSignal::new(false),
        move |page| {
            // The answer lies under what is typed, so a refresh never takes a letter away.
            let view = move || page.with(|page| rules(lang, page, form));
            view! { {view} }.into_any()
        },
    );
    view! {
        <StaffPage
            title=text::rules_title(lang)
            back=back_to_months()
            links=county_links(County::Months)
        >
            <main id="main">{content}</main>
        </StaffPage>
    }
    .into_any()
}

fn rules(lang: Lang, page: &RulesPage, form: Form) -> AnyView {
    form.text.set(page.text.clone());
    form.reason.set(String::new());
    form.changes.set(None);
    let version = page.version;
    let acts = page.may_change.then(|| changes(lang, version, form));
    let none = (!page.may_change).then(|| text::rules_only_organisers(lang));
    let none = none.map(|words| view! { <p class="note">{words}</p> });
    let type_in = move |event| {
        form.text.set(event_target_value(&event));
        form.changes.set(None);
    };
    view! {
        <div class="head">
            <h2>{page.season_name.clone()}</h2>
            <span class="sub">{text::rules_version(lang, version)}</span>
        </div>
        <form class="form stack" method="post" on:submit=move |event| {
            event.prevent_default();
            send(form, version);
        }>
            <p class="sub">{text::rules_lead(lang)}</p>
            <div class="field">
                <label class="lab" for="rules">{text::rules_text(lang)}</label>
                <textarea
                    class="input"
                    data-kind="code"
                    id="rules"
                    rows="24"
                    spellcheck="false"
                    autocapitalize="off"
                    readonly=!page.may_change
                    prop:value=move || form.text.get()
                    on:input=type_in
                >
                    {page.text.clone()}
                </textarea>
            </div>
            {none}
            {acts}
            <Failure error=form.error />
        </form>
    }
    .into_any()
}

/// A look at what changes, and after it the reason and the button that makes it count.
fn changes(lang: Lang, version: u32, form: Form) -> AnyView {
    let list = move || {
        let changes = form.changes.get()?;
        let rows: Vec<_> = changes.iter().map(|change| row(lang, change)).collect();
        let heads = [
            text::rules_key(lang),
            text::rules_before(lang),
            text::rules_after(lang),
        ];
        let heads = heads.map(|words| view! { <th scope="col">{words}</th> });
        let of = text::rules_changes(lang, changes.len());
        let view = view! {
            <section class="sheet">
                <div class="head"><h2>{of.clone()}</h2></div>
                <div class="table-box" tabindex="0" role="region" aria-label=of>
                    <table class="table" data-kind="changes">
                        <thead><tr>{heads}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
            <div class="field">
                <label class="lab" for="reason">{text::desk_reason(lang)}</label>
                <input
                    class="input"
                    id="reason"
                    required
                    maxlength="200"
                    autocomplete="off"
                    prop:value=move || form.reason.get()
                    on:input=move |event| form.reason.set(event_target_value(&event))
                />
                <p class="field-hint">{text::desk_reason_hint(lang)}</p>
            </div>
        };
        Some(view)
    };
    let words = move || match form.changes.with(Option::is_some) {
        true => text::rules_save(lang, version + 1),
        false => text::rules_look(lang).to_owned(),
    };
    view! {
        {list}
        <button
            class="btn"
            data-kind="main"
            data-size="big"
            data-wide=""
            type="submit"
            aria-busy=move || form.busy.get().then_some("true")
        >
            {words}
        </button>
    }
    .into_any()
}

fn row(lang: Lang, change: &RuleChange) -> AnyView {
    let cell = |value: &Option<String>| match value {
        Some(value) => value.clone(),
        None => text::rules_nothing(lang).to_owned(),
    };
    view! {
        <tr>
            <th scope="row" data-kind="code">{change.key.clone()}</th>
            <td data-wrap="">{cell(&change.before)}</td>
            <td data-wrap="">{cell(&change.after)}</td>
        </tr>
    }
    .into_any()
}

/// Looks first; what was looked at counts with the second press.
fn send(form: Form, version: u32) {
    if form.busy.get_untracked() {
        return;
    }
    form.busy.set(true);
    form.error.set(None);
    let is_seen = form.changes.with_untracked(Option::is_some);
    let text = form.text.get_untracked();
    let command = RulesCommand {
        text: text.clone(),
        version,
        reason: is_seen.then(|| form.reason.get_untracked()),
    };
    spawn_local(async move {
        let answer = command_rules(form.season, command).await;
        form.busy.try_set(false);
        match answer {
            Ok(_) if is_seen => {
                form.changes.try_set(None);
                form.done.try_update(|done| *done += 1);
            }
            // What was typed since was not looked at.
            Ok(changes) if form.text.try_get_untracked() == Some(text) => {
                form.changes.try_set(Some(changes));
            }
            Ok(_) => {}
            Err(error) => {
                form.error.try_set(Some(error));
            }
        }
    });
}
