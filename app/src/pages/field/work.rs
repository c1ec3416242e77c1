//! What every part of the page works with: the downloaded view, what is being written, and the way
//! of a draft from the disk into the outbox.

use crate::components::wire::Wire;
use crate::kept::Kept;
use crate::pad::view::SeatLoad;
use crate::pad::{Command, PadHandle};
use crate::when;
use domain::ids::{EntryId, MeritId, UnitId};
use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use sync::outbox::OpView;
use sync::protocol::{Change, FieldAct, FieldRecord, FieldView, SeatView};
use uuid::Uuid;

#[derive(Clone, Copy)]
pub struct Work {
    pub pad: PadHandle,
    /// As it was downloaded last; `None` where this build cannot read it.
    pub view: Kept<Option<FieldView>>,
    /// The record that is being written; it lies on the disk from the first change on.
    pub record: RwSignal<Option<FieldRecord>>,
    /// Faults are shown from the first try to submit on.
    pub tried: RwSignal<bool>,
}

impl Work {
    pub fn new(pad: PadHandle) -> Self {
        let view = Kept::new(move || {
            let text = read(pad, |view| view.field.clone())??;
            <Wire as Decoder<FieldView>>::decode(&text).ok()
        });
        let work = Self {
            pad,
            view,
            record: RwSignal::new(None),
            tried: RwSignal::new(false),
        };
        if let Some(FieldAct::Record(record)) = untrack(|| work.kept(record_key())) {
            work.record.set(Some(record));
        }
        // A draft ends when its op is on the disk, and not before.
        Effect::new(move |_| {
            let draft = work
                .record
                .with(|record| record.as_ref().map(|record| record.draft));
            let Some(draft) = draft.filter(|draft| work.is_sealed(*draft)) else {
                return;
            };
            // Another page may be writing the next one by now.
            let kept = untrack(|| work.kept(record_key()));
            if kept.is_none_or(|kept| kept.draft() == draft) {
                work.drop_kept(record_key());
            }
            work.record.set(None);
        });
        work
    }

    /// Whether the form has the page.
    pub fn is_writing(self) -> Kept<bool> {
        Kept::new(move || self.record.with(Option::is_some))
    }

    /// Reads the downloaded view.
    pub fn read<R>(self, read_view: impl FnOnce(&SeatView) -> R) -> Option<R> {
        read(self.pad, read_view)
    }

    /// Today in Beijing by the device's clock, as `2026-07-12`.
    pub fn today(self) -> String {
        when::day((self.pad.now)())
    }

    /// Names a draft: no two of one device begin in the same millisecond.
    pub fn new_draft(self) -> u64 {
        (self.pad.now)().0
    }

    pub fn begin_record(self) {
        self.tried.set(false);
        self.record.set(Some(FieldRecord {
            unit: UnitId(Uuid::nil()),
            points: String::new(),
            dimension: String::new(),
            reason: String::new(),
            day: self.today(),
            draft: self.new_draft(),
        }));
    }

    pub fn change_record(self, change: impl FnOnce(&mut FieldRecord)) {
        self.record.update(|record| {
            if let Some(record) = record {
                change(record);
            }
        });
        if let Some(record) = self.record.get_untracked() {
            self.keep(record_key(), &FieldAct::Record(record));
        }
    }

    pub fn drop_record(self) {
        self.record.set(None);
        self.drop_kept(record_key());
    }

    /// Keeps what is being written on the disk.
    pub fn keep(self, key: EntryId, act: &FieldAct) {
        if let Some(text) = encode(act) {
            self.pad.send(Command::Note(key, text));
        }
    }

    pub fn drop_kept(self, key: EntryId) {
        self.pad.send(Command::Note(key, String::new()));
    }

    /// What was being written under this key.
    pub fn kept(self, key: EntryId) -> Option<FieldAct> {
        let text = self.pad.notes.with(|notes| notes.get(&key).cloned())?;
        <Wire as Decoder<FieldAct>>::decode(&text).ok()
    }

    pub fn seal(self, act: &FieldAct) {
        if let Some(text) = encode(act) {
            let draft = act.draft();
            self.pad.send(Command::Field { draft, text });
        }
    }

    /// The op that was made from a draft, as the outbox knows it.
    pub fn op_of(self, draft: u64) -> Option<OpView> {
        self.pad.outbox.with(|outbox| {
            let mut ops = outbox.ops.iter();
            ops.find(|op| said(op).is_some_and(|act| act.draft() == draft))
                .cloned()
        })
    }

    /// The appeal against a record that is on its way.
    pub fn appeal_of(self, of: MeritId) -> Option<OpView> {
        let is_about = |act: FieldAct| matches!(act, FieldAct::Appeal { merit, .. } if merit == of);
        self.pad.outbox.with(|outbox| {
            let mut ops = outbox.ops.iter();
            ops.find(|op| said(op).is_some_and(is_about)).cloned()
        })
    }

    pub fn is_sealed(self, draft: u64) -> bool {
        self.op_of(draft).is_some_and(|op| op.state.is_saved())
    }
}

fn read<R>(pad: PadHandle, read: impl FnOnce(&SeatView) -> R) -> Option<R> {
    pad.seat.with(|seat| match seat {
        SeatLoad::Open(open) => {
            let downloaded = open.downloaded.as_ref()?;
            Some(read(&downloaded.view))
        }
        _ => None,
    })
}

/// What an op of the outbox says.
pub fn said(op: &OpView) -> Option<FieldAct> {
    match op.change.as_deref() {
        Some(Change::Field(text)) => <Wire as Decoder<FieldAct>>::decode(text).ok(),
        _ => None,
    }
}

/// Where the record lies that is being written. Drafts are notes by entry, of which there are none
/// here.
fn record_key() -> EntryId {
    EntryId(Uuid::nil())
}

fn encode(act: &FieldAct) -> Option<String> {
    <Wire as Encoder<FieldAct>>::encode(act).ok()
}
