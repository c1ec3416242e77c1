//! The figures of a month: its values, the targets that hold in it, and the year before.

use super::{MonthRecord, decimal_opt};
use crate::service::error::ServiceError;
use crate::store::{Tx, params, statements};
use domain::ids::IndicatorId;
use domain::month::indicator::Figure;
use domain::number::Decimal;
use std::collections::BTreeMap;

/// The newest amount of a column that was given from one month ($3) to another ($4): picked where
/// the figures lie, which are a whole year's for each of them. One that its own month took back
/// holds no more.
macro_rules! newest_of_months {
    ($column:literal) => {
        concat!(
            "select indicator_id, unit_id, amount from (
            select f.indicator_id, f.unit_id, f.",
            $column,
            " as amount, row_number() over (
                partition by f.indicator_id, f.unit_id order by f.period desc, f.revision desc
            ) as newness
            from figure f join indicator i on i.indicator_id = f.indicator_id
            left join (select indicator_id, unit_id, period, max(revision) as revision
                    from figure where county_id = $1 and $3 <= period and period <= $4
                        and ",
            $column,
            " = '' and revision > 1
                    group by indicator_id, unit_id, period) n
                on n.indicator_id = f.indicator_id and n.unit_id = f.unit_id
                    and n.period = f.period and n.revision > f.revision
            where f.county_id = $1 and i.season = $2 and $3 <= f.period and f.period <= $4
                and f.",
            $column,
            " <> '' and n.revision is null
            ) as known where newness = 1"
        )
    };
}

statements! {
    /// The values of a month, the newest revision last.
    MONTH_VALUES = "select f.indicator_id, f.unit_id, f.value as amount from figure f
        join indicator i on i.indicator_id = f.indicator_id
        where f.county_id = $1 and i.season = $2 and f.period = $3 order by f.revision";
    /// Of another season, or of this one a year before.
    LAST_YEAR_VALUES = "select i.code, i.measure, i.public, f.unit_id, f.value as amount
        from figure f join indicator i on i.indicator_id = f.indicator_id
        where f.county_id = $1 and i.season = $2 and f.period = $3 order by f.revision";
    YEAR_TARGETS = newest_of_months!("target");
    YEAR_RAISED = newest_of_months!("raised");
    QUARTER_CHECKPOINTS = newest_of_months!("checkpoint");
}

/// A part of a figure.
type Slot = fn(&mut Figure) -> &mut Option<Decimal>;

impl MonthRecord {
    /// A value counts in its own month; a target holds until the year gives another, and the
    /// checkpoint of a quarter (开门红, ZR-5) until the quarter does or is over.
    pub(super) async fn read_figures(&mut self, tx: &mut Tx) -> Result<(), ServiceError> {
        let indicators = self.registry.indicators.iter().zip(0..);
        let places: BTreeMap<IndicatorId, usize> =
            indicators.map(|(one, place)| (one.id, place)).collect();
        let (january, period) = (format!("{:04}-01", self.period.year()), self.period);
        let (county, season) = (tx.county(), self.season_name.as_str());
        let of_month = params![county, season, period.to_string()];
        let of_year = params![county, season, january, period.to_string()];
        let values = tx.rows(MONTH_VALUES, &of_month).await?;
        let targets = tx.rows(YEAR_TARGETS, &of_year).await?;
        let raised = tx.rows(YEAR_RAISED, &of_year).await?;
        let checkpoints = match self.period.checkpoints_since() {
            Some(since) => {
                let of_quarter = params![county, season, since.to_string(), period.to_string()];
                tx.rows(QUARTER_CHECKPOINTS, &of_quarter).await?
            }
            None => Vec::new(),
        };
        let parts: [(_, Slot); 4] = [
            (values, |figure| &mut figure.value),
            (targets, |figure| &mut figure.target),
            (raised, |figure| &mut figure.raised),
            (checkpoints, |figure| &mut figure.checkpoint),
        ];
        for (rows, slot) in parts {
            for row in &rows {
                let Some(place) = places.get(&row.id("indicator_id")?) else {
                    continue;
                };
                let figure = self.figures.entry((*place, row.id("unit_id")?));
                *slot(figure.or_default()) = decimal_opt(row, "amount")?;
            }
        }
        Ok(())
    }

    /// What the year before came to, of this season or of one that it follows: an indicator is the
    /// same where its code and its unit of measure are (XY-14).
    pub(super) async fn read_last_year(
        &mut self,
        tx: &mut Tx,
        followed: &[String],
    ) -> Result<(), ServiceError> {
        let Some(period) = self.period.year_before() else {
            return Ok(());
        };
        let indicators = self.registry.indicators.iter().zip(0..);
        let places: BTreeMap<(&str, &str), usize> = indicators
            .map(|(one, place)| ((one.rule.key.as_str(), one.measure.as_str()), place))
            .collect();
        let county = tx.county();
        // The farthest first, so that what a nearer season says stays.
        for name in followed.iter().rev().chain([&self.season_name]) {
            let of_month = params![county, name.as_str(), period.to_string()];
            for row in tx.rows(LAST_YEAR_VALUES, &of_month).await? {
                let (code, measure) = (row.text("code")?, row.text("measure")?);
                let Some(place) = places.get(&(code.as_str(), measure.as_str())) else {
                    continue;
                };
                // What was not public then does not become so by being held against.
                let indicator = self.registry.indicators.get(*place);
                if indicator.is_some_and(|one| one.public) && !row.flag("public")? {
                    continue;
                }
                let key = (*place, row.id("unit_id")?);
                match decimal_opt(&row, "amount")? {
                    Some(value) => self.last_year.insert(key, value),
                    None => self.last_year.remove(&key),
                };
            }
        }
        Ok(())
    }
}
