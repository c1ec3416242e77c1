//! Leaders who answer for units (GY-8, GY-9): what was said of them, their units, and what these
//! got in the posted months. What a leader's units get is the leader's (同奖同惩), and no more than
//! read here.

mod said;

use super::audience::Reader;
use super::calendar::in_effect;
use super::calendar::sheet::{place, posted, ratio};
use super::error::ServiceError;
use super::ladder::read::documents;
use super::month::season::Season;
use super::permission;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::{
    Capability, Leader, LeaderUnit, LeadersPage, SeasonName, SheetPlace, SlipRow, Visit,
};
use domain::ids::{AccountId, LeaderId, Millis, SeasonId, UnitId};
use domain::month::assessment::MEAN_PLACES;
use domain::month::audience::Surface;
use domain::month::leader::{Bound, LeaderRule};
use domain::month::season_months::SeasonMonths;
use domain::month::{Day, Period};
use std::collections::BTreeMap;
use sync::posted_month::PostedMonth;

pub use said::command;

statements! {
    LEADERS = "select * from leader where season_id = $1 order by at, leader_id";
    LEADER_ACTS = "select t.*, u.name, a.login, o.login as own_login from leader_act t
        join leader l on l.leader_id = t.leader_id
        join account a on a.account_id = t.account_id
        left join account o on o.account_id = t.own_account_id
        left join unit u on u.unit_id = t.unit_id
        where l.season_id = $1 order by t.leader_id, t.position";
    LEADER_UNITS = "select distinct u.unit_id, u.name from unit u
        join unit_group g on g.unit_id = u.unit_id
        where u.county_id = $1 and g.season = $2 order by u.name";
    LEADER_MONTHS = "select distinct period from posted_month where season_id = $1
        order by period desc";
}

/// What stands of a leader.
struct Known {
    id: LeaderId,
    name: String,
    post: String,
    account: Option<AccountId>,
    login: Option<String>,
    /// What was said so far.
    last: u32,
    bound: Vec<KnownUnit>,
    visits: Vec<(UnitId, Visit)>,
}

/// A unit of a leader's.
struct KnownUnit {
    bound: Bound,
    name: String,
    /// Why it is not any more, and whose word that is.
    released: Option<(String, String)>,
}

/// The leaders of a season, for who organises, confirms, publishes or reads talks; for any other
/// account the leader that it is. Visits are for the leader and who organises, what was missed for
/// who organises alone (GY-8), and talks for who reads them.
///
/// # Errors
/// The reader is no staff, there is no such season, or the database failed.
pub async fn page(
    store: &Store,
    (reader, account): (&Reader, AccountId),
    season: SeasonId,
    now: Millis,
) -> Result<LeadersPage, ServiceError> {
    if !reader.is_staff() {
        return Err(ServiceError::SignIn);
    }
    reader.may(season, Surface::Bulletin)?;
    let (mut tx, today) = (store.read().await?, Day::of(now));
    let may = permission::capabilities(&mut tx, account).await?;
    let season = Season::load(&mut tx, season).await?;
    let months = in_effect(&mut tx, &season).await?;
    let mut leaders = known(&mut tx, season.id).await?;
    if may.is_empty() {
        leaders.retain(|leader| leader.account == Some(account));
    }
    let rows = tx
        .rows(LEADER_MONTHS, &params![season.id])
        .await?
        .into_iter();
    let periods: Vec<Period> = rows.map(|row| row.id("period")).collect::<Result<_, _>>()?;
    let of = Of {
        posted: posted(&mut tx, season.id, &periods, today).await?,
        slips: documents(&mut tx, season.id, &may, today).await?,
        account,
        months,
        today: Period::of(today),
        may_organise: may.contains(&Capability::Organise),
    };
    let mut told = Vec::new();
    if let Some(rule) = season.charter.leaders {
        for leader in leaders {
            told.push(of.leader(rule, leader)?);
        }
    }
    let units = match of.may_organise {
        true => units(&mut tx, &season).await?,
        false => Vec::new(),
    };
    Ok(LeadersPage {
        season: season.id,
        season_name: season.name,
        today,
        rule: season.charter.leaders,
        posted: of.posted.iter().map(|month| month.period).collect(),
        months: months.span().months().collect(),
        leaders: told,
        units,
        may_organise: of.may_organise,
    })
}

/// What this account still owes this month as a leader, season by season: the leader's name, and
/// how many visits.
///
/// # Errors
/// The database failed.
pub(super) async fn due(
    tx: &mut Tx,
    account: AccountId,
    (seasons, today): (&[SeasonName], Day),
) -> Result<Vec<(SeasonName, String, u32)>, ServiceError> {
    let (mut due, period) = (Vec::new(), Period::of(today));
    for of in seasons {
        let leaders = known(tx, of.id).await?.into_iter();
        let own = leaders.filter(|leader| leader.account == Some(account));
        let own: Vec<Known> = own.collect();
        if own.is_empty() {
            continue;
        }
        let season = Season::load(tx, of.id).await?;
        let months = in_effect(tx, &season).await?;
        let rule = season.charter.leaders;
        due.extend(rule.into_iter().flat_map(|rule| {
            let owed = own.iter().map(move |leader| {
                (
                    leader,
                    rule.owed(&leader.bounds(), &leader.visits_of(), (months, period)),
                )
            });
            let owed = owed.filter(|(_, owed)| 0 < *owed);
            owed.map(|(leader, owed)| (of.clone(), leader.name.clone(), owed))
        }));
    }
    Ok(due)
}

/// Every leader of a season with what stands of what was said.
async fn known(tx: &mut Tx, season: SeasonId) -> Result<Vec<Known>, StoreError> {
    let of_season = params![season];
    let mut leaders = Vec::new();
    for row in tx.rows(LEADERS, &of_season).await? {
        leaders.push(Known {
            id: row.id("leader_id")?,
            name: row.text("name")?,
            post: row.text("post")?,
            account: None,
            login: None,
            last: 0,
            bound: Vec::new(),
            visits: Vec::new(),
        });
    }
    for row in tx.rows(LEADER_ACTS, &of_season).await? {
        let id: LeaderId = row.id("leader_id")?;
        if let Some(leader) = leaders.iter_mut().find(|leader| leader.id == id) {
            leader.hear(&row)?;
        }
    }
    Ok(leaders)
}

async fn units(tx: &mut Tx, season: &Season) -> Result<Vec<(UnitId, String)>, StoreError> {
    let asked = params![tx.county(), season.name.as_str()];
    let rows = tx.rows(LEADER_UNITS, &asked).await?;
    let rows = rows.iter();
    rows.map(|row| Ok((row.id("unit_id")?, row.text("name")?)))
        .collect()
}

impl Known {
    /// Takes in one word, in the order in which they were said.
    fn hear(&mut self, row: &Row) -> Result<(), StoreError> {
        self.last = row.u32("position")?;
        match row.text("kind")?.as_str() {
            "bound" => self.bound.push(KnownUnit {
                bound: Bound {
                    unit: row.id("unit_id")?,
                    from: row.id("period")?,
                    until: None,
                },
                name: row.text("name")?,
                released: None,
            }),
            "released" => {
                let (unit, until) = (row.id("unit_id")?, row.id("period")?);
                let released = (row.text("words")?, row.text("login")?);
                if let Some(known) = self.standing(unit) {
                    known.bound.until = Some(until);
                    known.released = Some(released);
                }
            }
            "account" => {
                self.account = row.id_opt("own_account_id")?;
                self.login = row.text_opt("own_login")?;
            }
            "visited" => {
                let visit = Visit {
                    position: self.last,
                    unit: row.text("name")?,
                    day: row.id("day")?,
                    words: row.text("words")?,
                    by: row.text("login")?,
                    at: row.millis("at")?,
                    struck: None,
                };
                self.visits.push((row.id("unit_id")?, visit));
            }
            _ => {
                let struck = (row.text("words")?, row.text("login")?);
                let position = row.u32("struck")?;
                let mut visits = self.visits.iter_mut();
                let visit = visits.find(|(_, visit)| visit.position == position);
                if let Some((_, visit)) = visit {
                    visit.struck = Some(struck);
                }
            }
        }
        Ok(())
    }

    /// The unit as one that is the leader's without an end.
    fn standing(&mut self, unit: UnitId) -> Option<&mut KnownUnit> {
        let mut known = self.bound.iter_mut();
        known.find(|known| known.bound.unit == unit && known.bound.until.is_none())
    }

    fn bounds(&self) -> Vec<Bound> {
        self.bound.iter().map(|known| known.bound).collect()
    }

    fn is_bound(&self, unit: UnitId, period: Period) -> bool {
        let mut bounds = self.bound.iter().map(|known| known.bound);
        bounds.any(|bound| bound.unit == unit && bound.is_of(period))
    }

    /// How many visits count in each month: those that stand, to units that were the leader's in it
    /// by what is said now.
    fn visits_of(&self) -> BTreeMap<Period, u32> {
        let mut visits = BTreeMap::new();
        for (unit, visit) in &self.visits {
            let period = Period::of(visit.day);
            if visit.struck.is_none() && self.is_bound(*unit, period) {
                *visits.entry(period).or_default() += 1;
            }
        }
        visits
    }
}

/// What leaders are told from.
struct Of {
    /// The newest first.
    posted: Vec<PostedMonth>,
    slips: Vec<SlipRow>,
    account: AccountId,
    months: SeasonMonths,
    today: Period,
    may_organise: bool,
}

impl Of {
    fn leader(&self, rule: LeaderRule, leader: Known) -> Result<Leader, ServiceError> {
        let is_own = leader.account == Some(self.account);
        let (bounds, visits) = (leader.bounds(), leader.visits_of());
        let missed = match self.may_organise {
            true => rule.missed(&bounds, &visits, (self.months, self.today)),
            false => Vec::new(),
        };
        let owed = (is_own || self.may_organise)
            .then(|| rule.owed(&bounds, &visits, (self.months, self.today)));
        let visits = leader.visits.into_iter().map(|(_, visit)| visit);
        let mut visits: Vec<Visit> = match owed {
            Some(_) => visits.collect(),
            None => Vec::new(),
        };
        visits.sort_by_key(|visit| std::cmp::Reverse((visit.day, visit.position)));
        let units = leader.bound.into_iter().map(|known| self.unit(known));
        let units: Vec<LeaderUnit> = units.collect();
        let line = (0..self.posted.len()).map(|at| self.line(rule, (at, &units)));
        let line: Vec<_> = line.collect::<Result<_, _>>()?;
        Ok(Leader {
            id: leader.id,
            name: leader.name,
            post: leader.post,
            login: leader.login,
            is_own,
            units,
            line,
            visits,
            owed,
            missed,
        })
    }

    fn unit(&self, known: KnownUnit) -> LeaderUnit {
        let bound = known.bound;
        let course = self.posted.iter().map(|month| {
            let mut units = month.units().filter(|_| bound.is_of(month.period));
            let stood = units.find(|(_, unit)| unit.unit == bound.unit);
            stood.map(|(group, unit)| place(month, group, unit))
        });
        let slips = self
            .slips
            .iter()
            .filter(|slip| slip.matter.unit == bound.unit && bound.is_of(slip.matter.period));
        LeaderUnit {
            bound,
            name: known.name,
            released: known.released,
            course: course.collect(),
            slips: slips.cloned().collect(),
        }
    }

    /// The leader's score of a posted month, by the scores of the units as they were printed.
    fn line(
        &self,
        rule: LeaderRule,
        (at, units): (usize, &[LeaderUnit]),
    ) -> Result<Option<String>, ServiceError> {
        let period = self.posted[at].period;
        let units = units.iter().filter(|unit| unit.bound.is_of(period));
        let score = |place: &SheetPlace| place.score.as_deref().and_then(ratio);
        let scores = units.map(|unit| unit.course[at].as_ref().and_then(score));
        let line = rule.line(&scores.collect::<Vec<_>>());
        let line = line.map_err(|error| ServiceError::Internal(error.into()))?;
        Ok(line.map(|line| line.to_fixed(MEAN_PLACES)))
    }
}
