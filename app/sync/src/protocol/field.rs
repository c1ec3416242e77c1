//! What holders outside contests see and say: inspectors who record merit points in villages
//! without network (GY-16), units that appeal against one. Both shapes travel as text inside the
//! shapes of seats, so that a phone that scores carries no code for them.

use domain::ids::{MeritId, OpId, UnitId};
use domain::month::period::Period;
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
}

impl FieldAct {
    /// Which draft of its device it was made from: the same one is never counted twice.
    #[must_use]
    pub fn draft(&self) -> u64 {
        match self {
            Self::Record(record) => record.draft,
            Self::Appeal { draft, .. } => *draft,
        }
    }
}

/// Points of one record, up or down.
pub const POINTS_MAX: i64 = 100;
/// Characters of a dimension, such as 责任落实.
pub const DIMENSION_MAX: usize = 20;
/// Characters of a reason.
pub const REASON_MAX: usize = 200;

/// What is not right in a record, by its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordFault {
    Unit,
    Points,
    Dimension,
    Reason,
    /// No day, or one that is still to come.
    Day,
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
    pub draft: u64,
}
