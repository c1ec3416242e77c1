//! The month as staff work with it.

use super::comparison::Comparison;
use super::{MeritRow, UnitCard};
use domain::ids::{MeritId, SeasonId, UnitId};
use domain::month::item::CheckItem;
use domain::month::period::Period;
use domain::month::preset::SeasonPreset;
use domain::month::season_months::SeasonMonths;
use serde::{Deserialize, Serialize};
use sync::posted_month::PostedMonth;
use sync::protocol::FlagDecision;

/// What a new season begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeasonBegin {
    Preset(SeasonPreset),
    /// Rules, groups, pairs and indicators of this one.
    Copy(SeasonId),
    /// The same, and it goes on from there: places, rows of firsts, flags and the ladder (GY-3).
    Follow(SeasonId),
}

/// The organiser's list of seasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeasonsPage {
    /// Newest first.
    pub seasons: Vec<SeasonCard>,
    /// The months of a season that begins on its own: the calendar year that is on.
    pub year: SeasonMonths,
    /// The units that may hold a new one (GY-23), in the roster's order.
    pub sponsors: Vec<SponsorChoice>,
}

/// A unit that may hold a season.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SponsorChoice {
    pub unit: UnitId,
    pub name: String,
    /// The name of the unit above, or empty.
    pub parent: String,
}

/// A season in the organiser's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeasonCard {
    pub id: SeasonId,
    pub name: String,
    pub title: String,
    /// The unit that holds it; `None`: the county.
    pub sponsor: Option<UnitId>,
    pub units: u32,
    pub indicators: u32,
    /// From which month to which it goes, where somebody said (GY-3).
    pub dates: Option<SeasonMonths>,
    /// The months of a season after it.
    pub next: Option<SeasonMonths>,
    /// Months with figures, records or a result, newest first.
    pub months: Vec<MonthState>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthState {
    pub period: Period,
    pub stage: MonthStage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthStage {
    /// Figures and records come in.
    Open,
    /// Closed, and waiting for the second person.
    Closed,
    Posted,
}

/// A month as staff work on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthDesk {
    pub season: SeasonId,
    pub season_name: String,
    pub period: Period,
    pub stage: MonthStage,
    /// What would be posted, or what waits, or what was posted last.
    pub month: PostedMonth,
    pub missing: Vec<MissingFigure>,
    pub merits: Vec<MeritRow>,
    /// Records and appeals that wait for a second person. While there are any, or figures are
    /// missing, a close needs a reason.
    pub undecided: usize,
    /// The season's charter of today has spots beside units.
    pub has_spots: bool,
    /// What groups decided about their flags, of those that can: a card of their own, or a word.
    pub flags: Vec<GroupFlags>,
    /// Units of the season, for the form.
    pub units: Vec<UnitCard>,
    /// What the charter that the month is computed by lists to be recorded (ES-3).
    pub items: Vec<CheckItem>,
    /// Nothing else is recorded.
    pub items_only: bool,
    /// The day on which the page was read, `2026-07-12`.
    pub today: String,
    /// This account closed the month, so another one has to post it.
    pub is_own_close: bool,
    /// Names what was closed, for the post.
    pub close_code: String,
    /// Something changed since the last posting.
    pub is_changed: bool,
    /// In what the season's rules of today are not those that the month was closed by. They change
    /// nothing of it unless somebody takes them over.
    pub newer: Vec<RegistryPart>,
    /// Posted months of the season that have to follow one that was posted or corrected before
    /// them, in their order.
    pub stale: Vec<StaleMonth>,
    /// Names the closes of all of them, once they wait.
    pub stale_code: String,
    pub check_code: String,
    /// The files that the newest posted edition has, by their names in an address.
    pub files: Vec<String>,
    /// What a post would change. `None`: nothing waits to be posted, or there is no earlier month.
    #[serde(default)]
    pub comparison: Option<Comparison>,
}

/// What a group decided about its flags (GY-6). Nobody has to wait for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFlags {
    pub group: String,
    /// Who has a card to decide by.
    pub holders: Vec<String>,
    /// About what waits, or was posted.
    pub decision: Option<FlagDecision>,
    /// The newest of those that are about another close, or came after the posting.
    pub other: Option<FlagDecision>,
}

impl GroupFlags {
    #[must_use]
    pub fn objects(&self) -> bool {
        let objects = |decision: &FlagDecision| !decision.is_agreed;
        self.decision.as_ref().is_some_and(objects)
    }
}

/// A posted month that comes to something else since an earlier one was posted or corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaleMonth {
    pub period: Period,
    /// What would change for whom.
    pub changes: Vec<String>,
    /// Closed, and waiting for the second person.
    pub waits: bool,
    /// This account closed it.
    pub is_own: bool,
    /// The groups that object to their flags in what waits.
    pub objecting: Vec<String>,
}

/// A part of what a month is computed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistryPart {
    Charter,
    Groups,
    Pairs,
    Indicators,
    Teams,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingFigure {
    pub indicator: String,
    /// Names of the units.
    pub units: Vec<String>,
}

/// What staff do with a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum MonthCommand {
    Record {
        unit: UnitId,
        /// With its sign, such as `-1.5`.
        points: String,
        dimension: String,
        reason: String,
        day: String,
    },
    /// An item of the charter that the month is computed by, by its name (ES-3).
    RecordItem {
        unit: UnitId,
        item: String,
        /// As it was shown; the charter may have changed since.
        points: String,
        reason: String,
        /// The number of the document that gave an honour (XY-15), or empty.
        #[serde(default)]
        document_no: String,
        day: String,
    },
    Confirm {
        merit: MeritId,
    },
    /// The same, and flags the record as a spot (P7): it stands out, and this is the place.
    ConfirmSpot {
        merit: MeritId,
        place: String,
    },
    /// Strikes a record out; it stays on record.
    Strike {
        merit: MeritId,
        reason: String,
    },
    /// Decides a unit's appeal; one that is upheld strikes the record out.
    DecideAppeal {
        merit: MeritId,
        is_upheld: bool,
        reason: String,
    },
    /// Computes the month and lays it before the second person.
    Close {
        /// Why, where figures are missing.
        reason: String,
    },
    /// Computes a posted month by the season's rules, groups, pairs and indicators of today instead
    /// of those that it was closed by.
    CloseByToday {
        /// As in [`MonthCommand::Close`].
        reason: String,
        /// Stands in the correction.
        why: String,
    },
    /// Takes a close back.
    Reopen,
    /// The second person posts what was closed.
    Post {
        /// [`MonthDesk::close_code`] of what the second person saw.
        code: String,
        /// What changed, where it was posted before.
        reason: String,
        /// Why, where a group objects to its flags. It stands in the audit.
        #[serde(default)]
        despite: String,
    },
    /// Closes every month of [`MonthDesk::stale`], each after the one before it.
    CloseStale {
        /// As in [`MonthCommand::Close`]; empty: the one that the month was posted with.
        reason: String,
    },
    /// The second person posts them in their order, as corrections.
    PostStale {
        /// [`MonthDesk::stale_code`] of what the second person saw.
        code: String,
        reason: String,
        /// As in [`MonthCommand::Post`].
        #[serde(default)]
        despite: String,
    },
}
