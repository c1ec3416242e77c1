//! The sync slip of a page that follows a contest: when its content is from, or that it has lost
//! the stream. At the first paint it says nothing, for a page that was just rendered is fresh.

use crate::components::sync_slip::{Slip, SyncSlip};
use crate::live::LiveView;
use domain::ids::Millis;
use leptos::prelude::*;

/// How fresh a page is.
#[derive(Clone, Copy)]
pub struct Freshness {
    /// When the content is from, as the server says; pages that do not know leave it.
    pub at: RwSignal<Option<Millis>>,
    /// The last refresh failed.
    pub stale: RwSignal<bool>,
    heard: Signal<LiveView>,
}

impl Freshness {
    #[must_use]
    pub fn of(heard: Signal<LiveView>) -> Self {
        Self {
            at: RwSignal::new(None),
            stale: RwSignal::new(false),
            heard,
        }
    }

    /// Rises with every event of the contest.
    #[must_use]
    pub fn seq(self) -> u64 {
        self.heard.get().seq
    }

    /// Whether the page may be behind.
    #[must_use]
    pub fn is_lost(self) -> bool {
        self.heard.get().stale || self.stale.get()
    }

    /// The slip for the bar. Pressing it asks the server once more.
    #[must_use]
    pub fn slip(self, again: Callback<()>) -> AnyView {
        let slip = Memo::new(move |_| match self.at.get() {
            _ if self.is_lost() => Slip::Lost,
            Some(at) => Slip::Updated(at),
            None => Slip::Quiet,
        });
        let shown = move || {
            (slip.get() != Slip::Quiet).then(|| {
                view! { <SyncSlip slip=Signal::from(slip) on_press=again /> }
            })
        };
        view! { {shown} }.into_any()
    }
}
