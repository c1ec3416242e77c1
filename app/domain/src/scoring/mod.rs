//! The arithmetic of a contest: sheets in, scores and places out. One engine for the server, the
//! pad and the recount. It is exact until the charter rounds, it never panics, and whatever it
//! cannot compute becomes a held entry with a reason, never a number.
//!
//! [`score_entry`] scores one entry, [`rank`] places them all, [`score_contest`] does both.

mod class;
mod column;
mod contest;
mod entry;
mod input;
mod note;
mod outcome;
mod rank;

pub use contest::score_contest;
pub use entry::{score_entry, sheet_total};
pub use input::{ContestInput, EntryInput, InputError, SeatInput, SheetInput, SheetState};
pub use note::{HoldReason, Note};
pub use outcome::{
    ClassScore, Column, ContestResult, EntryResult, EntryScore, Fate, Line, OutReason, Panel,
    Standing, Status,
};
pub use rank::rank;
