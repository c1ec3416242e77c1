//! 文件移交 as the organiser sees it: what a file of unsent sheets holds, and what importing it did.
//! The import itself is the same push as a phone's.

use super::act::Act;
use super::error::ServiceError;
use super::permission;
use super::sync::{import_hand_over, read_hand_over};
use super::uploads::Upload;
use crate::store::{Store, params, statements};
use app::backend::{Capability, ImportProblem, ImportReport, ImportTable};
use domain::ids::{ContestId, OpId};
use serde::Deserialize;
use serde_json::json;
use sync::protocol::{OpOutcome, Outcome, RejectReason};

/// The name of the one table of a hand-over.
const SHEETS: &str = "sheets";

statements! {
    OP_KNOWN = "select (select count(*) from op where op_id = $1)
        + (select count(*) from field_op where op_id = $1) as n";
}

/// The one field of an op that a count needs; the whole of it is read by the import.
#[derive(Deserialize)]
struct OpName {
    op_id: OpId,
}

/// What a file would bring. Changes nothing; seals are checked by the import.
///
/// # Errors
/// The database failed. A file that is no hand-over is a problem of the report.
pub async fn dry_run(store: &Store, upload: &Upload) -> Result<ImportReport, ServiceError> {
    let file = match read_hand_over(&upload.bytes) {
        Ok(file) => file,
        Err(ServiceError::Invalid(details)) => {
            let code = details.into_iter().next().map(|detail| detail.message);
            return Ok(refused(upload, &code.unwrap_or_default()));
        }
        Err(error) => return Err(error),
    };
    let mut tx = store.read().await?;
    let mut known = 0;
    for op in &file.ops {
        let Ok(OpName { op_id }) = serde_json::from_str(&op.body) else {
            continue;
        };
        known += u32::from(tx.row(OP_KNOWN, &params![op_id]).await?.int("n")? != 0);
    }
    let rows = super::record::count(file.ops.iter());
    let table = table(rows, rows.saturating_sub(known), known);
    Ok(report(upload, file.contest, table, Vec::new(), false))
}

/// Imports a file; a second import of the same one changes nothing.
///
/// # Errors
/// The file is no hand-over, its seat or device is not known, or the database failed.
pub async fn apply(
    store: &Store,
    act: &Act,
    upload: &Upload,
) -> Result<ImportReport, ServiceError> {
    permission::may(
        &mut store.read().await?,
        act.account,
        &[Capability::Organise],
    )
    .await?;
    let brought = import_hand_over(store, act.account, &upload.bytes, act.now).await?;
    let whole = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let (new, known) = (whole(brought.added()), whole(brought.known()));
    let (act, contest) = (act.clone(), brought.contest);
    let what = json!({ "do": "import_hand_over", "seat": brought.seat, "new": new });
    store
        .write(move |tx| Box::pin(async move { act.audit(tx, of_contest(contest), &what).await }))
        .await?;
    let problems = brought.outcomes.iter().filter_map(problem).collect();
    let table = table(whole(brought.outcomes.len()), new, known);
    Ok(report(upload, contest, table, problems, true))
}

/// An op that was refused: its place in the file, and why.
fn problem(outcome: &OpOutcome) -> Option<ImportProblem> {
    let Outcome::Rejected { reason } = outcome.outcome else {
        return None;
    };
    Some(ImportProblem {
        table: SHEETS.to_owned(),
        row: outcome.index + 1,
        value: outcome.op_id.map(|op| op.to_string()).unwrap_or_default(),
        code: code(reason),
        ..ImportProblem::default()
    })
}

/// The reason's name on the wire.
fn code(reason: RejectReason) -> String {
    let name = serde_json::to_value(reason).ok();
    let name = name.as_ref().and_then(|name| name.as_str());
    name.unwrap_or("unknown").to_owned()
}

fn table(rows: u32, new: u32, known: u32) -> ImportTable {
    ImportTable {
        kind: SHEETS.to_owned(),
        rows,
        new,
        changed: 0,
        unchanged: known,
    }
}

fn report(
    upload: &Upload,
    contest: ContestId,
    table: ImportTable,
    problems: Vec<ImportProblem>,
    applied: bool,
) -> ImportReport {
    ImportReport {
        file: upload.file.clone(),
        contest: of_contest(contest),
        tables: vec![table],
        problems,
        applied,
        ..ImportReport::default()
    }
}

/// None for a file from outside contests.
fn of_contest(contest: ContestId) -> Option<ContestId> {
    (!contest.0.is_nil()).then_some(contest)
}

fn refused(upload: &Upload, code: &str) -> ImportReport {
    let problem = super::roster::file::file_problem(&upload.file, code);
    ImportReport {
        file: upload.file.clone(),
        problems: vec![problem],
        ..ImportReport::default()
    }
}
