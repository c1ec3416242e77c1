//! One indicator: what its figures say of each unit of a group, and the points that follow. The
//! [`Cell`] is the trace: every number that the points came from stands in it.

use super::period::Period;
use super::ranking::places;
use crate::number::Decimal;
use crate::ratio::{Ratio, TooLarge};
use serde::{Deserialize, Serialize};

const HUNDRED: i64 = 100;
/// Of a pace in percentage points.
const PACE_PLACES: u32 = 1;
/// A value so many times the one before, or so small a part of it, is looked at by a person.
const FAR: i64 = 10;
/// Points of a cell are rounded once, so that what is printed adds up and sums stay small: exact
/// shares of many targets have no common denominator that fits.
const POINTS_PLACES: u32 = 6;

/// How an indicator is read and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its code on the roster of indicators.
    pub key: String,
    /// Points at most. Zero: it is shown and not scored.
    pub weight: Decimal,
    pub better: Better,
    pub rule: Rule,
    pub cadence: Cadence,
    /// Only who meets the target of every gate gets a bonus for a place (P12).
    pub gate: bool,
    /// A named item with a date: who has not met the target by then is overdue (GY-18).
    pub due: Option<Period>,
    /// Which of the two targets scores (GY-4).
    #[serde(default)]
    pub against: Against,
    /// Names of the groups that it is asked of; none: of every group (GY-1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// ≥: at least the target.
    Higher,
    /// ≤: at most the target.
    Lower,
}

/// A contest sets a target, and may raise it above the county's own (适度抬高, GY-4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    #[default]
    Base,
    Raised,
}

impl Against {
    /// What is not said of a shape that was written before there were two.
    #[must_use]
    pub fn is_base(&self) -> bool {
        *self == Self::Base
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    Monthly,
    /// Asked for in March, June, September and December.
    Quarterly,
}

/// How figures become points (P12). Shares are parts of one: `0.05` is 5 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// 目标完成法: all points where the target is met, none otherwise.
    Target,
    /// 争先进位法: all points for the first of the group, `step` of them less for each place.
    Rank { step: Decimal },
    /// So large a part of the points by the target, the rest by the place.
    Mixed { target: Decimal, step: Decimal },
    /// 序时差: all points at or ahead of time, `step` of them less for each percentage point behind.
    Pace { step: Decimal },
}

/// What is known of one unit: the value so far, and the targets that it is held against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    pub value: Option<Decimal>,
    pub target: Option<Decimal>,
    /// The contest's own, above the other (GY-4).
    pub raised: Option<Decimal>,
    /// What is to be reached by the end of the quarter, counted from the year's beginning as the
    /// value is (季度目标, ZR-5). It scores nothing.
    pub checkpoint: Option<Decimal>,
}

/// What an indicator says of one unit, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub figure: Figure,
    /// Value against target, 1 where it is exactly met.
    pub completion: Option<Ratio>,
    /// The same against the raised target.
    pub raised_completion: Option<Ratio>,
    /// The same against the quarter's checkpoint.
    pub checkpoint_completion: Option<Ratio>,
    /// 超序时: the completion less the share of the year that is over, where the rule is
    /// [`Rule::Pace`]; other targets are not the year's.
    pub pace: Option<Ratio>,
    pub met: Option<bool>,
    /// Inside the group, external peers among them.
    pub rank: Option<u32>,
    /// Places won (positive) or lost since the last published month in which it had one (WZ-13).
    pub moved: Option<i64>,
    /// Published months in which it was asked for and the unit was the first, in a row, this one
    /// among them (XY-14).
    pub first_in_a_row: u32,
    /// The value of the same month of the year before (去年同期).
    pub last_year: Option<Decimal>,
    /// 同比: the value over that one, less one (XY-14). It scores nothing.
    pub growth: Option<Ratio>,
    /// `None` where what the rule needs is missing.
    pub points: Option<Ratio>,
}

impl Cell {
    /// Whether it is behind time, by the tenth of a percentage point that is printed: nobody gets
    /// a slip for a figure that reads 0.0.
    #[must_use]
    pub fn is_behind_time(&self) -> bool {
        let percent = self.pace.map(|pace| pace.times(Ratio::scaled(HUNDRED, 1)));
        percent.is_some_and(|percent| {
            percent.is_ok_and(|percent| percent.to_fixed(PACE_PLACES).starts_with('-'))
        })
    }
}

impl Cadence {
    #[must_use]
    pub fn is_asked_in(self, period: Period) -> bool {
        match self {
            Self::Monthly => true,
            Self::Quarterly => period.ends_a_quarter(),
        }
    }

    /// The first month, from this one on, in which it is asked for.
    #[must_use]
    pub fn asked_from(self, period: Period) -> Period {
        let mut months = std::iter::successors(Some(period), |month| month.next());
        let asked = months.find(|month| self.is_asked_in(*month));
        asked.unwrap_or(Period::LAST)
    }
}

impl Indicator {
    #[must_use]
    pub fn is_asked_in(&self, period: Period) -> bool {
        self.cadence.is_asked_in(period)
    }

    #[must_use]
    pub fn is_asked_of(&self, group: &str) -> bool {
        is_asked_of(&self.groups, group)
    }

    /// The cells of one group, in the order of its figures.
    #[must_use]
    pub fn cells(&self, period: Period, figures: &[Figure]) -> Vec<Cell> {
        let mut cells: Vec<Cell> = figures
            .iter()
            .map(|figure| self.read(period, *figure))
            .collect();
        for (cell, rank) in cells.iter_mut().zip(self.ranks(figures)) {
            cell.rank = rank;
        }
        for cell in &mut cells {
            cell.points = self.points(cell).ok().flatten();
        }
        cells
    }

    fn read(&self, period: Period, figure: Figure) -> Cell {
        let mut cell = Cell {
            figure,
            ..Cell::default()
        };
        let done = |target: Option<Decimal>| self.completion(figure.value?, target?);
        cell.completion = done(figure.target);
        cell.raised_completion = done(figure.raised);
        cell.checkpoint_completion = done(figure.checkpoint);
        let scores = self.target(&figure);
        if let (Some(value), Some(target)) = (figure.value, scores) {
            cell.met = Some(match self.better {
                Better::Higher => target <= value,
                Better::Lower => value <= target,
            });
            if let (Rule::Pace { .. }, Some(done)) = (self.rule, done(scores)) {
                cell.pace = done.minus(period.share_of_year()).ok();
            }
        }
        cell
    }

    /// The target that scores. A raised one that is not there is missing: the other one would be
    /// easier than what the rest is held against.
    fn target(&self, figure: &Figure) -> Option<Decimal> {
        match self.against {
            Against::Base => figure.target,
            Against::Raised => figure.raised,
        }
    }

    /// Nothing can be said against a target of zero, nor of what is better the lower it is and is
    /// zero or less: there the target is met or not. What is below zero is nothing done.
    fn completion(&self, value: Decimal, target: Decimal) -> Option<Ratio> {
        let (part, whole) = match self.better {
            Better::Higher => (value, target),
            Better::Lower => (target, value),
        };
        let done = part.max(Decimal::ZERO).ratio().over(whole.ratio()).ok();
        done.filter(|_| Decimal::ZERO < whole)
    }

    /// By the value itself where the rule asks for places alone or a target is zero; otherwise by
    /// the value against the target, and who has no target has no place.
    fn ranks(&self, figures: &[Figure]) -> Vec<Option<u32>> {
        let mut targets = figures.iter().filter_map(|figure| self.target(figure));
        let by_value =
            matches!(self.rule, Rule::Rank { .. }) || targets.any(|target| target <= Decimal::ZERO);
        let share = |figure: &Figure| {
            let value = figure.value?.ratio();
            match by_value {
                true => Some(value),
                false => value.over(self.target(figure)?.ratio()).ok(),
            }
        };
        let key = |figure: &Figure| match self.better {
            Better::Higher => share(figure),
            Better::Lower => share(figure).map(Ratio::negated),
        };
        places(&figures.iter().map(key).collect::<Vec<_>>())
    }

    fn points(&self, cell: &Cell) -> Result<Option<Ratio>, TooLarge> {
        let share = match self.rule {
            Rule::Target => cell.met.map(all_or_nothing),
            Rule::Rank { step } => by_rank(cell, step)?,
            Rule::Mixed { target, step } => match (cell.met, by_rank(cell, step)?) {
                (Some(met), Some(by_rank)) => {
                    let by_target = all_or_nothing(met).times(target.ratio())?;
                    let rest = Ratio::ONE.minus(target.ratio())?;
                    Some(by_target.plus(by_rank.times(rest)?)?)
                }
                _ => None,
            },
            Rule::Pace { step } => match cell.pace {
                None => None,
                Some(pace) if Ratio::ZERO <= pace => Some(Ratio::ONE),
                Some(pace) => {
                    let behind = pace.negated().times(Ratio::scaled(HUNDRED, 1))?;
                    Some(less(behind.times(step.ratio())?)?)
                }
            },
        };
        let points = share.map(|share| share.times(self.weight.ratio()));
        Ok(points
            .transpose()?
            .map(|points| points.round(POINTS_PLACES)))
    }
}

fn by_rank(cell: &Cell, step: Decimal) -> Result<Option<Ratio>, TooLarge> {
    let Some(rank) = cell.rank else {
        return Ok(None);
    };
    let places = Ratio::scaled(i64::from(rank) - 1, 1);
    Ok(Some(less(places.times(step.ratio())?)?))
}

fn all_or_nothing(met: bool) -> Ratio {
    if met { Ratio::ONE } else { Ratio::ZERO }
}

/// One, less so much, and never below zero.
fn less(part: Ratio) -> Result<Ratio, TooLarge> {
    Ok(Ratio::ONE.minus(part)?.max(Ratio::ZERO))
}

/// Whether what names these groups is asked of one; what names none is asked of every group.
#[must_use]
pub fn is_asked_of(groups: &[String], group: &str) -> bool {
    groups.is_empty() || groups.iter().any(|named| named == group)
}

/// The value that a month's is held against: the same month's of the year before, where there is
/// one, otherwise the newest of the same year. Most figures count up through the year, so January
/// is never held against December.
#[must_use]
pub fn comparable(
    period: Period,
    history: impl IntoIterator<Item = (Period, Decimal)>,
) -> Option<(Period, Decimal)> {
    let of_last_year = |one: Period| Some(one) == period.year_before();
    let of_this_year = |one: Period| one.year() == period.year() && one < period;
    let known = history.into_iter();
    let known = known.filter(|(one, _)| of_last_year(*one) || of_this_year(*one));
    known.max_by_key(|(one, _)| (of_last_year(*one), *one))
}

/// Whether a value is so far from an earlier one that a person has to look at it. Nothing is far
/// from zero, since everything is.
#[must_use]
pub fn is_far(value: Decimal, earlier: Decimal) -> bool {
    let sign = earlier.micros().signum();
    // `number::WHOLE_MAX` leaves room for ten times as much.
    let (value, earlier) = (value.micros() * sign, earlier.micros() * sign);
    earlier != 0 && (earlier * FAR < value || value * FAR < earlier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_far_beyond_ten_times_or_below_a_tenth() {
        let far = |value: &str, earlier: &str| {
            let read = |text: &str| text.parse().expect("a number");
            is_far(read(value), read(earlier))
        };
        assert!(!far("120", "12") && far("120.1", "12"));
        assert!(!far("1.2", "12") && far("1.1", "12"));
        assert!(far("-12", "12") && far("0", "12"));
        assert!(!far("-120", "-12") && far("-121", "-12") && far("12", "-12"));
        assert!(!far("5", "0"));
        assert!(!far("1000000", "1000000"));
        let (most, tenth) = ("100000000000", "9999999999.999999");
        assert!(!far(most, most) && far(most, tenth) && far("-100000000000", most));
    }

    #[test]
    fn what_is_asked_quarterly_is_asked_for_at_the_end_of_a_quarter() {
        let month = |text: &str| text.parse::<Period>().expect("a month");
        let next = |at: &str| Cadence::Quarterly.asked_from(month(at)).to_string();
        assert_eq!(next("2026-07"), "2026-09");
        assert_eq!(next("2026-09"), "2026-09");
        assert_eq!(next("2026-10"), "2026-12");
        assert_eq!(next("9999-12"), "9999-12");
        let monthly = Cadence::Monthly.asked_from(month("2026-07"));
        assert_eq!(monthly, month("2026-07"));
    }

    #[test]
    fn a_month_is_held_against_the_same_one_of_last_year_or_else_against_its_own_year() {
        let month = |text: &str| text.parse::<Period>().expect("a month");
        let against = |period: &str, history: &[&str]| {
            let history = history.iter().map(|text| (month(text), Decimal::ONE));
            comparable(month(period), history).map(|(period, _)| period.to_string())
        };
        let year = ["2025-01", "2025-02", "2025-12", "2026-01", "2026-02"];
        assert_eq!(against("2026-02", &year).as_deref(), Some("2025-02"));
        assert_eq!(against("2026-03", &year).as_deref(), Some("2026-02"));
        assert_eq!(against("2026-01", &year[1..3]), None, "not December");
        assert_eq!(against("2026-01", &["2026-01", "2026-02"]), None);
        assert_eq!(against("2027-02", &["2024-02", "2025-02"]), None);
    }
}
