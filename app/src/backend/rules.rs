//! A season's rules as text, and what another text would change in them.

use domain::ids::SeasonId;
use serde::{Deserialize, Serialize};

/// The charter of a season.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesPage {
    pub season: SeasonId,
    pub season_name: String,
    pub version: u32,
    /// As JSON for people.
    pub text: String,
    /// The account may change them.
    pub may_change: bool,
}

/// Another text for the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesCommand {
    pub text: String,
    /// The version that it was made from.
    pub version: u32,
    /// Why. Nothing: it is only looked at, and nothing is changed.
    pub reason: Option<String>,
}

/// One value that another text changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleChange {
    /// Where it stands: `flags[0].count`.
    pub key: String,
    /// As JSON; nothing where the key was not there.
    pub before: Option<String>,
    /// As JSON; nothing where the key is there no more.
    pub after: Option<String>,
}
