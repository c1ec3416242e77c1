//! The host's tablet, as `sync::protocol` words it: one address for each contest, to look and to
//! move a gate.

use super::auth::ActiveDevice;
use super::error::ApiError;
use super::sync::{Version, check_version, read};
use crate::service::host as service;
use crate::service::presence::Presence;
use crate::state::AppState;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, Query, State};
use domain::ids::{ContestId, Seq};
use sync::protocol::{HostCommand, HostView};

/// `GET /api/v1/host/{contest}`
pub async fn view(
    State(state): State<AppState>,
    ActiveDevice(holder): ActiveDevice,
    Path(contest): Path<ContestId>,
    Query(version): Query<Version>,
) -> Result<Json<HostView>, ApiError> {
    check_version(version.protocol)?;
    let now = state.clock.wall();
    let view = service::view(&state.store, &holder, contest, now).await?;
    let presence = Presence {
        last_seen: now,
        pending: 0,
        last_seq: Seq(0),
    };
    state.presences.hear(holder.credential, presence);
    Ok(Json(view))
}

/// `POST /api/v1/host/{contest}`
pub async fn command(
    State(state): State<AppState>,
    ActiveDevice(holder): ActiveDevice,
    Path(contest): Path<ContestId>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<HostView>, ApiError> {
    let command: HostCommand = read(body)?;
    let clock = state.clock.clone();
    let view = service::command(&state.store, clock, &holder, contest, command).await?;
    Ok(Json(view))
}
