//! Cards outside contests: who has one, and what staff do with them.

use super::{CardPrint, CardState, KeptOp, Pairing};
use domain::ids::{LinkId, OpId, SeasonId};
use domain::month::Day;
use domain::month::audience::AudienceRule;
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
    pub units_without: usize,
    /// Departments of the season's indicators that have no card.
    pub sources_without: usize,
    /// The season's groups, each of which may have a confirmer of its own.
    pub groups: Vec<String>,
    /// The day of the following month up to which departments enter a month's figures.
    pub entry_day: u32,
    pub today: Day,
    /// The last day of a card that is issued today, where nothing else is said.
    pub until: Day,
    /// What phones sent and could not be entered, newest first.
    pub kept: Vec<KeptOp>,
    /// Who may read what of the season, by its charter of today.
    pub audience: AudienceRule,
    /// The address to hand out where something is read by link. `None`: nobody made it yet.
    pub reading: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRow {
    pub id: LinkId,
    pub number: u32,
    pub kind: HolderKind,
    pub holder: String,
    /// The group that a confirmer is for; empty: all of them.
    pub scope: String,
    /// The last day on which it works.
    pub until: Day,
    pub state: CardState,
    pub print: Option<CardPrint>,
    /// What the phone says it still holds.
    pub pending: u32,
    /// `None` for a unit's card as well: who is ranked is not watched, so whether it has its card
    /// or when it was last there stands nowhere (0.1).
    pub pairing: Option<Pairing>,
}

/// What staff do with the cards of a season.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum LinkCommand {
    /// A card for one inspector or team.
    IssueInspector {
        holder: String,
        /// The last day on which the card works, `2027-02-04`; empty: [`LinksPage::until`]. So with
        /// each of the others.
        #[serde(default)]
        until: String,
    },
    /// A card for every unit of the season that has none.
    IssueUnits {
        #[serde(default)]
        until: String,
    },
    /// A card for every department of the season's indicators that has none.
    IssueSources {
        #[serde(default)]
        until: String,
    },
    /// A card for who confirms records: of one group, or of all where it is empty.
    IssueConfirmer {
        holder: String,
        group: String,
        #[serde(default)]
        until: String,
    },
    /// Makes the link by which the season is read, or another one in its place.
    RenewReading,
    /// Until which day of the following month departments enter figures.
    SetEntryDay {
        day: u32,
    },
    /// Enters what came too late or in between, as an exception on record.
    EnterKept {
        op: OpId,
        /// The values that were there when the account decided, in the order of the op's.
        saw: Vec<String>,
        reason: String,
    },
    LeaveKept {
        op: OpId,
        reason: String,
    },
    /// A new card in place of the old one; the device that was paired loses it.
    Reissue {
        link: LinkId,
        #[serde(default)]
        until: String,
    },
    Withdraw {
        link: LinkId,
    },
    /// Lets a card that five wrong tries locked be tried again.
    Unlock {
        link: LinkId,
    },
}
