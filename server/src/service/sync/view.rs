//! Pull: what one seat may see of its contest. Invariant: no other seat's sheet is in it.

use super::{charter, wrong};
use crate::service::error::ServiceError;
use crate::service::holder::Holder;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use domain::charter::{Charter, VoterClass};
use domain::ids::{ContestId, Millis, SeatId, Seq};
use domain::stage::{ContestState, GateState};
use sync::protocol::{
    ContestView, CredentialView, Delta, DeviceSeq, EntryView, GateView, OwnSheet, PROTOCOL_VERSION,
    PROTOCOL_VERSION_MIN, Recusal, SeatCharter, SeatInfo, SeatView,
};

statements! {
    CHANGED = "select c.changed_seq as contest_seq, s.changed_seq as seat_seq
        from seat s join contest c on c.contest_id = s.contest_id
        where s.seat_id = $1 and c.contest_id = $2";
    VIEW_CONTEST = "select title, subtitle, state, charter_json, charter_version, roster_version
        from contest where contest_id = $1";
    VIEW_SEAT = "select seat_id, number, class, person from seat where seat_id = $1";
    VIEW_ENTRIES = "select e.entry_id, e.position, e.name, e.topic, e.withdrawn, e.gate_state,
            e.gate_attempt, e.gate_number, u.name as unit, r.reason as recused,
            w.opened_seq, w.close_seq, w.closed_at
        from entry e
        left join unit u on u.unit_id = e.unit_id
        left join recusal r on r.entry_id = e.entry_id and r.seat_id = $2
        left join gate_window w on w.entry_id = e.entry_id and w.attempt = e.gate_attempt
            and w.number = e.gate_number
        where e.contest_id = $1 order by e.position, e.entry_id";
    VIEW_SHEETS = "select op_id, sheet_id, entry_id, attempt, version, replaces, marks, standing,
            received_at, device_id
        from sheet where seat_id = $1 order by server_seq";
    VIEW_DEVICE_SEQ = "select max(device_seq) as device_seq from op
        where seat_id = $1 and device_id = $2";
}

/// What changed since `cursor`: the whole view, or that nothing did.
///
/// # Errors
/// The credential is a host's, or the database failed.
pub async fn pull(
    store: &Store,
    holder: &Holder,
    cursor: Seq,
    now: Millis,
) -> Result<Delta, ServiceError> {
    let seat = holder.seat.ok_or(ServiceError::Forbidden)?;
    let mut tx = store.read().await?;
    let row = tx.row(CHANGED, &params![seat, holder.contest]).await?;
    let changed = row.seq("contest_seq")?.max(row.seq("seat_seq")?);
    // A cursor that is ahead of us comes from before a restored backup.
    let unchanged = cursor == changed && cursor != Seq(0);
    let view = if unchanged {
        None
    } else {
        let county = store.county();
        let county = (county.name.as_str(), county.demo);
        Some(Box::new(view(&mut tx, holder, seat, county).await?))
    };
    Ok(Delta {
        protocol: PROTOCOL_VERSION,
        min_protocol: PROTOCOL_VERSION_MIN,
        cursor: changed,
        server_time: now,
        unchanged,
        view,
    })
}

async fn view(
    tx: &mut Tx,
    holder: &Holder,
    seat: SeatId,
    county: (&str, bool),
) -> Result<SeatView, ServiceError> {
    let row = tx.row(VIEW_CONTEST, &params![holder.contest]).await?;
    let charter = charter(&row)?;
    let contest = contest(holder.contest, &row, county)?;
    let row = tx.row(VIEW_SEAT, &params![seat]).await?;
    let class = row.text("class")?;
    let class = charter
        .class_index(&class)
        .and_then(|at| charter.classes().get(at));
    let class = class.ok_or_else(|| wrong("class"))?;
    let info = info(&row, class)?;
    let entries = tx
        .rows(VIEW_ENTRIES, &params![holder.contest, seat])
        .await?;
    let entries: Result<_, StoreError> = entries.iter().map(entry).collect();
    let sheets = tx.rows(VIEW_SHEETS, &params![seat]).await?;
    let sheets: Result<_, StoreError> = sheets.iter().map(sheet).collect();
    let row = tx
        .row(VIEW_DEVICE_SEQ, &params![seat, holder.device])
        .await?;
    let device_seq = row.millis_opt("device_seq")?.unwrap_or_default().0;
    Ok(SeatView {
        contest,
        seat: info,
        charter: seat_charter(&charter, class),
        entries: entries?,
        sheets: sheets?,
        credential: CredentialView {
            id: holder.credential,
            state: holder.state,
            expires_at: holder.expires_at,
            took_over_at: holder.took_over_at,
            device_seq: DeviceSeq(device_seq),
        },
        field: None,
        owed: None,
    })
}

fn contest(
    id: ContestId,
    row: &Row,
    (county, demo): (&str, bool),
) -> Result<ContestView, StoreError> {
    let state = ContestState::from_code(&row.text("state")?);
    Ok(ContestView {
        id,
        title: row.text("title")?,
        subtitle: row.text("subtitle")?,
        state: state.ok_or_else(|| wrong("state"))?.into(),
        charter_version: row.u32("charter_version")?,
        roster_version: row.u32("roster_version")?,
        county: county.to_owned(),
        demo,
    })
}

fn seat_charter(charter: &Charter, class: &VoterClass) -> SeatCharter {
    let criteria = class.criteria.iter();
    let criteria = criteria
        .filter_map(|at| charter.criteria().get(*at))
        .cloned();
    SeatCharter {
        criteria: criteria.collect(),
    }
}

fn info(row: &Row, class: &VoterClass) -> Result<SeatInfo, StoreError> {
    let number = row.u32("number")?;
    let person = row.text("person")?;
    Ok(SeatInfo {
        id: row.id("seat_id")?,
        number,
        label: number.to_string(),
        class: class.key.clone(),
        class_name: class.name.clone(),
        holder: Some(person).filter(|person| !person.is_empty()),
    })
}

fn entry(row: &Row) -> Result<EntryView, StoreError> {
    let state = GateState::from_code(&row.text("gate_state")?);
    let recused = row.text_opt("recused")?;
    Ok(EntryView {
        id: row.id("entry_id")?,
        position: row.u32("position")?,
        name: row.text("name")?,
        topic: row.text("topic")?,
        unit: row.text_opt("unit")?.unwrap_or_default(),
        withdrawn: row.flag("withdrawn")?,
        recused: recused.map(|reason| Recusal { reason }),
        gate: GateView {
            state: state.ok_or_else(|| wrong("gate_state"))?.into(),
            attempt: row.u32("gate_attempt")?,
            number: row.u32("gate_number")?,
            opened_seq: row.seq_opt("opened_seq")?,
            close_seq: row.seq_opt("close_seq")?,
            closed_at: row.millis_opt("closed_at")?,
        },
    })
}

fn sheet(row: &Row) -> Result<OwnSheet, StoreError> {
    Ok(OwnSheet {
        op_id: row.id("op_id")?,
        sheet_id: row.id("sheet_id")?,
        entry: row.id("entry_id")?,
        attempt: row.u32("attempt")?,
        version: row.u32("version")?,
        replaces: row.id_opt("replaces")?,
        marks: row.json("marks")?,
        standing: row.json("standing")?,
        received_at: row.millis("received_at")?,
        device: row.id("device_id")?,
    })
}
