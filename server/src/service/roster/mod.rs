//! The roster (名册): units, groups, people and seats, a season's pairs, indicators, figures, teams
//! and worklist, and their import from files. Read in this order: [`file`] bytes to rows, [`plan`]
//! rows to changes and problems, [`write`] changes to the database. An import is all or nothing.

pub(super) mod cells;
pub mod columns;
mod doubts;
pub mod existing;
pub mod figures;
pub mod file;
mod groups;
pub mod indicators;
pub mod level;
mod matrix;
mod month_file;
mod month_read;
mod month_write;
mod near;
pub mod pairs;
pub mod plan;
pub mod read;
mod seats;
mod teams;
pub mod template;
pub mod text;
mod workbook;
mod works;
pub mod write;

use super::act::Act;
use super::error::ServiceError;
use super::permission;
use crate::assets::hex;
use crate::store::{Store, Tx};
use app::backend::{Capability, ImportReport, RosterPage, SeenImport, UnitMatches};
use futures::FutureExt as _;
pub use month_file::{month_file, months_to_fill};
use plan::Plan;
use sha2::{Digest as _, Sha256};
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
    dry_run_by(store, (name, bytes), &UnitMatches::new()).await
}

/// The same where a person said which units some names of the file mean.
pub async fn dry_run_by(
    store: &Store,
    (name, bytes): (&str, &[u8]),
    matches: &UnitMatches,
) -> Result<ImportReport, ServiceError> {
    let plan = planned(&mut store.read().await?, (name, bytes), matches).await?;
    Ok(report(name, plan, false))
}

/// Applies a file that has no problems, as it is; one that has some changes nothing and is reported
/// again. For figures that nobody looks at beforehand, such as the demo's.
pub async fn apply(
    store: &Store,
    act: &Act,
    name: &str,
    bytes: Arc<[u8]>,
) -> Result<ImportReport, ServiceError> {
    let (act, name) = (act.clone(), name.to_owned());
    store
        .write(move |tx| async move { apply_in(tx, &act, (&name, &bytes), None).await }.boxed())
        .await
}

/// Applies what was looked at, and nothing else: where something changed since, such as a value
/// that a department's phone brought, the new plan is reported and nothing is changed.
pub async fn apply_seen(
    store: &Store,
    act: &Act,
    (name, bytes): (&str, Arc<[u8]>),
    seen: SeenImport,
) -> Result<ImportReport, ServiceError> {
    let (act, name) = (act.clone(), name.to_owned());
    store
        .write(move |tx| {
            async move { apply_in(tx, &act, (&name, &bytes), Some(&seen)).await }.boxed()
        })
        .await
}

async fn apply_in(
    tx: &mut Tx,
    act: &Act,
    (name, bytes): (&str, &[u8]),
    seen: Option<&SeenImport>,
) -> Result<ImportReport, ServiceError> {
    permission::may(tx, act.account, &[Capability::Organise]).await?;
    // Planned again: the roster may have changed since somebody looked at the dry run.
    let matches = seen.map(|seen| &seen.matches);
    let plan = planned(tx, (name, bytes), matches.unwrap_or(&UnitMatches::new())).await?;
    let is_same = seen.is_none_or(|seen| seen.plan == fingerprint(&plan));
    // What takes the place of another figure is looked at, since a table may be older than that.
    let is_plain = plan.doubts.is_empty() && plan.changes.is_empty();
    let is_checked = seen.is_none_or(|seen| seen.is_checked || is_plain);
    let is_applied = plan.problems.is_empty() && is_same && is_checked;
    if is_applied {
        write::write(tx, act, &plan).await?;
    }
    Ok(ImportReport {
        is_newer: !is_same,
        ..report(name, plan, is_applied)
    })
}

async fn planned(
    tx: &mut Tx,
    (name, bytes): (&str, &[u8]),
    matches: &UnitMatches,
) -> Result<Plan, ServiceError> {
    let (tables, problems) = file::read(name, bytes);
    let mut existing = read::existing(tx, &tables).await?;
    existing.matches.clone_from(matches);
    let mut plan = plan::plan(existing, &tables);
    plan.problems.splice(..0, problems);
    plan.problems.truncate(file::PROBLEMS_MAX);
    Ok(plan)
}

/// A revision is part of the plan, so a figure that changed meanwhile makes it another one.
fn fingerprint(plan: &Plan) -> String {
    hex(&Sha256::digest(format!("{plan:?}")))
}

fn report(name: &str, plan: Plan, applied: bool) -> ImportReport {
    ImportReport {
        file: name.to_owned(),
        plan: fingerprint(&plan),
        tables: plan.tables,
        problems: plan.problems,
        doubts: plan.doubts,
        notes: plan.notes,
        changes: plan.changes,
        applied,
        ..ImportReport::default()
    }
}
