//! The server of Leitai (擂台). Read in this order:
//! [`config`] what can be set, [`assets`] the built files and their precache list, [`state`] what a
//! request may use, [`router`] every route, [`http`] the handlers and layers, [`service`] the use
//! cases, [`store`] the database.

pub mod assets;
pub mod backend;
pub mod backup;
pub mod charter_file;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod docx;
pub mod http;
pub mod recount;
pub mod router;
pub mod service;
pub mod state;
pub mod store;
pub mod telemetry;
