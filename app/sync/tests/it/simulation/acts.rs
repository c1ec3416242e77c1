//! What people and circumstances do to phones and server while a world is not at rest.

use super::phone::{Net, TABS};
use super::world::{HOURS_6_MS, Happening, Mood, Page, World};
use domain::ids::Seq;
use sync::outbox::{Event, Nudge};
use sync::protocol::PushRequest;

/// What people and circumstances do.
impl World {
    pub(super) fn act(&mut self) {
        if self.quiet {
            return;
        }
        self.acts_left -= 1;
        let phone = self.random.next() as usize % self.phones.len();
        match self.random.between(0, 99) {
            0..=44 => self.seal(phone),
            45..=56 => self.change_net(phone),
            57..=63 => self.plan(200, Happening::Pulled { phone }),
            64..=69 => self.crash(phone),
            70..=75 => self.toggle_second_tab(phone),
            76..=80 => self.jump_clock(phone),
            81..=85 => self.mood = self.any_mood(),
            86..=89 => self.carry(phone),
            90..=93 => self.nudge(phone),
            94..=96 => self.phones[phone].newer_build ^= true,
            _ => self.retry_everything(phone),
        }
        let after_ms = match self.random.between(0, 3) {
            0 | 1 => self.random.between(5, 300),
            2 => self.random.between(500, 5_000),
            _ => self.random.between(10_000, 70_000),
        };
        self.plan(after_ms, Happening::Act);
    }

    pub(super) fn open(&mut self, phone: usize, tab: usize) {
        self.tickets += 1;
        let (life, random) = (self.tickets, self.random.next() as u32);
        self.phones[phone].open_tab(tab, life, random);
        self.handle(Page { phone, tab, life }, Event::Following(true));
        self.plan(5, Happening::Lead { phone });
    }

    /// The sender lock goes to a living page, once nobody holds it.
    pub(super) fn lead(&mut self, at: usize) {
        let phone = &mut self.phones[at];
        if phone.leader.is_some_and(|tab| phone.tabs[tab].is_some()) {
            return;
        }
        phone.leader = (0..TABS).find(|tab| phone.tabs[*tab].is_some());
        if let Some(page) = phone.leader.and_then(|tab| self.page_of(at, tab)) {
            self.handle(page, Event::Leading(true));
        }
    }

    pub(super) fn seal(&mut self, at: usize) {
        let count = if self.random.percent(15) {
            self.random.between(5, 40)
        } else {
            1
        };
        let first = self.random.next() as usize % TABS;
        let open = [first, 1 - first]
            .into_iter()
            .find_map(|tab| self.page_of(at, tab));
        let Some(page) = open else { return };
        for _ in 0..count {
            let phone = &mut self.phones[at];
            phone.disk.drafts.push(format!("PRIVATE {}", phone.number));
            let new = phone.seal(self.time);
            self.handle(page, Event::Seal(new));
        }
    }

    pub(super) fn change_net(&mut self, phone: usize) {
        let nets = [Net::Good, Net::Bad, Net::Off, Net::Portal];
        let net = nets[self.random.next() as usize % nets.len()];
        self.phones[phone].net = net;
        if net == Net::Good {
            self.nudge(phone);
        }
    }

    pub(super) fn nudge(&mut self, phone: usize) {
        let nudges = [Nudge::Manual, Nudge::Online, Nudge::Visible];
        let nudge = nudges[self.random.next() as usize % nudges.len()];
        self.tell_all(phone, &Event::Nudge(nudge));
    }

    pub(super) fn tell_all(&mut self, phone: usize, event: &Event) {
        for tab in 0..TABS {
            if let Some(page) = self.page_of(phone, tab) {
                self.handle(page, event.clone());
            }
        }
    }

    /// All pages die; what was not on disk is gone. A request on its way goes on.
    pub(super) fn crash(&mut self, phone: usize) {
        self.counts.crashes += 1;
        self.phones[phone].tabs = [None, None];
        self.phones[phone].leader = None;
        self.open(phone, 0);
    }

    pub(super) fn toggle_second_tab(&mut self, phone: usize) {
        match self.phones[phone].tabs {
            [Some(_), None] => {
                self.counts.second_tabs += 1;
                self.open(phone, 1);
            }
            [None, Some(_)] => self.open(phone, 0),
            _ => {
                let closed = self.random.next() as usize % TABS;
                self.phones[phone].tabs[closed] = None;
                self.plan(5, Happening::Lead { phone });
            }
        }
    }

    pub(super) fn jump_clock(&mut self, phone: usize) {
        self.counts.clock_jumps += 1;
        let jump = [-HOURS_6_MS, HOURS_6_MS, -90_000, 3_000][self.random.between(0, 3) as usize];
        match self.random.percent(25) {
            true => self.server.clock_offset_ms += jump,
            false => self.phones[phone].clock_offset_ms += jump,
        }
    }

    pub(super) fn any_mood(&mut self) -> Mood {
        let sick = [
            Mood::Busy,
            Mood::Faulty,
            Mood::WantsSignIn,
            Mood::WantsUpdate,
        ];
        match self.random.percent(50) {
            true => Mood::Well,
            false => sick[self.random.next() as usize % sick.len()],
        }
    }

    /// The unsent sheets leave as a file; the organiser imports it, perhaps twice.
    pub(super) fn carry(&mut self, phone: usize) {
        let leader = self.phones[phone]
            .leader
            .and_then(|tab| self.page_of(phone, tab));
        let Some(tab) = leader.and_then(|page| self.page(page)) else {
            return;
        };
        let file = tab.outbox.hand_over();
        let mut forged = file.clone();
        for op in &mut forged.ops {
            op.body = op.body.replace("8500", "9900") + " ";
        }
        for ops in [file.ops.clone(), file.ops, forged.ops] {
            let after_ms = self.random.between(10, 60_000);
            let (protocol, device) = (1, file.device);
            let request = PushRequest {
                protocol,
                device,
                batch: 0,
                last_seq: Seq(0),
                pending: 0,
                ops,
            };
            self.plan(after_ms, Happening::Carry(request));
        }
    }

    pub(super) fn retry_everything(&mut self, phone: usize) {
        for op_id in self.phones[phone].sealed.clone() {
            self.tell_all(phone, &Event::Retry(op_id));
        }
    }
}
