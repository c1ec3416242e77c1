//! Refusals of the interface for machines: a status and a [`Problem`], always `no-store`.

use crate::service::error::{ServiceError, status};
use app::error::{AppError, Code};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Request, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sync::protocol::{Problem, ProblemCode};
use tower_http::request_id::RequestId;

#[derive(Clone, Debug)]
pub struct ApiError {
    status: StatusCode,
    problem: Problem,
}

impl ApiError {
    #[must_use]
    pub fn new(status: StatusCode, code: ProblemCode) -> Self {
        Self {
            status,
            problem: Problem::new(code),
        }
    }

    /// Where in the request it is wrong.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.problem.place = Some(place.into());
        self
    }

    #[must_use]
    pub fn retry_after_ms(mut self, ms: u64) -> Self {
        self.problem.retry_after_ms = Some(ms);
        self
    }
}

impl From<ServiceError> for ApiError {
    fn from(error: ServiceError) -> Self {
        let AppError { code, details } = error.into();
        let problem = match code {
            Code::SignIn => ProblemCode::SignIn,
            Code::Forbidden => ProblemCode::Forbidden,
            Code::NotFound => ProblemCode::NotFound,
            Code::Conflict => ProblemCode::Conflict,
            Code::Invalid => ProblemCode::Malformed,
            Code::TooMany => ProblemCode::TooMany,
            Code::Unreachable => ProblemCode::Busy,
            Code::Internal | Code::Unknown => ProblemCode::Internal,
        };
        let mut error = Self::new(status(code), problem);
        for detail in details {
            if detail.at == "retry_after_ms" {
                error.problem.retry_after_ms = detail.message.parse().ok();
            } else if detail.at.is_empty() {
                // A rule that forbids something has a name and no place.
                error.problem.place = Some(detail.message);
            } else {
                error.problem.place = Some(detail.at);
            }
        }
        error
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = serde_json::to_string(&self.problem).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        let kind = HeaderValue::from_static("application/problem+json");
        headers.insert(CONTENT_TYPE, kind);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(ms) = self.problem.retry_after_ms {
            headers.insert(RETRY_AFTER, HeaderValue::from(ms.div_ceil(1_000)));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Names the request in each refusal, so that a photo of a screen leads to a line of the log, and
/// keeps every answer out of caches.
pub async fn name_refusals(request: Request<axum::body::Body>, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;
    if let Some(mut refusal) = response.extensions_mut().remove::<ApiError>()
        && let Some(id) = id
        && let Ok(id) = id.header_value().to_str()
    {
        refusal.problem.request_id = Some(id.to_owned());
        response = refusal.into_response();
        response.extensions_mut().remove::<ApiError>();
    }
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(CACHE_CONTROL, no_store);
    response
}
