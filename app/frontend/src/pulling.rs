//! Downloads: when a pull is due, and what its answer changes on this device.

use crate::browser;
use crate::channel::{self, TabMessage};
use crate::engine::Engine;
use crate::seat_store::{CachedView, KeptView, acks};
use crate::transport::{self, Answer};
use crate::{json, shell, showing};
use domain::ids::{Millis, Seq};
use std::rc::Rc;
use sync::backoff::retry_ms;
use sync::outbox::Event;
use sync::protocol::{CredentialState, Delta, PROTOCOL_VERSION, Problem, ProblemCode, speaks};

/// Between two pulls while the live stream tells of changes; the server sees that the pad lives.
pub const WITH_STREAM_MS: u64 = 10_000;
/// Between two pulls where no stream comes through.
pub const WITHOUT_STREAM_MS: u64 = 4_000;
/// Between two pulls of a pad that lost its seat, which it may get back.
const LOST_MS: u64 = 60_000;
/// Between two pulls outside contests, where nothing moves by the second.
const FIELD_MS: u64 = 60_000;
/// A pad that hears nothing for longer is behind the console (R7).
pub const BEHIND_MS: u64 = 6_000;

const _: () = assert!(WITHOUT_STREAM_MS < BEHIND_MS);

/// Pulls now. A second call while one is under way makes it run once more.
pub async fn pull(engine: Rc<Engine>) {
    if engine.pull.busy.replace(true) {
        engine.pull.again.set(true);
        return;
    }
    loop {
        let pulled = pull_once(&engine).await;
        let failures = match pulled {
            Pulled::Answered | Pulled::Lost => 0,
            Pulled::Silence => engine.pull.failures.get().saturating_add(1),
        };
        engine.pull.failures.set(failures);
        let wait = match pulled {
            Pulled::Answered if engine.is_field() => FIELD_MS,
            Pulled::Answered => shell::pull_every_ms(),
            Pulled::Lost => LOST_MS,
            Pulled::Silence => retry_ms(failures, browser::random()),
        };
        engine
            .pull
            .next_at
            .set(Millis(browser::monotonic().0 + wait));
        if !engine.pull.again.replace(false) || pulled != Pulled::Answered {
            break;
        }
    }
    engine.pull.busy.set(false);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pulled {
    Answered,
    /// The seat is another device's.
    Lost,
    /// No answer of ours.
    Silence,
}

async fn pull_once(engine: &Rc<Engine>) -> Pulled {
    let credential = engine.store.credential();
    let cursor = engine
        .cached
        .borrow()
        .as_ref()
        .map_or(Seq(0), |cached| cached.cursor);
    let url = format!(
        "/api/v1/sync/pull?protocol={PROTOCOL_VERSION}&device={}&cursor={}&pending={}",
        credential.device,
        cursor.0,
        engine.pending(),
    );
    let asked_at = browser::wall();
    let answer = transport::ask(&url, &credential.token, None).await;
    let problem = answer.problem();
    if let Answer::Ours(text) = answer
        && let Some(delta) = json::read::<Delta>(&text)
        && speaks(delta.protocol)
    {
        engine.answered(Some((delta.server_time, asked_at)));
        take(engine, delta, text).await;
        return Pulled::Answered;
    }
    let Some(problem) = problem else {
        engine.unanswered();
        return Pulled::Silence;
    };
    engine.answered(None);
    refused(engine, &problem).await
}

/// `answer` is the text that `delta` was read from.
async fn take(engine: &Rc<Engine>, delta: Delta, answer: String) {
    engine.inbox.post(Event::Heard {
        last_seq: delta.cursor,
    });
    let view = match (delta.view, delta.unchanged) {
        (Some(view), false) => *view,
        _ => return,
    };
    engine.inbox.post(Event::Seen(acks(&view)));
    let cached = CachedView {
        kept: KeptView {
            answer,
            clock_offset_ms: engine.clock_offset_ms.get(),
            lost: None,
        },
        cursor: delta.cursor,
        at: delta.server_time,
        view,
    };
    keep(engine, cached).await;
}

/// The disk first, then the page: what is shown is there after a reload without network.
async fn keep(engine: &Rc<Engine>, cached: CachedView) {
    let kept = engine.store.keep_view(&cached).await.is_ok();
    *engine.cached.borrow_mut() = Some(cached);
    showing::view_changed(engine).await;
    if kept {
        channel::tell(&TabMessage::View { seat: engine.seat });
    }
}

/// This device lost the seat: what it had downloaded stays readable, and says so.
async fn refused(engine: &Rc<Engine>, problem: &Problem) -> Pulled {
    let state = match problem.code {
        ProblemCode::CredentialReplaced => CredentialState::Replaced,
        ProblemCode::CredentialWithdrawn => CredentialState::Withdrawn,
        ProblemCode::CredentialExpired => CredentialState::Expired,
        _ => return Pulled::Answered,
    };
    let cached = engine.cached.borrow().clone();
    if let Some(mut cached) = cached.filter(|cached| cached.view.credential.state != state) {
        cached.view.credential.state = state;
        cached.kept.lost = Some(state);
        keep(engine, cached).await;
    }
    Pulled::Lost
}
