//! 文件移交: a file of unsent sheets that somebody carried. It takes the way of every push; each op
//! is known by its own seal, the carrier is put on record, and a second import changes nothing.

use super::{Bearer, Push, take};
use crate::service::error::ServiceError;
use crate::service::field;
use crate::service::holder::of_seat;
use crate::store::{Store, Tx, params, statements};
use domain::ids::{AccountId, ContestId, Millis, SeatId};
use sync::protocol::{BODY_BYTES_MAX, HandOver, HandOverError, OpOutcome, Outcome};

/// Ops in one file: more than a seat can seal in a long day.
pub const HAND_OVER_OPS_MAX: usize = 2_000;
/// Bytes of one file.
pub const HAND_OVER_BYTES_MAX: usize = 16 * BODY_BYTES_MAX;

/// What a file brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOverReport {
    pub contest: ContestId,
    pub seat: SeatId,
    /// One for each op of the file, in its order.
    pub outcomes: Vec<OpOutcome>,
}

statements! {
    SEAT_OF_CONTEST = "select s.seat_id from seat s join contest c on c.contest_id = s.contest_id
        where s.seat_id = $1 and c.contest_id = $2 and c.county_id = $3";
}

impl HandOverReport {
    /// Ops that were not here before.
    #[must_use]
    pub fn added(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Applied { .. }))
    }

    /// Ops that were here already.
    #[must_use]
    pub fn known(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Duplicate { .. }))
    }

    /// Ops that were refused, each with its reason in `outcomes`.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.outcomes.len() - self.added() - self.known()
    }

    fn count(&self, is: impl Fn(&Outcome) -> bool) -> usize {
        self.outcomes
            .iter()
            .filter(|outcome| is(&outcome.outcome))
            .count()
    }
}

/// Imports a file for a staff account, who may do so.
///
/// # Errors
/// It is not such a file, its seat is not known, or the database failed. Nothing is half-applied.
pub async fn import_hand_over(
    store: &Store,
    staff: AccountId,
    bytes: &[u8],
    now: Millis,
) -> Result<HandOverReport, ServiceError> {
    let file = read(bytes)?;
    store
        .write(move |tx| Box::pin(async move { import(tx, staff, file, now).await }))
        .await
}

/// Reads a file without taking anything from it.
///
/// # Errors
/// It is not such a file; the message is a code.
pub fn read(bytes: &[u8]) -> Result<HandOver, ServiceError> {
    let refuse = |code: &str| ServiceError::invalid("file", code);
    if HAND_OVER_BYTES_MAX < bytes.len() {
        return Err(refuse("too_large"));
    }
    let file: HandOver = serde_json::from_slice(bytes).map_err(|_| refuse("not_hand_over"))?;
    file.check().map_err(|error| {
        refuse(match error {
            HandOverError::NotHandOver => "not_hand_over",
            HandOverError::NewerVersion => "newer_version",
            HandOverError::Empty => "empty",
        })
    })?;
    if HAND_OVER_OPS_MAX < file.ops.len() {
        return Err(refuse("too_many_ops"));
    }
    Ok(file)
}

async fn import(
    tx: &mut Tx,
    staff: AccountId,
    file: HandOver,
    now: Millis,
) -> Result<HandOverReport, ServiceError> {
    if let Some(outcomes) = field::carry(tx, staff, &file, now).await? {
        return Ok(HandOverReport {
            contest: file.contest,
            seat: file.seat,
            outcomes,
        });
    }
    let HandOver {
        contest,
        seat,
        device,
        ops,
        ..
    } = file;
    let county = tx.county();
    let known = tx
        .row_opt(SEAT_OF_CONTEST, &params![seat, contest, county])
        .await?;
    known.ok_or(ServiceError::NotFound("seat"))?;
    let holders = of_seat(tx, contest, seat, now).await?;
    let mut of_device = holders.into_iter().rev().filter(|h| h.device == device);
    // A device that was never given the seat cannot have sealed for it.
    let holder = of_device.next().ok_or(ServiceError::NotFound("device"))?;
    let bearer = Bearer {
        holder,
        seat,
        carrier: Some(staff),
    };
    let push = Push { bearer, ops, now };
    let outcomes = take(tx, std::slice::from_ref(&push)).await?;
    Ok(HandOverReport {
        contest,
        seat,
        outcomes: outcomes.into_iter().flatten().collect(),
    })
}
