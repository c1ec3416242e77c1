//! What every part of the page works with: the downloaded view, what is being written, and the way
//! of a draft from the disk into the outbox.

use super::photo::{Chosen, Photos, photo_key};
use crate::components::wire::Wire;
use crate::kept::Kept;
use crate::pad::view::SeatLoad;
use crate::pad::{Command, PadHandle};
use crate::when;
use domain::ids::{EntryId, IndicatorId, MeritId, OpId, UnitId};
use domain::month::period::Period;
use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use litemap::LiteMap;
use std::collections::BTreeSet;
use sync::outbox::OpView;
use sync::protocol::{Change, FieldAct, FieldFigures, FieldRecord, FieldView, SeatView};
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
    /// Something is recorded that is none of the charter's items.
    pub is_other: RwSignal<bool>,
    pub photos: Photos,
    /// Drafts on their way into the outbox, each with what it is about.
    sealing: RwSignal<Vec<(EntryId, u64)>>,
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
            is_other: RwSignal::new(false),
            photos: Photos::new(),
            sealing: RwSignal::new(Vec::new()),
        };
        if let Some(FieldAct::Record(record)) = untrack(|| work.kept(record_key())) {
            work.record.set(Some(record));
            let photo = pad
                .notes
                .with_untracked(|notes| notes.get(&photo_key()).cloned());
            work.photos.restore(photo.as_deref());
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
                work.drop_photo();
            }
            work.record.set(None);
            work.photos.clear();
        });
        Effect::new(move |_| {
            let sealing = work.sealing.get().into_iter();
            let (done, rest): (Vec<_>, Vec<_>) =
                sealing.partition(|(_, draft)| work.is_sealed(*draft));
            if done.is_empty() {
                return;
            }
            for (about, draft) in done {
                let kept = untrack(|| work.kept(about));
                let is_last = rest.iter().all(|(other, _)| *other != about);
                if is_last && kept.is_none_or(|kept| kept.draft() <= draft) {
                    work.drop_kept(about);
                }
            }
            work.sealing.set(rest);
        });
        work
    }

    /// Lets go of what was written as soon as everything that was sealed of it is on the disk.
    pub fn drop_when_sealed(self, about: EntryId, draft: u64) {
        self.sealing.update(|sealing| sealing.push((about, draft)));
    }

    pub fn is_sealing(self, about: EntryId) -> bool {
        self.sealing
            .with(|sealing| sealing.iter().any(|(one, _)| *one == about))
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
        self.is_other.set(false);
        self.drop_photo();
        self.record.set(Some(FieldRecord {
            unit: UnitId(Uuid::nil()),
            points: String::new(),
            dimension: String::new(),
            reason: String::new(),
            day: self.today(),
            spot: String::new(),
            draft: self.new_draft(),
            photo: None,
            item: String::new(),
            document_no: String::new(),
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
        self.drop_photo();
    }

    /// Keeps the photo on the disk, and the record that it belongs to.
    pub fn keep_photo(self, photo: &Chosen) {
        if let Ok(text) = <Wire as Encoder<Chosen>>::encode(photo) {
            self.pad.send(Command::Note(photo_key(), text));
        }
        self.change_record(|_| ());
    }

    pub fn drop_photo(self) {
        self.photos.clear();
        let is_kept = |notes: &LiteMap<EntryId, String>| {
            notes.get(&photo_key()).is_some_and(|note| !note.is_empty())
        };
        if self.pad.notes.with_untracked(is_kept) {
            self.drop_kept(photo_key());
        }
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

    /// Sheets of figures that were typed and not submitted.
    pub fn left_figures(self) -> Vec<FieldFigures> {
        self.pad.notes.with(|notes| {
            let acts = notes
                .iter()
                .filter_map(|(_, text)| <Wire as Decoder<FieldAct>>::decode(text).ok());
            let figures = acts.filter_map(|act| match act {
                FieldAct::Figures(figures) => Some(figures),
                _ => None,
            });
            figures.collect()
        })
    }

    pub fn seal(self, act: &FieldAct) {
        if let Some(text) = encode(act) {
            let (draft, beside) = (act.draft(), None);
            self.pad.send(Command::Field {
                draft,
                text,
                beside,
            });
        }
    }

    /// Seals a record, and its photo with it: both come on the disk, or neither.
    pub fn seal_record(self, record: FieldRecord) {
        let photo = self.photos.chosen.get_untracked();
        let draft = record.draft;
        let record = FieldRecord {
            photo: photo.as_ref().map(|photo| photo.name()),
            ..record
        };
        if let Some(text) = encode(&FieldAct::Record(record)) {
            self.pad.send(Command::Field {
                draft,
                text,
                beside: photo.map(|photo| photo.data()),
            });
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

    /// What was said last about a record or a slip, and is not in the view yet.
    pub fn op_about(self, about: EntryId) -> Option<OpView> {
        let arrived = self.arrived();
        self.pad.outbox.with(|outbox| {
            let is_about = |op: &&OpView| {
                !arrived.contains(&op.op_id) && said(op).is_some_and(|act| about_of(&act) == about)
            };
            let refused = |op: &&OpView| is_about(op) && !op.state.is_saved();
            // What the disk refused comes first: somebody has to try it again.
            let mut ops = outbox.ops.iter().rev();
            let op = ops.clone().find(refused).or_else(|| ops.find(is_about));
            op.cloned()
        })
    }

    /// The ops that the downloaded view knows of.
    pub fn arrived(self) -> BTreeSet<OpId> {
        let ids = |view: &SeatView| view.sheets.iter().map(|sheet| sheet.op_id).collect();
        self.read(ids).unwrap_or_default()
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

/// What an act is about: the record, the slip, or the sheet of an indicator and month, under which
/// its draft lies on the disk.
pub fn about_of(act: &FieldAct) -> EntryId {
    match act {
        FieldAct::Record(_) => record_key(),
        FieldAct::Appeal { merit, .. } | FieldAct::Decide { merit, .. } => EntryId(merit.0),
        FieldAct::Reply { slip, .. } => EntryId(slip.0),
        FieldAct::MeritReply { merit, .. } => reply_key(*merit),
        FieldAct::DecideFlags { period, close, .. } => flags_key(*period, close),
        FieldAct::Figures(figures) => sheet_key(figures.indicator, figures.period),
    }
}

/// A record may be appealed against and answered at the same time: two drafts.
pub fn reply_key(merit: MeritId) -> EntryId {
    EntryId(Uuid::from_u128(merit.0.as_u128() ^ 1))
}

/// Each close has a word of its own.
pub fn flags_key(period: Period, close: &str) -> EntryId {
    let month = u128::from(period.year()) * 100 + u128::from(period.month());
    let key = close.bytes().fold(month, |key, byte| {
        key.wrapping_mul(257).wrapping_add(u128::from(byte))
    });
    EntryId(Uuid::from_u128(key))
}

/// Each month has a sheet of its own: what was typed into one does not end with it.
pub fn sheet_key(indicator: IndicatorId, period: Period) -> EntryId {
    let month = u128::from(period.year()) * 100 + u128::from(period.month());
    EntryId(Uuid::from_u128(indicator.0.as_u128() ^ month))
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
