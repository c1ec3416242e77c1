//! One contest on its stage: gates, sheets and what becomes of a sheet that arrives.
//!
//! Invariant: nothing is dropped. Every sheet that arrives is counted, or kept with the reason why
//! it does not count. Order rests on sequence numbers; a time only ever sends a sheet to a person.

mod arrival;
mod contest;
mod gate;
mod sheet;
mod version;

pub use arrival::{
    Admission, CLOCK_JUMP_MS_MAX, ContestFacts, Credential, GateFacts, Kept, OfflineNote,
    Quarantine, SEAL_TOLERANCE_MS, SealFacts, SealedOffline, TimeNotTested, admit, clock_jumped,
};
pub use contest::{ContestError, ContestState, Outstanding};
pub use gate::{Close, Gate, GateAct, GateError, GateState, Window};
pub use sheet::{SheetError, SheetState};
pub use version::{ChooseError, NewVersion, Placing, Settlement, Version, choose, supersede};
