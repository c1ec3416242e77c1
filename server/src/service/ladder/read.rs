//! What staff see of slips and talks: those of a season by state, and one with its steps. Talks are
//! among them only for who may read talks (GY-19), and so are the counts of them.

use super::proposals::{self, Proposal};
use super::slips::{stand, step_of};
use crate::service::error::ServiceError;
use crate::service::month::posting::newest;
use crate::service::month::season::Season;
use crate::service::permission;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::{
    Capability, Matter, SeasonName, SlipNumber, SlipPage, SlipRow, SlipStepRow, SlipsPage,
    UnitSlips,
};
use app::when;
use domain::ids::{AccountId, Millis, SeasonId, SlipId};
use domain::month::charter::Document;
use domain::month::slip::SlipState;
use domain::month::{Day, Period};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

statements! {
    /// Seasons, newest first, those with a posted month before the others.
    SLIP_SEASONS = "select s.season_id, s.name, s.created_at,
            (select max(p.period) from posted_month p
                where p.season_id = s.season_id) as newest
        from season s where s.county_id = $1 order by s.name desc";
    /// Documents of a season, or one by its id, each with the proposal that it came from.
    SLIPS = "select p.*, u.name, s.slip_id, s.year, s.number, s.reason, s.demand, s.due,
            s.late_reason, s.account_id, s.issued_at, a.login
        from slip s
        join proposal p on p.season_id = s.season_id and p.period = s.period
            and p.edition = s.edition and p.unit_id = s.unit_id and p.rule = s.rule
        join unit u on u.unit_id = s.unit_id
        join account a on a.account_id = s.account_id
        where s.county_id = $1 and (s.season_id = $2 or s.slip_id = $3)
        order by s.issued_at desc, s.rule, s.number desc";
    SLIP_STEPS = "select t.*, a.login from slip_step t
        join slip s on s.slip_id = t.slip_id
        left join account a on a.account_id = t.actor_id
        where s.county_id = $1 and (s.season_id = $2 or s.slip_id = $3)
        order by t.slip_id, t.position";
    ASIDES = "select * from proposal_aside where season_id = $1";
}

/// Documents with their rows, and the steps of each.
struct Issued {
    slips: Vec<(SlipRow, Row)>,
    steps: BTreeMap<SlipId, Vec<Row>>,
}

/// The slips of a season that stand in a state; of the newest season where none is named.
///
/// # Errors
/// There is no such season, or the database failed.
pub async fn slips(
    store: &Store,
    account: AccountId,
    (season, state): (Option<SeasonId>, SlipState),
    now: Millis,
) -> Result<SlipsPage, ServiceError> {
    let mut tx = store.read().await?;
    let may = permission::capabilities(&mut tx, account).await?;
    let today = when::day(now);
    let (seasons, newest) = seasons(&mut tx).await?;
    let season = match season {
        Some(id) => {
            let mut known = seasons.iter();
            let named = known.find(|one| one.id == id);
            Some(named.ok_or(ServiceError::NotFound("season"))?.clone())
        }
        None => newest,
    };
    let mut page = SlipsPage {
        season: season.clone(),
        seasons,
        state,
        counts: vec![0; SlipState::ALL.len()],
        rows: Vec::new(),
        units: Vec::new(),
        may,
        today,
    };
    if let Some(season) = season {
        let rows = rows(&mut tx, season.id, &page.may, &page.today).await?;
        for (count, state) in page.counts.iter_mut().zip(SlipState::ALL) {
            let of_state = rows.iter().filter(|row| row.state == state);
            *count = u32::try_from(of_state.count()).unwrap_or(u32::MAX);
        }
        page.units = units(&mut tx, season.id, &rows, &page.may).await?;
        page.rows = rows;
        page.rows.retain(|row| row.state == state);
    }
    Ok(page)
}

/// One document with everything that happened to it.
///
/// # Errors
/// There is none that this account may know of, or the database failed.
pub async fn slip(
    store: &Store,
    account: AccountId,
    id: SlipId,
    now: Millis,
) -> Result<SlipPage, ServiceError> {
    let mut tx = store.read().await?;
    let may = permission::capabilities(&mut tx, account).await?;
    let today = when::day(now);
    let mut found = issued(&mut tx, (None, Some(id)), &today).await?;
    let (mut row, columns) = found.slips.pop().ok_or(ServiceError::NotFound("slip"))?;
    if row.document == Document::Talk && !may.contains(&Capability::Talks) {
        return Err(ServiceError::NotFound("slip"));
    }
    let proposals = proposals::load(&mut tx, row.matter.season).await?;
    mark(&mut row, &proposals);
    let steps = found.steps.remove(&id).unwrap_or_default();
    let steps: Result<Vec<_>, StoreError> = steps.iter().map(step_row).collect();
    let season = Season::load(&mut tx, row.matter.season).await?;
    Ok(SlipPage {
        county: store.county().name.clone(),
        title: season.charter.title,
        demand: columns.text("demand")?,
        late_reason: columns.text("late_reason")?,
        issued_by: columns.text("login")?,
        issued_at: columns.millis("issued_at")?,
        is_own: columns.id::<AccountId>("account_id")? == account,
        steps: steps?,
        row,
        may,
        today,
    })
}

/// The newest posted month of a season, and when it was opened.
type Newness = (Option<Period>, Reverse<Millis>);

/// Every season, newest first, and the one with the newest posted month.
pub(crate) async fn seasons(
    tx: &mut Tx,
) -> Result<(Vec<SeasonName>, Option<SeasonName>), ServiceError> {
    let county = tx.county();
    let mut seasons = Vec::new();
    // Of seasons that run side by side, the one that was there first.
    let mut newest: Option<(Newness, SeasonName)> = None;
    for row in tx.rows(SLIP_SEASONS, &params![county]).await? {
        let season = SeasonName {
            id: row.id("season_id")?,
            name: row.text("name")?,
        };
        let posted = (row.id_opt("newest")?, Reverse(row.millis("created_at")?));
        if newest.as_ref().is_none_or(|(known, _)| *known < posted) {
            newest = Some((posted, season.clone()));
        }
        seasons.push(season);
    }
    Ok((seasons, newest.map(|(_, season)| season)))
}

/// What was issued in a season, of that what an account with these capabilities may know of.
///
/// # Errors
/// The database failed.
pub(crate) async fn documents(
    tx: &mut Tx,
    season: SeasonId,
    may: &[Capability],
    today: Day,
) -> Result<Vec<SlipRow>, ServiceError> {
    let mut rows = rows(tx, season, may, &today.to_string()).await?;
    rows.retain(|row| row.slip.is_some());
    Ok(rows)
}

/// Everything of a season that this account may know of, each matter once.
async fn rows(
    tx: &mut Tx,
    season: SeasonId,
    may: &[Capability],
    today: &str,
) -> Result<Vec<SlipRow>, ServiceError> {
    let issued = issued(tx, (Some(season), None), today).await?;
    let proposals = proposals::load(tx, season).await?;
    let mut asides: BTreeMap<Matter, String> = BTreeMap::new();
    for row in tx.rows(ASIDES, &params![season]).await? {
        asides.insert(matter(&row)?, row.text("reason")?);
    }
    let mut rows: Vec<SlipRow> = issued.slips.into_iter().map(|(row, _)| row).collect();
    for row in &mut rows {
        mark(row, &proposals);
    }
    let decided: BTreeSet<Matter> = rows.iter().map(|row| row.matter.clone()).collect();
    let open = proposals
        .into_iter()
        .filter(|one| !decided.contains(&one.matter));
    rows.extend(open.map(|proposal| {
        let aside = asides.get(&proposal.matter);
        undecided(proposal, aside)
    }));
    if !may.contains(&Capability::Talks) {
        rows.retain(|row| row.document == Document::Slip);
    }
    Ok(rows)
}

/// The documents of a season, or one by its id.
async fn issued(
    tx: &mut Tx,
    (season, slip): (Option<SeasonId>, Option<SlipId>),
    today: &str,
) -> Result<Issued, ServiceError> {
    let asked = params![tx.county(), season, slip];
    let mut steps: BTreeMap<SlipId, Vec<Row>> = BTreeMap::new();
    for row in tx.rows(SLIP_STEPS, &asked).await? {
        steps.entry(row.id("slip_id")?).or_default().push(row);
    }
    let mut slips = Vec::new();
    for row in tx.rows(SLIPS, &asked).await? {
        let id: SlipId = row.id("slip_id")?;
        let own = steps.get(&id).map(Vec::as_slice).unwrap_or_default();
        let (due, done) = stand(&row, own)?;
        let slip = SlipRow {
            slip: Some(id),
            number: Some(SlipNumber {
                year: row.u32("year")?,
                number: row.u32("number")?,
            }),
            state: SlipState::after(&done, &due, today),
            reason: row.text("reason")?,
            due,
            ..blank(proposals::proposal(&row)?)
        };
        slips.push((slip, row));
    }
    Ok(Issued { slips, steps })
}

/// What has become of the proposal that a document came from.
fn mark(row: &mut SlipRow, proposals: &[Proposal]) {
    let mut proposals = proposals.iter();
    if let Some(proposal) = proposals.find(|one| one.matter == row.matter) {
        row.is_corrected = proposal.is_corrected;
        row.is_late = proposal.is_late;
    }
}

/// What was corrected away needs no decision any more, and stands with what was set aside.
fn undecided(proposal: Proposal, aside: Option<&String>) -> SlipRow {
    let is_left = aside.is_some() || proposal.is_corrected;
    SlipRow {
        state: match is_left {
            true => SlipState::SetAside,
            false => SlipState::Proposed,
        },
        reason: aside.cloned().unwrap_or_default(),
        ..blank(proposal)
    }
}

fn blank(proposal: Proposal) -> SlipRow {
    SlipRow {
        matter: proposal.matter,
        slip: None,
        number: None,
        state: SlipState::Proposed,
        document: proposal.document,
        colour: proposal.colour,
        unit_name: proposal.unit_name,
        group: proposal.group,
        behind: proposal.behind,
        rank: proposal.rank,
        of_units: proposal.of_units,
        indicator: proposal.indicator,
        reason: String::new(),
        due: String::new(),
        edition: proposal.edition,
        is_late: proposal.is_late,
        is_corrected: proposal.is_corrected,
    }
}

/// Counted from the documents themselves (GY-18), with the months behind of the newest posted one.
async fn units(
    tx: &mut Tx,
    season: SeasonId,
    rows: &[SlipRow],
    may: &[Capability],
) -> Result<Vec<UnitSlips>, ServiceError> {
    let editions = tx.rows(proposals::EDITIONS_OF, &params![season]).await?;
    let periods: Result<Vec<Period>, _> = editions.iter().map(|row| row.id("period")).collect();
    let Some(period) = periods?.into_iter().max() else {
        return Ok(Vec::new());
    };
    let Some(posted) = newest(tx, (season, period)).await? else {
        return Ok(Vec::new());
    };
    let count = |unit, document| {
        let of_unit = rows.iter().filter(|row| row.matter.unit == unit);
        let issued = of_unit.filter(|row| row.slip.is_some() && row.document == document);
        u32::try_from(issued.count()).unwrap_or(u32::MAX)
    };
    let reads_talks = may.contains(&Capability::Talks);
    let own = posted.month.units().filter(|(_, unit)| !unit.external);
    let line = own.map(|(group, unit)| UnitSlips {
        unit: unit.unit,
        name: unit.name.clone(),
        group: group.name.clone(),
        slips: count(unit.unit, Document::Slip),
        talks: reads_talks.then(|| count(unit.unit, Document::Talk)),
        behind: unit.behind_in_a_row,
    });
    let has_some = |line: &UnitSlips| 0 < line.slips + line.talks.unwrap_or(0) + line.behind;
    let mut units: Vec<UnitSlips> = line.filter(has_some).collect();
    units.sort_by_key(|line| Reverse((line.behind, line.talks, line.slips)));
    Ok(units)
}

fn matter(row: &Row) -> Result<Matter, StoreError> {
    Ok(Matter {
        season: row.id("season_id")?,
        period: row.id("period")?,
        unit: row.id("unit_id")?,
        rule: row.text("rule")?,
    })
}

fn step_row(row: &Row) -> Result<SlipStepRow, StoreError> {
    Ok(SlipStepRow {
        step: step_of(&row.text("kind")?),
        words: row.text("words")?,
        who: row.text("who")?,
        day: row.text("day")?,
        by: row.text_opt("login")?.unwrap_or_default(),
        at: row.millis("at")?,
    })
}
