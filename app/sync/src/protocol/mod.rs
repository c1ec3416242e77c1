//! The shapes on the wire and in files: durable, versioned, each pinned by a golden file.
//!
//! Invariant: a shape that was released once can be read for ever. Fields are only added, with a
//! default; enums that grow have an `Unknown` that swallows what a newer side says. A variant is
//! named before what it holds, so that the phone's reader needs no memory for what it cannot place
//! yet; that reader leaves alone what an unknown variant holds. A server does so for a [`Change`]
//! only: it cannot be rolled back past a standing of a new shape that it has written.

mod field;
mod field_due;
mod field_figures;
mod field_flags;
mod hand_over;
mod host;
mod live;
mod op;
mod owed;
mod pairing;
mod photo;
mod preflight;
mod problem;
mod pull;
mod push;
mod standing;

pub use field::{
    Appeal, AppealState, DIMENSION_MAX, FieldAct, FieldItem, FieldKept, FieldMerit, FieldPlan,
    FieldRecord, FieldReply, FieldSlip, FieldState, FieldUnit, FieldView, PLAN_MAX, REASON_MAX,
    RecordFault, SPOT_MAX, points,
};
pub use field_due::{FieldDuty, FieldDutyKind};
pub use field_figures::{
    FIGURES_MAX, FieldCell, FieldEntry, FieldFigure, FieldFigures, FieldIndicator, FieldLater,
};
pub use field_flags::{FieldFlag, FieldFlags, FlagBasis, FlagDecision};
pub use hand_over::{HAND_OVER_FORMAT, HAND_OVER_VERSION, HandOver, HandOverError};
pub use host::{HostAct, HostCommand, HostEntry, HostView};
pub use live::{LiveEvent, LiveKind, PadCounts};
pub use op::{
    Abstention, Change, DeviceSeq, MARKS_MAX, OP_BYTES_MAX, OP_VERSION, OfflineSeal, Op, OpFault,
    SealedSheet, SheetFrame, SheetMark, SignedOp,
};
pub use owed::Owed;
pub use pairing::{HolderKind, PairRefusal, PairRequest, PairResponse, SeatKey};
pub use photo::{PHOTO_BYTES_MAX, PHOTO_SIDE_MAX, PhotoName, PhotoState};
pub use preflight::Preflight;
pub use problem::{Problem, ProblemCode};
pub use pull::{
    ContestView, CredentialState, CredentialView, Delta, EntryView, GateStateView, GateView,
    OwnSheet, PullRequest, PullResponse, Recusal, SeatCharter, SeatInfo, SeatView, StageState,
};
pub use push::{
    BATCH_MAX, BODY_BYTES_MAX, OpOutcome, Outcome, PushRequest, PushResponse, RejectReason,
};
pub use standing::{KeptReason, QuarantineReason, Standing};

/// The version this build speaks. It rises only when an older reader would misunderstand.
pub const PROTOCOL_VERSION: u32 = 1;
/// The oldest version this build still understands; two versions back at least are kept (D-7).
pub const PROTOCOL_VERSION_MIN: u32 = 1;

const _: () = assert!(PROTOCOL_VERSION_MIN <= PROTOCOL_VERSION);

/// Whether this build can talk to a side that speaks `version`.
pub fn speaks(version: u32) -> bool {
    (PROTOCOL_VERSION_MIN..=PROTOCOL_VERSION).contains(&version)
}
