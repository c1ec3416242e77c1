//! Drafts, private notes and sealing for the seat that the page is about. A draft goes to the disk
//! at each change and leaves it only once the sealed sheet lies there.

use crate::browser;
use crate::channel::{self, TabMessage};
use crate::device;
use crate::engine::Engine;
use crate::shell::Shell;
use crate::signals::Signals;
use app::pad::rules::SeatRules;
use domain::ids::{DeviceId, EntryId, OpId, SheetId};
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use sync::draft::Draft;
use sync::offline_mode::{LastContact, ModeEvent};
use sync::outbox::{Event, StoreFault};
use sync::overlay::overlay;
use sync::protocol::{Change, SealedSheet};
use sync::record::NewOp;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;

/// Reads what lies on the disk for the seat that is about to be shown.
pub async fn load(shell: &Rc<Shell>, engine: &Rc<Engine>) {
    let read = engine.store.drafts().await;
    note_fault(shell, read.as_ref().err());
    let Ok((drafts, notes)) = read else { return };
    if shell.shown.get() == Some(engine.seat) {
        Signals::set(shell.signals.drafts, drafts);
        Signals::set(shell.signals.notes, notes);
        drop_sealed(shell, engine);
    }
}

/// Begins a sheet, or the next version of the one that stands. It is on no disk until its first
/// change, because nothing would be lost with it.
pub fn begin(shell: &Rc<Shell>, entry: EntryId) {
    let Some(engine) = shell.shown() else { return };
    let Some(draft) = new_draft(shell, &engine, entry) else {
        return;
    };
    let known = shell.signals.drafts.with_untracked(|drafts| {
        drafts
            .iter()
            .any(|known| known.entry == entry && known.attempt == draft.attempt)
    });
    if known {
        return;
    }
    shell.begun.borrow_mut().push(entry);
    put(shell, draft);
}

pub fn save(shell: &Rc<Shell>, draft: Draft) {
    let draft = Draft {
        changed_at: browser::wall(),
        ..draft
    };
    shell
        .begun
        .borrow_mut()
        .retain(|entry| *entry != draft.entry);
    put(shell, draft.clone());
    write(shell, move |engine| async move {
        engine.store.keep_draft(&draft).await
    });
}

pub fn discard(shell: &Rc<Shell>, entry: EntryId) {
    shell
        .signals
        .drafts
        .update(|drafts| drafts.retain(|draft| draft.entry != entry));
    write(shell, move |engine| async move {
        engine.store.drop_draft(entry).await
    });
}

pub fn keep_note(shell: &Rc<Shell>, entry: EntryId, note: String) {
    shell.signals.notes.update(|notes| {
        notes.insert(entry, note.clone());
    });
    write(shell, move |engine| async move {
        engine.store.keep_note(entry, &note).await
    });
}

/// Hands the sheet to the outbox. The draft stays until the sealed sheet is on the disk.
pub fn seal(shell: &Rc<Shell>, entry: EntryId, gate_code: Option<String>) {
    let Some(engine) = shell.shown() else { return };
    let draft = shell
        .signals
        .drafts
        .with_untracked(|drafts| drafts.iter().find(|draft| draft.entry == entry).cloned());
    let new = draft.and_then(|draft| sealed(&engine, &draft, gate_code));
    if let Some(new) = new {
        engine.inbox.post(Event::Seal(new));
    }
}

/// Hands to the outbox what a holder outside contests says. Its draft is a note, which the page
/// drops once it sees the op on the disk.
pub fn say(shell: &Rc<Shell>, draft: u64, text: String, beside: Option<Arc<str>>) {
    let Some(engine) = shell.shown() else { return };
    let sheet = SheetId(Uuid::from_u128(u128::from(draft) << 80 | 7 << 76 | 2 << 62));
    let op_id = op_id(sheet, 0, engine.store.credential().device);
    let new = NewOp {
        beside,
        ..new_op(&engine, op_id, Change::Field(text))
    };
    engine.inbox.post(Event::Seal(new));
}

/// Drops the drafts whose sealed sheet lies on this disk or on the server.
pub fn drop_sealed(shell: &Rc<Shell>, engine: &Rc<Engine>) {
    let outbox = engine.view();
    let cached = engine.cached.borrow();
    let is_sealed = |draft: &Draft| {
        let here = outbox.ops.iter().any(|op| {
            op.state.is_saved()
                && op.sheet().is_some_and(|sheet| {
                    sheet.sheet_id == draft.sheet_id && draft.version <= sheet.version
                })
        });
        let there = cached.as_ref().is_some_and(|cached| {
            cached
                .view
                .sheets
                .iter()
                .any(|sheet| sheet.sheet_id == draft.sheet_id && draft.version <= sheet.version)
        });
        here || there
    };
    let sealed: Vec<EntryId> = shell.signals.drafts.with_untracked(|drafts| {
        drafts
            .iter()
            .filter(|draft| is_sealed(draft))
            .map(|draft| draft.entry)
            .collect()
    });
    for entry in sealed {
        discard(shell, entry);
    }
}

/// A sheet came on the screen, or left it. What was begun and never changed is dropped with it.
pub fn opened(shell: &Rc<Shell>, open: bool) {
    let before = shell.sheets_open.get();
    let after = if open {
        before + 1
    } else {
        (before - 1).max(0)
    };
    shell.sheets_open.set(after);
    let event = match (before, after) {
        (0, 1) => ModeEvent::SheetOpened,
        (1, 0) => ModeEvent::SheetClosed,
        _ => return,
    };
    device::keep_awake(0 < after);
    if let Some(engine) = shell.shown() {
        engine.change_mode(event);
    }
    if after == 0 {
        let begun = shell.begun.take();
        if !begun.is_empty() {
            shell.signals.drafts.update(|drafts| {
                drafts.retain(|draft| !begun.contains(&draft.entry));
            });
        }
    }
}

fn put(shell: &Rc<Shell>, draft: Draft) {
    shell.signals.drafts.update(|drafts| {
        drafts.retain(|known| known.entry != draft.entry);
        drafts.push(draft);
    });
}

fn new_draft(shell: &Rc<Shell>, engine: &Rc<Engine>, entry: EntryId) -> Option<Draft> {
    let cached = engine.cached.borrow();
    let view = &cached.as_ref()?.view;
    let drafts = shell.signals.drafts.get_untracked();
    let overlays = overlay(view, &engine.view(), &drafts, &engine.mode.get());
    let overlay = overlays
        .into_iter()
        .find(|overlay| overlay.entry == entry)?;
    let now = browser::wall();
    Some(match overlay.current {
        Some(sheet) => Draft::new(entry, overlay.attempt, sheet.sheet_id, now).editing(
            sheet.op_id,
            sheet.version,
            &sheet.marks,
        ),
        None => Draft::new(entry, overlay.attempt, SheetId(Uuid::now_v7()), now),
    })
}

fn sealed(engine: &Rc<Engine>, draft: &Draft, gate_code: Option<String>) -> Option<NewOp> {
    let cached = engine.cached.borrow();
    let cached = cached.as_ref()?;
    let view = &cached.view;
    let entry = view.entries.iter().find(|entry| entry.id == draft.entry)?;
    let rules = SeatRules::of(view)?;
    let marks = draft.seal(&rules.refs()).ok()?;
    let heard = LastContact {
        last_seq: cached.cursor,
        clock_offset_ms: engine.clock_offset_ms.get(),
    };
    let change = Change::Seal(SealedSheet {
        sheet_id: draft.sheet_id,
        entry: draft.entry,
        attempt: draft.attempt,
        gate: entry.gate.number,
        version: draft.version,
        replaces: draft.replaces,
        charter_version: view.contest.charter_version,
        marks,
        offline: engine.mode.get().seal_note(heard, draft.attempt),
        gate_code,
    });
    let device = engine.store.credential().device;
    let op_id = op_id(draft.sheet_id, draft.version, device);
    Some(new_op(engine, op_id, change))
}

fn new_op(engine: &Engine, op_id: OpId, change: Change) -> NewOp {
    let credential = engine.store.credential();
    NewOp {
        op_id,
        contest: credential.contest,
        seat: credential.seat,
        device: credential.device,
        recorded_at: browser::wall(),
        change,
        beside: None,
    }
}

/// The same sheet sealed twice, by an impatient finger or in two tabs, is one op: its id follows
/// from sheet, version and device.
fn op_id(sheet: SheetId, version: u32, device: DeviceId) -> OpId {
    const RANDOM_PART: u128 = (1 << 62) - 1;
    let device = device.0.as_u128() & RANDOM_PART;
    OpId(Uuid::from_u128(
        sheet.0.as_u128() ^ device ^ u128::from(version),
    ))
}

/// Writes for the shown seat, and tells the other tabs once it is on the disk.
fn write<F>(shell: &Rc<Shell>, work: impl FnOnce(Rc<Engine>) -> F + 'static)
where
    F: Future<Output = Result<(), StoreFault>> + 'static,
{
    let Some(engine) = shell.shown() else { return };
    let shell = shell.clone();
    spawn_local(async move {
        let seat = engine.seat;
        let written = work(engine).await;
        note_fault(&shell, written.as_ref().err());
        if written.is_ok() {
            channel::tell(&TabMessage::Drafts { seat });
        }
    });
}

fn note_fault(shell: &Shell, fault: Option<&StoreFault>) {
    let draft_fault = fault.is_some();
    if shell
        .signals
        .device
        .with_untracked(|device| device.draft_fault != draft_fault)
    {
        shell
            .signals
            .device
            .update(|device| device.draft_fault = draft_fault);
    }
}
