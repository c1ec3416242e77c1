//! Flags (流动红旗, GY-13): a flag is an asset with one holder. It stays with a unit that earned it
//! again (留住), goes from one that did not to one that did (送出), and comes back to the organiser
//! where nobody earned it.

use crate::ids::UnitId;
use serde::{Deserialize, Serialize};

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
