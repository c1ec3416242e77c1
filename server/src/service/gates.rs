//! 开卷 and 封卷: the window in which one entry is marked. The rule is `domain::stage::Gate`; here
//! it meets the clock, the sequence and the record of windows.

use super::chance::Chance;
use super::error::ServiceError;
use super::sheets;
use crate::clock::Clock;
use crate::store::{Change, StoreError, Tx, params, statements};
use domain::ids::{ContestId, EntryId, Millis, Seq};
use domain::stage::{ContestState, Gate, GateError, GateState, clock_jumped};
use sync::protocol::LiveKind;

/// Where a gate stands, and what moves it.
pub struct Hand<'a> {
    pub clock: &'a dyn Clock,
    /// Makes the four digits that the host may announce.
    pub chance: &'a Chance,
    pub contest: ContestId,
    pub entry: EntryId,
}

statements! {
    GATE = "select c.state, e.gate_state, e.gate_attempt, e.gate_number, e.withdrawn
        from entry e join contest c on c.contest_id = e.contest_id
        where e.entry_id = $1 and c.contest_id = $2 and c.county_id = $3";
    GATE_SET = "update entry set gate_state = $2, gate_attempt = $3, gate_number = $4
        where entry_id = $1";
    WINDOW_OPEN = "insert into gate_window
        (gate_window_id, county_id, contest_id, entry_id, attempt, number, code,
            opened_seq, opened_at, opened_mono, opened_run, open_reason)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    WINDOW = "select opened_at, opened_mono, opened_run from gate_window
        where entry_id = $1 and number = $2";
    WINDOW_CLOSE = "update gate_window
        set close_seq = $3, closed_at = $4, clock_jumped = $5, close_reason = $6
        where entry_id = $1 and number = $2";
    GATES_LEFT = "select count(*) as entries,
            count(case when gate_state <> 'closed' then 1 end) as not_closed
        from entry where contest_id = $1 and withdrawn = 0";
    CONTEST_STATE = "select state from contest where contest_id = $1";
    CONTEST_STATE_SET = "update contest set state = $2, closed_at = $3 where contest_id = $1";
}

/// Opens the gate for the first time in this attempt. The charter freezes with the first one.
///
/// # Errors
/// The gate or the contest is in another state, or the entry is withdrawn.
pub async fn open(tx: &mut Tx, hand: &Hand<'_>, reason: &str) -> Result<(), ServiceError> {
    let (contest, gate, withdrawn) = load(tx, hand).await?;
    let opened = gate.open(contest, withdrawn)?;
    begin_window(tx, hand, opened, reason).await
}

/// 封卷. Whether sheets are outstanding, and whether that needs a reason, is asked before.
///
/// # Errors
/// The gate is not open.
pub async fn close(tx: &mut Tx, hand: &Hand<'_>, reason: &str) -> Result<(), ServiceError> {
    let (_, gate, _) = load(tx, hand).await?;
    let closed = gate.close()?;
    let now = hand.clock.wall();
    let seq = tell(tx, hand, now).await?;
    end_window(tx, hand, gate.number, seq, reason).await?;
    set(tx, hand.entry, closed).await?;
    follow(tx, hand.contest, now).await
}

/// Opens a closed gate again: until posted, and with a reason.
///
/// # Errors
/// The gate or the contest is in another state, or no reason is given.
pub async fn reopen(tx: &mut Tx, hand: &Hand<'_>, reason: &str) -> Result<(), ServiceError> {
    let (contest, gate, _) = load(tx, hand).await?;
    let opened = gate.reopen(contest, reason)?;
    begin_window(tx, hand, opened, reason).await
}

/// 中止/重来 (R8): archives the attempt with its sheets; the next begins behind a closed gate.
///
/// # Errors
/// The gate was never opened, the contest is posted, or no reason is given.
pub async fn restart(tx: &mut Tx, hand: &Hand<'_>, reason: &str) -> Result<(), ServiceError> {
    let (contest, gate, _) = load(tx, hand).await?;
    let begun = gate.restart(contest, reason)?;
    let now = hand.clock.wall();
    let seq = tell(tx, hand, now).await?;
    if gate.state == GateState::Open {
        end_window(tx, hand, gate.number, seq, reason).await?;
    }
    set(tx, hand.entry, begun).await?;
    sheets::settle_attempt(tx, hand.entry, gate.attempt).await?;
    follow(tx, hand.contest, now).await
}

/// Lets the state of the contest follow its gates: closed once every entry that performs is,
/// open while one is not. To be called whenever an entry is added or withdrawn as well.
///
/// # Errors
/// The database failed.
pub async fn follow(tx: &mut Tx, contest: ContestId, now: Millis) -> Result<(), ServiceError> {
    let row = tx.row(CONTEST_STATE, &params![contest]).await?;
    let state = state_of(&row.text("state")?)?;
    let row = tx.row(GATES_LEFT, &params![contest]).await?;
    let is_closed = 0 < row.int("entries")? && row.int("not_closed")? == 0;
    let (to, closed_at) = match (state, is_closed) {
        (ContestState::Open, true) => (ContestState::Closed, Some(now)),
        (ContestState::Closed, false) => (ContestState::Open, None),
        _ => return Ok(()),
    };
    tx.execute(CONTEST_STATE_SET, &params![contest, to.code(), closed_at])
        .await?;
    Ok(())
}

async fn load(tx: &mut Tx, hand: &Hand<'_>) -> Result<(ContestState, Gate, bool), ServiceError> {
    let county = tx.county();
    let row = tx
        .row_opt(GATE, &params![hand.entry, hand.contest, county])
        .await?;
    let row = row.ok_or(ServiceError::NotFound("entry"))?;
    let gate_state = row.text("gate_state")?;
    let gate = Gate {
        state: GateState::from_code(&gate_state).ok_or_else(|| wrong("gate_state"))?,
        attempt: row.u32("gate_attempt")?,
        number: row.u32("gate_number")?,
    };
    Ok((state_of(&row.text("state")?)?, gate, row.flag("withdrawn")?))
}

async fn begin_window(
    tx: &mut Tx,
    hand: &Hand<'_>,
    gate: Gate,
    reason: &str,
) -> Result<(), ServiceError> {
    let now = hand.clock.wall();
    let seq = tell(tx, hand, now).await?;
    let county = tx.county();
    let (id, code) = (hand.chance.uuid(now), hand.chance.digits());
    let row = params![
        id,
        county,
        hand.contest,
        hand.entry,
        gate.attempt,
        gate.number,
        code,
        seq,
        now,
        hand.clock.monotonic_ms(),
        hand.clock.run(),
        reason.trim(),
    ];
    tx.execute(WINDOW_OPEN, &row).await?;
    set(tx, hand.entry, gate).await?;
    let open = ContestState::Open.code();
    let none: Option<Millis> = None;
    tx.execute(CONTEST_STATE_SET, &params![hand.contest, open, none])
        .await?;
    Ok(())
}

async fn end_window(
    tx: &mut Tx,
    hand: &Hand<'_>,
    number: u32,
    seq: Seq,
    reason: &str,
) -> Result<(), ServiceError> {
    let row = tx.row(WINDOW, &params![hand.entry, number]).await?;
    let now = hand.clock.wall();
    let wall_elapsed = i128::from(now.0) - i128::from(row.u64("opened_at")?);
    let wall_elapsed = i64::try_from(wall_elapsed).unwrap_or(i64::MAX);
    let is_same_run = row.text("opened_run")? == hand.clock.run();
    let opened_mono = row.u64("opened_mono")?;
    let monotonic_elapsed =
        is_same_run.then(|| hand.clock.monotonic_ms().saturating_sub(opened_mono));
    let jumped = clock_jumped(wall_elapsed, monotonic_elapsed);
    let row = params![hand.entry, number, seq, now, jumped, reason.trim()];
    tx.execute(WINDOW_CLOSE, &row).await?;
    Ok(())
}

async fn tell(tx: &mut Tx, hand: &Hand<'_>, now: Millis) -> Result<Seq, StoreError> {
    let change = Change::new(hand.contest, LiveKind::Gate).entry(hand.entry);
    tx.emit(change, now).await
}

async fn set(tx: &mut Tx, entry: EntryId, gate: Gate) -> Result<(), StoreError> {
    let row = params![entry, gate.state.code(), gate.attempt, gate.number];
    tx.execute(GATE_SET, &row).await?;
    Ok(())
}

fn state_of(code: &str) -> Result<ContestState, StoreError> {
    ContestState::from_code(code).ok_or_else(|| wrong("state"))
}

fn wrong(column: &str) -> StoreError {
    StoreError::Row {
        column: column.to_owned(),
    }
}

impl From<GateError> for ServiceError {
    fn from(error: GateError) -> Self {
        match error {
            GateError::NotAllowed { .. } => Self::Conflict("gate_state"),
            GateError::Contest(_) => Self::Conflict("contest_state"),
            GateError::Withdrawn => Self::Conflict("entry_withdrawn"),
            GateError::ReasonMissing => Self::invalid("reason", "empty"),
        }
    }
}
