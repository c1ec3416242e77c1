//! A unit's merit points by dimension (责任落实, 问题化解, 服务成效: ES-3), against its group.

use app::backend::{UnitDimension, UnitDimensions};
use domain::ids::UnitId;
use domain::month::item::CheckItem;
use domain::number::Decimal;
use domain::ratio::Ratio;
use sync::posted_month::{PostedMerit, PostedMonth, PostedUnit};

const MEAN_PLACES: u32 = 2;

/// From the whole of a posted month: what everybody reads of it has the records of lists alone.
/// `None` where the unit is in no group, or no record of the month has a dimension.
pub(super) fn of_unit(
    month: &PostedMonth,
    items: &[CheckItem],
    id: UnitId,
) -> Option<UnitDimensions> {
    let (group, own) = month.units().find(|(_, unit)| unit.unit == id)?;
    let members = group.units.iter().filter(|unit| !unit.external);
    let members: Vec<&PostedUnit> = members.collect();
    let (mut rows, mut most) = (Vec::new(), 0);
    for name in names(month, items) {
        let points = members.iter().map(|unit| counted(unit, name));
        let points: Vec<i64> = points.collect();
        let highest = points.iter().map(|points| points.abs()).max();
        most = most.max(highest.unwrap_or_default());
        rows.push(UnitDimension {
            name: name.to_owned(),
            points: Decimal::from_micros(counted(own, name))?.to_string(),
            mean: mean(&points)?,
        });
    }
    let most = Decimal::from_micros(most)?.to_string();
    (!rows.is_empty()).then_some(UnitDimensions { most, rows })
}

/// The dimensions of the charter's items, then those of other records in the order of their names:
/// they keep their places from month to month. Nothing of a month without a record.
fn names<'a>(month: &'a PostedMonth, items: &'a [CheckItem]) -> Vec<&'a str> {
    let records = month.units().flat_map(|(_, unit)| &unit.merits);
    let records = records.map(|merit| merit.dimension.as_str());
    let mut others: Vec<&str> = records.filter(|name| !name.is_empty()).collect();
    if others.is_empty() {
        return others;
    }
    others.sort_unstable();
    let of_items = items.iter().map(|item| item.dimension.as_str());
    let mut names: Vec<&str> = Vec::new();
    for name in of_items.chain(others) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What counts of a unit's records in a dimension, in millionths.
fn counted(unit: &PostedUnit, dimension: &str) -> i64 {
    let of = |merit: &&PostedMerit| merit.dimension == dimension;
    let points = |merit: &PostedMerit| -> i64 {
        let cut = merit.cut.as_ref().map(|cut| &cut.counted);
        let points = cut.unwrap_or(&merit.points).parse::<Decimal>();
        points.unwrap_or_default().micros()
    };
    unit.merits.iter().filter(of).map(points).sum()
}

fn mean(points: &[i64]) -> Option<String> {
    let count = i64::try_from(points.len())
        .ok()
        .filter(|count| 0 < *count)?;
    let sum = Decimal::from_micros(points.iter().sum())?.ratio();
    let mean = sum.over(Ratio::scaled(count, 1)).ok()?;
    Some(mean.to_fixed(MEAN_PLACES))
}
