//! The server's tests, in one binary so that they link once.

mod access;
mod accounts;
mod app;
mod arrival;
mod backup;
mod cards;
mod demo;
mod desk;
mod exports;
mod hall;
mod host;
mod import;
mod import_month;
mod kit;
mod limits;
mod live;
mod pad;
mod pages;
mod pairing;
mod postgres;
mod posting;
mod pull;
mod push;
mod recount;
mod store_contract;
mod tidy;
