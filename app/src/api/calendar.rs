//! The season's calendar.

use crate::backend::{CalendarCommand, CalendarPage};
use crate::error::AppError;
use domain::ids::SeasonId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(endpoint = "calendar/page", input = Json)]
pub async fn load_calendar(season: SeasonId) -> Result<CalendarPage, AppError> {
    crate::backend::backend()?.calendar(season).await
}

#[server(endpoint = "calendar/command", input = Json)]
pub async fn command_calendar(season: SeasonId, command: CalendarCommand) -> Result<(), AppError> {
    crate::backend::backend()?
        .calendar_command(season, command)
        .await
}
