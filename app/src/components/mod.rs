//! Shared blocks: props in, events out, no fetching. Each has its block file in `style/blocks`.

pub mod bar;
pub mod chart;
mod charter_faults;
pub mod credential;
pub mod dial;
pub mod dialog;
pub mod faults;
pub mod frame;
pub mod freshness;
pub mod gate_act;
pub mod hold;
pub mod icon;
pub mod import_faults;
pub mod keypad;
pub mod loaded;
pub mod pair;
pub mod print;
pub mod ranking;
pub mod scale_switch;
pub mod share;
pub mod slider;
pub mod standing;
pub mod state;
pub mod sync_slip;
pub mod watermark;
pub mod wire;
pub mod words;
