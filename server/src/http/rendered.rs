//! Public pages of posted months, kept as they were rendered. A page is rendered once for each
//! language and type scale, and served until the next month is posted or the day is over: on the
//! next one a black list may have to come down.
//!
//! Invariant: what is served was rendered today, when at least as much was posted as now. How much
//! that is is read from the database for each request, since another server may have posted. It
//! rises with a season's charter as well, which says who may read the page; what is not for
//! everybody is not kept at all.

use crate::http::pages::prefs_of;
use crate::http::security::policy;
use crate::service::month::posting::posted_number;
use crate::state::AppState;
use app::prefs::{LANG_COOKIE, Prefs, SCALE_COOKIE};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::month::day::Day;
use leptos::nonce::Nonce;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};

/// Pages below it read what was posted of months, and nothing else.
const PREFIX: &str = "/months/";
/// Bytes of all pages together. One that does not fit is rendered each time.
const BYTES_MAX: usize = 64 * 1024 * 1024;
/// Bytes of one page.
const PAGE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// How much was posted or ruled, and the day in China.
type Time = (u64, Option<Day>);

/// Address, language and type scale.
type Key = (String, &'static str, &'static str);

#[derive(Default)]
pub struct Rendered(Mutex<Pages>);

#[derive(Default)]
struct Pages {
    /// When they were rendered.
    time: Time,
    pages: HashMap<Key, Arc<Page>>,
    bytes: usize,
}

struct Page {
    headers: HeaderMap,
    /// What stands between the places of the nonce: each answer has one of its own.
    pieces: Vec<Bytes>,
}

/// Answers a month's page from what is kept, or keeps what the page answers.
pub async fn serve(State(state): State<AppState>, request: Request<Body>, next: Next) -> Response {
    let Some(key) = key_of(&request) else {
        return next.run(request).await;
    };
    // Before the page is rendered: what is posted meanwhile makes it old, never the reverse.
    let Ok(posted) = posted_number(&state.store).await else {
        return next.run(request).await;
    };
    let time = (posted, Some(state.today()));
    if let Some(page) = state.rendered.get(time, &key) {
        return page.answer();
    }
    let response = next.run(request).await;
    match nonce_of(&response) {
        Some(nonce) if response.status() == StatusCode::OK && may_be_kept(&response) => {
            keep(&state.rendered, (time, key), &nonce, response).await
        }
        _ => response,
    }
}

/// `None`: not a page of a month, or asked by somebody with a session.
fn key_of(request: &Request<Body>) -> Option<Key> {
    let path = request.uri().path();
    let is_ours = *request.method() == Method::GET && path.starts_with(PREFIX);
    let cookies = request.headers().get_all(COOKIE).iter();
    let are_choices = cookies.into_iter().all(|cookies| {
        let names = cookies.to_str().unwrap_or("?").split(';');
        let mut names = names.map(|pair| pair.trim().split('=').next().unwrap_or_default());
        names.all(|name| [LANG_COOKIE, SCALE_COOKIE].contains(&name))
    });
    if !is_ours || !are_choices || request.uri().query().is_some() {
        return None;
    }
    let Prefs { lang, scale } = prefs_of(request.headers());
    Some((path.to_owned(), lang.tag(), scale.name()))
}

/// A page, and one for everybody.
fn may_be_kept(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE);
    let is_html = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    is_html && !response.headers().contains_key(CACHE_CONTROL)
}

fn nonce_of(response: &Response) -> Option<String> {
    let policy = response.headers().get(CONTENT_SECURITY_POLICY)?;
    let (_, rest) = policy.to_str().ok()?.split_once("'nonce-")?;
    Some(rest.split_once('\'')?.0.to_owned())
}

async fn keep(
    rendered: &Rendered,
    (time, key): (Time, Key),
    nonce: &str,
    response: Response,
) -> Response {
    let (parts, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, BYTES_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if body.len() <= PAGE_BYTES_MAX
        && let Ok(text) = std::str::from_utf8(&body)
    {
        let pieces = text
            .split(nonce)
            .map(|piece| body.slice_ref(piece.as_bytes()));
        let page = Page {
            headers: parts.headers.clone(),
            pieces: pieces.collect(),
        };
        rendered.put(time, key, Arc::new(page));
    }
    Response::from_parts(parts, Body::from(body))
}

impl Page {
    fn answer(&self) -> Response {
        let nonce = Nonce::new();
        let mut response = Response::new(Body::from(self.body(&nonce)));
        *response.headers_mut() = self.headers.clone();
        if let Ok(policy) = HeaderValue::from_str(&policy(Some(&nonce), None)) {
            let headers = response.headers_mut();
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        response
    }

    fn body(&self, nonce: &str) -> Vec<u8> {
        self.pieces.join(nonce.as_bytes())
    }

    fn bytes(&self) -> usize {
        self.pieces.iter().map(Bytes::len).sum()
    }
}

impl Rendered {
    fn get(&self, time: Time, key: &Key) -> Option<Arc<Page>> {
        let pages = self.0.lock().ok()?;
        let page = pages.pages.get(key).filter(|_| pages.time == time);
        page.cloned()
    }

    fn put(&self, time: Time, key: Key, page: Arc<Page>) {
        let Ok(mut pages) = self.0.lock() else {
            return;
        };
        if pages.time < time {
            *pages = Pages {
                time,
                ..Pages::default()
            };
        }
        let bytes = page.bytes();
        let has_room = pages.bytes + bytes <= BYTES_MAX && !pages.pages.contains_key(&key);
        if pages.time == time && has_room {
            pages.bytes += bytes;
            pages.pages.insert(key, page);
        }
    }
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rendered").finish_non_exhaustive()
    }
}
