//! The season's calendar.

use crate::backend::{CalendarCommand, CalendarPage, DutySheet};
use crate::error::AppError;
use domain::ids::SeasonId;
use domain::month::cadence::{Output, Span};
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

#[server(endpoint = "calendar/sheet", input = Json)]
pub async fn load_duty_sheet(
    season: SeasonId,
    output: Output,
    span: Span,
) -> Result<DutySheet, AppError> {
    crate::backend::backend()?
        .duty_sheet(season, output, span)
        .await
}
