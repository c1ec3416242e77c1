//! The rules of the product, one integration binary. Test names are the sentences they prove.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

mod cases;
mod charter;
mod charter_faults;
mod month;
mod numbers;
mod order;
mod panel;
mod presets;
mod properties;
mod published;
mod scenarios;
mod support;
mod ties;
mod trim;
mod worklist;
