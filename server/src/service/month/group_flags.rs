//! What groups decide about their flags (GY-6): while a month waits for the second person, the
//! confirmer of a group agrees to the flags' hand-overs or objects, once for each close. Nobody has
//! to wait for a word; but over an objection a month is posted with a reason, on record.

use super::Month;
use super::field::{From, link, refuse_card_gone};
use super::posting::{Closed, Posted, closed};
use crate::service::act::{REASON_MAX, optional_text, reason as reason_of, text_of};
use crate::service::error::ServiceError;
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::{GroupFlags, MonthStage};
use domain::ids::SeasonId;
use domain::month::Period;
use domain::month::flag::HandOver;
use std::collections::BTreeMap;
use sync::posted_month::PostedMonth;
use sync::protocol::{FieldFlag, FieldFlags, FlagBasis, FlagDecision};

/// Characters of a close's code, with room for longer ones.
const CODE_MAX: usize = 20;

statements! {
    FLAGS_DECIDED = "select op_id from flag_decision where season_id = $1 and period = $2
        and group_name = $3 and close_code = $4";
    FLAGS_DECIDE = "insert into flag_decision (op_id, county_id, season_id, period, group_name,
            close_code, agreed, reason, link_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// Every decision about a month, the newest first.
    FLAG_DECISIONS = "select d.*, l.holder from flag_decision d
        join link l on l.link_id = d.link_id
        where d.season_id = $1 and d.period = $2 order by d.at desc, d.op_id desc";
    FLAGS_OBJECTED = "select group_name from flag_decision where season_id = $1 and period = $2
        and close_code = $3 and agreed = 0 order by group_name";
    FLAGS_POSTED = "update flag_decision set edition = $4
        where season_id = $1 and period = $2 and close_code = $3 and edition is null";
    /// Who has a card for one group that was not taken back.
    FLAG_CARDS = "select l.scope, l.holder from link l
        where l.season_id = $1 and l.kind = 'confirmer' and l.scope <> '' and exists
            (select 1 from card d where d.link_id = l.link_id and d.withdrawn = 0)
        order by l.scope, l.number";
    MONTHS_CLOSED = "select period from closed_month where season_id = $1 order by period desc";
}

/// Enters what the confirmer of a group decided about a close. Whether that close is the one that
/// waits now is said by its code, which stays with it.
///
/// # Errors
/// It is no confirmer's of one group or its card was taken away, an objection says no reason, or
/// the group decided about this close before.
pub(super) async fn decide(
    tx: &mut Tx,
    from: &From,
    (period, close): (Period, &str),
    (is_agreed, reason): (bool, &str),
) -> Result<(), ServiceError> {
    let link = link(tx, from, "confirmer").await?;
    refuse_card_gone(from)?;
    if link.scope.is_empty() {
        return Err(ServiceError::Forbidden);
    }
    let close = text_of("close", close, CODE_MAX)?;
    let reason = match is_agreed {
        true => String::new(),
        false => reason_of(reason)?,
    };
    let (season, period, group) = (link.season, period.to_string(), link.scope.as_str());
    let same = params![season, period.as_str(), group, close.as_str()];
    if tx.row_opt(FLAGS_DECIDED, &same).await?.is_some() {
        return Err(ServiceError::Conflict("flags_decided"));
    }
    let county = tx.county();
    let row = params![
        from.op_id,
        county,
        season,
        period,
        group,
        close,
        is_agreed,
        reason,
        from.link,
        from.came_at
    ];
    tx.execute(FLAGS_DECIDE, &row).await?;
    Ok(())
}

/// What the card of a group sees of its flags, in every month of its season that waits. Nothing,
/// where a card is for all groups.
///
/// # Errors
/// The database failed. So with each of the functions below.
pub(crate) async fn of_card(
    tx: &mut Tx,
    season: SeasonId,
    group: &str,
) -> Result<Vec<FieldFlags>, ServiceError> {
    let mut months = Vec::new();
    if group.is_empty() {
        return Ok(months);
    }
    for row in tx.rows(MONTHS_CLOSED, &params![season]).await? {
        let month = (season, row.id("period")?);
        let Some(closed) = closed(tx, month).await? else {
            continue;
        };
        let flags = flags_of(&closed.month, group);
        if flags.is_empty() {
            continue;
        }
        let rows = decisions(tx, month).await?;
        let (decision, earlier) = parted(&rows, group, |row| row.close == closed.code);
        months.push(FieldFlags {
            period: month.1,
            close: closed.code,
            flags,
            decision,
            earlier,
        });
    }
    Ok(months)
}

/// How a month stands at its desk.
#[derive(Clone, Copy)]
pub(super) enum Stand<'a> {
    Open,
    Closed(&'a Closed),
    Posted(&'a Posted),
}

impl<'a> Stand<'a> {
    pub(super) fn of(closed: Option<&'a Closed>, posted: Option<&'a Posted>) -> Self {
        match (closed, posted) {
            (Some(closed), _) => Self::Closed(closed),
            (None, Some(posted)) => Self::Posted(posted),
            (None, None) => Self::Open,
        }
    }

    pub(super) fn stage(self) -> MonthStage {
        match self {
            Self::Open => MonthStage::Open,
            Self::Closed(_) => MonthStage::Closed,
            Self::Posted(_) => MonthStage::Posted,
        }
    }
}

/// What the groups of a month decided, for the second person: those that have flags to decide about
/// and a card of their own, and those that gave their word whatever became of their card.
pub(super) async fn of_desk(
    tx: &mut Tx,
    month: Month,
    stand: Stand<'_>,
) -> Result<Vec<GroupFlags>, ServiceError> {
    let rows = decisions(tx, month).await?;
    let mut holders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in tx.rows(FLAG_CARDS, &params![month.0]).await? {
        let of_group = holders.entry(row.text("scope")?).or_default();
        of_group.push(row.text("holder")?);
    }
    let waits = |group: &String| match stand {
        Stand::Closed(closed) => !flags_of(&closed.month, group).is_empty(),
        Stand::Open | Stand::Posted(_) => false,
    };
    holders.retain(|group, _| waits(group) || rows.iter().any(|row| row.group == *group));
    for row in &rows {
        holders.entry(row.group.clone()).or_default();
    }
    let counts = |row: &Decided| match stand {
        Stand::Open => false,
        Stand::Closed(closed) => row.close == closed.code,
        Stand::Posted(posted) => row.edition == Some(posted.month.edition),
    };
    let groups = holders.into_iter().map(|(group, holders)| {
        let (decision, other) = parted(&rows, &group, counts);
        GroupFlags {
            group,
            holders,
            decision,
            other,
        }
    });
    Ok(groups.collect())
}

/// The groups that object to their flags in this close.
pub(super) async fn objecting(
    tx: &mut Tx,
    (season, period): Month,
    close: &str,
) -> Result<Vec<String>, StoreError> {
    let asked = params![season, period.to_string(), close];
    let rows = tx.rows(FLAGS_OBJECTED, &asked).await?;
    rows.iter().map(|row| row.text("group_name")).collect()
}

/// The groups that object to this close, with why it is posted all the same; `None`: none does.
///
/// # Errors
/// A group objects and no reason is given, or it is too long.
pub(super) async fn weighed(
    tx: &mut Tx,
    month: Month,
    close: &str,
    despite: &str,
) -> Result<Option<(Vec<String>, String)>, ServiceError> {
    let despite = optional_text("despite", despite, REASON_MAX)?;
    let groups = objecting(tx, month, close).await?;
    match (groups.is_empty(), despite.is_empty()) {
        (true, _) => Ok(None),
        (false, true) => {
            let objected = format!("objected:{}", groups.join("、"));
            Err(ServiceError::invalid("despite", objected))
        }
        (false, false) => Ok(Some((groups, despite))),
    }
}

/// Notes which edition was posted of a close that groups had decided about.
pub(super) async fn posted(
    tx: &mut Tx,
    (season, period): Month,
    (close, edition): (&str, u32),
) -> Result<(), StoreError> {
    let row = params![season, period.to_string(), close, edition];
    tx.execute(FLAGS_POSTED, &row).await?;
    Ok(())
}

/// A decision with what it is about.
struct Decided {
    group: String,
    close: String,
    edition: Option<u32>,
    decision: FlagDecision,
}

async fn decisions(tx: &mut Tx, (season, period): Month) -> Result<Vec<Decided>, StoreError> {
    let month = params![season, period.to_string()];
    let rows = tx.rows(FLAG_DECISIONS, &month).await?;
    rows.iter().map(decided).collect()
}

fn decided(row: &Row) -> Result<Decided, StoreError> {
    let edition = row.int_opt("edition")?;
    Ok(Decided {
        group: row.text("group_name")?,
        close: row.text("close_code")?,
        edition: edition.and_then(|edition| u32::try_from(edition).ok()),
        decision: FlagDecision {
            is_agreed: row.flag("agreed")?,
            reason: row.text("reason")?,
            who: row.text("holder")?,
            at: row.millis("at")?,
        },
    })
}

/// A group's decision that counts, and the newest of those that do not.
fn parted(
    rows: &[Decided],
    group: &str,
    counts: impl Fn(&Decided) -> bool,
) -> (Option<FlagDecision>, Option<FlagDecision>) {
    let first = |is_counted: bool| {
        let mut of_group = rows.iter().filter(|row| row.group == group);
        let found = of_group.find(|row| counts(row) == is_counted);
        found.map(|row| row.decision.clone())
    };
    (first(true), first(false))
}

/// The flags of a group that a unit holds or gives away.
fn flags_of(month: &PostedMonth, group: &str) -> Vec<FieldFlag> {
    let flags = month.hand_overs();
    let flags = flags.filter(|(of, _, flag)| of.name == group && flag.is_held());
    let flags = flags.map(|(_, flags, flag)| FieldFlag {
        name: flags.name.clone(),
        side: flags.side,
        number: flag.number,
        from: flag.from.map(|unit| month.name(unit).to_owned()),
        to: flag.to.map(|unit| month.name(unit).to_owned()),
        basis: basis(month, flag),
    });
    flags.collect()
}

/// Where the units of a hand-over stand: each once.
fn basis(month: &PostedMonth, flag: &HandOver) -> Vec<FlagBasis> {
    let basis = flag
        .units()
        .filter_map(|unit| month.unit(unit))
        .map(|unit| FlagBasis {
            unit: unit.name.clone(),
            rank: unit.rank,
            score: unit.score.clone(),
        });
    basis.collect()
}
