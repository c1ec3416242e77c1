//! A season's rules.

use crate::backend::{RuleChange, RulesCommand, RulesPage};
use crate::error::AppError;
use domain::ids::SeasonId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "rules/page", input = Json)]
pub async fn load_rules(season: SeasonId) -> Result<RulesPage, AppError> {
    crate::backend::backend()?.rules(season).await
}

/// What the text changes, or would change where no reason is given.
#[server(endpoint = "rules/command", input = Json)]
pub async fn command_rules(
    season: SeasonId,
    command: RulesCommand,
) -> Result<Vec<RuleChange>, AppError> {
    crate::backend::backend()?
        .rules_command(season, command)
        .await
}
