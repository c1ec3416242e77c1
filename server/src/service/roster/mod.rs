//! The roster (名册): units, groups, people and seats, a season's pairs, indicators and figures,
//! and their import from files. Read in this order: [`file`] bytes to rows, [`plan`] rows to
//! changes and problems, [`write`] changes to the database. An import is all or nothing.

mod cells;
pub mod columns;
pub mod existing;
pub mod figures;
pub mod file;
mod groups;
pub mod indicators;
pub mod level;
mod month_read;
mod month_write;
pub mod pairs;
pub mod plan;
pub mod read;
mod seats;
pub mod template;
pub mod text;
mod workbook;
pub mod write;

use super::act::Act;
use super::error::ServiceError;
use super::permission;
use crate::store::{Store, Tx};
use app::backend::{Capability, ImportReport, RosterPage};
use futures::FutureExt as _;
use plan::Plan;
use std::sync::Arc;

/// The roster as it is.
///
/// # Errors
/// The database failed. So with the functions below.
pub async fn roster(store: &Store) -> Result<RosterPage, ServiceError> {
    read::page(&mut store.read().await?).await
}

/// What a file would change, and everything that is wrong with it. Changes nothing.
pub async fn dry_run(
    store: &Store,
    name: &str,
    bytes: &[u8],
) -> Result<ImportReport, ServiceError> {
    let plan = planned(&mut store.read().await?, name, bytes).await?;
    Ok(report(name, plan, false))
}

/// Applies a file that has no problems; one that has some changes nothing and is reported again.
pub async fn apply(
    store: &Store,
    act: &Act,
    name: &str,
    bytes: Arc<[u8]>,
) -> Result<ImportReport, ServiceError> {
    let (act, name) = (act.clone(), name.to_owned());
    store
        .write(move |tx| async move { apply_in(tx, &act, &name, &bytes).await }.boxed())
        .await
}

async fn apply_in(
    tx: &mut Tx,
    act: &Act,
    name: &str,
    bytes: &[u8],
) -> Result<ImportReport, ServiceError> {
    permission::may(tx, act.account, &[Capability::Organise]).await?;
    // Planned again: the roster may have changed since somebody looked at the dry run.
    let plan = planned(tx, name, bytes).await?;
    let is_right = plan.problems.is_empty();
    if is_right {
        write::write(tx, act, &plan).await?;
    }
    Ok(report(name, plan, is_right))
}

async fn planned(tx: &mut Tx, name: &str, bytes: &[u8]) -> Result<Plan, ServiceError> {
    let (tables, problems) = file::read(name, bytes);
    let existing = read::existing(tx, &tables).await?;
    let mut plan = plan::plan(existing, &tables);
    plan.problems.splice(..0, problems);
    plan.problems.truncate(file::PROBLEMS_MAX);
    Ok(plan)
}

fn report(name: &str, plan: Plan, applied: bool) -> ImportReport {
    ImportReport {
        file: name.to_owned(),
        contest: None,
        tables: plan.tables,
        problems: plan.problems,
        notes: plan.notes,
        applied,
    }
}
