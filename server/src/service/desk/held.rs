//! Sheets that wait for a person: quarantined ones, and versions that contradict each other. A
//! decision is a row of its own; every version stays on record.

use super::change::{Changing, desk_changed};
use crate::service::act::{Act, reason};
use crate::service::error::ServiceError;
use crate::service::record::SheetRecord;
use crate::service::sheets::{Verdict, settle};
use crate::store::{Change, Tx, params, statements};
use domain::ids::OpId;
use domain::stage::GateState;
use serde_json::json;
use sync::protocol::{LiveKind, Standing};

statements! {
    DECISION_ADD = "insert into decision (decision_id, county_id, contest_id, op_id, verdict,
            reason, account_id, server_seq, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

/// Decides on one version. Counting one of several sets the others aside; after posting it makes
/// the next posting a 更正.
///
/// # Errors
/// There is no such sheet, its gate is open, its attempt is archived, nothing is left to decide, or
/// no reason is given.
pub async fn decide(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    op: OpId,
    verdict: Verdict,
    why: &str,
) -> Result<(), ServiceError> {
    let why = reason(why)?;
    let record = &contest.record;
    let sheet = record.sheet(op).ok_or(ServiceError::NotFound("sheet"))?;
    check(contest, sheet, verdict)?;
    let (id, county, seq) = (act.uuid(), tx.county(), tx.next_seq(1).await?);
    let row = params![
        id,
        county,
        record.id,
        op,
        word(verdict),
        &why,
        act.account,
        seq,
        act.now
    ];
    tx.execute(DECISION_ADD, &row).await?;
    settle(
        tx,
        record.id,
        sheet.entry,
        sheet.attempt,
        sheet.seat,
        act.now,
    )
    .await?;
    let what = json!({
        "do": word(verdict),
        "op": op,
        "seat": contest.seat(sheet.seat)?.number,
        "position": contest.entry(sheet.entry)?.position,
        "reason": why,
    });
    let change = Change::new(record.id, LiveKind::Received)
        .entry(sheet.entry)
        .seat(sheet.seat);
    desk_changed(tx, act, change, &what).await
}

/// The word of the table `decision`.
fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Count => "count",
        Verdict::Void => "void",
    }
}

fn check(contest: &Changing, sheet: &SheetRecord, verdict: Verdict) -> Result<(), ServiceError> {
    let entry = contest.entry(sheet.entry)?;
    if entry.gate.state == GateState::Open {
        // The judge can still seal another version, which would overtake the decision.
        return Err(ServiceError::Conflict("gate_open"));
    }
    let is_open = sheet.standing.needs_person();
    match verdict {
        Verdict::Count if sheet.attempt != entry.gate.attempt => {
            Err(ServiceError::Conflict("attempt_archived"))
        }
        Verdict::Count if entry.withdrawn => Err(ServiceError::Conflict("withdrawn")),
        Verdict::Count if contest.record.recusal(sheet.seat, sheet.entry).is_some() => {
            Err(ServiceError::Conflict("recused"))
        }
        Verdict::Count if is_open => Ok(()),
        // A person may also set aside what counts, such as a sheet sealed by somebody else.
        Verdict::Void if is_open || counts(&sheet.standing) => Ok(()),
        Verdict::Count | Verdict::Void => Err(ServiceError::Conflict("nothing_to_decide")),
    }
}

fn counts(standing: &Standing) -> bool {
    matches!(
        standing,
        Standing::Counted | Standing::CountedOffline { .. }
    )
}
