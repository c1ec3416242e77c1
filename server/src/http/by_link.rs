//! A season's link, for what its charter lets be read "by link". Whoever opens it gets a cookie, so
//! that every page, picture and file behind it opens under its plain address, and no address that
//! stands in a page carries the key.

use crate::http::error::ApiError;
use crate::http::pages::safe_back;
use crate::service::accounts;
use crate::service::audience::{self, Reader};
use crate::service::error::ServiceError;
use crate::state::AppState;
use app::paths;
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CACHE_CONTROL, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use tower_sessions::Session;

/// Cookies that keep a key, one for each season.
const COOKIE_PREFIX: &str = "link-";
/// A season and the weeks after it.
const COOKIE_SECONDS: u32 = 400 * 24 * 60 * 60;
/// What lies in no cache, be it the worker's.
pub const PRIVATE: &str = "private, no-store";

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/link/{key}", get(open))
        .route("/link/{key}/{*rest}", get(open_at))
}

async fn open(
    State(state): State<AppState>,
    Path(key): Path<String>,
) -> Result<Response, ApiError> {
    opened(&state, &key, paths::BOARDS).await
}

async fn open_at(
    State(state): State<AppState>,
    Path((key, rest)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    // A poster says its edition in the query.
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    opened(&state, &key, &format!("/{rest}{query}")).await
}

/// Keeps the key, and goes on to a page of this site. A link that was renewed leads there as well,
/// and opens nothing: what became public meanwhile is found, and the rest is not there.
async fn opened(state: &AppState, key: &str, path: &str) -> Result<Response, ApiError> {
    let target = Redirect::to(safe_back(Some(path)));
    let mut response = ([(CACHE_CONTROL, PRIVATE)], target).into_response();
    if let Some(season) = audience::season_of(&state.store, key).await? {
        let secure = match state.config.is_https() {
            true => "; Secure",
            false => "",
        };
        let cookie = format!(
            "{COOKIE_PREFIX}{season}={key}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; \
             SameSite=Lax{secure}"
        );
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
    }
    Ok(response)
}

/// The keys of the links that the browser opened.
#[must_use]
pub fn keys_of(headers: &HeaderMap) -> Vec<String> {
    let cookies = headers.get_all(COOKIE).iter();
    let cookies = cookies.filter_map(|cookies| cookies.to_str().ok());
    let pairs = cookies.flat_map(|cookies| cookies.split(';'));
    let keys = pairs.filter_map(|pair| {
        let (name, key) = pair.trim().split_once('=')?;
        name.starts_with(COOKIE_PREFIX).then(|| key.to_owned())
    });
    keys.collect()
}

/// Who asks, for files and pictures.
///
/// # Errors
/// The database failed.
pub async fn reader(
    state: &AppState,
    session: &Session,
    headers: &HeaderMap,
) -> Result<Reader, ServiceError> {
    let staff = accounts::current(state, session).await?;
    Ok(Reader::load(&state.store, staff, &keys_of(headers)).await?)
}
