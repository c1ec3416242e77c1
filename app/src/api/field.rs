//! Cards outside contests.

use crate::backend::{LinkCommand, LinksPage};
use crate::error::AppError;
use domain::ids::SeasonId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "links/page", input = Json)]
pub async fn load_links(season: SeasonId) -> Result<LinksPage, AppError> {
    crate::backend::backend()?.links(season).await
}

#[server(endpoint = "links/command", input = Json)]
pub async fn command_links(season: SeasonId, command: LinkCommand) -> Result<(), AppError> {
    crate::backend::backend()?
        .link_command(season, command)
        .await
}
