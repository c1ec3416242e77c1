//! The month closed: every figure and record in, one result out, to be frozen as it is.

use super::board::{self, BoardNote, Candidate, Listed, Scope};
use super::charter::{FlagRule, Missing, SeasonCharter};
use super::flag::{self, HandOver};
use super::follow;
use super::indicator::{Cell, Indicator};
use super::input::{Group, Member, Merit, MonthInput, Past, PastFlag, PastUnit};
use super::item;
use super::ladder::{Ground, Timing};
use super::pair::Duel;
use super::period::Period;
use super::ranking::{half, last, places};
use crate::ids::UnitId;
use crate::number::Decimal;
use crate::ratio::{Ratio, TooLarge};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthResult {
    pub period: Period,
    /// Places in `MonthInput::indicators` of those that were asked for this month.
    pub asked: Vec<usize>,
    /// Their keys.
    pub keys: Vec<String>,
    /// The groups of those that are not asked of every group, by their keys.
    pub asked_of: BTreeMap<String, Vec<String>>,
    pub groups: Vec<GroupResult>,
    pub pairs: Vec<PairResult>,
    pub notes: Vec<BoardNote>,
    /// What counts of each of `MonthInput::merits` within the caps of its item.
    pub counted: Vec<Decimal>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupResult {
    pub name: String,
    /// In the order of the group's members.
    pub units: Vec<UnitResult>,
    /// For each row of the charter's flags.
    pub flags: Vec<Vec<HandOver>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitResult {
    pub unit: UnitId,
    pub external: bool,
    /// One for each of [`MonthResult::asked`]; `None`: it is not asked of the unit's group.
    pub cells: Vec<Option<Cell>>,
    /// Points of the indicators; `None` while a figure is missing and the charter holds the unit.
    pub figures: Option<Ratio>,
    pub bonus: Ratio,
    pub merit: Ratio,
    /// The sum, rounded once.
    pub score: Option<Ratio>,
    pub rank: Option<u32>,
    /// Places won (positive) or lost since the last published month.
    pub moved: Option<i64>,
    /// The same since this month of the year before (ZR-6).
    pub moved_in_year: Option<i64>,
    /// Published months in a row as the first, this one among them.
    pub first_in_a_row: u32,
    pub behind: bool,
    /// A named item is past due and not met.
    pub overdue: bool,
    /// A named item is due in the month that follows, and not met.
    pub nearly_due: bool,
    /// A figure is behind time.
    pub behind_time: bool,
    /// Published months behind in a row, this one among them.
    pub behind_in_a_row: u32,
    /// Rows of the ladder that are due, by their names: proposals for a person.
    pub due: Vec<String>,
    pub listed: Option<Listed>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairResult {
    pub units: (UnitId, UnitId),
    pub duel: Duel,
    /// Won, drawn and lost by the first one over the season's published months and this one.
    pub tally: (u32, u32, u32),
}

/// Closes a month.
///
/// # Errors
/// Numbers that do not fit into exact arithmetic.
pub fn close(input: &MonthInput<'_>) -> Result<MonthResult, TooLarge> {
    // From here on a record has the points that count.
    let merits = item::within_caps(&input.charter.items, input.merits);
    let input = &MonthInput {
        merits: &merits,
        ..*input
    };
    let asked: Vec<usize> = (0..)
        .zip(input.indicators)
        .filter(|(_, indicator)| indicator.is_asked_in(input.period))
        .map(|(at, _)| at)
        .collect();
    let groups = input.groups.iter();
    let groups: Result<Vec<_>, _> = groups
        .map(|group| close_group(input, &asked, group))
        .collect();
    let indicators = || asked.iter().filter_map(|at| input.indicators.get(*at));
    let of_some = indicators().filter(|indicator| !indicator.groups.is_empty());
    let of_some = of_some.map(|indicator| (indicator.key.clone(), indicator.groups.clone()));
    let mut result = MonthResult {
        period: input.period,
        keys: indicators().map(|one| one.key.clone()).collect(),
        asked_of: of_some.collect(),
        asked,
        groups: groups?,
        pairs: Vec::new(),
        notes: Vec::new(),
        counted: merits.iter().map(|merit| merit.points).collect(),
    };
    result.pairs = follow::pairs(input, &result);
    list(input, &mut result)?;
    Ok(result)
}

impl MonthResult {
    pub fn units(&self) -> impl Iterator<Item = &UnitResult> {
        self.groups.iter().flat_map(|group| &group.units)
    }

    #[must_use]
    pub fn unit(&self, unit: UnitId) -> Option<&UnitResult> {
        self.units().find(|result| result.unit == unit)
    }

    /// What this month leaves for the later ones.
    #[must_use]
    pub fn past(&self, charter: &SeasonCharter) -> Past {
        let unit = |group: &GroupResult, result: &UnitResult| {
            let past = PastUnit {
                group: group.name.clone(),
                rank: result.rank,
                behind: result.behind,
                overdue: result.overdue,
                nearly_due: result.nearly_due,
                behind_time: result.behind_time,
                places: result
                    .cells
                    .iter()
                    .map(|cell| cell.as_ref()?.rank)
                    .collect(),
            };
            (result.unit, past)
        };
        let flags = self.groups.iter().flat_map(|group| {
            let rows = charter.flags.iter().zip(&group.flags);
            rows.flat_map(|(rule, row)| row.iter().map(|flag| held(group, rule, flag)))
        });
        let units = self.groups.iter().flat_map(|group| {
            let units = group.units.iter();
            units.map(move |result| unit(group, result))
        });
        let duel = |pair: &PairResult| (pair.units.0, pair.units.1, pair.duel);
        Past {
            period: self.period,
            units: units.collect(),
            duels: self.pairs.iter().map(duel).collect(),
            flags: flags.collect(),
            indicators: self.keys.clone(),
            asked_of: self.asked_of.clone(),
        }
    }
}

fn held(group: &GroupResult, rule: &FlagRule, flag: &HandOver) -> PastFlag {
    PastFlag {
        group: group.name.clone(),
        name: rule.name.clone(),
        number: flag.number,
        holder: flag.to,
    }
}

fn close_group(
    input: &MonthInput<'_>,
    asked: &[usize],
    group: &Group,
) -> Result<GroupResult, TooLarge> {
    let mut units: Vec<UnitResult> = group.members.iter().map(|member| blank(*member)).collect();
    for at in asked {
        let Some(indicator) = input.indicators.get(*at) else {
            continue;
        };
        if !indicator.is_asked_of(&group.name) {
            units.iter_mut().for_each(|unit| unit.cells.push(None));
            continue;
        }
        let figure = |member: &Member| input.figures.get(&(*at, member.unit)).copied();
        let figures = group
            .members
            .iter()
            .map(|member| figure(member).unwrap_or_default());
        let cells = indicator.cells(input.period, &figures.collect::<Vec<_>>());
        for (unit, mut cell) in units.iter_mut().zip(cells) {
            unit.stand(indicator, &cell, input.period);
            follow::cell(input, (&group.name, unit.unit), *at, &mut cell);
            unit.cells.push(Some(cell));
        }
    }
    score(input, asked, &mut units)?;
    let scores: Vec<Option<Ratio>> = units.iter().map(|unit| unit.score).collect();
    for (unit, rank) in units.iter_mut().zip(places(&scores)) {
        unit.rank = rank;
    }
    mark_behind(input.charter, &scores, &mut units);
    for unit in &mut units {
        follow::unit(input, &group.name, unit);
    }
    let before = input.published().next_back();
    let flags = input.charter.flags.iter();
    let flags = flags.map(|rule| flag::award(before, &group.name, rule, &units));
    Ok(GroupResult {
        name: group.name.clone(),
        flags: flags.collect(),
        units,
    })
}

impl UnitResult {
    /// Notes how one of its figures stands against its time.
    fn stand(&mut self, indicator: &Indicator, cell: &Cell, period: Period) {
        let timing = Timing {
            due: indicator.due,
            met: cell.met,
            is_behind_time: cell.is_behind_time(),
        };
        match Ground::of_figure(period, timing) {
            Some(Ground::PastDue) => self.overdue = true,
            Some(Ground::BehindTime) => self.behind_time = true,
            Some(Ground::NearlyDue) => self.nearly_due = true,
            Some(Ground::Behind | Ground::Red) | None => {}
        }
    }

    /// The cells of what is asked of its group, each with its indicator.
    fn asked<'a>(
        &'a self,
        indicators: &'a [&'a Indicator],
    ) -> impl Iterator<Item = (&'a Cell, &'a Indicator)> {
        let cells = self.cells.iter().zip(indicators);
        cells.filter_map(|(cell, indicator)| Some((cell.as_ref()?, *indicator)))
    }
}

fn blank(member: Member) -> UnitResult {
    UnitResult {
        unit: member.unit,
        external: member.external,
        cells: Vec::new(),
        figures: None,
        bonus: Ratio::ZERO,
        merit: Ratio::ZERO,
        score: None,
        rank: None,
        moved: None,
        moved_in_year: None,
        first_in_a_row: 0,
        behind: false,
        overdue: false,
        nearly_due: false,
        behind_time: false,
        behind_in_a_row: 0,
        due: Vec::new(),
        listed: None,
    }
}

/// Adds up what each unit has, and gives the bonus for the first places.
fn score(
    input: &MonthInput<'_>,
    asked: &[usize],
    units: &mut [UnitResult],
) -> Result<(), TooLarge> {
    let indicators: Vec<&Indicator> = asked
        .iter()
        .filter_map(|at| input.indicators.get(*at))
        .collect();
    for unit in units.iter_mut() {
        let mut sum = Some(Ratio::ZERO);
        for (cell, indicator) in unit.asked(&indicators) {
            let points = match (cell.points, input.charter.missing) {
                (Some(points), _) => Some(points),
                (None, _) if indicator.weight == Decimal::ZERO => Some(Ratio::ZERO),
                (None, Missing::Zero) => Some(Ratio::ZERO),
                (None, Missing::Hold) => None,
            };
            sum = match (sum, points) {
                (Some(sum), Some(points)) => Some(sum.plus(points)?),
                _ => None,
            };
        }
        unit.figures = sum;
        for merit in input.merits.iter().filter(|merit| merit.unit == unit.unit) {
            unit.merit = unit.merit.plus(merit.points.ratio())?;
        }
    }
    let passes = |unit: &UnitResult| {
        let mut gates = unit.asked(&indicators).filter(|(_, one)| one.gate);
        !unit.external && gates.all(|(cell, _)| cell.met == Some(true))
    };
    let by_figures = units
        .iter()
        .map(|unit| unit.figures.filter(|_| !unit.external));
    let ranks = places(&by_figures.collect::<Vec<_>>());
    for (unit, rank) in units.iter_mut().zip(ranks) {
        let at = rank.map(|rank| rank as usize - 1);
        let bonus = at.and_then(|at| input.charter.top_bonus.get(at));
        if let Some(bonus) = bonus.filter(|_| passes(unit)) {
            unit.bonus = bonus.ratio();
        }
        if let Some(figures) = unit.figures.filter(|_| !unit.external) {
            let sum = figures.plus(unit.bonus)?.plus(unit.merit)?;
            unit.score = Some(sum.round(input.charter.places));
        }
    }
    Ok(())
}

fn mark_behind(charter: &SeasonCharter, scores: &[Option<Ratio>], units: &mut [UnitResult]) {
    let line = charter.behind.below.map(Decimal::ratio);
    let among_last = last(scores, charter.behind.last.min(half(scores)));
    for (unit, is_last) in units.iter_mut().zip(among_last) {
        let is_below = unit
            .score
            .zip(line)
            .is_some_and(|(score, line)| score < line);
        unit.behind = is_last || is_below;
    }
}

/// Puts units on the red and the black list, of the season or of each group.
fn list(input: &MonthInput<'_>, result: &mut MonthResult) -> Result<(), TooLarge> {
    let mut circles: Vec<Vec<&mut UnitResult>> = result
        .groups
        .iter_mut()
        .map(|group| {
            group
                .units
                .iter_mut()
                .filter(|unit| !unit.external)
                .collect()
        })
        .collect();
    match input.charter.board.scope {
        Scope::Season => circles = vec![circles.into_iter().flatten().collect()],
        Scope::Group => result.notes.push(BoardNote::ByGroup),
    }
    for circle in circles {
        let candidates: Result<Vec<Candidate>, TooLarge> = circle
            .iter()
            .map(|unit| candidate(input.merits, unit))
            .collect();
        let board = board::draw_up(&candidates?, input.charter.board);
        for (unit, listed) in circle.into_iter().zip(board.listed) {
            unit.listed = listed;
        }
        for note in board.notes {
            if !result.notes.contains(&note) {
                result.notes.push(note);
            }
        }
    }
    Ok(())
}

fn candidate(merits: &[Merit], unit: &UnitResult) -> Result<Candidate, TooLarge> {
    let mut candidate = Candidate {
        net: unit.merit,
        has_record: false,
        deducted: Ratio::ZERO,
    };
    for merit in merits.iter().filter(|merit| merit.unit == unit.unit) {
        candidate.has_record = true;
        if merit.points.is_negative() {
            candidate.deducted = candidate.deducted.minus(merit.points.ratio())?;
        }
    }
    Ok(candidate)
}
