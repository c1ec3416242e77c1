//! What goes into a statement and comes out of a row: whole numbers, texts and the bytes of a
//! photo, nothing else, so that both databases hold the same.

use super::StoreError;
use domain::ids::{
    AccountId, CardId, ContestId, CountyId, CredentialId, DeviceId, EntryId, IndicatorId, LeaderId,
    LinkId, MeritId, Millis, OpId, PersonId, PledgeId, SeasonId, SeatId, Seq, SheetId, SlipId,
    UnitId, WorkId,
};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column as _, Row as _};
use std::str::FromStr;
use uuid::Uuid;

/// One parameter of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl Value {
    /// Nothing, of the same type.
    pub(super) fn null(&self) -> Self {
        match self {
            Self::Int(_) => Self::Int(None),
            Self::Text(_) => Self::Text(None),
            Self::Bytes(_) => Self::Bytes(None),
        }
    }
}

/// The parameters of a statement, `$1` first.
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        [$($crate::store::Value::from($value)),*]
    };
}
pub(crate) use params;

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}

impl From<u64> for Value {
    /// No clock and no counter of ours comes near the end; what a stranger sends is cut there.
    fn from(value: u64) -> Self {
        Self::Int(Some(i64::try_from(value).unwrap_or(i64::MAX)))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}

impl From<Uuid> for Value {
    fn from(value: Uuid) -> Self {
        Self::Text(Some(value.to_string()))
    }
}

macro_rules! from_numbers {
    ($($name:ident),*) => {$(
        impl From<$name> for Value {
            fn from(value: $name) -> Self {
                Self::from(value.0)
            }
        }

        impl From<Option<$name>> for Value {
            fn from(value: Option<$name>) -> Self {
                value.map_or(Self::Int(None), Self::from)
            }
        }
    )*};
}
from_numbers!(Millis, Seq);

macro_rules! from_ids {
    ($($name:ident),* $(,)?) => {$(
        impl From<$name> for Value {
            fn from(value: $name) -> Self {
                Self::Text(Some(value.to_string()))
            }
        }

        impl From<Option<$name>> for Value {
            fn from(value: Option<$name>) -> Self {
                Self::Text(value.map(|id| id.to_string()))
            }
        }
    )*};
}
from_ids!(
    CountyId,
    UnitId,
    PersonId,
    AccountId,
    ContestId,
    EntryId,
    SeatId,
    CardId,
    CredentialId,
    DeviceId,
    SheetId,
    OpId,
    SeasonId,
    IndicatorId,
    LinkId,
    MeritId,
    SlipId,
    LeaderId,
    WorkId,
    PledgeId,
);

/// One row, read by column name.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// # Errors
    /// The column is no whole number, or null. So with each of the readers below.
    pub fn int(&self, column: &str) -> Result<i64, StoreError> {
        self.int_opt(column)?.ok_or_else(|| wrong(column))
    }

    pub fn int_opt(&self, column: &str) -> Result<Option<i64>, StoreError> {
        let value = match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column).or_else(|_| {
                // A literal such as `1` is an `int4` there.
                let short: Result<Option<i32>, _> = row.try_get(column);
                short.map(|value| value.map(i64::from))
            }),
        };
        value.map_err(|_| wrong(column))
    }

    pub fn text(&self, column: &str) -> Result<String, StoreError> {
        self.text_opt(column)?.ok_or_else(|| wrong(column))
    }

    pub fn text_opt(&self, column: &str) -> Result<Option<String>, StoreError> {
        let value = match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        };
        value.map_err(|_| wrong(column))
    }

    pub fn bytes(&self, column: &str) -> Result<Vec<u8>, StoreError> {
        let value = match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        };
        value.map_err(|_| wrong(column))
    }

    /// A whole number that is not negative.
    pub fn u64(&self, column: &str) -> Result<u64, StoreError> {
        u64::try_from(self.int(column)?).map_err(|_| wrong(column))
    }

    pub fn u32(&self, column: &str) -> Result<u32, StoreError> {
        u32::try_from(self.int(column)?).map_err(|_| wrong(column))
    }

    pub fn flag(&self, column: &str) -> Result<bool, StoreError> {
        Ok(self.int(column)? != 0)
    }

    pub fn millis(&self, column: &str) -> Result<Millis, StoreError> {
        self.u64(column).map(Millis)
    }

    pub fn millis_opt(&self, column: &str) -> Result<Option<Millis>, StoreError> {
        let value = self.int_opt(column)?;
        let value = value.map(|value| u64::try_from(value).map_err(|_| wrong(column)));
        Ok(value.transpose()?.map(Millis))
    }

    pub fn seq(&self, column: &str) -> Result<Seq, StoreError> {
        self.u64(column).map(Seq)
    }

    pub fn seq_opt(&self, column: &str) -> Result<Option<Seq>, StoreError> {
        Ok(self.millis_opt(column)?.map(|number| Seq(number.0)))
    }

    /// An id, or any other type that its text leads back to.
    pub fn id<T: FromStr>(&self, column: &str) -> Result<T, StoreError> {
        self.text(column)?.parse().map_err(|_| wrong(column))
    }

    pub fn id_opt<T: FromStr>(&self, column: &str) -> Result<Option<T>, StoreError> {
        let text = self.text_opt(column)?;
        let id = text.map(|text| text.parse().map_err(|_| wrong(column)));
        id.transpose()
    }

    /// A document that was stored as JSON.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T, StoreError> {
        serde_json::from_str(&self.text(column)?).map_err(|_| wrong(column))
    }

    /// Every column with its value, for a copy of the row.
    #[must_use]
    pub fn values(&self) -> Vec<(String, Value)> {
        let names: Vec<String> = match self {
            Self::Sqlite(row) => row.columns().iter().map(|c| c.name().to_owned()).collect(),
            Self::Postgres(row) => row.columns().iter().map(|c| c.name().to_owned()).collect(),
        };
        let value = |name: &str| match self.int_opt(name) {
            Ok(number) => Value::Int(number),
            Err(_) => Value::Text(self.text_opt(name).unwrap_or_default()),
        };
        names
            .into_iter()
            .map(|name| (name.clone(), value(&name)))
            .collect()
    }
}

fn wrong(column: &str) -> StoreError {
    StoreError::Row {
        column: column.to_owned(),
    }
}
