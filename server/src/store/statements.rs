//! Every statement is a constant of the module that uses it, and stands in that module's list; the
//! lists come together here, so that a test can show each one to both databases.

/// Constants with SQL, and `STATEMENTS` with all of them by name.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)*
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use statements;

/// Every statement of the server, by name.
#[must_use]
pub fn every_statement() -> Vec<(&'static str, &'static str)> {
    [super::event::STATEMENTS, super::migrate::STATEMENTS].concat()
}
