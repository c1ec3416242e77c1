//! What every change of a contest has in common: it is loaded whole first, and leaves an audit row,
//! a new version and an event behind.

use crate::service::act::Act;
use crate::service::error::ServiceError;
use crate::service::record::{ContestRecord, EntryRecord, SeatRecord, load};
use crate::store::{Change, Tx, params, statements};
use domain::ids::{ContestId, EntryId, SeatId};
use domain::stage::ContestState;
use serde_json::Value;
use sync::protocol::LiveKind;

/// A contest that is being changed, as it was before.
pub struct Changing {
    pub record: ContestRecord,
}

statements! {
    ROSTER_NEXT = "update contest set roster_version = roster_version + 1 where contest_id = $1";
}

impl Changing {
    /// # Errors
    /// There is no such contest, or the database failed.
    pub async fn load(tx: &mut Tx, contest: ContestId) -> Result<Self, ServiceError> {
        Ok(Self {
            record: load(tx, contest).await?,
        })
    }

    /// # Errors
    /// The contest has no such entry.
    pub fn entry(&self, id: EntryId) -> Result<&EntryRecord, ServiceError> {
        self.record.entry(id).ok_or(ServiceError::NotFound("entry"))
    }

    /// # Errors
    /// The contest has no such seat.
    pub fn seat(&self, id: SeatId) -> Result<&SeatRecord, ServiceError> {
        self.record.seat(id).ok_or(ServiceError::NotFound("seat"))
    }

    /// The panel is fixed once the first gate has opened: every N rests on it.
    ///
    /// # Errors
    /// It has.
    pub fn check_not_started(&self) -> Result<(), ServiceError> {
        if self.record.state.charter_frozen() {
            return Err(ServiceError::Conflict("contest_started"));
        }
        Ok(())
    }

    /// What is posted stays posted: the order does not change any more.
    ///
    /// # Errors
    /// The result is out.
    pub fn check_not_posted(&self) -> Result<(), ServiceError> {
        if self.record.state == ContestState::Posted {
            return Err(ServiceError::Conflict("posted"));
        }
        Ok(())
    }
}

/// Ends a change of order, seats, recusals or absences: pads have to fetch the roster anew.
///
/// # Errors
/// The database failed.
pub async fn roster_changed(
    tx: &mut Tx,
    act: &Act,
    contest: ContestId,
    what: &Value,
) -> Result<(), ServiceError> {
    tx.execute(ROSTER_NEXT, &params![contest]).await?;
    act.audit(tx, Some(contest), what).await?;
    tx.emit(Change::new(contest, LiveKind::Order), act.now)
        .await?;
    Ok(())
}

/// Ends a change that only other desks need to hear of.
///
/// # Errors
/// The database failed.
pub async fn desk_changed(
    tx: &mut Tx,
    act: &Act,
    change: Change,
    what: &Value,
) -> Result<(), ServiceError> {
    act.audit(tx, Some(change.contest), what).await?;
    tx.emit(change, act.now).await?;
    Ok(())
}
