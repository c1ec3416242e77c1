//! Files to download: exports and templates for staff, the posted result for anybody.

use crate::docx;
use crate::http::by_link::{PRIVATE, reader};
use crate::http::error::ApiError;
use crate::service::accounts;
use crate::service::calendar;
use crate::service::contests;
use crate::service::error::ServiceError;
use crate::service::exports::{Export, export};
use crate::service::ladder::paper;
use crate::service::month::publication::{self, MonthFile};
use crate::service::permission;
use crate::service::roster::columns::TableKind;
use crate::service::roster::{self, template};
use crate::service::table::XLSX;
use crate::state::AppState;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::ids::{AccountId, ContestId, SeasonId, SlipId};
use domain::month::cadence::{Output, Span};
use domain::month::{Day, Period};
use serde::Deserialize;
use tower_sessions::Session;

const JSON: &str = "application/json";
const CSV: &str = "text/csv; charset=utf-8";

/// The downloads.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/contests/{contest}/export/{file}", get(contest_file))
        .route(
            "/admin/months/{season}/{period}/export/{file}",
            get(month_file),
        )
        .route(
            "/admin/months/{season}/{period}/figures.xlsx",
            get(figures_file),
        )
        .route("/admin/roster/template/{file}", get(template_file))
        .route("/admin/slips/{slip}/export/slip.docx", get(slip_file))
        .route(
            "/admin/calendar/{season}/{output}/{from}/{to}/export/sheet.docx",
            get(duty_file),
        )
        .route("/api/v1/contests/{contest}/result.json", get(posted_json))
}

async fn contest_file(
    State(state): State<AppState>,
    session: Session,
    Path((contest, file)): Path<(ContestId, String)>,
) -> Result<Response, ApiError> {
    organiser(&state, &session).await?;
    let kind = Export::of_name(&file).ok_or(ServiceError::NotFound("file"))?;
    let bytes = export(&state.store, contest, kind).await?;
    Ok(download(&file, kind.content_type(), bytes))
}

/// Of the edition that the address asks for, or of the newest one.
#[derive(Deserialize)]
struct Edition {
    edition: Option<u32>,
}

async fn month_file(
    State(state): State<AppState>,
    session: Session,
    headers: HeaderMap,
    Path((season, period, file)): Path<(SeasonId, Period, String)>,
    Query(Edition { edition }): Query<Edition>,
) -> Result<Response, ApiError> {
    let reader = reader(&state, &session, &headers).await?;
    let kind = MonthFile::of_name(&file).ok_or(ServiceError::NotFound("file"))?;
    let (which, today) = (((season, period), edition), state.today());
    let made = publication::export(&state.store, &reader, which, kind, today).await?;
    let name = (file.as_str(), made.name.as_str());
    Ok(download_as(name, kind.content_type(), made.bytes))
}

/// The month's figures to fill in.
async fn figures_file(
    State(state): State<AppState>,
    session: Session,
    Path((season, period)): Path<(SeasonId, Period)>,
) -> Result<Response, ApiError> {
    organiser(&state, &session).await?;
    let bytes = roster::month_file(&state.store, (season, period)).await?;
    let (year, month) = (period.year(), period.month());
    let name = format!("{}{year}年{month}月数据表.xlsx", state.store.county().name);
    Ok(download_as(("figures.xlsx", &name), XLSX, bytes))
}

async fn template_file(
    State(state): State<AppState>,
    session: Session,
    Path(file): Path<String>,
) -> Result<Response, ApiError> {
    organiser(&state, &session).await?;
    if file == "roster.xlsx" {
        return Ok(download(&file, XLSX, template::all()?));
    }
    let kind = TableKind::of_name(&file).filter(|_| file.ends_with(".csv"));
    let kind = kind.ok_or(ServiceError::NotFound("file"))?;
    Ok(download(&file, CSV, template::table(kind).csv()?))
}

async fn slip_file(
    State(state): State<AppState>,
    session: Session,
    Path(slip): Path<SlipId>,
) -> Result<Response, ApiError> {
    let account = organiser(&state, &session).await?;
    let bytes = paper::docx(&state.store, account, slip, state.clock.wall()).await?;
    Ok(download("slip.docx", docx::CONTENT_TYPE, bytes))
}

async fn duty_file(
    State(state): State<AppState>,
    session: Session,
    headers: HeaderMap,
    Path((season, output, from, to)): Path<(SeasonId, String, Day, Day)>,
) -> Result<Response, ApiError> {
    let account = organiser(&state, &session).await?;
    let reader = reader(&state, &session, &headers).await?;
    let output = Output::of_sheet(&output).ok_or(ServiceError::NotFound("file"))?;
    let asked = (season, output, Span { from, to });
    let (who, now) = ((&reader, account), state.clock.wall());
    let (name, bytes) = calendar::docx::docx(&state.store, who, asked, now).await?;
    let name = ("sheet.docx", name.as_str());
    Ok(download_as(name, docx::CONTENT_TYPE, bytes))
}

/// The very bytes that were hashed, so that anybody can check the check code.
async fn posted_json(
    State(state): State<AppState>,
    Path(contest): Path<ContestId>,
) -> Result<Response, ApiError> {
    let posted = contests::posted_of(&state.store, contest).await?;
    let tag = format!("\"{}\"", posted.hash);
    let headers = [(CONTENT_TYPE, JSON.to_owned()), (ETAG, tag)];
    let fresh = [(CACHE_CONTROL, "no-cache")];
    Ok((headers, fresh, posted.snapshot).into_response())
}

/// The signed-in organiser, or a refusal.
pub async fn organiser(state: &AppState, session: &Session) -> Result<AccountId, ServiceError> {
    let staff = accounts::current(state, session).await?;
    permission::organiser(staff.as_ref())
}

pub(super) fn download(name: &str, content_type: &str, bytes: Vec<u8>) -> Response {
    download_as((name, name), content_type, bytes)
}

/// A file to keep. `plain` is a constant of ours, so nothing has to be quoted; `name` may be
/// anything, and is what a browser of today takes (RFC 8187).
fn download_as((plain, name): (&str, &str), content_type: &str, bytes: Vec<u8>) -> Response {
    let encoded: String = name.bytes().map(percent_encoded).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    let headers = [
        (CONTENT_TYPE, content_type.to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (CACHE_CONTROL, PRIVATE.to_owned()),
    ];
    (headers, bytes).into_response()
}

fn percent_encoded(byte: u8) -> String {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    }
}
