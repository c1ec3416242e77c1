//! The loop that turns an outbox: takes its effects, performs them through three ports, reports
//! back. It spawns nothing and reads no clock; on the phone it runs for as long as the page does.
//!
//! Invariant: the disk is written to one request after the other, while at most one push and one
//! timer run beside it; dropping the push aborts it.

use crate::outbox::{Effect, Event, Outbox, OutboxView, Reply, StoreFault, TabNote};
use crate::protocol::PushRequest;
use crate::record::{NewOp, StoredOp};
use domain::ids::{Millis, OpId};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// The holder's own database.
pub trait OpStore {
    /// All records and the own sheets of the cached view: [`Event::Loaded`].
    fn load(&self) -> impl Future<Output = Result<Event, StoreFault>>;
    /// Number ([`crate::record::Numbers`]), encode, sign and write strictly. Answers when it is on
    /// disk, and not before. A number that was ever used there is refused, whichever tab used it.
    fn record(&self, new: NewOp) -> impl Future<Output = Result<StoredOp, StoreFault>>;
    /// Its number stays used. A failure is no harm: the op is sent again and found to be a
    /// duplicate.
    fn remove(&self, op_id: OpId) -> impl Future<Output = ()>;
}

pub trait Transport {
    fn push(&self, request: PushRequest) -> impl Future<Output = Reply>;
}

pub trait Timer {
    fn now(&self) -> Millis;
    fn sleep(&self, ms: u64) -> impl Future<Output = ()>;
}

/// The page around the driver.
pub trait Page {
    fn show(&self, view: OutboxView);
    fn tell(&self, note: TabNote);
}

/// Where the page puts its events. It may be cloned and kept by whoever has some to report.
#[derive(Clone, Default)]
pub struct Inbox(Rc<RefCell<Letters>>);

#[derive(Default)]
struct Letters {
    events: VecDeque<Event>,
    waker: Option<Waker>,
}

impl Inbox {
    pub fn post(&self, event: Event) {
        let waker = {
            let mut letters = self.0.borrow_mut();
            letters.events.push_back(event);
            letters.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn take(&self, context: &Context<'_>) -> Option<Event> {
        let mut letters = self.0.borrow_mut();
        let event = letters.events.pop_front();
        letters.waker = event.is_none().then(|| context.waker().clone());
        event
    }
}

/// Runs the outbox until the page goes away.
pub async fn drive(
    outbox: Rc<RefCell<Outbox>>,
    inbox: Inbox,
    store: &impl OpStore,
    transport: &impl Transport,
    timer: &impl Timer,
    page: &impl Page,
) {
    let mut push: Slot<'_, (u64, Reply)> = Slot(None);
    let mut wake: Slot<'_, ()> = Slot(None);
    loop {
        let effect = outbox.borrow_mut().poll_effect();
        let event = match effect {
            Some(Effect::Send(request)) => {
                push.0 = Some(Box::pin(send(transport, request)));
                None
            }
            Some(Effect::Abandon { .. }) => {
                push.0 = None;
                None
            }
            Some(Effect::Wake { after_ms }) => {
                wake.0 = Some(Box::pin(timer.sleep(after_ms)));
                None
            }
            Some(Effect::Tell(note)) => {
                page.tell(note);
                None
            }
            Some(effect) => write(store, effect).await,
            None => {
                let view = outbox.borrow().view();
                page.show(view);
                Some(next(&inbox, &mut push, &mut wake).await)
            }
        };
        if let Some(event) = event {
            outbox.borrow_mut().handle(event, timer.now());
        }
    }
}

async fn send(transport: &impl Transport, request: PushRequest) -> (u64, Reply) {
    let batch = request.batch;
    (batch, transport.push(request).await)
}

async fn write(store: &impl OpStore, effect: Effect) -> Option<Event> {
    match effect {
        Effect::Load => Some(store.load().await.unwrap_or_else(Event::LoadFailed)),
        Effect::Record(new) => {
            let op_id = new.op_id;
            let recorded = store.record(new).await.map(Event::Recorded);
            Some(recorded.unwrap_or_else(|fault| Event::RecordFailed { op_id, fault }))
        }
        Effect::Remove(op_id) => {
            store.remove(op_id).await;
            None
        }
        Effect::Send(_) | Effect::Abandon { .. } | Effect::Wake { .. } | Effect::Tell(_) => None,
    }
}

/// The first thing that happens: the page says something, the push ends, or it is time.
async fn next(inbox: &Inbox, push: &mut Slot<'_, (u64, Reply)>, wake: &mut Slot<'_, ()>) -> Event {
    poll_fn(|context| {
        if let Some(event) = inbox.take(context) {
            return Poll::Ready(event);
        }
        if let Some((batch, reply)) = push.poll(context) {
            return Poll::Ready(Event::Replied { batch, reply });
        }
        match wake.poll(context) {
            Some(()) => Poll::Ready(Event::Tick),
            None => Poll::Pending,
        }
    })
    .await
}

/// At most one thing under way; empty again once it is done.
struct Slot<'a, T>(Option<Pin<Box<dyn Future<Output = T> + 'a>>>);

impl<T> Slot<'_, T> {
    fn poll(&mut self, context: &mut Context<'_>) -> Option<T> {
        match self.0.as_mut()?.as_mut().poll(context) {
            Poll::Ready(value) => {
                self.0 = None;
                Some(value)
            }
            Poll::Pending => None,
        }
    }
}
