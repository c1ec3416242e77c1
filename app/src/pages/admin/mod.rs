//! The organiser's pages. All of them need a session; the server decides, a page only shows.

pub mod account;
pub mod acts;
pub mod calculation;
pub mod calendar;
pub mod cards;
pub mod contests;
pub mod desk;
mod duties;
pub mod hooks;
mod host_card;
pub mod import;
mod import_changes;
pub mod links;
pub mod month;
pub mod months;
pub mod nav;
pub mod new_contest;
pub mod photo;
pub mod print;
pub mod roster;
pub mod rules;
mod seat_acts;
mod seat_facts;
pub mod seats;
pub mod sign_in;
pub mod slips;
mod working;
