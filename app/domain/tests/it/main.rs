//! The rules of the product, one integration binary. Test names are the sentences they prove.

mod cases;
mod charter;
mod charter_faults;
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
