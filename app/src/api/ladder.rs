//! Slips and talks.

use crate::backend::{SlipCommand, SlipPage, SlipsPage};
use crate::error::AppError;
use domain::ids::{SeasonId, SlipId};
use domain::month::slip::SlipState;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "ladder/slips", input = Json)]
pub async fn load_slips(season: Option<SeasonId>, state: SlipState) -> Result<SlipsPage, AppError> {
    crate::backend::backend()?.slips(season, state).await
}

#[server(endpoint = "ladder/slip", input = Json)]
pub async fn load_slip(slip: SlipId) -> Result<SlipPage, AppError> {
    crate::backend::backend()?.slip(slip).await
}

#[server(endpoint = "ladder/command", input = Json)]
pub async fn command_slip(command: SlipCommand) -> Result<(), AppError> {
    crate::backend::backend()?.slip_command(command).await
}
