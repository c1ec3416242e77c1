//! What a page hears of a contest while it is visible: a counter that rises with every event. Who
//! needs more asks for it, so no frame has to carry a name or a mark.

use domain::ids::ContestId;
use leptos::prelude::*;

/// How the stream of a contest stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LiveView {
    /// The sequence of the last event heard.
    pub seq: u64,
    /// No event, not even a heartbeat, for longer than the stream promises.
    pub stale: bool,
}

/// Opens the stream of a contest for as long as the calling page lives. Provided by the browser;
/// the server has none, and a page that finds none stays as it was rendered.
#[derive(Clone)]
pub struct LivePort(pub Callback<ContestId, Signal<LiveView>>);

/// The stream of `contest` for this page.
#[must_use]
pub fn live(contest: ContestId) -> Signal<LiveView> {
    use_context::<LivePort>().map_or_else(
        || Signal::stored(LiveView::default()),
        |LivePort(open)| open.run(contest),
    )
}
