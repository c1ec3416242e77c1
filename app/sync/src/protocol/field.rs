//! What holders outside contests see and say: inspectors who record merit points in villages
//! without network (GY-16), confirmers who look at such records, departments that enter figures,
//! units that appeal and reply. These shapes travel as text inside the shapes of seats, so that a
//! phone that scores carries no code for them.

use super::{FieldDuty, FieldEntry, FieldFigures, FieldFlags, PhotoName, PhotoState};
use domain::ids::{MeritId, Millis, OpId, SlipId, UnitId};
use domain::month::item::{DOCUMENT_NO_MAX, POINTS_MAX};
use domain::month::period::Period;
use domain::month::slip::SlipState;
use domain::number::Decimal;
use serde::{Deserialize, Serialize};

/// All that one holder may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldView {
    pub season_name: String,
    /// The month that is on.
    pub period: Period,
    /// The day of the download, `2026-07-12`.
    pub today: String,
    /// Those that an inspector may record for; of a unit, itself.
    pub units: Vec<FieldUnit>,
    /// Dimensions that were used before, for quick choice (ES-3).
    #[serde(default)]
    pub dimensions: Vec<String>,
    /// An inspector's own records, or those about a unit, newest first.
    #[serde(default)]
    pub merits: Vec<FieldMerit>,
    /// How many days after its confirmation a record may be appealed against.
    #[serde(default)]
    pub appeal_days: u32,
    /// An inspector's records may have a photo each.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub takes_photos: bool,
    /// A unit's slips, newest first. Talks are for named roles and never among them (GY-19).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slips: Vec<FieldSlip>,
    /// What a department enters, and until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<FieldEntry>,
    /// What arrived and could not be entered, newest first: an account decides about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<FieldKept>,
    /// An inspector may propose a record as a spot (P7).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_spots: bool,
    /// The unit's page is not for everybody, so its card does not lead there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_page_withheld: bool,
    /// What an inspector looks at, dimension by dimension: one tap each (ES-3).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<FieldItem>,
    /// Nothing else is recorded than these items.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub items_only: bool,
    /// A written plan is asked of the unit (P6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<FieldPlan>,
    /// Of a confirmer of one group: its flags in months that wait for the second person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<FieldFlags>,
    /// What the season's calendar asks of the holder now (GY-15).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub due: Vec<FieldDuty>,
}

/// An item of the season's charter. Decimals as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldItem {
    pub dimension: String,
    pub name: String,
    /// With their sign: `2`, `-1.5`.
    pub points: String,
    /// At most so many points of one unit in one month; empty where there is no such bound.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cap: String,
    /// A record of it may say the number of a document.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_document: bool,
}

/// The unit is on the black list of the newest posted month, and is asked for a written plan (P6),
/// in a reply to one of the month's deductions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldPlan {
    pub period: Period,
    /// The day on which the month was posted first: an answer from before is no plan yet.
    pub since: String,
    /// The last day on which the list stands, `2026-07-12`; afterwards nothing is said of it.
    pub until: String,
}

/// An op that waits for an account's decision, or was decided about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldKept {
    pub op_id: OpId,
    pub at: Millis,
    /// The [`FieldAct`] as JSON, as it came.
    pub text: String,
    pub is_entered: bool,
    /// The decision's words; empty while it waits.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decided: String,
}

/// A slip as the unit sees that it went to (GY-18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldSlip {
    pub id: SlipId,
    /// 提醒单, 督办单: the charter's word.
    pub rule: String,
    pub year: u32,
    pub number: u32,
    pub reason: String,
    pub demand: String,
    /// The day by which a reply is wanted, `2026-07-12`.
    pub due: String,
    pub state: SlipState,
    /// Newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<FieldReply>,
}

/// What a unit answered to a slip or to a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldReply {
    /// On which it came, `2026-07-12`.
    pub day: String,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldUnit {
    pub id: UnitId,
    pub name: String,
    pub group: String,
    /// First letters of the syllables, for the search.
    #[serde(default)]
    pub initials: String,
}

/// A record of merit points as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMerit {
    pub id: MeritId,
    /// The op that brought it, where a phone did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op_id: Option<OpId>,
    pub unit: UnitId,
    pub unit_name: String,
    /// With its sign: `2`, `-1.5`.
    pub points: String,
    pub dimension: String,
    pub reason: String,
    pub day: String,
    pub state: FieldState,
    /// Why it was struck out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decided: String,
    /// The last day on which the unit may appeal; empty where there is nothing to appeal against.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub appeal_until: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal: Option<Appeal>,
    /// `None`: it was recorded without a photo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<PhotoState>,
    /// The charter's item that it was recorded by, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub item: String,
    /// The number of the document that gave an honour (XY-15), or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document_no: String,
    /// To a confirmer, of a record that waits: the season's charter lists it otherwise, or not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_unlisted: bool,
    /// What the unit answered to it, newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<FieldReply>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldState {
    /// Arrived; a second person looks at it.
    Recorded,
    /// Arrived after its month was closed; a person decides.
    Late,
    Confirmed,
    /// Struck out, and kept.
    Void,
    #[serde(other)]
    Unknown,
}

/// An appeal (申诉) and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    pub reason: String,
    pub state: AppealState,
    /// The decision's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decided: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppealState {
    Open,
    /// The record was struck out.
    Upheld,
    /// The record stands.
    Rejected,
    #[serde(other)]
    Unknown,
}

/// What a holder says, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldAct {
    Record(FieldRecord),
    Appeal {
        merit: MeritId,
        reason: String,
        draft: u64,
    },
    /// A unit answers a slip.
    Reply {
        slip: SlipId,
        words: String,
        draft: u64,
    },
    /// A unit answers a record about it: what it has put right, or its plan (P6).
    MeritReply {
        merit: MeritId,
        words: String,
        draft: u64,
    },
    /// A confirmer lets a record count, or strikes it out for a reason.
    Decide {
        merit: MeritId,
        is_confirmed: bool,
        reason: String,
        draft: u64,
    },
    Figures(FieldFigures),
    /// The confirmer of a group agrees to its flags in a closed month, or objects for a reason
    /// (GY-6).
    DecideFlags {
        period: Period,
        /// [`FieldFlags::close`] of what the card had seen.
        close: String,
        is_agreed: bool,
        reason: String,
        draft: u64,
    },
}

impl FieldAct {
    /// Which draft of its device it was made from: the same one is never counted twice.
    #[must_use]
    pub fn draft(&self) -> u64 {
        match self {
            Self::Record(record) => record.draft,
            Self::Appeal { draft, .. }
            | Self::Reply { draft, .. }
            | Self::MeritReply { draft, .. }
            | Self::Decide { draft, .. }
            | Self::DecideFlags { draft, .. } => *draft,
            Self::Figures(figures) => figures.draft,
        }
    }
}

/// Characters of a dimension, such as 责任落实.
pub const DIMENSION_MAX: usize = 20;
/// Characters of a spot's place.
pub const SPOT_MAX: usize = 40;
/// Characters of a reason.
pub const REASON_MAX: usize = 200;
/// Characters of a unit's reply to a record: a plan that says why, what and by when fits.
pub const PLAN_MAX: usize = 1_000;

/// What is not right in a record, by its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordFault {
    Unit,
    Points,
    Dimension,
    Reason,
    /// No day, or one that is still to come.
    Day,
    Spot,
    DocumentNo,
}

impl FieldRecord {
    /// What can be said of it without a network; `today` is `2026-07-12`.
    #[must_use]
    pub fn faults(&self, today: &str) -> Vec<RecordFault> {
        let is_text = |text: &str, most: usize| {
            !text.trim().is_empty() && text.trim().chars().count() <= most
        };
        let checks = [
            (RecordFault::Unit, !self.unit.0.is_nil()),
            (RecordFault::Points, points(&self.points).is_some()),
            (
                RecordFault::Dimension,
                is_text(&self.dimension, DIMENSION_MAX),
            ),
            (RecordFault::Reason, is_text(&self.reason, REASON_MAX)),
            (
                RecordFault::Day,
                self.day.len() == 10 && self.day.as_str() <= today,
            ),
            (
                RecordFault::Spot,
                self.spot.trim().chars().count() <= SPOT_MAX,
            ),
            (
                RecordFault::DocumentNo,
                self.document_no.trim().chars().count() <= DOCUMENT_NO_MAX,
            ),
        ];
        let wrong = checks.into_iter().filter(|(_, is_right)| !is_right);
        wrong.map(|(fault, _)| fault).collect()
    }
}

/// Points of a record with their sign: not zero, at most [`POINTS_MAX`] either way.
#[must_use]
pub fn points(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let points: Decimal = text.strip_prefix('+').unwrap_or(text).parse().ok()?;
    let most = POINTS_MAX * 1_000_000;
    (points != Decimal::ZERO && points.micros().abs() <= most).then_some(points)
}

/// One record of merit points, as it is entered and as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRecord {
    pub unit: UnitId,
    /// With its sign.
    pub points: String,
    pub dimension: String,
    pub reason: String,
    /// `2026-07-12`.
    pub day: String,
    /// The place, where the inspector proposes it as a spot (P7), or empty. Whoever confirms
    /// decides.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub spot: String,
    pub draft: u64,
    /// The photo that comes after the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<PhotoName>,
    /// The charter's item that was tapped, or empty. Dimension and points are what the phone showed
    /// with it, whatever the charter says by now.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub item: String,
    /// The number of the document that gave an honour (XY-15), or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document_no: String,
}
