//! 军令状: what units signed to reach, held against the posted months (GY-12). For staff; nothing of
//! it is public, and where the charter has none nothing of it is told to anybody.

pub mod scan;
mod sign;

use super::calendar::sheet::posted;
use super::error::ServiceError;
use super::month::registry::Registry;
use super::month::season::Season;
use super::permission;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::{Capability, Checkpoint, Pledge, PledgeItem, PledgesPage};
use domain::ids::{AccountId, PledgeId, SeasonId, UnitId};
use domain::month::indicator::Better;
use domain::month::pledge::Target;
use domain::month::{Day, Period};
use domain::number::Decimal;
use std::collections::BTreeMap;
use sync::posted_month::PostedMonth;

pub use sign::command;

statements! {
    PLEDGES = "select p.*, u.name, a.login, w.words, o.login as withdrawn_by, s.sha256
        from pledge p
        join unit u on u.unit_id = p.unit_id
        join account a on a.account_id = p.account_id
        left join pledge_withdrawal w on w.pledge_id = p.pledge_id
        left join account o on o.account_id = w.account_id
        left join pledge_scan s on s.pledge_id = p.pledge_id
        where p.season_id = $1
        order by u.position, u.code, p.signed_on desc, p.at desc";
    PLEDGE_ITEMS = "select i.* from pledge_item i
        join pledge p on p.pledge_id = i.pledge_id
        where p.season_id = $1 order by i.pledge_id, i.position";
}

/// A figure that was signed for.
struct KnownItem {
    code: String,
    name: String,
    measure: String,
    target: Target,
}

/// A paper as it was entered.
struct Known {
    pledge: Pledge,
    signed_by: AccountId,
    items: Vec<KnownItem>,
}

/// What the units of a season signed.
///
/// # Errors
/// There is no such season, or the database failed.
pub async fn page(
    store: &Store,
    account: AccountId,
    season: SeasonId,
    today: Day,
) -> Result<PledgesPage, ServiceError> {
    let mut tx = store.read().await?;
    let may = permission::capabilities(&mut tx, account).await?;
    let season = Season::load(&mut tx, season).await?;
    let is_on = season.charter.pledges;
    let mut page = PledgesPage {
        season: season.id,
        season_name: season.name.clone(),
        today,
        is_on,
        pledges: Vec::new(),
        units: Vec::new(),
        may,
    };
    if !is_on {
        return Ok(page);
    }
    let all = known(&mut tx, season.id).await?;
    let of_paper = |known: &Known| -> Vec<Period> {
        let (signed, items) = (Period::of(known.pledge.signed_on), known.items.iter());
        items
            .flat_map(|item| item.target.checkpoints(signed))
            .collect()
    };
    let mut periods: Vec<Period> = all.iter().flat_map(of_paper).collect();
    periods.sort_unstable();
    periods.dedup();
    let posted = posted(&mut tx, season.id, &periods, today).await?;
    let told = all.into_iter().map(|known| known.told(account, &posted));
    page.pledges = told.collect();
    page.pledges
        .sort_by_key(|pledge| pledge.withdrawn.is_some());
    if page.may.contains(&Capability::Organise) {
        let registry = Registry::today(&mut tx, &season).await?;
        let own = registry.members().filter(|member| !member.external);
        page.units = own
            .map(|member| (member.unit, member.name.clone()))
            .collect();
    }
    Ok(page)
}

async fn known(tx: &mut Tx, season: SeasonId) -> Result<Vec<Known>, StoreError> {
    let of_season = params![season];
    let mut items: BTreeMap<PledgeId, Vec<KnownItem>> = BTreeMap::new();
    for row in tx.rows(PLEDGE_ITEMS, &of_season).await? {
        let of_pledge = items.entry(row.id("pledge_id")?).or_default();
        of_pledge.push(KnownItem::read(&row)?);
    }
    let rows = tx.rows(PLEDGES, &of_season).await?;
    let rows = rows.iter();
    rows.map(|row| {
        let items = items.remove(&row.id("pledge_id")?).unwrap_or_default();
        Known::read(row, items)
    })
    .collect()
}

impl KnownItem {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let better = match row.text("better")?.as_str() {
            "higher" => Better::Higher,
            "lower" => Better::Lower,
            _ => return Err(wrong("better")),
        };
        Ok(Self {
            code: row.text("code")?,
            name: row.text("name")?,
            measure: row.text("measure")?,
            target: Target {
                better,
                value: row.text("target")?.parse().map_err(|_| wrong("target"))?,
                due: row.id("due")?,
            },
        })
    }

    fn told(self, (unit, signed): (UnitId, Period), posted: &[PostedMonth]) -> PledgeItem {
        let of = |period: Period| -> Option<Option<Decimal>> {
            let month = posted.iter().find(|month| month.period == period)?;
            Some(figure(month, unit, &self))
        };
        let checkpoints = self.target.checkpoints(signed).into_iter();
        let checkpoints = checkpoints.filter_map(|period| {
            let value = of(period)?.map(|figure| figure.to_string());
            Some(Checkpoint { period, value })
        });
        PledgeItem {
            checkpoints: checkpoints.collect(),
            state: self.target.state(of(self.target.due)),
            name: self.name,
            measure: self.measure,
            better: self.target.better,
            target: self.target.value.to_string(),
            due: self.target.due,
        }
    }
}

impl Known {
    fn read(row: &Row, items: Vec<KnownItem>) -> Result<Self, StoreError> {
        let signed_on = row.text("signed_on")?;
        let why = row.text_opt("words")?;
        Ok(Self {
            pledge: Pledge {
                id: row.id("pledge_id")?,
                unit: row.id("unit_id")?,
                unit_name: row.text("name")?,
                signer: row.text("signer")?,
                signed_on: signed_on.parse().map_err(|_| wrong("signed_on"))?,
                document: row.text("document")?,
                by: row.text("login")?,
                at: row.millis("at")?,
                is_own: false,
                has_scan: row.text_opt("sha256")?.is_some(),
                withdrawn: why.zip(row.text_opt("withdrawn_by")?),
                items: Vec::new(),
            },
            signed_by: row.id("account_id")?,
            items,
        })
    }

    fn told(self, account: AccountId, posted: &[PostedMonth]) -> Pledge {
        let of = (self.pledge.unit, Period::of(self.pledge.signed_on));
        let items = self.items.into_iter();
        Pledge {
            is_own: self.signed_by == account,
            items: items.map(|item| item.told(of, posted)).collect(),
            ..self.pledge
        }
    }
}

/// What a posted month says of a unit. An indicator of another name or measure is another one, and
/// says nothing of what was signed.
fn figure(month: &PostedMonth, unit: UnitId, item: &KnownItem) -> Option<Decimal> {
    let mut indicators = month.indicators.iter();
    let at = indicators.position(|one| {
        (&one.code, &one.name, &one.measure) == (&item.code, &item.name, &item.measure)
    })?;
    let mut units = month.groups.iter().flat_map(|group| &group.units);
    let cells = &units.find(|one| one.unit == unit)?.cells;
    cells.get(at)?.value.as_deref()?.parse().ok()
}

fn wrong(column: &str) -> StoreError {
    StoreError::Row {
        column: column.to_owned(),
    }
}
