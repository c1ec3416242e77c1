//! One operation: one sealed version of a sheet, or an abstention. Append-only: a correction is a
//! new op that names the one it replaces. The judge's private note is no part of it, ever.

use domain::ids::{ContestId, DeviceId, EntryId, Millis, OpId, SeatId, Seq, SheetId};
use serde::{Deserialize, Serialize};

/// The version of the op's own shape, which outlives any one protocol version.
pub const OP_VERSION: u32 = 1;
/// Bytes of one op's body; a sheet of forty criteria fits.
pub const OP_BYTES_MAX: usize = 8 * 1024;
/// Marks on one sheet.
pub const MARKS_MAX: usize = 60;

/// A device's own count of its ops, from 1, without a gap: the server can tell what is missing.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct DeviceSeq(pub u64);

impl DeviceSeq {
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// What a holder did, on which device, as which of its ops.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Op {
    pub v: u32,
    pub op_id: OpId,
    /// Nil outside contests.
    pub contest: ContestId,
    /// The holder's place: its seat, or outside contests its link under the same name.
    pub seat: SeatId,
    pub device: DeviceId,
    pub device_seq: DeviceSeq,
    /// The device's own clock. It orders nothing; it can only send a sheet to a person (R2).
    pub recorded_at: Millis,
    pub change: Change,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", from = "AnyChange")]
pub enum Change {
    Seal(SealedSheet),
    Abstain(Abstention),
    /// The text of a [`super::FieldAct`], by a holder of no seat. A pad that scores reads none.
    Field(String),
    /// A newer phone's; whatever it holds is left alone.
    Unknown,
}

#[derive(Deserialize)]
struct AnyChange {
    #[serde(default)]
    seal: Option<SealedSheet>,
    #[serde(default)]
    abstain: Option<Abstention>,
    #[serde(default)]
    field: Option<String>,
}

impl From<AnyChange> for Change {
    fn from(change: AnyChange) -> Self {
        match (change.seal, change.abstain, change.field) {
            (Some(sheet), None, None) => Self::Seal(sheet),
            (None, Some(abstention), None) => Self::Abstain(abstention),
            (None, None, Some(text)) => Self::Field(text),
            _ => Self::Unknown,
        }
    }
}

/// One sealed version of one seat's marks for one entry and attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedSheet {
    pub sheet_id: SheetId,
    pub entry: EntryId,
    pub attempt: u32,
    /// The number of the gate's window that the pad knew of; 0 when it had heard of none.
    pub gate: u32,
    /// 1 for the first version, one more for each that replaces it.
    pub version: u32,
    /// The version that this one stands for; without it a second version is a conflict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<OpId>,
    pub charter_version: u32,
    pub marks: Vec<SheetMark>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offline: Option<OfflineSeal>,
    /// The four digits the host announced while the gate was open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate_code: Option<String>,
}

/// A seat that takes part but gives no mark to this entry. It leaves n and is never a zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abstention {
    pub sheet_id: SheetId,
    pub entry: EntryId,
    pub attempt: u32,
    pub gate: u32,
    pub version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<OpId>,
    pub charter_version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offline: Option<OfflineSeal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate_code: Option<String>,
}

/// One criterion's mark in thousandths of a point. `None` is "no mark", never zero (R13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetMark {
    pub criterion: String,
    pub millis: Option<i64>,
}

/// Says that the pad could not hear the host when the sheet was sealed, and what it knew then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineSeal {
    /// The last server sequence heard of.
    pub last_seq: Seq,
    /// The attempt heard of for this entry.
    pub heard_attempt: u32,
    /// Server time minus device time, measured at the last contact; `None` if never measured.
    #[serde(default)]
    pub clock_offset_ms: Option<i64>,
}

/// The exact bytes of an op and their seal: HMAC-SHA-256 with the seat key over the body's UTF-8
/// bytes, in hex. Nobody re-encodes the body, so a carrier or a newer server cannot break it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOp {
    pub body: String,
    pub mac: String,
}

/// Why a decoded op is not taken, though it could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpFault {
    NewerVersion,
    UnknownChange,
    DeviceSeqZero,
    /// No phone counts that far, and above it a browser's numbers are not exact.
    DeviceSeqTooLarge,
    VersionZero,
    AttemptZero,
    ReplacesMissing,
    ReplacesItself,
    NoMarks,
    TooManyMarks,
    RepeatedCriterion,
    BadGateCode,
    /// An offline pad can only mean the attempt it had heard of.
    AttemptDiffers,
}

/// The fields that a sealed sheet and an abstention share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetFrame<'a> {
    pub sheet_id: SheetId,
    pub entry: EntryId,
    pub attempt: u32,
    pub gate: u32,
    pub version: u32,
    pub replaces: Option<OpId>,
    pub charter_version: u32,
    pub offline: Option<OfflineSeal>,
    pub gate_code: Option<&'a str>,
    /// Empty for an abstention.
    pub marks: &'a [SheetMark],
}

impl Change {
    /// The sheet this change is about, whatever it does with it.
    pub fn frame(&self) -> Option<SheetFrame<'_>> {
        match self {
            Change::Seal(sheet) => Some(SheetFrame {
                sheet_id: sheet.sheet_id,
                entry: sheet.entry,
                attempt: sheet.attempt,
                gate: sheet.gate,
                version: sheet.version,
                replaces: sheet.replaces,
                charter_version: sheet.charter_version,
                offline: sheet.offline,
                gate_code: sheet.gate_code.as_deref(),
                marks: &sheet.marks,
            }),
            Change::Abstain(sheet) => Some(SheetFrame {
                sheet_id: sheet.sheet_id,
                entry: sheet.entry,
                attempt: sheet.attempt,
                gate: sheet.gate,
                version: sheet.version,
                replaces: sheet.replaces,
                charter_version: sheet.charter_version,
                offline: sheet.offline,
                gate_code: sheet.gate_code.as_deref(),
                marks: &[],
            }),
            Change::Field(_) | Change::Unknown => None,
        }
    }
}

/// The largest whole number that a browser reads exactly.
const DEVICE_SEQ_MAX: DeviceSeq = DeviceSeq((1 << 53) - 1);

impl Op {
    /// What can be checked of every op.
    pub fn check_envelope(&self) -> Result<(), OpFault> {
        if OP_VERSION < self.v {
            return Err(OpFault::NewerVersion);
        }
        if self.device_seq == DeviceSeq(0) {
            return Err(OpFault::DeviceSeqZero);
        }
        if DEVICE_SEQ_MAX < self.device_seq {
            return Err(OpFault::DeviceSeqTooLarge);
        }
        Ok(())
    }

    /// What can be checked of a sheet without knowing the contest. Marks are checked against the
    /// charter.
    pub fn check(&self) -> Result<SheetFrame<'_>, OpFault> {
        self.check_envelope()?;
        let frame = self.change.frame().ok_or(OpFault::UnknownChange)?;
        check_version(self.op_id, &frame)?;
        if matches!(self.change, Change::Seal(_)) {
            check_marks(frame.marks)?;
        }
        if frame
            .offline
            .is_some_and(|offline| offline.heard_attempt != frame.attempt)
        {
            return Err(OpFault::AttemptDiffers);
        }
        match frame.gate_code {
            Some(code) if !is_gate_code(code) => Err(OpFault::BadGateCode),
            _ => Ok(frame),
        }
    }
}

fn check_version(op_id: OpId, frame: &SheetFrame<'_>) -> Result<(), OpFault> {
    match (frame.attempt, frame.version, frame.replaces) {
        (0, _, _) => Err(OpFault::AttemptZero),
        (_, 0, _) => Err(OpFault::VersionZero),
        (_, _, Some(replaced)) if replaced == op_id => Err(OpFault::ReplacesItself),
        (_, 2.., None) => Err(OpFault::ReplacesMissing),
        _ => Ok(()),
    }
}

fn check_marks(marks: &[SheetMark]) -> Result<(), OpFault> {
    if marks.is_empty() {
        return Err(OpFault::NoMarks);
    }
    if MARKS_MAX < marks.len() {
        return Err(OpFault::TooManyMarks);
    }
    let repeated = marks.iter().enumerate().any(|(at, mark)| {
        marks
            .iter()
            .take(at)
            .any(|earlier| earlier.criterion == mark.criterion)
    });
    if repeated {
        Err(OpFault::RepeatedCriterion)
    } else {
        Ok(())
    }
}

fn is_gate_code(code: &str) -> bool {
    code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit())
}
