//! The database: one concrete [`Store`] over SQLite or PostgreSQL, with one text for every
//! statement and one writer for both.
//!
//! Invariant: what [`Store::write`] answered lies on disk, and all of a job does or nothing does.
//! Read in this order: [`value`] what goes in and comes out, [`tx`] one transaction, [`batch`] many
//! rows at once, [`event`] how
//! a change is told, [`writer`] the group commit, [`migrate`] the tables.

mod batch;
mod event;
mod migrate;
pub mod sessions;
mod statements;
mod tx;
mod value;
mod writer;

pub use event::{Change, Event};
pub use migrate::{County, CountySeed};
pub(crate) use statements::{Asked, OfRows, statements, statements_of_rows};
pub use statements::{Statement, every_statement};
pub use tx::Tx;
pub(crate) use value::params;
pub use value::{Row, Value};

use futures::future::BoxFuture;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{PgPool, SqlitePool};
use std::fmt;
use std::path::Path;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::sync::broadcast;

/// Connections that read at the same time.
const READERS_MAX: u32 = 4;
/// How long a request waits for a connection before it is told to come again.
const ACQUIRE_WAIT: Duration = Duration::from_secs(10);
/// How long SQLite waits for another process (a backup, say) that holds the lock.
const BUSY_WAIT: Duration = Duration::from_secs(10);
/// Pages that the writer keeps in memory, as SQLite counts it: 64 MB. A group of writes that finds
/// no room there goes to the log in parts.
const CACHE: &str = "-65536";
/// Pages of 4 KB in the log before they are brought to the database. The same pages are written
/// again and again, so the longer it waits the less there is to bring; 32 MB are soon read back
/// after a power cut.
const CHECKPOINT_PAGES: &str = "8000";
/// Statements that a connection keeps prepared.
const STATEMENTS_MAX: usize = 300;

#[derive(Debug, Error)]
pub enum StoreError {
    /// A unique key is taken.
    #[error("the row exists already")]
    Exists,
    /// A text holds a byte that no column takes.
    #[error("a text holds a zero byte")]
    Text,
    /// A row holds what its column should not.
    #[error("column {column} does not hold what it should")]
    Row { column: String },
    /// The database did not answer, or did not commit. Nothing of the job was kept.
    #[error("the database is not available")]
    Unavailable(#[source] anyhow::Error),
}

/// The database of this server. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    readers: Pools,
    writer: writer::Writer,
    live: broadcast::Sender<Event>,
    county: County,
}

/// The connections to one of the two databases.
#[derive(Clone)]
enum Pools {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Store {
    /// Opens the database at `url`, a file or `postgres://…`, and brings its tables up to date. An
    /// empty one becomes the county of `seed`.
    ///
    /// # Errors
    /// It cannot be opened, or was written by a newer build.
    pub async fn open(url: &str, seed: &CountySeed) -> Result<Self, StoreError> {
        let (readers, writers) = connect(url).await?;
        migrate::run(&writers).await?;
        let county = migrate::county(&writers, seed).await?;
        let (live, _) = broadcast::channel(event::BUFFER_MAX);
        let writer = writer::Writer::start(writers, county.id, live.clone());
        let inner = Inner {
            readers,
            writer,
            live,
            county,
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// The one county that this database is about.
    #[must_use]
    pub fn county(&self) -> &County {
        &self.inner.county
    }

    /// A transaction that only reads, all of it at one moment. It ends when it is dropped.
    ///
    /// # Errors
    /// No connection came free in time.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        self.inner.readers.begin_read(self.inner.county.id).await
    }

    /// The row of one reading statement, where there is one. It needs no transaction around it.
    ///
    /// # Errors
    /// No connection came free in time, or the database failed.
    pub async fn row_opt(
        &self,
        sql: &'static str,
        params: &[Value],
    ) -> Result<Option<Row>, StoreError> {
        self.inner.readers.row_opt(sql, params).await
    }

    /// Runs `job` in the next group commit. It runs to its end even when the caller goes away, and
    /// is answered after the commit. An error undoes all that the job did, and nothing else.
    ///
    /// # Errors
    /// The job's own, or that the database did not commit.
    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'c> FnOnce(&'c mut Tx) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        self.inner.writer.run(job).await
    }

    /// Every event of every contest, from now on, in the order of the commits.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.inner.live.subscribe()
    }

    /// Copies the whole database to a new SQLite file while it runs.
    ///
    /// # Errors
    /// The file exists, the disk is full, or the database is PostgreSQL (use `pg_dump`).
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        match &self.inner.readers {
            Pools::Sqlite(pool) => copy_sqlite(pool, file).await,
            Pools::Postgres(_) => Err(StoreError::Unavailable(anyhow::anyhow!(
                "a PostgreSQL database is copied by pg_dump"
            ))),
        }
    }

    /// Finishes what is queued, then closes all connections.
    pub async fn close(&self) {
        self.inner.writer.stop().await;
        match &self.inner.readers {
            Pools::Sqlite(pool) => pool.close().await,
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.inner.readers {
            Pools::Sqlite(_) => "sqlite",
            Pools::Postgres(_) => "postgres",
        };
        f.debug_tuple("Store").field(&kind).finish()
    }
}

/// Whether `url` names a PostgreSQL server; everything else is a file.
#[must_use]
pub fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

async fn connect(url: &str) -> Result<(Pools, Pools), StoreError> {
    if is_postgres(url) {
        let options = PgConnectOptions::from_str(url)?
            .application_name("leitai")
            .options([("synchronous_commit", "on")])
            .statement_cache_capacity(STATEMENTS_MAX);
        let pool = |max| {
            PgPoolOptions::new()
                .max_connections(max)
                .acquire_timeout(ACQUIRE_WAIT)
        };
        let writers = pool(1).connect_with(options.clone()).await?;
        let readers = pool(READERS_MAX).connect_with(options).await?;
        return Ok((Pools::Postgres(readers), Pools::Postgres(writers)));
    }
    let file = url.strip_prefix("sqlite://").unwrap_or(url);
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(BUSY_WAIT)
        .auto_vacuum(SqliteAutoVacuum::None)
        .journal_mode(SqliteJournalMode::Wal)
        // A phone deletes nothing before our answer, so the answer must survive a power cut.
        .synchronous(SqliteSynchronous::Full)
        // What a savepoint needs to undo a job would be written to a file, page by page.
        .pragma("temp_store", "memory")
        .statement_cache_capacity(STATEMENTS_MAX);
    let pool = |max| {
        SqlitePoolOptions::new()
            .max_connections(max)
            .acquire_timeout(ACQUIRE_WAIT)
            .test_before_acquire(false)
    };
    let writing = options
        .clone()
        .pragma("cache_size", CACHE)
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES);
    let writers = pool(1).connect_with(writing).await?;
    // Not opened read-only: such a connection could not create the shared memory of the log. It
    // refuses to write all the same.
    let reading = options.pragma("query_only", "on");
    let readers = pool(READERS_MAX).connect_with(reading).await?;
    Ok((Pools::Sqlite(readers), Pools::Sqlite(writers)))
}

/// Readers may not write, and to SQLite a copy is a write: the connection that makes it is let off
/// for as long as it takes, and closed afterwards.
async fn copy_sqlite(pool: &SqlitePool, file: &Path) -> Result<(), StoreError> {
    let mut conn = pool.acquire().await?;
    conn.close_on_drop();
    sqlx::query("pragma query_only = off")
        .execute(&mut *conn)
        .await?;
    let copy = sqlx::query("vacuum into $1").bind(file.to_string_lossy().into_owned());
    copy.execute(&mut *conn).await?;
    Ok(())
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(database) if database.is_unique_violation() => Self::Exists,
            other => Self::Unavailable(other.into()),
        }
    }
}
