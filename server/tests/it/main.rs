//! The server's tests, in one binary so that they link once.

mod access;
mod app;
mod backup;
mod cards;
mod demo;
mod desk;
mod import;
mod kit;
mod live;
mod pad;
mod pages;
mod pairing;
mod postgres;
mod posting;
mod store_contract;
mod sync;
mod recount;
