//! Every statement is a constant of the module that uses it, and enters itself into one list, so
//! that a test can show each one to both databases and none can be forgotten.

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
const ROWS_MAX: usize = 64;

/// A statement that takes as many rows of parameters as there are.
pub(crate) struct OfRows {
    pub head: &'static str,
    /// One row, `($1, $2)`. A statement that reads says of which type each is, since PostgreSQL
    /// cannot tell.
    pub row: &'static str,
    pub tail: &'static str,
}

impl OfRows {
    /// The statement for so many rows.
    pub(super) fn text(&self, rows: usize) -> String {
        let mut sql = self.head.to_owned();
        let width = self.row.matches('$').count();
        for row in 0..rows {
            sql.push_str(if row == 0 { " " } else { ", " });
            self.push_row(row * width, &mut sql);
        }
        sql + self.tail
    }

    /// One row, its parameters numbered from after `before`.
    fn push_row(&self, before: usize, sql: &mut String) {
        let mut pieces = self.row.split('$');
        sql.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = piece.split_at(digits);
            let number = before + number.parse::<usize>().unwrap_or_default();
            // A string takes everything.
            let _ = write!(sql, "${number}{rest}");
        }
    }
}

/// Cuts rows into pieces of few lengths (the powers of two), so that the databases meet few texts
/// and keep them prepared.
pub(super) fn pieces<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let length = 1 << rows.len().min(ROWS_MAX).checked_ilog2()?;
        let (piece, rest) = rows.split_at(length);
        rows = rest;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_parameters_of_its_own() {
        let statement = OfRows {
            head: "insert into t (a, b) values",
            row: "($1, cast($2 as text))",
            tail: " on conflict do nothing",
        };
        assert_eq!(
            statement.text(2),
            "insert into t (a, b) values ($1, cast($2 as text)), ($3, cast($4 as text)) \
             on conflict do nothing"
        );
    }

    #[test]
    fn rows_are_cut_into_powers_of_two_and_none_is_lost() {
        let rows: Vec<usize> = (0..150).collect();
        let lengths: Vec<usize> = pieces(&rows).map(<[usize]>::len).collect();
        assert_eq!(lengths, [64, 64, 16, 4, 2]);
        assert_eq!(pieces(&rows).flatten().count(), rows.len());
        assert_eq!(pieces::<usize>(&[]).count(), 0);
    }
}
