//! What anybody may ask.

use crate::backend::{BoardsPage, ContestCard, ContestPage, HomePage, ScreenPage};
use crate::error::AppError;
use domain::ids::{ContestId, SeasonId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "public/contests", input = Json)]
pub async fn load_contests() -> Result<Vec<ContestCard>, AppError> {
    crate::backend::backend()?.contests().await
}

#[server(endpoint = "public/home", input = Json)]
pub async fn load_home() -> Result<HomePage, AppError> {
    let backend = crate::backend::backend()?;
    Ok(HomePage {
        own: backend.own_unit().await?,
        contests: backend.contests().await?,
    })
}

#[server(endpoint = "public/contest", input = Json)]
pub async fn load_contest(contest: ContestId) -> Result<ContestPage, AppError> {
    crate::backend::backend()?.contest(contest).await
}

#[server(endpoint = "public/boards", input = Json)]
pub async fn load_boards(season: Option<SeasonId>) -> Result<BoardsPage, AppError> {
    let backend = crate::backend::backend()?;
    Ok(BoardsPage {
        own: backend.own_unit().await?,
        months: backend.months(season).await?,
        results: backend.boards().await?,
    })
}

#[server(endpoint = "public/screen", input = Json)]
pub async fn load_screen(contest: ContestId) -> Result<ScreenPage, AppError> {
    crate::backend::backend()?.screen(contest).await
}
