//! One module for each page.

pub mod admin;
pub mod boards;
pub mod contest;
pub mod field;
pub mod help;
pub mod home;
pub mod host;
pub mod lazy;
pub mod missing;
pub mod month;
pub mod screen;
pub mod seat;
pub mod settings;
pub mod unit;
pub mod units;
