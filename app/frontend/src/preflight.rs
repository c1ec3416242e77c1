//! The 可离线 check: each part that this seat needs without network is tried, not assumed, and the
//! outcome goes to the organiser's seat board.

use crate::engine::Engine;
use crate::transport::{self, Answer};
use crate::{browser, device, service_worker};
use app::pad::rules::SeatRules;
use app::pad::view::{CheckState, Readiness};
use std::rc::Rc;
use sync::protocol::{PROTOCOL_VERSION, Preflight};
use wasm_bindgen_futures::spawn_local;

const REPORT: &str = "/api/v1/preflight";
/// A clock that is off by more than this is worth a look; it hinders nothing.
const CLOCK_NOTE_MS: u64 = 60_000;

/// Runs all checks and sends the report.
pub async fn check(engine: &Rc<Engine>) -> Readiness {
    let mark = format!("{}", browser::wall().0);
    let storage = engine.store.probe(&mark).await;
    let (build, worker_build) = (browser::build(), service_worker::build().await);
    let one_build = build.is_some() && build == worker_build;
    let (_, _, persisted) = device::storage().await;
    let persisted = persisted.unwrap_or(false);
    let (readiness, report) = {
        let cached = engine.cached.borrow();
        let view = cached.as_ref().map(|cached| &cached.view);
        let offset = engine.clock_offset_ms.get();
        let readiness = Readiness {
            order: (
                yes(view.is_some()),
                view.map_or(0, |view| view.entries.len()),
            ),
            charter: (
                yes(view.is_some_and(|view| SeatRules::of(view).is_some())),
                view.map_or(0, |view| view.contest.charter_version),
            ),
            // The store does not open without a credential and its key.
            seat: CheckState::Yes,
            shell: yes(one_build),
            storage: yes(storage),
            persisted: note(persisted),
            clock: (
                note(offset.is_some_and(|offset| offset.unsigned_abs() < CLOCK_NOTE_MS)),
                offset.unwrap_or(0),
            ),
        };
        let report = Preflight {
            protocol: PROTOCOL_VERSION,
            device: engine.store.credential().device,
            build: build.unwrap_or_default(),
            worker_build,
            charter_version: readiness.charter.1,
            roster_version: view.map_or(0, |view| view.contest.roster_version),
            secure_context: browser::is_secure(),
            controlled: service_worker::is_controlled(),
            storage,
            persisted,
            credential: true,
            at: browser::wall(),
        };
        (readiness, report)
    };
    // Before the first download there is nothing to report on.
    if readiness.order.0 == CheckState::Yes {
        send(engine.clone(), report);
    }
    readiness
}

/// Nothing on this device waits for it: without network the board learns of it at the next check.
fn send(engine: Rc<Engine>, report: Preflight) {
    spawn_local(async move {
        let token = &engine.store.credential().token;
        let _: Answer<()> = transport::post(REPORT, Some(token), &report).await;
    });
}

fn yes(is_there: bool) -> CheckState {
    if is_there {
        CheckState::Yes
    } else {
        CheckState::No
    }
}

fn note(is_there: bool) -> CheckState {
    if is_there {
        CheckState::Yes
    } else {
        CheckState::Note
    }
}
