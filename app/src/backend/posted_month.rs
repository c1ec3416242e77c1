//! What anybody reads of posted months.

use domain::ids::{Millis, SeasonId, UnitId};
use domain::month::board::Listed;
use domain::month::charter::Side;
use domain::month::day::Day;
use domain::month::pair::Duel;
use domain::month::period::Period;
use serde::{Deserialize, Serialize};
use sync::posted_month::PostedMonth;

/// The posted months of one season to choose from, with the newest of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthBoards {
    /// Those of which a month was posted, the newest month's first.
    pub seasons: Vec<SeasonChoice>,
    /// Of the chosen season. `None`: nothing was posted of any.
    pub newest: Option<MonthCard>,
    /// Every posted month of the chosen season with its edition, newest first.
    pub months: Vec<(Period, u32)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeasonChoice {
    pub id: SeasonId,
    pub name: String,
    /// Codes of its units' levels, from the top: `township`, `village` …
    pub levels: Vec<String>,
}

/// A posted month in short.
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
    /// Whoever reads this may open the units' pages.
    pub has_units: bool,
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
    /// Whoever reads this may open the units' pages.
    #[serde(default)]
    pub has_units: bool,
    /// Of the poster that led here, where it says its edition (ES-5).
    #[serde(default)]
    pub printed: Option<Printed>,
}

/// The edition that stands on paper, beside the one that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    pub edition: u32,
    /// What changed since, oldest first; empty where the paper is still right.
    pub corrections: Vec<Correction>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub edition: u32,
    pub posted_at: Millis,
    pub words: String,
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
    /// Whoever reads this may open the units' pages.
    #[serde(default)]
    pub has_units: bool,
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
