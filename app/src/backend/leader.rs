//! Leaders who answer for units (GY-8, GY-9): their units, the visits that they owe, and what the
//! posted months gave the units and thereby them.

use super::{SheetPlace, SlipRow};
use domain::ids::{LeaderId, Millis, SeasonId, UnitId};
use domain::month::Period;
use domain::month::day::Day;
use domain::month::leader::{Bound, LeaderRule};
use serde::{Deserialize, Serialize};

/// The leaders of a season that an account may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadersPage {
    pub season: SeasonId,
    pub season_name: String,
    pub today: Day,
    /// Nothing where the charter asks for no leaders.
    pub rule: Option<LeaderRule>,
    /// Posted months, the newest first.
    pub posted: Vec<Period>,
    /// Months in which a unit may become somebody's.
    pub months: Vec<Period>,
    pub leaders: Vec<Leader>,
    /// Units of the season, for who organises; else none.
    pub units: Vec<(UnitId, String)>,
    /// The account organises.
    pub may_organise: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leader {
    pub id: LeaderId,
    pub name: String,
    pub post: String,
    /// The account whose home says what is due.
    pub login: Option<String>,
    /// It is the account that asks.
    pub is_own: bool,
    pub units: Vec<LeaderUnit>,
    /// The score of each posted month, with two decimals.
    pub line: Vec<Option<String>>,
    /// The newest day first; struck ones too. For the leader and who organises.
    pub visits: Vec<Visit>,
    /// Still to be made this month; nothing where that is not for the account.
    pub owed: Option<u32>,
    /// Months that are over and in which visits were missing. For who organises alone (GY-8).
    pub missed: Vec<Period>,
}

/// A unit of a leader's, and what it got in the months in which it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaderUnit {
    pub bound: Bound,
    pub name: String,
    /// Why it is not the leader's any more, and whose word that is.
    pub released: Option<(String, String)>,
    /// One for each posted month; nothing where the unit was not the leader's or did not stand in
    /// it.
    pub course: Vec<Option<SheetPlace>>,
    /// Documents of those months.
    pub slips: Vec<SlipRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Names it among what was said of the leader.
    pub position: u32,
    pub unit: String,
    pub day: Day,
    /// What came of it.
    pub words: String,
    /// The login, and when it was entered.
    pub by: String,
    pub at: Millis,
    /// Why it counts no more, and whose word that is.
    pub struck: Option<(String, String)>,
}

/// What is said of leaders. Nothing is overwritten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum LeaderCommand {
    Add {
        name: String,
        post: String,
        /// Of the leader's account, or empty.
        login: String,
    },
    /// Whose home says what is due; empty: nobody's.
    Account { leader: LeaderId, login: String },
    /// A unit is the leader's from this month.
    Bind {
        leader: LeaderId,
        unit: UnitId,
        /// As `2026-07`; so below.
        from: String,
    },
    /// It is not any more, from this month.
    Release {
        leader: LeaderId,
        unit: UnitId,
        until: String,
        reason: String,
    },
    Visit {
        leader: LeaderId,
        unit: UnitId,
        /// As `2026-07-12`.
        day: String,
        words: String,
    },
    /// A visit that was not made.
    Strike {
        leader: LeaderId,
        position: u32,
        reason: String,
    },
}

impl Leader {
    /// Whether its visits are for the account that asks.
    #[must_use]
    pub fn shows_visits(&self) -> bool {
        self.owed.is_some()
    }
}
