//! Every statement is a constant of the module that uses it, and enters itself into one list, so
//! that a test can show each one to both databases and none can be forgotten.

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
