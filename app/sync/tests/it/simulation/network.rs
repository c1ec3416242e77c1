//! The way to the server and back, with all that a network does to a request.

use super::phone::Net;
use super::world::{Happening, Mood, Page, World};
use sync::outbox::{Event, Reply};
use sync::protocol::{Problem, ProblemCode, PushRequest, PushResponse};

/// The way to the server and back.
impl World {
    pub(super) fn send(&mut self, page: Page, request: PushRequest) {
        let phone = &self.phones[page.phone];
        assert_eq!(
            phone.leader,
            Some(page.tab),
            "only the tab with the lock sends"
        );
        for op in &request.ops {
            let op_id = self
                .server
                .frame(&op.body)
                .expect("a body has a frame")
                .op_id;
            let durable = phone.disk.ops.contains_key(&op_id) || self.server.holds(op_id);
            assert!(durable, "sent before it was on disk");
            assert_eq!(phone.bodies.get(&op_id), Some(&op.body), "the exact bytes");
        }
        let net = phone.net;
        let tab = self.page(page).expect("it has just spoken");
        assert_eq!(
            tab.flight.replace(request.batch),
            None,
            "one batch in flight"
        );
        match net {
            Net::Off => self.no_network(page, request.batch),
            Net::Portal => self.portal(page, request.batch),
            Net::Good | Net::Bad => self.pass_on(page, request, net),
        }
    }

    pub(super) fn no_network(&mut self, page: Page, batch: u64) {
        if self.random.percent(70) {
            self.later(
                page,
                Event::Replied {
                    batch,
                    reply: Reply::Unreachable,
                },
                50,
            );
        }
    }

    pub(super) fn portal(&mut self, page: Page, batch: u64) {
        self.counts.portals += 1;
        let status = [403, 404, 511][self.random.between(0, 2) as usize];
        let page_of_portal = Reply::Refused {
            status,
            problem: None,
            retry_after_ms: None,
        };
        let reply = match self.random.percent(50) {
            true => Reply::NotOurs,
            false => page_of_portal,
        };
        self.later(page, Event::Replied { batch, reply }, 300);
    }

    pub(super) fn pass_on(&mut self, page: Page, request: PushRequest, net: Net) {
        let loss = if net == Net::Bad { 40 } else { 2 };
        let slowest = if net == Net::Bad { 45_000 } else { 400 };
        let copies = if self.random.percent(10) { 2 } else { 1 };
        for _ in 0..copies {
            if !self.random.percent(loss) || self.quiet {
                let after_ms = self.random.between(1, slowest);
                self.plan(after_ms, Happening::Arrive(page, request.clone()));
            }
        }
    }

    /// The request is there. What is written is written, whether or not anybody hears of it.
    pub(super) fn arrive(&mut self, page: Page, request: PushRequest) {
        let batch = request.batch;
        let problem = |code| Some(Problem::new(code));
        let refused = |status, code| Reply::Refused {
            status,
            problem: problem(code),
            retry_after_ms: None,
        };
        let known = self.server.log.len();
        let reply = match self.mood {
            Mood::Busy => Reply::Refused {
                status: 503,
                problem: problem(ProblemCode::Busy),
                retry_after_ms: Some(self.random.between(0, 20_000)),
            },
            Mood::WantsSignIn => refused(401, ProblemCode::SignIn),
            Mood::WantsUpdate => refused(400, ProblemCode::Protocol),
            Mood::Well | Mood::Faulty => match self.server.push(batch, &request.ops, self.time) {
                None => refused(400, ProblemCode::Malformed),
                Some(_) if self.mood == Mood::Faulty => refused(500, ProblemCode::Internal),
                Some(answer) => {
                    self.answers.push(answer.clone());
                    Reply::Answer(Box::new(answer))
                }
            },
        };
        let new = self.server.log.len() - known;
        self.counts.duplicates += u64::from(new < request.ops.len());
        self.send_back(page, batch, reply);
    }

    pub(super) fn send_back(&mut self, page: Page, batch: u64, reply: Reply) {
        let bad = self.phones[page.phone].net != Net::Good && !self.quiet;
        if bad && self.random.percent(40) {
            return;
        }
        let slowest = if bad { 45_000 } else { 400 };
        let stale = !self.quiet && self.random.percent(8);
        let reply = match self.stale_answer().filter(|_| stale) {
            Some(answer) => {
                self.counts.stale += 1;
                Reply::Answer(Box::new(answer))
            }
            None => reply,
        };
        self.later(page, Event::Replied { batch, reply }, slowest);
    }

    /// Some cache gives an older answer in the place of the right one.
    pub(super) fn stale_answer(&mut self) -> Option<PushResponse> {
        let at = self.random.next() as usize % self.answers.len().max(1);
        self.answers.get(at).cloned()
    }
}
