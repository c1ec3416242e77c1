//! What a month would change against what was posted, so that nobody is surprised by a list. Both
//! are frozen, or are about to be; nothing is computed here.

use app::backend::{Comparison, FlagChange, FollowChange, ListChange, PlaceChange};
use domain::ids::UnitId;
use domain::month::board::Listed;
use domain::month::flag::HandOver;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use sync::posted_month::{PostedFlags, PostedGroup, PostedMonth, PostedUnit};

/// Moves of places that are named; the others are counted.
const PLACES_MAX: usize = 10;

/// A flag of a season: its group, its name and its number.
type FlagKey<'a> = (&'a str, &'a str, u32);
type FlagOf<'a> = (&'a PostedGroup, &'a PostedFlags, &'a HandOver);

/// `before` is the newest edition of the season's last posted month before `after`, or that of the
/// same month.
#[must_use]
pub fn compare(before: &PostedMonth, after: &PostedMonth) -> Comparison {
    let (places, more_places) = places(before, after);
    Comparison {
        period: before.period,
        edition: before.edition,
        red: list(before, after, Listed::Red),
        black: list(before, after, Listed::Black),
        flags: flags(before, after),
        places,
        more_places,
        follows: follows(before, after),
    }
}

fn list(before: &PostedMonth, after: &PostedMonth, listed: Listed) -> ListChange {
    let of = |month: &PostedMonth| -> BTreeSet<UnitId> {
        let units = month.listed(listed).into_iter();
        units.map(|(_, unit)| unit.unit).collect()
    };
    let (was, is) = (of(before), of(after));
    let names = |month: &PostedMonth, others: &BTreeSet<UnitId>| {
        let units = month.listed(listed).into_iter().map(|(_, unit)| unit);
        let units = units.filter(|unit| !others.contains(&unit.unit));
        units.map(|unit| unit.name.clone()).collect()
    };
    ListChange {
        joins: names(after, &was),
        leaves: names(before, &is),
    }
}

/// A flag that nobody holds and nobody held is left out.
fn flags(before: &PostedMonth, after: &PostedMonth) -> Vec<FlagChange> {
    let (was, is) = (holders(before), holders(after));
    // A name of today stands for a unit that is in both.
    let name = |unit: UnitId| match after.name(unit) {
        "" => before.name(unit).to_owned(),
        name => name.to_owned(),
    };
    // In the order of the page, then those that the charter of today has no more.
    let gone = keys(before).filter(|key| !keys(after).any(|known| known == *key));
    let keys = keys(after).chain(gone);
    let keys = keys.filter(|key| was.contains_key(key) || is.contains_key(key));
    let flag = |key: FlagKey<'_>| {
        let (from, to) = (was.get(&key).copied(), is.get(&key).copied());
        FlagChange {
            group: key.0.to_owned(),
            name: key.1.to_owned(),
            number: key.2,
            is_kept: from == to,
            from: from.map(name),
            to: to.map(name),
        }
    };
    let mut flags: Vec<FlagChange> = keys.map(flag).collect();
    flags.sort_by_key(|flag| flag.is_kept);
    flags
}

fn keys(month: &PostedMonth) -> impl Iterator<Item = FlagKey<'_>> {
    month.hand_overs().map(key)
}

fn holders(month: &PostedMonth) -> BTreeMap<FlagKey<'_>, UnitId> {
    let flags = month.hand_overs();
    flags
        .filter_map(|flag| Some((key(flag), flag.2.to?)))
        .collect()
}

fn key<'a>((group, flags, flag): FlagOf<'a>) -> FlagKey<'a> {
    (&group.name, &flags.name, flag.number)
}

/// The largest moves, and how many more there are. To win or to lose a place altogether is more
/// than any number of places.
fn places(before: &PostedMonth, after: &PostedMonth) -> (Vec<PlaceChange>, usize) {
    // In a month that is not full yet, a place that waits for a figure is not lost.
    let is_further = before.period != after.period;
    let now = after.units();
    let now = now.filter(|(_, unit)| !is_further || unit.rank.is_some());
    let now = now.map(|(group, unit)| PlaceChange {
        group: group.name.clone(),
        name: unit.name.clone(),
        before: before.unit(unit.unit).and_then(|unit| unit.rank),
        now: unit.rank,
    });
    let gone = before.units();
    let gone = gone.filter(|(_, unit)| after.unit(unit.unit).is_none());
    let gone = gone.map(|(group, unit)| PlaceChange {
        group: group.name.clone(),
        name: unit.name.clone(),
        before: unit.rank,
        now: None,
    });
    let moved = now.chain(gone).filter(|one| one.before != one.now);
    let mut moved: Vec<PlaceChange> = moved.collect();
    moved.sort_by_key(|one| Reverse(one.moved().map_or(u64::MAX, i64::unsigned_abs)));
    let more = moved.len().saturating_sub(PLACES_MAX);
    moved.truncate(PLACES_MAX);
    (moved, more)
}

/// A further month proposes anew, and a further edition what the one before did not (GY-18, GY-19).
fn follows(before: &PostedMonth, after: &PostedMonth) -> Vec<FollowChange> {
    let is_same = before.period == after.period;
    let follow = |(group, unit): (&PostedGroup, &PostedUnit)| {
        let was = before.unit(unit.unit);
        let was_behind = was.is_some_and(|was| 0 < was.behind_in_a_row);
        let is_proposed = |name: &String| is_same && was.is_some_and(|was| was.due.contains(name));
        let due = unit.due.iter().filter(|name| !is_proposed(name));
        FollowChange {
            group: group.name.clone(),
            name: unit.name.clone(),
            is_newly_behind: 0 < unit.behind_in_a_row && !was_behind,
            due: due.cloned().collect(),
        }
    };
    let units = after.units().map(follow);
    units
        .filter(|one| one.is_newly_behind || !one.due.is_empty())
        .collect()
}
