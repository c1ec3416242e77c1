//! 发布: freezes the computed result. Invariant: an edition that was posted never changes; what
//! changed afterwards is a further edition (更正) that says so.

use super::act::{Act, REASON_MAX, optional_text};
use super::calculation::{Computed, compute};
use super::contests::{self, Posted, check_code};
use super::error::ServiceError;
use super::notify::{self, Board};
use super::permission;
use super::record::{ContestRecord, EntryRecord, Places, load};
use crate::assets::hex;
use crate::store::{Change, Store, Tx, params, statements};
use app::backend::Capability;
use domain::charter::Charter;
use domain::ids::ContestId;
use domain::scoring::{ClassScore, EntryResult};
use domain::stage::{ContestError, ContestState, Outstanding};
use futures::FutureExt as _;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use sync::posted::{POSTED_VERSION, PostedClass, PostedMean, PostedResult, PostedRow};
use sync::protocol::{LiveKind, Standing};

statements! {
    POSTED_ADD = "insert into posted
        (contest_id, county_id, edition, snapshot, hash, posted_at, account_id)
        values ($1, $2, $3, $4, $5, $6, $7)";
    CONTEST_POSTED = "update contest set state = 'posted', closed_at = coalesce(closed_at, $2),
            posted_at = $2 where contest_id = $1";
}

/// Posts the result as it is computed now.
///
/// # Errors
/// A gate is open or was never opened, sheets are outstanding and no reason is given, or nothing
/// has changed since the last edition.
pub async fn post(
    store: &Store,
    act: &Act,
    contest: ContestId,
    reason: &str,
) -> Result<(), ServiceError> {
    let reason = optional_text("reason", reason, REASON_MAX)?;
    let (act, county) = (act.clone(), store.county().name.clone());
    store
        .write(move |tx| async move { write(tx, &act, contest, &reason, &county).await }.boxed())
        .await
}

async fn write(
    tx: &mut Tx,
    act: &Act,
    contest: ContestId,
    reason: &str,
    county: &str,
) -> Result<(), ServiceError> {
    permission::may(tx, act.account, &[Capability::Publish]).await?;
    let record = load(tx, contest).await?;
    let places = record.places();
    check(&record, &places, reason)?;
    let computed = compute(&record, &places)?;
    let before = contests::posted(tx, contest).await?;
    let mut result = snapshot(&record, &places, &computed);
    county.clone_into(&mut result.county);
    result.posted_at = act.now;
    result.outstanding = places.outstanding_all();
    if 0 < result.outstanding {
        reason.clone_into(&mut result.outstanding_reason);
    }
    if let Some(Posted { result: before, .. }) = &before {
        result.edition = before.edition + 1;
        result.correction = correction(before, &result, reason)?;
    }
    let (text, hash) = canonical(&result)?;
    let row = params![
        contest,
        tx.county(),
        result.edition,
        text,
        &hash,
        act.now,
        act.account
    ];
    tx.execute(POSTED_ADD, &row).await?;
    tx.execute(CONTEST_POSTED, &params![contest, act.now])
        .await?;
    let what = json!({
        "do": "post",
        "edition": result.edition,
        "check_code": check_code(&hash),
        "outstanding": result.outstanding,
        "reason": reason,
    });
    act.audit(tx, Some(contest), &what).await?;
    tx.emit(Change::new(contest, LiveKind::Posted), act.now)
        .await?;
    let (title, edition) = (&result.title, result.edition);
    let words = match edition {
        1 => format!("{county} {title}\n成绩已发布"),
        _ => format!("{county} {title}\n成绩更正（第{edition}版）"),
    };
    let path = app::paths::contest(contest);
    notify::enqueue(tx, act, Board::Contests, (&words, &path)).await
}

/// The bytes that are hashed and stored, and their SHA-256 in hex. The order of the fields is that
/// of the type, so the same result always has the same bytes.
///
/// # Errors
/// It could not be written as JSON.
pub fn canonical(result: &PostedResult) -> Result<(String, String), ServiceError> {
    let text = serde_json::to_string(result)
        .map_err(|error| ServiceError::Internal(anyhow::Error::new(error)))?;
    let hash = hex(&Sha256::digest(text.as_bytes()));
    Ok((text, hash))
}

fn check(record: &ContestRecord, places: &Places<'_>, reason: &str) -> Result<(), ServiceError> {
    if 0 < record.gates_not_closed() {
        return Err(ServiceError::Conflict("gates_not_closed"));
    }
    if record.entries.iter().all(|entry| entry.withdrawn) {
        return Err(ServiceError::Conflict("no_entries"));
    }
    let outstanding = Outstanding {
        gates_open: record.gates_open(),
        sheets: places.outstanding_all(),
        reason,
    };
    // A posted contest stays posted; a correction passes the same checks as the first edition.
    let state = match record.state {
        // All gates are closed, as was checked; the last one may have been withdrawn.
        ContestState::Posted | ContestState::Open => ContestState::Closed,
        state => state,
    };
    match state.post(outstanding) {
        Ok(_) => Ok(()),
        Err(ContestError::ReasonMissing { outstanding }) => {
            let sheets = outstanding.to_string();
            Err(ServiceError::invalid(
                "reason",
                format!("outstanding:{sheets}"),
            ))
        }
        Err(ContestError::GateOpen) => Err(ServiceError::Conflict("gates_not_closed")),
        Err(ContestError::NotAllowed { .. }) => Err(ServiceError::Conflict("contest_not_closed")),
    }
}

fn snapshot(record: &ContestRecord, places: &Places<'_>, computed: &Computed<'_>) -> PostedResult {
    let charter = &record.charter;
    let class = |class: &domain::charter::VoterClass| PostedClass {
        key: class.key.clone(),
        name: class.name.clone(),
        weight: class.weight.to_string(),
    };
    let row = |result: &EntryResult| {
        let entry = computed.entries.get(result.standing.entry)?;
        Some(posted_row(record, places, entry, result))
    };
    PostedResult {
        v: POSTED_VERSION,
        contest: record.id,
        title: record.title.clone(),
        subtitle: record.subtitle.clone(),
        county: String::new(),
        edition: 1,
        correction: String::new(),
        posted_at: Default::default(),
        charter_title: charter.title().to_owned(),
        charter_version: record.charter_version,
        charter_source: charter.source().unwrap_or_default().to_owned(),
        classes: charter.classes().iter().map(class).collect(),
        rows: computed.result.entries.iter().filter_map(row).collect(),
        outstanding: 0,
        outstanding_reason: String::new(),
    }
}

fn posted_row(
    record: &ContestRecord,
    places: &Places<'_>,
    entry: &EntryRecord,
    result: &EntryResult,
) -> PostedRow {
    let charter = &record.charter;
    let places_after_point = charter.rounding().places;
    let (standing, score) = (&result.standing, &result.score);
    let has_deductions = !score.deductions.is_empty();
    PostedRow {
        entry: entry.id,
        position: entry.position,
        name: entry.name.clone(),
        topic: entry.topic.clone(),
        unit: entry.unit,
        rank: standing.rank,
        score: score.score.map(|score| score.to_fixed(places_after_point)),
        classes: score
            .classes
            .iter()
            .map(|class| mean(charter, class))
            .collect(),
        deductions: if has_deductions {
            score.deduction_total.to_fixed(places_after_point)
        } else {
            String::new()
        },
        ties: standing
            .ties
            .iter()
            .map(|step| step.code(charter))
            .collect(),
        notes: result.notes().map(|note| note.code(charter)).collect(),
        offline_sheets: offline_sheets(record, places, entry),
    }
}

fn mean(charter: &Charter, class: &ClassScore) -> PostedMean {
    let whole = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    PostedMean {
        value: class
            .value
            .map(|value| value.to_fixed(charter.rounding().places)),
        eligible: whole(class.panel.eligible),
        valid: whole(class.panel.valid),
        kept: whole(class.panel.kept),
    }
}

fn offline_sheets(record: &ContestRecord, places: &Places<'_>, entry: &EntryRecord) -> u32 {
    let sheets = record
        .seats
        .iter()
        .filter_map(|seat| places.counted(entry.id, seat.id));
    super::record::count(
        sheets.filter(|sheet| matches!(sheet.standing, Standing::CountedOffline { .. })),
    )
}

/// What an edition changes against the one before, in words that stand on the result itself.
fn correction(
    before: &PostedResult,
    after: &PostedResult,
    reason: &str,
) -> Result<String, ServiceError> {
    let mut changes = Vec::new();
    for row in &after.rows {
        let old = before.rows.iter().find(|old| old.entry == row.entry);
        changes.extend(old.and_then(|old| row_change(old, row)));
    }
    if changes.is_empty() && before.rows == after.rows {
        return Err(ServiceError::Conflict("nothing_changed"));
    }
    if reason.is_empty() {
        return Err(ServiceError::invalid("reason", "empty"));
    }
    Ok(std::iter::once(reason.to_owned())
        .chain(changes)
        .collect::<Vec<_>>()
        .join("；"))
}

fn row_change(old: &PostedRow, new: &PostedRow) -> Option<String> {
    let of = |row: &PostedRow| (row.score.clone(), row.rank);
    let parts = moved(of(old), of(new));
    (!parts.is_empty()).then(|| format!("{} {}", new.name, parts.join("，")))
}

/// What a correction says of a score and a place: each if it changed.
pub(super) fn moved(
    old: (Option<String>, Option<u32>),
    new: (Option<String>, Option<u32>),
) -> Vec<String> {
    let score = |score: Option<String>| score.unwrap_or_else(|| "—".to_owned());
    let place = |rank: Option<u32>| rank.map_or("—".to_owned(), |rank| format!("第 {rank}"));
    let scores = (score(old.0), score(new.0));
    let places = (place(old.1), place(new.1));
    let pairs = [scores, places].into_iter();
    let changed = pairs.filter(|(old, new)| old != new);
    changed.map(|(old, new)| format!("{old} → {new}")).collect()
}
