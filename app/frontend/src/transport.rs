//! What goes to the server: push, pull, pairing and the 可离线 report, each with a time limit. An
//! answer that is not ours (a captive portal, a proxy) is told apart from one that is.

use crate::{browser, json};
use futures::future::{Either, select};
use gloo_net::http::{RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::pin::pin;
use sync::outbox::{REQUEST_TIMEOUT_MS, Reply};
use sync::protocol::{Problem, PushRequest, PushResponse};
use web_sys::AbortController;

const PUSH: &str = "/api/v1/sync/push";

/// How a request ended.
pub enum Answer<T> {
    Ours(T),
    /// A refusal; `body` is the text of it.
    Refused {
        status: u16,
        body: String,
        retry_after_ms: Option<u64>,
    },
    /// 200 with anything else.
    NotOurs,
    Unreachable,
}

impl<T> Answer<T> {
    pub fn problem(&self) -> Option<Problem> {
        match self {
            Self::Refused { body, .. } => json::read(body),
            Self::Ours(_) | Self::NotOurs | Self::Unreachable => None,
        }
    }
}

pub async fn push(token: &str, request: &PushRequest) -> Reply {
    match post::<PushResponse>(PUSH, Some(token), request).await {
        Answer::Ours(answer) => Reply::Answer(Box::new(answer)),
        Answer::NotOurs => Reply::NotOurs,
        Answer::Unreachable => Reply::Unreachable,
        refused @ Answer::Refused { .. } => {
            let problem = refused.problem();
            let Answer::Refused {
                status,
                retry_after_ms,
                ..
            } = refused
            else {
                return Reply::Unreachable;
            };
            Reply::Refused {
                status,
                problem,
                retry_after_ms,
            }
        }
    }
}

pub async fn post<T: DeserializeOwned>(
    url: &str,
    token: Option<&str>,
    body: &impl Serialize,
) -> Answer<T> {
    let Some(body) = json::write(body) else {
        return Answer::Unreachable;
    };
    let text = send(gloo_net::http::Request::post(url), token, Some(body)).await;
    read(text)
}

/// Asks with a body (POST) or without one (GET), and leaves the answer as it came.
pub async fn ask(url: &str, token: &str, body: Option<String>) -> Answer<String> {
    let request = match body {
        Some(_) => gloo_net::http::Request::post(url),
        None => gloo_net::http::Request::get(url),
    };
    send(request, Some(token), body).await
}

fn read<T: DeserializeOwned>(text: Answer<String>) -> Answer<T> {
    match text {
        Answer::Ours(text) => json::read(&text).map_or(Answer::NotOurs, Answer::Ours),
        Answer::Refused {
            status,
            body,
            retry_after_ms,
        } => Answer::Refused {
            status,
            body,
            retry_after_ms,
        },
        Answer::NotOurs => Answer::NotOurs,
        Answer::Unreachable => Answer::Unreachable,
    }
}

/// Aborts the request when whoever waits for it no longer does.
struct Abort(Option<AbortController>);

impl Drop for Abort {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

async fn send(
    request: RequestBuilder,
    token: Option<&str>,
    body: Option<String>,
) -> Answer<String> {
    let abort = Abort(AbortController::new().ok());
    let signal = abort.0.as_ref().map(AbortController::signal);
    let mut request = request
        .abort_signal(signal.as_ref())
        .header("Accept", "application/json");
    if let Some(token) = token {
        request = request.header("Authorization", &format!("Bearer {token}"));
    }
    let request = match body {
        Some(body) => request
            .header("Content-Type", "application/json")
            .body(body),
        None => request.build(),
    };
    let Ok(request) = request else {
        return Answer::Unreachable;
    };
    let answer = pin!(async {
        let response = request.send().await.ok()?;
        let text = response.text().await.ok()?;
        Some((response, text))
    });
    let late = pin!(browser::sleep(REQUEST_TIMEOUT_MS));
    match select(answer, late).await {
        Either::Left((Some((response, text)), _)) => sorted(&response, text),
        Either::Left((None, _)) | Either::Right(_) => Answer::Unreachable,
    }
}

fn sorted(response: &Response, text: String) -> Answer<String> {
    let kind = response.headers().get("content-type").unwrap_or_default();
    match (response.status(), kind.contains("json")) {
        (200, true) => Answer::Ours(text),
        (204, _) => Answer::Ours("null".to_owned()),
        (200..=399, _) => Answer::NotOurs,
        (status, _) => {
            let seconds = response.headers().get("retry-after");
            let seconds = seconds.and_then(|seconds| seconds.parse::<u64>().ok());
            let retry_after_ms = seconds.map(|seconds| seconds.saturating_mul(1_000));
            Answer::Refused {
                status,
                body: text,
                retry_after_ms,
            }
        }
    }
}
