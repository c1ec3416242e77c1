//! What can go wrong in a use case, and the one place where that becomes a code and a status.

use crate::store::StoreError;
use app::backend::Capability;
use app::error::{AppError, Code, Detail};
use axum::http::StatusCode;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum ServiceError {
    /// Nobody is signed in.
    #[error("no session")]
    SignIn,
    #[error("not allowed")]
    Forbidden,
    /// The account may not do this; these may, by their logins.
    #[error("needs {capability:?}")]
    Lacks {
        capability: Capability,
        who: Vec<String>,
    },
    /// What is not there, in one word.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The thing is in a state that does not allow this; the word says which rule it was.
    #[error("not in this state: {0}")]
    Conflict(&'static str),
    /// What was entered is not right, each fault with its place.
    #[error("{} faults in the input", .0.len())]
    Invalid(Vec<Detail>),
    #[error("too many; again in {retry_after_ms} ms")]
    TooMany { retry_after_ms: u64 },
    #[error("not now")]
    Unavailable(#[source] StoreError),
    #[error("internal")]
    Internal(#[source] anyhow::Error),
}

impl ServiceError {
    /// One fault in the input: where, and a code or sentence that says what.
    #[must_use]
    pub fn invalid(at: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Detail {
            at: at.into(),
            message: message.into(),
        }])
    }
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Exists => Self::Conflict("exists"),
            StoreError::Text => Self::invalid("", "zero_byte"),
            StoreError::Row { .. } => Self::Internal(error.into()),
            StoreError::Unavailable(_) => Self::Unavailable(error),
        }
    }
}

impl From<ServiceError> for AppError {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::SignIn => Self::new(Code::SignIn),
            ServiceError::Forbidden => Self::new(Code::Forbidden),
            ServiceError::Lacks { capability, who } => {
                let who = who.join("、");
                let lacks = format!("lacks_{}:{who}", capability.word());
                Self::new(Code::Forbidden).with("", lacks)
            }
            ServiceError::NotFound(what) => Self::new(Code::NotFound).with(what, ""),
            ServiceError::Conflict(rule) => Self::new(Code::Conflict).with("", rule),
            ServiceError::Invalid(details) => {
                let mut error = Self::new(Code::Invalid);
                error.details = details;
                error
            }
            ServiceError::TooMany { retry_after_ms } => {
                Self::new(Code::TooMany).with("retry_after_ms", retry_after_ms.to_string())
            }
            ServiceError::Unavailable(error) => {
                tracing::error!(error = ?error, "unavailable");
                Self::new(Code::Unreachable)
            }
            ServiceError::Internal(error) => {
                tracing::error!(error = ?error, "internal");
                Self::new(Code::Internal)
            }
        }
    }
}

/// The status that goes with a code.
#[must_use]
pub fn status(code: Code) -> StatusCode {
    match code {
        Code::SignIn => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Conflict => StatusCode::CONFLICT,
        Code::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Code::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Code::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal | Code::Unknown => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
