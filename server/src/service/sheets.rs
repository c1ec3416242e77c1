//! What each received version of a sheet is among its siblings. Invariant: the standing of every
//! version follows from the log (arrivals and decisions in the order of their numbers) and from the
//! present recusals, absences, withdrawals and attempt; it can be worked out again at any time.

use super::error::ServiceError;
use super::siblings::Siblings;
use crate::store::{Change, Row, StoreError, Tx, params, statements};
use domain::ids::{ContestId, EntryId, Millis, OpId, SeatId, Seq};
use domain::stage::{
    Admission, Kept, NewVersion, OfflineNote, Placing, Quarantine, TimeNotTested, Version, choose,
    supersede,
};
use sync::protocol::{KeptReason, LiveKind, QuarantineReason, Standing};

/// Where sheets are siblings: one seat's for one entry in one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub entry: EntryId,
    pub attempt: u32,
    pub seat: SeatId,
}

/// What is true of a place now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlaceFacts {
    pub withdrawn: bool,
    pub recused: bool,
    pub absent: bool,
    /// A later attempt has begun (R8).
    pub archived: bool,
}

/// One received version, and what the gate rule said when it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub op: OpId,
    pub replaces: Option<OpId>,
    pub seq: Seq,
    pub admission: Admission,
}

/// What a person decided on one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    pub op: OpId,
    pub seq: Seq,
    pub verdict: Verdict,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Count,
    Void,
}

statements! {
    PLACE_FACTS = "select e.withdrawn, e.gate_attempt,
            (select count(*) from recusal r where r.seat_id = $2 and r.entry_id = $1) as recused,
            (select count(*) from absence a where a.contest_id = e.contest_id and a.seat_id = $2
                and (a.entry_id is null or a.entry_id = $1)) as absent
        from entry e where e.entry_id = $1";
    ATTEMPT_NOW = "select gate_attempt from entry where entry_id = $1";
    SEATS_WITH_SHEETS = "select distinct seat_id from sheet
        where entry_id = $1 and attempt = $2 order by seat_id";
}

/// Works out one place anew and tells the desk and the seat if something changed. To be called
/// after a decision, a recusal, an absence, and when one of those is taken back.
///
/// # Errors
/// The database failed.
pub async fn settle(
    tx: &mut Tx,
    contest: ContestId,
    entry: EntryId,
    attempt: u32,
    seat: SeatId,
    now: Millis,
) -> Result<(), ServiceError> {
    let place = Place {
        entry,
        attempt,
        seat,
    };
    if settle_place(tx, place).await? {
        let change = Change::new(contest, LiveKind::Received);
        tx.emit(change.entry(entry).seat(seat), now).await?;
    }
    Ok(())
}

/// The same for every seat, in the present attempt: after a withdrawal or one taken back.
///
/// # Errors
/// The database failed.
pub async fn settle_entry(
    tx: &mut Tx,
    contest: ContestId,
    entry: EntryId,
    now: Millis,
) -> Result<(), ServiceError> {
    let row = tx.row(ATTEMPT_NOW, &params![entry]).await?;
    settle_attempt(tx, entry, row.u32("gate_attempt")?).await?;
    let change = Change::new(contest, LiveKind::Received).entry(entry);
    tx.emit(change, now).await?;
    Ok(())
}

/// Works out every seat's sheets of one attempt anew, and tells nobody.
///
/// # Errors
/// The database failed.
pub async fn settle_attempt(tx: &mut Tx, entry: EntryId, attempt: u32) -> Result<(), ServiceError> {
    for row in tx.rows(SEATS_WITH_SHEETS, &params![entry, attempt]).await? {
        let seat = row.id("seat_id")?;
        let place = Place {
            entry,
            attempt,
            seat,
        };
        settle_place(tx, place).await?;
    }
    Ok(())
}

/// Works out one place anew, and tells whether something changed.
async fn settle_place(tx: &mut Tx, place: Place) -> Result<bool, StoreError> {
    let facts = facts(tx, place).await?;
    let mut siblings = Siblings::load(tx, place).await?;
    siblings.settle(facts);
    siblings.store(tx).await
}

/// What is true of a place now.
async fn facts(tx: &mut Tx, place: Place) -> Result<PlaceFacts, StoreError> {
    let row = tx
        .row(PLACE_FACTS, &params![place.entry, place.seat])
        .await?;
    Ok(PlaceFacts {
        withdrawn: row.flag("withdrawn")?,
        recused: row.flag("recused")?,
        absent: row.flag("absent")?,
        archived: place.attempt < row.u32("gate_attempt")?,
    })
}

/// Replays arrivals and decisions in the order of their numbers.
#[must_use]
pub fn standings(
    arrivals: &[Arrival],
    decisions: &[Decision],
    facts: PlaceFacts,
) -> Vec<(OpId, Standing)> {
    if let Some(standing) = aside(facts) {
        let set_aside = |arrival: &Arrival| (arrival.op, standing.clone());
        return arrivals.iter().map(set_aside).collect();
    }
    let mut versions: Vec<Version> = Vec::new();
    let mut decided = decisions.iter().peekable();
    for arrival in arrivals {
        while let Some(decision) = decided.next_if(|decision| decision.seq < arrival.seq) {
            decide(&mut versions, *decision);
        }
        arrive(&mut versions, arrival, admission_now(arrival, facts));
    }
    for decision in decided {
        decide(&mut versions, *decision);
    }
    let contested: Vec<OpId> = versions
        .iter()
        .filter(|version| matches!(version.placing, Placing::Contested(_)))
        .map(|version| version.op)
        .collect();
    let standing = |version: &Version| {
        if facts.archived && !is_quarantined(version.placing) {
            return (version.op, Standing::Void);
        }
        let others = contested.iter().filter(|op| **op != version.op);
        let with = others.copied().collect();
        (version.op, Standing::of(&version.placing, with))
    };
    versions.iter().map(standing).collect()
}

fn aside(facts: PlaceFacts) -> Option<Standing> {
    let kept = if facts.withdrawn {
        Kept::EntryWithdrawn
    } else if facts.recused {
        Kept::Recused
    } else {
        return None;
    };
    Some(Admission::KeptNotCounted(kept).into())
}

fn admission_now(arrival: &Arrival, facts: PlaceFacts) -> Admission {
    match arrival.admission {
        Admission::Counted { .. } if facts.absent => Admission::Quarantined(Quarantine::SeatAbsent),
        admission => admission,
    }
}

fn is_quarantined(placing: Placing) -> bool {
    matches!(placing, Placing::Alone(Admission::Quarantined(_)))
}

fn arrive(versions: &mut Vec<Version>, arrival: &Arrival, admission: Admission) {
    let Arrival { op, replaces, .. } = *arrival;
    let settled = supersede(versions, &NewVersion { op, replaces }, admission);
    apply(versions, &settled.others);
    versions.push(Version {
        op,
        replaces,
        placing: settled.new,
    });
}

fn decide(versions: &mut [Version], decision: Decision) {
    match decision.verdict {
        // A version that is no longer live cannot be chosen; then the decision says nothing.
        Verdict::Count => {
            if let Ok(places) = choose(versions, decision.op) {
                apply(versions, &places);
            }
        }
        Verdict::Void => {
            let chosen = decision.op;
            apply(versions, &[(chosen, Placing::Rejected { chosen })]);
            end_contest(versions);
        }
    }
}

/// A version that is left alone among live ones is contested no more.
fn end_contest(versions: &mut [Version]) {
    let is_contested = |version: &&mut Version| matches!(version.placing, Placing::Contested(_));
    let mut contested: Vec<&mut Version> = versions.iter_mut().filter(is_contested).collect();
    if let [version] = contested.as_mut_slice()
        && let Placing::Contested(admission) = version.placing
    {
        version.placing = Placing::Alone(admission);
    }
}

fn apply(versions: &mut [Version], places: &[(OpId, Placing)]) {
    for (op, placing) in places {
        if let Some(version) = versions.iter_mut().find(|version| version.op == *op) {
            version.placing = *placing;
        }
    }
}

/// The place that a row of a sheet names.
pub(super) fn place(row: &Row) -> Result<Place, StoreError> {
    Ok(Place {
        entry: row.id("entry_id")?,
        attempt: row.u32("attempt")?,
        seat: row.id("seat_id")?,
    })
}

/// The word that sheets are counted by.
pub(super) fn state(standing: &Standing) -> &'static str {
    match standing {
        Standing::Counted | Standing::CountedOffline { .. } => "counted",
        Standing::Quarantined { .. } | Standing::Conflict { .. } => "quarantined",
        Standing::Superseded { .. } => "superseded",
        Standing::KeptNotCounted { .. } | Standing::Void | Standing::Unknown => "void",
    }
}

pub(super) fn json(standing: &Standing) -> String {
    // No key of it is anything but a text, so it cannot fail.
    serde_json::to_string(standing).unwrap_or_default()
}

/// The gate rule's word, read back from what was written of it.
pub(super) fn admission(standing: &Standing) -> Option<Admission> {
    Some(match standing {
        Standing::Counted => Admission::Counted { mark: None },
        Standing::CountedOffline {
            time_not_tested,
            by_code,
        } => Admission::Counted {
            mark: Some(OfflineNote {
                // Which of the two clocks was in doubt is not told on.
                time_not_tested: time_not_tested.then_some(TimeNotTested::OffsetUnknown),
                by_code: *by_code,
            }),
        },
        Standing::Quarantined { reason } => Admission::Quarantined(quarantine(*reason)?),
        Standing::KeptNotCounted { reason } => Admission::KeptNotCounted(match reason {
            KeptReason::EntryWithdrawn => Kept::EntryWithdrawn,
            KeptReason::Recused => Kept::Recused,
            KeptReason::Unknown => return None,
        }),
        Standing::Conflict { .. }
        | Standing::Superseded { .. }
        | Standing::Void
        | Standing::Unknown => return None,
    })
}

fn quarantine(reason: QuarantineReason) -> Option<Quarantine> {
    Some(match reason {
        QuarantineReason::HeardOfClose => Quarantine::HeardOfClose,
        QuarantineReason::AttemptArchived => Quarantine::AttemptArchived,
        QuarantineReason::AttemptUnknown => Quarantine::AttemptUnknown,
        QuarantineReason::SealedAfterClose => Quarantine::SealedAfterClose,
        QuarantineReason::StrictWithoutCode => Quarantine::StrictWithoutCode,
        QuarantineReason::GateNotOpen => Quarantine::GateNotOpen,
        QuarantineReason::Posted => Quarantine::Posted,
        QuarantineReason::CharterVersion { sheet, contest } => {
            Quarantine::CharterVersion { sheet, contest }
        }
        QuarantineReason::CredentialReplaced => Quarantine::CredentialReplaced,
        QuarantineReason::CredentialWithdrawn => Quarantine::CredentialWithdrawn,
        QuarantineReason::SeatAbsent => Quarantine::SeatAbsent,
        QuarantineReason::Malformed => Quarantine::Malformed,
        QuarantineReason::Overtaken | QuarantineReason::Unknown => return None,
    })
}
