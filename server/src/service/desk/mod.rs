//! The organiser's desk of one contest: everything that is seen of it, and everything that is done
//! to it. A command runs in one transaction: all of it happens, with its audit row, or nothing.

pub mod cards;
pub mod change;
pub mod deductions;
pub mod gates;
pub mod held;
pub mod order;
pub mod pads;
pub mod page;
pub mod panel;
pub mod seating;

use super::act::Act;
use super::error::ServiceError;
use super::permission;
use super::posting;
use super::record::load;
use super::sheets::Verdict;
use crate::clock::Clock;
use crate::store::{Store, Tx, params, statements};
use app::backend::{DeskCommand, DeskPage};
use change::Changing;
use domain::ids::{ContestId, Millis};
use domain::stage::GateAct;
use futures::FutureExt as _;
use pads::Hearing;
use page::DeskView;
use std::sync::Arc;

statements! {
    EDITIONS = "select count(*) as n from posted where contest_id = $1";
}

/// The desk as it stands.
///
/// # Errors
/// There is no such contest, or the database failed.
pub async fn desk(
    store: &Store,
    contest: ContestId,
    hearing: &dyn Hearing,
    now: Millis,
) -> Result<DeskPage, ServiceError> {
    let mut tx = store.read().await?;
    let record = load(&mut tx, contest).await?;
    let cards = pads::cards(&mut tx, contest).await?;
    let pads = pads::pads(&mut tx, contest, hearing).await?;
    let editions = tx.row(EDITIONS, &params![contest]).await?.u32("n")?;
    let view = DeskView {
        record: &record,
        cards: &cards,
        pads: &pads,
        editions,
        now,
    };
    Ok(page::page(store, &view))
}

/// Does what the organiser says.
///
/// # Errors
/// `Invalid` where a reason or a number is wrong, `Conflict` with the rule that forbids it.
pub async fn command(
    store: &Store,
    clock: Arc<dyn Clock>,
    act: &Act,
    contest: ContestId,
    command: DeskCommand,
) -> Result<(), ServiceError> {
    if let DeskCommand::Post { reason } = &command {
        return posting::post(store, act, contest, reason).await;
    }
    let act = act.clone();
    store
        .write(move |tx| async move { run(tx, &*clock, &act, contest, command).await }.boxed())
        .await
}

async fn run(
    tx: &mut Tx,
    clock: &dyn Clock,
    act: &Act,
    contest: ContestId,
    command: DeskCommand,
) -> Result<(), ServiceError> {
    permission::may(tx, act.account, permission::of_desk(&command)).await?;
    let contest = &Changing::load(tx, contest).await?;
    match command {
        DeskCommand::OpenGate { entry } => {
            gates::act_on(tx, clock, act, contest, (entry, GateAct::Open), "").await
        }
        DeskCommand::CloseGate { entry, reason } => {
            gates::act_on(tx, clock, act, contest, (entry, GateAct::Close), &reason).await
        }
        DeskCommand::ReopenGate { entry, reason } => {
            gates::act_on(tx, clock, act, contest, (entry, GateAct::Reopen), &reason).await
        }
        DeskCommand::RestartEntry { entry, reason } => {
            gates::act_on(tx, clock, act, contest, (entry, GateAct::Restart), &reason).await
        }
        DeskCommand::WithdrawEntry { entry, reason } => {
            order::withdraw(tx, act, contest, entry, &reason).await
        }
        DeskCommand::AddEntry { entry } => order::add(tx, act, contest, &entry).await,
        DeskCommand::MoveEntry { entry, position } => {
            order::shift(tx, act, contest, entry, position).await
        }
        DeskCommand::Deduct {
            entry,
            points,
            reason,
        } => deductions::add(tx, act, contest, entry, &points, &reason).await,
        DeskCommand::RemoveDeduction { id } => deductions::remove(tx, act, contest, &id).await,
        other => run_on_panel(tx, act, contest, other).await,
    }
}

/// The commands about seats, sheets and cards.
async fn run_on_panel(
    tx: &mut Tx,
    act: &Act,
    contest: &Changing,
    command: DeskCommand,
) -> Result<(), ServiceError> {
    match command {
        DeskCommand::AddSeats { seats } => seating::add(tx, act, contest, &seats).await,
        DeskCommand::RemoveSeat { seat } => seating::remove(tx, act, contest, seat).await,
        DeskCommand::SeatPerson { seat, person } => {
            seating::person(tx, act, contest, seat, &person).await
        }
        DeskCommand::Recuse {
            seat,
            entry,
            reason,
        } => panel::recuse(tx, act, contest, (seat, entry), &reason).await,
        DeskCommand::LiftRecusal { seat, entry } => {
            panel::lift_recusal(tx, act, contest, (seat, entry)).await
        }
        DeskCommand::Excuse {
            seat,
            entry,
            reason,
        } => panel::excuse(tx, act, contest, (seat, entry), &reason).await,
        DeskCommand::LiftAbsence { seat, entry } => {
            panel::lift_absence(tx, act, contest, (seat, entry)).await
        }
        DeskCommand::CountSheet { op, reason } => {
            held::decide(tx, act, contest, op, Verdict::Count, &reason).await
        }
        DeskCommand::VoidSheet { op, reason } => {
            held::decide(tx, act, contest, op, Verdict::Void, &reason).await
        }
        DeskCommand::IssueCards => cards::issue(tx, act, contest).await,
        DeskCommand::IssueHostCard => cards::issue_host(tx, act, contest).await,
        DeskCommand::ReissueCard { seat } => cards::reissue(tx, act, contest, seat).await,
        DeskCommand::UnlockCard { seat } => cards::unlock(tx, act, contest, seat).await,
        DeskCommand::WithdrawCard { seat } => cards::withdraw(tx, act, contest, seat).await,
        // The other commands were taken by the caller.
        _ => Err(ServiceError::Conflict("unknown_command")),
    }
}
