//! The one error that crosses a server function or a REST answer: a code, and what it is about.
//! The sentence that a person reads comes from the code, in [`AppError::sentence`].

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

impl AppError {
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
