//! The roster as it is, in the words of an import: everything by its code.

use super::plan::{PlannedPerson, PlannedUnit};
use domain::ids::ContestId;
use std::collections::BTreeMap;

/// What a file is checked against.
#[derive(Clone, Debug, Default)]
pub struct Existing {
    pub units: BTreeMap<String, PlannedUnit>,
    /// Season and unit, and the group that the unit is in.
    pub groups: BTreeMap<(String, String), String>,
    pub people: BTreeMap<String, PlannedPerson>,
    pub contests: Vec<KnownContest>,
}

#[derive(Clone, Debug)]
pub struct KnownContest {
    pub id: ContestId,
    pub title: String,
    /// Its first gate has opened: seats neither come nor change their class.
    pub frozen: bool,
    /// Key and name of each class of voters.
    pub classes: Vec<(String, String)>,
    pub seats: BTreeMap<u32, Seat>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub class: String,
    pub person: String,
}
