//! The port between the host's page and the browser: a request with the host's credential, and
//! what came of it. What the texts mean is the page's business, so that a judge's phone carries
//! none of it.

use domain::ids::ContestId;
use std::future::Future;
use std::pin::Pin;

/// Asks the server as the host of a contest: `None` looks, a text is a command.
#[derive(Clone, Copy)]
pub struct HostPort(pub fn(ContestId, Option<String>) -> HostReply);

pub type HostReply = Pin<Box<dyn Future<Output = HostAnswer>>>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostAnswer {
    /// No credential for this contest is on this device.
    NotHere,
    /// No answer of ours.
    Silence,
    Ours(String),
    /// The text of a refusal.
    Refused(String),
}
