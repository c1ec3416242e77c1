//! Pictures of what is posted, as SVG, for anybody: the page's own browser makes a PNG of one.

use crate::http::error::ApiError;
use crate::service::month::publication::picture;
use crate::state::AppState;
use app::paths;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::ids::{SeasonId, UnitId};
use domain::month::Period;

const SVG: &str = "image/svg+xml";

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/months/{season}/{period}/picture.svg", get(month))
        .route("/units/{unit}/picture.svg", get(unit))
}

async fn month(
    State(state): State<AppState>,
    Path(month): Path<(SeasonId, Period)>,
) -> Result<Response, ApiError> {
    let url = state.config.address(&paths::month(month.0, month.1));
    let drawn = picture::of_month(&state.store, month, (url, state.today())).await?;
    Ok(svg(drawn))
}

async fn unit(
    State(state): State<AppState>,
    Path(unit): Path<UnitId>,
) -> Result<Response, ApiError> {
    let url = state.config.address(&paths::unit(unit));
    let drawn = picture::of_unit(&state.store, unit, (url, state.today())).await?;
    Ok(svg(drawn))
}

/// The worker keeps no copy: a picture is of the newest edition or of none.
fn svg(drawn: String) -> Response {
    ([(CONTENT_TYPE, SVG), (CACHE_CONTROL, "no-store")], drawn).into_response()
}
