//! The host: one contest's running order, and its gates by the same rules as the organiser's. No
//! mark and nobody who judges is seen here.

use super::act::audit_device;
use super::chance::Chance;
use super::desk::change::Changing;
use super::desk::gates;
use super::error::ServiceError;
use super::holder::Holder;
use super::permission;
use super::record::{ContestRecord, EntryRecord, Places, count, load};
use crate::clock::Clock;
use crate::store::{Store, Tx};
use domain::ids::{ContestId, Millis};
use domain::stage::{Gate, GateAct, GateState};
use futures::FutureExt as _;
use std::sync::Arc;
use sync::protocol::{
    ContestView, CredentialView, DeviceSeq, HostAct, HostCommand, HostEntry, HostView,
    PROTOCOL_VERSION, PROTOCOL_VERSION_MIN,
};

/// Everything the host may see, as it is now.
///
/// # Errors
/// The holder is not the host of this contest, or the database failed.
pub async fn view(
    store: &Store,
    holder: &Holder,
    contest: ContestId,
    now: Millis,
) -> Result<HostView, ServiceError> {
    permission::host(holder, contest)?;
    let mut tx = store.read().await?;
    let record = load(&mut tx, contest).await?;
    let places = record.places();
    Ok(HostView {
        protocol: PROTOCOL_VERSION,
        min_protocol: PROTOCOL_VERSION_MIN,
        server_time: now,
        contest: contest_view(store, &record),
        seats: count(record.seats.iter()),
        entries: record
            .entries
            .iter()
            .map(|entry| host_entry(&places, entry))
            .collect(),
        credential: CredentialView {
            id: holder.credential,
            state: holder.state,
            expires_at: holder.expires_at,
            took_over_at: holder.took_over_at,
            // A host seals nothing.
            device_seq: DeviceSeq(0),
        },
    })
}

/// Moves a gate, and answers how everything then is. The same command a second time changes
/// nothing and answers the same.
///
/// # Errors
/// The holder is not the host of this contest; `Conflict` where the gate is not as the host saw
/// it, or does not allow the act; `Invalid` where a reason is missing.
pub async fn command(
    store: &Store,
    clock: Arc<dyn Clock>,
    holder: &Holder,
    contest: ContestId,
    command: HostCommand,
) -> Result<HostView, ServiceError> {
    permission::host(holder, contest)?;
    let now = clock.wall();
    let host = holder.clone();
    store
        .write(move |tx| async move { run(tx, &*clock, &host, &command).await }.boxed())
        .await?;
    view(store, holder, contest, now).await
}

async fn run(
    tx: &mut Tx,
    clock: &dyn Clock,
    host: &Holder,
    command: &HostCommand,
) -> Result<(), ServiceError> {
    let contest = Changing::load(tx, host.contest).await?;
    let gate = contest.entry(command.entry)?.gate;
    let Some(act) = act_due(gate, command)? else {
        return Ok(());
    };
    let what = (command.entry, act);
    let chance = Chance::machine();
    let done = gates::turn(tx, clock, &chance, &contest, what, &command.reason).await?;
    audit_device(tx, Some(host.contest), host.device, &done, clock.wall()).await
}

/// What of a command is still to be done: nothing, where the gate is as the command leaves it.
fn act_due(gate: Gate, command: &HostCommand) -> Result<Option<GateAct>, ServiceError> {
    use GateState::{Closed, Open, Pending};
    let (act, before, after) = match command.act {
        HostAct::Open => (GateAct::Open, Pending, Open),
        HostAct::Close => (GateAct::Close, Open, Closed),
        HostAct::Reopen => (GateAct::Reopen, Closed, Open),
        HostAct::Unknown => return Err(ServiceError::invalid("act", "unknown")),
    };
    let is = |state, opened_since: u32| {
        let number = command.number.saturating_add(opened_since);
        let attempt = command.attempt;
        gate == Gate {
            state,
            attempt,
            number,
        }
    };
    if is(before, 0) {
        Ok(Some(act))
    } else if is(after, u32::from(after == Open)) {
        Ok(None)
    } else {
        Err(ServiceError::Conflict("gate_moved"))
    }
}

fn contest_view(store: &Store, record: &ContestRecord) -> ContestView {
    let county = store.county();
    ContestView {
        id: record.id,
        title: record.title.clone(),
        subtitle: record.subtitle.clone(),
        state: record.state.into(),
        charter_version: record.charter_version,
        roster_version: record.roster_version,
        county: county.name.clone(),
        demo: county.demo,
    }
}

fn host_entry(places: &Places<'_>, entry: &EntryRecord) -> HostEntry {
    let tally = places.tally(entry);
    let is_open = entry.gate.state == GateState::Open;
    let window = entry.window.as_ref().filter(|_| is_open);
    HostEntry {
        id: entry.id,
        position: entry.position,
        name: entry.name.clone(),
        topic: entry.topic.clone(),
        withdrawn: entry.withdrawn,
        gate: entry.gate_view(),
        gate_code: window.map(|window| window.code.clone()),
        received: tally.received,
        expected: tally.expected,
        outstanding: places.outstanding(entry),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::EntryId;
    use uuid::Uuid;

    fn command(act: HostAct, number: u32) -> HostCommand {
        HostCommand {
            protocol: PROTOCOL_VERSION,
            entry: EntryId(Uuid::nil()),
            act,
            attempt: 1,
            number,
            reason: String::new(),
        }
    }

    #[test]
    fn a_command_acts_on_the_gate_it_names_and_on_no_other() {
        let gate = |state, number| Gate {
            state,
            attempt: 1,
            number,
        };
        let due = |gate, act, number| act_due(gate, &command(act, number)).ok();
        let open = gate(GateState::Open, 1);
        assert_eq!(
            due(Gate::new(), HostAct::Open, 0),
            Some(Some(GateAct::Open))
        );
        assert_eq!(due(open, HostAct::Open, 0), Some(None), "done already");
        assert_eq!(due(open, HostAct::Close, 1), Some(Some(GateAct::Close)));
        let closed = gate(GateState::Closed, 1);
        assert_eq!(due(closed, HostAct::Close, 1), Some(None), "done already");
        assert_eq!(due(closed, HostAct::Open, 0), None, "closed since");
        assert_eq!(due(closed, HostAct::Reopen, 1), Some(Some(GateAct::Reopen)));
        let again = gate(GateState::Open, 2);
        assert_eq!(due(again, HostAct::Close, 1), None, "opened anew since");
        let restarted = Gate {
            attempt: 2,
            ..again
        };
        assert_eq!(due(restarted, HostAct::Close, 2), None, "another attempt");
    }
}
