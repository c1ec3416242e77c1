//! Photos of records: brought by a phone, and shown to whom the record is. No cache keeps one.

use super::auth::{ActiveDevice, Device};
use super::by_link::PRIVATE;
use super::error::ApiError;
use super::exports::organiser;
use crate::service::field::photo;
use crate::state::AppState;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{Json, Router};
use domain::ids::OpId;
use serde_json::{Value, json};
use std::time::Duration;
use sync::protocol::{PHOTO_BYTES_MAX, ProblemCode};
use tower_http::timeout::TimeoutLayer;
use tower_sessions::Session;

const JPEG: &str = "image/jpeg";
/// How long one may be on its way: 600 KB over the line of a village. `photo.js` waits as long.
const PHOTO_WAIT: Duration = Duration::from_secs(120);

/// For staff, by their session.
pub fn routes() -> Router<AppState> {
    Router::new().route("/admin/photos/{op}", get(for_staff))
}

/// For phones, below `/api/v1`, by their card's token.
pub fn of_card() -> MethodRouter<AppState> {
    let wait = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PHOTO_WAIT);
    let limit = DefaultBodyLimit::max(PHOTO_BYTES_MAX);
    let limited: MethodRouter<AppState> = get(for_card).put(bring).layer(limit);
    limited.layer(wait)
}

/// `PUT /api/v1/photos/{op}`: names the bytes once they are on the server's disk, so that the phone
/// takes nobody else's answer for it.
async fn bring(
    State(state): State<AppState>,
    Device(holder): Device,
    Path(op): Path<OpId>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, ApiError> {
    let bytes = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, ProblemCode::TooLarge)
        }
        status => ApiError::new(status, ProblemCode::Malformed).at("body"),
    })?;
    let now = state.clock.wall();
    let sha256 = photo::take(&state.store, &holder, op, bytes.to_vec(), now).await?;
    Ok(Json(json!({ "sha256": sha256 })))
}

/// `GET /api/v1/photos/{op}`
async fn for_card(
    State(state): State<AppState>,
    ActiveDevice(holder): ActiveDevice,
    Path(op): Path<OpId>,
) -> Result<Response, ApiError> {
    Ok(shown(photo::of_link(&state.store, &holder, op).await?))
}

async fn for_staff(
    State(state): State<AppState>,
    session: Session,
    Path(op): Path<OpId>,
) -> Result<Response, ApiError> {
    organiser(&state, &session).await?;
    Ok(shown(photo::of_staff(&state.store, op).await?))
}

fn shown(bytes: Vec<u8>) -> Response {
    let headers = [(CONTENT_TYPE, JPEG), (CACHE_CONTROL, PRIVATE)];
    (headers, bytes).into_response()
}
