//! Several statements, each for many rows, that go to the database together: a way there and back
//! costs more than a row.

use super::statements::ROWS_MAX;
use super::tx::{Conn, bound};
use super::{Asked, Row, StoreError, Tx, Value};
use futures::TryStreamExt as _;
use sqlx::postgres::Postgres;
use sqlx::sqlite::{Sqlite, SqliteRow};
use sqlx::{AssertSqlSafe, Either, Executor as _, Transaction};

/// Statements on their way to SQLite, which takes several in one text.
#[derive(Default)]
struct Texts {
    sql: String,
    params: Vec<Value>,
    /// Which statement of the batch each of them is.
    whose: Vec<usize>,
}

impl Tx {
    /// Runs statements in their order, and answers the rows of each. One that orders its rows does
    /// so among the answers to [`ROWS_MAX`] of its own.
    ///
    /// # Errors
    /// A unique key is taken, or the database failed.
    pub(crate) async fn batch<const N: usize>(
        &mut self,
        batch: [Asked<'_>; N],
    ) -> Result<[Vec<Row>; N], StoreError> {
        for asked in &batch {
            check_texts(asked.params())?;
        }
        let mut found = [const { Vec::new() }; N];
        match &mut self.conn {
            Conn::Sqlite(transaction) => on_sqlite(transaction, &batch, &mut found).await?,
            Conn::Postgres(transaction) => on_postgres(transaction, &batch, &mut found).await?,
        }
        Ok(found)
    }
}

async fn on_sqlite(
    transaction: &mut Transaction<'static, Sqlite>,
    batch: &[Asked<'_>],
    found: &mut [Vec<Row>],
) -> Result<(), StoreError> {
    let mut waiting = Texts::default();
    for (whose, asked) in batch.iter().enumerate() {
        for params in asked.pieces() {
            let rows = params.len() / asked.statement.width();
            // Whole pieces may be many; each goes by itself, so that texts stay few.
            if rows == ROWS_MAX {
                std::mem::take(&mut waiting).run(transaction, found).await?;
            }
            waiting.sql += &asked.statement.unnumbered(rows);
            waiting.sql += ";";
            waiting.params.extend(params);
            waiting.whose.push(whose);
            if rows == ROWS_MAX {
                std::mem::take(&mut waiting).run(transaction, found).await?;
            }
        }
    }
    waiting.run(transaction, found).await
}

impl Texts {
    async fn run(
        self,
        transaction: &mut Transaction<'static, Sqlite>,
        found: &mut [Vec<Row>],
    ) -> Result<(), StoreError> {
        if self.whose.is_empty() {
            return Ok(());
        }
        let (sql, params) = (AssertSqlSafe(self.sql), &self.params);
        let query = bound!(Sqlite, sql, params);
        let mut answers = (&mut **transaction).fetch_many(query);
        let mut whose = self.whose.into_iter();
        let mut rows: Vec<SqliteRow> = Vec::new();
        while let Some(answer) = answers.try_next().await? {
            match answer {
                Either::Right(row) => rows.push(row),
                // The end of one of the statements.
                Either::Left(_) => {
                    let found = whose.next().and_then(|whose| found.get_mut(whose));
                    let rows = rows.drain(..).map(Row::Sqlite);
                    if let Some(found) = found {
                        found.extend(rows);
                    }
                }
            }
        }
        Ok(())
    }
}

/// PostgreSQL takes one statement at a time.
async fn on_postgres(
    transaction: &mut Transaction<'static, Postgres>,
    batch: &[Asked<'_>],
    found: &mut [Vec<Row>],
) -> Result<(), StoreError> {
    for (asked, found) in batch.iter().zip(found) {
        for params in asked.pieces() {
            let rows = params.len() / asked.statement.width();
            let sql = AssertSqlSafe(asked.statement.numbered(rows));
            let params = &params;
            let query = bound!(Postgres, sql, params);
            let rows = query.fetch_all(&mut **transaction).await?;
            found.extend(rows.into_iter().map(Row::Postgres));
        }
    }
    Ok(())
}

/// PostgreSQL takes no zero byte in a text; SQLite would, and then they would differ.
pub(super) fn check_texts(params: &[Value]) -> Result<(), StoreError> {
    let holds_zero =
        |value: &Value| matches!(value, Value::Text(Some(text)) if text.contains('\0'));
    if params.iter().any(holds_zero) {
        return Err(StoreError::Text);
    }
    Ok(())
}
