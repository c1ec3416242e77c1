//! What a month is computed by: charter, groups, pairs, indicators and teams. A closed month keeps
//! a copy, so that an indicator that is added later, a unit that moves to another group or a
//! charter that changes leaves it alone. Figures and records are not in it: they have versions of
//! their own, and a correction is made because of them.

use super::Month;
use super::season::Season;
use crate::service::error::ServiceError;
use crate::service::roster::level::Level;
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::RegistryPart;
use domain::ids::{IndicatorId, UnitId};
use domain::month::indicator::{Against, Better, Cadence, Indicator};
use domain::month::{Group, Member, SeasonCharter};
use serde::{Deserialize, Serialize};
use sync::posted_month::TeamMember;

pub const REGISTRY_VERSION: u32 = 1;

statements! {
    SEASON_UNITS = "select g.name as group_name, u.unit_id, u.name, u.level from unit_group g
        join unit u on u.unit_id = g.unit_id
        where g.county_id = $1 and g.season = $2 order by g.name, u.position, u.code";
    SEASON_PAIRS = "select unit_id, rival_id from unit_pair
        where county_id = $1 and season = $2 order by position";
    SEASON_INDICATORS = "select * from indicator
        where county_id = $1 and season = $2 order by position, code";
    SEASON_TEAMS = "select unit_id, name, post from team_member
        where county_id = $1 and season = $2 order by unit_id, position, name";
    CLOSED_REGISTRY = "select registry from closed_month where season_id = $1 and period = $2";
    POSTED_REGISTRY = "select registry from posted_month where season_id = $1 and period = $2
        order by edition desc limit 1";
}

/// Lies on the disk with every closed month, so its shape may only grow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registry {
    pub v: u32,
    pub charter: SeasonCharter,
    pub charter_version: u32,
    pub groups: Vec<RegistryGroup>,
    pub pairs: Vec<(UnitId, UnitId)>,
    pub indicators: Vec<IndicatorRecord>,
    /// Nobody where the charter names nobody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<RegistryTeam>,
}

/// Who is credited where the unit is on the red list (ES-6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryTeam {
    pub unit: UnitId,
    pub members: Vec<TeamMember>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryGroup {
    pub name: String,
    pub members: Vec<RegistryMember>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryMember {
    pub unit: UnitId,
    pub name: String,
    /// Other counties take places among the figures; the county's own units compete (XY-14).
    #[serde(default)]
    pub external: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorRecord {
    pub id: IndicatorId,
    pub name: String,
    pub measure: String,
    pub public: bool,
    pub rule: Indicator,
    /// What it is one of (GY-5), or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dimension: String,
}

impl Registry {
    /// The season's as it is today.
    ///
    /// # Errors
    /// The database failed. So with each of the functions below.
    pub(in crate::service) async fn today(
        tx: &mut Tx,
        season: &Season,
    ) -> Result<Self, ServiceError> {
        let county = tx.county();
        let of_season = params![county, season.name.as_str()];
        let mut registry = Self {
            v: REGISTRY_VERSION,
            charter: season.charter.clone(),
            charter_version: season.charter_version,
            groups: Vec::new(),
            pairs: Vec::new(),
            indicators: Vec::new(),
            teams: Vec::new(),
        };
        for row in tx.rows(SEASON_UNITS, &of_season).await? {
            registry.read_unit(&row)?;
        }
        for row in tx.rows(SEASON_PAIRS, &of_season).await? {
            let pair = (row.id("unit_id")?, row.id("rival_id")?);
            registry.pairs.push(pair);
        }
        for row in tx.rows(SEASON_INDICATORS, &of_season).await? {
            registry.indicators.push(indicator(&row)?);
        }
        if registry.charter.red_names {
            for row in tx.rows(SEASON_TEAMS, &of_season).await? {
                registry.read_team(&row)?;
            }
        }
        Ok(registry)
    }

    /// What the month keeps, of its close if it waits, otherwise of its newest edition. `None`: it
    /// was never closed, or by a build that kept nothing.
    pub(crate) async fn kept(tx: &mut Tx, month: Month) -> Result<Option<Self>, ServiceError> {
        match read_by(tx, CLOSED_REGISTRY, month).await? {
            Some(kept) => Ok(Some(kept)),
            None => Self::posted(tx, month).await,
        }
    }

    /// What the month's newest edition was made by, whatever waits behind it.
    pub(super) async fn posted(tx: &mut Tx, month: Month) -> Result<Option<Self>, ServiceError> {
        read_by(tx, POSTED_REGISTRY, month).await
    }

    /// The parts in which the two are not the same.
    #[must_use]
    pub fn differs(&self, other: &Self) -> Vec<RegistryPart> {
        let parts = [
            (
                RegistryPart::Charter,
                !self.charter.computes_like(&other.charter),
            ),
            (RegistryPart::Groups, self.groups != other.groups),
            (RegistryPart::Pairs, self.pairs != other.pairs),
            (
                RegistryPart::Indicators,
                self.indicators != other.indicators,
            ),
            (RegistryPart::Teams, self.teams != other.teams),
        ];
        let changed = parts.into_iter().filter(|(_, is_other)| *is_other);
        changed.map(|(part, _)| part).collect()
    }

    #[must_use]
    pub fn domain_groups(&self) -> Vec<Group> {
        let member = |member: &RegistryMember| Member {
            unit: member.unit,
            external: member.external,
        };
        let group = |group: &RegistryGroup| Group {
            name: group.name.clone(),
            members: group.members.iter().map(member).collect(),
        };
        self.groups.iter().map(group).collect()
    }

    pub fn members(&self) -> impl Iterator<Item = &RegistryMember> {
        self.groups.iter().flat_map(|group| &group.members)
    }

    /// Of a unit, whoever is in its team; nobody where the charter names nobody.
    pub fn team(&self, unit: UnitId) -> &[TeamMember] {
        let team = self.teams.iter().find(|team| team.unit == unit);
        team.map_or(&[], |team| &team.members)
    }

    fn read_team(&mut self, row: &Row) -> Result<(), StoreError> {
        let unit = row.id("unit_id")?;
        let member = TeamMember {
            name: row.text("name")?,
            post: row.text("post")?,
        };
        match self.teams.last_mut().filter(|last| last.unit == unit) {
            Some(last) => last.members.push(member),
            None => self.teams.push(RegistryTeam {
                unit,
                members: vec![member],
            }),
        }
        Ok(())
    }

    fn read_unit(&mut self, row: &Row) -> Result<(), StoreError> {
        let group = row.text("group_name")?;
        let member = RegistryMember {
            unit: row.id("unit_id")?,
            name: row.text("name")?,
            external: Level::from_word(&row.text("level")?) == Some(Level::County),
        };
        match self.groups.last_mut().filter(|last| last.name == group) {
            Some(last) => last.members.push(member),
            None => self.groups.push(RegistryGroup {
                name: group,
                members: vec![member],
            }),
        }
        Ok(())
    }
}

async fn read_by(
    tx: &mut Tx,
    sql: &'static str,
    month: Month,
) -> Result<Option<Registry>, ServiceError> {
    let of_month = params![month.0, month.1.to_string()];
    let row = tx.row_opt(sql, &of_month).await?;
    match row {
        Some(row) if !row.text("registry")?.is_empty() => Ok(Some(row.json("registry")?)),
        _ => Ok(None),
    }
}

pub(crate) fn indicator(row: &Row) -> Result<IndicatorRecord, StoreError> {
    let due = row.text("due")?;
    let better = match row.text("better")?.as_str() {
        "lower" => Better::Lower,
        _ => Better::Higher,
    };
    let against = match row.text("against")?.as_str() {
        "raised" => Against::Raised,
        _ => Against::Base,
    };
    Ok(IndicatorRecord {
        id: row.id("indicator_id")?,
        name: row.text("name")?,
        measure: row.text("measure")?,
        public: row.flag("public")?,
        dimension: row.text("dimension")?,
        rule: Indicator {
            key: row.text("code")?,
            weight: row.id("weight")?,
            better,
            rule: row.json("rule")?,
            cadence: cadence(row)?,
            gate: row.flag("gate")?,
            against,
            groups: row.json("groups")?,
            due: if due.is_empty() {
                None
            } else {
                Some(row.id("due")?)
            },
        },
    })
}

/// How often an indicator is asked for.
pub(super) fn cadence(row: &Row) -> Result<Cadence, StoreError> {
    Ok(match row.text("cadence")?.as_str() {
        "quarterly" => Cadence::Quarterly,
        _ => Cadence::Monthly,
    })
}
