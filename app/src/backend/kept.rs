//! What came from phones outside contests and could not be entered, in its parts and with the names
//! of what it is about, so that whoever decides reads words.

use domain::ids::{Millis, OpId};
use domain::month::Period;
use serde::{Deserialize, Serialize};
use sync::protocol::{HolderKind, PhotoState, QuarantineReason};

/// An op that lies in the log and could not be entered when it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOp {
    pub op: OpId,
    /// Who has the card, and what it is for.
    pub holder: String,
    pub kind: HolderKind,
    /// When it was sealed, by the phone's own clock.
    pub sealed_at: Option<Millis>,
    /// When it arrived.
    pub at: Millis,
    /// Staff brought it in a file.
    pub is_carried: bool,
    pub reason: QuarantineReason,
    pub said: KeptSaid,
    /// The photo that it announced.
    pub photo: Option<PhotoState>,
    /// Whether it was entered, and why or why not; `None` while nobody decided.
    pub decided: Option<(bool, String)>,
}

/// What an op says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptSaid {
    Record(KeptRecord),
    /// `about` is the record of the season; `None`: there is none. So with each of the others.
    Appeal {
        about: Option<KeptRecord>,
        reason: String,
    },
    Reply {
        slip: Option<KeptSlip>,
        words: String,
    },
    MeritReply {
        about: Option<KeptRecord>,
        words: String,
    },
    Decide {
        about: Option<KeptRecord>,
        is_confirmed: bool,
        reason: String,
    },
    Figures(KeptFigures),
    DecideFlags {
        period: Period,
        is_agreed: bool,
        reason: String,
    },
    /// What this build cannot read, as it came.
    Unread(String),
}

/// A record of merit points that came, or that something is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRecord {
    /// `None`: the county has no such unit.
    pub unit: Option<String>,
    /// As it was entered: nothing says that it is a number.
    pub points: String,
    pub dimension: String,
    /// The charter's item that was tapped, or empty.
    pub item: String,
    /// The number of the document that gave an honour, or empty.
    #[serde(default)]
    pub document_no: String,
    pub reason: String,
    pub day: String,
    /// The place that was proposed as a spot, or empty.
    pub spot: String,
}

/// A slip that was replied to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSlip {
    pub rule: String,
    pub year: u32,
    pub number: u32,
    pub demand: String,
}

/// Values that wait, beside those that are there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFigures {
    /// `None`: the county has no such indicator.
    pub indicator: Option<String>,
    pub period: Period,
    pub rows: Vec<KeptFigure>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFigure {
    /// `None`: the county has no such unit.
    pub unit: Option<String>,
    pub value: String,
    /// Empty where there is none.
    pub now: String,
}

impl KeptSaid {
    /// Whether an account may enter it as an exception. Whoever may confirm decides about a record
    /// on the month's desk, in their own name; nobody speaks for a group but its card; and what is
    /// about something that is not there can only be left.
    #[must_use]
    pub fn may_be_entered(&self) -> bool {
        match self {
            Self::Reply { slip, .. } => slip.is_some(),
            Self::MeritReply { about, .. } => about.is_some(),
            Self::Figures(figures) => {
                figures.indicator.is_some() && figures.rows.iter().all(|row| row.unit.is_some())
            }
            Self::Record(_)
            | Self::Appeal { .. }
            | Self::Decide { .. }
            | Self::DecideFlags { .. }
            | Self::Unread(_) => false,
        }
    }

    /// The values beside which an account decides, in the order of the op's.
    #[must_use]
    pub fn values_now(&self) -> Vec<String> {
        match self {
            Self::Figures(figures) => figures.rows.iter().map(|row| row.now.clone()).collect(),
            _ => Vec::new(),
        }
    }
}
