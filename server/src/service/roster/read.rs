//! The roster out of the database: for the page, and for the check of an import.

use super::existing::{Existing, KnownContest, Seat};
use super::file::Table;
use super::level::Level;
use super::month_read;
use super::plan::{PlannedPerson, PlannedUnit};
use crate::service::error::ServiceError;
use crate::service::record::contest_state;
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::{MemberRow, PersonRow, RosterPage, UnitRow};
use domain::charter::CharterDraft;
use domain::ids::{ContestId, UnitId};
use std::collections::BTreeMap;

statements! {
    UNITS = "select u.*, p.code as parent_code from unit u
        left join unit p on p.unit_id = u.parent_id
        where u.county_id = $1 order by u.position, u.code";
    GROUPS = "select g.season, g.name, u.code, g.unit_id from unit_group g
        join unit u on u.unit_id = g.unit_id
        where g.county_id = $1 order by g.season";
    PERSONS = "select p.*, u.code as unit_code, u.name as unit_name from person p
        left join unit u on u.unit_id = p.unit_id
        where p.county_id = $1 order by p.code";
    MEMBERS = "select m.season, u.name as unit_name, m.name, m.post from team_member m
        join unit u on u.unit_id = m.unit_id
        where m.county_id = $1 order by m.season desc, u.position, u.code, m.position, m.name";
    CONTESTS = "select * from contest where county_id = $1";
    CONTEST_SEATS = "select s.* from seat s join contest c on c.contest_id = s.contest_id
        where c.county_id = $1";
}

/// The roster as the organiser sees it.
///
/// # Errors
/// The database failed.
pub async fn page(tx: &mut Tx) -> Result<RosterPage, ServiceError> {
    let county = tx.county();
    let mut groups: BTreeMap<UnitId, String> = BTreeMap::new();
    for row in tx.rows(GROUPS, &params![county]).await? {
        // In order of the seasons, so the newest one stays.
        groups.insert(row.id("unit_id")?, row.text("name")?);
    }
    let mut page = RosterPage {
        units: Vec::new(),
        persons: Vec::new(),
        teams: Vec::new(),
        months: Vec::new(),
    };
    for row in tx.rows(UNITS, &params![county]).await? {
        let id = row.id("unit_id")?;
        page.units.push(UnitRow {
            id,
            code: row.text("code")?,
            name: row.text("name")?,
            level: row.text("level")?,
            parent: row.id_opt("parent_id")?,
            group: groups.remove(&id).unwrap_or_default(),
        });
    }
    for row in tx.rows(PERSONS, &params![county]).await? {
        page.persons.push(PersonRow {
            code: row.text("code")?,
            name: row.text("name")?,
            unit: row.text_opt("unit_name")?.unwrap_or_default(),
            post: row.text("post")?,
        });
    }
    for row in tx.rows(MEMBERS, &params![county]).await? {
        page.teams.push(MemberRow {
            season: row.text("season")?,
            unit: row.text("unit_name")?,
            name: row.text("name")?,
            post: row.text("post")?,
        });
    }
    Ok(page)
}

/// The roster as an import of these tables is checked against it.
///
/// # Errors
/// The database failed.
pub async fn existing(tx: &mut Tx, tables: &[Table]) -> Result<Existing, ServiceError> {
    let county = tx.county();
    let mut existing = Existing::default();
    for row in tx.rows(UNITS, &params![county]).await? {
        let unit = unit(&row)?;
        existing.units.insert(unit.code.clone(), unit);
    }
    for row in tx.rows(GROUPS, &params![county]).await? {
        existing
            .groups
            .insert((row.text("season")?, row.text("code")?), row.text("name")?);
    }
    for row in tx.rows(PERSONS, &params![county]).await? {
        let person = person(&row)?;
        existing.people.insert(person.code.clone(), person);
    }
    let mut seats: BTreeMap<ContestId, BTreeMap<u32, Seat>> = BTreeMap::new();
    for row in tx.rows(CONTEST_SEATS, &params![county]).await? {
        let seat = Seat {
            class: row.text("class")?,
            person: row.text("person")?,
        };
        seats
            .entry(row.id("contest_id")?)
            .or_default()
            .insert(row.u32("number")?, seat);
    }
    for row in tx.rows(CONTESTS, &params![county]).await? {
        let id = row.id("contest_id")?;
        existing
            .contests
            .push(contest(id, &row, seats.remove(&id).unwrap_or_default())?);
    }
    month_read::add(tx, &mut existing, tables).await?;
    Ok(existing)
}

fn unit(row: &Row) -> Result<PlannedUnit, StoreError> {
    let level = row.text("level")?;
    Ok(PlannedUnit {
        code: row.text("code")?,
        name: row.text("name")?,
        level: Level::from_word(&level).ok_or_else(|| StoreError::Row {
            column: "level".to_owned(),
        })?,
        parent: row.text_opt("parent_code")?,
    })
}

fn person(row: &Row) -> Result<PlannedPerson, StoreError> {
    Ok(PlannedPerson {
        code: row.text("code")?,
        name: row.text("name")?,
        unit: row.text_opt("unit_code")?.unwrap_or_default(),
        post: row.text("post")?,
    })
}

fn contest(
    id: ContestId,
    row: &Row,
    seats: BTreeMap<u32, Seat>,
) -> Result<KnownContest, StoreError> {
    let draft: CharterDraft = row.json("charter_json")?;
    let classes = draft.classes.into_iter();
    Ok(KnownContest {
        id,
        title: row.text("title")?,
        frozen: contest_state(row)?.charter_frozen(),
        classes: classes.map(|class| (class.key, class.name)).collect(),
        seats,
    })
}
