//! Every statement is a constant of the module that uses it, and enters itself into one list, so
//! that a test can show each one to both databases and none can be forgotten.

use super::Value;
use std::fmt::Write as _;

/// Constants with SQL.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $(
            $(#[$doc])*
            pub(crate) const $name: &str = $sql;
            inventory::submit! { $crate::store::Statement { name: stringify!($name), sql: $name } }
        )*
    };
}
pub(crate) use statements;

/// Constants with SQL that takes many rows at once: what stands before them, one row of parameters,
/// what stands after them.
macro_rules! statements_of_rows {
    ($($(#[$doc:meta])* $name:ident = $head:literal, $row:literal, $tail:literal;)*) => {
        $(
            $(#[$doc])*
            const $name: $crate::store::OfRows = $crate::store::OfRows {
                head: $head,
                row: $row,
                tail: $tail,
            };
            inventory::submit! {
                $crate::store::Statement {
                    name: stringify!($name),
                    sql: concat!($head, " ", $row, $tail),
                }
            }
        )*
    };
}
pub(crate) use statements_of_rows;

/// A statement and the name of its constant.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    pub name: &'static str,
    pub sql: &'static str,
}

inventory::collect!(Statement);

/// Every statement of the server.
pub fn every_statement() -> impl IntoIterator<Item = &'static Statement> {
    inventory::iter::<Statement>()
}

/// Rows of one statement. SQLite takes 32,766 parameters.
pub(super) const ROWS_MAX: usize = 64;

/// A statement that takes many rows of parameters. It answers nothing to, and makes nothing of, a
/// row of nulls: such rows fill it up to one of a few lengths, so that the databases meet few texts
/// and keep them prepared.
pub(crate) struct OfRows {
    pub head: &'static str,
    /// One row, `(cast($1 as text), cast($2 as bigint))`: PostgreSQL wants to know the types.
    pub row: &'static str,
    pub tail: &'static str,
}

/// A statement with rows for it.
pub(crate) struct Asked<'a> {
    pub statement: &'a OfRows,
    /// Row after row.
    params: Vec<Value>,
}

impl OfRows {
    pub(crate) fn ask<const N: usize>(
        &self,
        rows: impl IntoIterator<Item = [Value; N]>,
    ) -> Asked<'_> {
        Asked {
            statement: self,
            params: rows.into_iter().flatten().collect(),
        }
    }

    pub(super) fn width(&self) -> usize {
        self.row.matches('$').count()
    }

    /// The statement for so many rows, with numbered parameters.
    pub(super) fn numbered(&self, rows: usize) -> String {
        let row = |row| number(self.row, row * self.width());
        let rows: Vec<String> = (0..rows).map(row).collect();
        format!("{} {}{}", self.head, rows.join(", "), self.tail)
    }

    /// The same with parameters that are taken in their order. A numbered one has a name in SQLite,
    /// which the driver asks for, and for which SQLite goes through all of them.
    pub(super) fn unnumbered(&self, rows: usize) -> String {
        let piece = |piece: &'static str| piece.trim_start_matches(|c: char| c.is_ascii_digit());
        let row: Vec<&str> = self.row.split('$').map(piece).collect();
        let rows = vec![row.join("?"); rows];
        format!("{} {}{}", self.head, rows.join(", "), self.tail)
    }
}

impl Asked<'_> {
    pub(super) fn params(&self) -> &[Value] {
        &self.params
    }

    /// The parameters in pieces of [`ROWS_MAX`] rows, and what is left filled up to a power of two.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Vec<Value>> {
        let width = self.statement.width();
        let nulls: Vec<Value> = self.params.iter().take(width).map(Value::null).collect();
        self.params.chunks(width * ROWS_MAX).map(move |piece| {
            let rows = piece.len() / width;
            let missing = rows.next_power_of_two() - rows;
            let filling = nulls.iter().cycle().take(width * missing);
            piece.iter().chain(filling).cloned().collect()
        })
    }
}

/// A row of parameters, numbered from after `before`.
fn number(row: &str, before: usize) -> String {
    let mut pieces = row.split('$');
    let mut numbered = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = piece.split_at(digits);
        let number = before + number.parse::<usize>().unwrap_or_default();
        // A string takes everything.
        let _ = write!(numbered, "${number}{rest}");
    }
    numbered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::params;

    const STATEMENT: OfRows = OfRows {
        head: "select * from (values",
        row: "($1, cast($2 as bigint))",
        tail: ")",
    };

    #[test]
    fn each_row_has_parameters_of_its_own() {
        assert_eq!(
            STATEMENT.numbered(2),
            "select * from (values ($1, cast($2 as bigint)), ($3, cast($4 as bigint)))"
        );
        assert_eq!(
            STATEMENT.unnumbered(2),
            "select * from (values (?, cast(? as bigint)), (?, cast(? as bigint)))"
        );
    }

    #[test]
    fn rows_come_in_few_lengths_and_none_is_lost() {
        let rows: Vec<_> = (0..157_u32).map(|number| params!["a", number]).collect();
        let asked = STATEMENT.ask(rows.clone());
        let pieces: Vec<Vec<Value>> = asked.pieces().collect();
        let lengths: Vec<usize> = pieces.iter().map(|piece| piece.len() / 2).collect();
        assert_eq!(lengths, [64, 64, 32]);
        let filled = pieces.concat();
        assert_eq!(filled[..rows.len() * 2], rows.concat());
        let null = [Value::Text(None), Value::Int(None)];
        assert!(filled[rows.len() * 2..].chunks(2).all(|row| row == null));
        assert_eq!(STATEMENT.ask::<2>([]).pieces().count(), 0);
    }
}
