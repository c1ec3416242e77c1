//! `GET /api/v1/sync/pull?cursor=…`: everything one seat may see of its contest, or "unchanged".
//! A contest is small, so a delta is the whole view. Invariant: no other seat's mark is in it.

use super::{DeviceSeq, Owed, SheetMark, Standing};
use domain::charter::Criterion;
use domain::ids::{ContestId, CredentialId, DeviceId, EntryId, Millis, OpId, SeatId, Seq, SheetId};
use domain::stage::{ContestState, GateState};
use serde::{Deserialize, Serialize};

/// The rules of the contest as one seat needs them: the charter was checked, and what the pad does
/// not compute (weights, trimming, ties) stays on the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatCharter {
    /// What the seat's class marks, in the charter's order.
    pub criteria: Vec<Criterion>,
}

/// The query of a pull.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRequest {
    pub protocol: u32,
    pub device: DeviceId,
    /// The cursor of the last answer; 0 at first.
    pub cursor: Seq,
    #[serde(default)]
    pub pending: u32,
}

pub type PullResponse = Delta;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delta {
    pub protocol: u32,
    pub min_protocol: u32,
    /// To be sent with the next pull; also the last sequence this pad has then heard of.
    pub cursor: Seq,
    pub server_time: Millis,
    pub unchanged: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<Box<SeatView>>,
}

/// Outside contests `contest` bears the season's title and a nil id, there are no entries, and
/// `sheets` says no more than which of this holder's ops have arrived.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeatView {
    pub contest: ContestView,
    pub seat: SeatInfo,
    pub charter: SeatCharter,
    /// In running order.
    pub entries: Vec<EntryView>,
    /// This seat's own sheets, every version, from whichever of its devices.
    #[serde(default)]
    pub sheets: Vec<OwnSheet>,
    pub credential: CredentialView,
    /// The text of a [`super::FieldView`], for a holder of no seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Of a unit's card: what it has to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<Owed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestView {
    pub id: ContestId,
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    pub state: StageState,
    pub charter_version: u32,
    pub roster_version: u32,
    pub county: String,
    /// Shows the 演示 watermark.
    #[serde(default)]
    pub demo: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageState {
    Draft,
    Ready,
    Open,
    Closed,
    Posted,
    #[serde(other)]
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatInfo {
    pub id: SeatId,
    pub number: u32,
    pub label: String,
    pub class: String,
    pub class_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    pub id: EntryId,
    pub position: u32,
    pub name: String,
    #[serde(default)]
    pub topic: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub withdrawn: bool,
    /// Why this seat does not mark this entry (XY-7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recused: Option<Recusal>,
    pub gate: GateView,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recusal {
    #[serde(default)]
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateView {
    pub state: GateStateView,
    pub attempt: u32,
    /// How often the gate was opened; 0 before the first time.
    pub number: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_seq: Option<Seq>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close_seq: Option<Seq>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateStateView {
    Pending,
    Open,
    Closed,
    #[serde(other)]
    Unknown,
}

/// One version of a sheet that the server holds for this seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSheet {
    pub op_id: OpId,
    pub sheet_id: SheetId,
    pub entry: EntryId,
    pub attempt: u32,
    pub version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<OpId>,
    /// Empty for an abstention.
    #[serde(default)]
    pub marks: Vec<SheetMark>,
    pub standing: Standing,
    pub received_at: Millis,
    pub device: DeviceId,
}

/// The credential that asked, and the take-over notice (R6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialView {
    pub id: CredentialId,
    pub state: CredentialState,
    pub expires_at: Millis,
    /// When this device took the seat over from another, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_over_at: Option<Millis>,
    /// The highest number among this device's ops that the server holds.
    #[serde(default)]
    pub device_seq: DeviceSeq,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialState {
    Active,
    Replaced,
    Withdrawn,
    Expired,
    #[serde(other)]
    Unknown,
}

impl From<ContestState> for StageState {
    fn from(state: ContestState) -> Self {
        match state {
            ContestState::Draft => Self::Draft,
            ContestState::Ready => Self::Ready,
            ContestState::Open => Self::Open,
            ContestState::Closed => Self::Closed,
            ContestState::Posted => Self::Posted,
        }
    }
}

impl From<GateState> for GateStateView {
    fn from(state: GateState) -> Self {
        match state {
            GateState::Pending => Self::Pending,
            GateState::Open => Self::Open,
            GateState::Closed => Self::Closed,
        }
    }
}
