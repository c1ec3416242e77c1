//! Server functions, one file for each audience. Each is one line over [`crate::backend`]; what it
//! may do is decided there.

pub mod calendar;
pub mod desk;
pub mod field;
pub mod ladder;
pub mod leader;
pub mod month;
pub mod pledge;
pub mod public;
pub mod roster;
pub mod rules;
pub mod staff;
pub mod work;
