//! The one error that crosses a server function or a REST answer: a code, and what it is about.
//! The sentence that a person reads comes from the code, in [`AppError::sentence`].

use crate::text::{self, Lang};
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What went wrong, as a code that the interface translates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// No session, or one that ended.
    SignIn,
    /// Signed in, and not allowed to do this.
    Forbidden,
    NotFound,
    /// The thing is in a state that does not allow this.
    Conflict,
    /// What was entered is not right; the details say where.
    Invalid,
    TooMany,
    /// The network or the server did not answer.
    Unreachable,
    Internal,
    #[serde(other)]
    Unknown,
}

/// One thing that is wrong with an input: where, and what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    pub at: String,
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{code:?}")]
pub struct AppError {
    pub code: Code,
    pub details: Vec<Detail>,
}

impl Code {
    /// As the wire spells it: what a person reads out to the organiser.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::Invalid => "invalid",
            Self::TooMany => "too_many",
            Self::Unreachable => "unreachable",
            Self::Internal => "internal",
            Self::Unknown => "unknown",
        }
    }
}

impl AppError {
    /// What happened, what is safe, what to do.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> &'static str {
        match self.code {
            Code::SignIn => text::error_sign_in(lang),
            Code::Forbidden => text::error_forbidden(lang),
            Code::NotFound => text::error_not_found(lang),
            Code::Conflict => text::error_conflict(lang),
            Code::Invalid => text::error_invalid(lang),
            Code::TooMany => text::error_too_many(lang),
            Code::Unreachable => text::error_unreachable(lang),
            Code::Internal => text::error_internal(lang),
            Code::Unknown => text::error_unknown(lang),
        }
    }

    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self {
            code,
            details: Vec::new(),
        }
    }

    #[must_use]
    pub fn with(mut self, at: impl Into<String>, message: impl Into<String>) -> Self {
        self.details.push(Detail {
            at: at.into(),
            message: message.into(),
        });
        self
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => {
                Self::new(Code::Unreachable)
            }
            ServerFnErrorErr::Args(message) | ServerFnErrorErr::MissingArg(message) => {
                Self::new(Code::Invalid).with("", message)
            }
            _ => Self::new(Code::Internal),
        }
    }
}
