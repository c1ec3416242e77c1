//! Push, pull, pairing and the 可离线 report, as `sync::protocol` words them.

use super::auth::{ActiveDevice, Device};
use super::error::ApiError;
use crate::service::presence::Presence;
use crate::service::{field, pairing, sync as service};
use crate::state::AppState;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sync::protocol::{
    BATCH_MAX, Delta, PROTOCOL_VERSION, PROTOCOL_VERSION_MIN, PairRefusal, PairRequest, Preflight,
    ProblemCode, PullRequest, PushRequest, PushResponse, speaks,
};

/// `POST /api/v1/pair`
pub async fn pair(
    State(state): State<AppState>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let body = bytes(body)?;
    let request: PairRequest = match version_of(&body) {
        Some(version) if !speaks(version) => {
            let min_protocol = PROTOCOL_VERSION_MIN;
            return Ok(refused(PairRefusal::Protocol { min_protocol }));
        }
        _ => parse(&body)?,
    };
    state.limits.card(request.card)?;
    let now = state.clock.wall();
    let paired = pairing::pair(&state.store, request, now).await?;
    Ok(match paired {
        Ok(response) => Json(response).into_response(),
        Err(refusal) => refused(refusal),
    })
}

/// `POST /api/v1/preflight`
pub async fn preflight(
    State(state): State<AppState>,
    ActiveDevice(holder): ActiveDevice,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, ApiError> {
    let report: Preflight = read(body)?;
    same_device(report.device, holder.device)?;
    let now = state.clock.wall();
    let contest = holder.link.is_none().then_some(holder.contest);
    let whose = (holder.credential, contest);
    pairing::keep_preflight(&state.store, whose, report, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/sync/push`
pub async fn push(
    State(state): State<AppState>,
    Device(holder): Device,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<PushResponse>, ApiError> {
    let request: PushRequest = read(body)?;
    if BATCH_MAX < request.ops.len() {
        return Err(ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, ProblemCode::TooLarge).at("ops"));
    }
    same_device(request.device, holder.device)?;
    let now = state.clock.wall();
    let presence = Presence {
        last_seen: now,
        pending: request.pending,
        last_seq: request.last_seq,
    };
    state.presences.hear(holder.credential, presence);
    let outcomes = match holder.link {
        Some(link) => field::push(&state.store, (holder, link), request.ops, now).await?,
        None => state.pushes.push(holder, request.ops, now).await?,
    };
    Ok(Json(PushResponse {
        protocol: PROTOCOL_VERSION,
        batch: request.batch,
        server_time: now,
        outcomes,
    }))
}

/// `GET /api/v1/sync/pull`
pub async fn pull(
    State(state): State<AppState>,
    ActiveDevice(holder): ActiveDevice,
    Query(version): Query<Version>,
    query: Result<Query<PullRequest>, QueryRejection>,
) -> Result<Json<Delta>, ApiError> {
    check_version(version.protocol)?;
    let Query(request) = query
        .map_err(|_| ApiError::new(StatusCode::BAD_REQUEST, ProblemCode::Malformed).at("query"))?;
    same_device(request.device, holder.device)?;
    let now = state.clock.wall();
    let presence = Presence {
        last_seen: now,
        pending: request.pending,
        last_seq: request.cursor,
    };
    state.presences.hear(holder.credential, presence);
    let delta = match holder.link {
        Some(link) => field::pull(&state.store, &holder, link, now).await?,
        None => service::pull(&state.store, &holder, request.cursor, now).await?,
    };
    Ok(Json(delta))
}

/// What every version of the protocol carries.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Version {
    pub(super) protocol: Option<u32>,
}

/// Reads a body, its version first: a newer build is told to wait, not that it is malformed.
pub(super) fn read<T: DeserializeOwned>(
    body: Result<Bytes, BytesRejection>,
) -> Result<T, ApiError> {
    let body = bytes(body)?;
    check_version(version_of(&body))?;
    parse(&body)
}

fn bytes(body: Result<Bytes, BytesRejection>) -> Result<Bytes, ApiError> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, ProblemCode::TooLarge)
        }
        status => ApiError::new(status, ProblemCode::Malformed).at("body"),
    })
}

fn version_of(body: &[u8]) -> Option<u32> {
    let version: Version = serde_json::from_slice(body).unwrap_or_default();
    version.protocol
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body).map_err(|error| {
        ApiError::new(StatusCode::BAD_REQUEST, ProblemCode::Malformed).at(format!(
            "{}:{}",
            error.line(),
            error.column()
        ))
    })
}

pub(super) fn check_version(version: Option<u32>) -> Result<(), ApiError> {
    if version.is_some_and(|version| !speaks(version)) {
        let code = ProblemCode::Protocol;
        return Err(ApiError::new(StatusCode::UPGRADE_REQUIRED, code));
    }
    Ok(())
}

fn same_device<T: PartialEq>(asks: T, holds: T) -> Result<(), ApiError> {
    if asks == holds {
        return Ok(());
    }
    let code = ProblemCode::WrongDevice;
    Err(ApiError::new(StatusCode::FORBIDDEN, code).at("device"))
}

fn refused(refusal: PairRefusal) -> Response {
    let status = match refusal {
        PairRefusal::WrongDigits { .. } => StatusCode::FORBIDDEN,
        PairRefusal::Locked => StatusCode::LOCKED,
        PairRefusal::Withdrawn | PairRefusal::ContestOver => StatusCode::GONE,
        PairRefusal::Taken { .. } => StatusCode::CONFLICT,
        PairRefusal::Protocol { .. } => StatusCode::UPGRADE_REQUIRED,
        PairRefusal::UnknownCard | PairRefusal::Unknown => StatusCode::NOT_FOUND,
    };
    (status, Json(refusal)).into_response()
}
