//! Who asks: a paired device by the token in `Authorization`, a member of staff by the session
//! cookie. The two never share anything.

use super::error::ApiError;
use crate::service::accounts;
use crate::service::error::ServiceError;
use crate::service::holder::{self, Holder};
use crate::state::AppState;
use crate::store::sessions::{ABSOLUTE_MS, Sessions};
use app::backend::Staff;
use axum::extract::{ConnectInfo, FromRequestParts, OptionalFromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use sync::protocol::{CredentialState, ProblemCode};
use time::Duration;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, Session, SessionManagerLayer};

/// Staff sessions for every route. They are looked up only where somebody asks who is there.
#[must_use]
pub fn session_layer(state: &AppState) -> SessionManagerLayer<Sessions> {
    let is_https = state.config.is_https();
    let sessions = Sessions::new(state.store.clone(), state.clock.clone());
    let days = i64::try_from(ABSOLUTE_MS / 1_000).unwrap_or(0);
    SessionManagerLayer::new(sessions)
        // The prefix makes browsers refuse the cookie over http or from a subdomain.
        .with_name(if is_https { "__Host-sid" } else { "sid" })
        .with_secure(is_https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::seconds(days)))
}

/// The device that brings something, whatever the state of its credential: what a replaced or
/// withdrawn one pushes is still kept, and where it stands is asked when it is written. Each
/// credential is slowed down by itself.
pub struct Device(pub Holder);

impl FromRequestParts<AppState> for Device {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Self, Self::Rejection> {
        let now = state.clock.wall();
        let token = token(parts)?;
        let found = state.holders.whose(&state.store, token, now).await?;
        Ok(Self(admit(state, found)?))
    }
}

/// A device whose credential holds: what it may read, a replaced one may not.
pub struct ActiveDevice(pub Holder);

impl FromRequestParts<AppState> for ActiveDevice {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Self, Self::Rejection> {
        let now = state.clock.wall();
        let found = holder::by_token(&state.store, token(parts)?, now).await?;
        let holder = admit(state, found)?;
        let code = match holder.state {
            CredentialState::Active => return Ok(Self(holder)),
            CredentialState::Replaced => ProblemCode::CredentialReplaced,
            CredentialState::Withdrawn => ProblemCode::CredentialWithdrawn,
            CredentialState::Expired | CredentialState::Unknown => ProblemCode::CredentialExpired,
        };
        Err(ApiError::new(StatusCode::FORBIDDEN, code))
    }
}

fn token(parts: &Parts) -> Result<&str, ApiError> {
    let token = parts.headers.get(AUTHORIZATION);
    let token = token.and_then(|value| value.to_str().ok());
    let token = token.and_then(|value| value.strip_prefix("Bearer "));
    token.map(str::trim).ok_or_else(sign_in)
}

fn admit(state: &AppState, found: Option<Holder>) -> Result<Holder, ApiError> {
    let holder = found.ok_or_else(sign_in)?;
    state.limits.credential(holder.credential)?;
    if holder.state == CredentialState::Expired {
        let code = ProblemCode::CredentialExpired;
        return Err(ApiError::new(StatusCode::UNAUTHORIZED, code));
    }
    Ok(holder)
}

fn sign_in() -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, ProblemCode::SignIn)
}

/// A member of staff, with the session.
pub struct SignedIn {
    pub staff: Staff,
    pub session: Session,
}

impl OptionalFromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Option<Self>, Self::Rejection> {
        let Some(session) = parts.extensions.get::<Session>().cloned() else {
            return Ok(None);
        };
        let staff = accounts::current(state, &session).await?;
        Ok(staff.map(|staff| Self { staff, session }))
    }
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Self, Self::Rejection> {
        let signed_in: Option<Self> =
            <Self as OptionalFromRequestParts<_>>::from_request_parts(parts, state).await?;
        signed_in.ok_or_else(|| ServiceError::SignIn.into())
    }
}

/// The address that a request comes from.
#[derive(Clone, Copy, Debug)]
pub struct Address(pub IpAddr);

impl FromRequestParts<AppState> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self(address(parts, state)))
    }
}

/// The address of a request, from its parts.
#[must_use]
pub fn address(parts: &Parts, state: &AppState) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map(|ConnectInfo(peer)| *peer);
    super::limits::address_of(peer, &parts.headers, state.config.trust_forwarded)
}

/// The last of the limits: what one address may ask for at all.
pub async fn limit_address(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    state.limits.address(address(&parts, &state))?;
    Ok(next.run(Request::from_parts(parts, body)).await)
}
