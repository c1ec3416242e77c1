//! The interface of Leitai (擂台): pages and components in Leptos, and the server functions that
//! feed them. Nothing in this crate knows a browser API or a database: the browser's side comes in
//! through [`pad`], [`live`], [`host`] and [`photo`], the server's through [`backend`].

pub mod api;
pub mod app;
pub mod backend;
pub mod components;
pub mod error;
pub mod format;
pub mod host;
pub mod kept;
pub mod live;
pub mod mounted;
pub mod pad;
pub mod pages;
pub mod paths;
pub mod pattern;
pub mod photo;
pub mod prefs;
pub mod shell;
pub mod text;
pub mod when;

pub use app::App;
pub use shell::shell;
