//! What a month is computed from, as the database holds it.

mod figures;

use super::Month;
use super::past::{Before, Pasts, names};
use super::registry::{IndicatorRecord, Registry};
use super::season::Season;
use crate::service::error::ServiceError;
use crate::service::field::photo;
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::{MeritAppeal, MeritMark, MeritState};
use domain::ids::{AccountId, MeritId, SeasonId, UnitId};
use domain::month::indicator::{Figure, Indicator};
use domain::month::{Merit, MonthInput, MonthResult, Period, UnitResult, close};
use domain::number::Decimal;
use std::collections::BTreeMap;
use sync::protocol::{AppealState, PhotoState};

statements! {
    MONTH_MERITS = "select m.*, l.holder, a.reason as appeal_reason, a.state as appeal_state,
            a.late as appeal_late, a.decided_reason as appeal_decided, p.size as photo,
            p.received_at as photo_at
        from merit m left join link l on l.link_id = m.link_id
        left join photo p on p.op_id = m.merit_id
        left join appeal a on a.merit_id = m.merit_id
        where m.season_id = $1 and m.period = $2 order by m.day, m.created_at, m.merit_id";
}

/// A month with everything that it is computed from.
#[derive(Clone, Debug)]
pub struct MonthRecord {
    pub season: SeasonId,
    pub season_name: String,
    /// The unit that holds the season, or empty.
    pub sponsor: String,
    pub period: Period,
    /// What the month keeps, or the season's of today.
    pub registry: Registry,
    pub names: BTreeMap<UnitId, String>,
    /// By place among the registry's indicators, and unit.
    pub figures: BTreeMap<(usize, UnitId), Figure>,
    pub merits: Vec<MeritRecord>,
    /// By the same keys, of the same month of the year before (去年同期).
    pub last_year: BTreeMap<(usize, UnitId), Decimal>,
    pub past: Before,
    /// [`Pasts::hash_before`] of it.
    pub past_hash: String,
}

#[derive(Clone, Debug)]
pub struct MeritRecord {
    pub id: MeritId,
    pub unit: UnitId,
    pub points: Decimal,
    pub dimension: String,
    pub reason: String,
    pub day: String,
    pub state: MeritState,
    /// `None`: a link's phone brought it.
    pub recorded_by: Option<AccountId>,
    /// Who confirmed it or struck it out, or whose hands the card went through that did.
    pub decided_by: Option<AccountId>,
    /// The inspector whose phone brought it, or empty.
    pub holder: String,
    pub mark: Option<MeritMark>,
    /// The place, where it is flagged as a spot, or empty.
    pub spot: String,
    /// The place that the inspector proposes as a spot, or empty.
    pub proposed_spot: String,
    pub appeal: Option<MeritAppeal>,
    pub photo: Option<PhotoState>,
    /// The charter's item, and the number of its document; or empty.
    pub item: String,
    pub document_no: String,
}

impl MonthRecord {
    /// The month by what it keeps, or by the season's registry of today where it keeps none.
    ///
    /// # Errors
    /// There is no such season, or the database failed.
    pub async fn load(tx: &mut Tx, month: Month) -> Result<Self, ServiceError> {
        let pasts = Pasts::load(tx, month.0).await?;
        Self::load_after(tx, month, &pasts).await
    }

    /// The same after other earlier months than those that are posted.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub async fn load_after(
        tx: &mut Tx,
        month: Month,
        pasts: &Pasts,
    ) -> Result<Self, ServiceError> {
        let season = Season::load(tx, month.0).await?;
        let registry = match Registry::kept(tx, month).await? {
            Some(kept) => kept,
            None => Registry::today(tx, &season).await?,
        };
        Self::load_by(tx, month, season, registry, pasts).await
    }

    /// The month by the season's registry of today, whatever it keeps.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub async fn load_by_today(tx: &mut Tx, month: Month) -> Result<Self, ServiceError> {
        let season = Season::load(tx, month.0).await?;
        let registry = Registry::today(tx, &season).await?;
        let pasts = Pasts::load(tx, month.0).await?;
        Self::load_by(tx, month, season, registry, &pasts).await
    }

    async fn load_by(
        tx: &mut Tx,
        (id, period): Month,
        season: Season,
        registry: Registry,
        pasts: &Pasts,
    ) -> Result<Self, ServiceError> {
        let past = pasts.before(period)?;
        let mut record = Self {
            season: id,
            period,
            names: names(tx, &registry, &past).await?,
            registry,
            figures: BTreeMap::new(),
            merits: Vec::new(),
            last_year: BTreeMap::new(),
            past,
            past_hash: pasts.hash_before(period),
            season_name: season.name,
            sponsor: season.sponsor,
        };
        record.read_figures(tx).await?;
        record.read_last_year(tx, pasts.seasons()).await?;
        let month = params![id, period.to_string()];
        for row in tx.rows(MONTH_MERITS, &month).await? {
            record.merits.push(merit(&row)?);
        }
        Ok(record)
    }

    /// What the month comes to as things are.
    ///
    /// # Errors
    /// Numbers that do not fit into exact arithmetic.
    pub fn compute(&self) -> Result<MonthResult, ServiceError> {
        let indicators = self.registry.indicators.iter();
        let indicators: Vec<Indicator> = indicators.map(|one| one.rule.clone()).collect();
        let merits = self.confirmed().map(|merit| self.merit(merit));
        let merits: Vec<Merit> = merits.collect();
        let input = MonthInput {
            period: self.period,
            charter: &self.registry.charter,
            groups: &self.registry.domain_groups(),
            pairs: &self.registry.pairs,
            indicators: &indicators,
            figures: &self.figures,
            merits: &merits,
            last_year: &self.last_year,
            past: &self.past.own,
            earlier: &self.past.earlier,
        };
        close(&input).map_err(|_| ServiceError::Conflict("numbers_too_large"))
    }

    fn merit(&self, merit: &MeritRecord) -> Merit {
        let mut items = self.registry.charter.items.iter();
        // A day that an earlier build took in otherwise than it is written counts last.
        let day = merit.day.parse();
        Merit {
            unit: merit.unit,
            points: merit.points,
            day: day.unwrap_or_else(|_| self.period.last_day()),
            item: items.position(|item| item.name == merit.item),
        }
    }

    /// The confirmed records, each with what counts of it.
    pub fn counted<'a>(
        &'a self,
        result: &'a MonthResult,
    ) -> impl Iterator<Item = (&'a MeritRecord, Decimal)> {
        self.confirmed().zip(result.counted.iter().copied())
    }

    pub fn confirmed(&self) -> impl Iterator<Item = &MeritRecord> {
        let is_confirmed = |merit: &&MeritRecord| merit.state == MeritState::Confirmed;
        self.merits.iter().filter(is_confirmed)
    }

    /// Records and appeals that wait for a second person.
    pub fn undecided(&self) -> usize {
        let waits = |merit: &&MeritRecord| {
            let appeal = merit.appeal.as_ref().map(|appeal| appeal.state);
            merit.state == MeritState::Recorded || appeal == Some(AppealState::Open)
        };
        self.merits.iter().filter(waits).count()
    }

    /// What was asked for this month and is not there, or is not enough to be scored: for each
    /// indicator its units.
    pub fn missing(&self, result: &MonthResult) -> Vec<(&IndicatorRecord, Vec<UnitId>)> {
        let asked = result.asked.iter().enumerate();
        let asked = asked.filter_map(|(at, of)| Some((at, self.registry.indicators.get(*of)?)));
        let missing = asked.map(|(at, one)| {
            let is_missing = |unit: &&UnitResult| {
                // One that is not asked of its group cannot be missing.
                let cell = unit.cells.get(at).and_then(Option::as_ref);
                let is_scored = one.rule.weight != Decimal::ZERO;
                !unit.external
                    && cell.is_some_and(|cell| {
                        cell.figure.value.is_none() || (is_scored && cell.points.is_none())
                    })
            };
            let units = result.units().filter(is_missing);
            (one, units.map(|unit| unit.unit).collect())
        });
        missing
            .filter(|(_, units): &(_, Vec<UnitId>)| !units.is_empty())
            .collect()
    }

    pub fn name(&self, unit: UnitId) -> &str {
        self.names
            .get(&unit)
            .map(String::as_str)
            .unwrap_or_default()
    }
}

fn merit(row: &Row) -> Result<MeritRecord, StoreError> {
    Ok(MeritRecord {
        id: row.id("merit_id")?,
        unit: row.id("unit_id")?,
        points: row.id("points")?,
        dimension: row.text("dimension")?,
        reason: row.text("reason")?,
        day: row.text("day")?,
        state: merit_state(row)?,
        recorded_by: row.id_opt("recorded_by")?,
        decided_by: row.id_opt("decided_by")?,
        holder: row.text_opt("holder")?.unwrap_or_default(),
        mark: match row.text("mark")?.as_str() {
            "late" => Some(MeritMark::Late),
            "card" => Some(MeritMark::Card),
            _ => None,
        },
        spot: row.text("spot")?,
        proposed_spot: row.text("proposed_spot")?,
        appeal: appeal(row)?,
        photo: photo::state(row)?,
        item: row.text("item")?,
        document_no: row.text("document_no")?,
    })
}

fn appeal(row: &Row) -> Result<Option<MeritAppeal>, StoreError> {
    let Some(reason) = row.text_opt("appeal_reason")? else {
        return Ok(None);
    };
    Ok(Some(MeritAppeal {
        reason,
        state: appeal_state(&row.text("appeal_state")?),
        is_late: row.flag("appeal_late")?,
        decided: row.text("appeal_decided")?,
    }))
}

/// An appeal's state as the database writes it.
pub(crate) fn appeal_state(code: &str) -> AppealState {
    match code {
        "upheld" => AppealState::Upheld,
        "rejected" => AppealState::Rejected,
        _ => AppealState::Open,
    }
}

pub(crate) fn merit_state(row: &Row) -> Result<MeritState, StoreError> {
    Ok(match row.text("state")?.as_str() {
        "confirmed" => MeritState::Confirmed,
        "void" => MeritState::Void,
        _ => MeritState::Recorded,
    })
}

pub(crate) fn decimal_opt(row: &Row, column: &str) -> Result<Option<Decimal>, StoreError> {
    match row.text(column)?.as_str() {
        "" => Ok(None),
        _ => row.id(column).map(Some),
    }
}
