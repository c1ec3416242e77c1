//! Signed papers of pledges: brought by staff from a plain form, and shown to staff. No cache keeps
//! one.

use super::by_link::PRIVATE;
use super::error::ApiError;
use super::exports::{download, organiser};
use super::uploads;
use crate::service::act::Act;
use crate::service::chance::Chance;
use crate::service::error::ServiceError;
use crate::service::pledges::scan::{self, ScanKind};
use crate::service::uploads::UPLOAD_BYTES_MAX;
use crate::state::AppState;
use app::paths;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use domain::ids::{AccountId, PledgeId};
use tower_sessions::Session;

pub fn routes() -> Router<AppState> {
    let limit = DefaultBodyLimit::max(UPLOAD_BYTES_MAX + uploads::FORM_BYTES);
    let scan = get(shown).post(bring).layer(limit);
    Router::new().route("/admin/pledges/{pledge}/scan", scan)
}

/// Goes back to the page, with what was wrong where something was: a form of the browser's own has
/// no other place to say it.
async fn bring(
    State(state): State<AppState>,
    session: Session,
    Path(pledge): Path<PledgeId>,
    request: Request,
) -> Result<Redirect, ApiError> {
    let account = organiser(&state, &session).await?;
    let season = scan::season(&state.store, pledge).await?;
    let fault = match kept(&state, account, pledge, request).await {
        Ok(()) => None,
        Err(ServiceError::Invalid(details)) => details.into_iter().next().map(|one| one.message),
        Err(ServiceError::Conflict(code)) => Some(code.to_owned()),
        Err(other) => return Err(other.into()),
    };
    Ok(Redirect::to(&paths::pledges_with(season, fault.as_deref())))
}

async fn kept(
    state: &AppState,
    account: AccountId,
    pledge: PledgeId,
    request: Request,
) -> Result<(), ServiceError> {
    let form = Multipart::from_request(request, state).await;
    let form = form.map_err(|_| ServiceError::invalid("form", "unreadable"))?;
    let (_, bytes) = uploads::only_file(form).await?;
    let act = Act {
        account,
        now: state.clock.wall(),
        chance: Chance::machine(),
    };
    scan::put(&state.store, &act, pledge, bytes).await
}

async fn shown(
    State(state): State<AppState>,
    session: Session,
    Path(pledge): Path<PledgeId>,
) -> Result<Response, ApiError> {
    organiser(&state, &session).await?;
    let (kind, bytes) = scan::of_staff(&state.store, pledge).await?;
    // A browser's reader of PDF runs under the policy of the answer, which lets it draw nothing.
    if kind == ScanKind::Pdf {
        return Ok(download("scan.pdf", kind.mime(), bytes));
    }
    let headers = [(CONTENT_TYPE, kind.mime()), (CACHE_CONTROL, PRIVATE)];
    Ok((headers, bytes).into_response())
}
