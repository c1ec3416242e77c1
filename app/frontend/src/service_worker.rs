//! The service worker as the page sees it: which build it keeps, whether a newer one waits, and
//! the change from one to the other, which never interrupts a sheet.

use crate::browser;
use futures::channel::oneshot;
use futures::future::{Either, select};
use leptos::prelude::*;
use std::cell::RefCell;
use std::pin::pin;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

const ASK_BUILD: &str = "BUILD";
const SKIP_WAITING: &str = "SKIP_WAITING";
const ANSWER_MS: u64 = 2_000;

/// The build that the worker in control keeps; `None` without one.
pub async fn build() -> Option<String> {
    let container = container()?;
    let controller = container.controller()?;
    let (told, answer) = oneshot::channel::<String>();
    let told = RefCell::new(Some(told));
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let build = browser::field(&event.data(), "build").and_then(|build| build.as_string());
        if let (Some(build), Some(told)) = (build, told.take()) {
            let _ = told.send(build);
        }
    });
    let listener = hear.as_ref().unchecked_ref();
    container
        .add_event_listener_with_callback("message", listener)
        .ok()?;
    controller.post_message(&ASK_BUILD.into()).ok()?;
    let answer = match select(answer, pin!(browser::sleep(ANSWER_MS))).await {
        Either::Left((build, _)) => build.ok(),
        Either::Right(_) => None,
    };
    let _ = container.remove_event_listener_with_callback("message", listener);
    answer
}

pub fn is_controlled() -> bool {
    container().is_some_and(|container| container.controller().is_some())
}

/// Calls `waiting` when a newer build is there, and `changed` when another one took over.
pub fn watch(waiting: fn(), changed: fn()) {
    let Some(container) = container() else { return };
    browser::on(&container, "controllerchange", move |_| changed());
    spawn_local(async move {
        let Some(registration) = registration().await else {
            return;
        };
        if registration.waiting().is_some() && is_controlled() {
            waiting();
        }
        let found = registration.clone();
        browser::on(&registration, "updatefound", move |_| {
            let Some(installing) = found.installing() else {
                return;
            };
            let worker = installing.clone();
            browser::on(&installing, "statechange", move |_| {
                if is_installed(&worker) && is_controlled() {
                    waiting();
                }
            });
        });
    });
}

fn is_installed(worker: &ServiceWorker) -> bool {
    browser::field(worker, "state")
        .and_then(|state| state.as_string())
        .as_deref()
        == Some("installed")
}

/// Looks for a newer build.
pub fn look_for_update() {
    spawn_local(async {
        if let Some(registration) = registration().await
            && let Ok(looking) = registration.update()
        {
            let _ = JsFuture::from(looking).await;
        }
    });
}

/// Lets the newer build take over; whoever heard of the change loads anew.
pub async fn take_over() {
    let waiting = registration()
        .await
        .and_then(|registration| registration.waiting());
    if let Some(waiting) = waiting {
        let _ = waiting.post_message(&SKIP_WAITING.into());
    }
}

fn container() -> Option<ServiceWorkerContainer> {
    browser::field(&window().navigator(), "serviceWorker").map(JsCast::unchecked_into)
}

async fn registration() -> Option<ServiceWorkerRegistration> {
    let found = JsFuture::from(container()?.get_registration()).await.ok()?;
    found.dyn_into().ok()
}
