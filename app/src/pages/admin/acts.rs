//! What an organiser does to a contest or a month: one command at a time, sent, answered, and the
//! page read anew. Acts that need a reason or a value ask for it in one dialog, which the page
//! shares.

use crate::api::desk::command;
use crate::api::field::command_links;
use crate::api::month::{command_hook, command_month};
use crate::backend::{DeskCommand, HookCommand, LinkCommand, MonthCommand};
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::components::state::Failure;
use crate::error::AppError;
use crate::prefs::lang;
use crate::text;
use domain::ids::{ContestId, SeasonId};
use domain::month::Period;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Sends commands of one kind to one thing. Copied freely: it is only signals.
pub struct Acts<C: 'static = DeskCommand> {
    send: StoredValue<Arc<SendCommand<C>>>,
    ask: RwSignal<Option<Ask<C>>>,
    open: RwSignal<bool>,
    pub busy: RwSignal<bool>,
    pub error: RwSignal<Option<AppError>>,
    /// Rises with every act that went through.
    pub done: RwSignal<u64>,
}

impl<C> Clone for Acts<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Acts<C> {}

/// Brings a command to the server.
type SendCommand<C> = dyn Fn(C) -> Sending + Send + Sync;
type Sending = Pin<Box<dyn Future<Output = Result<(), AppError>>>>;

/// Makes the command from what was entered.
type MakeCommand<C> = dyn Fn(&[String]) -> C + Send + Sync;

/// A question before an act.
pub struct Ask<C = DeskCommand> {
    pub title: String,
    pub body: String,
    pub fields: Vec<AskField>,
    /// The words on the button.
    pub act: &'static str,
    /// Whether the act takes something away.
    pub stops: bool,
    /// What to send, from the values of the fields in their order.
    pub command: Arc<MakeCommand<C>>,
}

impl<C> Clone for Ask<C> {
    fn clone(&self) -> Self {
        Self {
            title: self.title.clone(),
            body: self.body.clone(),
            fields: self.fields.clone(),
            act: self.act,
            stops: self.stops,
            command: Arc::clone(&self.command),
        }
    }
}

#[derive(Clone)]
pub struct AskField {
    pub label: &'static str,
    pub hint: &'static str,
    pub kind: FieldKind,
    pub is_required: bool,
    pub value: String,
}

#[derive(Clone, PartialEq, Eq)]
pub enum FieldKind {
    Line,
    Number,
    /// Value and words of each choice.
    Choice(Vec<(String, String)>),
}

/// The large button of an act that cannot be done yet, and why.
pub fn blocked_button(words: &'static str, why: &'static str) -> AnyView {
    view! {
        <button
            class="btn"
            type="button"
            data-wide=""
            data-size="big"
            aria-disabled="true"
            aria-describedby="post-why"
        >
            {words}
        </button>
        <p class="why" id="post-why">{why}</p>
    }
    .into_any()
}

/// The small button that asks before its act.
pub fn ask_button<C>(acts: Acts<C>, ask: Ask<C>) -> AnyView {
    let kind = ask.stops.then_some("stop");
    let words = ask.act;
    view! {
        <button
            class="btn"
            type="button"
            data-size="small"
            data-kind=kind
            on:click=move |_| acts.ask(ask.clone())
        >
            {words}
        </button>
    }
    .into_any()
}

impl AskField {
    /// Why something is done: kept with the act and with who did it.
    #[must_use]
    pub fn reason(is_required: bool) -> Self {
        let hint = if is_required {
            text::desk_reason_hint(lang())
        } else {
            text::desk_reason_optional(lang())
        };
        Self {
            hint,
            is_required,
            ..Self::line(text::desk_reason(lang()))
        }
    }

    #[must_use]
    pub fn line(label: &'static str) -> Self {
        Self {
            label,
            hint: "",
            kind: FieldKind::Line,
            is_required: true,
            value: String::new(),
        }
    }
}

impl Acts {
    #[must_use]
    pub fn new(contest: ContestId) -> Self {
        Self::over(move |act| Box::pin(command(contest, act)))
    }
}

impl Acts<MonthCommand> {
    #[must_use]
    pub fn of_month(season: SeasonId, period: Period) -> Self {
        Self::over(move |act| Box::pin(command_month(season, period, act)))
    }
}

impl Acts<LinkCommand> {
    pub fn of_links(season: SeasonId) -> Self {
        Self::over(move |act| Box::pin(command_links(season, act)))
    }
}

impl Acts<HookCommand> {
    #[must_use]
    pub fn of_hooks() -> Self {
        Self::over(|act| Box::pin(command_hook(act)))
    }
}

impl<C> Acts<C> {
    /// Brings commands of one kind to the server in this way.
    pub(super) fn over(send: impl Fn(C) -> Sending + Send + Sync + 'static) -> Self {
        Self {
            send: StoredValue::new(Arc::new(send)),
            ask: RwSignal::new(None),
            open: RwSignal::new(false),
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            done: RwSignal::new(0),
        }
    }

    /// Sends a command. While one is under way a second is not taken.
    pub fn run(self, command: C) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        let sending = self.send.with_value(|send| send(command));
        spawn_local(async move {
            let answer = sending.await;
            self.busy.try_set(false);
            match answer {
                Ok(()) => {
                    self.open.try_set(false);
                    self.done.try_update(|done| *done += 1);
                }
                Err(error) => {
                    self.error.try_set(Some(error));
                }
            }
        });
    }

    /// Reads the page anew without doing anything.
    #[must_use]
    pub fn again(self) -> Callback<()> {
        Callback::new(move |()| self.done.update(|done| *done += 1))
    }

    /// Asks first.
    pub fn ask(self, ask: Ask<C>) {
        self.error.set(None);
        self.ask.set(Some(ask));
        self.open.set(true);
    }
}

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
            <Failure error=acts.error />
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
    let input = input(&field, id.clone(), error_id.clone(), set);
    let hint = (!field.hint.is_empty()).then(|| view! { <p class="field-hint">{field.hint}</p> });
    let fault = move || {
        is_wrong().then(|| {
            view! {
                <p class="field-error" id=error_id.clone()>
                    <Icon name="warn" />
                    {text::desk_required(lang())}
                </p>
            }
        })
    };
    view! {
        <div class="field">
            <label class="lab" for=id>{field.label}</label>
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
