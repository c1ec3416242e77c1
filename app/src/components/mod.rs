//! Shared blocks: props in, events out, no fetching. Each has its block file in `style/blocks`.

pub mod bar;
pub mod dial;
pub mod dialog;
pub mod icon;
pub mod keypad;
pub mod scale_switch;
pub mod slider;
pub mod sync_slip;
