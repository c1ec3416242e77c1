//! Flags (流动红旗, GY-13): a flag is an asset with one holder. It stays with a unit that earned it
//! again (留住), goes from one that did not to one that did (送出), and comes back to the organiser
//! where nobody earned it.

use super::charter::{FlagRule, Side};
use super::close::UnitResult;
use super::input::{Past, PastFlag};
use super::ranking::{first, half, last};
use crate::ids::UnitId;
use crate::ratio::Ratio;
use serde::{Deserialize, Serialize};

/// Hands over the flags of one row of the charter in one group. The first and the last each take at
/// most half of the units that have a score. Where more are equal at the edge than there are flags,
/// who holds one keeps it. `before` is the last published month.
#[must_use]
pub fn award(
    before: Option<&Past>,
    group: &str,
    rule: &FlagRule,
    units: &[UnitResult],
) -> Vec<HandOver> {
    let before = before.map_or(&[][..], |past| &past.flags);
    let holder = |number: u32| {
        let is_it = |flag: &&PastFlag| {
            flag.group == group && flag.name == rule.name && flag.number == number
        };
        before.iter().find(is_it).and_then(|flag| flag.holder)
    };
    // One that is above the number by now comes back, or stays where it was earned again (P5).
    let is_out = |number: &u32| rule.count < *number && holder(*number).is_some();
    let above = before.iter().map(|flag| flag.number).filter(is_out).max();
    let numbers = 1..=above.unwrap_or(rule.count);
    let holders: Vec<Option<UnitId>> = numbers.map(holder).collect();
    let scores: Vec<Option<Ratio>> = units.iter().map(|unit| unit.score).collect();
    let count = rule.count.min(half(&scores));
    let earned = match rule.side {
        Side::Top => first(&scores, count),
        Side::Bottom => last(&scores, count),
    };
    let earned = units.iter().zip(earned).filter(|(_, is_earned)| *is_earned);
    let mut earned: Vec<(Option<u32>, bool, UnitId)> = earned
        .map(|(unit, _)| (unit.rank, !holders.contains(&Some(unit.unit)), unit.unit))
        .collect();
    earned.sort_by_key(|(rank, is_new, _)| (*rank, *is_new));
    let earned = earned.into_iter().take(rule.count as usize);
    hand_over(
        &holders,
        &earned.map(|(_, _, unit)| unit).collect::<Vec<_>>(),
    )
}

/// A flag at the month's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// From 1, among the flags of one colour in one group.
    pub number: u32,
    /// `None`: it lay with the organiser.
    pub from: Option<UnitId>,
    pub to: Option<UnitId>,
}

impl HandOver {
    /// A unit holds it, or gives it away: there is something to hand over or to keep.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// The units that it is about, who gives it away first; each once.
    pub fn units(&self) -> impl Iterator<Item = UnitId> {
        let giver = self.from.filter(|_| !self.is_kept());
        [giver, self.to].into_iter().flatten()
    }

    /// 留住: the unit earned it again.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.from.is_some() && self.from == self.to
    }
}

/// Hands over the flags of one colour in one group. `holders` has a place for each flag, in the
/// order of their numbers; `earned` are the units that earned one, in the order of their places.
/// Units for which no flag is left get none.
#[must_use]
pub fn hand_over(holders: &[Option<UnitId>], earned: &[UnitId]) -> Vec<HandOver> {
    let stays = |holder: &Option<UnitId>| holder.filter(|unit| earned.contains(unit));
    let kept: Vec<Option<UnitId>> = holders.iter().map(stays).collect();
    let mut waiting = earned.iter().filter(|unit| !kept.contains(&Some(**unit)));
    let flags = holders.iter().zip(&kept).zip(1..);
    flags
        .map(|((from, kept), number)| HandOver {
            number,
            from: *from,
            to: kept.or_else(|| waiting.next().copied()),
        })
        .collect()
}
