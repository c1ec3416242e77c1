//! The live stream of a contest: open only while the page is visible, resumed from the last event
//! heard, and stale when the beats stay away.

use crate::{browser, json};
use app::live::{LivePort, LiveView};
use domain::ids::{ContestId, Millis, Seq};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use sync::protocol::{LiveEvent, LiveKind};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{EventSource, MessageEvent};

/// The names of the events, as the server writes them.
const KINDS: [&str; 7] = [
    "gate", "order", "posted", "received", "pads", "beat", "resync",
];
/// Beats come each second to screens, pads and desks, and each fifteen to readers.
const STALE_FAST_MS: u64 = 5_000;
const STALE_SLOW_MS: u64 = 40_000;
const CHECK_MS: u64 = 1_000;

/// Who reads, and so how often the server beats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Pad,
    Screen,
    Desk,
    Viewer,
}

pub struct Stream {
    contest: ContestId,
    reader: Reader,
    source: RefCell<Option<EventSource>>,
    last: Cell<Seq>,
    heard_at: Cell<Millis>,
    hear: Box<dyn Fn(LiveEvent)>,
}

impl Stream {
    pub fn open(
        contest: ContestId,
        reader: Reader,
        hear: impl Fn(LiveEvent) + 'static,
    ) -> Rc<Self> {
        let stream = Rc::new(Self {
            contest,
            reader,
            source: RefCell::new(None),
            last: Cell::new(Seq(0)),
            heard_at: Cell::new(browser::monotonic()),
            hear: Box::new(hear),
        });
        let weak = Rc::downgrade(&stream);
        browser::on(&document(), "visibilitychange", move |_| {
            if let Some(stream) = weak.upgrade() {
                stream.follow_visibility();
            }
        });
        stream.follow_visibility();
        stream
    }

    /// Whether the stream is open and its beats come.
    pub fn is_healthy(&self) -> bool {
        let silence = browser::monotonic().0.saturating_sub(self.heard_at.get().0);
        self.source.borrow().is_some() && silence < self.reader.stale_ms()
    }

    fn follow_visibility(self: &Rc<Self>) {
        if !browser::is_visible() {
            self.close();
        } else if self.source.borrow().is_none() {
            self.connect();
        }
    }

    fn connect(self: &Rc<Self>) {
        let url = format!(
            "/api/v1/live/{}?kind={}&after={}",
            self.contest,
            self.reader.name(),
            self.last.get().0
        );
        let Ok(source) = EventSource::new(&url) else {
            return;
        };
        for kind in KINDS {
            let weak = Rc::downgrade(self);
            browser::on(&source, kind, move |event| {
                let text = event.unchecked_ref::<MessageEvent>().data().as_string();
                let event = text.and_then(|text| json::read(&text));
                if let (Some(stream), Some(event)) = (weak.upgrade(), event) {
                    stream.heard(event);
                }
            });
        }
        self.heard_at.set(browser::monotonic());
        *self.source.borrow_mut() = Some(source);
    }

    fn heard(&self, event: LiveEvent) {
        self.heard_at.set(browser::monotonic());
        self.last.set(self.last.get().max(event.seq));
        (self.hear)(event);
    }

    fn close(&self) {
        if let Some(source) = self.source.take() {
            source.close();
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.close();
    }
}

impl Reader {
    fn name(self) -> &'static str {
        match self {
            Self::Pad => "pad",
            Self::Screen => "screen",
            Self::Desk => "desk",
            Self::Viewer => "viewer",
        }
    }

    fn stale_ms(self) -> u64 {
        match self {
            Self::Viewer => STALE_SLOW_MS,
            Self::Pad | Self::Screen | Self::Desk => STALE_FAST_MS,
        }
    }

    /// The address says who reads.
    fn of_page() -> Self {
        let path = window().location().pathname().unwrap_or_default();
        match path.split('/').nth(1) {
            Some("screen") => Self::Screen,
            Some("admin") => Self::Desk,
            _ => Self::Viewer,
        }
    }
}

/// What pages ask for a stream.
pub fn port() -> LivePort {
    LivePort(Callback::new(|contest: ContestId| {
        let view = RwSignal::new(LiveView::default());
        let stream = StoredValue::new_local(None::<Rc<Stream>>);
        // The first render is the server's, so the stream opens after it.
        Effect::new(move |_| {
            let opened = Stream::open(contest, Reader::of_page(), move |event| tell(view, &event));
            watch(&opened, view);
            stream.set_value(Some(opened));
        });
        view.into()
    }))
}

fn tell(view: RwSignal<LiveView>, event: &LiveEvent) {
    let _ = view.try_update(|view| {
        view.stale = false;
        if event.kind != LiveKind::Beat {
            view.seq = view.seq.max(event.seq.0);
        }
    });
}

/// Marks the view stale when the beats stay away, for as long as the page holds the stream.
fn watch(stream: &Rc<Stream>, view: RwSignal<LiveView>) {
    let weak: Weak<Stream> = Rc::downgrade(stream);
    spawn_local(async move {
        loop {
            browser::sleep(CHECK_MS).await;
            let Some(stream) = weak.upgrade() else { return };
            let stale = browser::is_visible() && !stream.is_healthy();
            if view.try_with_untracked(|view| view.stale != stale) == Some(true) {
                let _ = view.try_update(|view| view.stale = stale);
            }
        }
    });
}
