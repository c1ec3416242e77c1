//! Pictures of what is posted, as SVG, for whoever may read the page: its browser makes a PNG of
//! one.

use crate::http::by_link::{PRIVATE, reader};
use crate::http::error::ApiError;
use crate::service::month::publication::picture;
use crate::state::AppState;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::ids::{SeasonId, UnitId};
use domain::month::Period;
use tower_sessions::Session;

const SVG: &str = "image/svg+xml";

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/months/{season}/{period}/picture.svg", get(month))
        .route("/units/{unit}/picture.svg", get(unit))
}

async fn month(
    State(state): State<AppState>,
    session: Session,
    headers: HeaderMap,
    Path(month): Path<(SeasonId, Period)>,
) -> Result<Response, ApiError> {
    let reader = reader(&state, &session, &headers).await?;
    let today = (&*state.config, state.today());
    let drawn = picture::of_month(&state.store, &reader, month, today).await?;
    Ok(svg(drawn))
}

async fn unit(
    State(state): State<AppState>,
    session: Session,
    headers: HeaderMap,
    Path(unit): Path<UnitId>,
) -> Result<Response, ApiError> {
    let reader = reader(&state, &session, &headers).await?;
    let today = (&*state.config, state.today());
    let drawn = picture::of_unit(&state.store, &reader, unit, today).await?;
    Ok(svg(drawn))
}

/// The worker keeps no copy: a picture is of the newest edition or of none.
fn svg(drawn: String) -> Response {
    ([(CONTENT_TYPE, SVG), (CACHE_CONTROL, PRIVATE)], drawn).into_response()
}
