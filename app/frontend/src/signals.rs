//! The signals that the pad's pages read, and who may write them: this crate alone.

use crate::browser;
use app::pad::view::{
    Contact, DeviceView, HolderRow, PairState, Readiness, SeatLoad, Update, silent,
};
use app::pad::{Command, PadHandle};
use domain::ids::EntryId;
use leptos::prelude::*;
use litemap::LiteMap;
use sync::draft::Draft;
use sync::offline_mode::OfflineMode;
use sync::outbox::OutboxView;

#[derive(Clone, Copy)]
pub struct Signals {
    pub holders: RwSignal<Option<Vec<HolderRow>>>,
    pub seat: RwSignal<SeatLoad>,
    pub outbox: RwSignal<OutboxView>,
    pub drafts: RwSignal<Vec<Draft>>,
    pub notes: RwSignal<LiteMap<EntryId, String>>,
    pub mode: RwSignal<OfflineMode>,
    pub contact: RwSignal<Contact>,
    pub readiness: RwSignal<Readiness>,
    pub device: RwSignal<DeviceView>,
    pub pairing: RwSignal<PairState>,
    pub update: RwSignal<Update>,
}

impl Signals {
    pub fn new() -> Self {
        Self {
            holders: RwSignal::new(None),
            seat: RwSignal::new(SeatLoad::Opening),
            outbox: RwSignal::new(OutboxView::default()),
            drafts: RwSignal::new(Vec::new()),
            notes: RwSignal::new(LiteMap::new()),
            mode: RwSignal::new(silent()),
            contact: RwSignal::new(Contact::default()),
            readiness: RwSignal::new(Readiness::default()),
            device: RwSignal::new(DeviceView::default()),
            pairing: RwSignal::new(PairState::Idle),
            update: RwSignal::new(Update::None),
        }
    }

    pub fn handle(self, run: impl Fn(Command) + Send + Sync + 'static) -> PadHandle {
        PadHandle {
            holders: self.holders.into(),
            seat: self.seat.into(),
            outbox: self.outbox.into(),
            drafts: self.drafts.into(),
            notes: self.notes.into(),
            mode: self.mode.into(),
            contact: self.contact.into(),
            readiness: self.readiness.into(),
            device: self.device.into(),
            pairing: self.pairing.into(),
            update: self.update.into(),
            run: Callback::new(run),
            now: browser::wall,
        }
    }

    /// Writes only what differs, so that nothing on the page is drawn anew for nothing.
    pub fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
        if signal.with_untracked(|old| *old != value) {
            signal.set(value);
        }
    }

    /// Nothing of the seat that was shown before stays.
    pub fn clear_seat(self) {
        self.seat.set(SeatLoad::Opening);
        self.outbox.set(OutboxView::default());
        self.drafts.set(Vec::new());
        self.notes.set(LiteMap::new());
        self.readiness.set(Readiness::default());
        self.contact.set(Contact::default());
    }
}
