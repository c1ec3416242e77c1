//! `/api/v1`: everything that must survive a build that is weeks old, or be sent again.

use super::error::{ApiError, name_refusals};
use super::{auth, host, live, photos, sync};
use crate::state::AppState;
use ::sync::protocol::{BODY_BYTES_MAX, ProblemCode};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{get, post};
use std::time::Duration;
use tower_http::timeout::TimeoutLayer;

/// How long a request other than a stream may take, its body included.
const REQUEST_WAIT: Duration = Duration::from_secs(30);

/// The routes of version 1.
pub fn routes(state: &AppState) -> Router<AppState> {
    let requests = Router::new()
        .route("/pair", post(sync::pair))
        .route("/preflight", post(sync::preflight))
        .route("/sync/push", post(sync::push))
        .route("/sync/pull", get(sync::pull))
        .route("/host/{contest}", get(host::view).post(host::command))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_WAIT,
        ));
    let api = requests
        .route("/photos/{op}", photos::of_card())
        .route("/live/{contest}", get(live::live))
        .fallback(|| async { ApiError::new(StatusCode::NOT_FOUND, ProblemCode::NotFound) })
        .method_not_allowed_fallback(|| async {
            ApiError::new(StatusCode::METHOD_NOT_ALLOWED, ProblemCode::NotFound)
        })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            auth::limit_address,
        ))
        .layer(middleware::from_fn(name_refusals));
    Router::new().nest("/api/v1", api)
}
