//! The host's requests: the credential of the contest from this device, and the text that came
//! back. What it means is read where the host's page is, in a module that pads never load.

use crate::seat_store;
use crate::transport::{self, Answer};
use app::host::{HostAnswer, HostPort};
use domain::ids::ContestId;
use sync::protocol::PROTOCOL_VERSION;

pub fn port() -> HostPort {
    HostPort(|contest, command| Box::pin(ask(contest, command)))
}

async fn ask(contest: ContestId, command: Option<String>) -> HostAnswer {
    let Some(token) = seat_store::host_token(contest).await else {
        return HostAnswer::NotHere;
    };
    let url = format!("/api/v1/host/{contest}?protocol={PROTOCOL_VERSION}");
    match transport::ask(&url, &token, command).await {
        Answer::Ours(text) => HostAnswer::Ours(text),
        Answer::Refused { body, .. } => HostAnswer::Refused(body),
        Answer::NotOurs | Answer::Unreachable => HostAnswer::Silence,
    }
}
