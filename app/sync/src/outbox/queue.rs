//! The ops of one device that are on disk, in the device's own order, and where each stands.

use super::{Ack, Attention};
use crate::protocol::{Change, DeviceSeq, OP_BYTES_MAX, SignedOp};
use crate::record::StoredOp;
use domain::ids::OpId;
use litemap::LiteMap;
use std::sync::Arc;

/// Ops that a phone may hold unsent: more than a panel seat seals in a season.
pub const QUEUE_MAX: usize = 1_000;

const _: () = assert!(crate::protocol::BATCH_MAX < QUEUE_MAX);

#[derive(Debug, Default)]
pub(super) struct Queue {
    /// By number. Two records with one number cannot be told apart by order, so the id follows.
    items: LiteMap<(DeviceSeq, OpId), Item>,
    /// Up to here the disk was read whole: a number that is missing will not come any more.
    read_up_to: DeviceSeq,
}

#[derive(Debug)]
pub(super) struct Item {
    pub stored: StoredOp,
    /// What the op says, shared with every view of it.
    pub change: Option<Arc<Change>>,
    pub state: ItemState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ItemState {
    Waiting,
    Acked {
        ack: Ack,
        /// A pull has brought it back, so the phone's copy is not needed.
        seen: bool,
    },
    Stuck(Attention),
}

impl Queue {
    /// Adds what is on disk; what is known already keeps its state.
    pub fn add(&mut self, stored: StoredOp) {
        let key = (stored.record.device_seq, stored.record.op_id);
        let too_large = OP_BYTES_MAX < stored.record.signed.body.len();
        let state = match too_large {
            true => ItemState::Stuck(Attention::TooLarge),
            false => ItemState::Waiting,
        };
        self.items.entry(key).or_insert_with(|| {
            let change = stored.op.as_ref().map(|op| Arc::new(op.change.clone()));
            Item {
                stored,
                change,
                state,
            }
        });
    }

    pub fn read_whole(&mut self, up_to: DeviceSeq) {
        self.read_up_to = self.read_up_to.max(up_to);
    }

    /// A number below the last one is missing and may still be on its way from another tab.
    pub fn has_gap(&self) -> bool {
        let mut last = self.read_up_to;
        let above = self
            .items
            .keys()
            .map(|(seq, _)| *seq)
            .filter(|seq| self.read_up_to < *seq);
        above.into_iter().any(|seq| {
            let gap = last.next() < seq;
            last = seq;
            gap
        })
    }

    /// The next ops to send: in order, and not past a number that is missing.
    pub fn batch(&self, limit: usize) -> Vec<&StoredOp> {
        let mut last = self.read_up_to;
        let in_order = self.items.iter().take_while(|((seq, _), _)| {
            let follows = *seq <= last.next();
            last = last.max(*seq);
            follows
        });
        let waiting = in_order.filter(|(_, item)| item.state == ItemState::Waiting);
        waiting.take(limit).map(|(_, item)| &item.stored).collect()
    }

    pub fn get_mut(&mut self, op_id: OpId) -> Option<&mut Item> {
        let mut items = self.items.iter_mut().map(|(_, item)| item);
        items.find(|item| item.stored.record.op_id == op_id)
    }

    pub fn get(&self, op_id: OpId) -> Option<&Item> {
        self.items
            .values()
            .find(|item| item.stored.record.op_id == op_id)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Item> {
        self.items.values()
    }

    /// Forgets what is acknowledged and read back, and names it. The record with the highest
    /// number stays, so that [`Self::last`] goes on from it.
    pub fn forget_done(&mut self) -> Vec<OpId> {
        let last = self.last();
        let mut done = Vec::new();
        self.items.retain(|(seq, op_id), item| {
            let keep = *seq == last || !matches!(item.state, ItemState::Acked { seen: true, .. });
            if !keep {
                done.push(*op_id);
            }
            keep
        });
        done
    }

    pub fn waiting_count(&self) -> usize {
        self.items
            .values()
            .filter(|item| item.state == ItemState::Waiting)
            .count()
    }

    /// Not acknowledged, for whatever reason.
    pub fn pending_count(&self) -> usize {
        self.items
            .values()
            .filter(|item| item.state.is_pending())
            .count()
    }

    pub fn stuck(&self) -> impl Iterator<Item = (OpId, Attention)> {
        self.items.values().filter_map(|item| match item.state {
            ItemState::Stuck(attention) => Some((item.stored.record.op_id, attention)),
            ItemState::Waiting | ItemState::Acked { .. } => None,
        })
    }

    pub fn unsent(&self) -> Vec<SignedOp> {
        let pending = self.items.values().filter(|item| item.state.is_pending());
        pending
            .map(|item| item.stored.record.signed.clone())
            .collect()
    }

    pub fn last(&self) -> DeviceSeq {
        self.items
            .last()
            .map(|((seq, _), _)| *seq)
            .unwrap_or_default()
    }
}

impl ItemState {
    pub fn is_pending(&self) -> bool {
        match self {
            ItemState::Waiting | ItemState::Stuck(_) => true,
            ItemState::Acked { .. } => false,
        }
    }
}
