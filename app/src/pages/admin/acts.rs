//! What an organiser does to a contest or a month: one command at a time, sent, answered, and the
//! page read anew. Acts that need a reason or a value ask for it in one dialog, which the page
//! shares.

mod dialog;

pub use dialog::AskDialog;

use crate::api::desk::command;
use crate::api::field::command_links;
use crate::api::month::{command_hook, command_month};
use crate::backend::{DeskCommand, HookCommand, LinkCommand, MonthCommand};
use crate::error::AppError;
use crate::prefs::lang;
use crate::text;
use domain::ids::{ContestId, SeasonId, UnitId};
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

impl<C: Clone + Send + Sync + 'static> Ask<C> {
    /// A question that asks for nothing but yes.
    pub fn plain(act: &'static str, body: &str, stops: bool, command: C) -> Self {
        Self {
            title: act.to_owned(),
            body: body.to_owned(),
            fields: Vec::new(),
            act,
            stops,
            command: Arc::new(move |_| command.clone()),
        }
    }
}

#[derive(Clone)]
pub struct AskField {
    pub label: &'static str,
    pub hint: &'static str,
    pub kind: FieldKind,
    pub is_required: bool,
    /// What to do, where it is required and nothing is there.
    pub missing: &'static str,
    pub value: String,
}

#[derive(Clone, PartialEq, Eq)]
pub enum FieldKind {
    Line,
    /// Several lines, as they are pasted out of a sheet.
    Lines,
    Number,
    /// Value and words of each choice.
    Choice(Vec<(String, String)>),
    /// A day between two others, each as `2026-07-12`.
    Day(String, String),
    /// Buttons under headings: one tap is the choice.
    Taps(Vec<(String, Vec<Tap>)>),
}

/// What one tap enters.
#[derive(Clone, PartialEq, Eq)]
pub struct Tap {
    pub value: String,
    pub words: String,
    /// Smaller, below the words.
    pub note: String,
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

/// The unit that was chosen. Without one the question is not answered, and nobody has this id.
pub fn unit_of(value: &str) -> UnitId {
    let nobody = UnitId(uuid::Uuid::nil());
    value.parse().unwrap_or(nobody)
}

/// What was entered in a field, by its place.
#[must_use]
pub fn value(values: &[String], at: usize) -> String {
    values.get(at).cloned().unwrap_or_default()
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
            missing: text::desk_required(lang()),
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
