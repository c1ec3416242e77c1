//! What a month is computed from, as the database holds it.

use super::season::Season;
use crate::service::error::ServiceError;
use crate::service::roster::level::Level;
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::{MeritAppeal, MeritMark, MeritState};
use domain::ids::{AccountId, IndicatorId, MeritId, SeasonId, UnitId};
use domain::month::indicator::{Better, Cadence, Figure, Indicator};
use domain::month::{
    Group, Member, Merit, MonthInput, MonthResult, Past, Period, UnitResult, close,
};
use domain::number::Decimal;
use std::collections::BTreeMap;
use sync::protocol::AppealState;

statements! {
    SEASON_UNITS = "select g.name as group_name, u.unit_id, u.name, u.level from unit_group g
        join unit u on u.unit_id = g.unit_id
        where g.county_id = $1 and g.season = $2 order by g.name, u.position, u.code";
    SEASON_PAIRS = "select unit_id, rival_id from unit_pair
        where county_id = $1 and season = $2 order by position";
    SEASON_INDICATORS = "select * from indicator
        where county_id = $1 and season = $2 order by position, code";
    /// The year's figures up to a month, the newest of each month and revision last.
    SEASON_FIGURES = "select f.* from figure f join indicator i on i.indicator_id = f.indicator_id
        where f.county_id = $1 and i.season = $2 and $3 <= f.period and f.period <= $4
        order by f.period, f.revision";
    MONTH_MERITS = "select m.*, l.holder, a.reason as appeal_reason, a.state as appeal_state,
            a.late as appeal_late, a.decided_reason as appeal_decided
        from merit m left join link l on l.link_id = m.link_id
        left join appeal a on a.merit_id = m.merit_id
        where m.season_id = $1 and m.period = $2 order by m.day, m.created_at, m.merit_id";
    MONTH_PAST = "select p.past from posted_month p
        where p.season_id = $1 and p.period < $2 and p.edition = (select max(q.edition)
            from posted_month q where q.season_id = p.season_id and q.period = p.period)
        order by p.period";
}

/// A month with everything that it is computed from.
#[derive(Clone, Debug)]
pub struct MonthRecord {
    pub season: Season,
    pub period: Period,
    pub groups: Vec<Group>,
    pub names: BTreeMap<UnitId, String>,
    pub pairs: Vec<(UnitId, UnitId)>,
    pub indicators: Vec<IndicatorRecord>,
    pub figures: BTreeMap<(usize, UnitId), Figure>,
    pub merits: Vec<MeritRecord>,
    pub past: Vec<Past>,
}

#[derive(Clone, Debug)]
pub struct IndicatorRecord {
    pub id: IndicatorId,
    pub name: String,
    pub measure: String,
    pub public: bool,
    pub rule: Indicator,
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
    /// Who confirmed it or struck it out.
    pub decided_by: Option<AccountId>,
    /// The inspector whose phone brought it, or empty.
    pub holder: String,
    pub mark: Option<MeritMark>,
    pub appeal: Option<MeritAppeal>,
}

impl MonthRecord {
    /// # Errors
    /// There is no such season, or the database failed.
    pub async fn load(tx: &mut Tx, season: SeasonId, period: Period) -> Result<Self, ServiceError> {
        let season = Season::load(tx, season).await?;
        let county = tx.county();
        let of_season = params![county, season.name.as_str()];
        let mut record = Self {
            period,
            groups: Vec::new(),
            names: BTreeMap::new(),
            pairs: Vec::new(),
            indicators: Vec::new(),
            figures: BTreeMap::new(),
            merits: Vec::new(),
            past: Vec::new(),
            season,
        };
        for row in tx.rows(SEASON_UNITS, &of_season).await? {
            record.read_unit(&row)?;
        }
        for row in tx.rows(SEASON_PAIRS, &of_season).await? {
            record.pairs.push((row.id("unit_id")?, row.id("rival_id")?));
        }
        for row in tx.rows(SEASON_INDICATORS, &of_season).await? {
            record.indicators.push(indicator(&row)?);
        }
        let january = format!("{:04}-01", period.year());
        let name = record.season.name.as_str();
        let of_year = params![county, name, january, period.to_string()];
        for row in tx.rows(SEASON_FIGURES, &of_year).await? {
            record.read_figure(&row)?;
        }
        let month = params![record.season.id, period.to_string()];
        for row in tx.rows(MONTH_MERITS, &month).await? {
            record.merits.push(merit(&row)?);
        }
        for row in tx.rows(MONTH_PAST, &month).await? {
            record.past.push(row.json("past")?);
        }
        Ok(record)
    }

    /// What the month comes to as things are.
    ///
    /// # Errors
    /// Numbers that do not fit into exact arithmetic.
    pub fn compute(&self) -> Result<MonthResult, ServiceError> {
        let indicators: Vec<Indicator> =
            self.indicators.iter().map(|one| one.rule.clone()).collect();
        let merits: Vec<Merit> = self.confirmed().map(MeritRecord::merit).collect();
        let input = MonthInput {
            period: self.period,
            charter: &self.season.charter,
            groups: &self.groups,
            pairs: &self.pairs,
            indicators: &indicators,
            figures: &self.figures,
            merits: &merits,
            past: &self.past,
        };
        close(&input).map_err(|_| ServiceError::Conflict("numbers_too_large"))
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
        let asked = asked.filter_map(|(at, of)| Some((at, self.indicators.get(*of)?)));
        let missing = asked.map(|(at, one)| {
            let is_missing = |unit: &&UnitResult| {
                let cell = unit.cells.get(at);
                let is_scored = one.rule.weight != Decimal::ZERO;
                !unit.external
                    && cell.is_none_or(|cell| {
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

    fn read_unit(&mut self, row: &Row) -> Result<(), StoreError> {
        let (name, unit) = (row.text("group_name")?, row.id("unit_id")?);
        self.names.insert(unit, row.text("name")?);
        let member = Member {
            unit,
            // Other counties take places among the figures; the county's own units compete.
            external: Level::from_word(&row.text("level")?) == Some(Level::County),
        };
        match self.groups.last_mut().filter(|group| group.name == name) {
            Some(group) => group.members.push(member),
            None => self.groups.push(Group {
                name,
                members: vec![member],
            }),
        }
        Ok(())
    }

    /// A value counts in its own month; a target holds until the year gives another.
    fn read_figure(&mut self, row: &Row) -> Result<(), StoreError> {
        let id: IndicatorId = row.id("indicator_id")?;
        let Some(at) = self.indicators.iter().position(|one| one.id == id) else {
            return Ok(());
        };
        let figure = self.figures.entry((at, row.id("unit_id")?)).or_default();
        if row.id::<Period>("period")? == self.period {
            figure.value = decimal_opt(row, "value")?;
        }
        figure.target = decimal_opt(row, "target")?.or(figure.target);
        Ok(())
    }
}

impl MeritRecord {
    fn merit(&self) -> Merit {
        Merit {
            unit: self.unit,
            points: self.points,
        }
    }
}

pub(crate) fn indicator(row: &Row) -> Result<IndicatorRecord, StoreError> {
    let due = row.text("due")?;
    let better = match row.text("better")?.as_str() {
        "lower" => Better::Lower,
        _ => Better::Higher,
    };
    let cadence = match row.text("cadence")?.as_str() {
        "quarterly" => Cadence::Quarterly,
        _ => Cadence::Monthly,
    };
    Ok(IndicatorRecord {
        id: row.id("indicator_id")?,
        name: row.text("name")?,
        measure: row.text("measure")?,
        public: row.flag("public")?,
        rule: Indicator {
            key: row.text("code")?,
            weight: row.id("weight")?,
            better,
            rule: row.json("rule")?,
            cadence,
            gate: row.flag("gate")?,
            due: if due.is_empty() {
                None
            } else {
                Some(row.id("due")?)
            },
        },
    })
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
        appeal: appeal(row)?,
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

pub(super) fn merit_state(row: &Row) -> Result<MeritState, StoreError> {
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
