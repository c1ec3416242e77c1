//! What the judge sees of the outbox: one word for the sync slip, one state for each sheet.

use super::queue::ItemState;
use super::{Ack, Attention, Halt, Outbox, StoreFault};
use crate::protocol::{Change, SheetFrame};
use domain::ids::{EntryId, Millis, OpId};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutboxView {
    pub badge: Badge,
    /// Every op of this device that is not yet read back, in its own order.
    pub ops: Vec<OpView>,
    /// Not acknowledged; leaving or wiping the page with any is warned of (R24).
    pub pending: usize,
    /// Server time of the latest acknowledgement.
    pub acked_at: Option<Millis>,
    /// The network answers with something else: it wants a log-in of its own (D-22).
    pub portal: bool,
    /// The disk could not be read.
    pub disk_fault: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpView {
    pub op_id: OpId,
    /// Unknown if a newer build sealed it.
    pub change: Option<Change>,
    pub state: OpState,
}

impl OpView {
    pub fn sheet(&self) -> Option<SheetFrame<'_>> {
        self.change.as_ref().and_then(Change::frame)
    }

    pub fn entry(&self) -> Option<EntryId> {
        self.sheet().map(|sheet| sheet.entry)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpState {
    /// Being written; it may still be lost.
    Saving,
    /// The disk refused it; it lives in this page only.
    NotSaved(StoreFault),
    /// 已保存本机: on disk, in a tab that leaves the sending to another.
    Saved,
    /// 待上传.
    Waiting,
    /// 上传中.
    Sending,
    /// 已上传.
    Acknowledged(Ack),
    /// 需处理.
    NeedsAttention(Attention),
}

/// The sync slip (design section 3). What needs a person comes first, then what is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Badge {
    /// The same on the server and at the first paint.
    #[default]
    Loading,
    /// All that was entered is on this device.
    Saved,
    Queued {
        waiting: usize,
    },
    Offline {
        waiting: usize,
    },
    Sending {
        done: usize,
        total: usize,
    },
    Synced {
        at: Millis,
    },
    /// 与主控不同步.
    Behind,
    /// 需处理: refused, not saved, quarantined or two versions.
    Conflict {
        count: usize,
    },
    SignIn {
        waiting: usize,
    },
    Update {
        waiting: usize,
    },
}

impl Badge {
    /// The value of `data-state`.
    pub fn state_name(self) -> &'static str {
        match self {
            Badge::Loading => "loading",
            Badge::Saved => "saved",
            Badge::Queued { .. } => "queued",
            Badge::Offline { .. } => "offline",
            Badge::Sending { .. } => "sending",
            Badge::Synced { .. } => "synced",
            Badge::Behind => "behind",
            Badge::Conflict { .. } => "conflict",
            Badge::SignIn { .. } => "signin",
            Badge::Update { .. } => "update",
        }
    }
}

impl OutboxView {
    pub fn state_name(&self) -> &'static str {
        self.badge.state_name()
    }

    pub fn pending_count(&self) -> usize {
        self.pending
    }

    pub fn op(&self, op_id: OpId) -> Option<&OpView> {
        self.ops.iter().find(|op| op.op_id == op_id)
    }
}

impl OpState {
    pub fn needs_attention(&self) -> bool {
        match self {
            OpState::NotSaved(_) | OpState::NeedsAttention(_) => true,
            OpState::Acknowledged(ack) => ack.standing.needs_person(),
            OpState::Saving | OpState::Saved | OpState::Waiting | OpState::Sending => false,
        }
    }

    /// Whether the judge was told that the sheet is safe on this phone.
    pub fn is_saved(&self) -> bool {
        !matches!(self, OpState::Saving | OpState::NotSaved(_))
    }

    pub fn state_name(&self) -> &'static str {
        match self {
            OpState::Saving => "saving",
            OpState::Saved => "saved",
            OpState::Waiting => "queued",
            OpState::Sending => "sending",
            OpState::Acknowledged(ack) if ack.standing.needs_person() => "conflict",
            OpState::Acknowledged(_) => "synced",
            OpState::NotSaved(_) | OpState::NeedsAttention(_) => "conflict",
        }
    }
}

pub(super) fn view(outbox: &Outbox) -> OutboxView {
    let ops = ops(outbox);
    OutboxView {
        badge: badge(outbox, &ops),
        ops,
        pending: outbox.pending_count(),
        acked_at: outbox.acked_at,
        portal: outbox.line.portal(),
        disk_fault: 0 < outbox.disk.failures,
    }
}

fn ops(outbox: &Outbox) -> Vec<OpView> {
    let in_flight = outbox.line.flight().map(|flight| flight.ops.as_slice()).unwrap_or_default();
    let on_disk = outbox.queue.iter().map(|item| {
        let op_id = item.stored.record.op_id;
        let state = match &item.state {
            ItemState::Waiting if in_flight.contains(&op_id) => OpState::Sending,
            ItemState::Waiting if outbox.leading => OpState::Waiting,
            ItemState::Waiting => OpState::Saved,
            ItemState::Acked { ack, .. } => OpState::Acknowledged(ack.clone()),
            ItemState::Stuck(attention) => OpState::NeedsAttention(*attention),
        };
        op_view(op_id, item.stored.op.as_ref().map(|op| &op.change), state)
    });
    let recording = outbox.recording.iter();
    let recording = recording.map(|new| op_view(new.op_id, Some(&new.change), OpState::Saving));
    let unsaved = outbox.unsaved.values().map(|(new, fault)| {
        op_view(new.op_id, Some(&new.change), OpState::NotSaved(*fault))
    });
    on_disk.chain(recording).chain(unsaved).collect()
}

fn op_view(op_id: OpId, change: Option<&Change>, state: OpState) -> OpView {
    OpView { op_id, change: change.cloned(), state }
}

fn badge(outbox: &Outbox, ops: &[OpView]) -> Badge {
    let waiting = outbox.queue.waiting_count() + outbox.recording.len();
    let attention = ops.iter().filter(|op| op.state.needs_attention()).count();
    if !outbox.disk.read_once && ops.is_empty() {
        return Badge::Loading;
    }
    match outbox.line.halt() {
        Some(Halt::SignIn(_)) => return Badge::SignIn { waiting },
        Some(Halt::Update) => return Badge::Update { waiting },
        None => {}
    }
    if 0 < attention {
        return Badge::Conflict { count: attention };
    }
    if outbox.line.flight().is_some() {
        let done = outbox.line.drained;
        return Badge::Sending { done, total: done + waiting };
    }
    match (waiting, outbox.line.is_down(), outbox.following, outbox.acked_at) {
        (1.., true, _, _) => Badge::Offline { waiting },
        (1.., false, _, _) => Badge::Queued { waiting },
        (0, _, false, _) => Badge::Behind,
        (0, _, true, Some(at)) => Badge::Synced { at },
        (0, _, true, None) => Badge::Saved,
    }
}
