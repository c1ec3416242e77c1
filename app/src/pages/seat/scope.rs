//! What every page of one seat stands on: the seat of the address, once it is open, and its
//! entries with what is still on the phone laid over them.

use super::frame::Frame;
use crate::components::bar::Back;
use crate::components::icon::Icon;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pad::rules::SeatRules;
use crate::pad::view::SeatLoad;
use crate::pad::{Command, PadHandle, pad};
use crate::paths;
use crate::prefs::lang;
use crate::text;
use domain::ids::{EntryId, SeatId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use sync::draft::Draft;
use sync::overlay::{EntryOverlay, overlay};
use sync::protocol::{EntryView, SeatView};

/// The open seat of the page.
#[derive(Clone, Copy)]
pub struct Scope {
    pub pad: PadHandle,
    pub seat: SeatId,
    /// In running order.
    pub entries: Kept<Vec<EntryOverlay>>,
}

impl Scope {
    /// Reads the downloaded view. `None` only while the seat is being taken from this device.
    pub fn read<R>(&self, read: impl FnOnce(&SeatView, &SeatRules) -> R) -> Option<R> {
        self.pad.seat.with(|seat| {
            let SeatLoad::Open(open) = seat else {
                return None;
            };
            let downloaded = open.downloaded.as_ref()?;
            Some(read(&downloaded.view, downloaded.rules.as_ref()?))
        })
    }

    pub fn entry(&self, entry: EntryId) -> Option<EntryView> {
        self.read(|view, _| view.entries.iter().find(|known| known.id == entry).cloned())
            .flatten()
    }

    pub fn overlay(&self, entry: EntryId) -> Option<EntryOverlay> {
        self.entries
            .with(|entries| entries.iter().find(|known| known.entry == entry).cloned())
    }

    /// The draft of the entry's current attempt.
    pub fn draft(&self, entry: EntryId) -> Option<Draft> {
        let attempt = self.overlay(entry)?.attempt;
        self.pad.drafts.with(|drafts| {
            drafts
                .iter()
                .find(|draft| draft.entry == entry && draft.attempt == attempt)
                .cloned()
        })
    }

    /// `3 号席`.
    pub fn seat_name(&self) -> String {
        self.read(|view, _| text::seat_number(lang(), view.seat.number))
            .unwrap_or_default()
    }

    pub fn contest_title(&self) -> String {
        self.read(|view, _| view.contest.title.clone())
            .unwrap_or_default()
    }
}

/// How far the seat of the address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Opening,
    NotHere,
    Failed,
    NothingDownloaded,
    /// The charter cannot be read by this build.
    TooNew,
    Ready(SeatId),
}

/// What is shown once the place of the address is open.
#[derive(Clone, Copy)]
enum Page {
    Seat(fn(Scope) -> Mounted),
    /// Outside contests there are no entries and no criteria.
    Field(fn(PadHandle) -> Mounted),
}

/// Opens the seat of the address and shows `page` once it can be read.
pub fn with_seat(page: fn(Scope) -> Mounted) -> Mounted {
    with_place(Page::Seat(page))
}

/// The same for an inspector's or a unit's place.
pub fn with_field(page: fn(PadHandle) -> Mounted) -> Mounted {
    with_place(Page::Field(page))
}

fn with_place(page: Page) -> Mounted {
    let handle = pad();
    let params = use_params_map();
    let seat = Kept::new(move || {
        params.with(|params| {
            params
                .get("seat")
                .and_then(|seat| seat.parse::<SeatId>().ok())
        })
    });
    Effect::new(move |_| {
        if let Some(seat) = seat.get() {
            handle.send(Command::Open(seat));
        }
    });
    let has_rules = matches!(page, Page::Seat(_));
    let stage = Kept::new(move || stage(seat.get(), handle, has_rules));
    live(move || match (stage.get(), page) {
        (Stage::Ready(seat), Page::Seat(page)) => page(scope(handle, seat)),
        (Stage::Ready(_), Page::Field(page)) => page(handle),
        (stage, _) => waiting(stage, seat.get_untracked()),
    })
    .mounted()
}

fn scope(pad: PadHandle, seat: SeatId) -> Scope {
    let entries = Kept::new(move || {
        let mode = pad.mode.get();
        pad.seat
            .with(|load| match load {
                SeatLoad::Open(open) => open.downloaded.as_ref().map(|downloaded| {
                    pad.outbox.with(|outbox| {
                        pad.drafts
                            .with(|drafts| overlay(&downloaded.view, outbox, drafts, &mode))
                    })
                }),
                _ => None,
            })
            .unwrap_or_default()
    });
    Scope { pad, seat, entries }
}

fn stage(seat: Option<SeatId>, pad: PadHandle, has_rules: bool) -> Stage {
    let Some(seat) = seat else {
        return Stage::NotHere;
    };
    pad.seat.with(|load| match load {
        SeatLoad::Opening => Stage::Opening,
        SeatLoad::NotHere => Stage::NotHere,
        SeatLoad::Failed => Stage::Failed,
        SeatLoad::Open(open) if open.seat != seat => Stage::Opening,
        SeatLoad::Open(open) => match &open.downloaded {
            None => Stage::NothingDownloaded,
            Some(downloaded) if downloaded.rules.is_none() && has_rules => Stage::TooNew,
            Some(_) => Stage::Ready(seat),
        },
    })
}

fn waiting(stage: Stage, seat: Option<SeatId>) -> Mounted {
    let lang = lang();
    let back = Back {
        href: paths::SEATS.to_owned(),
        label: text::seat_to_seats(lang),
    };
    let (title, body) = match stage {
        Stage::Opening | Stage::Ready(_) => return opening(back),
        Stage::NotHere => (text::seat_not_here(lang), text::seat_not_here_body(lang)),
        Stage::Failed => (text::seat_failed(lang), text::seat_failed_body(lang)),
        Stage::NothingDownloaded => (text::seat_no_order(lang), text::seat_no_order_body(lang)),
        Stage::TooNew => (text::seat_too_new(lang), text::seat_too_new_body(lang)),
    };
    let handle = pad();
    let again = move |_| {
        if let Some(seat) = seat {
            handle.send(Command::Open(seat));
        }
        handle.send(Command::SendNow);
    };
    let retry = matches!(stage, Stage::NothingDownloaded | Stage::Failed).then(|| {
        view! {
            <button class="btn" data-kind="main" on:click=act(again)>
                {text::seat_again(lang)}
            </button>
        }
        .mounted()
    });
    view! {
        <Frame title=text::seat_title(lang) back=back>
            <section class="sheet empty" data-state="error">
                <div class="ring"><Icon name="warn" /></div>
                <p><b>{title}</b></p>
                <p class="sub">{body}</p>
                {retry}
            </section>
        </Frame>
    }
    .mounted()
}

fn opening(back: Back) -> Mounted {
    let lang = lang();
    let row = || {
        view! {
            <div class="row">
                <span></span>
                <div class="row-main"><div class="skel"></div><div class="skel"></div></div>
            </div>
        }
        .mounted()
    };
    view! {
        <Frame title=text::seat_title(lang) back=back>
            <section class="sheet" aria-busy="true" aria-label=text::sync_opening(lang)>
                <div class="ledger">{[row(), row(), row()]}</div>
            </section>
        </Frame>
    }
    .mounted()
}
