//! What a unit's points are told by: the dimensions of its indicators (GY-5) or of its merit points
//! (ES-3), or the indicators themselves where neither has three.

use crate::backend::{UnitDimension, UnitDimensions};
use crate::components::chart::radar::{SPOKES_MIN, Spoke};
use crate::components::chart::thousandths;
use crate::components::standing::signed;
use crate::format;
use crate::text::{self, Lang};
use domain::number::Decimal;
use std::cmp::Reverse;
use sync::posted_month::{PostedGroup, PostedIndicator, PostedMonth, PostedUnit};

/// More spokes than these cannot be told apart on a phone.
const SPOKES_MAX: usize = 12;
const WHOLE: i64 = 1000;
/// Where nothing added and nothing deducted stands: half way out.
const ZERO: i64 = WHOLE / 2;
const MICROS_IN_HUNDREDTH: i64 = 10_000;

/// What the spokes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Indicator,
    /// Of indicators: shares of their points at most.
    Dimension,
    /// Of merit points, which may be below nothing.
    Merit,
}

/// One spoke, with the figures that stand in the table, and what they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    pub name: String,
    pub spoke: Spoke,
    /// In the order of the table's columns.
    pub figures: Vec<String>,
    /// Its indicators or records, with figures of the same columns.
    pub parts: Vec<(String, Vec<String>)>,
}

/// The spokes. Some of them are a table alone (see [`is_drawn`]), and none are nothing.
pub fn axes(
    lang: Lang,
    month: &PostedMonth,
    group: &PostedGroup,
    (unit, merits): (&PostedUnit, Option<&UnitDimensions>),
) -> (By, Vec<Axis>) {
    let scored = scored(month, group);
    let is_named = |indicator: &&PostedIndicator| !indicator.dimension.is_empty();
    let has_dimensions = scored.iter().map(|(_, one)| one).any(is_named);
    let by_dimension = match has_dimensions {
        true => of_indicators(group, unit, &by_dimension(&scored)),
        false => Vec::new(),
    };
    let by_merit = || merits.map(|merits| of_merits(lang, unit, merits));
    let by_merit = by_merit().unwrap_or_default();
    match (is_drawn(&by_dimension), is_drawn(&by_merit)) {
        (true, _) => (By::Dimension, by_dimension),
        (_, true) => (By::Merit, by_merit),
        _ if has_dimensions => (By::Dimension, by_dimension),
        _ if SPOKES_MIN <= scored.len() => {
            let single = weightiest(scored).into_iter();
            let single = single.map(|one| (one.1.name.clone(), vec![one]));
            let single: Vec<_> = single.collect();
            (By::Indicator, of_indicators(group, unit, &single))
        }
        _ => (By::Merit, by_merit),
    }
}

/// Whether they span an area that can be read.
pub fn is_drawn(axes: &[Axis]) -> bool {
    (SPOKES_MIN..=SPOKES_MAX).contains(&axes.len())
}

/// An indicator with its place among the cells.
type Scored<'a> = (usize, &'a PostedIndicator);

fn scored<'a>(month: &'a PostedMonth, group: &PostedGroup) -> Vec<Scored<'a>> {
    let asked = month.asked_of(group);
    asked
        .filter(|(_, indicator)| weight(indicator) != 0)
        .collect()
}

/// The weightiest where they are too many, in their order.
fn weightiest(mut scored: Vec<Scored<'_>>) -> Vec<Scored<'_>> {
    scored.sort_by_key(|(_, indicator)| Reverse(weight(indicator)));
    scored.truncate(SPOKES_MAX);
    scored.sort_by_key(|(at, _)| *at);
    scored
}

/// The indicators by their dimensions, in their order. One without stands for itself, so that
/// nothing that scores is left out.
fn by_dimension<'a>(scored: &[Scored<'a>]) -> Vec<(String, Vec<Scored<'a>>)> {
    let mut dimensions: Vec<(String, Vec<Scored<'a>>)> = Vec::new();
    for one in scored {
        let name = match one.1.dimension.as_str() {
            "" => &one.1.name,
            name => name,
        };
        match dimensions.iter_mut().find(|(known, _)| known == name) {
            Some((_, indicators)) => indicators.push(*one),
            None => dimensions.push((name.to_owned(), vec![*one])),
        }
    }
    dimensions
}

/// Spokes of one or several indicators each. A single one bears its own name and has no parts.
fn of_indicators(
    group: &PostedGroup,
    unit: &PostedUnit,
    dimensions: &[(String, Vec<Scored<'_>>)],
) -> Vec<Axis> {
    let axis = |(name, indicators): &(String, Vec<Scored<'_>>)| {
        let (spoke, figures) = shares(group, unit, indicators);
        let part = |one: &Scored<'_>| {
            let (_, figures) = shares(group, unit, std::slice::from_ref(one));
            (one.1.name.clone(), figures)
        };
        let stands_alone = matches!(indicators.as_slice(), [(_, only)] if only.name == *name);
        let parts = indicators.iter().filter(|_| !stands_alone);
        Axis {
            name: name.clone(),
            spoke,
            figures,
            parts: parts.map(part).collect(),
        }
    };
    dimensions.iter().map(axis).collect()
}

/// Of some indicators together: the spoke, and points, points at most, share and mean in words.
fn shares(
    group: &PostedGroup,
    unit: &PostedUnit,
    indicators: &[Scored<'_>],
) -> (Spoke, Vec<String>) {
    let full: i64 = indicators.iter().map(|(_, one)| weight(one)).sum();
    let members = group.units.iter().filter(|unit| !unit.external);
    let of_group = members.filter_map(|unit| share_of(points(unit, indicators)?, full));
    let own = points(unit, indicators);
    let spoke = Spoke {
        share: own.and_then(|own| share_of(own, full)),
        mean: mean(&of_group.collect::<Vec<_>>()),
    };
    let most = Decimal::from_micros(full).unwrap_or_default();
    let figures = vec![
        own.map_or_else(|| "—".to_owned(), in_hundredths),
        most.to_string(),
        share(spoke.share),
        share(spoke.mean),
    ];
    (spoke, figures)
}

/// In millionths. A figure that is missing counts nothing where the unit has points all the same,
/// and leaves open what they come to where it has none.
fn points(unit: &PostedUnit, indicators: &[Scored<'_>]) -> Option<i64> {
    let of_one = |(at, _): &Scored<'_>| {
        let points = unit.cells.get(*at).and_then(|cell| cell.points.as_deref());
        match points {
            Some(points) => Some(points.parse::<Decimal>().ok()?.micros()),
            None => (1 < indicators.len() && unit.figures.is_some()).then_some(0),
        }
    };
    indicators.iter().map(of_one).sum()
}

fn weight(indicator: &PostedIndicator) -> i64 {
    let weight = indicator.weight.parse::<Decimal>();
    weight.unwrap_or_default().micros()
}

/// Points of the points at most, in thousandths.
fn share_of(points: i64, full: i64) -> Option<i32> {
    let share = points.checked_mul(WHOLE)?.checked_div(full)?;
    i32::try_from(share.clamp(0, WHOLE)).ok()
}

fn mean(shares: &[i32]) -> Option<i32> {
    let count = i32::try_from(shares.len()).ok()?;
    shares.iter().sum::<i32>().checked_div(count)
}

/// `96.4%`, or a dash.
pub fn share(thousandths: Option<i32>) -> String {
    let percent = |share: i32| format!("{}.{}%", share / 10, share % 10);
    thousandths.map_or_else(|| "—".to_owned(), percent)
}

/// Points as cells have them: `24.10`.
fn in_hundredths(micros: i64) -> String {
    let hundredths = micros / MICROS_IN_HUNDREDTH;
    let sign = if micros < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    format::figure(&format!("{sign}{whole}.{part:02}"))
}

/// Merit points: zero lies half way out, and the most that any unit of the group has, up or down,
/// at the ends. The parts are the records, where the unit is on a list and they are public.
fn of_merits(lang: Lang, unit: &PostedUnit, merits: &UnitDimensions) -> Vec<Axis> {
    let axis = |row: &UnitDimension| {
        let records = unit.merits.iter();
        let records = records.filter(|merit| merit.dimension == row.name);
        let part = |merit: &sync::posted_month::PostedMerit| {
            let counted = merit.cut.as_ref().map_or(&merit.points, |cut| &cut.counted);
            let day = format::day(lang, &merit.day);
            let words = [merit.reason.clone(), day].join(text::home_comma(lang));
            (words, vec![signed(counted), String::new()])
        };
        Axis {
            name: row.name.clone(),
            spoke: Spoke {
                share: around_zero(&row.points, &merits.most),
                mean: around_zero(&row.mean, &merits.most),
            },
            figures: vec![signed(&row.points), signed(&row.mean)],
            parts: records.map(part).collect(),
        }
    };
    merits.rows.iter().map(axis).collect()
}

fn around_zero(points: &str, most: &str) -> Option<i32> {
    // Where nothing counts for anybody, everybody stands at zero.
    let most = thousandths(most)?.max(1);
    let way = thousandths(points)?.checked_mul(ZERO)?.checked_div(most)?;
    i32::try_from((ZERO + way).clamp(0, WHOLE)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::UnitId;
    use domain::month::indicator::{Against, Better, Rule};
    use sync::posted_month::PostedCell;
    use uuid::Uuid;

    fn indicator(name: &str, weight: &str, dimension: &str) -> PostedIndicator {
        PostedIndicator {
            code: String::new(),
            name: name.to_owned(),
            measure: String::new(),
            weight: weight.to_owned(),
            better: Better::Higher,
            rule: Rule::Target,
            against: Against::Base,
            public: true,
            dimension: dimension.to_owned(),
            groups: Vec::new(),
        }
    }

    fn unit(points: &[Option<&str>]) -> PostedUnit {
        let cell = |points: &Option<&str>| PostedCell {
            points: points.map(str::to_owned),
            ..PostedCell::default()
        };
        PostedUnit {
            unit: UnitId(Uuid::nil()),
            name: String::new(),
            external: false,
            score: None,
            rank: None,
            moved: None,
            moved_in_year: None,
            first_in_a_row: 0,
            figures: None,
            bonus: String::new(),
            merit: String::new(),
            cells: points.iter().map(cell).collect(),
            merits: Vec::new(),
            listed: None,
            team: Vec::new(),
            behind_in_a_row: 0,
            due: Vec::new(),
        }
    }

    fn group(units: Vec<PostedUnit>) -> PostedGroup {
        PostedGroup {
            name: String::new(),
            units,
            flags: Vec::new(),
        }
    }

    /// Name, points, share, mean, and how many parts.
    type Row<'a> = (&'a str, &'a str, Option<i32>, Option<i32>, usize);

    fn rows(axes: &[Axis]) -> Vec<Row<'_>> {
        fn row(axis: &Axis) -> Row<'_> {
            let (points, parts) = (axis.figures[0].as_str(), axis.parts.len());
            let Spoke { share, mean } = axis.spoke;
            (axis.name.as_str(), points, share, mean, parts)
        }
        axes.iter().map(row).collect()
    }

    /// GY-5: two indicators of one dimension are one spoke, held against the mean of the group.
    #[test]
    fn indicators_of_a_dimension_are_one_spoke_that_unfolds_to_them() {
        let all = [
            indicator("新开工", "20", "项目"),
            indicator("投产", "10", "项目"),
            indicator("到位资金", "20", "招商"),
            indicator("满意度", "10", ""),
            indicator("事故", "0", "项目"),
        ];
        let scored: Vec<_> = all.iter().enumerate().collect();
        let scored: Vec<_> = scored
            .into_iter()
            .filter(|(_, one)| weight(one) != 0)
            .collect();
        let own = unit(&[Some("12.00"), Some("9.00"), None, Some("10.00"), None]);
        let other = unit(&[
            Some("20.00"),
            Some("10.00"),
            Some("10.00"),
            Some("0.00"),
            None,
        ]);
        let group = group(vec![own.clone(), other]);
        let axes = of_indicators(&group, &own, &by_dimension(&scored));
        assert_eq!(
            rows(&axes),
            [
                ("项目", "21.00", Some(700), Some(850), 2),
                ("招商", "—", None, Some(500), 1),
                ("满意度", "10.00", Some(1000), Some(500), 0),
            ]
        );
        assert_eq!(axes[0].parts[1].1, ["9.00", "10", "90.0%", "95.0%"]);
    }

    /// A dimension of which a figure is missing is no smaller one, unless the charter counts what
    /// is missing as nothing.
    #[test]
    fn a_missing_figure_leaves_a_dimension_open() {
        let all = [indicator("甲", "20", "项目"), indicator("乙", "10", "项目")];
        let scored: Vec<_> = all.iter().enumerate().collect();
        let mut own = unit(&[Some("12.00"), None]);
        assert_eq!(points(&own, &scored), None);
        own.figures = Some("12.00".to_owned());
        assert_eq!(points(&own, &scored), Some(12_000_000));
        assert_eq!(points(&own, &scored[1..]), None, "none of it is known");
    }

    /// ES-3: nothing lies half way out, so that a deduction is not the same as no record.
    #[test]
    fn merit_points_lie_around_zero() {
        for (points, most, expected) in [
            ("0", "4", Some(500)),
            ("4", "4", Some(1000)),
            ("-2", "4", Some(250)),
            ("0.50", "4", Some(562)),
            ("0", "0", Some(500)),
            ("—", "4", None),
        ] {
            assert_eq!(around_zero(points, most), expected, "{points} of {most}");
        }
    }

    #[test]
    fn a_share_is_told_with_one_decimal() {
        assert_eq!(share(Some(964)), "96.4%");
        assert_eq!(share(None), "—");
        assert_eq!((mean(&[900, 1000]), mean(&[])), (Some(950), None));
        assert_eq!(share_of(24_100_000, 25_000_000), Some(964));
        assert_eq!((share_of(3, 0), share_of(-3, 10)), (None, Some(0)));
        assert_eq!(in_hundredths(-1_500_000), "−1.50");
    }
}
