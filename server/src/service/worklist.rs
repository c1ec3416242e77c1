//! 清单: items that are given out in batches and struck one by one (WZ-15, WZ-16, GY-7). For staff;
//! nothing of it is public.

pub mod said;

use super::error::ServiceError;
use super::month::season::Season;
use super::permission;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::{
    Capability, SeasonName, WorkAsked, WorkBatch, WorkItem, WorkPage, WorkPlan, WorkSaid, WorkWord,
};
use domain::ids::{AccountId, SeasonId, UnitId, WorkId};
use domain::month::Day;
use domain::worklist::{RATE_PLACES, WorkAct, WorkKind, WorkState, rate};
use std::collections::BTreeMap;

pub use said::command;

statements! {
    WORK_ITEMS = "select i.*, u.name from work_item i
        join unit u on u.unit_id = i.unit_id
        where i.season_id = $1 order by i.at, i.batch, length(i.number), i.number";
    WORK_ACTS = "select t.*, a.login from work_act t
        join work_item i on i.work_id = t.work_id
        join account a on a.account_id = t.account_id
        where i.season_id = $1 order by t.work_id, t.position";
    WORK_UNITS = "select unit_id, name from unit where county_id = $1 order by position, code";
}

/// An item, who asked for its closure, and who gave it out.
pub struct Known {
    pub item: WorkItem,
    asker: Option<AccountId>,
    giver: AccountId,
}

/// The batches of a season, and the items that are asked for.
///
/// # Errors
/// There is no such season, or the database failed.
pub async fn page(
    store: &Store,
    account: AccountId,
    (season, asked): (SeasonId, WorkAsked),
    today: Day,
) -> Result<WorkPage, ServiceError> {
    let mut tx = store.read().await?;
    let may = permission::capabilities(&mut tx, account).await?;
    let season = Season::load(&mut tx, season).await?;
    let all = known(&mut tx, season.id).await?;
    let batches = batches(&all, today);
    let asked = understood(asked, &batches);
    let fits = |item: &WorkItem| {
        asked
            .batch
            .as_ref()
            .is_none_or(|batch| item.batch == *batch)
            && asked.unit.is_none_or(|unit| item.unit == unit)
            && asked.state.is_none_or(|state| item.state == state)
            && (!asked.is_overdue || is_overdue(item, today))
    };
    let items = all.into_iter().map(|known| known.seen_by(account));
    let mut items: Vec<WorkItem> = items.filter(fits).collect();
    items.sort_by_key(|item| {
        let is_over = item.state.is_over();
        (!is_overdue(item, today), is_over, item.plan.due)
    });
    let units = match may.contains(&Capability::Organise) {
        true => units(&mut tx).await?,
        false => Vec::new(),
    };
    Ok(WorkPage {
        season: season.id,
        season_name: season.name,
        today,
        asked,
        batches,
        items,
        units,
        may,
    })
}

/// What waits in each season: closures that another account asked for, and items that are overdue.
///
/// # Errors
/// The database failed.
pub(super) async fn waiting(
    tx: &mut Tx,
    account: AccountId,
    (season, today): (&SeasonName, Day),
) -> Result<(u32, u32), ServiceError> {
    let all = known(tx, season.id).await?;
    let of_others =
        |known: &&Known| known.item.state == WorkState::Asked && known.asker != Some(account);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let asked = all.iter().filter(of_others).count();
    let overdue = all.iter().filter(|known| is_overdue(&known.item, today));
    Ok((count(asked), count(overdue.count())))
}

/// The newest batch, where nothing is asked for.
fn understood(asked: WorkAsked, batches: &[WorkBatch]) -> WorkAsked {
    let newest = batches.first().map(|batch| batch.name.clone());
    let is_plain = asked.unit.is_none() && asked.state.is_none() && !asked.is_overdue;
    let newest = newest.filter(|_| is_plain);
    WorkAsked {
        batch: asked.batch.or(newest),
        ..asked
    }
}

fn is_overdue(item: &WorkItem, today: Day) -> bool {
    !item.state.is_over() && item.plan.due < today
}

/// By when their first item was given out, the newest first.
fn batches(all: &[Known], today: Day) -> Vec<WorkBatch> {
    let mut batches: Vec<WorkBatch> = Vec::new();
    for Known { item, .. } in all {
        let known = batches.iter().position(|batch| batch.name == item.batch);
        let at = known.unwrap_or_else(|| {
            batches.push(WorkBatch {
                name: item.batch.clone(),
                all: 0,
                states: [0; 5],
                overdue: 0,
                rate: String::new(),
            });
            batches.len() - 1
        });
        let batch = &mut batches[at];
        batch.all += u32::from(item.state != WorkState::Withdrawn);
        batch.states[item.state as usize] += 1;
        batch.overdue += u32::from(is_overdue(item, today));
    }
    for batch in &mut batches {
        let rate = rate(batch.states[WorkState::Struck as usize], batch.all);
        batch.rate = rate
            .map(|rate| rate.to_fixed(RATE_PLACES))
            .unwrap_or_default();
    }
    batches.reverse();
    batches
}

async fn units(tx: &mut Tx) -> Result<Vec<(UnitId, String)>, StoreError> {
    let county = tx.county();
    let rows = tx.rows(WORK_UNITS, &params![county]).await?;
    let rows = rows.iter();
    rows.map(|row| Ok((row.id("unit_id")?, row.text("name")?)))
        .collect()
}

/// Every item of a season as it stands, in the order in which they were given out.
pub(in crate::service) async fn known(
    tx: &mut Tx,
    season: SeasonId,
) -> Result<Vec<Known>, ServiceError> {
    let of_season = params![season];
    let mut acts: BTreeMap<WorkId, Vec<Row>> = BTreeMap::new();
    for row in tx.rows(WORK_ACTS, &of_season).await? {
        acts.entry(row.id("work_id")?).or_default().push(row);
    }
    let mut all = Vec::new();
    for row in tx.rows(WORK_ITEMS, &of_season).await? {
        let acts = acts.remove(&row.id("work_id")?).unwrap_or_default();
        all.push(Known::read(&row, &acts)?);
    }
    Ok(all)
}

impl Known {
    fn read(row: &Row, acts: &[Row]) -> Result<Self, StoreError> {
        let wrong = |column: &str| StoreError::Row {
            column: column.to_owned(),
        };
        let kind = row.text("kind")?;
        let mut known = None;
        let (mut state, mut asker, mut said) = (WorkState::Draft, None, Vec::new());
        for act in acts {
            let word = word(act)?;
            if let WorkSaid::Planned(plan) = &word.what {
                known = Some(plan.clone());
            }
            if word.what == WorkSaid::Asked {
                asker = Some(act.id("account_id")?);
            }
            // What was said stands, whatever the rules of today would say to it.
            state = state.after(act_of(&word.what)).unwrap_or(state);
            said.push(word);
        }
        let item = WorkItem {
            id: row.id("work_id")?,
            batch: row.text("batch")?,
            number: row.text("number")?,
            kind: WorkKind::from_word(&kind).ok_or_else(|| wrong("kind"))?,
            content: row.text("content")?,
            unit: row.id("unit_id")?,
            unit_name: row.text("name")?,
            plan: known.ok_or_else(|| wrong("due"))?,
            state,
            is_own: false,
            is_given: false,
            said,
        };
        Ok(Self {
            item,
            asker,
            giver: row.id("account_id")?,
        })
    }

    fn seen_by(self, account: AccountId) -> WorkItem {
        let is_own = self.item.state == WorkState::Asked && self.asker == Some(account);
        WorkItem {
            is_own,
            is_given: self.giver == account,
            ..self.item
        }
    }
}

fn word(row: &Row) -> Result<WorkWord, StoreError> {
    let what = match row.text("kind")?.as_str() {
        "planned" => WorkSaid::Planned(WorkPlan {
            team: row.text("team")?,
            schedule: row.text("schedule")?,
            due: row.id("due")?,
        }),
        "asked" => WorkSaid::Asked,
        "approved" => WorkSaid::Approved,
        "returned" => WorkSaid::Returned,
        "withdrawn" => WorkSaid::Withdrawn,
        _ => WorkSaid::Undone,
    };
    Ok(WorkWord {
        what,
        words: row.text("words")?,
        by: row.text("login")?,
        at: row.millis("at")?,
    })
}

/// What a word does to an item.
fn act_of(said: &WorkSaid) -> WorkAct {
    match said {
        WorkSaid::Planned(plan) => WorkAct::Plan {
            has_team: !plan.team.is_empty(),
            has_schedule: !plan.schedule.is_empty(),
        },
        WorkSaid::Asked => WorkAct::Ask,
        WorkSaid::Approved => WorkAct::Approve,
        WorkSaid::Returned => WorkAct::Return,
        WorkSaid::Undone => WorkAct::Undo,
        WorkSaid::Withdrawn => WorkAct::Withdraw,
    }
}
