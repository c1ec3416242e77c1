//! The tables, and the one county of this database.

use super::statements::statements;
use super::{Pools, StoreError, params};
use crate::assets::hex;
use domain::ids::{CountyId, Millis};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Every migration in order. A released one is never edited.
const MIGRATIONS: [(i64, &str); 21] = [
    (1, include_str!("../../migrations/0001_foundation.sql")),
    (2, include_str!("../../migrations/0002_month.sql")),
    (3, include_str!("../../migrations/0003_inputs.sql")),
    (4, include_str!("../../migrations/0004_ladder.sql")),
    (5, include_str!("../../migrations/0005_field.sql")),
    (6, include_str!("../../migrations/0006_calendar.sql")),
    (7, include_str!("../../migrations/0007_photo.sql")),
    (8, include_str!("../../migrations/0008_audience.sql")),
    (9, include_str!("../../migrations/0009_follow.sql")),
    (10, include_str!("../../migrations/0010_items.sql")),
    (11, include_str!("../../migrations/0011_reply.sql")),
    (12, include_str!("../../migrations/0012_season.sql")),
    (13, include_str!("../../migrations/0013_details.sql")),
    (
        14,
        include_str!("../../migrations/0014_indicator_groups.sql"),
    ),
    (15, include_str!("../../migrations/0015_decided.sql")),
    (16, include_str!("../../migrations/0016_checkpoint.sql")),
    (17, include_str!("../../migrations/0017_sponsor.sql")),
    (18, include_str!("../../migrations/0018_year.sql")),
    (19, include_str!("../../migrations/0019_worklist.sql")),
    (20, include_str!("../../migrations/0020_leader.sql")),
    (21, include_str!("../../migrations/0021_pledge.sql")),
];

/// What an empty database becomes.
#[derive(Clone, Debug)]
pub struct CountySeed {
    pub name: String,
    pub demo: bool,
    pub now: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct County {
    pub id: CountyId,
    pub name: String,
    /// Shows the 演示 watermark.
    pub demo: bool,
}

/// Stands outside the numbered files, because it says which of them were run.
const MIGRATION_TABLE: &str = "create table if not exists migration (
    migration_id bigint primary key, hash text not null)";

statements! {
    MIGRATIONS_DONE = "select migration_id, hash from migration order by migration_id";
    MIGRATION_ADD = "insert into migration (migration_id, hash) values ($1, $2)";
    COUNTY_ONLY = "select county_id, name, demo from county order by created_at limit 1";
    COUNTY_ADD = "insert into county (county_id, name, demo, created_at) values ($1, $2, $3, $4)";
    COUNTER_ADD = "insert into counter (county_id, name, value) values ($1, 'seq', 0)";
}

/// Runs what was not run yet, each file in a transaction of its own.
pub(super) async fn run(pools: &Pools) -> Result<(), StoreError> {
    let mut tx = pools.begin_write(CountyId(Uuid::nil())).await?;
    tx.execute(MIGRATION_TABLE, &[]).await?;
    let done = tx.rows(MIGRATIONS_DONE, &[]).await?;
    for (number, sql) in MIGRATIONS {
        let hash = hex(&Sha256::digest(sql));
        let mut same = None;
        for row in &done {
            if row.int("migration_id")? == number {
                same = Some(row.text("hash")? == hash);
            }
        }
        match same {
            Some(true) => {}
            Some(false) => return Err(not_ours(number)),
            None => {
                for statement in split(sql) {
                    tx.execute(statement, &[]).await?;
                }
                tx.execute(MIGRATION_ADD, &params![number, hash]).await?;
            }
        }
    }
    let newest = done.last().map(|row| row.int("migration_id")).transpose()?;
    let known = MIGRATIONS.last().map_or(0, |(number, _)| *number);
    if let Some(newest) = newest
        && known < newest
    {
        return Err(not_ours(newest));
    }
    tx.commit().await
}

/// The county of this database; an empty one becomes that of the seed.
pub(super) async fn county(pools: &Pools, seed: &CountySeed) -> Result<County, StoreError> {
    let mut tx = pools.begin_write(CountyId(Uuid::nil())).await?;
    let county = match tx.row_opt(COUNTY_ONLY, &[]).await? {
        Some(row) => County {
            id: row.id("county_id")?,
            name: row.text("name")?,
            demo: row.flag("demo")?,
        },
        None => {
            let id = CountyId(Uuid::now_v7());
            let row = params![id, seed.name.as_str(), seed.demo, seed.now];
            tx.execute(COUNTY_ADD, &row).await?;
            tx.execute(COUNTER_ADD, &params![id]).await?;
            County {
                id,
                name: seed.name.clone(),
                demo: seed.demo,
            }
        }
    };
    tx.commit().await?;
    Ok(county)
}

fn not_ours(number: i64) -> StoreError {
    StoreError::Unavailable(anyhow::anyhow!(
        "migration {number} of this database is not one of this build: it was written by another"
    ))
}

/// The statements of a file. No text in our migrations holds a semicolon, comments aside.
fn split(sql: &'static str) -> impl Iterator<Item = &'static str> {
    let mut rest = sql;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let end = end_of_statement(rest);
            let (statement, after) = rest.split_at(end);
            rest = after.strip_prefix(';').unwrap_or(after);
            let is_code = |line: &str| !line.trim().is_empty() && !line.trim().starts_with("--");
            if statement.lines().any(is_code) {
                return Some(statement);
            }
        }
        None
    })
}

fn end_of_statement(sql: &str) -> usize {
    let mut at = 0;
    for line in sql.split_inclusive('\n') {
        let code = line.split("--").next().unwrap_or_default();
        if let Some(end) = code.find(';') {
            return at + end;
        }
        at += line.len();
    }
    sql.len()
}
