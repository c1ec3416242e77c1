//! Staff accounts and their sessions.

use super::ladder::SeasonName;
use domain::ids::{AccountId, Millis, SeasonId};
use domain::month::cadence::{Output, Span};
use domain::month::period::Period;
use domain::month::slip::SlipState;
use domain::worklist::WorkState;
use serde::{Deserialize, Serialize};

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    pub account: AccountId,
    pub login: String,
    /// The password is the printed one-time password and has to be changed first.
    pub must_change_password: bool,
    /// What the account may do beyond looking at the staff's pages.
    pub may: Vec<Capability>,
}

/// What an account may do (GY-6). Who may do two things that need two persons still needs the other
/// person for the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// Runs contests, imports, records, closes a month.
    Organise,
    /// Confirms records, issues slips and closes them.
    Confirm,
    /// Posts contests and months.
    Publish,
    /// Reads what was talked about with whom (GY-19).
    Talks,
}

impl Capability {
    pub const ALL: [Self; 4] = [Self::Organise, Self::Confirm, Self::Publish, Self::Talks];

    /// As the database and the command line spell it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Organise => "organise",
            Self::Confirm => "confirm",
            Self::Publish => "publish",
            Self::Talks => "talks",
        }
    }

    /// `None` for any other word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// What waits for the account that is signed in, and the names of the seasons that it is of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duties {
    pub duties: Vec<Duty>,
    pub seasons: Vec<SeasonName>,
}

/// Something that waits for the account that is signed in (GY-15): it has the capability, and is
/// the second person where one is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// A month that is over and not closed.
    CloseMonth(SeasonId, Period),
    /// A month that another account closed.
    PostMonth(SeasonId, Period),
    /// A posted month that would come to something else by now.
    CorrectMonth(SeasonId, Period),
    /// What came from cards and could not be entered, and how much.
    Kept(SeasonName, u32),
    /// Records of a month that others entered, and how many.
    ConfirmRecords(SeasonId, Period, u32),
    /// Appeals of units against records of a month that another account confirmed, and how many.
    DecideAppeals(SeasonId, Period, u32),
    /// A row of the season's calendar.
    Calendar {
        season: SeasonId,
        /// Its name in the charter.
        rule: String,
        output: Output,
        /// The earliest that is not done: what it is of, and when it is to be done.
        span: Span,
        window: Span,
        /// Of how many the window is over.
        overdue: u32,
        /// The earliest window ends in a few days (P10).
        #[serde(default)]
        is_near: bool,
    },
    /// Documents of a season that stand in this state and wait for an act, and how many.
    Slips(SeasonName, SlipState, u32),
    /// Visits that the leader of this name, who is this account, still owes this month (GY-8).
    Visits(SeasonName, String, u32),
    /// Items of a worklist whose closure waits for another account's eyes ([`WorkState::Asked`]),
    /// or which are past their last day, and how many (WZ-16).
    Work(SeasonName, WorkState, u32),
}

impl Duty {
    /// Its last day is over.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        match self {
            Self::Slips(_, state, _) => *state == SlipState::Overdue,
            Self::Calendar { overdue, .. } => 0 < *overdue,
            Self::Work(_, state, _) => *state != WorkState::Asked,
            _ => false,
        }
    }
}

/// One session of the signed-in account, so that a lost tablet can be signed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Names the session without being its secret.
    pub id: String,
    pub started_at: Millis,
    pub last_seen: Millis,
    /// The browser, in a few words.
    pub device: String,
    pub current: bool,
}
