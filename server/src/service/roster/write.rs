//! Writes a plan: all of it, in one transaction.

use super::month_write;
use super::plan::{Plan, PlannedGroup, PlannedPerson, PlannedSeat, PlannedUnit};
use crate::service::act::Act;
use crate::service::create::{SEAT_ADD, state_with};
use crate::service::error::ServiceError;
use crate::store::{Change, Tx, params, statements};
use domain::ids::{ContestId, PersonId, SeatId, UnitId};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use sync::protocol::LiveKind;

statements! {
    UNIT_IDS = "select unit_id, code, position from unit where county_id = $1";
    UNIT_PUT = "insert into unit
        (unit_id, county_id, code, name, level, position, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (county_id, code) do update
        set name = excluded.name, level = excluded.level";
    UNIT_PARENT = "update unit set parent_id = $2 where unit_id = $1";
    GROUP_PUT = "insert into unit_group (unit_group_id, county_id, season, name, unit_id)
        values ($1, $2, $3, $4, $5)
        on conflict (county_id, season, unit_id) do update set name = excluded.name";
    GROUP_REMOVE = "delete from unit_group
        where county_id = $1 and season = $2 and unit_id = $3";
    PERSON_PUT = "insert into person
        (person_id, county_id, code, name, unit_id, post, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (county_id, code) do update
        set name = excluded.name, unit_id = excluded.unit_id, post = excluded.post";
    SEAT_PUT_PERSON = "update seat set class = $3, person = $4
        where contest_id = $1 and number = $2";
    CONTEST_COUNTS = "select
        (select count(*) from entry e where e.contest_id = $1 and e.withdrawn = 0) as entries,
        (select count(*) from seat s where s.contest_id = $1) as seats";
    CONTEST_SEATED = "update contest set roster_version = roster_version + 1,
        state = case when state = 'draft' then $2 else state end where contest_id = $1";
}

/// Writes a plan without problems.
///
/// # Errors
/// The roster changed under the plan, or the database failed.
pub async fn write(tx: &mut Tx, act: &Act, plan: &Plan) -> Result<(), ServiceError> {
    let codes = units(tx, act, &plan.units).await?;
    for group in &plan.removed_groups {
        let (season, county) = (group.season.as_str(), tx.county());
        let unit = id_of(&codes, &group.unit)?;
        tx.execute(GROUP_REMOVE, &params![county, season, unit])
            .await?;
    }
    for group in &plan.groups {
        put_group(tx, act, &codes, group).await?;
    }
    for person in &plan.people {
        put_person(tx, act, &codes, person).await?;
    }
    seats(tx, act, &plan.seats).await?;
    month_write::write(tx, act, &codes, plan).await?;
    let tables: Vec<_> = plan
        .tables
        .iter()
        .map(|table| (&table.kind, table.rows))
        .collect();
    act.audit(
        tx,
        None,
        &json!({ "do": "import_roster", "tables": tables }),
    )
    .await
}

/// The units, and the id of every code then.
async fn units(
    tx: &mut Tx,
    act: &Act,
    units: &[PlannedUnit],
) -> Result<BTreeMap<String, UnitId>, ServiceError> {
    let county = tx.county();
    let mut codes: BTreeMap<String, UnitId> = BTreeMap::new();
    let mut last = 0;
    for row in tx.rows(UNIT_IDS, &params![county]).await? {
        codes.insert(row.text("code")?, row.id("unit_id")?);
        last = last.max(row.u32("position")?);
    }
    for unit in units {
        let id = codes
            .get(&unit.code)
            .copied()
            .unwrap_or_else(|| UnitId(act.uuid()));
        last += 1;
        let (code, name) = (unit.code.as_str(), unit.name.as_str());
        let row = params![id, county, code, name, unit.level.code(), last, act.now];
        tx.execute(UNIT_PUT, &row).await?;
        codes.insert(unit.code.clone(), id);
    }
    // Parents afterwards: a file may name a unit before the one above it.
    for unit in units {
        let parent = match &unit.parent {
            Some(code) => Some(id_of(&codes, code)?),
            None => None,
        };
        tx.execute(UNIT_PARENT, &params![id_of(&codes, &unit.code)?, parent])
            .await?;
    }
    Ok(codes)
}

async fn put_group(
    tx: &mut Tx,
    act: &Act,
    codes: &BTreeMap<String, UnitId>,
    group: &PlannedGroup,
) -> Result<(), ServiceError> {
    let (id, county, unit) = (act.uuid(), tx.county(), id_of(codes, &group.unit)?);
    let row = params![
        id,
        county,
        group.season.as_str(),
        group.group.as_str(),
        unit
    ];
    tx.execute(GROUP_PUT, &row).await?;
    Ok(())
}

async fn put_person(
    tx: &mut Tx,
    act: &Act,
    codes: &BTreeMap<String, UnitId>,
    person: &PlannedPerson,
) -> Result<(), ServiceError> {
    let unit = match person.unit.as_str() {
        "" => None,
        code => Some(id_of(codes, code)?),
    };
    let (id, county) = (PersonId(act.uuid()), tx.county());
    let (code, name, post) = (
        person.code.as_str(),
        person.name.as_str(),
        person.post.as_str(),
    );
    let row = params![id, county, code, name, unit, post, act.now];
    tx.execute(PERSON_PUT, &row).await?;
    Ok(())
}

async fn seats(tx: &mut Tx, act: &Act, seats: &[PlannedSeat]) -> Result<(), ServiceError> {
    let county = tx.county();
    let mut contests: BTreeSet<ContestId> = BTreeSet::new();
    for seat in seats {
        let (class, person) = (seat.class.as_str(), seat.person.as_str());
        let changed = params![seat.contest, seat.number, class, person];
        if tx.execute(SEAT_PUT_PERSON, &changed).await? == 0 {
            let id = SeatId(act.uuid());
            let row = params![id, county, seat.contest, seat.number, class, person];
            tx.execute(SEAT_ADD, &row).await?;
        }
        contests.insert(seat.contest);
    }
    for contest in contests {
        let counts = tx.row(CONTEST_COUNTS, &params![contest]).await?;
        let entries = usize::try_from(counts.u32("entries")?).unwrap_or(usize::MAX);
        let state = state_with(entries, counts.u32("seats")?);
        tx.execute(CONTEST_SEATED, &params![contest, state.code()])
            .await?;
        tx.emit(Change::new(contest, LiveKind::Order), act.now)
            .await?;
    }
    Ok(())
}

/// The id of a unit.
///
/// # Errors
/// The roster changed under the plan.
pub fn id_of(codes: &BTreeMap<String, UnitId>, code: &str) -> Result<UnitId, ServiceError> {
    codes
        .get(code)
        .copied()
        .ok_or(ServiceError::Conflict("roster_changed"))
}
