//! The organiser's desk.

use crate::backend::{Calculation, Cards, DeskCommand, DeskPage, NewContest, PresetCard};
use crate::error::AppError;
use domain::ids::ContestId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "desk/presets", input = Json)]
pub async fn load_presets() -> Result<Vec<PresetCard>, AppError> {
    crate::backend::backend()?.presets().await
}

#[server(endpoint = "desk/create-contest", input = Json)]
pub async fn create_contest(contest: NewContest) -> Result<ContestId, AppError> {
    crate::backend::backend()?.create_contest(contest).await
}

#[server(endpoint = "desk/desk", input = Json)]
pub async fn load_desk(contest: ContestId) -> Result<DeskPage, AppError> {
    crate::backend::backend()?.desk(contest).await
}

#[server(endpoint = "desk/command", input = Json)]
pub async fn command(contest: ContestId, command: DeskCommand) -> Result<(), AppError> {
    crate::backend::backend()?.command(contest, command).await
}

#[server(endpoint = "desk/cards", input = Json)]
pub async fn load_cards(contest: ContestId) -> Result<Cards, AppError> {
    crate::backend::backend()?.cards(contest).await
}

#[server(endpoint = "desk/calculation", input = Json)]
pub async fn load_calculation(contest: ContestId) -> Result<Calculation, AppError> {
    crate::backend::backend()?.calculation(contest).await
}
