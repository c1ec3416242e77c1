//! Handlers and layers, none of which knows a rule.

pub mod pages;
pub mod pwa;
pub mod security;
