//! What each event does to the outbox, and what is to be done after it.

use super::event::Verdict;
use super::flight::{Failure, Flight};
use super::queue::ItemState;
use super::{
    Ack, Attention, Effect, Halt, Outbox, QUEUE_MAX, Reply, StoreFault, TabNote,
};
use crate::backoff::retry_ms;
use crate::protocol::{PROTOCOL_VERSION, ProblemCode, PushRequest, PushResponse, speaks};
use crate::record::{NewOp, StoredOp};
use domain::ids::{Millis, OpId, Seq};

/// What the disk says.
impl Outbox {
    pub(super) fn loaded(&mut self, stored: Vec<StoredOp>, seen: &[(OpId, Ack)]) {
        let asked = self.disk.reading.take().unwrap_or_default();
        let last = stored.iter().map(|op| op.record.device_seq).max().unwrap_or_default();
        for op in stored {
            self.recorded_here(&op);
            self.queue.add(op);
        }
        self.queue.read_whole(asked.max(last));
        self.disk.read_once = true;
        self.disk.failures = 0;
        self.seen(seen);
    }

    pub(super) fn load_failed(&mut self, now: Millis) {
        self.disk.reading = None;
        self.disk.failures = self.disk.failures.saturating_add(1);
        self.disk.retry_at = Some(Millis(now.0.saturating_add(retry_ms(self.disk.failures, 0))));
    }

    pub(super) fn seal(&mut self, new: NewOp) {
        let known = self.recording.iter().any(|waiting| waiting.op_id == new.op_id);
        if known || self.queue.get(new.op_id).is_some() {
            return;
        }
        if QUEUE_MAX <= self.pending_count() {
            self.unsaved.insert(new.op_id, (new, StoreFault::QueueFull));
            return;
        }
        self.unsaved.remove(&new.op_id);
        self.recording.push_back(new);
    }

    pub(super) fn recorded(&mut self, stored: StoredOp) {
        self.recorded_here(&stored);
        self.queue.add(stored);
        self.effects.push_back(Effect::Tell(TabNote::Recorded));
    }

    /// It is on disk, whether this event or a read of the disk said so first.
    fn recorded_here(&mut self, stored: &StoredOp) {
        let op_id = stored.record.op_id;
        self.recording.retain(|new| new.op_id != op_id);
        self.unsaved.remove(&op_id);
        self.recording_now.take_if(|now| *now == op_id);
    }

    pub(super) fn record_failed(&mut self, op_id: OpId, fault: StoreFault) {
        if self.recording_now.take_if(|now| *now == op_id).is_none() {
            return;
        }
        if let Some(new) = self.recording.pop_front() {
            self.unsaved.insert(op_id, (new, fault));
        }
    }

    /// A pull has shown that the server holds these, so they need no other acknowledgement.
    pub(super) fn seen(&mut self, seen: &[(OpId, Ack)]) {
        for (op_id, ack) in seen {
            let Some(item) = self.queue.get_mut(*op_id) else { continue };
            match item.state {
                ItemState::Waiting | ItemState::Acked { .. } => {
                    item.state = ItemState::Acked { ack: ack.clone(), seen: true };
                }
                ItemState::Stuck(_) => {}
            }
        }
    }
}

/// What the other tabs and the judge say.
impl Outbox {
    pub(super) fn heard_from_tab(&mut self, note: TabNote) {
        match note {
            TabNote::Recorded => self.disk.stale = true,
            TabNote::Acked { op_id, ack } => self.acked(op_id, ack),
            TabNote::Unknown => {}
        }
    }

    pub(super) fn set_leading(&mut self, leading: bool) {
        // The tab that led before may have written what this one has not read.
        self.disk.stale |= leading && !self.leading;
        self.leading = leading;
    }

    pub(super) fn heard(&mut self, last_seq: Seq, now: Millis) {
        self.last_seq = self.last_seq.max(last_seq);
        self.line.heard(now);
    }

    pub(super) fn retry(&mut self, op_id: OpId) {
        if let Some((new, _)) = self.unsaved.remove(&op_id) {
            self.seal(new);
        }
        if let Some(item) = self.queue.get_mut(op_id)
            && let ItemState::Stuck(attention) = item.state
            && attention != Attention::TooLarge
        {
            item.state = ItemState::Waiting;
        }
    }

    fn acked(&mut self, op_id: OpId, ack: Ack) {
        self.acked_at = Some(ack.at);
        if let Some(item) = self.queue.get_mut(op_id)
            && item.state.is_pending()
        {
            item.state = ItemState::Acked { ack, seen: false };
        }
    }
}

/// What the server says.
impl Outbox {
    pub(super) fn replied(&mut self, batch: u64, reply: Reply, now: Millis) {
        let Some(flight) = self.line.land(batch) else { return };
        match reply {
            Reply::Answer(answer) => self.answered(&flight, *answer, now),
            Reply::Refused { status, problem, retry_after_ms } => {
                let asked = problem.as_ref().and_then(|problem| problem.retry_after_ms);
                let code = problem.map(|problem| problem.code);
                self.refused(&flight, status, code, retry_after_ms.or(asked), now);
            }
            Reply::NotOurs => self.line.failed(now, Failure::Portal),
            Reply::Unreachable => self.line.failed(now, Failure::Silence),
        }
    }

    fn answered(&mut self, flight: &Flight, answer: PushResponse, now: Millis) {
        if answer.batch == flight.batch && !speaks(answer.protocol) {
            return self.line.stop(Halt::Update);
        }
        if !answer.answers(flight.batch, &flight.ops) {
            return self.line.failed(now, Failure::Portal);
        }
        self.line.succeeded();
        for told in answer.outcomes {
            let at = usize::try_from(told.index).unwrap_or(usize::MAX);
            let Some(op_id) = flight.ops.get(at).copied() else { continue };
            match told.outcome.into() {
                Verdict::Done(ack) => {
                    self.line.drained += 1;
                    self.acked(op_id, ack.clone());
                    self.effects.push_back(Effect::Tell(TabNote::Acked { op_id, ack }));
                }
                Verdict::Stuck(attention) => self.stick(op_id, attention),
            }
        }
    }

    /// Only a refusal that is ours may stop the queue or cast doubt on an op: a portal may answer
    /// 403 or 404 to everything. 401 and 413 are what proxies of our own may say in our name.
    fn refused(
        &mut self,
        flight: &Flight,
        status: u16,
        code: Option<ProblemCode>,
        retry_after_ms: Option<u64>,
        now: Millis,
    ) {
        match (status, code) {
            (_, Some(ProblemCode::Protocol)) | (426, Some(_)) => self.line.stop(Halt::Update),
            (401, code) | (403, code @ Some(_)) => self.line.stop(Halt::SignIn(code)),
            (408 | 425 | 429 | 500..=599, _) => {
                self.line.failed(now, Failure::Busy { retry_after_ms });
            }
            (413, code) | (400..=499, code @ Some(_)) => self.refused_whole(flight, code, now),
            _ => self.line.failed(now, Failure::Portal),
        }
    }

    fn refused_whole(&mut self, flight: &Flight, code: Option<ProblemCode>, now: Millis) {
        self.line.refused(flight.ops.len(), now);
        if let [alone] = flight.ops.as_slice() {
            self.stick(*alone, Attention::Refused(code));
        }
    }

    fn stick(&mut self, op_id: OpId, attention: Attention) {
        if let Some(item) = self.queue.get_mut(op_id)
            && item.state == ItemState::Waiting
        {
            item.state = ItemState::Stuck(attention);
        }
    }
}

/// What is to be done now.
impl Outbox {
    pub(super) fn pump(&mut self, now: Millis) {
        if let Some(batch) = self.line.give_up_late_flight(now) {
            self.line.failed(now, Failure::Silence);
            self.effects.push_back(Effect::Abandon { batch });
        }
        self.record_next();
        self.read_disk(now);
        self.forget_done();
        self.send(now);
        if self.queue.waiting_count() == 0 {
            self.line.drained = 0;
        }
        let waiting = self.leading && 0 < self.queue.waiting_count();
        if let Some(after_ms) = self.line.wake(now, waiting, self.disk.retry_at) {
            self.effects.push_back(Effect::Wake { after_ms });
        }
    }

    /// One at a time, so that a number is taken only once the one before is on disk.
    fn record_next(&mut self) {
        if self.recording_now.is_some() {
            return;
        }
        if let Some(new) = self.recording.front() {
            self.recording_now = Some(new.op_id);
            self.effects.push_back(Effect::Record(new.clone()));
        }
    }

    fn read_disk(&mut self, now: Millis) {
        let failed = self.disk.retry_at.is_some_and(|retry_at| retry_at <= now);
        let held = self.disk.retry_at.is_some() && !failed;
        let wanted = failed || self.disk.stale || self.queue.has_gap();
        if self.disk.reading.is_some() || held || !wanted {
            return;
        }
        self.disk.stale = false;
        self.disk.retry_at = None;
        self.disk.reading = Some(self.queue.last());
        self.effects.push_back(Effect::Load);
    }

    fn forget_done(&mut self) {
        for op_id in self.queue.forget_done() {
            if self.leading {
                self.effects.push_back(Effect::Remove(op_id));
            }
        }
    }

    fn send(&mut self, now: Millis) {
        if !(self.leading && self.disk.read_once && self.line.may_send(now)) {
            return;
        }
        let batch = self.queue.batch(self.line.limit());
        if batch.is_empty() {
            return;
        }
        let op_ids = batch.iter().map(|op| op.record.op_id).collect();
        let ops = batch.into_iter().map(|op| op.record.signed.clone()).collect();
        let request = PushRequest {
            protocol: PROTOCOL_VERSION,
            device: self.holder.device,
            batch: self.line.begin(op_ids, now),
            last_seq: self.last_seq,
            pending: u32::try_from(self.pending_count()).unwrap_or(u32::MAX),
            ops,
        };
        self.effects.push_back(Effect::Send(request));
    }
}
