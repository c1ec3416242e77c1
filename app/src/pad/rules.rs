//! The criteria that one seat marks, and how their figures are written: always with the same
//! number of decimals, never through a float.

use domain::charter::Criterion;
use domain::mark::Mark;
use domain::ratio::Ratio;
use sync::draft::{SHEET_SUM_PER_POINT, SheetSum};
use sync::protocol::SeatView;

/// Decimals of a millionth times a thousandth.
const SUM_DECIMALS: u32 = 9;
/// Decimals of a mark.
const MARK_DECIMALS: u32 = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRules {
    criteria: Vec<Criterion>,
    sum_places: u32,
}

impl SeatRules {
    /// The criteria of the seat's class; `None` if this build cannot read the charter.
    #[must_use]
    pub fn of(view: &SeatView) -> Option<Self> {
        let criteria = &view.charter.criteria;
        let sound = !criteria.is_empty() && criteria.iter().all(|each| Mark::ZERO < each.step);
        sound.then(|| Self::new(criteria.clone()))
    }

    #[must_use]
    pub fn new(criteria: Vec<Criterion>) -> Self {
        let places = criteria.iter().map(sum_places).max().unwrap_or_default();
        Self {
            criteria,
            sum_places: places,
        }
    }

    #[must_use]
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    /// The criteria as `sync` takes them.
    #[must_use]
    pub fn refs(&self) -> Vec<&Criterion> {
        self.criteria.iter().collect()
    }

    /// A sum of marks: `89.5`.
    #[must_use]
    pub fn sum_text(&self, sum: SheetSum) -> String {
        Ratio::new(sum.0, SHEET_SUM_PER_POINT)
            .map_or_else(|_| "—".to_owned(), |sum| sum.to_fixed(self.sum_places))
    }
}

/// A mark of this criterion: `17.5`, `13.0`.
#[must_use]
pub fn mark_text(criterion: &Criterion, millis: i64) -> String {
    Mark(millis).ratio().to_fixed(mark_places(criterion))
}

/// Decimals that marks of this criterion need.
#[must_use]
pub fn mark_places(criterion: &Criterion) -> u32 {
    let step = decimals(i128::from(criterion.step.milli()), MARK_DECIMALS);
    step.max(decimals(i128::from(criterion.min.milli()), MARK_DECIMALS))
}

/// Where a mark lies between the least and the largest, in thousandths.
#[must_use]
pub fn share(criterion: &Criterion, millis: i64) -> i64 {
    let span = (criterion.max.milli() - criterion.min.milli()).max(1);
    ((millis - criterion.min.milli()) * 1_000 / span).clamp(0, 1_000)
}

/// [`share`] as the value of an SVG attribute: `87.5%`.
#[must_use]
pub fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// One step up or down. The first press on a blank criterion shows the end it starts from.
#[must_use]
pub fn stepped(criterion: &Criterion, millis: Option<i64>, up: bool) -> i64 {
    let (min, max) = (criterion.min.milli(), criterion.max.milli());
    let step = criterion.step.milli();
    match (millis, up) {
        (None, true) => min,
        (None, false) => max - (max - min) % step.max(1),
        (Some(now), true) if now + step <= max => now + step,
        (Some(now), false) if min <= now - step => now - step,
        (Some(now), _) => now,
    }
}

fn sum_places(criterion: &Criterion) -> u32 {
    let factor = i128::from(criterion.factor.micros());
    let places = |millis: i64| decimals(factor * i128::from(millis), SUM_DECIMALS);
    places(criterion.step.milli()).max(places(criterion.min.milli()))
}

/// Decimals that a value in units of the last one really needs.
fn decimals(mut value: i128, mut places: u32) -> u32 {
    while 0 < places && value % 10 == 0 {
        value /= 10;
        places -= 1;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn criterion(step: &str, factor: &str) -> Criterion {
        Criterion {
            key: "a".to_owned(),
            name: "成效".to_owned(),
            min: Mark::ZERO,
            max: Mark(20_000),
            step: step.parse().expect("a mark"),
            factor: factor.parse().expect("a decimal"),
            levels: Vec::new(),
        }
    }

    #[test]
    fn figures_keep_their_decimals() {
        assert_eq!(mark_text(&criterion("0.5", "1"), 13_000), "13.0");
        assert_eq!(mark_text(&criterion("1", "1"), 13_000), "13");
        assert_eq!(mark_text(&criterion("0.25", "1"), 13_500), "13.50");
    }

    #[test]
    fn a_sum_has_the_decimals_of_its_finest_term() {
        let rules = SeatRules::new(vec![criterion("0.5", "1"), criterion("1", "0.25")]);
        assert_eq!(rules.sum_text(SheetSum(89 * SHEET_SUM_PER_POINT)), "89.00");
        let plain = SeatRules::new(vec![criterion("0.5", "1")]);
        assert_eq!(plain.sum_text(SheetSum(89_500_000_000)), "89.5");
    }

    #[test]
    fn steps_stay_on_the_scale() {
        let half = criterion("0.5", "1");
        assert_eq!(stepped(&half, Some(17_500), true), 18_000);
        assert_eq!(stepped(&half, Some(20_000), true), 20_000);
        assert_eq!(stepped(&half, Some(0), false), 0);
        assert_eq!(
            (stepped(&half, None, true), stepped(&half, None, false)),
            (0, 20_000)
        );
        assert_eq!(stepped(&criterion("3", "1"), None, false), 18_000);
    }

    #[test]
    fn a_share_is_written_without_a_float() {
        assert_eq!(percent(share(&criterion("0.5", "1"), 17_500)), "87.5%");
        assert_eq!(percent(share(&criterion("0.5", "1"), 0)), "0.0%");
    }
}
