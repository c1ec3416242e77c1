//! The frozen result: what was computed, with every name and number written out.

use super::record::{MeritRecord, MonthRecord};
use super::registry::IndicatorRecord;
use crate::service::posting::moved;
use domain::ids::UnitId;
use domain::month::board::{self, Listed};
use domain::month::close::GroupResult;
use domain::month::indicator::Cell;
use domain::month::{MonthResult, SeasonCharter, UnitResult};
use domain::number::Decimal;
use domain::ratio::Ratio;
use std::collections::{BTreeMap, BTreeSet};
use sync::posted_month::{
    POSTED_MONTH_VERSION, PostedCell, PostedCut, PostedFlags, PostedGiver, PostedGroup,
    PostedIndicator, PostedMerit, PostedMonth, PostedPair, PostedSpot, PostedUnit,
};

const PERCENT_PLACES: u32 = 1;
const POINTS_PLACES: u32 = 2;

/// A month as it would be posted, without an edition.
pub fn snapshot(record: &MonthRecord, result: &MonthResult, county: &str) -> PostedMonth {
    let charter = &record.registry.charter;
    let asked: Vec<&IndicatorRecord> = result
        .asked
        .iter()
        .filter_map(|at| record.registry.indicators.get(*at))
        .collect();
    let pair = |pair: &domain::month::close::PairResult| PostedPair {
        a: pair.units.0,
        b: pair.units.1,
        duel: pair.duel,
        won: pair.tally.0,
        drawn: pair.tally.1,
        lost: pair.tally.2,
    };
    let missing = record
        .missing(result)
        .iter()
        .map(|(_, units)| units.len())
        .sum::<usize>();
    let computed = Computed {
        record,
        result,
        asked: &asked,
    };
    PostedMonth {
        v: POSTED_MONTH_VERSION,
        season: record.season,
        season_name: record.season_name.clone(),
        sponsor: record.sponsor.clone(),
        county: county.to_owned(),
        title: charter.title.clone(),
        source: charter.source.clone(),
        charter_version: record.registry.charter_version,
        period: record.period,
        edition: 1,
        late: false,
        correction: String::new(),
        posted_at: Default::default(),
        missing: u32::try_from(missing).unwrap_or(u32::MAX),
        missing_reason: String::new(),
        indicators: asked
            .iter()
            .map(|one| PostedIndicator {
                code: one.rule.key.clone(),
                name: one.name.clone(),
                measure: one.measure.clone(),
                weight: one.rule.weight.to_string(),
                better: one.rule.better,
                rule: one.rule.rule,
                against: one.rule.against,
                public: one.public,
                dimension: one.dimension.clone(),
                groups: one.rule.groups.clone(),
            })
            .collect(),
        groups: result
            .groups
            .iter()
            .map(|group| computed.group(group))
            .collect(),
        pairs: result.pairs.iter().map(pair).collect(),
        givers: givers(record, result),
        notes: result.notes.clone(),
        spots: spots(record, result),
        // Counted from the posting.
        black_until: None,
        taken_down: 0,
    }
}

/// Of flags that go on from earlier months.
fn givers(record: &MonthRecord, result: &MonthResult) -> Vec<PostedGiver> {
    let flags = result.groups.iter().flat_map(|group| &group.flags);
    let givers = flags.flatten().filter_map(|flag| flag.from);
    let gone: BTreeSet<UnitId> = givers.filter(|unit| result.unit(*unit).is_none()).collect();
    let giver = |unit| PostedGiver {
        unit,
        name: record.name(unit).to_owned(),
    };
    gone.into_iter().map(giver).collect()
}

/// Nothing unless the charter has them.
fn spots(record: &MonthRecord, result: &MonthResult) -> Vec<PostedSpot> {
    let counted = record.counted(result);
    let flagged = counted.filter(|(merit, _)| !merit.spot.is_empty());
    let flagged = flagged.filter(|_| record.registry.charter.spots);
    let mut spots: Vec<(Decimal, PostedSpot)> = flagged
        .filter_map(|(merit, counted)| {
            let spot = PostedSpot {
                listed: board::spot(merit.points)?,
                place: merit.spot.clone(),
                unit: merit.unit,
                record: posted_merit(&record.registry.charter, merit, counted),
            };
            Some((merit.points, spot))
        })
        .collect();
    spots.sort_by_key(|(points, spot)| match spot.listed {
        Listed::Red => (0, -points.micros()),
        Listed::Black => (1, points.micros()),
    });
    spots.into_iter().map(|(_, spot)| spot).collect()
}

/// What a month is written out from.
#[derive(Clone, Copy)]
struct Computed<'a> {
    record: &'a MonthRecord,
    result: &'a MonthResult,
    /// The indicators that were asked for.
    asked: &'a [&'a IndicatorRecord],
}

impl Computed<'_> {
    fn group(self, group: &GroupResult) -> PostedGroup {
        let mut units: Vec<PostedUnit> = group.units.iter().map(|unit| self.unit(unit)).collect();
        // What has no place comes last, and keeps the roster's order.
        units.sort_by_key(|unit| unit.rank.unwrap_or(u32::MAX));
        let rules = self.record.registry.charter.flags.iter();
        let flags = rules
            .zip(&group.flags)
            .map(|(rule, hand_overs)| PostedFlags {
                name: rule.name.clone(),
                side: rule.side,
                hand_overs: hand_overs.clone(),
            });
        PostedGroup {
            name: group.name.clone(),
            flags: flags.collect(),
            units,
        }
    }

    fn unit(self, unit: &UnitResult) -> PostedUnit {
        let charter = &self.record.registry.charter;
        let fixed = |points: Ratio| points.to_fixed(charter.places);
        let merits = self.record.counted(self.result);
        let merits = merits.filter(|(merit, _)| merit.unit == unit.unit);
        let merits = merits.map(|(merit, counted)| posted_merit(charter, merit, counted));
        let cells = unit.cells.iter().zip(self.asked);
        let cells = cells.map(|(cell, indicator)| {
            let cell = cell.as_ref();
            let cell = cell.map(|cell| posted_cell(cell, &indicator.measure));
            cell.unwrap_or_default()
        });
        let team = match unit.listed {
            Some(Listed::Red) => self.record.registry.team(unit.unit),
            Some(Listed::Black) | None => &[],
        };
        PostedUnit {
            unit: unit.unit,
            name: self.record.name(unit.unit).to_owned(),
            external: unit.external,
            score: unit.score.map(fixed),
            rank: unit.rank,
            moved: unit.moved,
            moved_in_year: unit.moved_in_year,
            first_in_a_row: unit.first_in_a_row,
            figures: unit.figures.map(fixed),
            bonus: fixed(unit.bonus),
            merit: fixed(unit.merit),
            cells: cells.collect(),
            merits: merits.collect(),
            listed: unit.listed,
            team: team.to_vec(),
            behind_in_a_row: unit.behind_in_a_row,
            due: unit.due.clone(),
        }
    }
}

/// A share grows by percentage points, and never by percent.
fn is_share(measure: &str) -> bool {
    measure.contains(['%', '％', '‰'])
}

fn posted_cell(cell: &Cell, measure: &str) -> PostedCell {
    let percent = |share: Ratio| {
        let hundred = Ratio::scaled(100, 1);
        share
            .times(hundred)
            .map(|percent| percent.to_fixed(PERCENT_PLACES))
            .ok()
    };
    PostedCell {
        value: cell.figure.value.map(|value| value.to_string()),
        target: cell.figure.target.map(|target| target.to_string()),
        raised: cell.figure.raised.map(|raised| raised.to_string()),
        checkpoint: cell.figure.checkpoint.map(|known| known.to_string()),
        completion: cell.completion.and_then(percent),
        raised_completion: cell.raised_completion.and_then(percent),
        checkpoint_completion: cell.checkpoint_completion.and_then(percent),
        pace: cell.pace.and_then(percent),
        met: cell.met,
        rank: cell.rank,
        moved: cell.moved,
        first_in_a_row: cell.first_in_a_row,
        last_year: cell.last_year.map(|value| value.to_string()),
        growth: cell.growth.filter(|_| !is_share(measure)).and_then(percent),
        points: cell.points.map(|points| points.to_fixed(POINTS_PLACES)),
    }
}

fn posted_merit(charter: &SeasonCharter, merit: &MeritRecord, counted: Decimal) -> PostedMerit {
    PostedMerit {
        item: merit.item.clone(),
        document_no: merit.document_no.clone(),
        cut: cut(charter, merit, counted),
        points: merit.points.to_string(),
        dimension: merit.dimension.clone(),
        reason: merit.reason.clone(),
        day: merit.day.clone(),
    }
}

/// What the cap of a record's item leaves of it; nothing where all of it counts.
pub(super) fn cut(
    charter: &SeasonCharter,
    merit: &MeritRecord,
    counted: Decimal,
) -> Option<PostedCut> {
    let item = charter
        .item(&merit.item)
        .filter(|_| counted != merit.points);
    Some(PostedCut {
        counted: counted.to_string(),
        cap: item?.cap?.to_string(),
    })
}

/// Whether two computations of a month come to something else.
pub fn differs(before: &PostedMonth, after: &PostedMonth) -> bool {
    (&before.groups, &before.pairs) != (&after.groups, &after.pairs)
        || (&before.indicators, &before.notes) != (&after.indicators, &after.notes)
        || before.spots != after.spots
}

/// What changed for whom, in words that stand on the page itself. They stay there when a black list
/// has come down, so they name nobody who is or was on it.
pub fn changes(before: &PostedMonth, after: &PostedMonth) -> Vec<String> {
    let (was, is) = (by_unit(before), by_unit(after));
    let now = after.units().map(|(_, unit)| unit.unit);
    let gone = before.units().map(|(_, unit)| unit.unit);
    let gone = gone.filter(|unit| !is.contains_key(unit));
    let changed = |unit: UnitId| changed_unit(was.get(&unit).copied(), is.get(&unit).copied());
    let mut lines: Vec<String> = now.chain(gone).filter_map(changed).collect();
    let is_black = |month: &PostedMonth| -> BTreeSet<UnitId> {
        let listed = month.listed(Listed::Black).into_iter();
        listed.map(|(_, unit)| unit.unit).collect()
    };
    let flags = |month: &PostedMonth| -> Vec<PostedFlags> {
        let groups = month.groups.iter();
        groups.flat_map(|group| group.flags.clone()).collect()
    };
    let others = [
        (is_black(before) != is_black(after), "黑榜有变"),
        (flags(before) != flags(after), "流动旗有变"),
        (before.spots != after.spots, "红点黑点有变"),
    ];
    let others = others.into_iter().filter(|(is_other, _)| *is_other);
    lines.extend(others.map(|(_, words)| words.to_owned()));
    lines
}

fn by_unit(month: &PostedMonth) -> BTreeMap<UnitId, &PostedUnit> {
    month.units().map(|(_, unit)| (unit.unit, unit)).collect()
}

/// A unit's score and place, whether it is on the red list, and at least that its figures changed.
fn changed_unit(before: Option<&PostedUnit>, after: Option<&PostedUnit>) -> Option<String> {
    let name = &after.or(before)?.name;
    let of = |unit: Option<&PostedUnit>| {
        let score = unit.and_then(|unit| unit.score.clone());
        (score, unit.and_then(|unit| unit.rank))
    };
    let mut parts = moved(of(before), of(after));
    let is_red =
        |unit: Option<&PostedUnit>| unit.is_some_and(|unit| unit.listed == Some(Listed::Red));
    match (is_red(before), is_red(after)) {
        (false, true) => parts.push("上红榜".to_owned()),
        (true, false) => parts.push("撤下红榜".to_owned()),
        _ => {}
    }
    let figures_moved = !entered(before).eq(entered(after));
    if parts.is_empty() && figures_moved {
        parts.push("数据更正".to_owned());
    }
    (!parts.is_empty()).then(|| format!("{name} {}", parts.join("，")))
}

/// What people entered of a unit.
fn entered(unit: Option<&PostedUnit>) -> impl Iterator<Item = [&Option<String>; 4]> {
    let cells = unit.into_iter().flat_map(|unit| &unit.cells);
    cells.map(|cell| [&cell.value, &cell.target, &cell.raised, &cell.checkpoint])
}
