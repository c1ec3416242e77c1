//! The roster and its import.

use crate::backend::{ImportReport, RosterPage, UploadId, backend};
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "roster/roster", input = Json)]
pub async fn load_roster() -> Result<RosterPage, AppError> {
    backend()?.roster().await
}

#[server(endpoint = "roster/import-report", input = Json)]
pub async fn load_import_report(upload: UploadId) -> Result<ImportReport, AppError> {
    backend()?.import_report(upload).await
}

#[server(endpoint = "roster/apply-import", input = Json)]
pub async fn apply_import(upload: UploadId) -> Result<ImportReport, AppError> {
    backend()?.apply_import(upload).await
}

#[server(endpoint = "roster/upload-text", input = Json)]
pub async fn load_upload_text(upload: UploadId) -> Result<String, AppError> {
    backend()?.upload_text(upload).await
}
