//! Handlers and layers, none of which knows a rule.

pub mod api;
pub mod auth;
pub mod by_link;
pub mod error;
pub mod exports;
pub mod health;
pub mod host;
pub mod limits;
pub mod live;
pub mod pages;
pub mod photos;
pub mod pictures;
pub mod pwa;
pub mod rendered;
pub mod scans;
pub mod security;
pub mod sync;
pub mod uploads;
