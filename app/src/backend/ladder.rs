//! Slips and talks (提醒单, 督办单, 约谈): what staff see of them, and what they do.

use super::Capability;
use domain::ids::{Millis, SeasonId, SlipId, UnitId};
use domain::month::charter::{Colour, Document};
use domain::month::period::Period;
use domain::month::slip::{SlipState, SlipStep};
use serde::{Deserialize, Serialize};

/// What one document is about: one for a matter, never two (一事一单).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Matter {
    pub season: SeasonId,
    pub period: Period,
    pub unit: UnitId,
    /// The name of the charter's row.
    pub rule: String,
}

/// The slips of a season that stand in one state. Talks are among them only for who may read them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipsPage {
    /// `None` as long as there is none.
    pub season: Option<SeasonName>,
    /// All of them, newest first.
    pub seasons: Vec<SeasonName>,
    pub state: SlipState,
    /// How many stand in each state, in the order of [`SlipState::ALL`].
    pub counts: Vec<u32>,
    pub rows: Vec<SlipRow>,
    /// Units for which something was issued, or which are behind (GY-18).
    pub units: Vec<UnitSlips>,
    /// What the account may do.
    pub may: Vec<Capability>,
    /// The first day that a reply can be wanted by: today, as `2026-07-12`.
    pub today: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeasonName {
    pub id: SeasonId,
    pub name: String,
}

/// A proposal, or what was issued of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipRow {
    pub matter: Matter,
    /// Once it was issued.
    pub slip: Option<SlipId>,
    pub number: Option<SlipNumber>,
    pub state: SlipState,
    pub document: Document,
    pub colour: Option<Colour>,
    pub unit_name: String,
    pub group: String,
    /// Published months behind in a row.
    pub behind: u32,
    pub rank: Option<u32>,
    pub of_units: u32,
    /// What it is about, or empty.
    pub indicator: String,
    /// Why it was issued, or set aside; empty of a proposal.
    pub reason: String,
    /// The day by which a reply is wanted; empty of a proposal.
    pub due: String,
    /// The edition that proposed it.
    pub edition: u32,
    /// A later month is posted already: it takes a reason to issue it.
    pub is_late: bool,
    /// The newest edition of the month does not propose it any more.
    pub is_corrected: bool,
}

/// `〔2026〕3号`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipNumber {
    pub year: u32,
    pub number: u32,
}

/// What was issued for a unit in a season, and where it stands on the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitSlips {
    pub unit: UnitId,
    pub name: String,
    pub group: String,
    pub slips: u32,
    /// `None` for who may not read talks.
    pub talks: Option<u32>,
    /// Published months behind in a row, up to the newest.
    pub behind: u32,
}

/// One issued slip or talk with everything that happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipPage {
    pub row: SlipRow,
    pub county: String,
    /// The charter's title.
    pub title: String,
    pub demand: String,
    pub late_reason: String,
    pub issued_by: String,
    pub issued_at: Millis,
    pub steps: Vec<SlipStepRow>,
    /// This account issued it, so another one has to close it.
    pub is_own: bool,
    pub may: Vec<Capability>,
    pub today: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipStepRow {
    pub step: SlipStep,
    pub words: String,
    /// Of a reply: who gave it.
    pub who: String,
    /// Of a reply its day, of a reopening the new last day.
    pub day: String,
    /// The login, or empty where the unit's own link was used.
    pub by: String,
    pub at: Millis,
}

/// What staff do with a proposal or a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum SlipCommand {
    Issue {
        matter: Matter,
        reason: String,
        demand: String,
        due: String,
        /// Why, where a later month was posted before.
        late: String,
    },
    SetAside {
        matter: Matter,
        reason: String,
    },
    /// Enters a reply that came on paper, or what was said in a talk.
    Reply {
        slip: SlipId,
        who: String,
        day: String,
        words: String,
    },
    Close {
        slip: SlipId,
        words: String,
    },
    Reopen {
        slip: SlipId,
        reason: String,
        due: String,
    },
}
