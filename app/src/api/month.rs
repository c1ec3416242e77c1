//! The month.

use crate::backend::{MonthCommand, MonthDesk, MonthPage, SeasonCard, UnitCard, UnitPage};
use crate::error::AppError;
use domain::ids::{SeasonId, UnitId};
use domain::month::ladder::LadderPreset;
use domain::month::period::Period;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "public/month", input = Json)]
pub async fn load_month(season: SeasonId, period: Period) -> Result<MonthPage, AppError> {
    crate::backend::backend()?.month(season, period).await
}

#[server(endpoint = "public/units", input = Json)]
pub async fn load_units() -> Result<Vec<UnitCard>, AppError> {
    crate::backend::backend()?.units().await
}

#[server(endpoint = "public/unit", input = Json)]
pub async fn load_unit(unit: UnitId) -> Result<UnitPage, AppError> {
    crate::backend::backend()?.unit(unit).await
}

#[server(endpoint = "month/seasons", input = Json)]
pub async fn load_seasons() -> Result<Vec<SeasonCard>, AppError> {
    crate::backend::backend()?.seasons().await
}

#[server(endpoint = "month/open-season", input = Json)]
pub async fn open_season(
    name: String,
    #[server(default)] ladder: LadderPreset,
) -> Result<SeasonId, AppError> {
    crate::backend::backend()?.open_season(name, ladder).await
}

#[server(endpoint = "month/desk", input = Json)]
pub async fn load_month_desk(season: SeasonId, period: Period) -> Result<MonthDesk, AppError> {
    crate::backend::backend()?.month_desk(season, period).await
}

#[server(endpoint = "month/command", input = Json)]
pub async fn command_month(
    season: SeasonId,
    period: Period,
    command: MonthCommand,
) -> Result<(), AppError> {
    crate::backend::backend()?
        .month_command(season, period, command)
        .await
}
