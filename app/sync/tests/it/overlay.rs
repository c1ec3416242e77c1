//! What the judge sees when the server's view and the phone's own sheets lie over one another.

use crate::support::{contest, credential, device, entry, id, op_id, seat, sheet};
use domain::ids::{Millis, OpId, SheetId};
use std::sync::Arc;
use sync::draft::Draft;
use sync::offline_mode::{MayScore, OfflineMode, WhyNot};
use sync::outbox::{Ack, Attention, OpState, OpView, OutboxView, StoreFault};
use sync::overlay::{EntryOverlay, EntryStatus, Place, overlay};
use sync::protocol::{
    Change, ContestView, CredentialState, CredentialView, DeviceSeq, EntryView, GateStateView,
    GateView, OwnSheet, RejectReason, SealedSheet, SeatCharter, SeatInfo, SeatView, StageState,
    Standing,
};

fn gate(attempt: u32) -> GateView {
    GateView {
        state: GateStateView::Open,
        attempt,
        number: 1,
        opened_seq: None,
        close_seq: None,
        closed_at: None,
    }
}

fn view(sheets: Vec<OwnSheet>) -> SeatView {
    let open = EntryView {
        id: entry(1),
        position: 1,
        name: "云溪镇".to_owned(),
        topic: String::new(),
        unit: String::new(),
        withdrawn: false,
        recused: None,
        gate: gate(1),
    };
    SeatView {
        contest: ContestView {
            id: contest(),
            title: "第一期".to_owned(),
            subtitle: String::new(),
            state: StageState::Open,
            charter_version: 1,
            roster_version: 1,
            county: "云岭县".to_owned(),
            demo: false,
        },
        seat: SeatInfo {
            id: seat(1),
            number: 1,
            label: "1 号席".to_owned(),
            class: "a".to_owned(),
            class_name: "甲".to_owned(),
            holder: None,
        },
        charter: SeatCharter::default(),
        entries: vec![open],
        sheets,
        credential: CredentialView {
            id: credential(),
            state: CredentialState::Active,
            expires_at: Millis(9),
            took_over_at: None,
            device_seq: DeviceSeq(0),
        },
        field: None,
        owed: None,
    }
}

/// Version `number` on the server, in the place of the one before it if `replaces`.
fn on_server(number: u128, replaces: Option<u128>, standing: Standing) -> OwnSheet {
    OwnSheet {
        op_id: op_id(number),
        sheet_id: sheet(1).sheet_id,
        entry: entry(1),
        attempt: 1,
        version: u32::try_from(number).expect("small"),
        replaces: replaces.map(op_id),
        marks: sheet(1).marks,
        standing,
        received_at: Millis(5),
        device: device(1),
    }
}

fn on_phone(number: u128, replaces: Option<u128>, state: OpState) -> OpView {
    let version = u32::try_from(number).expect("small");
    let sealed = SealedSheet {
        version,
        replaces: replaces.map(op_id),
        ..sheet(1)
    };
    OpView {
        op_id: op_id(number),
        change: Some(Arc::new(Change::Seal(sealed))),
        state,
    }
}

fn see(sheets: Vec<OwnSheet>, ops: Vec<OpView>) -> EntryOverlay {
    see_with(&view(sheets), ops, &[])
}

fn see_with(view: &SeatView, ops: Vec<OpView>, drafts: &[Draft]) -> EntryOverlay {
    let outbox = OutboxView {
        ops,
        ..OutboxView::default()
    };
    let mut seen = overlay(view, &outbox, drafts, &OfflineMode::new(Millis(0)));
    seen.pop().expect("one entry")
}

#[track_caller]
fn check(seen: &EntryOverlay, status: EntryStatus, current: Option<OpId>) {
    assert_eq!(seen.status, status);
    assert_eq!(seen.current.as_ref().map(|sheet| sheet.op_id), current);
}

#[test]
fn an_entry_begins_blank_and_a_draft_shows() {
    check(&see(Vec::new(), Vec::new()), EntryStatus::Blank, None);
    let mut draft = Draft::new(entry(1), 1, SheetId(id(1)), Millis(0));
    let seen = |draft: &Draft| see_with(&view(Vec::new()), Vec::new(), std::slice::from_ref(draft));
    check(&seen(&draft), EntryStatus::Blank, None);
    draft.set("quality", Some(1_000), Millis(1));
    check(&seen(&draft), EntryStatus::Drafting, None);
    let other_attempt = Draft {
        attempt: 2,
        ..draft
    };
    check(&seen(&other_attempt), EntryStatus::Blank, None);
}

#[test]
fn a_sheet_on_the_phone_is_seen_before_the_server_has_heard_of_it() {
    let seen = see(Vec::new(), vec![on_phone(1, None, OpState::Waiting)]);
    check(&seen, EntryStatus::Sealed, Some(op_id(1)));
    let ack = Ack {
        at: Millis(3),
        standing: Standing::Counted,
    };
    let seen = see(
        Vec::new(),
        vec![on_phone(1, None, OpState::Acknowledged(ack))],
    );
    check(&seen, EntryStatus::Received, Some(op_id(1)));
}

#[test]
fn a_sheet_that_is_on_both_sides_is_seen_once_as_the_server_has_it() {
    let server = vec![on_server(1, None, Standing::Counted)];
    let seen = see(server, vec![on_phone(1, None, OpState::Sending)]);
    check(&seen, EntryStatus::Received, Some(op_id(1)));
    assert!(seen.rivals.is_empty() && seen.earlier.is_empty());
}

#[test]
fn a_newer_version_on_the_phone_lies_over_the_older_on_the_server() {
    let server = vec![on_server(1, None, Standing::Counted)];
    let seen = see(server, vec![on_phone(2, Some(1), OpState::Waiting)]);
    check(&seen, EntryStatus::Sealed, Some(op_id(2)));
    assert_eq!(seen.earlier.len(), 1);
    let place = seen.earlier.first().map(|sheet| sheet.place.is_received());
    assert_eq!(place, Some(true), "own sheets stay readable");
}

#[test]
fn a_refused_version_needs_attention_and_the_one_before_it_stands() {
    for state in [
        OpState::NeedsAttention(Attention::Rejected(RejectReason::Malformed)),
        OpState::NotSaved(StoreFault::Quota),
    ] {
        let server = vec![on_server(1, None, Standing::Counted)];
        let seen = see(server, vec![on_phone(2, Some(1), state.clone())]);
        check(&seen, EntryStatus::Attention, Some(op_id(1)));
        let kept = seen.earlier.first().map(|sheet| sheet.place.clone());
        assert_eq!(kept, Some(Place::Phone(state)));
    }
}

#[test]
fn two_versions_that_do_not_name_each_other_stand_side_by_side() {
    let conflict = |other| Standing::Conflict {
        with: vec![op_id(other)],
    };
    let server = vec![
        on_server(1, None, conflict(2)),
        on_server(2, None, conflict(1)),
    ];
    let seen = see(server, Vec::new());
    assert_eq!(
        (seen.status, seen.rivals.len()),
        (EntryStatus::Attention, 1)
    );
}

#[test]
fn a_superseded_version_does_not_stand_beside_its_successor() {
    let superseded = Standing::Superseded { by: op_id(2) };
    let server = vec![
        on_server(1, None, superseded),
        on_server(2, None, Standing::Counted),
    ];
    let seen = see(server, Vec::new());
    check(&seen, EntryStatus::Received, Some(op_id(2)));
    assert_eq!((seen.rivals.len(), seen.earlier.len()), (0, 1));
}

#[test]
fn a_new_attempt_begins_blank_and_the_archived_sheet_stays_readable() {
    let mut view = view(vec![on_server(1, None, Standing::Counted)]);
    for entry in &mut view.entries {
        entry.gate = gate(2);
    }
    let seen = see_with(&view, Vec::new(), &[]);
    check(&seen, EntryStatus::Blank, None);
    assert_eq!((seen.attempt, seen.earlier.len()), (2, 1));
}

#[test]
fn a_withdrawn_entry_says_so() {
    let mut view = view(Vec::new());
    for entry in &mut view.entries {
        entry.withdrawn = true;
    }
    let seen = see_with(&view, Vec::new(), &[]);
    check(&seen, EntryStatus::Withdrawn, None);
    assert_eq!(seen.may_score, MayScore::No(WhyNot::Withdrawn));
}
