//! The month (月): figures and records come in, it is closed, a second person posts it, and pages
//! read what was posted. Read in this order: [`registry`] what a month is computed by,
//! [`past`] and [`record`] what from, [`snapshot`] the frozen result, [`desk`] the staff's page,
//! [`comparison`] what a post would change, [`merits`], [`closing`] and [`posting`] what staff do,
//! [`stale`] the same for months that follow a correction, [`field`], [`entry`], [`replies`] and
//! [`group_flags`] what phones bring, [`boards`], [`read`], [`units`], [`dimensions`] and [`flags`]
//! what everybody sees, [`weak`] where a unit lost points, [`publication`] the files of a posted
//! month, [`months`] how long a season goes, [`rules`] its charter as a file.

pub mod boards;
mod closing;
pub mod comparison;
mod copy;
pub mod desk;
mod dimensions;
pub(super) mod entry;
pub(super) mod field;
pub mod flags;
pub(super) mod group_flags;
pub mod merits;
pub(crate) mod months;
mod past;
pub mod posting;
pub mod publication;
pub mod read;
pub(crate) mod record;
pub mod registry;
pub(super) mod replies;
pub mod rules;
pub mod season;
mod snapshot;
mod sponsor;
pub(super) mod stale;
pub mod units;
pub(super) mod weak;

use super::act::Act;
use super::error::ServiceError;
use super::permission;
use crate::store::{Store, Tx};
use app::backend::MonthCommand;
use domain::ids::SeasonId;
use domain::month::Period;
use futures::FutureExt as _;
use serde_json::json;

/// A season's month.
pub(crate) type Month = (SeasonId, Period);

/// Does what staff ask of a month.
///
/// # Errors
/// There is no such season, the month's state does not allow it, or what was entered is not right.
pub async fn command(
    store: &Store,
    act: &Act,
    month: Month,
    command: MonthCommand,
) -> Result<(), ServiceError> {
    let (act, county) = (act.clone(), store.county().name.clone());
    store
        .write(move |tx| {
            async move {
                permission::may(tx, act.account, permission::of_month(&command)).await?;
                match command {
                    MonthCommand::Record { .. } | MonthCommand::RecordItem { .. } => {
                        merits::record(tx, &act, month, command).await
                    }
                    MonthCommand::Confirm { merit } => {
                        merits::confirm(tx, &act, month, merit).await
                    }
                    MonthCommand::ConfirmSpot { merit, place } => {
                        merits::confirm_spot(tx, &act, month, merit, &place).await
                    }
                    MonthCommand::Strike { merit, reason } => {
                        merits::strike(tx, &act, month, merit, &reason).await
                    }
                    MonthCommand::DecideAppeal {
                        merit,
                        is_upheld,
                        reason,
                    } => merits::decide_appeal(tx, &act, month, (merit, is_upheld), &reason).await,
                    MonthCommand::Close { reason } => {
                        closing::close(tx, &act, month, &reason, &county).await
                    }
                    MonthCommand::CloseByToday { reason, why } => {
                        closing::close_by_today(tx, &act, month, (&reason, &why), &county).await
                    }
                    MonthCommand::Reopen => closing::reopen(tx, &act, month).await,
                    MonthCommand::Post {
                        code,
                        reason,
                        despite,
                    } => posting::post(tx, &act, month, (&code, &reason, &despite)).await,
                    MonthCommand::CloseStale { reason } => {
                        stale::close(tx, &act, month.0, &reason, &county).await
                    }
                    MonthCommand::PostStale {
                        code,
                        reason,
                        despite,
                    } => {
                        let said = (code.as_str(), reason.as_str(), despite.as_str());
                        stale::post(tx, &act, month.0, said, &county).await
                    }
                }
            }
            .boxed()
        })
        .await
}

pub(in crate::service) fn text_of(value: &impl serde::Serialize) -> Result<String, ServiceError> {
    serde_json::to_string(value).map_err(|error| ServiceError::Internal(anyhow::Error::new(error)))
}

async fn audit(
    tx: &mut Tx,
    act: &Act,
    what: &str,
    (season, period): Month,
    mut more: serde_json::Value,
) -> Result<(), ServiceError> {
    more["do"] = json!(what);
    more["season"] = json!(season);
    more["period"] = json!(period);
    act.audit(tx, None, &more).await
}
