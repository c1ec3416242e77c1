//! The one dialog in which an act asks for a reason or a value.

use super::{Acts, Ask, AskField, FieldKind, Tap};
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::components::state::Failure;
use crate::prefs::lang;
use crate::text;
use leptos::html;
use leptos::prelude::*;

/// The dialog of every question, and the place where a failed act without one is shown.
#[component]
pub fn AskDialog<C: 'static>(acts: Acts<C>) -> impl IntoView {
    let lang = lang();
    let values = RwSignal::new(Vec::<String>::new());
    let tried = RwSignal::new(false);
    Effect::new(move |_| {
        let ask = acts.ask.get();
        tried.set(false);
        values.set(ask.map(initial_values).unwrap_or_default());
    });
    // What is wrong stands below the last question, which a phone may not show.
    let wrong = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if acts.error.read().is_some() {
            request_animation_frame(move || {
                if let Some(place) = wrong.get_untracked() {
                    place.scroll_into_view();
                }
            });
        }
    });
    let title = Signal::derive(move || acts.ask.get().map(|ask| ask.title).unwrap_or_default());
    let buttons = move || {
        let (act, stops) = acts
            .ask
            .get()
            .map(|ask| (ask.act, ask.stops))
            .unwrap_or_default();
        view! {
            <button class="btn" type="button" on:click=move |_| acts.open.set(false)>
                {text::desk_cancel(lang)}
            </button>
            <button
                class="btn"
                type="submit"
                form="ask"
                data-kind=if stops { "stop" } else { "main" }
                aria-busy=move || acts.busy.get().then_some("true")
            >
                {act}
            </button>
        }
    };
    view! {
        <Dialog open=acts.open title acts=buttons>
            <form id="ask" method="dialog" on:submit=move |event| {
                event.prevent_default();
                submit(acts, values, tried);
            }>{move || acts.ask.get().map(|ask| questions(ask, values, tried))}</form>
            <div class="dialog-wrong" node_ref=wrong>
                <Failure error=acts.error />
            </div>
        </Dialog>
        {move || (!acts.open.get()).then(|| view! { <Failure error=acts.error /> })}
    }
    .into_any()
}

fn initial_values<C>(ask: Ask<C>) -> Vec<String> {
    let first = |field: AskField| match field.kind {
        FieldKind::Choice(choices) if field.value.is_empty() => choices
            .into_iter()
            .next()
            .map(|(value, _)| value)
            .unwrap_or_default(),
        _ => field.value,
    };
    ask.fields.into_iter().map(first).collect()
}

fn submit<C>(acts: Acts<C>, values: RwSignal<Vec<String>>, tried: RwSignal<bool>) {
    let Some(ask) = acts.ask.get_untracked() else {
        return;
    };
    tried.set(true);
    let values: Vec<String> = values
        .get_untracked()
        .iter()
        .map(|value| value.trim().to_owned())
        .collect();
    let is_missing = |(field, value): (&AskField, &String)| field.is_required && value.is_empty();
    if !ask.fields.iter().zip(&values).any(is_missing) {
        acts.run((ask.command)(&values));
    }
}

fn questions<C>(ask: Ask<C>, values: RwSignal<Vec<String>>, tried: RwSignal<bool>) -> AnyView {
    let body = (!ask.body.is_empty()).then(|| view! { <p class="sub">{ask.body}</p> });
    let fields: Vec<_> = ask
        .fields
        .into_iter()
        .enumerate()
        .map(|(index, field)| question(index, field, values, tried))
        .collect();
    view! { <div class="stack">{body} {fields}</div> }.into_any()
}

fn question(
    index: usize,
    field: AskField,
    values: RwSignal<Vec<String>>,
    tried: RwSignal<bool>,
) -> AnyView {
    let id = format!("ask-{index}");
    let error_id = format!("ask-{index}-error");
    let is_required = field.is_required;
    let is_wrong = move || {
        tried.get()
            && is_required
            && values.with(|values| {
                values
                    .get(index)
                    .is_none_or(|value| value.trim().is_empty())
            })
    };
    let set = move |value: String| {
        values.update(|values| {
            if let Some(slot) = values.get_mut(index) {
                *slot = value;
            }
        });
    };
    let now = move || {
        let now = values.with(|values| values.get(index).cloned());
        now.unwrap_or_default()
    };
    let (label, input) = match &field.kind {
        FieldKind::Taps(groups) => (
            view! { <p class="lab">{field.label}</p> }.into_any(),
            taps(groups, now, set),
        ),
        _ => (
            view! { <label class="lab" for=id.clone()>{field.label}</label> }.into_any(),
            input(&field, id, error_id.clone(), set),
        ),
    };
    let hint = (!field.hint.is_empty()).then(|| view! { <p class="field-hint">{field.hint}</p> });
    let fault = move || {
        is_wrong().then(|| {
            view! {
                <p class="field-error" id=error_id.clone()>
                    <Icon name="warn" />
                    {field.missing}
                </p>
            }
        })
    };
    view! {
        <div class="field">
            {label}
            {input}
            {hint}
            {fault}
        </div>
    }
    .into_any()
}

fn input(
    field: &AskField,
    id: String,
    error_id: String,
    set: impl Fn(String) + Copy + 'static,
) -> AnyView {
    match &field.kind {
        FieldKind::Choice(choices) => {
            let options: Vec<_> = choices
                .iter()
                .map(|(value, words)| {
                    let selected = *value == field.value;
                    view! { <option value=value.clone() selected=selected>{words.clone()}</option> }
                })
                .collect();
            view! {
                <select class="input" id=id on:change=move |event| set(event_target_value(&event))>
                    {options}
                </select>
            }
            .into_any()
        }
        FieldKind::Day(min, max) => view! {
            <input
                class="input"
                id=id
                type="date"
                min=min.clone()
                max=max.clone()
                aria-describedby=error_id
                value=field.value.clone()
                on:input=move |event| set(event_target_value(&event))
            />
        }
        .into_any(),
        FieldKind::Lines => view! {
            <textarea
                class="input"
                id=id
                rows="8"
                aria-describedby=error_id
                on:input=move |event| set(event_target_value(&event))
            >
                {field.value.clone()}
            </textarea>
        }
        .into_any(),
        kind => {
            let mode = (*kind == FieldKind::Number).then_some("decimal");
            view! {
                <input
                    class="input"
                    id=id
                    inputmode=mode
                    autocomplete="off"
                    maxlength="200"
                    aria-describedby=error_id
                    value=field.value.clone()
                    on:input=move |event| set(event_target_value(&event))
                />
            }
            .into_any()
        }
    }
}

/// Large buttons, under a heading each kind.
fn taps(
    groups: &[(String, Vec<Tap>)],
    now: impl Fn() -> String + Copy + Send + 'static,
    set: impl Fn(String) + Copy + 'static,
) -> AnyView {
    let tap = |tap: &Tap| {
        let (value, chosen) = (tap.value.clone(), tap.value.clone());
        let is_chosen = move || now() == value;
        view! {
            <button
                class="btn"
                type="button"
                data-size="big"
                data-kind={
                    let is_chosen = is_chosen.clone();
                    move || is_chosen().then_some("main")
                }
                aria-pressed=move || if is_chosen() { "true" } else { "false" }
                on:click=move |_| set(chosen.clone())
            >
                <span>{tap.words.clone()} <small>{tap.note.clone()}</small></span>
            </button>
        }
    };
    let group = |(heading, row): &(String, Vec<Tap>)| {
        let row: Vec<_> = row.iter().map(tap).collect();
        view! {
            <p class="sub block-gap">{heading.clone()}</p>
            <div class="two" role="group" aria-label=heading.clone()>{row}</div>
        }
    };
    let groups: Vec<_> = groups.iter().map(group).collect();
    groups.into_any()
}
