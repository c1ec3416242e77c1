//! What readers see of one unit: where it stands, how it came there, and what it won. Which seasons
//! a reader may see of what is asked first (see [`Reader`]).

use super::dimensions;
use super::posting::{Posted, month_of, newest};
use super::registry::Registry;
use super::season::{as_seen_by, followed};
use crate::service::audience::Reader;
use crate::service::error::ServiceError;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::{OwnUnit, UnitCard, UnitDuel, UnitMonth, UnitPage, UnitTally};
use app::paths;
use domain::ids::{SeasonId, UnitId};
use domain::month::Period;
use domain::month::audience::Surface;
use domain::month::board::Listed;
use domain::month::day::Day;
use domain::month::pair::Duel;
use domain::number::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use sync::posted_month::{PostedMonth, PostedPair};

/// 前三 (GY-25).
const TOP: i64 = 3;

statements! {
    UNIT_CARDS = "select u.unit_id, u.name, u.level, p.name as parent_name from unit u
        left join unit p on p.unit_id = u.parent_id
        where u.county_id = $1 and u.unit_id = coalesce($2, u.unit_id) order by u.position, u.code";
    UNIT_GROUPS = "select unit_id, name, season from unit_group
        where county_id = $1 and unit_id = coalesce($2, unit_id) order by season";
    /// The months that a unit stands in, in their newest edition.
    COURSE = "select f.* from posted_unit f where f.unit_id = $1 and f.edition =
            (select max(q.edition) from posted_month q
                where q.season_id = f.season_id and q.period = f.period)
        order by f.period, f.season_id";
    /// The units of a season's months, in their newest edition.
    COURSES = "select f.* from posted_unit f where f.season_id = $1
            and f.period >= $2 and f.period <= $3 and f.edition =
            (select max(q.edition) from posted_month q
                where q.season_id = f.season_id and q.period = f.period)
        order by f.period";
}

/// All units of the county's own that the reader may look at, for the search.
///
/// # Errors
/// The database failed. So with each of the functions below, or there is no such unit.
pub async fn units(store: &Store, reader: &Reader) -> Result<Vec<UnitCard>, ServiceError> {
    unit_cards(&mut store.read().await?, reader, None).await
}

/// All units, or the one that is asked for. One that stands in seasons, but in none that the reader
/// may see, is not there.
async fn unit_cards(
    tx: &mut Tx,
    reader: &Reader,
    asked: Option<UnitId>,
) -> Result<Vec<UnitCard>, ServiceError> {
    let asked = params![tx.county(), asked];
    let mut groups: BTreeMap<UnitId, String> = BTreeMap::new();
    let mut withheld: BTreeSet<UnitId> = BTreeSet::new();
    for row in tx.rows(UNIT_GROUPS, &asked).await? {
        let unit = row.id("unit_id")?;
        // In order of the seasons, so the newest one stays.
        match reader.sees_named(&row.text("season")?, Surface::Unit) {
            true => groups.insert(unit, row.text("name")?).is_some(),
            false => withheld.insert(unit),
        };
    }
    withheld.retain(|unit| !groups.contains_key(unit));
    let mut cards = Vec::new();
    for row in tx.rows(UNIT_CARDS, &asked).await? {
        let id = row.id("unit_id")?;
        if withheld.contains(&id) || row.text("level")? == "county" {
            continue;
        }
        let name = row.text("name")?;
        cards.push(UnitCard {
            id,
            initials: initials(&name),
            name,
            parent: row.text_opt("parent_name")?.unwrap_or_default(),
            group: groups.remove(&id).unwrap_or_default(),
        });
    }
    Ok(cards)
}

/// The first letters of a name's syllables: `qht` for 青禾镇.
pub(crate) fn initials(name: &str) -> String {
    use pinyin::ToPinyin as _;
    let letters = name.to_pinyin().zip(name.chars());
    let letter = |(pinyin, char): (Option<pinyin::Pinyin>, char)| match pinyin {
        Some(pinyin) => pinyin.first_letter().chars().next(),
        None => Some(char.to_ascii_lowercase()),
    };
    letters.filter_map(letter).collect()
}

/// One unit: where it stands in its newest posted month, and how it came there.
pub async fn unit(
    store: &Store,
    reader: &Reader,
    id: UnitId,
    today: Day,
) -> Result<UnitPage, ServiceError> {
    let mut tx = store.read().await?;
    let cards = unit_cards(&mut tx, reader, Some(id)).await?;
    let unit = cards.into_iter().next();
    let unit = unit.ok_or(ServiceError::NotFound("unit"))?;
    let rows = course(&mut tx, reader, id).await?;
    let Some(last) = rows.last() else {
        return Ok(UnitPage {
            unit,
            month: None,
            course: Vec::new(),
            duels: Vec::new(),
            tally: None,
            dimensions: None,
            url: String::new(),
            is_own: false,
        });
    };
    let at = month_of(last)?;
    let posted: Posted = newest(&mut tx, at)
        .await?
        .ok_or(ServiceError::NotFound("month"))?;
    let by = Registry::posted(&mut tx, at).await?;
    let items = by.map(|by| by.charter.items).unwrap_or_default();
    let dimensions = dimensions::of_unit(&posted.month, &items, id);
    // People stand on the lists alone, and this is one unit's page.
    let month = posted.month.for_everybody(today).without_teams();
    let mut month = as_seen_by(&mut tx, reader, month).await?;
    let duels = duels(&month, id);
    month
        .groups
        .retain(|group| group.units.iter().any(|unit| unit.unit == id));
    month.pairs.retain(|pair| pair.a == id || pair.b == id);
    let followed = followed(&mut tx, at.0).await?.into_iter();
    let line: BTreeSet<SeasonId> = followed.map(|(season, _)| season).chain([at.0]).collect();
    let mut course = Vec::new();
    let mut of_season = Vec::new();
    for row in &rows {
        let (season, _) = month_of(row)?;
        if line.contains(&season) {
            course.push(unit_month(row)?);
        }
        if season == at.0 {
            of_season.push(row);
        }
    }
    Ok(UnitPage {
        unit,
        month: Some(month),
        course,
        duels,
        tally: Some(tally(&of_season)?),
        dimensions,
        url: String::new(),
        is_own: false,
    })
}

/// What each unit won over these months of a season, which are in their order.
///
/// # Errors
/// The database failed.
pub(crate) async fn tallies(
    tx: &mut Tx,
    season: SeasonId,
    months: &[Period],
) -> Result<BTreeMap<UnitId, UnitTally>, StoreError> {
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        return Ok(BTreeMap::new());
    };
    let asked = params![season, first.to_string(), last.to_string()];
    let rows = tx.rows(COURSES, &asked).await?;
    let mut courses: BTreeMap<UnitId, Vec<&Row>> = BTreeMap::new();
    for row in &rows {
        courses.entry(row.id("unit_id")?).or_default().push(row);
    }
    let tallies = courses.into_iter();
    tallies.map(|(unit, of)| Ok((unit, tally(&of)?))).collect()
}

/// What a unit won over the months of these rows.
fn tally(rows: &[&Row]) -> Result<UnitTally, StoreError> {
    let mut tally = UnitTally::default();
    let mut merit = 0_i64;
    for row in rows {
        let rank = row.int_opt("rank")?;
        tally.months += 1;
        tally.firsts += u32::from(rank == Some(1));
        tally.top_three += u32::from(rank.is_some_and(|rank| rank <= TOP));
        tally.red += u32::from(row.text("listed")? == "red");
        let month: Decimal = row.id("merit")?;
        merit = merit.saturating_add(month.micros());
        let held: Vec<String> = row.json("flags")?;
        for name in held {
            match tally.flags.iter_mut().find(|(known, _)| *known == name) {
                Some((_, months)) => *months += 1,
                None => tally.flags.push((name, 1)),
            }
        }
    }
    let merit = Decimal::from_micros(merit);
    tally.merit = merit.map(|sum| sum.to_string()).unwrap_or_default();
    Ok(tally)
}

/// The path of a unit's page, to pass on.
#[must_use]
pub fn unit_way(reader: &Reader, page: &UnitPage) -> String {
    let path = paths::unit(page.unit.id);
    match &page.month {
        Some(month) => reader.way(month.season, Surface::Unit, &path),
        None => path,
    }
}

/// The months of a unit that the reader may see, oldest first.
async fn course(tx: &mut Tx, reader: &Reader, id: UnitId) -> Result<Vec<Row>, StoreError> {
    let mut seen = Vec::new();
    for row in tx.rows(COURSE, &params![id]).await? {
        if reader.sees(month_of(&row)?.0, Surface::Unit) {
            seen.push(row);
        }
    }
    Ok(seen)
}

/// Where the unit stood that a device shows first; nothing for one that is not there any more.
pub async fn own(
    store: &Store,
    reader: &Reader,
    own: Option<UnitId>,
    today: Day,
) -> Result<Option<OwnUnit>, ServiceError> {
    let Some(id) = own else {
        return Ok(None);
    };
    let mut tx = store.read().await?;
    let Some(card) = unit_cards(&mut tx, reader, own).await?.into_iter().next() else {
        return Ok(None);
    };
    let rows = course(&mut tx, reader, id).await?;
    let mut own = OwnUnit {
        id,
        name: card.name,
        group: card.group,
        month: rows.last().map(unit_month).transpose()?,
        moved: None,
        listed: None,
        listed_until: None,
    };
    if let Some(last) = rows.last()
        && let Some(posted) = newest(&mut tx, month_of(last)?).await?
        && let month = as_seen_by(&mut tx, reader, posted.month.shown_on(today)).await?
        && let Some((group, unit)) = month.units().find(|(_, unit)| unit.unit == id)
    {
        own.group.clone_from(&group.name);
        (own.moved, own.listed) = (unit.moved, unit.listed);
        own.listed_until = month
            .black_until
            .filter(|_| unit.listed == Some(Listed::Black));
    }
    Ok(Some(own))
}

fn unit_month(row: &Row) -> Result<UnitMonth, StoreError> {
    let rank = row.int_opt("rank")?;
    Ok(UnitMonth {
        period: row.id("period")?,
        rank: rank.and_then(|rank| u32::try_from(rank).ok()),
        of: row.u32("of_units")?,
        score: Some(row.text("score")?).filter(|score| !score.is_empty()),
    })
}

fn duels(month: &PostedMonth, id: UnitId) -> Vec<UnitDuel> {
    let score = |unit: UnitId| {
        let found = month.units().find(|(_, known)| known.unit == unit);
        found.and_then(|(_, unit)| unit.score.clone())
    };
    let duel = |pair: &PostedPair| {
        let (rival, duel, won, lost): (UnitId, Duel, u32, u32) = match pair.a == id {
            true => (pair.b, pair.duel, pair.won, pair.lost),
            false => (pair.a, pair.duel.turned(), pair.lost, pair.won),
        };
        UnitDuel {
            rival,
            name: month.name(rival).to_owned(),
            own_score: score(id),
            rival_score: score(rival),
            duel,
            won,
            drawn: pair.drawn,
            lost,
        }
    };
    let own = month
        .pairs
        .iter()
        .filter(|pair| pair.a == id || pair.b == id);
    own.map(duel).collect()
}
