//! Items that are struck one by one.

use crate::backend::{WorkAsked, WorkCommand, WorkPage};
use crate::error::AppError;
use domain::ids::SeasonId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "work/page", input = Json)]
pub async fn load_work(season: SeasonId, asked: WorkAsked) -> Result<WorkPage, AppError> {
    crate::backend::backend()?.work(season, asked).await
}

#[server(endpoint = "work/command", input = Json)]
pub async fn command_work(season: SeasonId, command: WorkCommand) -> Result<(), AppError> {
    crate::backend::backend()?
        .work_command(season, command)
        .await
}
