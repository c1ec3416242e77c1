//! The month: what anybody reads, and what staff work with.

use super::MeritRow;
use domain::ids::{MeritId, Millis, SeasonId, UnitId};
use domain::month::board::Listed;
use domain::month::charter::Side;
use domain::month::day::Day;
use domain::month::pair::Duel;
use domain::month::period::Period;
use domain::month::preset::SeasonPreset;
use serde::{Deserialize, Serialize};
use sync::posted_month::PostedMonth;
use sync::protocol::FlagDecision;

/// A posted month in a list, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthCard {
    pub season: SeasonId,
    pub season_name: String,
    pub title: String,
    pub period: Period,
    pub edition: u32,
    pub posted_at: Millis,
    /// The first of each group.
    pub firsts: Vec<GroupFirst>,
    pub red: u32,
    pub black: u32,
    /// The black list's time is over, and nobody is named any more.
    pub black_over: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFirst {
    pub group: String,
    pub unit: UnitId,
    pub name: String,
    pub score: String,
}

/// A posted month as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthPage {
    pub month: PostedMonth,
    /// The first digits of the snapshot's hash.
    pub check_code: String,
    /// The posted months beside it.
    pub before: Option<Period>,
    pub after: Option<Period>,
    /// The charter opens the bulletin to whoever reads this.
    #[serde(default)]
    pub has_bulletin: bool,
}

/// A posted month to hang on a wall, with the way back to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthPoster {
    pub page: MonthPage,
    /// The address of the month's page, and the QR code that leads there.
    pub url: String,
    pub qr_path: String,
    pub qr_size: u32,
}

/// Who held which flag over the posted months of a season, up to one of them (GY-13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagTimeline {
    pub title: String,
    pub period: Period,
    pub flags: Vec<FlagCourse>,
}

/// One flag, with its holders from the first to the present one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagCourse {
    pub group: String,
    pub name: String,
    pub side: Side,
    pub number: u32,
    pub stays: Vec<FlagStay>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagStay {
    /// `None`: it lay with the organiser.
    pub unit: Option<UnitId>,
    /// As the unit was called when it was posted last.
    pub name: String,
    pub since: Period,
    pub until: Period,
    /// Posted months.
    pub months: u32,
}

/// A unit in the list that one searches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitCard {
    pub id: UnitId,
    pub name: String,
    /// The name of the unit above, or empty.
    pub parent: String,
    /// 组别 in the newest season, or empty.
    pub group: String,
    /// First letters of the name's syllables, `qhz` for 青禾镇; empty where one is not known.
    pub initials: String,
}

/// Where one unit stands, why, and what moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitPage {
    pub unit: UnitCard,
    /// The newest posted month, with the unit's group alone. `None`: nothing was posted of it yet.
    pub month: Option<PostedMonth>,
    /// Posted months of that season, oldest first, the newest one last.
    pub course: Vec<UnitMonth>,
    pub duels: Vec<UnitDuel>,
    /// The address of the page, to be passed on.
    #[serde(default)]
    pub url: String,
    /// This device shows it first.
    #[serde(default)]
    pub is_own: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitMonth {
    pub period: Period,
    pub rank: Option<u32>,
    /// Ranked units of the group.
    pub of: u32,
    pub score: Option<String>,
}

/// The unit that this device shows first, where it stood in its newest posted month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnUnit {
    pub id: UnitId,
    pub name: String,
    pub group: String,
    pub month: Option<UnitMonth>,
    /// Places won (positive) or lost since the month before.
    pub moved: Option<i64>,
    pub listed: Option<Listed>,
    /// The last day on which that may be shown, of the black list.
    pub listed_until: Option<Day>,
}

/// A pair, seen from the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitDuel {
    pub rival: UnitId,
    pub name: String,
    pub own_score: Option<String>,
    pub rival_score: Option<String>,
    pub duel: Duel,
    pub won: u32,
    pub drawn: u32,
    pub lost: u32,
}

/// A season in the organiser's list.
/// What a new season begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeasonBegin {
    Preset(SeasonPreset),
    /// Rules, groups, pairs and indicators of this one.
    Copy(SeasonId),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeasonCard {
    pub id: SeasonId,
    pub name: String,
    pub title: String,
    pub units: u32,
    pub indicators: u32,
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
