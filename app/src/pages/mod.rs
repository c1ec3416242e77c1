//! One module for each page.

pub mod home;
pub mod missing;
pub mod seat;
