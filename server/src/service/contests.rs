//! What anybody may see of the contests: the order, the gates, and what was posted. Invariant: no
//! number leaves here that is not in a posted snapshot (R1), and no person's name at all.

use super::error::ServiceError;
use super::record::{ContestRecord, EntryRecord, contest_state, load};
use crate::store::{Row, Store, Tx, params, statements};
use app::backend::{ContestCard, ContestPage, OrderRow, RuleCriterion, ScreenPage};
use domain::charter::Charter;
use domain::ids::ContestId;
use domain::stage::{ContestState, GateState};
use sync::posted::PostedResult;

/// Contests in the public list, newest first.
const LIST_MAX: u32 = 200;
/// Hexadecimal digits of a hash that people compare by eye.
const CHECK_DIGITS: usize = 8;

/// A frozen result with the hash of its bytes.
#[derive(Clone, Debug)]
pub struct Posted {
    pub result: PostedResult,
    /// Exactly what was hashed.
    pub snapshot: String,
    pub hash: String,
}

statements! {
    CARDS = "select c.*, (select count(*) from entry e
            where e.contest_id = c.contest_id and e.withdrawn = 0) as entries
        from contest c where c.county_id = $1
        order by c.held_on desc, c.created_at desc limit $2";
    POSTED_NEWEST = "select p.* from posted p where p.contest_id = $1
        order by p.edition desc limit 1";
    BOARDS = "select p.* from posted p where p.county_id = $1 and p.edition =
            (select max(q.edition) from posted q where q.contest_id = p.contest_id)
        order by p.posted_at desc limit $2";
}

/// The contests; those in draft only for staff.
///
/// # Errors
/// The database failed. So with each of the functions below, or there is no such contest.
pub async fn list(store: &Store, is_staff: bool) -> Result<Vec<ContestCard>, ServiceError> {
    let mut tx = store.read().await?;
    let county = tx.county();
    let rows = tx.rows(CARDS, &params![county, LIST_MAX]).await?;
    let mut cards = Vec::with_capacity(rows.len());
    for row in rows {
        if is_staff || contest_state(&row)? != ContestState::Draft {
            cards.push(card_of_row(store, &row)?);
        }
    }
    Ok(cards)
}

pub async fn page(
    store: &Store,
    id: ContestId,
    is_staff: bool,
) -> Result<ContestPage, ServiceError> {
    let mut tx = store.read().await?;
    let record = visible(&mut tx, id, is_staff).await?;
    let posted = posted(&mut tx, id).await?;
    let charter = &record.charter;
    let criteria = charter.criteria().iter().map(|criterion| RuleCriterion {
        name: criterion.name.clone(),
        max: criterion.max.to_string(),
    });
    let classes = charter.classes().iter();
    Ok(ContestPage {
        card: card(store, &record),
        charter_title: charter.title().to_owned(),
        charter_source: charter.source().unwrap_or_default().to_owned(),
        criteria: criteria.collect(),
        classes: classes
            .map(|class| (class.name.clone(), class.weight.to_string()))
            .collect(),
        order: record.entries.iter().map(order_row).collect(),
        check_code: posted.as_ref().map(Posted::check_code).unwrap_or_default(),
        result: posted.map(|posted| posted.result),
    })
}

/// Every posted result in its newest edition.
pub async fn boards(store: &Store) -> Result<Vec<PostedResult>, ServiceError> {
    let mut tx = store.read().await?;
    let county = tx.county();
    let rows = tx.rows(BOARDS, &params![county, LIST_MAX]).await?;
    rows.iter()
        .map(|row| Ok(posted_of_row(row)?.result))
        .collect()
}

pub async fn screen(store: &Store, id: ContestId) -> Result<ScreenPage, ServiceError> {
    let mut tx = store.read().await?;
    let record = visible(&mut tx, id, false).await?;
    let posted = posted(&mut tx, id).await?;
    let (now, next) = if posted.is_some() {
        (None, None)
    } else {
        on_stage(&record.entries)
    };
    Ok(ScreenPage {
        card: card(store, &record),
        now: now.map(order_row),
        next: next.map(order_row),
        check_code: posted.as_ref().map(Posted::check_code).unwrap_or_default(),
        result: posted.map(|posted| posted.result),
    })
}

/// The newest edition of a contest, if any was posted.
pub async fn posted(tx: &mut Tx, id: ContestId) -> Result<Option<Posted>, ServiceError> {
    let row = tx.row_opt(POSTED_NEWEST, &params![id]).await?;
    row.as_ref().map(posted_of_row).transpose()
}

/// The newest edition of a contest, for an export.
pub async fn posted_of(store: &Store, id: ContestId) -> Result<Posted, ServiceError> {
    let mut tx = store.read().await?;
    posted(&mut tx, id)
        .await?
        .ok_or(ServiceError::NotFound("result"))
}

/// The card of a contest that was loaded.
#[must_use]
pub fn card(store: &Store, record: &ContestRecord) -> ContestCard {
    ContestCard {
        id: record.id,
        title: record.title.clone(),
        subtitle: record.subtitle.clone(),
        county: store.county().name.clone(),
        held_on: record.held_on.clone(),
        place: record.place.clone(),
        state: record.state.into(),
        entries: record.entries_count(),
        posted_at: record.posted_at,
        demo: store.county().demo,
    }
}

impl Posted {
    /// The first digits of the hash, in two groups that can be read out.
    #[must_use]
    pub fn check_code(&self) -> String {
        check_code(&self.hash)
    }
}

/// `1a2b3c4d…` as `1A2B-3C4D`.
#[must_use]
pub fn check_code(hash: &str) -> String {
    let digits: String = hash.chars().take(CHECK_DIGITS).collect();
    let digits = digits.to_uppercase();
    match digits.split_at_checked(CHECK_DIGITS / 2) {
        Some((first, second)) => format!("{first}-{second}"),
        None => digits,
    }
}

/// A contest in draft is there for staff only.
async fn visible(
    tx: &mut Tx,
    id: ContestId,
    is_staff: bool,
) -> Result<ContestRecord, ServiceError> {
    let record = load(tx, id).await?;
    if record.state == ContestState::Draft && !is_staff {
        return Err(ServiceError::NotFound("contest"));
    }
    Ok(record)
}

/// Who performs now, and who comes after.
fn on_stage(entries: &[EntryRecord]) -> (Option<&EntryRecord>, Option<&EntryRecord>) {
    let mut performing = entries.iter().filter(|entry| !entry.withdrawn);
    let now = performing
        .clone()
        .find(|entry| entry.gate.state == GateState::Open);
    let is_next = |entry: &&EntryRecord| {
        let is_later = now.is_none_or(|now| now.position < entry.position);
        is_later && entry.gate.state == GateState::Pending
    };
    (now, performing.find(is_next))
}

fn order_row(entry: &EntryRecord) -> OrderRow {
    OrderRow {
        entry: entry.id,
        position: entry.position,
        name: entry.name.clone(),
        topic: entry.topic.clone(),
        withdrawn: entry.withdrawn,
        gate: entry.gate_state_view(),
    }
}

fn card_of_row(store: &Store, row: &Row) -> Result<ContestCard, ServiceError> {
    Ok(ContestCard {
        id: row.id("contest_id")?,
        title: row.text("title")?,
        subtitle: row.text("subtitle")?,
        county: store.county().name.clone(),
        held_on: row.text("held_on")?,
        place: row.text("place")?,
        state: contest_state(row)?.into(),
        entries: row.u32("entries")?,
        posted_at: row.millis_opt("posted_at")?,
        demo: store.county().demo,
    })
}

fn posted_of_row(row: &Row) -> Result<Posted, ServiceError> {
    Ok(Posted {
        result: row.json("snapshot")?,
        snapshot: row.text("snapshot")?,
        hash: row.text("hash")?,
    })
}

/// Key and name of each class, for lists that know the charter only as text.
#[must_use]
pub fn classes_of(charter: &Charter) -> Vec<(String, String)> {
    let classes = charter.classes().iter();
    classes
        .map(|class| (class.key.clone(), class.name.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_code_is_two_groups_of_four() {
        assert_eq!(check_code("1a2b3c4d5e"), "1A2B-3C4D");
        assert_eq!(check_code(""), "");
    }
}
