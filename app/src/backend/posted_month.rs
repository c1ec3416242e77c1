//! What anybody reads of posted months.

use domain::ids::{Millis, SeasonId, UnitId};
use domain::month::charter::Side;
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
    /// The unit that holds the season (GY-23), or empty.
    pub sponsor: String,
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
