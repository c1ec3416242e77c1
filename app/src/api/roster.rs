//! The roster and its import.

use crate::backend::{ImportReport, RosterPage, SeenImport, UnitMatches, UploadId};
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "roster/roster", input = Json)]
pub async fn load_roster() -> Result<RosterPage, AppError> {
    crate::backend::backend()?.roster().await
}

#[server(endpoint = "roster/import-report", input = Json)]
pub async fn load_import_report(
    upload: UploadId,
    #[server(default)] matches: UnitMatches,
) -> Result<ImportReport, AppError> {
    let backend = crate::backend::backend()?;
    backend.import_report(upload, matches).await
}

#[server(endpoint = "roster/apply-import", input = Json)]
pub async fn apply_import(upload: UploadId, seen: SeenImport) -> Result<ImportReport, AppError> {
    crate::backend::backend()?.apply_import(upload, seen).await
}

#[server(endpoint = "roster/upload-text", input = Json)]
pub async fn load_upload_text(upload: UploadId) -> Result<String, AppError> {
    crate::backend::backend()?.upload_text(upload).await
}
