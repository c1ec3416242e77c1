//! What is said of items. Whoever asks for a closure does not approve it (WZ-16); every word stays.

use super::{Known, act_of, known, units};
use crate::service::act::{
    Act, REASON_MAX, day as day_of, optional_text, reason as reason_of, text_of,
};
use crate::service::error::ServiceError;
use crate::service::month::season::Season;
use crate::service::permission;
use crate::service::roster::file::CELL_CHARS_MAX;
use crate::service::roster::text::normalise;
use crate::store::{Store, Tx, params, statements};
use app::backend::{Capability, WorkCommand, WorkNew, WorkPlan, WorkSaid};
use domain::ids::{SeasonId, UnitId, WorkId};
use domain::worklist::{WorkKind, WorkState};
use futures::FutureExt as _;
use serde_json::json;

statements! {
    WORK_ADD = "insert into work_item
            (work_id, county_id, season_id, batch, number, kind, content, unit_id, account_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    WORK_SAY = "insert into work_act
            (work_id, position, county_id, kind, team, schedule, due, words, account_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// Characters of a batch's name and of a number in it.
pub const NAME_MAX: usize = 40;

/// An item that is given out.
pub struct NewWork<'a> {
    pub season: SeasonId,
    pub batch: &'a str,
    pub number: &'a str,
    pub kind: WorkKind,
    pub content: &'a str,
    pub unit: UnitId,
}

/// Puts on record what is said of an item.
///
/// # Errors
/// The account may not say it, or asked for the closure itself; the item stands elsewhere by now;
/// or what was entered is wrong.
pub async fn command(
    store: &Store,
    act: &Act,
    season: SeasonId,
    command: WorkCommand,
) -> Result<(), ServiceError> {
    let act = act.clone();
    store
        .write(move |tx| async move { command_in(tx, &act, season, command).await }.boxed())
        .await
}

async fn command_in(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    command: WorkCommand,
) -> Result<(), ServiceError> {
    permission::may(tx, act.account, &[owner(&command)]).await?;
    let season = Season::load(tx, season).await?;
    let all = known(tx, season.id).await?;
    let find = |work: WorkId, seen: u32| {
        let mut all = all.iter();
        let known = all.find(|known| known.item.id == work);
        let known = known.ok_or(ServiceError::NotFound("work"))?;
        match known.item.seen() == seen {
            true => Ok(known),
            false => Err(ServiceError::Conflict("work_changed")),
        }
    };
    match command {
        WorkCommand::Add { new, due } => add(tx, act, (&season, &all), (new, &due)).await,
        WorkCommand::Plan {
            work,
            seen,
            team,
            schedule,
            due,
            reason,
        } => {
            let (known, plan) = (find(work, seen)?, plan(&team, &schedule, &due)?);
            if known.item.plan == plan {
                return Err(ServiceError::Conflict("nothing_changed"));
            }
            let reason = reason_of(&reason)?;
            say(tx, act, known, (WorkSaid::Planned(plan), &reason)).await
        }
        WorkCommand::Ask { work, seen, proof } => {
            let proof = text_of("proof", &proof, REASON_MAX)?;
            say(tx, act, find(work, seen)?, (WorkSaid::Asked, &proof)).await
        }
        WorkCommand::Approve { work, seen, words } => {
            let known = of_another(find(work, seen)?, act)?;
            let words = optional_text("words", &words, REASON_MAX)?;
            say(tx, act, known, (WorkSaid::Approved, &words)).await
        }
        WorkCommand::Return { work, seen, reason } => {
            let known = of_another(find(work, seen)?, act)?;
            say(tx, act, known, (WorkSaid::Returned, &reason_of(&reason)?)).await
        }
        WorkCommand::Withdraw { work, seen, reason } => {
            let known = find(work, seen)?;
            if known.giver == act.account {
                return Err(ServiceError::Conflict("same_account"));
            }
            let reason = reason_of(&reason)?;
            say(tx, act, known, (WorkSaid::Withdrawn, &reason)).await
        }
        WorkCommand::Undo { work, seen, reason } => {
            let reason = reason_of(&reason)?;
            say(tx, act, find(work, seen)?, (WorkSaid::Undone, &reason)).await
        }
    }
}

/// Who says what: giving out, planning and asking are an organiser's, the rest is a second
/// person's.
fn owner(command: &WorkCommand) -> Capability {
    match command {
        WorkCommand::Add { .. } | WorkCommand::Plan { .. } | WorkCommand::Ask { .. } => {
            Capability::Organise
        }
        WorkCommand::Approve { .. }
        | WorkCommand::Return { .. }
        | WorkCommand::Undo { .. }
        | WorkCommand::Withdraw { .. } => Capability::Confirm,
    }
}

/// A closure that this account did not ask for.
fn of_another<'a>(known: &'a Known, act: &Act) -> Result<&'a Known, ServiceError> {
    let is_asked = known.item.state == WorkState::Asked;
    match is_asked && known.asker == Some(act.account) {
        true => Err(ServiceError::Conflict("same_account")),
        false => Ok(known),
    }
}

async fn add(
    tx: &mut Tx,
    act: &Act,
    (season, all): (&Season, &[Known]),
    (new, due): (WorkNew, &str),
) -> Result<(), ServiceError> {
    let WorkNew {
        batch,
        number,
        kind,
        content,
        unit,
        team,
        schedule,
    } = new;
    // As a file's cells are read, so that page and file name the same item.
    let batch = text_of("batch", &normalise(&batch), NAME_MAX)?;
    let number = text_of("number", &normalise(&number), NAME_MAX)?;
    let content = text_of("content", &normalise(&content), CELL_CHARS_MAX)?;
    let plan = plan(&team, &schedule, due)?;
    let mut units = units(tx).await?.into_iter();
    units
        .find(|(known, _)| *known == unit)
        .ok_or(ServiceError::invalid("unit", "unknown_unit"))?;
    let mut same = all.iter().map(|known| &known.item);
    if same.any(|item| (&item.batch, &item.number) == (&batch, &number)) {
        return Err(ServiceError::Conflict("work_number"));
    }
    let new = NewWork {
        season: season.id,
        batch: &batch,
        number: &number,
        kind,
        content: &content,
        unit,
    };
    let work = put(tx, act, (&new, &plan)).await?;
    let what = json!({ "do": "work_add", "season": season.id, "work": work });
    act.audit(tx, None, &what).await
}

/// Gives out an item with its plan, whose texts are checked.
pub(in crate::service) async fn put(
    tx: &mut Tx,
    act: &Act,
    (new, plan): (&NewWork<'_>, &WorkPlan),
) -> Result<WorkId, ServiceError> {
    let (work, county) = (WorkId(act.uuid()), tx.county());
    let row = params![
        work,
        county,
        new.season,
        new.batch,
        new.number,
        new.kind.word(),
        new.content,
        new.unit,
        act.account,
        act.now
    ];
    tx.execute(WORK_ADD, &row).await?;
    write(tx, act, (work, 1), (&WorkSaid::Planned(plan.clone()), "")).await?;
    Ok(work)
}

/// What is done until when; either may be missing, and then the item does not begin (GY-7).
fn plan(team: &str, schedule: &str, due: &str) -> Result<WorkPlan, ServiceError> {
    Ok(WorkPlan {
        team: optional_text("team", team, REASON_MAX)?,
        schedule: optional_text("schedule", schedule, REASON_MAX)?,
        due: day_of("due", due)?,
    })
}

/// Adds a word that the item's state allows.
pub(in crate::service) async fn say(
    tx: &mut Tx,
    act: &Act,
    known: &Known,
    (said, words): (WorkSaid, &str),
) -> Result<(), ServiceError> {
    let state = known.item.state.after(act_of(&said));
    state.map_err(ServiceError::Conflict)?;
    let (work, position) = (known.item.id, known.item.seen() + 1);
    write(tx, act, (work, position), (&said, words)).await?;
    let what = json!({ "do": format!("work_{}", word(&said)), "work": work });
    act.audit(tx, None, &what).await
}

async fn write(
    tx: &mut Tx,
    act: &Act,
    (work, position): (WorkId, u32),
    (said, words): (&WorkSaid, &str),
) -> Result<(), ServiceError> {
    let plan = match said {
        WorkSaid::Planned(plan) => Some(plan.clone()),
        _ => None,
    };
    let county = tx.county();
    let row = params![
        work,
        position,
        county,
        word(said),
        plan.as_ref().map(|plan| plan.team.clone()),
        plan.as_ref().map(|plan| plan.schedule.clone()),
        plan.map(|plan| plan.due.to_string()),
        words,
        act.account,
        act.now
    ];
    tx.execute(WORK_SAY, &row).await?;
    Ok(())
}

/// As it stands in the database.
fn word(said: &WorkSaid) -> &'static str {
    match said {
        WorkSaid::Planned(_) => "planned",
        WorkSaid::Asked => "asked",
        WorkSaid::Approved => "approved",
        WorkSaid::Returned => "returned",
        WorkSaid::Undone => "undone",
        WorkSaid::Withdrawn => "withdrawn",
    }
}
