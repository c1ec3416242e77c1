//! Leaders who answer for units.

use crate::backend::{LeaderCommand, LeadersPage};
use crate::error::AppError;
use domain::ids::SeasonId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "leader/page", input = Json)]
pub async fn load_leaders(season: SeasonId) -> Result<LeadersPage, AppError> {
    crate::backend::backend()?.leaders(season).await
}

#[server(endpoint = "leader/command", input = Json)]
pub async fn command_leaders(season: SeasonId, command: LeaderCommand) -> Result<(), AppError> {
    crate::backend::backend()?
        .leader_command(season, command)
        .await
}
