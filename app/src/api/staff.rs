//! Staff sessions.

use crate::backend::{Duties, SessionRow, Staff};
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "staff/staff", input = Json)]
pub async fn load_staff() -> Result<Option<Staff>, AppError> {
    crate::backend::backend()?.staff().await
}

#[server(endpoint = "staff/sign-in", input = Json)]
pub async fn sign_in(login: String, password: String) -> Result<Staff, AppError> {
    crate::backend::backend()?.sign_in(login, password).await
}

#[server(endpoint = "staff/sign-out", input = Json)]
pub async fn sign_out() -> Result<(), AppError> {
    crate::backend::backend()?.sign_out().await
}

#[server(endpoint = "staff/change-password", input = Json)]
pub async fn change_password(old: String, new: String) -> Result<(), AppError> {
    crate::backend::backend()?.change_password(old, new).await
}

#[server(endpoint = "staff/sessions", input = Json)]
pub async fn load_sessions() -> Result<Vec<SessionRow>, AppError> {
    crate::backend::backend()?.sessions().await
}

#[server(endpoint = "staff/revoke-session", input = Json)]
pub async fn revoke_session(session: String) -> Result<(), AppError> {
    crate::backend::backend()?.revoke_session(session).await
}

#[server(endpoint = "staff/duties", input = Json)]
pub async fn load_duties() -> Result<Duties, AppError> {
    crate::backend::backend()?.duties().await
}
