//! Check items (检查项目, ES-3): what a season's charter lists to be looked at, by dimension and with
//! its points, and honours by their level (XY-15). Who records one taps it instead of typing. An
//! item may have a cap: what one unit gets by it in one month, up or down, counts up to there.

use super::charter::{NAME_MAX, SeasonCharter};
use super::input::Merit;
use crate::number::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Points of one record, up or down, in wholes.
pub const POINTS_MAX: i64 = 100;
/// Characters of an item's name.
pub const ITEM_NAME_MAX: usize = 30;
/// Characters of a document's number, such as 云政发〔2026〕7号.
pub const DOCUMENT_NO_MAX: usize = 40;
/// Items of a charter: a phone shows them all.
pub const ITEMS_MAX: usize = 60;

const MICRO: i64 = 1_000_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckItem {
    /// 责任落实, 问题化解, 服务成效 …
    pub dimension: String,
    /// A record keeps it, so no two items of a charter have the same.
    pub name: String,
    /// With their sign; a record has them as they are.
    pub points: Decimal,
    /// At most so many points of one unit in one month, as a positive number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Decimal>,
    /// A record of it may say the number of a document (文号): an honour (XY-15).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_document: bool,
}

impl SeasonCharter {
    /// The item of this name.
    #[must_use]
    pub fn item(&self, name: &str) -> Option<&CheckItem> {
        self.items.iter().find(|item| item.name == name)
    }

    /// Whether a record says what the charter of today lists: an item with its dimension and
    /// points, or none where records without one are allowed.
    #[must_use]
    pub fn lists(&self, name: &str, dimension: &str, points: Decimal) -> bool {
        match (name, self.item(name)) {
            ("", _) => !self.items_only,
            (_, Some(item)) => (item.dimension.as_str(), item.points) == (dimension, points),
            (_, None) => false,
        }
    }

    /// What is wrong with the items: the key, and a code.
    pub(super) fn item_faults(&self) -> Vec<(String, &'static str)> {
        let mut faults = Vec::new();
        if ITEMS_MAX < self.items.len() {
            faults.push(("items".to_owned(), "too_many"));
        }
        if self.items_only && self.items.is_empty() {
            faults.push(("items_only".to_owned(), "no_items"));
        }
        for (at, item) in self.items.iter().enumerate() {
            let of_item = item.faults().into_iter();
            faults.extend(of_item.map(|(key, code)| (format!("items[{at}].{key}"), code)));
            let mut before = self.items.iter().take(at);
            if before.any(|other| other.name == item.name) {
                faults.push((format!("items[{at}].name"), "twice"));
            }
        }
        faults
    }
}

impl CheckItem {
    fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let mut faults = Vec::new();
        for (key, text, most) in [
            ("dimension", &self.dimension, NAME_MAX),
            ("name", &self.name, ITEM_NAME_MAX),
        ] {
            if text.is_empty() {
                faults.push((key, "empty"));
            } else if most < text.chars().count() {
                faults.push((key, "too_long"));
            } else if text.trim() != text || text.contains(char::is_control) {
                // A record has them trimmed and in one line, and would not be known again.
                faults.push((key, "not_plain"));
            }
        }
        let size = self.points.micros().abs();
        if size == 0 || POINTS_MAX * MICRO < size {
            faults.push(("points", "out_of_range"));
        }
        match self.cap.map(Decimal::micros) {
            Some(..=0) => faults.push(("cap", "out_of_range")),
            // Not even one record would count whole.
            Some(cap) if cap < size => faults.push(("cap", "below_points")),
            Some(_) | None => {}
        }
        faults
    }
}

/// The records with the points that count, in the same order. Those of one unit by one item count
/// one after the other, by their days and on one day as they were recorded, as long as their sum
/// stays within the item's cap; what goes beyond does not count.
pub(super) fn within_caps(items: &[CheckItem], merits: &[Merit]) -> Vec<Merit> {
    let mut within = merits.to_vec();
    let mut by_day: Vec<&mut Merit> = within.iter_mut().collect();
    // Stable: those of one day keep their order.
    by_day.sort_by_key(|merit| merit.day);
    let mut sums = BTreeMap::new();
    for merit in by_day {
        let item = merit.item.and_then(|at| Some((at, items.get(at)?.cap?)));
        let Some((at, cap)) = item.filter(|(_, cap)| Decimal::ZERO < *cap) else {
            continue;
        };
        let (sum, cap): (&mut i64, _) = (sums.entry((merit.unit, at)).or_default(), cap.micros());
        let next = (*sum + merit.points.micros()).clamp(-cap, cap);
        // Between nothing and the whole of its points, so it is a number.
        merit.points = Decimal::from_micros(next - *sum).unwrap_or_default();
        *sum = next;
    }
    within
}
