//! The month.

use crate::backend::{
    FlagTimeline, HookCommand, HookRow, MonthCommand, MonthDesk, MonthPage, MonthPoster,
    SeasonBegin, SeasonsPage, UnitCard, UnitPage,
};
use crate::error::AppError;
use domain::ids::{SeasonId, UnitId};
use domain::month::period::Period;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "public/month", input = Json)]
pub async fn load_month(
    season: SeasonId,
    period: Period,
    printed: Option<u32>,
) -> Result<MonthPage, AppError> {
    crate::backend::backend()?
        .month(season, period, printed)
        .await
}

#[server(endpoint = "public/month-poster", input = Json)]
pub async fn load_poster(season: SeasonId, period: Period) -> Result<MonthPoster, AppError> {
    crate::backend::backend()?
        .month_poster(season, period)
        .await
}

#[server(endpoint = "public/month-flags", input = Json)]
pub async fn load_flags(season: SeasonId, period: Period) -> Result<FlagTimeline, AppError> {
    crate::backend::backend()?.month_flags(season, period).await
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
pub async fn load_seasons() -> Result<SeasonsPage, AppError> {
    crate::backend::backend()?.seasons().await
}

#[server(endpoint = "month/open-season", input = Json)]
pub async fn open_season(
    name: String,
    begin: SeasonBegin,
    #[server(default)] months: (String, String),
    #[server(default)] sponsor: Option<UnitId>,
) -> Result<SeasonId, AppError> {
    crate::backend::backend()?
        .open_season(name, begin, months, sponsor)
        .await
}

#[server(endpoint = "month/hooks", input = Json)]
pub async fn load_hooks() -> Result<Vec<HookRow>, AppError> {
    crate::backend::backend()?.hooks().await
}

#[server(endpoint = "month/command-hook", input = Json)]
pub async fn command_hook(command: HookCommand) -> Result<(), AppError> {
    crate::backend::backend()?.command_hook(command).await
}

#[server(endpoint = "month/desk", input = Json)]
pub async fn load_month_desk(season: SeasonId, period: Period) -> Result<MonthDesk, AppError> {
    crate::backend::backend()?.month_desk(season, period).await
}

#[server(endpoint = "month/bulletin", input = Json)]
pub async fn load_bulletin(season: SeasonId, period: Period) -> Result<MonthPage, AppError> {
    crate::backend::backend()?.bulletin(season, period).await
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
