//! The host's line to the server: looks again every two seconds, sends one command at a time, and
//! keeps one that got no answer, so that it can be sent again.

use crate::components::wire::Wire;
use crate::host::{HostAnswer, HostPort};
use domain::ids::{ContestId, Millis};
use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use leptos::task::spawn_local;
use std::time::Duration;
use sync::protocol::{GateView, HostCommand, HostView, Problem, ProblemCode, speaks};

/// Counts of sheets are no event of the public stream, so the page asks for them.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

#[derive(Clone, Copy)]
pub struct Link {
    contest: ContestId,
    port: Option<HostPort>,
    pub view: RwSignal<Option<HostView>>,
    /// When the server last answered, by its clock.
    pub heard_at: RwSignal<Option<Millis>>,
    /// Why this device is not the host's, or not any more.
    pub lost: RwSignal<Option<Lost>>,
    /// The latest question had no answer of ours.
    pub silent: RwSignal<bool>,
    pub busy: RwSignal<bool>,
    pub failed: RwSignal<Option<Failed>>,
    looking: StoredValue<bool>,
    /// Rises with every command.
    turn: StoredValue<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Never paired here, or its data was cleared.
    NotHere,
    Replaced,
    Withdrawn,
    Expired,
    /// The server speaks another protocol.
    TooOld,
}

/// A command that did not go through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    pub command: HostCommand,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No answer: it may be sent again, and acts once.
    Silence,
    /// The gate is not as it was.
    Moved,
    /// Sheets are outstanding by now.
    ReasonDue,
    Refused,
}

impl Link {
    pub fn open(contest: ContestId) -> Self {
        let link = Self {
            contest,
            port: use_context::<HostPort>(),
            view: RwSignal::new(None),
            heard_at: RwSignal::new(None),
            lost: RwSignal::new(None),
            silent: RwSignal::new(false),
            busy: RwSignal::new(false),
            failed: RwSignal::new(None),
            looking: StoredValue::new(false),
            turn: StoredValue::new(0),
        };
        Effect::new(move |_| {
            link.look();
            let timer = set_interval_with_handle(move || link.look(), LOOK_AGAIN);
            on_cleanup(move || {
                if let Ok(timer) = timer {
                    timer.clear();
                }
            });
        });
        link
    }

    /// Asks how everything is.
    pub fn look(self) {
        if self.busy.get_untracked() || self.looking.get_value() {
            return;
        }
        self.looking.set_value(true);
        let turn = self.turn.get_value();
        spawn_local(async move {
            let answer = self.ask(None).await;
            self.looking.try_set_value(false);
            // What was asked before a command knows less than the command's own answer.
            if self.turn.try_get_value() == Some(turn) && self.hear(answer).is_some() {
                // Whatever was wrong, what is shown is not up to date.
                put(self.silent, true);
            }
        });
    }

    /// Sends a command. While one is under way a second is not taken.
    pub fn send(self, command: HostCommand) {
        let Ok(text) = <Wire as Encoder<HostCommand>>::encode(&command) else {
            return;
        };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(None);
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        spawn_local(async move {
            let answer = self.ask(Some(text)).await;
            self.busy.try_set(false);
            if let Some(why) = self.hear(answer) {
                self.failed.try_set(Some(Failed { command, why }));
                self.look();
            }
        });
    }

    async fn ask(self, command: Option<String>) -> HostAnswer {
        match self.port {
            Some(HostPort(ask)) => ask(self.contest, command).await,
            None => HostAnswer::Silence,
        }
    }

    /// Takes an answer to the page, and tells what was wrong with it.
    fn hear(self, answer: HostAnswer) -> Option<Why> {
        let heard = match answer {
            HostAnswer::Ours(text) => view_of(&text).ok_or(Why::Silence),
            HostAnswer::Silence => Err(Why::Silence),
            HostAnswer::NotHere => {
                put(self.lost, Some(Lost::NotHere));
                Err(Why::Refused)
            }
            HostAnswer::Refused(text) => Err(self.refused(&text)),
        };
        put(self.silent, heard == Err(Why::Silence));
        match heard {
            Ok(view) => {
                self.show(view);
                None
            }
            Err(why) => Some(why),
        }
    }

    fn show(self, view: HostView) {
        put(self.heard_at, Some(view.server_time));
        put(self.lost, None);
        let is_over = self.failed.try_with_untracked(|failed| {
            let failed = failed.as_ref()?;
            let old = self
                .view
                .try_with_untracked(|old| gate_of(old.as_ref()?, failed));
            Some(failed.why == Why::Silence && old.flatten() != gate_of(&view, failed))
        });
        // A gate that moved after all, by whomever, answers a command that got no answer.
        if is_over.flatten() == Some(true) {
            put(self.failed, None);
        }
        // The time alone is no news.
        let server_time = Millis::default();
        put(
            self.view,
            Some(HostView {
                server_time,
                ..view
            }),
        );
    }

    fn refused(self, text: &str) -> Why {
        let Ok(problem) = <Wire as Decoder<Problem>>::decode(text) else {
            return Why::Silence;
        };
        let lost = match problem.code {
            ProblemCode::CredentialReplaced => Lost::Replaced,
            ProblemCode::CredentialWithdrawn | ProblemCode::SignIn => Lost::Withdrawn,
            ProblemCode::CredentialExpired => Lost::Expired,
            ProblemCode::Protocol => Lost::TooOld,
            code => return why(code, problem.place.as_deref()),
        };
        put(self.lost, Some(lost));
        Why::Refused
    }
}

fn gate_of(view: &HostView, failed: &Failed) -> Option<GateView> {
    let mut entries = view.entries.iter();
    let entry = entries.find(|entry| entry.id == failed.command.entry)?;
    Some(entry.gate)
}

/// Writes only what differs, so that nothing on the page is drawn anew under the host's finger.
fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_with_untracked(|old| *old != value) == Some(true) {
        signal.try_set(value);
    }
}

fn why(code: ProblemCode, place: Option<&str>) -> Why {
    match code {
        ProblemCode::Conflict => Why::Moved,
        ProblemCode::Malformed if place == Some("reason") => Why::ReasonDue,
        ProblemCode::Busy | ProblemCode::TooMany | ProblemCode::Internal => Why::Silence,
        _ => Why::Refused,
    }
}

fn view_of(text: &str) -> Option<HostView> {
    let view = <Wire as Decoder<HostView>>::decode(text).ok()?;
    speaks(view.protocol).then_some(view)
}
