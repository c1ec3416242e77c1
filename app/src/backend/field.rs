//! Cards outside contests: who has one, and what staff do with them.

use super::{CardPrint, CardState, Pairing, UnitCard};
use domain::ids::{LinkId, Millis, SeasonId};
use serde::{Deserialize, Serialize};
use sync::protocol::HolderKind;

/// The cards of one season.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinksPage {
    pub season: SeasonId,
    pub season_name: String,
    /// Why no card may be printed, if none may.
    pub refused: Option<String>,
    pub links: Vec<LinkRow>,
    /// Units of the season that have no card.
    pub without: Vec<UnitCard>,
    /// What phones sent and nobody could enter, newest first.
    pub kept: Vec<KeptOp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRow {
    pub id: LinkId,
    pub number: u32,
    pub kind: HolderKind,
    pub holder: String,
    pub expires_at: Millis,
    pub state: CardState,
    pub print: Option<CardPrint>,
    pub pairing: Option<Pairing>,
}

/// An op that lies in the log and says nothing that can be entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOp {
    pub holder: String,
    pub at: Millis,
    /// What the phone sent, as it came.
    pub body: String,
}

/// What staff do with the cards of a season.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum LinkCommand {
    /// A card for one inspector or team.
    IssueInspector {
        holder: String,
    },
    /// A card for every unit of the season that has none.
    IssueUnits,
    /// A new card in place of the old one; the device that was paired loses it.
    Reissue {
        link: LinkId,
    },
    Withdraw {
        link: LinkId,
    },
    /// Lets a card that five wrong tries locked be tried again.
    Unlock {
        link: LinkId,
    },
}
