//! The port between the pad's pages and the browser: signals to read, one command to send. The
//! browser's side is in `frontend`; on the server everything here is inert, so that the first
//! render is the same on both sides.
//!
//! Reading order: [`view`] (what pages read), [`Command`] (what they may ask for), then the small
//! pure helpers of the pages: [`rules`], [`typing`], [`card_link`].

pub mod card_link;
pub mod rules;
pub mod typing;
pub mod view;

use card_link::CardLink;
use domain::ids::{EntryId, Millis, OpId, SeatId};
use leptos::prelude::*;
use litemap::LiteMap;
use std::sync::Arc;
use sync::draft::Draft;
use sync::offline_mode::OfflineMode;
use sync::outbox::OutboxView;
use view::{Contact, DeviceView, HolderRow, PairState, Readiness, SeatLoad, Update};

/// What a page may ask of the browser. None of them answers: the signals do.
#[derive(Clone, Debug)]
pub enum Command {
    /// The page is about this seat.
    Open(SeatId),
    /// 领取席位, or 接管 when the person has confirmed it.
    Pair {
        link: CardLink,
        digits: String,
        takeover: bool,
    },
    /// The card's page was left; what came of it is over.
    LeaveCard,
    /// Begins a sheet, or the next version of the one that stands.
    Begin(EntryId),
    /// Keeps a draft, durably.
    Save(Draft),
    /// Drops the changes to a sheet; the sealed version stays as it is.
    Discard(EntryId),
    /// Keeps the private note, which never leaves this device.
    Note(EntryId, String),
    /// Seals the draft; with the code that was announced in the hall, if the judge entered one.
    Seal {
        entry: EntryId,
        gate_code: Option<String>,
    },
    /// Seals what a holder outside contests says: the text of a `FieldAct`, and its draft; with
    /// what has to lie on the disk together with it.
    Field {
        draft: u64,
        text: String,
        beside: Option<Arc<str>>,
    },
    Retry(OpId),
    /// 立即上传.
    SendNow,
    /// 导出未上传.
    Export,
    CheckReady,
    /// 自己按顺序评, or back to waiting for the host.
    GoAlone(bool),
    /// A sheet is open on the screen: the screen stays on, no update and no change of mode.
    SheetOpen(bool),
    /// Asks the browser to keep the data for good.
    Persist,
    /// 换人: wipes a seat from this device, if nothing of it waits.
    Leave(SeatId),
    TakeUpdate,
    DismissUpdate,
}

/// The pad's view of this device.
#[derive(Clone, Copy)]
pub struct PadHandle {
    /// The seats of this device; `None` while they are read.
    pub holders: Signal<Option<Vec<HolderRow>>>,
    pub seat: Signal<SeatLoad>,
    pub outbox: Signal<OutboxView>,
    pub drafts: Signal<Vec<Draft>>,
    pub notes: Signal<LiteMap<EntryId, String>>,
    pub mode: Signal<OfflineMode>,
    pub contact: Signal<Contact>,
    pub readiness: Signal<Readiness>,
    pub device: Signal<DeviceView>,
    pub pairing: Signal<PairState>,
    pub update: Signal<Update>,
    pub run: Callback<Command>,
    /// The device's own clock.
    pub now: fn() -> Millis,
}

impl PadHandle {
    /// What the server has: nothing is known yet, and nothing can be asked for.
    #[must_use]
    pub fn inert() -> Self {
        Self {
            holders: Signal::stored(None),
            seat: Signal::stored(SeatLoad::Opening),
            outbox: Signal::stored(OutboxView::default()),
            drafts: Signal::stored(Vec::new()),
            notes: Signal::stored(LiteMap::new()),
            mode: Signal::stored(view::silent()),
            contact: Signal::stored(Contact::default()),
            readiness: Signal::stored(Readiness::default()),
            device: Signal::stored(DeviceView::default()),
            pairing: Signal::stored(PairState::Idle),
            update: Signal::stored(Update::None),
            run: Callback::new(|_| {}),
            now: || Millis(0),
        }
    }

    pub fn send(&self, command: Command) {
        self.run.run(command);
    }

    /// Sealed sheets of all seats on this device that the server does not have.
    #[must_use]
    pub fn pending(&self) -> usize {
        let holders = self.holders.get().unwrap_or_default();
        holders.iter().map(|holder| holder.pending).sum()
    }
}

/// The pad of this browser; an inert one on the server.
#[must_use]
pub fn pad() -> PadHandle {
    use_context::<PadHandle>().unwrap_or_else(PadHandle::inert)
}
