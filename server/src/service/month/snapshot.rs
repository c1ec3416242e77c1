//! The frozen result: what was computed, with every name and number written out.

use super::record::{MeritRecord, MonthRecord};
use domain::ids::UnitId;
use domain::month::MonthResult;
use domain::month::UnitResult;
use domain::month::board::{self, Listed};
use domain::month::close::GroupResult;
use domain::month::indicator::Cell;
use domain::number::Decimal;
use domain::ratio::Ratio;
use sync::posted_month::{
    POSTED_MONTH_VERSION, PostedCell, PostedFlags, PostedGroup, PostedIndicator, PostedMerit,
    PostedMonth, PostedPair, PostedSpot, PostedUnit,
};

const PERCENT_PLACES: u32 = 1;
const POINTS_PLACES: u32 = 2;

/// A month as it would be posted, without an edition.
pub fn snapshot(record: &MonthRecord, result: &MonthResult, county: &str) -> PostedMonth {
    let charter = &record.registry.charter;
    let asked = result
        .asked
        .iter()
        .filter_map(|at| record.registry.indicators.get(*at));
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
    PostedMonth {
        v: POSTED_MONTH_VERSION,
        season: record.season,
        season_name: record.season_name.clone(),
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
            .map(|one| PostedIndicator {
                code: one.rule.key.clone(),
                name: one.name.clone(),
                measure: one.measure.clone(),
                weight: one.rule.weight.to_string(),
                better: one.rule.better,
                rule: one.rule.rule,
                against: one.rule.against,
                public: one.public,
            })
            .collect(),
        groups: result
            .groups
            .iter()
            .map(|group| posted_group(record, group))
            .collect(),
        pairs: result.pairs.iter().map(pair).collect(),
        notes: result.notes.clone(),
        spots: spots(record),
        // Counted from the posting.
        black_until: None,
        taken_down: 0,
    }
}

/// Nothing unless the charter has them.
fn spots(record: &MonthRecord) -> Vec<PostedSpot> {
    let flagged = record.confirmed().filter(|merit| !merit.spot.is_empty());
    let flagged = flagged.filter(|_| record.registry.charter.spots);
    let mut spots: Vec<(Decimal, PostedSpot)> = flagged
        .filter_map(|merit| {
            let spot = PostedSpot {
                listed: board::spot(merit.points)?,
                place: merit.spot.clone(),
                unit: merit.unit,
                record: posted_merit(merit),
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

fn posted_group(record: &MonthRecord, group: &GroupResult) -> PostedGroup {
    let mut units: Vec<PostedUnit> = group
        .units
        .iter()
        .map(|unit| posted_unit(record, unit))
        .collect();
    // What has no place comes last, and keeps the roster's order.
    units.sort_by_key(|unit| unit.rank.unwrap_or(u32::MAX));
    let rules = record.registry.charter.flags.iter();
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

fn posted_unit(record: &MonthRecord, unit: &UnitResult) -> PostedUnit {
    let fixed = |points: Ratio| points.to_fixed(record.registry.charter.places);
    let merits = record.confirmed().filter(|merit| merit.unit == unit.unit);
    PostedUnit {
        unit: unit.unit,
        name: record.name(unit.unit).to_owned(),
        external: unit.external,
        score: unit.score.map(fixed),
        rank: unit.rank,
        moved: unit.moved,
        first_in_a_row: unit.first_in_a_row,
        figures: unit.figures.map(fixed),
        bonus: fixed(unit.bonus),
        merit: fixed(unit.merit),
        cells: unit.cells.iter().map(posted_cell).collect(),
        merits: merits.map(posted_merit).collect(),
        listed: unit.listed,
        behind_in_a_row: unit.behind_in_a_row,
        due: unit.due.clone(),
    }
}

fn posted_cell(cell: &Cell) -> PostedCell {
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
        completion: cell.completion.and_then(percent),
        raised_completion: cell.raised_completion.and_then(percent),
        pace: cell.pace.and_then(percent),
        met: cell.met,
        rank: cell.rank,
        moved: cell.moved,
        points: cell.points.map(|points| points.to_fixed(POINTS_PLACES)),
    }
}

fn posted_merit(merit: &MeritRecord) -> PostedMerit {
    PostedMerit {
        points: merit.points.to_string(),
        dimension: merit.dimension.clone(),
        reason: merit.reason.clone(),
        day: merit.day.clone(),
    }
}

/// Whether two computations of a month come to something else.
pub fn differs(before: &PostedMonth, after: &PostedMonth) -> bool {
    (&before.groups, &before.pairs) != (&after.groups, &after.pairs)
        || (&before.indicators, &before.notes) != (&after.indicators, &after.notes)
        || before.spots != after.spots
}

/// What changed for whom, in words that stand on the page itself.
pub fn changes(before: &PostedMonth, after: &PostedMonth) -> Vec<String> {
    let of = |month: &PostedMonth, unit: UnitId| {
        let found = month.units().find(|(_, known)| known.unit == unit);
        found.map(|(_, unit)| (unit.score.clone(), unit.rank, unit.listed))
    };
    let line = |unit: &PostedUnit| {
        let (old, new) = (of(before, unit.unit), of(after, unit.unit));
        if old == new {
            return None;
        }
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        let score = |score: Option<String>| score.unwrap_or_else(|| "—".to_owned());
        let rank = |rank: Option<u32>| rank.map_or("—".to_owned(), |rank| rank.to_string());
        let (scores, ranks) = ((score(old.0), score(new.0)), (rank(old.1), rank(new.1)));
        Some(format!(
            "{} {} → {}，{} → {}",
            unit.name, scores.0, scores.1, ranks.0, ranks.1
        ))
    };
    let gone = |unit: &&PostedUnit| of(after, unit.unit).is_none();
    let now = after.units().map(|(_, unit)| unit);
    let gone = before.units().map(|(_, unit)| unit).filter(gone);
    now.chain(gone).filter_map(line).collect()
}
