//! The use cases. Each checks permission first, then loads, asks `domain`, and stores, in one
//! transaction.

pub mod accounts;
pub mod act;
pub mod calculation;
pub mod calendar;
pub mod cards;
pub mod chance;
pub mod charter_file;
pub mod contests;
pub mod create;
pub mod desk;
pub mod duties;
pub mod entries;
pub mod error;
pub mod exports;
pub mod field;
pub mod gates;
pub mod hand_over;
pub mod holder;
pub mod host;
pub mod ladder;
pub mod live;
pub mod month;
pub mod notify;
pub mod pairing;
pub mod passwords;
pub mod permission;
pub mod posting;
pub mod presence;
pub mod qr;
pub mod record;
pub mod roster;
pub mod sheets;
mod siblings;
pub mod sync;
pub mod table;
pub mod uploads;
