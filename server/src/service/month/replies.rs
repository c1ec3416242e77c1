//! What units answer to records about them (整改回复), and when a written plan is asked for (P6).
//! Replies count nothing, so they come in whatever became of the month; a further one goes beside
//! those that are there.

use super::field::{From, link, refuse_card_gone};
use super::{Month, read};
use crate::service::act::text_of;
use crate::service::audience::tells_unit;
use crate::service::error::ServiceError;
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::MeritReply;
use app::when;
use domain::ids::{MeritId, SeasonId, UnitId};
use domain::month::audience::AudienceRule;
use domain::month::day::Day;
use std::collections::BTreeMap;
use sync::protocol::{FieldPlan, FieldReply, PLAN_MAX};

statements! {
    REPLIED_TO = "select state from merit
        where merit_id = $1 and season_id = $2 and unit_id = $3";
    MERIT_REPLY_ADD = "insert into merit_reply
            (op_id, county_id, merit_id, link_id, words, account_id, at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    UNIT_REPLIES = "select r.merit_id, r.words, r.at from merit_reply r
        join merit m on m.merit_id = r.merit_id
        where m.unit_id = $1 and m.season_id = $2 order by r.at, r.op_id";
    MONTH_REPLIES = "select r.merit_id, r.words, r.at from merit_reply r
        join merit m on m.merit_id = r.merit_id
        where m.season_id = $1 and m.period = $2 order by r.at, r.op_id";
    /// The newest posted month of a season, if the unit is on its black list.
    BLACK_LISTED = "select u.period, p.black_until, p.posted_at,
            (select min(f.posted_at) from posted_month f
                where f.season_id = u.season_id and f.period = u.period) as since
        from posted_unit u
        join posted_month p on p.season_id = u.season_id and p.period = u.period
            and p.edition = u.edition
        where u.season_id = $1 and u.unit_id = $2 and u.listed = 'black'
            and u.period = (select max(n.period) from posted_month n where n.season_id = $1)
            and u.edition = (select max(e.edition) from posted_month e
                where e.season_id = $1 and e.period = u.period)";
}

/// Puts a unit's answer to one of its records on the record, with the time at which it came.
///
/// # Errors
/// It is no unit's or its card was taken away, the record is not about it, nobody confirmed it, it
/// was struck out, or the answer says too little or too much.
pub(super) async fn enter(
    tx: &mut Tx,
    from: &From,
    merit: MeritId,
    words: &str,
) -> Result<(), ServiceError> {
    let link = link(tx, from, "unit").await?;
    refuse_card_gone(from)?;
    let words = text_of("words", words, PLAN_MAX)?;
    let about = params![merit, link.season, link.unit];
    let row = tx.row_opt(REPLIED_TO, &about).await?;
    let state = row.map(|row| row.text("state")).transpose()?;
    match state.as_deref() {
        Some("confirmed") => {}
        // Nothing is left to answer, unless an account says that it is wanted on record.
        Some("void") if from.exception.is_some() => {}
        Some("void") => return Err(ServiceError::Conflict("merit_decided")),
        _ => return Err(ServiceError::NotFound("merit")),
    }
    let county = tx.county();
    let row = params![
        from.op_id,
        county,
        merit,
        from.link,
        words,
        from.exception,
        from.came_at
    ];
    tx.execute(MERIT_REPLY_ADD, &row).await?;
    Ok(())
}

/// A unit's answers in a season by record, as its card shows them, newest last.
///
/// # Errors
/// The database failed. So with each of the functions below.
pub(crate) async fn of_unit(
    tx: &mut Tx,
    unit: UnitId,
    season: SeasonId,
) -> Result<BTreeMap<MeritId, Vec<FieldReply>>, StoreError> {
    let rows = tx.rows(UNIT_REPLIES, &params![unit, season]).await?;
    by_record(&rows, |row| {
        Ok(FieldReply {
            day: when::day(row.millis("at")?),
            words: row.text("words")?,
        })
    })
}

/// The answers to a month's records, as staff see them, newest last.
pub(super) async fn of_month(
    tx: &mut Tx,
    (season, period): Month,
) -> Result<BTreeMap<MeritId, Vec<MeritReply>>, StoreError> {
    let month = params![season, period.to_string()];
    let rows = tx.rows(MONTH_REPLIES, &month).await?;
    by_record(&rows, |row| {
        Ok(MeritReply {
            at: row.millis("at")?,
            words: row.text("words")?,
        })
    })
}

fn by_record<R>(
    rows: &[Row],
    read: impl Fn(&Row) -> Result<R, StoreError>,
) -> Result<BTreeMap<MeritId, Vec<R>>, StoreError> {
    let mut replies: BTreeMap<MeritId, Vec<R>> = BTreeMap::new();
    for row in rows {
        let of = replies.entry(row.id("merit_id")?).or_default();
        of.push(read(row)?);
    }
    Ok(replies)
}

/// Whether a written plan is asked for: of a unit on the black list of the newest posted month, as
/// long as that list stands (P6).
pub(crate) async fn plan(
    tx: &mut Tx,
    (season, rule): (SeasonId, &AudienceRule),
    unit: UnitId,
    today: Day,
) -> Result<Option<FieldPlan>, StoreError> {
    if !tells_unit(rule) {
        return Ok(None);
    }
    let row = tx.row_opt(BLACK_LISTED, &params![season, unit]).await?;
    let plan = |row: &Row| {
        Ok::<_, StoreError>(FieldPlan {
            period: row.id("period")?,
            since: when::day(row.millis("since")?),
            until: read::black_until_of(row)?.to_string(),
        })
    };
    let plan = row.as_ref().map(plan).transpose()?;
    Ok(plan.filter(|plan| today.to_string() <= plan.until))
}
