//! The end of a world: faults cease, it comes to rest, and then: every sheet that a page called
//! saved is on the server exactly once, none was invented, each device's order is kept.

use super::phone::{Net, Phone};
use super::world::{Happening, Mood, REST_MS, World};
use domain::ids::OpId;
use std::collections::BTreeMap;
use sync::outbox::{Event, Nudge, OpState};

/// The end.
impl World {
    /// Faults cease; people look at their phones once.
    pub(super) fn come_to_rest(&mut self) {
        self.quiet = true;
        self.mood = Mood::Well;
        for phone in 0..self.phones.len() {
            self.phones[phone].net = Net::Good;
            if self.phones[phone].is_off() {
                self.open(phone, 0);
            }
            self.tell_all(phone, &Event::SignedIn);
            self.tell_all(phone, &Event::Nudge(Nudge::Manual));
            self.plan(60_000, Happening::Pulled { phone });
        }
        self.rest_by = self.time + REST_MS;
    }

    /// An answer that was long on its way may have stopped a phone after all.
    pub(super) fn look_again(&mut self, phone: usize) {
        let stopped = self.phones[phone]
            .tabs
            .iter()
            .flatten()
            .any(|tab| ["signin", "update"].contains(&tab.outbox.view().state_name()));
        if stopped {
            self.tell_all(phone, &Event::Nudge(Nudge::Manual));
        }
    }

    pub(super) fn at_rest(&mut self) -> bool {
        let busy = self
            .phones
            .iter()
            .flat_map(|phone| phone.tabs.iter().flatten())
            .any(|tab| {
                let on_the_way = |state: &OpState| {
                    use OpState::{Saved, Saving, Sending, Waiting};
                    matches!(state, Saving | Saved | Waiting | Sending)
                };
                let view = tab.outbox.view();
                view.state_name() == "loading" || view.ops.iter().any(|op| on_the_way(&op.state))
            });
        let carried = !self
            .agenda
            .values()
            .any(|h| matches!(h, Happening::Carry(_)));
        let led = self.phones.iter().all(|phone| phone.leader.is_some());
        !busy && carried && led
    }

    pub(super) fn unrest(&self) -> String {
        let tabs = self.phones.iter().map(|phone| {
            let open = phone.tabs.iter().flatten();
            let views: Vec<_> = open.map(|tab| tab.outbox.view()).collect();
            format!(
                "phone {} led by {:?}: {views:?}",
                phone.number, phone.leader
            )
        });
        tabs.collect::<Vec<_>>().join("\n")
    }

    pub(super) fn judge(&mut self) {
        for phone in &self.phones {
            for op_id in &phone.saved {
                self.judge_saved(phone, *op_id);
            }
        }
        let mut last = BTreeMap::new();
        for logged in &self.server.log {
            let phone = self
                .phones
                .iter()
                .find(|phone| phone.device() == logged.device);
            let phone = phone.expect("a device that exists");
            assert!(phone.sealed.contains(&logged.op_id), "invented");
            assert_eq!(
                phone.bodies.get(&logged.op_id),
                Some(&logged.body),
                "the exact bytes"
            );
            assert!(
                !logged.body.contains("PRIVATE"),
                "a private note left the phone"
            );
            let before = last.insert(logged.device, logged.device_seq);
            let seq = logged.device_seq;
            assert!(
                before < Some(seq),
                "a device keeps its order: {seq:?} of {:?}",
                logged.device
            );
        }
        for phone in &self.phones {
            let frames = phone
                .bodies
                .values()
                .filter_map(|body| self.server.frame(body));
            let mut numbers: Vec<u64> = frames.map(|frame| frame.device_seq.0).collect();
            numbers.sort_unstable();
            assert!(
                numbers.into_iter().eq(1..=phone.bodies.len() as u64),
                "numbers have no gap"
            );
        }
    }

    /// Saved means: on the server once; or, if the server refuses it, still here and shown.
    pub(super) fn judge_saved(&self, phone: &Phone, op_id: OpId) {
        let times = self
            .server
            .log
            .iter()
            .filter(|logged| logged.op_id == op_id)
            .count();
        let poison =
            self.server.poison_whole.contains(&op_id) || self.server.poison_alone.contains(&op_id);
        if !poison {
            assert_eq!(times, 1, "saved {op_id:?} is on the server exactly once");
            return;
        }
        assert_eq!(times, 0);
        assert!(
            phone.disk.ops.contains_key(&op_id),
            "a refused sheet stays on the phone"
        );
        let leader = phone
            .leader
            .and_then(|tab| phone.tabs[tab].as_ref())
            .expect("a page");
        let view = leader.outbox.view();
        let shown = view.op(op_id).expect("a refused sheet is shown");
        assert!(shown.state.needs_attention(), "{:?}", shown.state);
    }
}
