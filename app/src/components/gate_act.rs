//! The one act that comes next for an entry, by one rule for the organiser's desk and the host's.

use crate::prefs::lang;
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::protocol::{GateStateView, StageState};

/// What can be done with the entry as it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NextAct {
    Open,
    /// Another gate is open, or the result is out: why, in a sentence.
    Blocked(&'static str),
    Close,
    Closed,
}

/// What the next act depends on.
#[derive(Clone, Copy)]
pub struct GateFacts {
    pub gate: GateStateView,
    pub withdrawn: bool,
    pub contest: StageState,
    pub has_seats: bool,
    /// Another entry's gate is open.
    pub is_other_open: bool,
}

impl NextAct {
    /// `no_seats` says what to do where there are none, which differs with who reads it.
    #[must_use]
    pub fn of(lang: Lang, facts: GateFacts, no_seats: &'static str) -> Self {
        match facts.gate {
            _ if facts.withdrawn => Self::Blocked(text::desk_why_withdrawn(lang)),
            GateStateView::Open => Self::Close,
            GateStateView::Closed => Self::Closed,
            _ if facts.contest == StageState::Posted => Self::Blocked(text::desk_why_posted(lang)),
            _ if !facts.has_seats => Self::Blocked(no_seats),
            _ if facts.is_other_open => Self::Blocked(text::desk_why_other_open(lang)),
            _ => Self::Open,
        }
    }
}

/// The button that would open the gate, and why it does not.
pub fn blocked_act(why: &'static str) -> AnyView {
    view! {
        <div class="acts" data-cols="1">
            <div>
                <button class="btn" type="button" aria-disabled="true" aria-describedby="gate-why">
                    {text::desk_open_gate(lang())}
                </button>
                <p class="why" id="gate-why">{why}</p>
            </div>
        </div>
    }
    .into_any()
}

/// The small line of the button that is held to close the gate.
#[must_use]
pub fn hold_line(lang: Lang, outstanding: u32) -> String {
    match outstanding {
        0 => text::desk_hold_all(lang).to_owned(),
        missing => text::desk_hold_missing(lang, missing),
    }
}
