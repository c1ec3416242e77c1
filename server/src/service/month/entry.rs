//! Figures from departments' phones (录数): which month is on, until when, which indicators it is
//! asked for, and how a value comes in.
//! What comes after the window, or would overwrite what the phone had not seen, is not entered; it
//! is kept, and an account decides.

use super::field::{From, refuse_card_gone};
use super::posting::{is_closed, is_posted};
use super::record::decimal_opt;
use super::registry::cadence;
use super::season::months_of;
use crate::service::error::ServiceError;
use crate::store::{Row, Tx, Value, params, statements};
use app::when;
use domain::ids::{IndicatorId, LinkId, Millis, SeasonId, UnitId};
use domain::month::indicator::{comparable, is_asked_of};
use domain::month::season_months::SeasonMonths;
use domain::month::{Day, Period, SeasonCharter};
use domain::number::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;
use sync::protocol::{
    FIGURES_MAX, FieldCell, FieldEntry, FieldFigures, FieldIndicator, FieldLater,
};
use sync::typed;

/// The window is over, or the month is.
pub(crate) const WINDOW_OVER: &str = "window_over";
/// Another value is there than the phone had seen.
pub(crate) const OVERTAKEN: &str = "figure_changed";
/// The card was taken away before the values came.
pub(crate) const CARD_GONE: &str = "card_gone";
/// The unit's group is not one that the indicator is asked of.
const NOT_ASKED: &str = "not_asked";

statements! {
    ENTRY_SEASON = "select l.holder, l.kind, s.season_id, s.name, s.entry_day, s.created_at,
            s.first_month, s.last_month, s.charter_json
        from link l join season s on s.season_id = l.season_id
        where l.link_id = $1 and l.county_id = $2";
    ENTRY_INDICATORS = "select indicator_id, name, measure, cadence, groups from indicator
        where county_id = $1 and season = $2 and source = $3 order by position";
    ENTRY_UNITS = "select u.unit_id, g.name as group_name from unit_group g
        join unit u on u.unit_id = g.unit_id
        where g.county_id = $1 and g.season = $2 and u.level <> 'county'
        order by g.name, u.position, u.code";
    /// The same month of last year, of the same indicator in another season: it has the code, name
    /// and measure of this one.
    ENTRY_LAST_YEAR = "select i.indicator_id, f.unit_id, f.period, f.value, '' as target
        from indicator i
        join indicator o on o.county_id = i.county_id and o.code = i.code and o.name = i.name
            and o.measure = i.measure and o.season <> i.season
        join figure f on f.indicator_id = o.indicator_id
        where i.county_id = $1 and i.season = $2 and i.source = $3 and f.period = $4
        order by f.revision";
    /// Every figure up to the month, so that the last one of each is the newest.
    ENTRY_FIGURES = "select f.indicator_id, f.unit_id, f.period, f.value, f.target from figure f
        join indicator i on i.indicator_id = f.indicator_id
        where i.county_id = $1 and i.season = $2 and i.source = $3 and f.period <= $4
        order by f.period, f.revision";
    /// The months that are over, hold figures, and were not closed. What was imported from
    /// before the season was kept, or lies before a posted month, is nobody's to enter.
    ENTRY_OPEN = "select distinct f.period from figure f
        join indicator i on i.indicator_id = f.indicator_id
        where i.county_id = $1 and i.season = $2 and f.period < $3
            and $5 <= f.period
            and f.period > coalesce((select max(p.period) from posted_month p
                where p.season_id = $4), '')
            and not exists (select 1 from closed_month c
                where c.season_id = $4 and c.period = f.period)
        order by f.period";
    ENTRY_OF = "select measure, groups from indicator
        where indicator_id = $1 and county_id = $2 and season = $3 and source = $4";
    ENTRY_MEMBER = "select name from unit_group
        where county_id = $1 and season = $2 and unit_id = $3";
    ENTRY_NEWEST = "select revision, value, target, raised, checkpoint from figure
        where indicator_id = $1 and unit_id = $2 and period = $3
        order by revision desc limit 1";
    ENTRY_ADD = "insert into figure (indicator_id, unit_id, county_id, period, revision, value,
            target, raised, checkpoint, account_id, link_id, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
}

/// A department's season, as its card says.
struct Source {
    name: String,
    season: SeasonId,
    season_name: String,
    entry_day: u32,
    opened_at: Millis,
    /// As somebody said (GY-3).
    months: Option<SeasonMonths>,
    charter: SeasonCharter,
}

/// What a department enters now, with what is there already.
///
/// # Errors
/// The link is no department's, or the database failed.
pub(crate) async fn entry(
    tx: &mut Tx,
    link: LinkId,
    now: Millis,
) -> Result<FieldEntry, ServiceError> {
    let source = source(tx, link).await?;
    let period = source.period(tx, now).await?;
    let county = tx.county();
    let season = source.season_name.as_str();
    let of_source = params![county, season, source.name.as_str()];
    let [a, b, c] = of_source.clone();
    let figures = params![county, season, source.name.as_str(), period.to_string()];
    let mut known: BTreeMap<(IndicatorId, UnitId), History> = BTreeMap::new();
    let mut rows = Vec::new();
    if let Some(before) = period.year_before() {
        let [a, b, c] = of_source.clone();
        let last_year = [a, b, c, Value::from(before.to_string())];
        rows = tx.rows(ENTRY_LAST_YEAR, &last_year).await?;
    }
    rows.extend(tx.rows(ENTRY_FIGURES, &figures).await?);
    for row in &rows {
        let figure = known.entry((row.id("indicator_id")?, row.id("unit_id")?));
        figure.or_default().note(row)?;
    }
    let units = tx.rows(ENTRY_UNITS, &params![county, season]).await?;
    let is_over = source.is_after(period);
    let (mut indicators, mut later) = (Vec::new(), Vec::new());
    for row in tx.rows(ENTRY_INDICATORS, &[a, b, c]).await? {
        let id: IndicatorId = row.id("indicator_id")?;
        let next = cadence(&row)?.asked_from(source.begins_at(period));
        let (name, measure) = (row.text("name")?, row.text("measure")?);
        if !is_over && source.is_after(next) {
            continue;
        }
        if is_over || next != period {
            later.push(FieldLater {
                id,
                name,
                measure,
                next,
            });
            continue;
        }
        let groups: Vec<String> = row.json("groups")?;
        let mut cells = Vec::with_capacity(units.len());
        for unit in &units {
            if !is_asked_of(&groups, &unit.text("group_name")?) {
                continue;
            }
            let unit = unit.id("unit_id")?;
            let known = known.remove(&(id, unit)).unwrap_or_default();
            cells.push(known.cell(unit, period));
        }
        indicators.push(FieldIndicator {
            id,
            name,
            measure,
            cells,
        });
    }
    Ok(FieldEntry {
        until: source.until(period),
        period,
        indicators,
        later,
        is_over,
    })
}

/// What is known of one unit by one indicator, month by month: of each the newest revision.
#[derive(Default)]
struct History {
    values: BTreeMap<Period, Option<Decimal>>,
    targets: BTreeMap<Period, String>,
}

impl History {
    /// Rows of a month come from the oldest to the newest. An empty one was taken back.
    fn note(&mut self, row: &Row) -> Result<(), ServiceError> {
        let period = row.id("period")?;
        self.values.insert(period, decimal_opt(row, "value")?);
        self.targets.insert(period, row.text("target")?);
        Ok(())
    }

    /// A target holds until another one is set.
    fn cell(&self, unit: UnitId, period: Period) -> FieldCell {
        let text = |value: Option<Decimal>| value.map_or(String::new(), String::from);
        let history = self.values.iter();
        let history = history.filter_map(|(period, value)| Some((*period, (*value)?)));
        let mut targets = self.targets.values().rev().filter(|one| !one.is_empty());
        FieldCell {
            unit,
            value: text(self.values.get(&period).copied().flatten()),
            target: targets.next().cloned().unwrap_or_default(),
            earlier: text(comparable(period, history).map(|(_, value)| value)),
        }
    }
}

/// Takes the values in, each as a further revision: all of them, or none. An account's exception
/// takes in what came too late or in between.
///
/// # Errors
/// A value, unit or indicator is not the department's to give, or nobody may take it in now:
/// [`WINDOW_OVER`], [`OVERTAKEN`], [`CARD_GONE`], or the unit's group is not asked.
pub(super) async fn enter(
    tx: &mut Tx,
    by: &From,
    figures: &FieldFigures,
) -> Result<(), ServiceError> {
    let source = source(tx, by.link).await?;
    let units: BTreeSet<UnitId> = figures.figures.iter().map(|one| one.unit).collect();
    let is_twice = units.len() < figures.figures.len();
    if units.is_empty() || FIGURES_MAX < units.len() || is_twice {
        return Err(ServiceError::invalid("figures", "out_of_range"));
    }
    let (measure, groups) = source.own(tx, figures.indicator).await?;
    let month = (source.season, figures.period);
    if is_closed(tx, month).await? {
        // Even an exception waits until the second person has decided.
        return Err(ServiceError::Conflict("month_closed"));
    }
    if by.exception.is_none() {
        let is_over = source.until(figures.period) < when::day(by.now);
        let is_over = is_over || !source.has(figures.period);
        if is_over || is_posted(tx, month).await? || Period::of(Day::of(by.now)) < figures.period {
            return Err(ServiceError::Conflict(WINDOW_OVER));
        }
        refuse_card_gone(by)?;
    }
    // What is refused is kept as a whole, so nothing is written before all of it was looked at.
    let mut rows = Vec::new();
    for figure in &figures.figures {
        // Read as an import's cell is, whatever the phone made of it.
        let value = typed::figure(&figure.value, &measure);
        let value = value.map_err(|_| ServiceError::invalid("value", "not_a_number"))?;
        let group = source.group_of(tx, figure.unit).await?;
        // A month that is corrected may keep other groups, and an account knows.
        if by.exception.is_none() && !is_asked_of(&groups, &group) {
            return Err(ServiceError::Conflict(NOT_ASKED));
        }
        let place = (figures.indicator, figure.unit, figures.period);
        rows.extend(revision(tx, by, place, (value.value, &figure.seen)).await?);
    }
    for row in &rows {
        tx.execute(ENTRY_ADD, row).await?;
    }
    Ok(())
}

/// The row of a further revision; `None` where the value is there already.
async fn revision(
    tx: &mut Tx,
    by: &From,
    (indicator, unit, period): (IndicatorId, UnitId, Period),
    (value, seen): (Decimal, &str),
) -> Result<Option<[Value; 12]>, ServiceError> {
    let period = period.to_string();
    let key = params![indicator, unit, period.as_str()];
    let newest = tx.row_opt(ENTRY_NEWEST, &key).await?;
    let text = |column: &str| newest.as_ref().map(|row| row.text(column)).transpose();
    let known = text("value")?.unwrap_or_default();
    if known == value.to_string() {
        return Ok(None);
    }
    if by.exception.is_none() && known != seen {
        return Err(ServiceError::Conflict(OVERTAKEN));
    }
    let revision = newest.as_ref().map(|row| row.u32("revision")).transpose()?;
    let (target, raised) = (text("target")?, text("raised")?);
    Ok(Some(params![
        indicator,
        unit,
        tx.county(),
        period,
        revision.unwrap_or_default().saturating_add(1),
        value.to_string(),
        target.unwrap_or_default(),
        raised.unwrap_or_default(),
        text("checkpoint")?.unwrap_or_default(),
        by.exception,
        by.link,
        by.now,
    ]))
}

async fn source(tx: &mut Tx, link: LinkId) -> Result<Source, ServiceError> {
    let county = tx.county();
    let row = tx.row_opt(ENTRY_SEASON, &params![link, county]).await?;
    let row = row.ok_or(ServiceError::NotFound("link"))?;
    if row.text("kind")? != "source" {
        return Err(ServiceError::Forbidden);
    }
    Ok(Source {
        name: row.text("holder")?,
        season: row.id("season_id")?,
        season_name: row.text("name")?,
        entry_day: row.u32("entry_day")?,
        opened_at: row.millis("created_at")?,
        months: months_of(&row)?,
        charter: row.json("charter_json")?,
    })
}

impl Source {
    /// The earliest month of the season that is over and was begun, until it is closed; then the
    /// last one, and then the one that is on, which may lie before the season or after it. A month
    /// that the season's rules do not post, as every other one of 双月讲评, is passed over.
    async fn period(&self, tx: &mut Tx, now: Millis) -> Result<Period, ServiceError> {
        let current = Period::of(Day::of(now));
        let mut months = successors(Some(current), |month| month.next());
        let next = months.find(|month| self.charter.posts(*month));
        let next = next.unwrap_or(current);
        let season = self.season_name.as_str();
        let opened = Period::of(Day::of(self.opened_at));
        let first = self.begins_at(opened.previous().unwrap_or(opened));
        let after = self.months.and_then(|months| months.to.next());
        let end = after.map_or(current, |after| after.min(current));
        let [first, end] = [first, end].map(|month| month.to_string());
        let asked = params![tx.county(), season, end, self.season, first];
        for row in tx.rows(ENTRY_OPEN, &asked).await? {
            let begun: Period = row.id("period")?;
            if self.charter.posts(begun) {
                return Ok(begun);
            }
        }
        let last = self.months.map_or(current, |months| months.to);
        let over = current.previous().map(|over| over.min(last));
        let Some(over) = over.filter(|over| opened <= *over && self.asks(*over)) else {
            return Ok(next);
        };
        let month = (self.season, over);
        match is_closed(tx, month).await? || is_posted(tx, month).await? {
            true => Ok(next),
            false => Ok(over),
        }
    }

    /// Whether the month is the season's, and one that its rules post.
    fn asks(&self, period: Period) -> bool {
        self.has(period) && self.charter.posts(period)
    }

    /// Whether the month is one of the season's.
    fn has(&self, period: Period) -> bool {
        self.months.is_none_or(|months| months.contains(period))
    }

    /// Whether the season is over before the month.
    fn is_after(&self, period: Period) -> bool {
        self.months.is_some_and(|months| months.to < period)
    }

    /// The month, or the season's first one where it begins later.
    fn begins_at(&self, period: Period) -> Period {
        self.months.map_or(period, |months| months.from.max(period))
    }

    /// The last day on which a month's figures come in without a question.
    fn until(&self, period: Period) -> String {
        let next = period.next().unwrap_or(period);
        format!("{next}-{:02}", self.entry_day)
    }

    /// What an indicator of its own is measured in, and the groups that it is asked of.
    async fn own(
        &self,
        tx: &mut Tx,
        of: IndicatorId,
    ) -> Result<(String, Vec<String>), ServiceError> {
        let (season, name) = (self.season_name.as_str(), self.name.as_str());
        let asked = params![of, tx.county(), season, name];
        let row = tx.row_opt(ENTRY_OF, &asked).await?;
        let row = row.ok_or(ServiceError::NotFound("indicator"))?;
        Ok((row.text("measure")?, row.json("groups")?))
    }

    /// The group that a unit is in; a stranger is in none.
    async fn group_of(&self, tx: &mut Tx, unit: UnitId) -> Result<String, ServiceError> {
        let asked: [Value; 3] = params![tx.county(), self.season_name.as_str(), unit];
        let row = tx.row_opt(ENTRY_MEMBER, &asked).await?;
        let row = row.ok_or(ServiceError::NotFound("unit"))?;
        Ok(row.text("name")?)
    }
}
