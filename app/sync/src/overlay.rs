//! What this judge sees of each entry: the server's view, with what is still on the phone laid
//! over it. Pure, so that the pad shows the same after a reload without network.
//!
//! Invariant: own sheets are always readable, and what lies on the phone is never hidden by what
//! the server has not heard of yet.

use crate::draft::Draft;
use crate::offline_mode::{MayScore, OfflineMode, WhyNot};
use crate::outbox::{OpState, OpView, OutboxView};
use crate::protocol::{EntryView, OwnSheet, SeatView, SheetMark, Standing};
use domain::ids::{EntryId, Millis, OpId, SheetId};

/// One entry, as this seat sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryOverlay {
    pub entry: EntryId,
    pub attempt: u32,
    pub status: EntryStatus,
    pub may_score: MayScore,
    /// The version that stands for this seat; the next one has to name it.
    pub current: Option<SheetOnPad>,
    /// Other live versions beside it: 两份不一致.
    pub rivals: Vec<SheetOnPad>,
    /// Superseded versions, refused ones and those of archived attempts.
    pub earlier: Vec<SheetOnPad>,
    /// There is a draft of the current attempt on this phone.
    pub drafting: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryStatus {
    Withdrawn,
    Recused,
    /// Nothing was entered.
    Blank,
    Drafting,
    /// Sealed, on this phone only.
    Sealed,
    /// On the server.
    Received,
    /// Refused, not saved, quarantined, or two versions.
    Attention,
}

/// One version of the seat's own sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetOnPad {
    pub op_id: OpId,
    pub sheet_id: SheetId,
    pub attempt: u32,
    pub version: u32,
    pub replaces: Option<OpId>,
    /// Empty for an abstention.
    pub marks: Vec<SheetMark>,
    pub place: Place,
}

/// Where a version lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Phone(OpState),
    Server { standing: Standing, received_at: Millis },
}

impl Place {
    pub fn needs_attention(&self) -> bool {
        match self {
            Place::Phone(state) => state.needs_attention(),
            Place::Server { standing, .. } => standing.needs_person(),
        }
    }

    pub fn is_received(&self) -> bool {
        match self {
            Place::Phone(state) => matches!(state, OpState::Acknowledged(_)),
            Place::Server { .. } => true,
        }
    }

    /// Whether a later version has to name this one. What was refused, or is on no disk, is no
    /// version that anybody could know of.
    fn is_live(&self) -> bool {
        match self {
            Place::Phone(OpState::NotSaved(_) | OpState::NeedsAttention(_)) => false,
            Place::Phone(OpState::Acknowledged(ack)) => is_live(&ack.standing),
            Place::Phone(_) => true,
            Place::Server { standing, .. } => is_live(standing),
        }
    }
}

/// All entries in running order.
pub fn overlay(
    view: &SeatView,
    outbox: &OutboxView,
    drafts: &[Draft],
    mode: &OfflineMode,
) -> Vec<EntryOverlay> {
    let entries = view.entries.iter();
    entries.map(|entry| lay_over(entry, view, outbox, drafts, mode)).collect()
}

fn lay_over(
    entry: &EntryView,
    view: &SeatView,
    outbox: &OutboxView,
    drafts: &[Draft],
    mode: &OfflineMode,
) -> EntryOverlay {
    let attempt = entry.gate.attempt;
    let known = versions(entry.id, view, outbox);
    let (mut heads, earlier) = split_heads(known, attempt);
    let current = heads.pop();
    let drafting = drafts
        .iter()
        .any(|draft| draft.entry == entry.id && draft.attempt == attempt && draft.is_dirty());
    let may_score = mode.may_score(entry);
    let stuck = earlier.iter().any(|sheet| {
        sheet.attempt == attempt && matches!(&sheet.place, Place::Phone(state) if state.needs_attention())
    });
    let status = match (may_score, &current) {
        (MayScore::No(WhyNot::Withdrawn), _) => EntryStatus::Withdrawn,
        (MayScore::No(WhyNot::Recused), _) => EntryStatus::Recused,
        _ if stuck || !heads.is_empty() => EntryStatus::Attention,
        (_, Some(sheet)) if sheet.place.needs_attention() => EntryStatus::Attention,
        _ if drafting => EntryStatus::Drafting,
        (_, Some(sheet)) if sheet.place.is_received() => EntryStatus::Received,
        (_, Some(_)) => EntryStatus::Sealed,
        (_, None) => EntryStatus::Blank,
    };
    EntryOverlay {
        entry: entry.id,
        attempt,
        status,
        may_score,
        current,
        rivals: heads,
        earlier,
        drafting,
    }
}

/// Every version of this seat's sheet that is known, oldest first: those on the server, then
/// those that are only on the phone, in the phone's order.
fn versions(entry: EntryId, view: &SeatView, outbox: &OutboxView) -> Vec<SheetOnPad> {
    let server = view.sheets.iter().filter(|sheet| sheet.entry == entry);
    let on_server = |op_id: OpId| view.sheets.iter().any(|sheet| sheet.op_id == op_id);
    let phone = outbox.ops.iter().filter(|op| !on_server(op.op_id));
    let phone = phone.filter_map(|op| on_phone(op).filter(|_| op.entry() == Some(entry)));
    server.map(from_server).chain(phone).collect()
}

/// The live versions of this attempt that no other one replaces, and all the rest.
fn split_heads(known: Vec<SheetOnPad>, attempt: u32) -> (Vec<SheetOnPad>, Vec<SheetOnPad>) {
    let live = |sheet: &&SheetOnPad| sheet.attempt == attempt && sheet.place.is_live();
    let replaced: Vec<OpId> =
        known.iter().filter(live).filter_map(|sheet| sheet.replaces).collect();
    known.into_iter().partition(|sheet| live(&sheet) && !replaced.contains(&sheet.op_id))
}

fn is_live(standing: &Standing) -> bool {
    match standing {
        Standing::Superseded { .. } | Standing::Void => false,
        Standing::Counted
        | Standing::CountedOffline { .. }
        | Standing::Quarantined { .. }
        | Standing::Conflict { .. }
        | Standing::KeptNotCounted { .. }
        | Standing::Unknown => true,
    }
}

fn from_server(sheet: &OwnSheet) -> SheetOnPad {
    SheetOnPad {
        op_id: sheet.op_id,
        sheet_id: sheet.sheet_id,
        attempt: sheet.attempt,
        version: sheet.version,
        replaces: sheet.replaces,
        marks: sheet.marks.clone(),
        place: Place::Server {
            standing: sheet.standing.clone(),
            received_at: sheet.received_at,
        },
    }
}

fn on_phone(op: &OpView) -> Option<SheetOnPad> {
    let sheet = op.sheet()?;
    Some(SheetOnPad {
        op_id: op.op_id,
        sheet_id: sheet.sheet_id,
        attempt: sheet.attempt,
        version: sheet.version,
        replaces: sheet.replaces,
        marks: sheet.marks.to_vec(),
        place: Place::Phone(op.state.clone()),
    })
}
