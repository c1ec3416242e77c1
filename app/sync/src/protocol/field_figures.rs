//! What a department sees of its own indicators, and enters (录数).

use domain::ids::{IndicatorId, UnitId};
use domain::month::period::Period;
use serde::{Deserialize, Serialize};

/// The figures that a department gives in its window (录数).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldEntry {
    pub period: Period,
    /// The last day of the window, `2026-08-18`. What comes later waits for an account.
    pub until: String,
    pub indicators: Vec<FieldIndicator>,
    /// Its other indicators, which this month is not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<FieldLater>,
    /// The season's last month is done (GY-3): no indicator is asked for any more, and all stand
    /// under `later`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_over: bool,
}

impl FieldEntry {
    /// The name and the unit of measure of an indicator, whenever it is asked for.
    #[must_use]
    pub fn named(&self, id: IndicatorId) -> Option<(&str, &str)> {
        let now = self.indicators.iter();
        let now = now.map(|one| (one.id, &one.name, &one.measure));
        let later = self.later.iter();
        let later = later.map(|one| (one.id, &one.name, &one.measure));
        let mut named = now.chain(later).filter(|(of, ..)| *of == id);
        named.next().map(|(_, name, measure)| (&**name, &**measure))
    }
}

/// An indicator that is asked for in another month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldLater {
    pub id: IndicatorId,
    pub name: String,
    /// Unit of measure.
    pub measure: String,
    /// The next month that is asked for.
    pub next: Period,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldIndicator {
    pub id: IndicatorId,
    pub name: String,
    /// Unit of measure.
    pub measure: String,
    pub cells: Vec<FieldCell>,
}

/// One unit's figure as it stands. Decimals as text; empty where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldCell {
    pub unit: UnitId,
    pub value: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub target: String,
    /// What it is held against: the same month of last year, or else the newest of this year.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub earlier: String,
}

/// Figures in one op: so many fit into it with room to spare.
pub const FIGURES_MAX: usize = 40;

/// Values of one indicator and month that a department enters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFigures {
    pub indicator: IndicatorId,
    pub period: Period,
    pub figures: Vec<FieldFigure>,
    pub draft: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFigure {
    pub unit: UnitId,
    pub value: String,
    /// What the phone showed while it was typed, so that nothing newer is overwritten unseen.
    pub seen: String,
}
