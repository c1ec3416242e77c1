//! The month: the presets' own numbers and the scenarios of a season. Test names are the sentences
//! that they prove.

mod assessment;
mod board;
mod cadence;
mod deadline;
mod figures;
mod groups;
mod item;
mod ladder;
mod leader;
mod outcome;
mod pledge;
mod preset;
mod season;
mod season_months;
mod year;

use domain::ids::UnitId;
use domain::month::indicator::{Against, Better, Cadence, Figure, Indicator, Rule};
use domain::month::{
    Group, Member, Merit, MonthInput, MonthResult, Past, Period, SeasonCharter, close,
};
use domain::number::Decimal;
use std::collections::BTreeMap;
use uuid::Uuid;

pub fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn period(text: &str) -> Period {
    text.parse().unwrap()
}

pub fn unit(number: u32) -> UnitId {
    UnitId(Uuid::from_u128(u128::from(number)))
}

/// An indicator of a rule, better the higher it is, asked for every month.
pub fn indicator(weight: &str, rule: Rule) -> Indicator {
    Indicator {
        key: "a".to_owned(),
        weight: number(weight),
        better: Better::Higher,
        rule,
        cadence: Cadence::Monthly,
        gate: false,
        due: None,
        against: Against::Base,
        groups: Vec::new(),
    }
}

pub fn figure(value: &str, target: &str) -> Figure {
    let read = |text: &str| (!text.is_empty()).then(|| number(text));
    Figure {
        value: read(value),
        target: read(target),
        raised: None,
        checkpoint: None,
    }
}

/// A season in a test: what does not change from month to month.
pub struct Season {
    pub charter: SeasonCharter,
    pub groups: Vec<Group>,
    pub pairs: Vec<(UnitId, UnitId)>,
    pub indicators: Vec<Indicator>,
    pub past: Vec<Past>,
    /// Of the season before.
    pub earlier: Vec<Past>,
    pub last_year: BTreeMap<(usize, UnitId), Decimal>,
}

impl Season {
    /// Groups of so many units, numbered through, with one indicator of 100 points by the place.
    pub fn of(sizes: &[u32]) -> Self {
        let mut next = 0;
        let mut member = || {
            next += 1;
            Member {
                unit: unit(next),
                external: false,
            }
        };
        let groups = sizes.iter().zip(1..).map(|(size, number)| Group {
            name: format!("第{number}组"),
            members: (0..*size).map(|_| member()).collect(),
        });
        Self {
            charter: SeasonCharter::guanyun(),
            groups: groups.collect(),
            pairs: Vec::new(),
            indicators: vec![indicator(
                "100",
                Rule::Rank {
                    step: number("0.01"),
                },
            )],
            past: Vec::new(),
            earlier: Vec::new(),
            last_year: BTreeMap::new(),
        }
    }

    /// A month in which each unit has the value of the first indicator that is given for it.
    pub fn month(&self, at: &str, values: &[(u32, &str)], merits: &[(u32, &str)]) -> MonthResult {
        let values = values
            .iter()
            .map(|(of, value)| ((0, unit(*of)), figure(value, "")));
        self.closed(at, &values.collect(), merits)
    }

    pub fn closed(
        &self,
        at: &str,
        figures: &BTreeMap<(usize, UnitId), Figure>,
        merits: &[(u32, &str)],
    ) -> MonthResult {
        let merits = merits.iter().map(|(of, points)| Merit {
            unit: unit(*of),
            points: number(points),
            day: period(at).first_day(),
            item: None,
        });
        let merits: Vec<Merit> = merits.collect();
        let input = MonthInput {
            period: period(at),
            charter: &self.charter,
            groups: &self.groups,
            pairs: &self.pairs,
            indicators: &self.indicators,
            figures,
            merits: &merits,
            past: &self.past,
            earlier: &self.earlier,
            last_year: &self.last_year,
        };
        close(&input).unwrap()
    }

    /// Publishes a month, so that the later ones know of it.
    pub fn publish(&mut self, month: &MonthResult) {
        self.past.push(month.past(&self.charter));
    }

    /// The next season begins, which follows this one.
    pub fn turn(&mut self) {
        self.earlier.append(&mut self.past);
    }
}
