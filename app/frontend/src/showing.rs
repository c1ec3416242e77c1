//! What changes on this device, brought to where it is seen: the list of holders, the shown seat,
//! its outbox, its mode and its contact with the server.

use crate::channel::{self, TabMessage};
use crate::engine::Engine;
use crate::holders::HolderRecord;
use crate::sheets;
use crate::shell::{Shell, shell};
use crate::signals::Signals;
use app::pad::rules::SeatRules;
use app::pad::view::{Contact, Downloaded, HolderRow, OpenSeat, SeatLoad};
use domain::ids::{Millis, SeatId};
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use sync::outbox::OutboxView;
use sync::protocol::HolderKind;
use wasm_bindgen_futures::spawn_local;

impl Shell {
    /// Reads the list of holders; the tab that leads works for all of them.
    pub async fn read_holders(&self) {
        let holders = self.holders.all().await.unwrap_or_default();
        let seats = holders
            .iter()
            .filter(|holder| holder.kind != HolderKind::Host);
        let seats: Vec<SeatId> = seats.map(|holder| holder.seat).collect();
        Signals::set(self.signals.holders, Some(rows(holders)));
        let gone: Vec<SeatId> = self
            .engines
            .borrow()
            .keys()
            .filter(|seat| !seats.contains(seat))
            .copied()
            .collect();
        for seat in gone {
            self.forget(seat);
        }
        if self.leading.get() {
            for seat in seats {
                let _ = self.engine(seat).await;
            }
        }
    }

    /// Lists the seat with its title and what waits of it.
    async fn keep_holder(&self, engine: &Engine) {
        // A pull may still have been on its way when the seat was taken off.
        let is_at_work = self.engines.borrow().contains_key(&engine.seat);
        let Some(holder) = holder_of(engine).filter(|_| is_at_work) else {
            return;
        };
        let row = HolderRow::from(holder.clone());
        let known = self
            .signals
            .holders
            .with_untracked(|rows| rows.as_ref().is_some_and(|rows| rows.contains(&row)));
        if !known && self.holders.put(&holder).await.is_ok() {
            self.read_holders().await;
            channel::tell(&TabMessage::Holders);
        }
    }
}

fn holder_of(engine: &Engine) -> Option<HolderRecord> {
    let cached = engine.cached.borrow();
    let view = &cached.as_ref()?.view;
    Some(HolderRecord {
        kind: engine.store.credential().kind,
        seat: engine.seat,
        contest: view.contest.id,
        contest_title: view.contest.title.clone(),
        number: Some(view.seat.number),
        class_name: view.seat.class_name.clone(),
        pending: engine.pending(),
        owed: view.owed.clone(),
    })
}

/// The outbox of a holder has another view.
pub fn outbox_changed(engine: &Rc<Engine>, view: OutboxView) {
    let Some(shell) = shell() else { return };
    if shell.shown.get() == Some(engine.seat) {
        Signals::set(shell.signals.outbox, view);
        sheets::drop_sealed(&shell, engine);
    }
    let engine = engine.clone();
    spawn_local(async move { shell.keep_holder(&engine).await });
}

/// A newer view was downloaded, here or in another tab.
pub async fn view_changed(engine: &Rc<Engine>) {
    let Some(shell) = shell() else { return };
    shell.keep_holder(engine).await;
    if shell.shown.get() == Some(engine.seat) {
        let versions = |load: &SeatLoad| match load {
            SeatLoad::Open(open) => open.downloaded.as_ref().map(|downloaded| {
                let contest = &downloaded.view.contest;
                (contest.charter_version, contest.roster_version)
            }),
            _ => None,
        };
        let before = shell.signals.seat.with_untracked(versions);
        show_view(&shell, engine);
        sheets::drop_sealed(&shell, engine);
        if shell.signals.seat.with_untracked(versions) != before {
            shell.check_ready();
        }
    }
}

pub fn show_view(shell: &Shell, engine: &Engine) {
    let credential = engine.store.credential();
    let downloaded = engine.cached.borrow().as_ref().map(|cached| Downloaded {
        rules: SeatRules::of(&cached.view),
        view: cached.view.clone(),
    });
    let open = OpenSeat {
        seat: engine.seat,
        contest: credential.contest,
        paired_at: credential.paired_at,
        downloaded,
    };
    Signals::set(shell.signals.seat, SeatLoad::Open(Arc::new(open)));
}

pub fn mode_changed(engine: &Engine) {
    Signals::set_in_shell(|signals| {
        if shell().and_then(|shell| shell.shown.get()) == Some(engine.seat) {
            Signals::set(signals.mode, engine.mode.get());
        }
    });
}

/// `server_time` is that of the answer, if there was one.
pub fn contact_changed(engine: &Engine, server_time: Option<Millis>) {
    let Some(shell) = shell() else { return };
    if shell.shown.get() == Some(engine.seat) {
        let before = shell.signals.contact.get_untracked();
        let contact = Contact {
            answered_at: server_time.or(before.answered_at),
            silent: engine.silent.get(),
            clock_offset_ms: engine.clock_offset_ms.get(),
        };
        Signals::set(shell.signals.contact, contact);
    }
}

/// By contest and number.
fn rows(holders: Vec<HolderRecord>) -> Vec<HolderRow> {
    let mut rows: Vec<HolderRow> = Vec::new();
    for row in holders.into_iter().map(HolderRow::from) {
        let stands_before = |other: &HolderRow| {
            (&other.contest_title, other.number) <= (&row.contest_title, row.number)
        };
        rows.insert(rows.partition_point(stands_before), row);
    }
    rows
}
