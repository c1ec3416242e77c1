//! One column of numbers: gathered from the sheets, trimmed, aggregated. Numbers are integers in
//! one unit here, so that a large panel costs one fraction and not one for each seat.

use super::input::{SeatInput, SheetInput, SheetState};
use super::outcome::{Column, Fate, Line, OutReason};
use crate::charter::{Aggregate, BelowMinPanel, Charter, Missing, Trim};
use crate::ratio::{Ratio, TooLarge};

/// Marks are milli-points.
const MARK_UNIT: i128 = 1_000;
/// A mark times a factor: milli-points times millionths.
const TOTAL_UNIT: i128 = 1_000_000_000;

/// What one entry is scored from: the seats, and the sheet of each, in the order of the seats.
#[derive(Clone, Copy)]
pub(super) struct Hall<'a> {
    pub(super) charter: &'a Charter,
    pub(super) seats: &'a [SeatInput],
    pub(super) sheets: &'a [Option<&'a SheetInput>],
}

/// A column before it is aggregated.
pub(super) struct RawColumn {
    pub(super) criterion: Option<usize>,
    /// Units per point.
    unit: i128,
    pub(super) lines: Vec<RawLine>,
    /// Missing marks of sheets that count.
    pub(super) missing: Vec<(usize, usize)>,
}

/// One seat before the trim.
pub(super) struct RawLine {
    pub(super) seat: usize,
    /// In units; read only where the fate is not `Out`.
    value: i128,
    pub(super) fate: Fate,
}

impl Hall<'_> {
    fn sheet(&self, seat: usize) -> Option<&SheetInput> {
        self.sheets.get(seat).copied().flatten()
    }

    /// Seats of a class, in order.
    pub(super) fn seats_of(&self, class: usize) -> impl Iterator<Item = usize> + '_ {
        let seats = self.seats.iter().enumerate();
        seats
            .filter(move |(_, seat)| seat.class == class)
            .map(|(index, _)| index)
    }

    /// Why a seat does not enter, whatever its marks are.
    pub(super) fn out(&self, seat: usize) -> Option<OutReason> {
        match self.sheet(seat).map(|sheet| sheet.state) {
            None => Some(OutReason::NoSheet),
            Some(SheetState::Counted) => None,
            Some(SheetState::Absent) => Some(OutReason::Absent),
            Some(SheetState::Abstain) => Some(OutReason::Abstain),
            Some(SheetState::Recused) => Some(OutReason::Recused),
            Some(SheetState::Void) => Some(OutReason::Void),
        }
    }

    /// Seat totals over `criteria`: the sum of factor x mark (domain rules 2.1 Order).
    pub(super) fn totals(&self, class: usize, criteria: &[usize]) -> RawColumn {
        let mut column = RawColumn::new(None, TOTAL_UNIT);
        for seat in self.seats_of(class) {
            let line = match self.out(seat) {
                Some(reason) => RawLine::out(seat, reason),
                None => self.total(seat, criteria, &mut column.missing),
            };
            column.lines.push(line);
        }
        column
    }

    /// The marks for one criterion.
    pub(super) fn marks(&self, class: usize, criterion: usize) -> RawColumn {
        let mut column = RawColumn::new(Some(criterion), MARK_UNIT);
        for seat in self.seats_of(class) {
            let line = match self.out(seat) {
                Some(reason) => RawLine::out(seat, reason),
                None => self.mark(seat, criterion, &mut column.missing),
            };
            column.lines.push(line);
        }
        column
    }

    fn total(&self, seat: usize, criteria: &[usize], missing: &mut Vec<(usize, usize)>) -> RawLine {
        let mut value: i128 = 0;
        let mut complete = true;
        for &index in criteria {
            let mark = self.sheet(seat).and_then(|sheet| sheet.mark(index));
            let Some(mark) = mark else {
                missing.push((seat, index));
                complete = false;
                continue;
            };
            let Some(criterion) = self.charter.criteria().get(index) else {
                continue;
            };
            // At most 40 criteria of 10^9 milli-points times 10^12 millionths: far from the edge.
            value += i128::from(mark.milli()) * i128::from(criterion.factor.micros());
        }
        self.line(seat, value, complete)
    }

    fn mark(&self, seat: usize, criterion: usize, missing: &mut Vec<(usize, usize)>) -> RawLine {
        let mark = self.sheet(seat).and_then(|sheet| sheet.mark(criterion));
        if mark.is_none() {
            missing.push((seat, criterion));
        }
        let value = i128::from(mark.unwrap_or_default().milli());
        self.line(seat, value, mark.is_some())
    }

    fn line(&self, seat: usize, value: i128, complete: bool) -> RawLine {
        // Missing is not zero: only a charter that says so counts what is left of the sheet.
        if complete || self.charter.missing() == Missing::Zero {
            return RawLine {
                seat,
                value,
                fate: Fate::Kept,
            };
        }
        RawLine::out(seat, OutReason::MissingMark)
    }
}

impl RawLine {
    fn out(seat: usize, reason: OutReason) -> RawLine {
        RawLine {
            seat,
            value: 0,
            fate: Fate::Out(reason),
        }
    }

    pub(super) fn entered(&self) -> bool {
        !matches!(self.fate, Fate::Out(_))
    }
}

impl RawColumn {
    fn new(criterion: Option<usize>, unit: i128) -> RawColumn {
        RawColumn {
            criterion,
            unit,
            lines: Vec::new(),
            missing: Vec::new(),
        }
    }

    pub(super) fn valid(&self) -> usize {
        self.lines.iter().filter(|line| line.entered()).count()
    }

    /// Whether the charter holds an entry with a panel this small.
    pub(super) fn held_below(&self, trim: Option<Trim>) -> bool {
        self.too_small(trim) && trim.is_some_and(|trim| trim.below == BelowMinPanel::Hold)
    }

    pub(super) fn too_small(&self, trim: Option<Trim>) -> bool {
        trim.is_some_and(|trim| self.valid() < trim.min_panel)
    }

    /// Strikes exactly `high` and `low` numbers; of equal extremes the seat that stands later.
    pub(super) fn strike(&mut self, trim: Option<Trim>) {
        let Some(trim) = trim.filter(|trim| self.valid() >= trim.min_panel) else {
            return;
        };
        let mut order: Vec<usize> = (0..self.lines.len())
            .filter(|index| self.lines[*index].entered())
            .collect();
        order.sort_unstable_by_key(|index| (self.lines[*index].value, *index));
        let high = order.split_off(order.len().saturating_sub(trim.high));
        // Ascending, but among equals the later seat first.
        order.sort_unstable_by_key(|index| (self.lines[*index].value, std::cmp::Reverse(*index)));
        order.truncate(trim.low);
        for index in high {
            self.lines[index].fate = Fate::StruckHigh;
        }
        for index in order {
            self.lines[index].fate = Fate::StruckLow;
        }
    }

    /// Mean, median or sum of what was kept. `None`: nothing was.
    pub(super) fn aggregate(&self, kind: Aggregate) -> Result<Option<Ratio>, TooLarge> {
        let kept: Vec<i128> = self
            .lines
            .iter()
            .filter(|line| line.fate == Fate::Kept)
            .map(|line| line.value)
            .collect();
        aggregate(kept, self.unit, kind)
    }

    /// The same with the trim off.
    pub(super) fn untrimmed(&self, kind: Aggregate) -> Result<Option<Ratio>, TooLarge> {
        let entered = self.lines.iter().filter(|line| line.entered());
        aggregate(entered.map(|line| line.value).collect(), self.unit, kind)
    }

    pub(super) fn into_column(
        self,
        aggregate: Option<Ratio>,
        factored: Option<Ratio>,
    ) -> Result<Column, TooLarge> {
        let valid = self.valid();
        let kept = self
            .lines
            .iter()
            .filter(|line| line.fate == Fate::Kept)
            .count();
        let unit = self.unit;
        let line = |line: RawLine| {
            let value = if line.entered() {
                Some(Ratio::new(line.value, unit)?)
            } else {
                None
            };
            Ok(Line {
                seat: line.seat,
                value,
                fate: line.fate,
            })
        };
        let lines = self
            .lines
            .into_iter()
            .map(line)
            .collect::<Result<_, TooLarge>>()?;
        Ok(Column {
            criterion: self.criterion,
            lines,
            valid,
            kept,
            aggregate,
            factored,
        })
    }
}

fn aggregate(
    mut values: Vec<i128>,
    unit: i128,
    kind: Aggregate,
) -> Result<Option<Ratio>, TooLarge> {
    if values.is_empty() {
        return Ok(None);
    }
    let count = i128::try_from(values.len()).map_err(|_| TooLarge)?;
    let value = match kind {
        Aggregate::Mean => Ratio::new(sum(&values)?, unit * count),
        Aggregate::Sum => Ratio::new(sum(&values)?, unit),
        Aggregate::Median => {
            values.sort_unstable();
            let (low, high) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
            Ratio::new(low.checked_add(high).ok_or(TooLarge)?, unit * 2)
        }
    };
    value.map(Some)
}

fn sum(values: &[i128]) -> Result<i128, TooLarge> {
    values
        .iter()
        .try_fold(0_i128, |sum, value| sum.checked_add(*value).ok_or(TooLarge))
}
