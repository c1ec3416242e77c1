//! The rules of a season as data: how figures and merit points become a score, who is on the red
//! and black list, which flags there are, and what follows for whoever stays behind.

use super::audience::AudienceRule;
use super::board::BoardRule;
use super::cadence::{self, CadenceRule, Every, Output};
use super::item::CheckItem;
use super::ladder::{self, Ground};
use super::leader::LeaderRule;
use super::outcome::{self, OutcomeRule};
use super::period::Period;
use super::year::YearRule;
use crate::number::Decimal;
use crate::ratio::PLACES_MAX;
use serde::{Deserialize, Serialize};

/// Names that a charter gives, in characters.
pub const NAME_MAX: usize = 20;
/// Days for which a black list stands, unless a charter says otherwise: a quarter.
pub const BLACK_DAYS: u32 = 90;
/// A black list comes down at some time.
pub const BLACK_DAYS_MAX: u32 = 366;
/// Up to which day of the following month departments enter, unless a charter says when a month is
/// posted (P12).
pub const ENTRY_DAY: u32 = 18;
/// A day that every month has.
pub const ENTRY_DAY_MAX: u32 = 28;
/// Flags of one colour in a group, and quotas of the lists.
pub const QUOTA_MAX: u32 = 200;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeasonCharter {
    pub title: String,
    /// Where the rule was published, with its address.
    #[serde(default)]
    pub source: String,
    /// Decimals of a unit's score; it is rounded once, half away from zero.
    #[serde(default = "two")]
    pub places: u32,
    #[serde(default)]
    pub missing: Missing,
    /// Points for the first, second, … of a group, for units that met every gate (P12).
    #[serde(default)]
    pub top_bonus: Vec<Decimal>,
    #[serde(default)]
    pub board: BoardRule,
    #[serde(default)]
    pub behind: BehindRule,
    #[serde(default)]
    pub flags: Vec<FlagRule>,
    #[serde(default)]
    pub ladder: Vec<LadderRule>,
    /// Whether the lists have spots beside units: 红点 and 黑点 (P7).
    #[serde(default)]
    pub spots: bool,
    /// Whether a unit on the red list is shown with its team (ES-6). Nobody is ever named beside a
    /// unit that is not on it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub red_names: bool,
    /// What is looked at, with the points of each; large taps for who records (ES-3, XY-15).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<CheckItem>,
    /// Nothing else is recorded than these items.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub items_only: bool,
    /// Whether an inspector may put a photo beside a record of merit points (ES-3).
    #[serde(default)]
    pub merit_photos: bool,
    /// What is due when (GY-15).
    #[serde(default = "cadence::preset")]
    pub cadence: Vec<CadenceRule>,
    /// What an assessment proposes to the organiser (XY-11).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<OutcomeRule>,
    /// How a half-year's and a year's score is made (GY-10, WZ-12). Without it an assessment goes
    /// by the mean of the months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<YearRule>,
    /// What is asked of the leaders who answer for units (GY-8, GY-9). Without it there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaders: Option<LeaderRule>,
    /// Whether units sign pledges (军令状, GY-12). The centre limits such papers, so nobody signs any
    /// unless a season says so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pledges: bool,
    /// Days after its posting for which a month's black list stands on public pages.
    #[serde(default = "black_days")]
    pub black_days: u32,
    /// Days after its confirmation in which a unit may appeal against a record of merit points.
    #[serde(default = "week")]
    pub appeal_days: u32,
    /// Who may read what.
    #[serde(default)]
    pub audience: AudienceRule,
}

/// What a missing figure does to a unit's score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The unit has no score and no place until the figure is there.
    #[default]
    Hold,
    /// The indicator gives no points.
    Zero,
}

/// Who is behind: the last of a group, or whose score is below a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BehindRule {
    #[serde(default)]
    pub last: u32,
    #[serde(default)]
    pub below: Option<Decimal>,
}

impl Default for BehindRule {
    fn default() -> Self {
        Self {
            last: 3,
            below: None,
        }
    }
}

/// Flags of one colour, so many in each group (GY-13, P3, P4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagRule {
    /// 红旗, 黄旗, 灰旗, 海豚奖 …
    pub name: String,
    pub side: Side,
    pub count: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// For the first of a group.
    Top,
    /// For the last.
    Bottom,
}

/// One row of the ladder (GY-18, GY-19).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LadderRule {
    /// 提醒单, 督办单, 约谈 …
    pub name: String,
    pub document: Document,
    /// What is counted; without a word, months behind.
    #[serde(default, skip_serializing_if = "Ground::is_behind")]
    pub ground: Ground,
    /// So many published months of it in a row.
    pub months: u32,
    /// Only, and instead of the rows without it, where a named item is past due.
    #[serde(default)]
    pub overdue: bool,
    #[serde(default)]
    pub again: Again,
    /// Of the three-colour slips (P8, P9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<Colour>,
}

/// How urgent a slip is, by the colour of its paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    Blue,
    Yellow,
    Orange,
    Red,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    Slip,
    /// Its record is for named roles only.
    Talk,
}

/// What happens in the months after the number was reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    /// Once, and again only after a month that was not behind.
    #[default]
    AfterZero,
    EveryMonth,
}

/// What is wrong with a charter: the key, and a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CharterFault {
    pub key: String,
    pub code: &'static str,
}

impl SeasonCharter {
    /// Whether the calendar posts this month (GY-15). Rules that say nothing of it post each.
    #[must_use]
    pub fn posts(&self, period: Period) -> bool {
        let rows = self.cadence.iter();
        let mut rows = rows.filter(|row| row.output == Output::Posting).peekable();
        rows.peek().is_none() || rows.any(|row| row.every.ends_in(period))
    }

    /// Everything that is wrong with it, each with the key that it stands under.
    #[must_use]
    pub fn faults(&self) -> Vec<CharterFault> {
        let mut faults = Vec::new();
        let mut fault = |key: String, code| faults.push(CharterFault { key, code });
        if self.title.is_empty() {
            fault("title".to_owned(), "empty");
        }
        if PLACES_MAX < self.places {
            fault("places".to_owned(), "too_large");
        }
        for (at, points) in self.top_bonus.iter().enumerate() {
            if points.is_negative() {
                fault(format!("top_bonus[{at}]"), "negative");
            }
        }
        if self.black_days == 0 || BLACK_DAYS_MAX < self.black_days {
            fault("black_days".to_owned(), "out_of_range");
        }
        for (key, code) in self.board.faults() {
            fault(format!("board.{key}"), code);
        }
        for (key, code) in self.audience.faults() {
            fault(format!("audience.{key}"), code);
        }
        for (key, code) in cadence::faults(&self.cadence) {
            fault(format!("cadence{key}"), code);
        }
        for (key, code) in outcome::faults(&self.outcomes, &self.cadence) {
            fault(format!("outcomes{key}"), code);
        }
        for (key, code) in self.year.iter().flat_map(YearRule::faults) {
            fault(format!("year.{key}"), code);
        }
        if let Some((key, code)) = self.leaders.and_then(LeaderRule::faults) {
            fault(format!("leaders.{key}"), code);
        }
        for (key, code) in self.item_faults() {
            fault(key, code);
        }
        for (at, flag) in self.flags.iter().enumerate() {
            name(&flag.name, format!("flags[{at}].name"), &mut fault);
            if flag.count == 0 || QUOTA_MAX < flag.count {
                fault(format!("flags[{at}].count"), "out_of_range");
            }
            let mut others = self.flags.iter().take(at);
            if others.any(|other| other.name == flag.name) {
                fault(format!("flags[{at}].name"), "twice");
            }
        }
        for (at, row) in self.ladder.iter().enumerate() {
            name(&row.name, format!("ladder[{at}].name"), &mut fault);
        }
        for (key, code) in ladder::faults(&self.ladder) {
            fault(format!("ladder{key}"), code);
        }
        faults
    }

    /// The document of the ladder's rows with this name. A name that no row has any more counts as
    /// a talk, which fewer people may read.
    #[must_use]
    pub fn document(&self, name: &str) -> Document {
        let mut rows = self.ladder.iter().filter(|row| row.name == name);
        let is_slip = rows
            .next()
            .is_some_and(|row| row.document == Document::Slip);
        match is_slip && rows.all(|row| row.document == Document::Slip) {
            true => Document::Slip,
            false => Document::Talk,
        }
    }

    /// The day of the following month up to which departments enter a month's figures, where
    /// nobody says another: three quarters of the days up to its posting, as P12 has the 18th for
    /// the 25th.
    #[must_use]
    pub fn entry_day(&self) -> u32 {
        let is_of_months = |row: &&CadenceRule| {
            row.output == Output::Posting && matches!(row.every, Every::Month | Every::TwoMonths)
        };
        let posting = self.cadence.iter().find(is_of_months);
        posting.map_or(ENTRY_DAY, |row| {
            (row.days_after * 3 / 4).clamp(1, ENTRY_DAY_MAX)
        })
    }

    /// Whether months come out the same by both. Who may read them makes no difference to that, nor
    /// do the calendar, the year's end and the leaders, which read the months and change none.
    #[must_use]
    pub fn computes_like(&self, other: &Self) -> bool {
        let of_months = Self {
            audience: other.audience,
            cadence: other.cadence.clone(),
            outcomes: other.outcomes.clone(),
            year: other.year.clone(),
            leaders: other.leaders,
            pledges: other.pledges,
            ..self.clone()
        };
        of_months == *other
    }
}

fn name(name: &str, key: String, fault: &mut impl FnMut(String, &'static str)) {
    if name.is_empty() {
        fault(key, "empty");
    } else if NAME_MAX < name.chars().count() {
        fault(key, "too_long");
    }
}

fn yes() -> bool {
    true
}

fn is_yes(said: &bool) -> bool {
    *said
}

fn two() -> u32 {
    2
}

fn black_days() -> u32 {
    BLACK_DAYS
}

pub(super) fn week() -> u32 {
    7
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::month::audience::Audience;

    #[test]
    fn a_charter_names_each_key_that_is_wrong() {
        let mut charter = SeasonCharter::guanyun();
        assert_eq!(charter.faults(), []);
        charter.title.clear();
        charter.flags[1].name = "红旗".to_owned();
        charter.flags[0].count = 0;
        charter.ladder[2].months = 0;
        charter.black_days = 0;
        charter.audience.board = Audience::Staff;
        charter.audience.bulletin = Audience::Link;
        charter.cadence[1].name = "周督查".to_owned();
        charter.cadence[2].days_after = cadence::DAYS_AFTER_MAX + 1;
        let faults = charter.faults();
        let faults: Vec<_> = faults
            .iter()
            .map(|fault| (fault.key.as_str(), fault.code))
            .collect();
        assert_eq!(
            faults,
            [
                ("title", "empty"),
                ("black_days", "out_of_range"),
                ("audience.unit", "wider_than_board"),
                ("audience.bulletin", "wider_than_board"),
                ("cadence[1].name", "twice"),
                ("cadence[2].days_after", "too_large"),
                ("flags[0].count", "out_of_range"),
                ("flags[1].name", "twice"),
                ("ladder[2].months", "out_of_range"),
            ]
        );
    }

    #[test]
    fn a_charter_with_an_unknown_key_is_refused() {
        let text = serde_json::to_string(&SeasonCharter::guanyun()).expect("JSON");
        assert!(serde_json::from_str::<SeasonCharter>(&text).is_ok());
        let odd = text.replacen("\"title\"", "\"likes\":true,\"title\"", 1);
        assert!(serde_json::from_str::<SeasonCharter>(&odd).is_err());
    }
}
