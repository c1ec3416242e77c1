//! The rules of Leitai (擂台). Pure Rust: no clock, no randomness, no IO, no floats.

pub mod charter;
pub mod ids;
pub mod mark;
pub mod month;
pub mod number;
pub mod ratio;
pub mod scoring;
pub mod stage;
pub mod worklist;
