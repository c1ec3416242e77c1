//! What units signed to reach.

use crate::backend::{PledgeCommand, PledgesPage};
use crate::error::AppError;
use domain::ids::SeasonId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "pledge/page", input = Json)]
pub async fn load_pledges(season: SeasonId) -> Result<PledgesPage, AppError> {
    crate::backend::backend()?.pledges(season).await
}

#[server(endpoint = "pledge/command", input = Json)]
pub async fn command_pledges(season: SeasonId, command: PledgeCommand) -> Result<(), AppError> {
    crate::backend::backend()?
        .pledge_command(season, command)
        .await
}
