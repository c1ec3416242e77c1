//! The month (月): figures and records come in, it is closed, a second person posts it, and pages
//! read what was posted. Read in this order: [`record`] what a month is computed from, [`snapshot`]
//! the frozen result, [`desk`] the staff's page, [`merits`] and [`posting`] what staff do,
//! [`read`] what everybody sees.

pub mod desk;
pub mod merits;
pub mod posting;
pub mod read;
pub(crate) mod record;
pub mod season;
mod snapshot;

use super::act::Act;
use super::error::ServiceError;
use super::permission;
use crate::store::Store;
use app::backend::MonthCommand;
use domain::ids::SeasonId;
use domain::month::Period;
use futures::FutureExt as _;

/// A season's month.
type Month = (SeasonId, Period);

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
                    MonthCommand::Record { .. } => merits::record(tx, &act, month, &command).await,
                    MonthCommand::Confirm { merit } => {
                        merits::confirm(tx, &act, month, merit).await
                    }
                    MonthCommand::Strike { merit, reason } => {
                        merits::strike(tx, &act, month, merit, &reason).await
                    }
                    MonthCommand::Close { reason } => {
                        posting::close(tx, &act, month, &reason, &county).await
                    }
                    MonthCommand::Reopen => posting::reopen(tx, &act, month).await,
                    MonthCommand::Post { code, reason } => {
                        posting::post(tx, &act, month, (&code, &reason)).await
                    }
                }
            }
            .boxed()
        })
        .await
}
