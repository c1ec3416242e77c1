//! From an answer of the server to a view: once, or kept current while the page lives.

use crate::components::state::{error_state, skeleton};
use crate::components::wire::{Wire, carried};
use crate::error::AppError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;

/// Everything an answer has to be, to be rendered on the server and taken over by the browser.
pub trait Answer: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Answer for T {}

/// Loads once, with the page; on the page that the document came with, that was the server.
pub fn loaded<T: Answer>(
    load: impl Future<Output = Result<T, AppError>> + Send + 'static,
    view: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView {
    let show = move |answer: Result<T, AppError>| match answer {
        Ok(value) => view(value),
        Err(error) => error_state(&error),
    };
    if let Some(answer) = carried() {
        return show(answer);
    }
    let answer = OnceResource::<Result<T, AppError>, Wire>::new_with_options(load, false);
    view! {
        <Suspense fallback=skeleton>
            {move || {
                let show = show.clone();
                Suspend::new(async move { show(answer.await) })
            }}
        </Suspense>
    }
    .into_any()
}

/// Loads with the page, and again in the browser whenever `again` changes. The view is built once
/// and reads a signal, so an open dialog or a held button survives a refresh. A refresh that fails
/// leaves the last answer standing and says so through `stale`.
pub fn current<T, F, Fut>(
    load: F,
    again: Signal<u64>,
    stale: RwSignal<bool>,
    view: impl Fn(Signal<T>) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    T: Answer,
    F: Fn() -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<T, AppError>> + Send + 'static,
{
    loaded(load(), move |first| {
        let value = RwSignal::new(first);
        let refresh = Refresh::default();
        let load = load.clone();
        Effect::new(move |last: Option<u64>| {
            let now = again.get();
            if last.is_some_and(|last| last != now) {
                refresh.request(load.clone(), value, stale);
            }
            now
        });
        view(value.into())
    })
}

/// At most one request runs; events that come meanwhile lead to one more after it, so an older
/// answer never overwrites a newer one.
#[derive(Clone, Copy)]
struct Refresh {
    running: StoredValue<bool>,
    wanted: StoredValue<bool>,
}

impl Default for Refresh {
    fn default() -> Self {
        Self {
            running: StoredValue::new(false),
            wanted: StoredValue::new(false),
        }
    }
}

impl Refresh {
    fn request<T, F, Fut>(self, load: F, value: RwSignal<T>, stale: RwSignal<bool>)
    where
        T: Answer,
        F: Fn() -> Fut + 'static,
        Fut: Future<Output = Result<T, AppError>> + 'static,
    {
        self.wanted.set_value(true);
        if self.running.get_value() {
            return;
        }
        self.running.set_value(true);
        spawn_local(async move {
            // A page that was left disposes of its signals; then there is nothing to do.
            while self.wanted.try_get_value() == Some(true) {
                self.wanted.set_value(false);
                let answer = load().await;
                let failed = answer.is_err();
                if let Ok(answer) = answer {
                    value.try_set(answer);
                }
                stale.try_set(failed);
            }
            self.running.try_set_value(false);
        });
    }
}
