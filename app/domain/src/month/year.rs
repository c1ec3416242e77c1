//! The score of a half-year or a year (GY-10): the mean of its months at their weight, what is
//! assessed elsewhere at its own, and points for places in contests (WZ-12). Exact, and rounded
//! once where it is printed.

use super::charter::{NAME_MAX, QUOTA_MAX, Side};
use crate::number::Decimal;
use crate::ratio::{Ratio, TooLarge};
use serde::{Deserialize, Serialize};

/// What is assessed elsewhere is entered out of so many points.
pub const PART_MAX: i64 = 100;
/// Points that a contest brings or costs at most.
pub const POINTS_MAX: i64 = 100;
/// The weights of a rule in percent.
const WEIGHTS: i64 = 100;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearRule {
    /// What the mean of the months counts, in percent. It makes a hundred with those of `parts`.
    pub months: Decimal,
    /// What is assessed elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<YearPart>,
    /// What places in contests bring and cost. The first row that fits a place counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contests: Vec<PlacePoints>,
    /// Contests bring and cost at most so much together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contests_cap: Option<Decimal>,
}

/// 综合考核, 群众测评 …: entered out of a hundred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearPart {
    pub name: String,
    /// In percent.
    pub weight: Decimal,
}

/// A row of the conversion table: places from one to another, counted from the first or from the
/// last, and what each of them brings or costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacePoints {
    pub side: Side,
    pub from: u32,
    pub to: u32,
    pub points: Decimal,
}

/// What a unit has to show for the year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearInput {
    /// The mean of its months.
    pub months: Option<Ratio>,
    /// One for each part of the rule.
    pub parts: Vec<Option<Decimal>>,
    /// What each contest brought.
    pub contests: Vec<Decimal>,
}

/// How its score comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearScore {
    /// The mean of the months at its weight.
    pub months: Option<Ratio>,
    /// One for each part, at its weight.
    pub parts: Vec<Option<Ratio>>,
    /// Of all contests, within the cap.
    pub contests: Ratio,
    /// Nothing as long as a part is missing: what is missing is no zero.
    pub sum: Option<Ratio>,
}

impl YearRule {
    /// What a place among so many that have one brings or costs. Equal ones have the better place,
    /// from either end.
    #[must_use]
    pub fn points(&self, rank: u32, of: u32) -> Decimal {
        let fits = |row: &&PlacePoints| {
            let place = match row.side {
                Side::Top => rank,
                Side::Bottom => of.saturating_sub(rank) + 1,
            };
            (row.from..=row.to).contains(&place)
        };
        let row = self.contests.iter().find(fits);
        row.map_or(Decimal::ZERO, |row| row.points)
    }

    /// # Errors
    /// A number is beyond what fits.
    pub fn score(&self, input: &YearInput) -> Result<YearScore, TooLarge> {
        let months = input.months.map(|mean| weighed(mean, self.months));
        let months = months.transpose()?;
        let mut parts = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            let entered = input.parts.get(at).copied().flatten();
            let weighed = entered.map(|score| weighed(score.ratio(), part.weight));
            parts.push(weighed.transpose()?);
        }
        let contests = self.within_cap(&input.contests)?;
        let mut sum = months.map(|months| months.plus(contests)).transpose()?;
        for part in &parts {
            sum = match (sum, part) {
                (Some(sum), Some(part)) => Some(sum.plus(*part)?),
                _ => None,
            };
        }
        Ok(YearScore {
            months,
            parts,
            contests,
            sum,
        })
    }

    fn within_cap(&self, contests: &[Decimal]) -> Result<Ratio, TooLarge> {
        let mut sum = Ratio::ZERO;
        for points in contests {
            sum = sum.plus(points.ratio())?;
        }
        Ok(match self.contests_cap.map(Decimal::ratio) {
            Some(cap) => sum.clamp(cap.negated(), cap),
            None => sum,
        })
    }

    /// What is wrong with it: the key below `year`, and a code.
    pub(super) fn faults(&self) -> Vec<(String, &'static str)> {
        let mut faults = Vec::new();
        let weights = self.parts.iter().map(|part| part.weight.micros());
        let weights: i128 = weights.map(i128::from).sum();
        let hundred = i128::from(Decimal::ONE.micros()) * i128::from(WEIGHTS);
        if i128::from(self.months.micros()) + weights != hundred {
            faults.push(("months".to_owned(), "not_a_hundred"));
        }
        if self.months.is_negative() {
            faults.push(("months".to_owned(), "negative"));
        }
        for (at, part) in self.parts.iter().enumerate() {
            let mut others = self.parts.iter().take(at);
            let code = match part.name.chars().count() {
                0 => Some("empty"),
                count if NAME_MAX < count => Some("too_long"),
                _ if others.any(|other| other.name == part.name) => Some("twice"),
                _ => None,
            };
            faults.extend(code.map(|code| (format!("parts[{at}].name"), code)));
            if part.weight.is_negative() {
                faults.push((format!("parts[{at}].weight"), "negative"));
            }
        }
        for (at, row) in self.contests.iter().enumerate() {
            if row.from == 0 || row.to < row.from || QUOTA_MAX < row.to {
                faults.push((format!("contests[{at}].to"), "out_of_range"));
            }
            if !is_within(row.points, POINTS_MAX) {
                faults.push((format!("contests[{at}].points"), "out_of_range"));
            }
        }
        if self.contests_cap.is_some_and(Decimal::is_negative) {
            faults.push(("contests_cap".to_owned(), "negative"));
        }
        faults
    }
}

/// Whether a score of a part may be entered: from nothing to a hundred.
#[must_use]
pub fn is_part_score(score: Decimal) -> bool {
    !score.is_negative() && is_within(score, PART_MAX)
}

fn is_within(number: Decimal, most: i64) -> bool {
    number.micros().abs() <= Decimal::ONE.micros() * most
}

fn weighed(score: Ratio, weight: Decimal) -> Result<Ratio, TooLarge> {
    score.times(weight.ratio())?.over(Ratio::scaled(WEIGHTS, 1))
}
