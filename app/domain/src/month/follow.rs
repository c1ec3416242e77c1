//! What the published months before say: how far a place moved (ZR-6), how many months in a row
//! somebody is first (XY-14), what is due (GY-19), and how a pair stands (GY-2). They may be those
//! of the seasons before, which a season follows.

use super::charter::LadderRule;
use super::close::{MonthResult, PairResult, UnitResult};
use super::indicator::Cell;
use super::input::{MonthInput, Past, PastUnit};
use super::ladder::{self, Step};
use super::pair::Duel;
use super::period::Period;
use crate::ids::UnitId;
use crate::number::Decimal;
use crate::ratio::Ratio;

/// Places won, or lost where it is negative.
fn won(now: Option<u32>, before: Option<u32>) -> Option<i64> {
    let places = now.zip(before);
    places.map(|(now, before)| i64::from(before) - i64::from(now))
}

/// How many times in a row it is the first by now; `earlier` begins with the newest.
fn firsts(now: Option<u32>, earlier: impl Iterator<Item = Option<u32>>) -> u32 {
    if now != Some(1) {
        return 0;
    }
    let earlier = earlier.take_while(|rank| *rank == Some(1)).count();
    u32::try_from(earlier).unwrap_or(u32::MAX).saturating_add(1)
}

/// The place by the indicator of this number, and its growth. Months in which it was not asked of
/// the group say nothing.
pub(super) fn cell(
    input: &MonthInput<'_>,
    (group, unit): (&str, UnitId),
    at: usize,
    cell: &mut Cell,
) {
    cell.last_year = input.last_year.get(&(at, unit)).copied();
    cell.growth = growth(cell.figure.value, cell.last_year);
    let Some(indicator) = input.indicators.get(at) else {
        return;
    };
    let is_asked = |past: &&Past| past.asks(&indicator.key, group);
    let places = || {
        let asked = input.published().rev().filter(is_asked);
        asked.map(|past| past.place(group, unit, &indicator.key))
    };
    cell.moved = won(cell.rank, places().flatten().next());
    cell.first_in_a_row = firsts(cell.rank, places());
}

/// Nothing can be said over a value of zero or below.
fn growth(value: Option<Decimal>, before: Option<Decimal>) -> Option<Ratio> {
    let before = before.filter(|before| Decimal::ZERO < *before)?;
    let times = value?.ratio().over(before.ratio()).ok()?;
    times.minus(Ratio::ONE).ok()
}

/// How the unit moved inside its group, and what is due.
pub(super) fn unit(input: &MonthInput<'_>, group: &str, unit: &mut UnitResult) {
    // A month in which a figure was missing says nothing of the unit, neither good nor bad.
    let has_place = |past: &&PastUnit| past.rank.is_some();
    let placed = || {
        let past = input.published().rev();
        past.filter_map(|past| past.unit(group, unit.unit))
            .filter(has_place)
    };
    unit.moved = won(unit.rank, placed().next().and_then(|past| past.rank));
    unit.first_in_a_row = firsts(unit.rank, placed().map(|past| past.rank));
    unit.moved_in_year = won(unit.rank, year_before(input, group, unit.unit));
    let past = input
        .published()
        .filter_map(|past| past.units.get(&unit.unit));
    let mut steps: Vec<Step> = past
        .map(|past| Step {
            behind: past.behind,
            overdue: past.overdue,
            nearly_due: past.nearly_due,
            behind_time: past.behind_time,
            missing: past.rank.is_none(),
        })
        .collect();
    steps.push(Step {
        behind: unit.behind,
        overdue: unit.overdue,
        nearly_due: unit.nearly_due,
        behind_time: unit.behind_time,
        missing: unit.score.is_none(),
    });
    unit.behind_in_a_row = ladder::in_a_row(&steps);
    let due = ladder::due(&input.charter.ladder, &steps);
    unit.due = due
        .into_iter()
        .map(|rule: &LadderRule| rule.name.clone())
        .collect();
}

/// The place in the same month of the year before.
fn year_before(input: &MonthInput<'_>, group: &str, unit: UnitId) -> Option<u32> {
    let asked: Period = input.period.year_before()?;
    let past = input.published().find(|past| past.period == asked)?;
    past.unit(group, unit)?.rank
}

/// Every pair of the month, with its tally over the season.
pub(super) fn pairs(input: &MonthInput<'_>, result: &MonthResult) -> Vec<PairResult> {
    let score = |unit: UnitId| result.unit(unit).and_then(|unit| unit.score);
    let pair = |units: &(UnitId, UnitId)| {
        let duel = Duel::of(score(units.0), score(units.1));
        let earlier = input.past.iter().flat_map(|past| &past.duels);
        let own = earlier.filter_map(|(a, b, duel)| match (*a, *b) {
            pair if pair == *units => Some(*duel),
            (a, b) if (b, a) == *units => Some(duel.turned()),
            _ => None,
        });
        let mut tally = (0, 0, 0);
        for duel in own.chain([duel]) {
            match duel {
                Duel::Win => tally.0 += 1,
                Duel::Draw => tally.1 += 1,
                Duel::Lose => tally.2 += 1,
                Duel::Open => {}
            }
        }
        PairResult {
            units: *units,
            duel,
            tally,
        }
    };
    input.pairs.iter().map(pair).collect()
}
