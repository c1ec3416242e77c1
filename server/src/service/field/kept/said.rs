//! What a kept op says, in its parts, with the names of what it is about as they are today.

use crate::service::error::ServiceError;
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::{KeptFigure, KeptFigures, KeptRecord, KeptSaid, KeptSlip};
use domain::ids::{IndicatorId, MeritId, SeasonId, SlipId, UnitId};
use domain::month::Period;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use sync::protocol::{FieldAct, FieldFigure, FieldFigures, FieldRecord};

statements! {
    KEPT_UNITS = "select unit_id, name from unit where county_id = $1";
    KEPT_INDICATOR = "select name from indicator where indicator_id = $1 and county_id = $2";
    /// Every value of an indicator and month, the newest revision last.
    KEPT_VALUES = "select unit_id, value from figure
        where indicator_id = $1 and period = $2 order by revision";
    KEPT_MERIT = "select m.points, m.dimension, m.item, m.document_no, m.reason, m.day,
            m.proposed_spot, u.name
        from merit m join unit u on u.unit_id = m.unit_id
        where m.merit_id = $1 and m.season_id = $2";
    /// Talks are for few, and no phone replies to one (GY-19).
    KEPT_SLIP = "select rule, year, number, demand from slip
        where slip_id = $1 and season_id = $2 and document = 'slip'";
}

/// One reading of what several ops are about.
#[derive(Default)]
pub(super) struct Known {
    units: Option<BTreeMap<UnitId, String>>,
    figures: BTreeMap<(IndicatorId, Period), There>,
}

/// What is there of an indicator and month.
struct There {
    indicator: Option<String>,
    values: BTreeMap<UnitId, String>,
}

impl Known {
    /// What an op says that came from a card of this season.
    ///
    /// # Errors
    /// The database failed.
    pub(super) async fn said(
        &mut self,
        tx: &mut Tx,
        season: SeasonId,
        said: FieldAct,
    ) -> Result<KeptSaid, ServiceError> {
        Ok(match said {
            FieldAct::Record(record) => KeptSaid::Record(self.record(tx, record).await?),
            FieldAct::Appeal { merit, reason, .. } => KeptSaid::Appeal {
                about: about(tx, season, merit).await?,
                reason,
            },
            FieldAct::Reply { slip, words, .. } => KeptSaid::Reply {
                slip: slip_of(tx, season, slip).await?,
                words,
            },
            FieldAct::MeritReply { merit, words, .. } => KeptSaid::MeritReply {
                about: about(tx, season, merit).await?,
                words,
            },
            FieldAct::Decide {
                merit,
                is_confirmed,
                reason,
                ..
            } => KeptSaid::Decide {
                about: about(tx, season, merit).await?,
                is_confirmed,
                reason,
            },
            FieldAct::DecideFlags {
                period,
                is_agreed,
                reason,
                ..
            } => KeptSaid::DecideFlags {
                period,
                is_agreed,
                reason,
            },
            FieldAct::Figures(figures) => KeptSaid::Figures(self.figures(tx, &figures).await?),
        })
    }

    async fn record(&mut self, tx: &mut Tx, of: FieldRecord) -> Result<KeptRecord, ServiceError> {
        Ok(KeptRecord {
            unit: self.units(tx).await?.get(&of.unit).cloned(),
            points: of.points,
            dimension: of.dimension,
            item: of.item,
            document_no: of.document_no,
            reason: of.reason,
            day: of.day,
            spot: of.spot,
        })
    }

    /// The op's values beside those that are there.
    async fn figures(
        &mut self,
        tx: &mut Tx,
        of: &FieldFigures,
    ) -> Result<KeptFigures, ServiceError> {
        let key = (of.indicator, of.period);
        if let Entry::Vacant(vacant) = self.figures.entry(key) {
            vacant.insert(there(tx, key).await?);
        }
        self.units(tx).await?;
        let (units, there) = (self.units.as_ref(), self.figures.get(&key));
        let row = |figure: &FieldFigure| KeptFigure {
            unit: units.and_then(|units| units.get(&figure.unit).cloned()),
            value: figure.value.clone(),
            now: there
                .and_then(|there| there.values.get(&figure.unit).cloned())
                .unwrap_or_default(),
        };
        Ok(KeptFigures {
            indicator: there.and_then(|there| there.indicator.clone()),
            period: of.period,
            rows: of.figures.iter().map(row).collect(),
        })
    }

    /// The county's units by name.
    async fn units(&mut self, tx: &mut Tx) -> Result<&BTreeMap<UnitId, String>, ServiceError> {
        let units = match self.units.take() {
            Some(units) => units,
            None => {
                let county = tx.county();
                let rows = tx.rows(KEPT_UNITS, &params![county]).await?;
                let named = |row: &Row| Ok((row.id("unit_id")?, row.text("name")?));
                let units: Result<_, StoreError> = rows.iter().map(named).collect();
                units?
            }
        };
        Ok(self.units.insert(units))
    }
}

async fn about(
    tx: &mut Tx,
    season: SeasonId,
    merit: MeritId,
) -> Result<Option<KeptRecord>, ServiceError> {
    let row = tx.row_opt(KEPT_MERIT, &params![merit, season]).await?;
    let record = |row: &Row| {
        Ok::<_, StoreError>(KeptRecord {
            unit: Some(row.text("name")?),
            points: row.text("points")?,
            dimension: row.text("dimension")?,
            item: row.text("item")?,
            document_no: row.text("document_no")?,
            reason: row.text("reason")?,
            day: row.text("day")?,
            spot: row.text("proposed_spot")?,
        })
    };
    Ok(row.as_ref().map(record).transpose()?)
}

async fn slip_of(
    tx: &mut Tx,
    season: SeasonId,
    slip: SlipId,
) -> Result<Option<KeptSlip>, ServiceError> {
    let row = tx.row_opt(KEPT_SLIP, &params![slip, season]).await?;
    let slip = |row: &Row| {
        Ok::<_, StoreError>(KeptSlip {
            rule: row.text("rule")?,
            year: row.u32("year")?,
            number: row.u32("number")?,
            demand: row.text("demand")?,
        })
    };
    Ok(row.as_ref().map(slip).transpose()?)
}

async fn there(
    tx: &mut Tx,
    (indicator, period): (IndicatorId, Period),
) -> Result<There, ServiceError> {
    let of_county = params![indicator, tx.county()];
    let row = tx.row_opt(KEPT_INDICATOR, &of_county).await?;
    let name = row.map(|row| row.text("name")).transpose()?;
    let of_month = params![indicator, period.to_string()];
    let mut values = BTreeMap::new();
    for row in tx.rows(KEPT_VALUES, &of_month).await? {
        values.insert(row.id("unit_id")?, row.text("value")?);
    }
    Ok(There {
        indicator: name,
        values,
    })
}
