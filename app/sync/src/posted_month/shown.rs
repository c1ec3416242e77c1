//! What of a posted month is shown, and to whom.

use super::PostedMonth;
use domain::ids::UnitId;
use domain::month::board::Listed;
use domain::month::day::Day;
use std::collections::BTreeMap;

const MONTHS_OF_QUARTER: u32 = 3;

impl PostedMonth {
    /// As it may be shown on this day: without the units of the black list once its last day is
    /// over.
    #[must_use]
    pub fn shown_on(mut self, today: Day) -> Self {
        let until = self.black_until();
        self.black_until = Some(until);
        if today <= until {
            return self;
        }
        for unit in self.groups.iter_mut().flat_map(|group| &mut group.units) {
            if unit.listed == Some(Listed::Black) {
                unit.listed = None;
                self.taken_down += 1;
            }
        }
        let all = self.spots.len();
        self.spots.retain(|spot| spot.listed != Listed::Black);
        let gone = all - self.spots.len();
        self.taken_down += u32::try_from(gone).unwrap_or(u32::MAX);
        self
    }

    /// What everybody may see on this day: public indicators, no black list whose time is over, and
    /// nothing of slips and talks. The reasons of records stand where a unit is on a list.
    #[must_use]
    pub fn for_everybody(self, today: Day) -> Self {
        let mut month = self.shown_on(today);
        month.leave_out_what_is_not_public();
        month
    }

    /// Without people, for whatever is no list.
    #[must_use]
    pub fn without_teams(mut self) -> Self {
        let units = self.groups.iter_mut().flat_map(|group| &mut group.units);
        units.for_each(|unit| unit.team.clear());
        self
    }

    /// Without what the seasons before came to, for whoever may not read them. `placed` says in how
    /// many months of this one each unit had a place until now, this one among them: none of them
    /// is held against more than those.
    #[must_use]
    pub fn without_followed(mut self, placed: &BTreeMap<UnitId, u32>) -> Self {
        let is_first = placed.values().all(|months| *months <= 1);
        for unit in self.groups.iter_mut().flat_map(|group| &mut group.units) {
            let months = placed.get(&unit.unit).copied().unwrap_or(0);
            unit.moved_in_year = None;
            unit.moved = unit.moved.filter(|_| 1 < months);
            unit.first_in_a_row = unit.first_in_a_row.min(months);
            for cell in &mut unit.cells {
                (cell.last_year, cell.growth) = (None, None);
                // A quarterly one is held against the quarter before.
                cell.moved = cell.moved.filter(|_| MONTHS_OF_QUARTER < months);
                cell.first_in_a_row = cell.first_in_a_row.min(months);
            }
        }
        if is_first {
            self.givers.clear();
            let flags = self.groups.iter_mut().flat_map(|group| &mut group.flags);
            let hand_overs = flags.flat_map(|flags| &mut flags.hand_overs);
            hand_overs.for_each(|hand_over| hand_over.from = None);
        }
        self
    }

    fn leave_out_what_is_not_public(&mut self) {
        self.late = false;
        if self.missing == 0 {
            // Given for records that were not confirmed, which are nobody else's business.
            self.missing_reason.clear();
        }
        let public: Vec<bool> = self.indicators.iter().map(|one| one.public).collect();
        let mut is_public = public.iter();
        self.indicators
            .retain(|_| is_public.next().is_none_or(|public| *public));
        for unit in self.groups.iter_mut().flat_map(|group| &mut group.units) {
            let mut is_public = public.iter();
            unit.cells
                .retain(|_| is_public.next().is_none_or(|public| *public));
            unit.due.clear();
            unit.behind_in_a_row = 0;
            if unit.listed != Some(Listed::Red) {
                unit.team.clear();
            }
            if unit.listed.is_none() {
                unit.merits.clear();
            }
        }
    }
}
