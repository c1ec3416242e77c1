//! The documents of the calendar (GY-15): what the posted months of a duty's span come to for each
//! unit. Made from the newest edition of each month and from nothing else but the slips that came
//! of them, for staff.

use super::outcome::of_sheet;
use super::season_span;
use super::year::{self, Means};
use crate::service::audience::Reader;
use crate::service::error::ServiceError;
use crate::service::ladder::read::documents;
use crate::service::month::posting::newest;
use crate::service::month::season::Season;
use crate::service::month::units::tallies;
use crate::service::month::weak;
use crate::service::permission;
use crate::store::{Store, Tx};
use app::backend::{
    Capability, DutySheet, SheetGroup, SheetMonth, SheetPlace, SheetUnit, SheetYear, UnitTally,
    WeakFigure,
};
use domain::ids::{AccountId, Millis, SeasonId, UnitId};
use domain::month::assessment::{MEAN_PLACES, mean, standing};
use domain::month::audience::Surface;
use domain::month::cadence::{CadenceRule, Duty, DutyState, Output, Span, duties};
use domain::month::charter::Side;
use domain::month::{Day, Period};
use domain::number::Decimal;
use domain::ratio::Ratio;
use std::collections::BTreeMap;
use sync::posted_month::{PostedGroup, PostedMonth, PostedUnit};

/// Indicators that a unit is told of, beside those that it did not report.
const WEAK: usize = 2;

/// Which document: of a season, what comes of the duty, and the span that it is of.
pub type Asked = (SeasonId, Output, Span);

/// The document of a duty. Talks are on an assessment for an account that may read them; the paper
/// of a hearing lies before a whole group, so none are there.
///
/// # Errors
/// The reader is no staff, the charter's calendar asks for no such duty, or the database failed.
pub async fn sheet(
    store: &Store,
    (reader, account): (&Reader, AccountId),
    (season, output, span): Asked,
    now: Millis,
) -> Result<DutySheet, ServiceError> {
    if !reader.is_staff() {
        return Err(ServiceError::SignIn);
    }
    reader.may(season, Surface::Bulletin)?;
    let (mut tx, today) = (store.read().await?, Day::of(now));
    let mut may = permission::capabilities(&mut tx, account).await?;
    may.retain(|one| *one != Capability::Talks || output == Output::Assessment);
    let season = Season::load(&mut tx, season).await?;
    let duty = DutyOf::find(&mut tx, &season, |duty| {
        duty.rule.output == output && duty.span == span && output.has_sheet(span)
    })
    .await?;
    let Sums {
        months,
        mut groups,
        mut year,
    } = sums(&mut tx, &season, &duty, today).await?;
    if let Some(year) = &mut year {
        year.may_enter = may.contains(&Capability::Organise);
    }
    let asked = &duty.months;
    for slip in documents(&mut tx, season.id, &may, today).await? {
        let mut units = groups.iter_mut().flat_map(|group| &mut group.units);
        let unit = units.find(|unit| unit.unit == slip.matter.unit);
        if let Some(unit) = unit.filter(|_| asked.contains(&slip.matter.period)) {
            unit.slips.push(slip);
        }
    }
    let outcomes = of_sheet(&mut tx, &season, &duty, &groups).await?;
    let is_ahead = duty.state(today) == DutyState::Ahead;
    let is_out = |period: &Period| months.iter().any(|month| month.period == *period);
    Ok(DutySheet {
        season: season.id,
        season_name: season.name,
        county: store.county().name.clone(),
        title: season.charter.title,
        rule: duty.rule.name.clone(),
        output,
        span,
        today,
        unposted: asked.iter().copied().filter(|one| !is_out(one)).collect(),
        outside: duty.outside,
        groups,
        months: months.iter().map(of_month).collect(),
        reads_talks: may.contains(&Capability::Talks),
        outcomes,
        year,
        may_decide: !is_ahead && may.contains(&Capability::Organise),
    })
}

/// A duty with the months that it is about.
pub(super) struct DutyOf {
    pub rule: CadenceRule,
    pub span: Span,
    window: Span,
    /// Of its span, those of the season.
    months: Vec<Period>,
    /// And those before or after it.
    outside: Vec<Period>,
}

impl DutyOf {
    /// The first duty of the season's calendar that fits.
    ///
    /// # Errors
    /// There is none, or the database failed.
    pub(super) async fn find(
        tx: &mut Tx,
        season: &Season,
        fits: impl Fn(&Duty<'_>) -> bool,
    ) -> Result<Self, ServiceError> {
        let of_season = season_span(tx, season).await?;
        let mut duties = duties(&season.charter.cadence, of_season).into_iter();
        let duty = duties.find(fits).ok_or(ServiceError::NotFound("duty"))?;
        let is_inside = |period: &Period| of_season.contains(period.first_day());
        let (months, outside) = duty.span.months().partition(is_inside);
        Ok(Self {
            rule: duty.rule.clone(),
            span: duty.span,
            window: duty.window,
            months,
            outside,
        })
    }

    /// Where it stands, but for whether it was done.
    pub(super) fn state(&self, today: Day) -> DutyState {
        let duty = Duty {
            rule: &self.rule,
            span: self.span,
            window: self.window,
        };
        duty.state(false, today)
    }
}

/// The months of a duty that are out, and what they come to for each unit, without slips.
pub(super) struct Sums {
    months: Vec<PostedMonth>,
    pub groups: Vec<SheetGroup>,
    year: Option<SheetYear>,
}

/// # Errors
/// The database failed, or numbers are too large.
pub(super) async fn sums(
    tx: &mut Tx,
    season: &Season,
    duty: &DutyOf,
    today: Day,
) -> Result<Sums, ServiceError> {
    let months = posted(tx, season.id, &duty.months, today).await?;
    let tallies = tallies(tx, season.id, &duty.months).await?;
    let (mut groups, means) = groups(&months, tallies)?;
    let year = year::onto(tx, season, duty, (&mut groups, &means)).await?;
    groups.iter_mut().for_each(rank);
    Ok(Sums {
        months,
        groups,
        year,
    })
}

/// The months that are out, as they may be shown today.
pub(in crate::service) async fn posted(
    tx: &mut Tx,
    season: SeasonId,
    asked: &[Period],
    today: Day,
) -> Result<Vec<PostedMonth>, ServiceError> {
    let mut months = Vec::new();
    for period in asked {
        let posted = newest(tx, (season, *period)).await?;
        months.extend(posted.map(|posted| posted.month.shown_on(today)));
    }
    Ok(months)
}

fn of_month(month: &PostedMonth) -> SheetMonth {
    SheetMonth {
        period: month.period,
        edition: month.edition,
        posted_at: month.posted_at,
        is_black_over: 0 < month.taken_down,
    }
}

/// Every unit in the group in which it stood last, with its means by its months there alone: a
/// place in another group was won against others. Groups and units in the order of the newest
/// month.
fn groups(
    months: &[PostedMonth],
    mut tallies: BTreeMap<UnitId, UnitTally>,
) -> Result<(Vec<SheetGroup>, Means), ServiceError> {
    let mut groups: Vec<SheetGroup> = Vec::new();
    let mut means = Means::new();
    let newest_first = months.iter().rev().flat_map(PostedMonth::units);
    for (group, unit) in newest_first.filter(|(_, unit)| !unit.external) {
        let mut known = groups.iter().flat_map(|group| &group.units);
        if known.any(|known| known.unit == unit.unit) {
            continue;
        }
        let tally = tallies.remove(&unit.unit).unwrap_or_default();
        let (unit, mean) = sheet_unit(months, (group, unit), tally)?;
        means.extend(mean.map(|mean| (unit.unit, mean)));
        match groups.iter_mut().find(|known| known.name == group.name) {
            Some(known) => known.units.push(unit),
            None => groups.push(SheetGroup {
                name: group.name.clone(),
                has_flags: group.flags.iter().any(|flags| flags.side == Side::Top),
                units: vec![unit],
            }),
        }
    }
    Ok((groups, means))
}

/// The unit with its mean score, exact.
fn sheet_unit(
    months: &[PostedMonth],
    (group, unit): (&PostedGroup, &PostedUnit),
    tally: UnitTally,
) -> Result<(SheetUnit, Option<Ratio>), ServiceError> {
    let of_months = months.iter().map(|month| {
        let mut units = month.units();
        let stood = units.find(|(_, known)| known.unit == unit.unit);
        stood.map(|(group, unit)| (month, group, unit))
    });
    let stood: Vec<_> = of_months.collect();
    let there = || {
        let stood = stood.iter().flatten();
        stood.filter(|(_, known, _)| known.name == group.name)
    };
    let scores = there().filter_map(|(_, _, unit)| ratio(unit.score.as_deref()?));
    let ranks = there().filter_map(|(_, _, unit)| Some(Ratio::scaled(i64::from(unit.rank?), 1)));
    let (mean_score, mean_rank) = (mean_of(scores)?, mean_of(ranks)?);
    let course = stood.into_iter();
    let course = course.map(|stood| stood.map(|(month, group, unit)| place(month, group, unit)));
    let course: Vec<Option<SheetPlace>> = course.collect();
    let unit = SheetUnit {
        unit: unit.unit,
        name: unit.name.clone(),
        course,
        tally,
        mean_score: mean_score.map(printed),
        mean_rank: mean_rank.map(printed),
        year: None,
        place: None,
        slips: Vec::new(),
    };
    Ok((unit, mean_score))
}

pub(in crate::service) fn place(
    month: &PostedMonth,
    group: &PostedGroup,
    unit: &PostedUnit,
) -> SheetPlace {
    SheetPlace {
        rank: unit.rank,
        of: group.ranked(),
        score: unit.score.clone(),
        merit: unit.merit.clone(),
        // A month in which a figure was missing says nothing of the unit; its row goes on.
        is_behind: unit.score.is_some() && 0 < unit.behind_in_a_row,
        listed: unit.listed,
        flags: group.held_by(unit.unit).map(str::to_owned).collect(),
        weak: weak_figures(month, group, unit),
    }
}

fn weak_figures(month: &PostedMonth, group: &PostedGroup, unit: &PostedUnit) -> Vec<WeakFigure> {
    let asked = month.figures(group, unit);
    let missing = asked.filter(|(_, cell)| cell.value.is_none());
    let lost = weak::lost(month, unit).into_iter();
    let lost = lost.filter(|(_, cell)| cell.value.is_some()).take(WEAK);
    let figures = missing.chain(lost);
    figures
        .map(|(indicator, cell)| WeakFigure {
            indicator: indicator.name.clone(),
            completion: cell.scored(indicator).map(str::to_owned),
            is_reported: cell.value.is_some(),
        })
        .collect()
}

pub(in crate::service) fn ratio(number: &str) -> Option<Ratio> {
    number.parse::<Decimal>().ok().map(Decimal::ratio)
}

fn mean_of(numbers: impl Iterator<Item = Ratio>) -> Result<Option<Ratio>, ServiceError> {
    let mean = mean(&numbers.collect::<Vec<_>>());
    mean.map_err(|error| ServiceError::Internal(error.into()))
}

fn printed(mean: Ratio) -> String {
    mean.to_fixed(MEAN_PLACES)
}

/// Places by the scores as they are printed.
fn rank(group: &mut SheetGroup) {
    let units = group.units.iter();
    let scores: Vec<Option<Ratio>> = units.map(|unit| ratio(unit.score()?)).collect();
    for (unit, place) in group.units.iter_mut().zip(standing(&scores)) {
        unit.place = place;
    }
}
