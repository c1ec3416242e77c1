//! What is done with a proposal and with a document. Each act is a row of its own, with account and
//! time.

use super::proposals::{self, Proposal, document_word};
use crate::service::act::{
    Act, REASON_MAX, day as entered_day, optional_text, reason as reason_of, text_of,
};
use crate::service::error::ServiceError;
use crate::service::permission;
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::{Capability, Matter, SlipCommand};
use app::when;
use domain::ids::{AccountId, LinkId, Millis, SlipId, UnitId};
use domain::month::Day;
use domain::month::charter::Document;
use domain::month::slip::{SlipState, SlipStep};
use serde_json::json;

/// Characters of who replied.
const WHO_MAX: usize = 40;

statements! {
    SLIP = "select * from slip where slip_id = $1 and county_id = $2";
    SLIP_OF = "select slip_id from slip
        where season_id = $1 and period = $2 and unit_id = $3 and rule = $4";
    SLIP_LAST = "select coalesce(max(number), 0) as n from slip
        where county_id = $1 and rule = $2 and year = $3";
    SLIP_ADD = "insert into slip (slip_id, county_id, season_id, period, unit_id, rule, edition,
            document, year, number, reason, demand, due, late_reason, account_id, issued_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    ASIDE_OF = "select reason from proposal_aside
        where season_id = $1 and period = $2 and unit_id = $3 and rule = $4";
    ASIDE_ADD = "insert into proposal_aside
            (season_id, period, unit_id, rule, county_id, reason, account_id, decided_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    STEPS_OF = "select kind, day from slip_step where slip_id = $1 order by position";
    STEP_ADD = "insert into slip_step (slip_id, position, county_id, kind, words, who, day,
            actor_kind, actor_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// What a unit answered: who, on which day, in which words.
#[derive(Clone, Debug)]
pub struct Reply {
    pub who: String,
    pub day: String,
    pub words: String,
}

/// An issued document with what happened to it, as an act needs it.
struct Issued {
    id: SlipId,
    unit: UnitId,
    document: Document,
    account: AccountId,
    issued_at: Millis,
    due: String,
    steps: Vec<SlipStep>,
}

/// Issues a document, with the next number of its kind and year.
pub(super) async fn issue(
    tx: &mut Tx,
    act: &Act,
    command: &SlipCommand,
) -> Result<(), ServiceError> {
    let SlipCommand::Issue {
        matter,
        reason,
        demand,
        due,
        late,
    } = command
    else {
        return Ok(());
    };
    let proposal = open(tx, act, matter).await?;
    let reason = reason_of(reason)?;
    let demand = text_of("demand", demand, REASON_MAX)?;
    let (due, today) = (entered_day("due", due)?, Day::of(act.now));
    if due < today {
        return Err(ServiceError::invalid("due", "day_past"));
    }
    let late = optional_text("late", late, REASON_MAX)?;
    if proposal.is_late && late.is_empty() {
        return Err(ServiceError::invalid("late", "empty"));
    }
    let county = tx.county();
    let year = today.year();
    let of_kind = params![county, matter.rule.as_str(), year];
    // One transaction writes at a time, so no number is taken twice and none is left out.
    let number = tx.row(SLIP_LAST, &of_kind).await?.u32("n")? + 1;
    let id = SlipId(act.uuid());
    let row = params![
        id,
        county,
        matter.season,
        matter.period.to_string(),
        matter.unit,
        matter.rule.as_str(),
        proposal.edition,
        document_word(proposal.document),
        year,
        number,
        reason,
        demand,
        due.to_string(),
        late,
        act.account,
        act.now,
    ];
    tx.execute(SLIP_ADD, &row).await?;
    let what = json!({ "do": "issue_slip", "slip": id, "year": year, "number": number });
    act.audit(tx, None, &what).await
}

/// Leaves a proposal, and says why. It may still be issued later.
pub(super) async fn set_aside(
    tx: &mut Tx,
    act: &Act,
    matter: &Matter,
    reason: &str,
) -> Result<(), ServiceError> {
    open(tx, act, matter).await?;
    let reason = reason_of(reason)?;
    if tx.row_opt(ASIDE_OF, &key(matter)).await?.is_some() {
        return Err(ServiceError::Conflict("slip_decided"));
    }
    let [season, period, unit, rule] = key(matter);
    let [county, reason, account, at] = params![tx.county(), reason, act.account, act.now];
    let row = [season, period, unit, rule, county, reason, account, at];
    tx.execute(ASIDE_ADD, &row).await?;
    let what = json!({
        "do": "set_aside_slip", "season": matter.season, "period": matter.period,
        "unit": matter.unit,
    });
    act.audit(tx, None, &what).await
}

/// A proposal that stands and of which nothing was issued.
async fn open(tx: &mut Tx, act: &Act, matter: &Matter) -> Result<Proposal, ServiceError> {
    let proposals = proposals::load(tx, matter.season).await?;
    let mut proposals = proposals.into_iter();
    let proposal = proposals.find(|one| one.matter == *matter);
    let proposal = proposal.ok_or(ServiceError::NotFound("proposal"))?;
    refuse_talks(tx, act, proposal.document, "proposal").await?;
    if proposal.is_corrected {
        return Err(ServiceError::Conflict("slip_corrected"));
    }
    if tx.row_opt(SLIP_OF, &key(matter)).await?.is_some() {
        return Err(ServiceError::Conflict("slip_decided"));
    }
    Ok(proposal)
}

fn key(matter: &Matter) -> [crate::store::Value; 4] {
    let period = matter.period.to_string();
    params![matter.season, period, matter.unit, matter.rule.as_str()]
}

/// Puts on the record what came on paper.
pub(super) async fn reply_by_staff(
    tx: &mut Tx,
    act: &Act,
    slip: SlipId,
    given: &Reply,
) -> Result<(), ServiceError> {
    let issued = own(tx, act, slip).await?;
    reply(tx, &issued, given, by(act)).await?;
    audit(tx, act, "reply_slip", slip).await
}

/// Puts a unit's own reply on the record, by its link. Talks are not for it to answer here.
///
/// # Errors
/// There is no such document for the unit, it is closed, or the reply says too little.
pub async fn reply_by_unit(
    tx: &mut Tx,
    (unit, link): (UnitId, LinkId),
    now: Millis,
    slip: SlipId,
    given: &Reply,
) -> Result<(), ServiceError> {
    let issued = issued(tx, slip).await?;
    if issued.unit != unit || issued.document == Document::Talk {
        return Err(ServiceError::NotFound("slip"));
    }
    reply(tx, &issued, given, ("unit", link.to_string(), now)).await
}

/// A further reply goes beside those that are there.
async fn reply(
    tx: &mut Tx,
    issued: &Issued,
    given: &Reply,
    (kind, actor, now): (&'static str, String, Millis),
) -> Result<(), ServiceError> {
    let who = text_of("who", &given.who, WHO_MAX)?;
    let words = text_of("words", &given.words, REASON_MAX)?;
    let day = entered_day("day", &given.day)?;
    if day < Day::of(issued.issued_at) || Day::of(now) < day {
        return Err(ServiceError::invalid("day", "day_of_reply"));
    }
    let step = (SlipStep::Reply, words, who, day.to_string());
    add(tx, issued, step, (kind, actor, now)).await
}

/// Closes what was replied to: by another account than the one who issued it.
pub(super) async fn close(
    tx: &mut Tx,
    act: &Act,
    slip: SlipId,
    words: &str,
) -> Result<(), ServiceError> {
    let issued = own(tx, act, slip).await?;
    if issued.account == act.account {
        return Err(ServiceError::Conflict("same_account"));
    }
    let words = text_of("words", words, REASON_MAX)?;
    let step = (SlipStep::Close, words, String::new(), String::new());
    add(tx, &issued, step, by(act)).await?;
    audit(tx, act, "close_slip", slip).await
}

/// Wants a reply again, by another day.
pub(super) async fn reopen(
    tx: &mut Tx,
    act: &Act,
    slip: SlipId,
    reason: &str,
    due: &str,
) -> Result<(), ServiceError> {
    let issued = own(tx, act, slip).await?;
    let reason = reason_of(reason)?;
    let due = entered_day("due", due)?;
    if due < Day::of(act.now) {
        return Err(ServiceError::invalid("due", "day_past"));
    }
    let step = (SlipStep::Reopen, reason, String::new(), due.to_string());
    add(tx, &issued, step, by(act)).await?;
    audit(tx, act, "reopen_slip", slip).await
}

/// A document that this account may know of.
async fn own(tx: &mut Tx, act: &Act, slip: SlipId) -> Result<Issued, ServiceError> {
    let issued = issued(tx, slip).await?;
    refuse_talks(tx, act, issued.document, "slip").await?;
    Ok(issued)
}

/// A talk is not there for who may not read talks (GY-19).
async fn refuse_talks(
    tx: &mut Tx,
    act: &Act,
    document: Document,
    what: &'static str,
) -> Result<(), ServiceError> {
    let is_talk = document == Document::Talk;
    let may = permission::capabilities(tx, act.account).await?;
    match is_talk && !may.contains(&Capability::Talks) {
        true => Err(ServiceError::NotFound(what)),
        false => Ok(()),
    }
}

async fn issued(tx: &mut Tx, id: SlipId) -> Result<Issued, ServiceError> {
    let county = tx.county();
    let row = tx.row_opt(SLIP, &params![id, county]).await?;
    let row = row.ok_or(ServiceError::NotFound("slip"))?;
    let rows = tx.rows(STEPS_OF, &params![id]).await?;
    let (due, steps) = stand(&row, &rows)?;
    Ok(Issued {
        id,
        unit: row.id("unit_id")?,
        document: proposals::document_of(&row.text("document")?),
        account: row.id("account_id")?,
        issued_at: row.millis("issued_at")?,
        due,
        steps,
    })
}

/// The day by which a reply is wanted now, and what happened, from the rows of a document.
pub(super) fn stand(slip: &Row, steps: &[Row]) -> Result<(String, Vec<SlipStep>), StoreError> {
    let mut due = slip.text("due")?;
    let mut done = Vec::with_capacity(steps.len());
    for row in steps {
        let step = step_of(&row.text("kind")?);
        if step == SlipStep::Reopen {
            due = row.text("day")?;
        }
        done.push(step);
    }
    Ok((due, done))
}

pub(super) fn step_of(word: &str) -> SlipStep {
    match word {
        "close" => SlipStep::Close,
        "reopen" => SlipStep::Reopen,
        _ => SlipStep::Reply,
    }
}

const fn step_word(step: SlipStep) -> &'static str {
    match step {
        SlipStep::Reply => "reply",
        SlipStep::Close => "close",
        SlipStep::Reopen => "reopen",
    }
}

fn by(act: &Act) -> (&'static str, String, Millis) {
    ("account", act.account.to_string(), act.now)
}

async fn add(
    tx: &mut Tx,
    issued: &Issued,
    (step, words, who, day): (SlipStep, String, String, String),
    (kind, actor, now): (&'static str, String, Millis),
) -> Result<(), ServiceError> {
    let state = SlipState::after(&issued.steps, &issued.due, &when::day(now));
    if !state.allows(step) {
        return Err(ServiceError::Conflict("slip_state"));
    }
    let position = u32::try_from(issued.steps.len()).unwrap_or(u32::MAX);
    let row = params![
        issued.id,
        position.saturating_add(1),
        tx.county(),
        step_word(step),
        words,
        who,
        day,
        kind,
        actor,
        now,
    ];
    tx.execute(STEP_ADD, &row).await?;
    Ok(())
}

/// Without any words: a talk's are for few.
async fn audit(tx: &mut Tx, act: &Act, what: &str, slip: SlipId) -> Result<(), ServiceError> {
    act.audit(tx, None, &json!({ "do": what, "slip": slip }))
        .await
}
