//! What readers see of the months: what was posted, in its newest edition, and of that what is
//! public. Which seasons a reader may see of what is asked first (see [`Reader`]).

use super::Month;
use super::posting::{Posted, month_of, newest};
use crate::config::Config;
use crate::service::audience::Reader;
use crate::service::error::ServiceError;
use crate::service::qr;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::{
    GroupFirst, MonthCard, MonthPage, MonthPoster, OwnUnit, UnitCard, UnitDuel, UnitMonth, UnitPage,
};
use app::paths;
use domain::ids::{SeasonId, UnitId};
use domain::month::Period;
use domain::month::audience::Surface;
use domain::month::board::Listed;
use domain::month::day::Day;
use domain::month::pair::Duel;
use std::collections::{BTreeMap, BTreeSet};
use sync::posted_month::{PostedMonth, PostedPair, black_until};

/// Months in the public list, newest first.
const LIST_MAX: u32 = 60;

statements! {
    MONTH_CARDS = "select p.season_id, p.period, p.edition, p.posted_at, p.black_until, s.name,
            s.charter_json,
            (select count(*) from posted_unit u where u.season_id = p.season_id
                and u.period = p.period and u.edition = p.edition and u.listed = 'red') as red,
            (select count(*) from posted_unit u where u.season_id = p.season_id
                and u.period = p.period and u.edition = p.edition and u.listed = 'black') as black
        from posted_month p join season s on s.season_id = p.season_id
        where p.county_id = $1 and p.edition = (select max(q.edition) from posted_month q
            where q.season_id = p.season_id and q.period = p.period)
        order by p.period desc, p.posted_at desc limit $2";
    FIRSTS = "select f.season_id, f.period, f.edition, f.group_name, f.unit_id, f.score, u.name
        from posted_unit f join unit u on u.unit_id = f.unit_id
        where f.county_id = $1 and f.rank = 1 order by f.group_name, u.position";
    PERIODS = "select distinct period from posted_month where season_id = $1 order by period";
    UNIT_CARDS = "select u.unit_id, u.name, u.level, p.name as parent_name from unit u
        left join unit p on p.unit_id = u.parent_id
        where u.county_id = $1 order by u.position, u.code";
    UNIT_GROUPS = "select unit_id, name, season from unit_group
        where county_id = $1 order by season";
    /// The months that a unit stands in, in their newest edition.
    COURSE = "select f.* from posted_unit f where f.unit_id = $1 and f.edition =
            (select max(q.edition) from posted_month q
                where q.season_id = f.season_id and q.period = f.period)
        order by f.period, f.season_id";
}

/// Every posted month that the reader may see.
///
/// # Errors
/// The database failed. So with each of the functions below, or there is no such thing.
pub async fn months(
    store: &Store,
    reader: &Reader,
    today: Day,
) -> Result<Vec<MonthCard>, ServiceError> {
    let mut tx = store.read().await?;
    let county = tx.county();
    let mut firsts: BTreeMap<(SeasonId, Period, u32), Vec<GroupFirst>> = BTreeMap::new();
    for row in tx.rows(FIRSTS, &params![county]).await? {
        let (season, period) = month_of(&row)?;
        let key = (season, period, row.u32("edition")?);
        firsts.entry(key).or_default().push(GroupFirst {
            group: row.text("group_name")?,
            unit: row.id("unit_id")?,
            name: row.text("name")?,
            score: row.text("score")?,
        });
    }
    let mut cards = Vec::new();
    for row in tx.rows(MONTH_CARDS, &params![county, LIST_MAX]).await? {
        let (season, period) = month_of(&row)?;
        if !reader.sees(season, Surface::Board) {
            continue;
        }
        let edition = row.u32("edition")?;
        let charter: domain::month::SeasonCharter = row.json("charter_json")?;
        let (posted_at, until) = (row.millis("posted_at")?, black_until_of(&row)?);
        cards.push(MonthCard {
            season,
            season_name: row.text("name")?,
            title: charter.title,
            period,
            edition,
            posted_at,
            firsts: firsts
                .remove(&(season, period, edition))
                .unwrap_or_default(),
            red: row.u32("red")?,
            black: row.u32("black")?,
            black_over: until < today,
        });
    }
    Ok(cards)
}

/// The last day of the black list of a month that was posted.
pub(super) fn black_until_of(row: &Row) -> Result<Day, StoreError> {
    let frozen = row.text("black_until")?.parse().ok();
    Ok(black_until(frozen, row.millis("posted_at")?))
}

/// A month on this day, with what may stand on a public page.
pub async fn month(
    store: &Store,
    reader: &Reader,
    at: Month,
    today: Day,
) -> Result<MonthPage, ServiceError> {
    reader.may(at.0, Surface::Board)?;
    let mut page = posted_page(store, at, today).await?;
    page.month = page.month.for_everybody(today);
    page.has_bulletin = reader.is_offered_bulletin(at.0);
    Ok(page)
}

/// A month as it was posted, to be handed out: all of it for staff, and what is public where the
/// charter opens the bulletin to others. A black list whose time is over is not handed out any
/// more.
pub async fn bulletin(
    store: &Store,
    reader: &Reader,
    at: Month,
    today: Day,
) -> Result<MonthPage, ServiceError> {
    reader.may(at.0, Surface::Bulletin)?;
    let mut page = posted_page(store, at, today).await?;
    if !reader.is_staff() {
        page.month = page.month.for_everybody(today);
    }
    Ok(page)
}

async fn posted_page(
    store: &Store,
    (season, at): Month,
    today: Day,
) -> Result<MonthPage, ServiceError> {
    let mut tx = store.read().await?;
    let posted = newest(&mut tx, (season, at)).await?;
    let mut posted = posted.ok_or(ServiceError::NotFound("month"))?;
    // Slips and talks are no part of a bulletin, and not for every account.
    let units = posted
        .month
        .groups
        .iter_mut()
        .flat_map(|group| &mut group.units);
    units.for_each(|unit| unit.due.clear());
    let rows = tx.rows(PERIODS, &params![season]).await?;
    let periods: Result<Vec<Period>, StoreError> =
        rows.iter().map(|row| row.id("period")).collect();
    let periods = periods?;
    Ok(MonthPage {
        check_code: posted.check_code(),
        month: posted.month.shown_on(today),
        before: periods.iter().rev().find(|period| **period < at).copied(),
        after: periods.iter().find(|period| at < **period).copied(),
        has_bulletin: false,
    })
}

/// A month for the wall, with a code that leads to its page.
pub async fn poster(
    store: &Store,
    reader: &Reader,
    config: &Config,
    (season, at): Month,
    today: Day,
) -> Result<MonthPoster, ServiceError> {
    let page = month(store, reader, (season, at), today).await?;
    let path = paths::month(season, at);
    let url = config.address(&reader.way(season, Surface::Board, &path));
    // An address that no code can hold is printed as words alone.
    let (qr_path, qr_size) = qr::draw(&url)
        .map(|code| (code.path, code.size))
        .unwrap_or_default();
    Ok(MonthPoster {
        page,
        url,
        qr_path,
        qr_size,
    })
}

/// All units of the county's own that the reader may look at, for the search.
pub async fn units(store: &Store, reader: &Reader) -> Result<Vec<UnitCard>, ServiceError> {
    unit_cards(&mut store.read().await?, reader, |_| true).await
}

/// A unit that stands in seasons, but in none that the reader may see, is not there.
async fn unit_cards(
    tx: &mut Tx,
    reader: &Reader,
    is_asked: impl Fn(UnitId) -> bool,
) -> Result<Vec<UnitCard>, ServiceError> {
    let county = tx.county();
    let mut groups: BTreeMap<UnitId, String> = BTreeMap::new();
    let mut withheld: BTreeSet<UnitId> = BTreeSet::new();
    for row in tx.rows(UNIT_GROUPS, &params![county]).await? {
        let unit = row.id("unit_id")?;
        // In order of the seasons, so the newest one stays.
        match reader.sees_named(&row.text("season")?, Surface::Unit) {
            true => groups.insert(unit, row.text("name")?).is_some(),
            false => withheld.insert(unit),
        };
    }
    withheld.retain(|unit| !groups.contains_key(unit));
    let mut cards = Vec::new();
    for row in tx.rows(UNIT_CARDS, &params![county]).await? {
        let id = row.id("unit_id")?;
        if !is_asked(id) || withheld.contains(&id) || row.text("level")? == "county" {
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
    let cards = unit_cards(&mut tx, reader, |unit| unit == id).await?;
    let unit = cards.into_iter().next();
    let unit = unit.ok_or(ServiceError::NotFound("unit"))?;
    let rows = course(&mut tx, reader, id).await?;
    let Some(last) = rows.last() else {
        return Ok(UnitPage {
            unit,
            month: None,
            course: Vec::new(),
            duels: Vec::new(),
            url: String::new(),
            is_own: false,
        });
    };
    let at = month_of(last)?;
    let posted: Posted = newest(&mut tx, at)
        .await?
        .ok_or(ServiceError::NotFound("month"))?;
    let mut month = posted.month.for_everybody(today);
    let duels = duels(&month, id);
    month
        .groups
        .retain(|group| group.units.iter().any(|unit| unit.unit == id));
    month.pairs.retain(|pair| pair.a == id || pair.b == id);
    let course: Result<Vec<UnitMonth>, StoreError> = rows
        .iter()
        .filter(|row| {
            row.id("season_id")
                .is_ok_and(|season: SeasonId| season == at.0)
        })
        .map(unit_month)
        .collect();
    Ok(UnitPage {
        unit,
        month: Some(month),
        course: course?,
        duels,
        url: String::new(),
        is_own: false,
    })
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
    let mut rows = tx.rows(COURSE, &params![id]).await?;
    let mut seasons = Vec::with_capacity(rows.len());
    for row in &rows {
        seasons.push(month_of(row)?.0);
    }
    let mut seasons = seasons.into_iter();
    rows.retain(|_| {
        seasons
            .next()
            .is_some_and(|season| reader.sees(season, Surface::Unit))
    });
    Ok(rows)
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
    let Some(card) = unit_cards(&mut tx, reader, |unit| unit == id)
        .await?
        .into_iter()
        .next()
    else {
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
        && let month = posted.month.shown_on(today)
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
