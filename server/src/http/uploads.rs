//! Files that staff send from a plain form. A file is only kept here; what it would change is shown
//! on the page that the answer leads to.

use crate::http::error::ApiError;
use crate::http::exports::organiser;
use crate::service::error::ServiceError;
use crate::service::uploads::{UPLOAD_BYTES_MAX, Upload, UploadKind};
use crate::state::AppState;
use app::backend::UploadId;
use axum::Router;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, State};
use axum::response::Redirect;
use axum::routing::post;
use domain::ids::{AccountId, ContestId};
use tower_sessions::Session;

/// What a form adds around its file.
pub(super) const FORM_BYTES: usize = 16 * 1024;
/// Characters of a field that is not the file.
const FIELD_BYTES_MAX: usize = 100;

/// Where files are sent to.
pub fn routes() -> Router<AppState> {
    let limit = DefaultBodyLimit::max(UPLOAD_BYTES_MAX + FORM_BYTES);
    Router::new().route("/admin/uploads", post(upload).layer(limit))
}

/// The fields of the form: `kind`, `contest` where it is a hand-over, and `file`.
#[derive(Default)]
struct Form {
    kind: Option<UploadKind>,
    contest: Option<ContestId>,
    file: Option<(String, Vec<u8>)>,
}

async fn upload(
    State(state): State<AppState>,
    session: Session,
    request: Request,
) -> Result<Redirect, ApiError> {
    // First who it is: a stranger's body is not even looked at.
    let account = organiser(&state, &session).await?;
    let multipart = Multipart::from_request(request, &state).await;
    let multipart = multipart.map_err(|_| ServiceError::invalid("form", "unreadable"))?;
    let form = read(multipart).await?;
    let kind = form
        .kind
        .ok_or_else(|| ServiceError::invalid("kind", "unknown_kind"))?;
    let (name, bytes) = form.file.ok_or_else(no_file)?;
    let contest = form.contest;
    if kind == UploadKind::HandOver && contest.is_none() {
        return Err(ServiceError::invalid("contest", "empty").into());
    }
    let id = keep(&state, kind, &name, bytes, account);
    Ok(Redirect::to(&next(kind, contest, &id)))
}

/// An upload of this account, or `NotFound`.
///
/// # Errors
/// It was never sent, was sent by somebody else, or is too old.
pub fn upload_of(
    state: &AppState,
    id: &UploadId,
    account: AccountId,
) -> Result<Upload, ServiceError> {
    let upload = state.uploads.get(id, account, state.clock.wall());
    upload.ok_or(ServiceError::NotFound("upload"))
}

fn keep(
    state: &AppState,
    kind: UploadKind,
    name: &str,
    bytes: Vec<u8>,
    account: AccountId,
) -> UploadId {
    state
        .uploads
        .keep(kind, name, bytes, account, state.clock.wall())
}

/// The page that shows what the file would change.
fn next(kind: UploadKind, contest: Option<ContestId>, id: &UploadId) -> String {
    match (kind, contest) {
        (UploadKind::Roster, _) => format!("/admin/roster/import/{id}"),
        (UploadKind::HandOver, Some(contest)) => format!("/admin/contests/{contest}?import={id}"),
        (UploadKind::Charter | UploadKind::HandOver, _) => {
            format!("/admin/contests/new?upload={id}")
        }
    }
}

async fn read(mut multipart: Multipart) -> Result<Form, ServiceError> {
    let mut form = Form::default();
    while let Some(field) = multipart.next_field().await.map_err(unreadable)? {
        match field.name().unwrap_or_default().to_owned().as_str() {
            "kind" => form.kind = UploadKind::from_word(&text(field).await?),
            "contest" => {
                let id = text(field).await?;
                let id = id.parse().map_err(|_| ServiceError::NotFound("contest"))?;
                form.contest = Some(id);
            }
            "file" => form.file = file(field).await?,
            _ => {}
        }
    }
    Ok(form)
}

/// The name and the bytes of the file of a form that has nothing else.
pub(super) async fn only_file(form: Multipart) -> Result<(String, Vec<u8>), ServiceError> {
    read(form).await?.file.ok_or_else(no_file)
}

fn no_file() -> ServiceError {
    ServiceError::invalid("file", "empty")
}

async fn text(field: Field<'_>) -> Result<String, ServiceError> {
    let text = field.text().await.map_err(unreadable)?;
    if FIELD_BYTES_MAX < text.len() {
        return Err(ServiceError::invalid("form", "too_long"));
    }
    Ok(text)
}

/// None: the form was sent without choosing a file.
async fn file(field: Field<'_>) -> Result<Option<(String, Vec<u8>)>, ServiceError> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let bytes = field.bytes().await.map_err(unreadable)?;
    if UPLOAD_BYTES_MAX < bytes.len() {
        return Err(ServiceError::invalid("file", "too_large"));
    }
    Ok(Some((name, bytes.to_vec())).filter(|(_, bytes)| !bytes.is_empty()))
}

fn unreadable(error: MultipartError) -> ServiceError {
    let is_large = error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
    ServiceError::invalid("file", if is_large { "too_large" } else { "unreadable" })
}
