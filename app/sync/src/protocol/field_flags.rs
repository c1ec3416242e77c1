//! What the confirmer of one group sees of its flags before a month is posted, and decides about
//! them (GY-6).

use domain::ids::Millis;
use domain::month::charter::Side;
use domain::month::period::Period;
use serde::{Deserialize, Serialize};

/// The flags of the group in a month that was closed and waits for the second person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFlags {
    pub period: Period,
    /// Names the close: a decision about another one does not count for it.
    pub close: String,
    pub flags: Vec<FieldFlag>,
    /// What the group decided about this close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<FlagDecision>,
    /// The newest of those about another close of the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<FlagDecision>,
}

/// A flag that a unit holds or gives away at the month's end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFlag {
    /// 红旗, 黄旗 …
    pub name: String,
    pub side: Side,
    pub number: u32,
    /// Names of units; `None`: the organiser. It stays where they are the same.
    pub from: Option<String>,
    pub to: Option<String>,
    /// Where these units stand.
    pub basis: Vec<FlagBasis>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagBasis {
    pub unit: String,
    /// In its group; `None` while a figure is missing, as with the score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
}

/// A group's word on its flags (认定): 同意, or 有异议 with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagDecision {
    pub is_agreed: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who has the card.
    pub who: String,
    /// When it came.
    pub at: Millis,
}
