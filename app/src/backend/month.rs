//! The month as staff work with it.

use super::UnitCard;
use super::comparison::Comparison;
use domain::ids::{MeritId, SeasonId, UnitId};
use domain::month::item::CheckItem;
use domain::month::period::Period;
use domain::month::preset::SeasonPreset;
use serde::{Deserialize, Serialize};
use sync::posted_month::{PostedCut, PostedMonth};
use sync::protocol::{AppealState, PhotoState};

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

/// A season in the organiser's list.
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
    /// What a post would change. `None`: nothing waits to be posted, or there is no earlier month.
    #[serde(default)]
    pub comparison: Option<Comparison>,
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

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeritRow {
    pub id: MeritId,
    pub unit: UnitId,
    pub unit_name: String,
    pub points: String,
    pub dimension: String,
    pub reason: String,
    pub day: String,
    pub state: MeritState,
    /// This account recorded it, so another one has to confirm it.
    pub is_own: bool,
    /// This account decided about it, so another one has to decide an appeal.
    pub is_own_decision: bool,
    /// The inspector whose phone brought it, or empty.
    pub holder: String,
    pub mark: Option<MeritMark>,
    /// The place, where it is flagged as a spot, or empty.
    pub spot: String,
    /// The place that the inspector proposes as a spot, or empty.
    pub proposed_spot: String,
    pub appeal: Option<MeritAppeal>,
    pub photo: Option<PhotoState>,
    /// The charter's item that it was recorded by, or empty.
    pub item: String,
    /// What the cap of its item leaves of it.
    pub cut: Option<PostedCut>,
    /// The charter that the month is computed by lists it otherwise, or does not.
    pub is_unlisted: bool,
}

/// Why a record that a phone brought deserves a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeritMark {
    /// Its month was closed before it came.
    Late,
    /// Its card had been taken away from the device.
    Card,
}

/// A unit's appeal against a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeritAppeal {
    pub reason: String,
    pub state: AppealState,
    /// It came after the days that the charter gives.
    pub is_late: bool,
    /// The decision's words.
    pub decided: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeritState {
    Recorded,
    Confirmed,
    Void,
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
    },
}
