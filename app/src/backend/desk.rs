//! The organiser's desk: one contest, everything that is done to it, and its calculation.

use super::public::ContestCard;
use domain::charter::CharterDraft;
use domain::ids::{EntryId, Millis, OpId, SeatId, UnitId};
use domain::scoring::{ContestResult, SheetInput};
use serde::{Deserialize, Serialize};
use sync::protocol::{GateView, Preflight, RejectReason, Standing};

/// A contest to be made from a preset or a charter of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewContest {
    pub title: String,
    pub subtitle: String,
    pub held_on: String,
    pub place: String,
    /// A charter as TOML; a preset's text is a charter like any other.
    pub charter: String,
    pub entries: Vec<NewEntry>,
    pub seats: Vec<NewSeats>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEntry {
    pub name: String,
    pub topic: String,
    pub unit: Option<UnitId>,
    /// Empty means 1.
    pub multiplier: String,
}

/// So many seats of one class of voters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSeats {
    pub class: String,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresetCard {
    pub key: String,
    pub title: String,
    pub source: String,
    pub toml: String,
    /// Key and name of each class, to ask for seats before the charter is parsed again.
    pub classes: Vec<(String, String)>,
}

/// The desk as it stands at one server sequence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskPage {
    pub card: ContestCard,
    pub charter: CharterDraft,
    pub charter_version: u32,
    pub roster_version: u32,
    pub tally: SheetsTally,
    pub entries: Vec<DeskEntry>,
    pub seats: Vec<DeskSeat>,
    /// Sheets that a person has to decide on: quarantined ones, and conflicts.
    pub held: Vec<HeldSheet>,
    /// Ops that came and could not be read, or did not fit their seal: kept, never counted.
    #[serde(default)]
    pub unreadable: Vec<UnreadableOp>,
    pub editions: u32,
    pub server_time: Millis,
}

/// 应收/实收/计入/隔离 (R10). Expected counts only entries whose gate has been opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetsTally {
    pub expected: u32,
    pub received: u32,
    pub counted: u32,
    pub quarantined: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskEntry {
    pub id: EntryId,
    pub position: u32,
    pub name: String,
    pub topic: String,
    pub unit: Option<UnitId>,
    pub multiplier: String,
    pub withdrawn: bool,
    pub gate: GateView,
    /// The four digits the host may announce, while the gate is open.
    pub gate_code: String,
    pub tally: SheetsTally,
    pub deductions: Vec<Deduction>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deduction {
    pub id: String,
    pub points: String,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskSeat {
    pub id: SeatId,
    pub number: u32,
    pub class: String,
    pub class_name: String,
    /// Who sits there; empty where nobody was named.
    pub person: String,
    pub card: CardState,
    pub pairing: Option<Pairing>,
    /// One for each entry, in running order.
    pub entries: Vec<SeatEntry>,
    /// Absent from the whole contest, with the reason.
    pub absence: Option<Absence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    None,
    Issued,
    Locked,
    Withdrawn,
}

/// The device that holds a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairing {
    pub paired_at: Millis,
    pub last_seen: Option<Millis>,
    /// Seen within the last twenty seconds.
    pub online: bool,
    /// Sheets that the pad says it still holds.
    pub pending: u32,
    pub preflight: Option<Preflight>,
    /// The pad would work without network at the versions of this contest.
    pub ready: bool,
    /// The pad took the seat over from another device, then.
    pub took_over_at: Option<Millis>,
}

/// What one seat did for one entry. No mark: until a gate closes the desk sees states only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatEntry {
    pub entry: EntryId,
    pub sheet: DeskSheet,
    /// The reason of a recusal or an absence.
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskSheet {
    /// Expected, and not here.
    Missing,
    Received,
    /// Counted, and marked 离线补传.
    Offline,
    Quarantined,
    Conflict,
    Abstained,
    Recused,
    Absent,
    Void,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    pub reason: String,
}

/// A sheet that waits for a person, with what is needed to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldSheet {
    pub op: OpId,
    pub entry: EntryId,
    pub seat: SeatId,
    pub standing: Standing,
    /// The first characters of the device's id, to tell two devices apart.
    pub device: String,
    pub recorded_at: Millis,
    pub received_at: Millis,
    /// A carrier brought it in a file.
    pub carried: bool,
    /// Criterion name and mark; empty while the entry's gate is open.
    pub marks: Vec<(String, String)>,
    pub total: Option<String>,
}

/// Something that a pad sent and that nobody can read. The pad still has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadableOp {
    pub seat: SeatId,
    /// The first characters of the device's id, to tell two devices apart.
    pub device: String,
    pub received_at: Millis,
    /// A carrier brought it in a file.
    pub carried: bool,
    pub reason: RejectReason,
}

/// Everything an organiser does to a contest. A reason is kept with the act and with who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum DeskCommand {
    OpenGate {
        entry: EntryId,
    },
    CloseGate {
        entry: EntryId,
        reason: String,
    },
    ReopenGate {
        entry: EntryId,
        reason: String,
    },
    /// 中止/重来: archives the attempt with its sheets and starts the next (R8).
    RestartEntry {
        entry: EntryId,
        reason: String,
    },
    WithdrawEntry {
        entry: EntryId,
        reason: String,
    },
    AddEntry {
        entry: NewEntry,
    },
    /// Puts an entry at a place of the running order, counted from 1.
    MoveEntry {
        entry: EntryId,
        position: u32,
    },
    Deduct {
        entry: EntryId,
        points: String,
        reason: String,
    },
    RemoveDeduction {
        id: String,
    },
    AddSeats {
        seats: NewSeats,
    },
    RemoveSeat {
        seat: SeatId,
    },
    /// Another person on a seat.
    SeatPerson {
        seat: SeatId,
        person: String,
    },
    Recuse {
        seat: SeatId,
        entry: EntryId,
        reason: String,
    },
    LiftRecusal {
        seat: SeatId,
        entry: EntryId,
    },
    /// Without an entry: from the whole contest.
    Excuse {
        seat: SeatId,
        entry: Option<EntryId>,
        reason: String,
    },
    LiftAbsence {
        seat: SeatId,
        entry: Option<EntryId>,
    },
    /// Counts a quarantined sheet, or the chosen one of several versions.
    CountSheet {
        op: OpId,
        reason: String,
    },
    /// Sets a sheet aside for good; it stays on record.
    VoidSheet {
        op: OpId,
        reason: String,
    },
    IssueCards,
    IssueHostCard,
    /// Of a seat; without one, the host's. So with the next two.
    ReissueCard {
        seat: Option<SeatId>,
    },
    UnlockCard {
        seat: Option<SeatId>,
    },
    WithdrawCard {
        seat: Option<SeatId>,
    },
    /// Freezes the result and puts it out. With sheets outstanding it needs a reason; a further
    /// posting is a 更正 and says what changed.
    Post {
        reason: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cards {
    pub card: ContestCard,
    /// Why no card may be printed: the public address is neither https nor localhost.
    pub refused: Option<String>,
    pub sheets: Vec<CardSheet>,
    pub host: HostCard,
}

/// The host's card, and the tablet that it was paired with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostCard {
    pub state: CardState,
    pub print: Option<CardPrint>,
    pub pairing: Option<Pairing>,
}

/// The printed card of one seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardSheet {
    pub number: u32,
    pub class_name: String,
    pub person: String,
    pub state: CardState,
    pub print: Option<CardPrint>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardPrint {
    pub url: String,
    /// The QR code of the URL as SVG path data on a grid of `size` modules.
    pub qr_path: String,
    pub qr_size: u32,
    pub digits: String,
}

/// The computed result with the whole calculation, once gates have closed. Indices in `result` are
/// places in `entries` and `seats`, and in the charter's classes and criteria.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calculation {
    pub card: ContestCard,
    pub charter: CharterDraft,
    pub entries: Vec<CalculatedEntry>,
    pub seats: Vec<CalculatedSeat>,
    pub result: ContestResult,
    /// The sheets it was computed from, so that every total can be checked mark by mark.
    #[serde(default)]
    pub sheets: Vec<SheetInput>,
    pub tally: SheetsTally,
    /// Entries left out because their gate is open or was never opened.
    pub not_closed: u32,
    pub posted: bool,
    pub check_code: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalculatedEntry {
    pub id: EntryId,
    pub position: u32,
    pub name: String,
    pub deductions: Vec<Deduction>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalculatedSeat {
    pub id: SeatId,
    pub number: u32,
    pub person: String,
    pub class: usize,
    /// Indices of `entries` for which this seat's sheet came late from a pad without network.
    pub offline: Vec<usize>,
}
