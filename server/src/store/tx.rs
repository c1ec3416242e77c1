//! One transaction, reading or writing, over either database.

use super::batch::check_texts;
use super::event::Told;
use super::{Pools, Row, StoreError, Value};
use domain::ids::{CountyId, Seq};
use sqlx::postgres::Postgres;
use sqlx::sqlite::Sqlite;
use sqlx::{Executor as _, SqlSafeStr as _, Transaction};

/// Two servers on one PostgreSQL write in turn, so that numbers and commits keep one order.
const WRITE_LOCK: &str = "select pg_advisory_xact_lock(7305711)";

pub struct Tx {
    pub(super) conn: Conn,
    county: CountyId,
    /// Written down before the commit, and told to the listeners after it.
    pub(super) told: Vec<Told>,
    /// The last number of the sequence, once one was taken.
    pub(super) last_seq: Option<Seq>,
}

pub(super) enum Conn {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A statement with its parameters, for one of the two databases.
macro_rules! bound {
    ($database:ty, $sql:ident, $params:ident) => {{
        let mut query = sqlx::query::<$database>($sql);
        for value in $params {
            query = match value {
                Value::Int(value) => query.bind(*value),
                Value::Text(value) => query.bind(value.clone()),
                Value::Bytes(value) => query.bind(value.clone()),
            };
        }
        query
    }};
}
pub(super) use bound;

impl Tx {
    /// The county that every row written here belongs to.
    #[must_use]
    pub fn county(&self) -> CountyId {
        self.county
    }

    /// Runs a statement and tells how many rows it changed.
    ///
    /// # Errors
    /// A unique key is taken, or the database failed. So with each of the calls below.
    pub async fn execute(
        &mut self,
        sql: &'static str,
        params: &[Value],
    ) -> Result<u64, StoreError> {
        check_texts(params)?;
        Ok(match &mut self.conn {
            Conn::Sqlite(transaction) => {
                let query = bound!(Sqlite, sql, params);
                query.execute(&mut **transaction).await?.rows_affected()
            }
            Conn::Postgres(transaction) => {
                let query = bound!(Postgres, sql, params);
                query.execute(&mut **transaction).await?.rows_affected()
            }
        })
    }

    /// All rows that a statement answers.
    pub async fn rows(
        &mut self,
        sql: &'static str,
        params: &[Value],
    ) -> Result<Vec<Row>, StoreError> {
        check_texts(params)?;
        Ok(match &mut self.conn {
            Conn::Sqlite(transaction) => {
                let rows = bound!(Sqlite, sql, params).fetch_all(&mut **transaction);
                rows.await?.into_iter().map(Row::Sqlite).collect()
            }
            Conn::Postgres(transaction) => {
                let rows = bound!(Postgres, sql, params).fetch_all(&mut **transaction);
                rows.await?.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// The first row, where there is one.
    pub async fn row_opt(
        &mut self,
        sql: &'static str,
        params: &[Value],
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, params).await?.into_iter().next())
    }

    /// The row of a statement that always answers one, such as a count.
    pub async fn row(&mut self, sql: &'static str, params: &[Value]) -> Result<Row, StoreError> {
        let row = self.row_opt(sql, params).await?;
        row.ok_or_else(|| StoreError::Unavailable(anyhow::anyhow!("a statement gave no row")))
    }

    /// Lets the database read a statement without running it: a test does so with every one.
    pub async fn check(&mut self, sql: &'static str) -> Result<(), StoreError> {
        match &mut self.conn {
            Conn::Sqlite(transaction) => {
                (&mut **transaction).prepare(sql.into_sql_str()).await?;
            }
            Conn::Postgres(transaction) => {
                (&mut **transaction).prepare(sql.into_sql_str()).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn commit(mut self) -> Result<(), StoreError> {
        self.keep_events().await?;
        match self.conn {
            Conn::Sqlite(transaction) => transaction.commit().await?,
            Conn::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    pub(super) async fn rollback(self) {
        // A connection that cannot even roll back is closed by its pool.
        let _ = match self.conn {
            Conn::Sqlite(transaction) => transaction.rollback().await,
            Conn::Postgres(transaction) => transaction.rollback().await,
        };
    }
}

impl Pools {
    pub(super) async fn row_opt(
        &self,
        sql: &'static str,
        params: &[Value],
    ) -> Result<Option<Row>, StoreError> {
        check_texts(params)?;
        Ok(match self {
            Self::Sqlite(pool) => {
                let row = bound!(Sqlite, sql, params).fetch_optional(pool);
                row.await?.map(Row::Sqlite)
            }
            Self::Postgres(pool) => {
                let row = bound!(Postgres, sql, params).fetch_optional(pool);
                row.await?.map(Row::Postgres)
            }
        })
    }

    pub(super) async fn begin_read(&self, county: CountyId) -> Result<Tx, StoreError> {
        let conn = match self {
            Self::Sqlite(pool) => Conn::Sqlite(pool.begin().await?),
            Self::Postgres(pool) => {
                let begin = "begin isolation level repeatable read read only";
                Conn::Postgres(pool.begin_with(begin).await?)
            }
        };
        Ok(Tx::new(conn, county))
    }

    pub(super) async fn begin_write(&self, county: CountyId) -> Result<Tx, StoreError> {
        let conn = match self {
            Self::Sqlite(pool) => Conn::Sqlite(pool.begin_with("begin immediate").await?),
            Self::Postgres(pool) => Conn::Postgres(pool.begin().await?),
        };
        let mut tx = Tx::new(conn, county);
        if matches!(tx.conn, Conn::Postgres(_)) {
            tx.execute(WRITE_LOCK, &[]).await?;
        }
        Ok(tx)
    }
}

impl Tx {
    fn new(conn: Conn, county: CountyId) -> Self {
        Self {
            conn,
            county,
            told: Vec::new(),
            last_seq: None,
        }
    }
}
