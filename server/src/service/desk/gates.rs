//! The gates as the organiser and the host move them, each with a reason where one is due, on the
//! record.

use super::change::Changing;
use crate::clock::Clock;
use crate::service::act::{Act, REASON_MAX, optional_text};
use crate::service::chance::Chance;
use crate::service::error::ServiceError;
use crate::service::gates::{self, Hand};
use crate::store::Tx;
use domain::ids::EntryId;
use domain::stage::GateAct;
use serde_json::{Value, json};

/// Moves one gate for the organiser.
///
/// # Errors
/// The gate or the contest does not allow it, or a reason is missing.
pub async fn act_on(
    tx: &mut Tx,
    clock: &dyn Clock,
    act: &Act,
    contest: &Changing,
    (entry, what): (EntryId, GateAct),
    why: &str,
) -> Result<(), ServiceError> {
    let what = turn(tx, clock, &act.chance, contest, (entry, what), why).await?;
    act.audit(tx, Some(contest.record.id), &what).await
}

/// Moves one gate, and answers what the record says of it.
///
/// # Errors
/// As [`act_on`].
pub async fn turn(
    tx: &mut Tx,
    clock: &dyn Clock,
    chance: &Chance,
    contest: &Changing,
    (entry, what): (EntryId, GateAct),
    why: &str,
) -> Result<Value, ServiceError> {
    let why = optional_text("reason", why, REASON_MAX)?;
    let record = &contest.record;
    let position = contest.entry(entry)?.position;
    let hand = Hand {
        clock,
        chance,
        contest: record.id,
        entry,
    };
    let word = match what {
        GateAct::Open => {
            gates::open(tx, &hand, &why).await?;
            "open_gate"
        }
        GateAct::Close => {
            check_outstanding(contest, entry, &why)?;
            gates::close(tx, &hand, &why).await?;
            "close_gate"
        }
        GateAct::Reopen => {
            gates::reopen(tx, &hand, &why).await?;
            "reopen_gate"
        }
        GateAct::Restart => {
            gates::restart(tx, &hand, &why).await?;
            "restart_entry"
        }
    };
    Ok(json!({ "do": word, "position": position, "reason": why }))
}

/// Closing with sheets outstanding is an explicit act with a reason (R10).
fn check_outstanding(contest: &Changing, entry: EntryId, why: &str) -> Result<(), ServiceError> {
    let outstanding = contest.record.places().outstanding(contest.entry(entry)?);
    if 0 < outstanding && why.is_empty() {
        return Err(ServiceError::invalid(
            "reason",
            format!("outstanding:{outstanding}"),
        ));
    }
    Ok(())
}
