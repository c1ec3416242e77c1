//! The loop, turned by hand: ports that answer when the test says so.

use crate::support::{answer, applied, holder, new_op, op_id, stored};
use domain::ids::{Millis, OpId};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, poll_fn, ready};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use sync::driver::{Inbox, OpStore, Page, Timer, Transport, drive};
use sync::outbox::{Event, Outbox, OutboxView, REQUEST_TIMEOUT_MS, Reply, StoreFault, TabNote};
use sync::protocol::PushRequest;
use sync::record::{NewOp, StoredOp};

#[derive(Default)]
struct Ports {
    now: Cell<u64>,
    requests: RefCell<Vec<PushRequest>>,
    replies: RefCell<VecDeque<Reply>>,
    aborted: Cell<u32>,
    removed: RefCell<Vec<OpId>>,
    shown: RefCell<Vec<OutboxView>>,
    told: RefCell<Vec<TabNote>>,
    disk_full: Cell<bool>,
}

impl OpStore for Ports {
    fn load(&self) -> impl Future<Output = Result<Event, StoreFault>> {
        ready(Ok(Event::Loaded {
            stored: Vec::new(),
            seen: Vec::new(),
        }))
    }

    fn record(&self, new: NewOp) -> impl Future<Output = Result<StoredOp, StoreFault>> {
        let full = self.disk_full.get();
        ready(if full {
            Err(StoreFault::Quota)
        } else {
            Ok(stored(new, 1))
        })
    }

    fn remove(&self, op_id: OpId) -> impl Future<Output = ()> {
        self.removed.borrow_mut().push(op_id);
        ready(())
    }
}

/// Counts the requests that were dropped before their answer.
struct Aborts<'a>(&'a Cell<u32>, bool);

impl Drop for Aborts<'_> {
    fn drop(&mut self) {
        if !self.1 {
            self.0.set(self.0.get() + 1);
        }
    }
}

impl Transport for Ports {
    async fn push(&self, request: PushRequest) -> Reply {
        self.requests.borrow_mut().push(request);
        let mut aborts = Aborts(&self.aborted, false);
        let reply = poll_fn(|_| match self.replies.borrow_mut().pop_front() {
            Some(reply) => Poll::Ready(reply),
            None => Poll::Pending,
        });
        let reply = reply.await;
        aborts.1 = true;
        reply
    }
}

impl Timer for Ports {
    fn now(&self) -> Millis {
        Millis(self.now.get())
    }

    async fn sleep(&self, ms: u64) {
        let until = self.now.get() + ms;
        poll_fn(|_| {
            if until <= self.now.get() {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }
}

impl Page for Ports {
    fn show(&self, view: OutboxView) {
        self.shown.borrow_mut().push(view);
    }

    fn tell(&self, note: TabNote) {
        self.told.borrow_mut().push(note);
    }
}

/// Runs the loop for as long as there is something to do, once for each step.
fn run(ports: &Ports, inbox: &Inbox, steps: &mut [&mut dyn FnMut()]) {
    let outbox = Rc::new(RefCell::new(Outbox::new(holder(1), 7)));
    let mut driven = pin!(drive(outbox, inbox.clone(), ports, ports, ports, ports));
    let mut context = Context::from_waker(Waker::noop());
    assert!(driven.as_mut().poll(&mut context).is_pending());
    for step in steps {
        step();
        assert!(driven.as_mut().poll(&mut context).is_pending());
    }
}

#[test]
fn a_sealed_sheet_is_recorded_sent_and_acknowledged() {
    let (ports, inbox) = (Ports::default(), Inbox::default());
    run(
        &ports,
        &inbox,
        &mut [
            &mut || {
                inbox.post(Event::Leading(true));
                inbox.post(Event::Seal(new_op(1)));
            },
            &mut || {
                let requests = ports.requests.borrow();
                let request = requests.last().expect("it was sent");
                let answer = answer(request, |_| applied(1));
                ports
                    .replies
                    .borrow_mut()
                    .push_back(Reply::Answer(Box::new(answer)));
            },
        ],
    );
    let shown = ports.shown.borrow();
    let states: Vec<_> = shown.iter().map(OutboxView::state_name).collect();
    assert_eq!(
        (states.first(), states.last()),
        (Some(&"saved"), Some(&"synced"))
    );
    assert!(states.contains(&"sending"));
    assert_eq!(ports.aborted.get(), 0);
}

#[test]
fn a_sheet_is_recorded_while_a_push_is_under_way() {
    let (ports, inbox) = (Ports::default(), Inbox::default());
    run(
        &ports,
        &inbox,
        &mut [
            &mut || {
                inbox.post(Event::Leading(true));
                inbox.post(Event::Seal(new_op(1)));
            },
            &mut || inbox.post(Event::Seal(new_op(2))),
        ],
    );
    let shown = ports.shown.borrow();
    let last = shown.last().expect("a view");
    assert_eq!((last.pending, ports.requests.borrow().len()), (2, 1));
    assert!(last.op(op_id(2)).is_some_and(|op| op.state.is_saved()));
}

#[test]
fn a_push_that_takes_too_long_is_aborted_and_tried_again() {
    let (ports, inbox) = (Ports::default(), Inbox::default());
    let wait = || ports.now.set(ports.now.get() + REQUEST_TIMEOUT_MS);
    run(
        &ports,
        &inbox,
        &mut [
            &mut || {
                inbox.post(Event::Leading(true));
                inbox.post(Event::Seal(new_op(1)));
            },
            &mut || wait(),
            &mut || wait(),
        ],
    );
    assert_eq!(ports.requests.borrow().len(), 2);
    // The first by its time-out, the second because the page went away.
    assert_eq!(ports.aborted.get(), 2);
}

#[test]
fn a_full_disk_is_told_and_nothing_is_sent() {
    let (ports, inbox) = (Ports::default(), Inbox::default());
    ports.disk_full.set(true);
    run(
        &ports,
        &inbox,
        &mut [&mut || {
            inbox.post(Event::Leading(true));
            inbox.post(Event::Seal(new_op(1)));
        }],
    );
    let shown = ports.shown.borrow();
    assert_eq!(shown.last().map(OutboxView::state_name), Some("conflict"));
    assert!(ports.requests.borrow().is_empty());
}
