//! Units that a name may mean: what is offered to a person where nothing has exactly that name.
//! Nothing is chosen here.

use super::plan::PlannedUnit;
use crate::service::month::units::initials;
use std::collections::BTreeMap;

/// As many as a sentence holds.
const OFFERED_MAX: usize = 3;
/// Letters that may be wrong in a name.
const WRONG_MAX: usize = 1;
/// Letters of a name that stands in another one; a single one stands in nearly all.
const CONTAINED_MIN: usize = 2;

/// How well a unit fits, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// 青河镇 for 青禾镇.
    Letters,
    /// 清河镇 for 青禾镇: the syllables begin alike, as when somebody chose a wrong character.
    Initials,
    /// 青禾 or 云岭县青禾镇 for 青禾镇.
    Contained,
}

/// The units of exactly this name.
#[must_use]
pub fn named<'a>(units: &'a BTreeMap<String, PlannedUnit>, name: &str) -> Vec<&'a PlannedUnit> {
    units.values().filter(|unit| unit.name == name).collect()
}

/// The units that it may mean, the best first.
#[must_use]
pub fn like<'a>(units: &'a BTreeMap<String, PlannedUnit>, name: &str) -> Vec<&'a PlannedUnit> {
    let letters = initials(name);
    let mut found: Vec<(Fit, &PlannedUnit)> = units
        .values()
        .filter_map(|unit| Some((fit(&unit.name, (name, &letters))?, unit)))
        .collect();
    // Stable: among equals the roster's order stays.
    found.sort_by_key(|(fit, _)| *fit);
    found.truncate(OFFERED_MAX);
    found.into_iter().map(|(_, unit)| unit).collect()
}

fn fit(unit: &str, (name, letters): (&str, &str)) -> Option<Fit> {
    let shorter = unit.chars().count().min(name.chars().count());
    // Of two letters one is half.
    if CONTAINED_MIN < shorter && distance(unit, name) <= WRONG_MAX {
        Some(Fit::Letters)
    } else if CONTAINED_MIN <= shorter && initials(unit) == letters {
        Some(Fit::Initials)
    } else if CONTAINED_MIN <= shorter && (unit.contains(name) || name.contains(unit)) {
        Some(Fit::Contained)
    } else {
        None
    }
}

/// How many letters have to be changed, added or left out (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, left) in left.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(at + 1);
        for (pair, right) in row.windows(2).zip(&right) {
            let (other, above) = (pair[0] + usize::from(left != *right), pair[1] + 1);
            let beside = next.last().map_or(above, |last| last + 1);
            next.push(other.min(above).min(beside));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::roster::level::Level;

    fn offered(name: &str) -> Vec<String> {
        let names = [
            "云岭县",
            "青禾镇",
            "青禾村",
            "松溪镇",
            "石桥镇",
            "石桥乡",
            "石桥村",
            "石桥",
        ];
        let unit = |(at, name): (usize, &&str)| PlannedUnit {
            code: format!("{at:02}"),
            name: (*name).to_owned(),
            level: Level::Township,
            parent: None,
        };
        let units = names.iter().enumerate().map(unit);
        let units = units.map(|unit| (unit.code.clone(), unit)).collect();
        like(&units, name)
            .iter()
            .map(|unit| unit.name.clone())
            .collect()
    }

    #[test]
    fn a_name_that_nearly_fits_offers_at_most_three_units() {
        assert_eq!(offered("青河镇"), ["青禾镇"]);
        assert_eq!(offered("清河镇"), ["青禾镇"], "by its syllables");
        assert_eq!(offered("松溪"), ["松溪镇"]);
        assert_eq!(offered("云岭县松溪镇"), ["云岭县", "松溪镇"]);
        assert_eq!(offered("石桥街"), ["石桥镇", "石桥乡", "石桥村"]);
        assert_eq!(offered("镇"), [""; 0]);
        assert_eq!(offered("无名局"), [""; 0]);
    }

    #[test]
    fn a_distance_counts_letters() {
        assert_eq!(distance("", "镇"), 1);
        assert_eq!(distance("青禾镇", "青禾镇"), 0);
        assert_eq!(distance("青禾镇", "禾青镇"), 2);
        assert_eq!(distance("青禾镇", "青禾"), 1);
    }
}
